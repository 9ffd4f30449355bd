"""The steps in order of importance: each is proven before the next may choose among what is left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from selection.errors import TimeLimitError
from selection.model.people import Role
from selection.model.rows import Row, Rows
from selection.solver import Infeasible, Minimum, OutOfTime, Program, SolverName, total
from selection.solving.lexicographic import Aim, bounds_of, weighed, weights_of
from selection.solving.lottery import draw_lots, lot_order
from selection.solving.narrowing import narrow_to_least, proven_twice, tighten
from selection.solving.pairs import add_pairs
from selection.solving.step_counts import GOAL_STEPS, LARGER_IS_BETTER, LAST_STEPS, SEAT_STEPS, step_names, step_value

#: The step whose value the relaxation nearly always says: its program is made narrow before the run and not after it.
NARROWED = LAST_STEPS[-1]

#: Steps that one run takes together. Not a goal's worst table and its sum: as one weighted run they took rounds of few
#: people who name several tables ten times as long as apart.
TOGETHER = (SEAT_STEPS,)

#: What of the time limit is kept for each run after the one under way, so that no later step is left as it fell.
KEPT_FOR_EACH = 0.07


@dataclass(frozen=True, slots=True)
class Step:
    """What a step came to: its value in seats, what no roster can be better than, and how long it took."""

    name: str
    value: int
    bound: int
    seconds: float

    @property
    def proven(self) -> bool:
        """Whether no roster is better in this step, given the steps before it."""
        return self.value == self.bound


@dataclass(frozen=True)
class Solution:
    """The roster that the steps and the lots leave: 0 or 1 for each candidate of the pool.

    ``left_out`` are the steps that the time limit left no time for. Lots are drawn once every step is proven.
    """

    chosen: tuple[int, ...]
    steps: tuple[Step, ...]
    seconds: float
    drawn: bool
    left_out: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether every step is proven optimal and the lots were drawn to the end."""
        return self.drawn and not self.left_out and all(step.proven for step in self.steps)


#: Called before each step with its name, its number from 0, and how many steps there are.
Progress = Callable[[str, int, int], None]

#: Ends a solve from another thread, also a run of HiGHS under way: the best roster so far is taken, with its gaps.
Stop = Callable[[], None]


#: Called with a roster found on the way: 0 or 1 for each candidate.
Found = Callable[[tuple[int, ...]], None]


