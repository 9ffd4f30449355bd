"""The twelve steps as objects: whom each counts, how it is written in a program and counted from a roster.

A new step is an object here, in its place in :data:`OBJECTIVES`, and its independent count in
:mod:`selection.solving.step_counts`, which shares no formula with this module: a proposal is checked by it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from selection.model.people import Role
from selection.model.rows import Row, Rows
from selection.model.rules import Rules
from selection.solver import Program, total
from selection.solving.assignment import least_total
from selection.solving.pairs import Likeness, add_pairs

#: What a step looks at: the least filled or worst table of all, or the sum over tables.
Over = Literal["worst", "sum"]


@dataclass(frozen=True)
class Tally:
    """What the steps read from a roster.

    Attributes
    ----------
    sizes
        Role and table → seats filled.
    off
        Priority and table (``None`` for the whole round) → seats by which the goals are missed.
    away
        Seats away from the applicant's first table.
    unlike
        For each table how unlike members and personal deputies are, paired at their best; empty where nobody asks.
    aims
        Role and table → the size that the least filled table is measured against; 0 where all tables have one size.
    """

    sizes: Mapping[tuple[Role, int], int]
    off: Mapping[tuple[int, str | None], int]
    away: int
    unlike: Sequence[int] = ()
    aims: Mapping[tuple[Role, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Rows, chosen: Sequence[int]) -> Tally:
        """Of a roster, 0 or 1 for each candidate."""
        sizes = {(role, table): sum(chosen[place] for place in body) for (table, role), body in rows.by_body.items()}
        off: dict[tuple[int, str | None], int] = {}
        for row in rows.goals:
            if row.priority is not None:
                key = row.priority, row.table
                off[key] = off.get(key, 0) + row.standing(chosen).deviation
        aims = {(role, table): of for role in SEATED for table, of in enumerate(measured_against(rows, role))}
        return cls(sizes, off, sum(chosen[place] for place in seats_away(rows)), _unlike(rows, chosen), aims)


@dataclass(frozen=True, slots=True)
class Written:
    """A step in a program.

    Attributes
    ----------
    expression
        What is minimised.
    derived
        The variable that is the worst or the least of ``groups`` of variables; ``None`` where there is none.
    """

    expression: Mapping[int, int]
    derived: int | None = None
    groups: tuple[tuple[int, ...], ...] = ()
    #: What is taken off the sum of each group; nothing where it is empty.
    less: tuple[int, ...] = ()


@dataclass(frozen=True)
class Objective(ABC):
    """One step."""

    name: str
    over: Over

    #: Whether its value is the larger the better; a program minimises the value with the other sign.
    larger_is_better = False
    #: Whether it is written in the program only when it is taken, for what the steps before leave.
    late = False

    @property
    def sign(self) -> int:
        """1, or −1 where larger is better."""
        return -1 if self.larger_is_better else 1

    def minimised(self, value: int) -> int:
        """A value told to people as it is minimised, and back."""
        return self.sign * value

    def worse_by(self, before: int, after: int) -> int:
        """Seats by which one value is worse than another; negative where it is better."""
        return self.sign * (after - before)

    @property
    def joins(self) -> bool:
        """Whether parts of a round that share nothing have to hear of one another for this step."""
        return self.over == "worst"

    def joined(self, values: Iterable[int]) -> int:
        """The value of a whole, from those of its tables or parts."""
        if self.over == "sum":
            return sum(values)
        return (min if self.larger_is_better else max)(values, default=0)

    def value(self, tally: Tally) -> int:
        """The value of a roster."""
        return self.joined(self.by_table(tally))

    @abstractmethod
    def by_table(self, tally: Tally) -> Sequence[int]:
        """The value of each table."""

    @abstractmethod
    def written(self, program: Program, rows: Rows, deviations: Mapping[int, Row]) -> Written:
        """The step in a program, whose first variables are the candidates; ``deviations`` are variables of goals."""

    def best(self, rules: Rules) -> int:
        """What no roster of any pool is better than."""
        return 0

    def together(self, rows: Rows) -> tuple[Row, ...]:
        """Rows of the whole round that it looks at as one, so that their tables hang together."""
        return ()


#: Roles whose seats are steps.
SEATED = (Role.MEMBER, Role.DEPUTY)


def measured_against(rows: Rows, role: Role) -> tuple[int, ...]:
    """What the least filled table is measured against: each table's own size, where they differ; else 0.

    So the value is the seats filled where all tables have one size, and otherwise those left vacant, below 0.
    """
    aims = rows.rules.aims(role)
    if len(set(aims)) == 1:
        return (0,) * len(rows.pool.tables)
    return tuple(rows.rules.aim(name, role) for name in rows.pool.tables)


@dataclass(frozen=True)
class Seats(Objective):
    """Seats filled: of the least filled table, or of all."""

    role: Role

    larger_is_better = True

    def by_table(self, tally: Tally) -> Sequence[int]:
        less = tally.aims if self.over == "worst" else {}
        return [size - less.get((role, table), 0) for (role, table), size in tally.sizes.items() if role is self.role]

    def written(self, program: Program, rows: Rows, deviations: Mapping[int, Row]) -> Written:
        bodies = self._bodies(rows)
        if self.over == "sum":
            return Written(total([place for body in bodies for place in body], -1))
        less = measured_against(rows, self.role)
        least = program.add_variable(-max(less), self._most(rows))
        for body, of in zip(bodies, less, strict=True):
            program.add_row({**total(body), least: -1}, of, None)
        return Written({least: -1}, least, bodies, less)

    def best(self, rules: Rules) -> int:
        aims = rules.aims(self.role)
        return 0 if self.over == "worst" and len(set(aims)) > 1 else self.joined(aims)

    def _most(self, rows: Rows) -> int:
        """What the least filled table is never over in this pool."""
        less = measured_against(rows, self.role)
        aims = (rows.rules.aim(name, self.role) for name in rows.pool.tables)
        return self.joined(
            min(aim, len(body)) - of for aim, body, of in zip(aims, self._bodies(rows), less, strict=True)
        )

    def _bodies(self, rows: Rows) -> tuple[tuple[int, ...], ...]:
        return tuple(rows.by_body[table, self.role] for table in range(len(rows.pool.tables)))


@dataclass(frozen=True)
class Goals(Objective):
    """Seats by which the goals of one priority are missed: at the worst table, or in all."""

    priority: int

    def by_table(self, tally: Tally) -> Sequence[int]:
        return [seats for (priority, _), seats in tally.off.items() if priority == self.priority]

    def written(self, program: Program, rows: Rows, deviations: Mapping[int, Row]) -> Written:
        tables: dict[str | None, list[int]] = {}
        for deviation, row in deviations.items():
            if row.priority == self.priority:
                tables.setdefault(row.table, []).append(deviation)
        groups = tuple(tuple(group) for group in tables.values())
        if self.over == "sum":
            return Written(total([deviation for group in groups for deviation in group]))
        worst = program.add_variable(0, None)
        for group in groups:
            program.add_row({**total(group, -1), worst: 1}, 0, None)
        return Written({worst: 1}, worst, groups)

    def together(self, rows: Rows) -> tuple[Row, ...]:
        return tuple(row for row in rows.goals if row.table is None and row.priority == self.priority)


@dataclass(frozen=True)
class Wishes(Objective):
    """Seats given away from the applicant's first table."""

    def by_table(self, tally: Tally) -> Sequence[int]:
        return [tally.away]

    def written(self, program: Program, rows: Rows, deviations: Mapping[int, Row]) -> Written:
        return Written(total(seats_away(rows)))


