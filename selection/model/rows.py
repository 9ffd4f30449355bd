"""Rows: what the solver adds to the program, the checker multiplies by a roster, and the pages print.

A row is ``lower ≤ Σ weight·x ≤ upper`` over the candidates of a pool, with a label a person can read. A row without a
priority is a requirement; a row with one is a goal, whose distance from its bounds is its deviation in seats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from selection.model.applied import NotApplied, not_applied
from selection.model.limits import Limits, Places, Weights
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.source import LockKind, Source

TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the program.

    Attributes
    ----------
    id
        Of the rule that the row comes from, such as ``women``.
    table, role
        Whom it binds: the id of a table and ``member``, ``deputy`` or ``together``; ``None`` for all.
    counted
        The candidates whose number is shown to a person.
    limits
        What that number must be: see :mod:`selection.model.limits`.
    weights
        ``(candidate, weight)`` pairs by candidate: the row's coefficients; candidates are places in the pool's list.
    lower, upper
        Bounds of the weighted sum; ``None`` where that side is open.
    value
        The value of a goal (``18–29``), the organisation of an ``each`` requirement, or the person key of a lock.
    priority
        1, 2 or 3 for a goal; ``None`` for a requirement.
    source
        What the row comes from; ``lock`` is what a lock asks.
    """

    id: str
    table: str | None
    role: str | None
    counted: Places
    limits: Limits
    weights: Weights
    lower: int | None
    upper: int | None
    value: str | None = None
    priority: int | None = None
    source: Source = Source.RULE
    lock: LockKind | None = None

    @classmethod
    def of(
        cls,
        id: str,
        table: str | None,
        role: str | None,
        counted: Places,
        limits: Limits,
        *,
        value: str | None = None,
        priority: int | None = None,
        source: Source = Source.RULE,
        lock: LockKind | None = None,
    ) -> Row:
        """The row that limits make of the candidates they count."""
        return cls(id, table, role, counted, limits, *limits.row(counted), value, priority, source, lock)

    @property
    def key(self) -> RowKey:
        """What is told as one requirement: the rows of a rule for a body, whatever their values; a lock by itself."""
        value = self.value if self.source is Source.LOCK else None
        return RowKey(self.source, self.id, self.table, self.role, value)

    @property
    def at_least(self) -> int | None:
        """The least number counted; ``None`` where it is open, or depends on the roster."""
        return self.limits.at_least

    @property
    def at_most(self) -> int | None:
        """The largest number counted; ``None`` where it is open, or depends on the roster."""
        return self.limits.at_most

    def total(self, chosen: Sequence[int]) -> int:
        """The weighted sum for a roster, given as 0 or 1 for each candidate."""
        return sum(weight for place, weight in self.weights if chosen[place])

    def off(self, chosen: Sequence[int]) -> int:
        """How far the weighted sum lies outside its bounds; 0 where the row holds."""
        total = self.total(chosen)
        short = self.lower - total if self.lower is not None else 0
        over = total - self.upper if self.upper is not None else 0
        return max(short, over, 0)

    @property
    def binding(self) -> bool:
        """Whether any roster at all could break the row."""
        least = sum(weight for _, weight in self.weights if weight < 0)
        most = sum(weight for _, weight in self.weights if weight > 0)
        return (self.lower is not None and least < self.lower) or (self.upper is not None and most > self.upper)

    def count(self, chosen: Sequence[int]) -> int:
        """How many a roster has of those counted."""
        return sum(1 for place in self.counted if chosen[place])

    def standing(self, chosen: Sequence[int]) -> Standing:
        """How the row stands for a roster, in whole seats."""
        told = (self.id, self.table, self.role, self.value, self.priority, self.count(chosen))
        return Standing(*told, *self.limits.limits(chosen), self.source, self.lock)

    def renumbered(self, numbers: Mapping[int, int]) -> Row:
        """The row with other numbers for the candidates."""
        return replace(
            self,
            weights=tuple((numbers[place], weight) for place, weight in self.weights),
            counted=tuple(numbers[place] for place in self.counted),
            limits=self.limits.renumbered(numbers),
        )


