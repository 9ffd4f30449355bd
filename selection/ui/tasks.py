"""What workers compute: functions of plain arguments, called in another process, that tell their steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from selection import proposal
from selection.locks import Locks
from selection.pool import Applicant, Pool
from selection.rules import Rules
from selection.ui.worker import Telling


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it is saved: ``(person, table, role, deputy of)`` for each seat, and the facts of its making."""

    seats: tuple[tuple[str, str, str, str | None], ...]
    facts: dict[str, Any]


def propose(
    rules: Rules,
    applicants: Sequence[Applicant],
    asked: frozenset[str] | None,
    locks: Locks,
    time_limit: float | None,
    telling: Telling,
) -> Proposed:
    """Make a proposal.

    Raises
    ------
    SelectionError
        as :func:`selection.proposal.propose`.
    """
    pool = Pool.build(applicants, rules, asked)
    made = proposal.propose(
        pool, rules, locks=locks, time_limit=time_limit, progress=telling.progress, stoppable=telling.stoppable
    )
    seats = tuple((seat.key, seat.table, seat.role.value, seat.deputy_of) for seat in made.seats)
    steps = [{"name": step.name, "value": step.value, "bound": step.bound} for step in made.steps]
    facts = {
        "seed": made.seed,
        "solver": made.solver,
        "solver_version": made.solver_version,
        "seconds": round(made.seconds, 3),
        "proven": made.proven,
        "steps": steps,
    }
    return Proposed(seats, facts)
