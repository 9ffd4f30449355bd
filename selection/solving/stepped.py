"""The program of a round with the expressions of the steps, taken one by one or several in a run."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selection.model.rows import Row, Rows
from selection.solver import Minimum, OutOfTime, Program, SolverName, total
from selection.solving.lottery import draw_lots, lot_order
from selection.solving.narrowing import narrow_to_least, proven_twice, tighten
from selection.solving.objectives import LAST_STEPS, OBJECTIVES, PAIRS, Tally, Written, step_names
from selection.solving.run import Run


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


class SteppedProgram:
    """The program of a round with the expressions of the steps.

    With ``tightening`` what no roster left can have is fixed before the last steps and the lots: much quicker, but then
    no value may be loosened afterwards. Until then each run is a thorough one, on a program that nothing was fixed in:
    with what each step fixes, the next ones took several times as long where people name several tables.
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
        self._flags: tuple[int, ...] = ()
        #: Steps that are held and by whose values nothing was fixed yet.
        self._unused: list[tuple[str, int]] = []
        #: Variables that have one value in every roster left, as the proofs of the steps found.
        self._ends: dict[int, int] = {}
        self.program.thorough(tightening)
        self._written: dict[str, Written] = {
            name: objective.written(self.program, rows, self.deviations)
            for name, objective in OBJECTIVES.items()
            if not objective.late
        }

    @classmethod
    def run_by(cls, rows: Rows, run: Run, *, tightening: bool = False) -> SteppedProgram:
        """The program of a solve that begins now and is run so."""
        return cls(
            rows,
            solver=run.solver,
            threads=run.threads,
            deadline=run.deadline(),
            stopped=run.stopped(),
            tightening=tightening,
        )

    def expression(self, name: str) -> Mapping[int, int]:
        """What a step minimises. The network of ``pairs`` is added when it is first asked for."""
        if name not in self._written:
            self._written[name] = OBJECTIVES[name].written(self.program, self.rows, self.deviations)
        return self._written[name].expression

    def hold(self, name: str, value: int) -> int:
        """Carry a step's value (as told to people) into what follows; the number of the row."""
        return self.program.at_most(self.expression(name), OBJECTIVES[name].minimised(value))

    def take(self, name: str) -> Step:
        """Take one step and hold its value.

        Raises
        ------
        Infeasible
            if no roster meets the requirements.
        """
        began = time.perf_counter()
        if name in LAST_STEPS:
            self._fix()
        expression = self.expression(name)
        program = self.program
        narrowed = False
        if program.known and program.evaluate(expression) <= program.trivial_bound(expression):
            value = bound = program.evaluate(expression)
        else:
            narrowed = self.tightening and name == PAIRS.name
            best = narrow_to_least(program, expression) if narrowed else self._minimised(expression)
            value, bound = best.value, best.bound
            if not best.proven:
                value = self._counted(name)
                bound = min(bound, value)
        sign = OBJECTIVES[name].sign
        if self.tightening and value == bound and not narrowed:
            self.keep(name, sign * value)
        else:
            program.at_most(expression, value)
        return Step(name, sign * value, sign * bound, time.perf_counter() - began)

    def _minimised(self, expression: Mapping[int, int]) -> Minimum:
        began = time.perf_counter()
        best = self.program.minimise(expression)
        if not self.tightening:
            return best
        best, ends = proven_twice(self.program, expression, best, time.perf_counter() - began)
        self._ends |= ends
        return best

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
        for name, written in self._written.items():
            if written.derived is not None:
                less = written.less or (0,) * len(written.groups)
                sums = (
                    round(sum(values[variable] for variable in group)) - of
                    for group, of in zip(written.groups, less, strict=True)
                )
                values[written.derived] = float(OBJECTIVES[name].joined(sums))
        for flag in self._flags:
            values[flag] = 0.0
        program.values = values

    def _counted(self, name: str) -> int:
        """A step's value as it is minimised, counted from the roster of a run that is not proven.

        That of ``pairs`` stays as the network has it, which is no better: what is told is counted from the seats.
        """
        if name == PAIRS.name:
            return self.program.evaluate(self.expression(name))
        self.settle()
        return OBJECTIVES[name].minimised(OBJECTIVES[name].value(Tally.of(self.rows, self.roster())))

    def keep(self, name: str, value: int) -> None:
        """Hold a step's proven value for good; before the last steps what no roster left can have is fixed by it."""
        self.hold(name, value)
        self._unused.append((name, value))
        if name in LAST_STEPS:
            self._fix()

    def _fix(self) -> None:
        """Fix what no roster left can have, by the value of each step that is held; runs are small from now on."""
        self.program.thorough(False)
        held, self._unused = self._unused, []
        if self.tightening:
            for variable, end in self._ends.items():
                self.program.set_bounds(variable, end, end)
            self._ends = {}
            for name, value in held:
                tighten(self.program, self.expression(name), OBJECTIVES[name].minimised(value))

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
        try:
            while unseen and (best := program.minimise(total(unseen, -1))).proven and best.value < 0:
                unseen = [flag for flag in unseen if program.values[flag] < 0.5]
            if unseen and not (best.proven and best.value == 0):
                unseen = []
        except OutOfTime:
            # Held values of a part are taken up before its roster: then no solution is at hand, and nothing is proven.
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
        self._fix()
        program, pool = self.program, self.rows.pool
        last = self.expression(step_names(self.rows.rules.steps.order)[-1])
        value = program.evaluate(last)

        def narrow() -> None:
            if tighten(program, last, value):
                program.compact()

        program.compact()
        return draw_lots(program, pool, lot_order(pool, seed), narrow)