class SteppedProgram:
    """The program of a round with the expressions of the steps.

    With ``tightening`` each step taken also fixes what no roster left can have: much quicker, but then no value may be
    loosened afterwards.
    """

    def __init__(
        self,
        rows: Rows,
        *,
        solver: SolverName = "HiGHS",
        threads: int = 1,
        deadline: float | None = None,
        stopped: threading.Event | None = None,
        tightening: bool = False,
    ) -> None:
        self.rows = rows
        self.tightening = tightening
        self.program = Program(
            len(rows.pool.candidates), solver=solver, threads=threads, deadline=deadline, stopped=stopped
        )
        self.requirement_rows: dict[int, Row] = {}
        for row in rows.requirements:
            number = self.program.add(row)
            if number is not None:
                self.requirement_rows[number] = row
        self.deviations: dict[int, Row] = {self.program.add_deviation(row): row for row in rows.goals}
        self._expressions: dict[str, dict[int, int]] = {}
        #: The most seats a step could fill.
        self._most: dict[str, int] = {}
        self._flags: tuple[int, ...] = ()
        #: Variables that the roster settles: the table, or the tables, whose worst or least each of them is.
        self._least: dict[int, list[tuple[int, ...]]] = {}
        self._worst: dict[int, list[list[int]]] = {}
        self._make_seats()
        self._make_goals()
        self._expressions["wishes"] = self._wishes()

    def expression(self, name: str) -> Mapping[int, int]:
        """What a step minimises. The network of ``pairs`` is added when it is first asked for."""
        if name not in self._expressions:
            personal = self.rows.rules.deputies.personal and self.rows.rules.deputies.aim
            self._expressions[name] = add_pairs(self.program, self.rows) if personal else {}
        return self._expressions[name]

    def hold(self, name: str, value: int) -> int:
        """Carry a step's value (as told to people) into what follows; the number of the row."""
        return self.program.at_most(self.expression(name), -value if name in LARGER_IS_BETTER else value)

    def take(self, name: str) -> Step:
        """Take one step and hold its value.

        Raises
        ------
        Infeasible
            if no roster meets the requirements.
        """
        began = time.perf_counter()
        expression = self.expression(name)
        program = self.program
        narrowed = False
        if program.known and program.evaluate(expression) <= program.trivial_bound(expression):
            value = bound = program.evaluate(expression)
        else:
            narrowed = self.tightening and name == NARROWED
            best = narrow_to_least(program, expression) if narrowed else self._minimised(expression)
            value, bound = best.value, best.bound
            if not best.proven:
                value = self._counted(name)
                bound = min(bound, value)
        sign = -1 if name in LARGER_IS_BETTER else 1
        if self.tightening and value == bound and not narrowed:
            self.keep(name, sign * value)
        else:
            program.at_most(expression, value)
        return Step(name, sign * value, sign * bound, time.perf_counter() - began)

    def together(self, names: Sequence[str]) -> dict[str, Aim]:
        """The first of some steps, and those after it that the same run can take."""
        group = next((one for one in TOGETHER if names[0] in one), (names[0],))
        aims: list[Aim] = []
        for name in names:
            if name not in group or not (aim := self._aim(name)):
                break
            aims.append(aim)
        if not aims:
            return {names[0]: Aim(self.expression(names[0]), 0, 0)}
        return dict(zip(names, aims[: len(weights_of(aims))], strict=False))

    def take_together(self, aims: Mapping[str, Aim]) -> list[Step]:
        """Take the steps of :meth:`together` in one run, and hold their values.

        Raises
        ------
        Infeasible
            if no roster meets the requirements.
        """
        if len(aims) == 1:
            return [self.take(name) for name in aims]
        began = time.perf_counter()
        program = self.program
        ranked = list(aims.values())
        weights = weights_of(ranked)
        expression = weighed(ranked, weights)
        best = self._minimised(expression)
        if best.proven:
            values = [program.evaluate(aim.expression) for aim in ranked]
        else:
            values = [self._counted(name) for name in aims]
        bounds = bounds_of(ranked, weights, values, best.bound)
        seconds = (time.perf_counter() - began) / len(aims)
        steps = []
        for name, value, bound in zip(aims, values, bounds, strict=True):
            sign = -1 if name in LARGER_IS_BETTER else 1
            steps.append(Step(name, sign * value, sign * bound, seconds))
            program.at_most(self.expression(name), value)
        if self.tightening and best.proven:
            tighten(program, expression, best.value)
        return steps

    def _minimised(self, expression: Mapping[int, int]) -> Minimum:
        best = self.program.minimise(expression)
        return proven_twice(self.program, expression, best) if self.tightening else best

    def roster(self) -> tuple[int, ...]:
        """The last solution's roster: 0 or 1 for each candidate."""
        return self.program.chosen(len(self.rows.pool.candidates))

    def start_from(self, chosen: Sequence[int]) -> None:
        """Take a roster that is known to meet the requirements and what is held as the solution at hand."""
        self.program.values = [float(one) for one in chosen]
        self.settle()

    def settle(self) -> None:
        """Set the variables that the roster at hand settles to what it calls for.

        A run that is not proven leaves a deviation above it, where no step so far weighed that. Of the network of
        pairs nothing is known then.
        """
        program, chosen = self.program, self.roster()
        values = [float(one) for one in chosen]
        values += program.values[len(values) :]
        values += [0.0] * (program.size - len(values))
        for deviation, row in self.deviations.items():
            values[deviation] = float(row.standing(chosen).deviation)
        for least, bodies in self._least.items():
            values[least] = float(min(sum(chosen[place] for place in body) for body in bodies))
        for worst, groups in self._worst.items():
            values[worst] = max((sum(values[deviation] for deviation in group) for group in groups), default=0.0)
        for flag in self._flags:
            values[flag] = 0.0
        program.values = values

    def _counted(self, name: str) -> int:
        """A step's value as it is minimised, counted from the roster of a run that is not proven.

        That of ``pairs`` stays as the network has it, which is no better: what is told is counted from the seats.
        """
        if name == NARROWED:
            return self.program.evaluate(self.expression(name))
        self.settle()
        value = step_value(self.rows, self.roster(), name)
        return -value if name in LARGER_IS_BETTER else value

    def _aim(self, name: str) -> Aim | None:
        """A seat step with how far its values can be apart; ``None`` of the others."""
        return Aim(self.expression(name), -self._most[name], 0) if name in LARGER_IS_BETTER else None

    def keep(self, name: str, value: int) -> None:
        """Hold a step's proven value for good, and fix what no roster left can have."""
        self.hold(name, value)
        if name == GOAL_STEPS[-1]:
            self.settle_goals()
        tighten(self.program, self.expression(name), -value if name in LARGER_IS_BETTER else value)

    def settle_goals(self) -> int:
        """Fix at 0 the deviations that no roster left has; how many. To be asked when all goal steps are held.

        Nearly all are: then the later steps need not weigh half a seat here against half a seat there.
        """
        program = self.program
        flags: dict[int, int] = {}
        for deviation in self.deviations:
            flag = program.add_variable(0, 1, whole=True)
            program.add_row({deviation: 1, flag: -1}, 0, None)
            flags[flag] = deviation
        self._flags = tuple(flags)
        program.values += [0.0] * (program.size - len(program.values) if program.values else 0)
        unseen = list(flags)
        while unseen and (best := program.minimise(total(unseen, -1))).proven and best.value < 0:
            unseen = [flag for flag in unseen if program.values[flag] < 0.5]
        if unseen and not (best.proven and best.value == 0):
            unseen = []
        for flag in flags:
            program.set_bounds(flag, 0, 0)
        for flag in unseen:
            program.set_bounds(flags[flag], 0, 0)
        return len(unseen)

    def draw(self, seed: str) -> bool:
        """Draw the lots once all steps are held; as :func:`selection.solving.lottery.draw_lots`.

        Each answer leaves fewer rosters, of which the last step fixes more again: the program gets smaller all the way.
        """
        program, pool = self.program, self.rows.pool
        last = self.expression(step_names(self.rows.rules.steps.order)[-1])
        value = program.evaluate(last)

        def narrow() -> None:
            if tighten(program, last, value):
                program.compact()

        program.compact()
        return draw_lots(program, pool, lot_order(pool, seed), narrow)

    def _bodies(self, role: Role) -> Iterator[tuple[int, ...]]:
        for table in range(len(self.rows.pool.tables)):
            yield self.rows.by_body[table, role]

    def _make_seats(self) -> None:
        rules = self.rows.rules
        for role, aim, name in (
            (Role.MEMBER, rules.members.aim, "members"),
            (Role.DEPUTY, rules.deputies.aim, "deputies"),
        ):
            bodies = list(self._bodies(role))
            most = min((min(aim, len(body)) for body in bodies), default=0)
            least = self.program.add_variable(0, most)
            for body in bodies:
                self.program.add_row({**total(body), least: -1}, 0, None)
            self._least[least] = bodies
            self._expressions[f"{name}_least"] = {least: -1}
            self._expressions[name] = total([place for body in bodies for place in body], -1)
            self._most |= {f"{name}_least": most, name: sum(min(aim, len(body)) for body in bodies)}

    def _make_goals(self) -> None:
        for priority in (1, 2, 3):
            tables: dict[str | None, list[int]] = {}
            for deviation, row in self.deviations.items():
                if row.priority == priority:
                    tables.setdefault(row.table, []).append(deviation)
            worst = self.program.add_variable(0, None)
            for deviations in tables.values():
                self.program.add_row({**total(deviations, -1), worst: 1}, 0, None)
            self._worst[worst] = list(tables.values())
            self._expressions[f"goals_{priority}_worst"] = {worst: 1}
            self._expressions[f"goals_{priority}"] = total([one for group in tables.values() for one in group])

    def _wishes(self) -> dict[int, int]:
        """Seats given away from the applicant's first table."""
        pool = self.rows.pool
        return {
            place: 1
            for place, candidate in enumerate(pool.candidates)
            if pool.first_table[candidate.applicant] not in (None, candidate.table)
        }


