"""Rows: what the solver adds to the program, the checker multiplies by a roster, and the pages print.

A row is ``lower ≤ Σ weight·x ≤ upper`` over the candidates of a pool, with a label a person can read. A row without a
priority is a requirement; a row with one is a goal, whose distance from its bounds is its deviation in seats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import NamedTuple

from selection.model.applied import NotApplied, not_applied
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
    value
        The value of a goal (``18–29``), the organisation of an ``each`` requirement, or the person key of a lock.
    priority
        1, 2 or 3 for a goal; ``None`` for a requirement.
    weights
        ``(candidate, weight)`` pairs by candidate: the row's coefficients; candidates are places in the pool's list.
    lower, upper
        Bounds of the weighted sum; ``None`` where that side is open.
    counted
        The candidates whose number is shown to a person, and ``at_least`` and ``at_most`` that number's limits. In a
        share row these depend on the size of the body: see ``share``.
    share
        ``(at_least, at_most, rounding)`` of a share row; ``size`` are then the candidates of the whole body.
    source
        What the row comes from; ``lock`` is what a lock asks.
    """

    id: str
    table: str | None
    role: str | None
    weights: tuple[tuple[int, int], ...]
    lower: int | None
    upper: int | None
    counted: tuple[int, ...]
    at_least: int | None = None
    at_most: int | None = None
    value: str | None = None
    priority: int | None = None
    size: tuple[int, ...] = ()
    share: tuple[Fraction | None, Fraction | None, str] | None = None
    source: Source = Source.RULE
    lock: LockKind | None = None

    @property
    def key(self) -> RowKey:
        """What is told as one requirement: the rows of a rule for a body, whatever their values; a lock by itself."""
        value = self.value if self.source is Source.LOCK else None
        return RowKey(self.source, self.id, self.table, self.role, value)

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
    def parts(self) -> int:
        """So many of the row's units make one person: in a share row, written in whole numbers, more than one."""
        if self.share is None:
            return 1
        least, most, rounding = self.share
        share = share_written(self.share, len(self.size)) if least is not None or most is not None else Fraction(1)
        return share.denominator * (2 if rounding == "nearest" else 1)

    @property
    def binding(self) -> bool:
        """Whether any roster at all could break the row."""
        least = sum(weight for _, weight in self.weights if weight < 0)
        most = sum(weight for _, weight in self.weights if weight > 0)
        return (self.lower is not None and least < self.lower) or (self.upper is not None and most > self.upper)

    def standing(self, chosen: Sequence[int]) -> Standing:
        """How the row stands for a roster, in whole seats."""
        count = sum(1 for place in self.counted if chosen[place])
        at_least, at_most = self.at_least, self.at_most
        if self.share is not None:
            at_least, at_most = share_limits(self.share, sum(1 for place in self.size if chosen[place]))
        told = (self.id, self.table, self.role, self.value, self.priority, count, at_least, at_most)
        return Standing(*told, self.source, self.lock)


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


#: Shares of at most this denominator are written into rows as they are.
PLAIN_DENOMINATOR = 100

#: Bodies of more people are not looked at when a share is written with smaller numbers.
LARGEST_BODY = 1_000


@cache
def share_written(share: tuple[Fraction | None, Fraction | None, str], most: int) -> Fraction:
    """The share as a row is written with: another of small whole numbers where it allows the same in every body.

    A share of many decimals makes weights that a solver's tolerance of 1e-6 does not tell apart from the next seat's
    (seen: 50.000001 % with HiGHS 1.16 led to a false conflict). In bodies of up to n people a share s asks for
    ⌈s·n⌉ just as the smallest fraction of a denominator of at most n that is not under s (Farey sequences: Hardy and
    Wright 1979, chapter III); the mirror image, and denominators up to 2·n where it rounds to nearest, follow alike.

    Parameters
    ----------
    most
        The most people the body can have.
    """
    least, upper, rounding = share
    asked = least if least is not None else upper
    assert asked is not None
    if asked.denominator <= PLAIN_DENOMINATOR:
        return asked
    near = rounding == "nearest"
    denominators = range(1, min(most, LARGEST_BODY) * (2 if near else 1) + 1)
    p, q = asked.numerator, asked.denominator
    if least is not None and not near:
        return min((Fraction(-(-p * n // q), n) for n in denominators), default=Fraction(1))
    return max((Fraction(p * n // q, n) for n in denominators), default=Fraction(0))


def share_limits(share: tuple[Fraction | None, Fraction | None, str], size: int) -> tuple[int | None, int | None]:
    """The least and most people that a share allows in a body of ``size``.

    ``up`` takes ⌈s·n⌉ at least and ⌊s·n⌋ at most; ``nearest`` takes s·n rounded to the nearest, halves up
    (10 → 4, 11 → 4, 13 → 5 for 40 %: the reading accepted in opinion TAS 426/2010).
    """
    least, most, rounding = share

    def nearest(part: Fraction) -> int:
        return int((2 * part.numerator * size + part.denominator) // (2 * part.denominator))

    if rounding == "nearest":
        return (None if least is None else nearest(least), None if most is None else nearest(most))
    return (
        None if least is None else -(-least.numerator * size // least.denominator),
        None if most is None else most.numerator * size // most.denominator,
    )


def bodies(pool: Pool) -> dict[tuple[int, Role], tuple[int, ...]]:
    """Table and role → the candidates of that body, by place."""
    found: dict[tuple[int, Role], list[int]] = {
        (table, role): [] for table in range(len(pool.tables)) for role in (Role.MEMBER, Role.DEPUTY)
    }
    for place, candidate in enumerate(pool.candidates):
        found[candidate.table, candidate.role].append(place)
    return {key: tuple(places) for key, places in found.items()}