class RowKey(NamedTuple):
    """What is told as one requirement: where it comes from, whom it binds, and of a lock whose it is."""

    source: Source
    id: str
    table: str | None
    role: str | None
    lock: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one requirement or goal stands: the number of people counted beside its limits."""

    id: str
    table: str | None
    role: str | None
    value: str | None
    priority: int | None
    count: int
    at_least: int | None
    at_most: int | None
    source: Source = Source.RULE
    lock: LockKind | None = None

    @property
    def deviation(self) -> int:
        """Seats by which the count lies outside its limits."""
        short = self.at_least - self.count if self.at_least is not None else 0
        over = self.count - self.at_most if self.at_most is not None else 0
        return max(short, over, 0)

    @property
    def holds(self) -> bool:
        """Whether the count lies within its limits."""
        return self.deviation == 0


@dataclass(frozen=True)
class Rows:
    """All rows of a round, and the goals that are switched off because the form did not ask for their field."""

    pool: Pool
    rules: Rules
    requirements: tuple[Row, ...]
    goals: tuple[Row, ...]
    switched_off: tuple[str, ...]

    @cached_property
    def not_applied(self) -> tuple[NotApplied, ...]:
        """Rules that count nobody, and why: see :func:`selection.model.applied.not_applied`."""
        return not_applied(self.pool, self.rules)

    @cached_property
    def by_body(self) -> Mapping[tuple[int, Role], tuple[int, ...]]:
        """Table and role → the candidates of that body."""
        return bodies(self.pool)

    @property
    def most_tables(self) -> int:
        """At how many tables a roster may seat one person."""
        return max((row.at_most or 1 for row in self.requirements if row.source is Source.ONE_SEAT), default=1)

    @cached_property
    def kept_out(self) -> frozenset[int]:
        """Places of the applicants whom the board keeps out of everything."""
        return frozenset(
            self.pool.places[row.value] for row in self._outs if row.value and row.table is None and row.role is None
        )

    @cached_property
    def kept_from(self) -> frozenset[tuple[int, int]]:
        """Places of applicants, each with the index of a table that the board keeps the person out of."""
        return frozenset(
            (self.pool.places[row.value], table)
            for row in self._outs
            for table, name in enumerate(self.pool.tables)
            if row.value and row.table in (None, name) and row.role in (None, Role.RESERVE)
        )

    @property
    def _outs(self) -> Iterator[Row]:
        return (row for row in self.requirements if row.lock is LockKind.KEPT_OUT)

    def of_requirement(self, rule_id: str) -> tuple[Row, ...]:
        """The rows of one requirement of the rules."""
        return tuple(row for row in self.requirements if row.source is Source.RULE and row.id == rule_id)

    def standings(self, chosen: Sequence[int]) -> tuple[Standing, ...]:
        """How every requirement stands; rows of one ``each`` requirement are told as their worst."""
        worst: dict[RowKey, Standing] = {}
        for row in self.requirements:
            standing = row.standing(chosen)
            key = row.key
            if key not in worst or (standing.deviation, standing.count) > (worst[key].deviation, worst[key].count):
                worst[key] = standing
        return tuple(worst.values())

    def goal_standings(self, chosen: Sequence[int]) -> tuple[Standing, ...]:
        """How every goal stands."""
        return tuple(row.standing(chosen) for row in self.goals)


def bodies(pool: Pool) -> dict[tuple[int, Role], tuple[int, ...]]:
    """Table and role → the candidates of that body, by place."""
    found: dict[tuple[int, Role], list[int]] = {
        (table, role): [] for table in range(len(pool.tables)) for role in (Role.MEMBER, Role.DEPUTY)
    }
    for place, candidate in enumerate(pool.candidates):
        found[candidate.table, candidate.role].append(place)
    return {key: tuple(places) for key, places in found.items()}
