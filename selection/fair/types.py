"""Types: applicants alike in every rule-relevant field and seat, who share one chance; panels are counted over them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from selection.model.people import Role
from selection.model.pool import Candidate, Pool
from selection.model.rows import Row, Rows
from selection.model.source import Source
from selection.solving.objectives import GOALS, SEATS, Over

Floats = npt.NDArray[np.float64]

#: Seats of room for a carried sum of deviations, which are continuous variables (see ``selection.solver``).
ROOM = 0.02


@dataclass(frozen=True, slots=True)
class Line:
    """``lower ≤ Σ weight·variable ≤ upper`` over variables (a type in a seat, or a deviation)."""

    weights: Mapping[int, float]
    lower: float
    upper: float


@dataclass(frozen=True)
class Types:
    """The types of a pool and the lines that a roster must keep.

    Attributes
    ----------
    people
        For each type its applicants, as places in the pool, in the pool's order.
    seats
        For each variable ``0 … len(seats) − 1`` its type, table and role: how many of the type hold that seat.
    deviations
        How many more (continuous) variables follow: seats outside a goal's range.
    lines
        Requirements, and the values of the steps, which are held.
    """

    pool: Pool
    people: tuple[tuple[int, ...], ...]
    seats: tuple[tuple[int, int, Role], ...]
    deviations: int
    lines: tuple[Line, ...]

    @cached_property
    def owner(self) -> npt.NDArray[np.int64]:
        """For each seat variable its type."""
        return np.array([seat[0] for seat in self.seats], dtype=np.int64)

    @cached_property
    def sizes(self) -> Floats:
        """How many applicants each type has."""
        return np.array([len(one) for one in self.people], dtype=np.float64)

    @cached_property
    def plain(self) -> bool:
        """Whether nobody has a choice of seats and no goal is missed: then panels differ by exchanges of two people."""
        return len(self.seats) == len(self.people) and not self.deviations

    def seated(self, panel: tuple[int, ...]) -> Floats:
        """How many of each type a panel seats; a panel counts each seat variable."""
        counted = np.bincount(self.owner, weights=np.array(panel, dtype=np.float64), minlength=len(self.people))
        return np.asarray(counted, dtype=np.float64)


def types_of(rows: Rows, held: Mapping[str, int], *, met: Collection[int] = (), closed: Collection[int] = ()) -> Types:
    """The types of a round, with the values of its steps held.

    Parameters
    ----------
    held
        Step → value, as :func:`selection.solving.steps.step_names` names them.
    met
        Places in ``rows.goals`` of goals that every roster with these values meets.
    closed
        Candidates that no such roster seats.
    """
    pool = rows.pool
    kept = [row for row in (*rows.requirements, *rows.goals) if row.source is not Source.ONE_SEAT]
    relevant: list[list[tuple[int, int]]] = [[] for _ in pool.candidates]
    for number, row in enumerate(kept):
        for place, weight in row.weights:
            if weight:
                relevant[place].append((number, weight))
    of_applicant: list[list[int]] = [[] for _ in pool.applicants]
    for place, candidate in enumerate(pool.candidates):
        of_applicant[candidate.applicant].append(place)
    groups: dict[tuple[object, ...], list[int]] = {}
    for applicant, places in enumerate(of_applicant):
        if places:
            alike = tuple((*_seat(pool.candidates[place]), tuple(relevant[place])) for place in places)
            groups.setdefault(alike, []).append(applicant)
    people = tuple(tuple(group) for group in groups.values())
    variable: dict[int, int] = {}
    seats: list[tuple[int, int, Role]] = []
    lines: list[Line] = []
    for number, group in enumerate(people):
        first = of_applicant[group[0]]
        for step, place in enumerate(first):
            for applicant in group:
                variable[of_applicant[applicant][step]] = len(seats)
            seats.append((number, pool.candidates[place].table, pool.candidates[place].role))
        if len(first) > 1:
            lines.append(Line({len(seats) - 1 - one: 1 for one in range(len(first))}, -np.inf, len(group)))
    lines += [_line(row, variable) for row in rows.requirements if row.source is not Source.ONE_SEAT and row.binding]
    open_to_some = {number for place, number in variable.items() if place not in closed}
    if shut := [number for number in range(len(seats)) if number not in open_to_some]:
        lines.append(Line(dict.fromkeys(shut, 1), -np.inf, 0))
    deviations = _hold(rows, held, met, variable, seats, lines)
    return Types(pool, people, tuple(seats), deviations, tuple(lines))


def _seat(candidate: Candidate) -> tuple[int, str]:
    return candidate.table, candidate.role.value


def _line(row: Row, variable: Mapping[int, int]) -> Line:
    weights = {variable[place]: float(weight) for place, weight in row.weights if weight}
    return Line(weights, -np.inf if row.lower is None else row.lower, np.inf if row.upper is None else row.upper)


def _hold(
    rows: Rows,
    held: Mapping[str, int],
    met: Collection[int],
    variable: Mapping[int, int],
    seats: list[tuple[int, int, Role]],
    lines: list[Line],
) -> int:
    """Lines that hold the values of the steps; how many deviations they needed."""
    for step in SEATS:
        if step.name not in held:
            continue
        bodies = [
            {number: 1.0 for number, seat in enumerate(seats) if seat[1:] == (table, step.role)}
            for table in range(len(rows.pool.tables))
        ]
        value = held[step.name]
        if step.over == "worst":
            lines += [Line(body, value, np.inf) for body in bodies]
        else:
            lines.append(Line({number: 1.0 for body in bodies for number in body}, value, value))
    deviations = 0
    goals: dict[int, dict[Over, int | None]] = {}
    for goal in GOALS:
        goals.setdefault(goal.priority, {})[goal.over] = held.get(goal.name)
    for priority, values in goals.items():
        sum_held, worst_held = values["sum"], values["worst"]
        if sum_held is None or worst_held is None:
            continue
        tables: dict[str | None, dict[int, float]] = {}
        for place, row in enumerate(rows.goals):
            if row.priority != priority:
                continue
            line = _line(row, variable)
            if sum_held == 0 or place in met:
                lines.append(line)
                continue
            number = len(seats) + deviations
            deviations += 1
            tables.setdefault(row.table, {})[number] = 1.0
            if row.lower is not None:
                lines.append(Line({**line.weights, number: 1.0}, line.lower, np.inf))
            if row.upper is not None:
                lines.append(Line({**line.weights, number: -1.0}, -np.inf, line.upper))
        lines += [Line(table, -np.inf, worst_held + ROOM) for table in tables.values()]
        if tables:
            lines.append(Line({one: 1.0 for table in tables.values() for one in table}, -np.inf, sum_held + ROOM))
    return deviations