@dataclass(frozen=True)
class Unlikeness(Objective):
    """How unlike members and their personal deputies are."""

    late = True

    def by_table(self, tally: Tally) -> Sequence[int]:
        return tally.unlike

    def written(self, program: Program, rows: Rows, deviations: Mapping[int, Row]) -> Written:
        has_pairs = rows.rules.deputies.personal and rows.rules.has(Role.DEPUTY)
        return Written(add_pairs(program, rows) if has_pairs else {})


def seats_away(rows: Rows) -> tuple[int, ...]:
    """Candidates of a table that is not the applicant's first, by place."""
    pool = rows.pool
    return tuple(
        place
        for place, candidate in enumerate(pool.candidates)
        if pool.first_table[candidate.applicant] not in (None, candidate.table)
    )


def _unlike(rows: Rows, chosen: Sequence[int]) -> tuple[int, ...]:
    """How unlike the pairs of each table are at their best; of bodies of different sizes some stay alone."""
    if not rows.rules.deputies.personal:
        return ()
    likeness = Likeness.of(rows.pool, rows.rules)
    applicant = [candidate.applicant for candidate in rows.pool.candidates]
    sums = []
    for table in range(len(rows.pool.tables)):
        few, many = sorted(
            (
                [applicant[place] for place in rows.by_body[table, role] if chosen[place]]
                for role in (Role.MEMBER, Role.DEPUTY)
            ),
            key=len,
        )
        sums.append(least_total([[likeness.unlike(person, other) for other in many] for person in few]))
    return tuple(sums)


SEATS = (
    Seats("members_least", "worst", Role.MEMBER),
    Seats("members", "sum", Role.MEMBER),
    Seats("deputies_least", "worst", Role.DEPUTY),
    Seats("deputies", "sum", Role.DEPUTY),
)
GOALS = tuple(
    goals
    for priority in (1, 2, 3)
    for goals in (Goals(f"goals_{priority}_worst", "worst", priority), Goals(f"goals_{priority}", "sum", priority))
)
WISHES = Wishes("wishes", "sum")
PAIRS = Unlikeness("pairs", "sum")

#: Every step by its name; in the order in which a program has them written.
OBJECTIVES: Mapping[str, Objective] = {step.name: step for step in (*SEATS, *GOALS, WISHES, PAIRS)}

SEAT_STEPS = tuple(step.name for step in SEATS)
GOAL_STEPS = tuple(step.name for step in GOALS)
LAST_STEPS = (WISHES.name, PAIRS.name)


def step_names(order: str) -> tuple[str, ...]:
    """The twelve steps in the order of the rules (``seats_first`` or ``goals_first``)."""
    first = SEAT_STEPS + GOAL_STEPS if order == "seats_first" else GOAL_STEPS + SEAT_STEPS
    return first + LAST_STEPS
