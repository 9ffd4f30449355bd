"""Every roster of a tiny pool, counted by definition: what the answers are compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from selection.model.rows import Rows
from selection.solving.objectives import step_names
from tests.core.test_steps import LARGER_IS_BETTER, all_rosters, step_values


@dataclass(frozen=True)
class Ranked:
    """A roster that meets the requirements, with its steps so that less is better."""

    steps: tuple[int, ...]
    chosen: tuple[int, ...]


def ranked(rows: Rows, choices: Mapping[int, Sequence[int | None]] = MappingProxyType({})) -> list[Ranked]:
    """All rosters that meet the requirements; of some applicants only their ``choices``."""
    return [
        Ranked(signed(step_values(rows, chosen)), tuple(chosen))
        for chosen in all_rosters(rows.pool, choices)
        if all(row.off(chosen) == 0 for row in rows.requirements)
    ]


def signed(values: Sequence[int]) -> tuple[int, ...]:
    names = step_names("seats_first")
    return tuple(-value if name in LARGER_IS_BETTER else value for name, value in zip(names, values, strict=True))


def in_order(steps: Sequence[int], order: str) -> tuple[int, ...]:
    """The values of a :class:`Ranked` in another order of the steps."""
    values = dict(zip(step_names("seats_first"), steps, strict=True))
    return tuple(values[name] for name in step_names(order))