def solve(
    rows: Rows,
    seed: str,
    *,
    solver: SolverName = "HiGHS",
    threads: int = 1,
    time_limit: float | None = None,
    progress: Progress | None = None,
    stoppable: Callable[[Stop], None] | None = None,
    found: Found | None = None,
) -> Solution:
    """Take all steps and draw the lots.

    Parameters
    ----------
    seed
        Of the order of lots.
    time_limit
        Seconds for all of it; after that the best roster so far is taken, with the gap of each step told.
    stoppable
        Handed a :data:`Stop`.
    found
        Handed the roster after each step.

    Raises
    ------
    Infeasible
        if the requirements cannot hold together.
    TimeLimitError
        if no roster was found in time.
    """
    began = time.perf_counter()
    deadline = None if time_limit is None else time.monotonic() + time_limit
    stopped = threading.Event()
    if stoppable:
        stoppable(stopped.set)
    stepped = SteppedProgram(rows, solver=solver, threads=threads, deadline=deadline, stopped=stopped, tightening=True)
    program = stepped.program
    names = step_names(rows.rules.steps.order)
    steps: list[Step] = []
    chosen: tuple[int, ...] | None = None
    while len(steps) < len(names) and not program.out_of_time():
        aims = stepped.together(names[len(steps) :])
        if progress:
            for number, name in enumerate(aims, len(steps)):
                progress(name, number, len(names) + 1)
        if deadline is not None and time_limit is not None:
            program.turn = turn_of(deadline, time_limit, runs_after(names[len(steps) + len(aims) :]) + 1)
        try:
            steps += stepped.take_together(aims)
        except OutOfTime:
            break
        chosen = stepped.roster()
        if found:
            found(chosen)
    if chosen is None:
        raise TimeLimitError("time_limit_no_roster")
    drawn = False
    program.turn = None
    if len(steps) == len(names) and all(step.proven for step in steps) and not program.out_of_time():
        if progress:
            progress("lots", len(names), len(names) + 1)
        drawn = stepped.draw(seed)
        chosen = stepped.roster()
    return Solution(chosen, tuple(steps), time.perf_counter() - began, drawn, names[len(steps) :])


def runs_after(names: Sequence[str]) -> int:
    """How many runs of the solver these steps take at most."""
    return len({next((group[0] for group in TOGETHER if name in group), name) for name in names})


def turn_of(deadline: float, time_limit: float, runs: int) -> float:
    """Until when a step may be looked for: the deadline, less what is kept for the runs after it."""
    return deadline - time_limit * KEPT_FOR_EACH * runs


__all__ = [
    "GOAL_STEPS",
    "LARGER_IS_BETTER",
    "LAST_STEPS",
    "SEAT_STEPS",
    "Infeasible",
    "Progress",
    "Solution",
    "Step",
    "SteppedProgram",
    "Stop",
    "runs_after",
    "solve",
    "step_names",
    "turn_of",
]
