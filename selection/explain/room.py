"""Room: how far each requirement and goal can go, the least and most seats that any roster gives it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Unpack

from selection.errors import TimeLimitError
from selection.explain.roster_steps import Roster, checked, step_values
from selection.model.rows import TOGETHER, Row, Rows
from selection.proposal import Proposal
from selection.solver import OutOfTime, Program
from selection.solving.objectives import GOALS, SEATED
from selection.solving.required import required_program
from selection.solving.run import PLAIN, Run, RunOptions
from selection.solving.steps import LAST_STEPS, SteppedProgram, step_names


@dataclass(frozen=True, slots=True)
class Room:
    """One requirement or goal value: the people it counts now, and the least and most that can be.

    Attributes
    ----------
    count
        In the roster asked about; ``None`` where none was given.
    at_least, at_most
        The row's own limits; ``None`` where that side is open, or where they depend on the size of the body.
    least, most
        Attainable with every requirement kept, and with the better steps kept where that was asked.
    least_bound, most_bound
        No roster goes below or above these: the same as ``least`` and ``most`` unless the time was up.
    """

    id: str
    table: str | None
    role: str | None
    value: str | None
    priority: int | None
    count: int | None
    at_least: int | None
    at_most: int | None
    least: int
    most: int
    least_bound: int
    most_bound: int

    @property
    def proven(self) -> bool:
        """Whether no roster goes farther."""
        return (self.least, self.most) == (self.least_bound, self.most_bound)


def room(
    rows: Rows,
    *,
    roster: Roster | None = None,
    run: Run | None = None,
    **options: Unpack[RunOptions],
) -> tuple[Room, ...]:
    """The room of every requirement and goal with all requirements kept, in the order of the rules.

    Parameters
    ----------
    run, options
        As of :func:`selection.proposal.propose`. After a limit or a stop what was seen so far is told, with what no
        roster can pass. Progress is told after each row: ``room``, how many are done, and how many there are.

    Raises
    ------
    Infeasible
        if there is no roster at all.
    TimeLimitError
        if no roster was found in time.
    """
    run = replace(run or PLAIN, **options)
    finder = _Finder(rows, required_program(rows, run), roster)
    for number in range(len(finder.asked)):
        finder.settle(number)
        run.begins("room", number + 1, len(finder.asked))
    return finder.told(roster)


def room_within_steps(proposal: Proposal, *, run: Run | None = None, **options: Unpack[RunOptions]) -> tuple[Room, ...]:
    """The same with every better step kept as well: for a goal the steps before its priority's, for a requirement all
    steps up to the goals of priority 3."""
    rows, roster = proposal.rows, proposal.chosen
    values = step_values(rows, roster)
    run = replace(run or PLAIN, **options)
    stepped = SteppedProgram.run_by(rows, run)
    names = [name for name in step_names(rows.rules.steps.order) if name not in LAST_STEPS]
    held = [stepped.hold(name, values[name]) for name in names]
    finder = _Finder(rows, stepped.program, roster)
    # Most steps first: what a roster that keeps them shows, it shows also where fewer are kept.
    order = sorted(range(len(finder.asked)), key=lambda one: -_kept(finder.asked[one], names))
    for done, number in enumerate(order, start=1):
        while len(held) > _kept(finder.asked[number], names):
            stepped.program.set_row_bounds(held.pop(), None, None)
        finder.settle(number)
        run.begins("room", done, len(order))
    return finder.told(roster)


def _kept(row: Row, names: list[str]) -> int:
    """How many of the first steps are kept for a row."""
    if row.priority is None:
        return len(names)
    return names.index(next(goals.name for goals in GOALS if goals.priority == row.priority))


class _Finder:
    """Finds least and most; every roster seen on the way counts for every row, and many rows are never solved for."""

    def __init__(self, rows: Rows, program: Program, roster: Roster | None) -> None:
        self.rows = rows
        self.program = program
        self.asked = [row for row in (*rows.requirements, *rows.goals) if row.source.counts_group and row.counted]
        self.least: list[int] = [len(rows.pool.candidates)] * len(self.asked)
        self.most: list[int] = [-1] * len(self.asked)
        self.settled = [False] * len(self.asked)
        self.floor = [row.at_least or 0 if row.priority is None else 0 for row in self.asked]
        self.ceiling = [self._ceiling(row) for row in self.asked]
        self.seen = False
        if roster is not None:
            self._see(roster)

    def _ceiling(self, row: Row) -> int:
        """No roster counts more: the willing, and the size of the body."""
        roles = [role for role in SEATED if row.role in (role.value, None, TOGETHER)]
        tables = self.rows.pool.tables if row.table is None else (row.table,)  # or over the bodies of several
        size = sum(self.rows.rules.aim(name, role) for name in tables for role in roles)
        limit = row.at_most if row.priority is None and row.at_most is not None else size
        return min(size, limit, len({self.rows.pool.candidates[place].applicant for place in row.counted}))

    def settle(self, number: int) -> None:
        """Find the least and the most of one row, by solving where no roster seen shows them."""
        counted = self.asked[number].counted
        if self.least[number] > self.floor[number]:
            self.floor[number] = max(self.floor[number], self._bound(dict.fromkeys(counted, 1)))
        else:
            self.floor[number] = self.least[number]
        if self.most[number] < self.ceiling[number]:
            self.ceiling[number] = min(self.ceiling[number], -self._bound(dict.fromkeys(counted, -1)))
        else:
            self.ceiling[number] = self.most[number]
        self.settled[number] = True

    def _bound(self, expression: dict[int, int]) -> int:
        """What no roster is below; the best one found is seen.

        Raises
        ------
        TimeLimitError
            if the time was up before any roster was found.
        """
        try:
            best = self.program.minimise(expression)
        except OutOfTime:
            if not self.seen:
                raise TimeLimitError("time_limit_no_roster") from None
            return self.program.trivial_bound(expression)
        self._see(checked(self.rows, self.program.chosen(len(self.rows.pool.candidates))))
        return best.bound

    def _see(self, roster: Roster) -> None:
        self.seen = True
        for number, row in enumerate(self.asked):
            if self.settled[number]:
                continue
            count = row.count(roster)
            self.least[number] = min(self.least[number], count)
            self.most[number] = max(self.most[number], count)

    def told(self, roster: Roster | None) -> tuple[Room, ...]:
        """All rows, settled."""
        found = []
        limits = zip(self.asked, self.least, self.most, self.floor, self.ceiling, strict=True)
        for row, least, most, floor, ceiling in limits:
            count = None if roster is None else row.count(roster)
            told = (row.id, row.table, row.role, row.value, row.priority, count, row.at_least, row.at_most)
            found.append(Room(*told, least, most, floor, ceiling))
        return tuple(found)
