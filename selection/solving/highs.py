"""HiGHS as the engine of a program: one model kept between steps, of which a step changes costs, bounds and rows."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable
from itertools import chain
from typing import Any, ClassVar

import highspy
import numpy as np

from selection.errors import SolverError
from selection.solving.compaction import compacted
from selection.solving.engine import EngineRun, Expression, Infeasible, value_of
from selection.solving.relaxation import Relaxation, relaxation

#: Off but for thorough runs: small programs are proven at the root, and what these find there is not worth their time
#: (measured: 1.6×).
UNUSED_HEURISTICS = ("rins", "rens", "root_reduced_cost", "feasibility_jump")

#: HiGHS's presolve. Small runs, such as most questions, are solved as well without most of it; the first ten steps of a
#: whole round, and the drawing of lots, gain more from the full one (``benchmarks/bench_hard.py``).
LIGHT_PRESOLVE, FULL_PRESOLVE = 2, 0

#: HiGHS's presolve rule for equations of two variables, by its bit. Off: with it HiGHS 1.16 called a program infeasible
#: whose solution was at hand (``tests/core/test_highs.py``).
DOUBLETON_EQUATION = 1 << 9


def _never(solved: bool) -> bool:
    return False


class _Watch:
    """What HiGHS asks during a run. Apart from the engine, which the model would else hold and be held by for ever."""

    def __init__(self) -> None:
        self.ends: Callable[[bool], bool] = _never

    def asked(self, kind: Any, message: str, told: Any, answer: Any, data: Any) -> None:
        """Whether the run has to end; ``told`` has what it found."""
        answer.user_interrupt = self.ends(math.isfinite(told.mip_primal_bound))


class Highs:
    """A model of HiGHS that grows by variables and rows.

    Parameters
    ----------
    model
        A :class:`highspy.Highs` with its options set and nothing in it.
    """

    #: Threads of the process's pool, once there is one.
    pool: ClassVar[int | None] = None

    def __init__(self, model: Any) -> None:
        self.model = model
        model.setOptionValue("presolve_rule_off", DOUBLETON_EQUATION)
        self.thorough(False)
        self._watch = _Watch()
        model.setCallback(self._watch.asked, None)
        model.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
        self._costs: list[int] = []
        #: Variables (lower, upper, whole) and rows (lower, upper, columns, weights) that the model has not got yet.
        self._new_columns: list[tuple[int, float, bool]] = []
        self._new_rows: list[tuple[float, float, list[int], list[int]]] = []
        #: The column of each variable; −1 for those that :meth:`compact` took out, at the value they are fixed to.
        self._columns: list[int] = []
        self._fixed: list[float] = []
        self._compacted = False

    def _set_up(self, presolve: int, *, shifting: bool) -> None:
        self.model.setOptionValue("presolve_mode", presolve)
        self.model.setOptionValue("mip_heuristic_run_shifting", shifting)

    def thorough(self, on: bool) -> None:
        """Whether each run works with the full presolve, all heuristics and restarts: worth it where little is fixed
        yet. Nearly every small run ends at the root of its tree, and gains nothing by them."""
        for heuristic in UNUSED_HEURISTICS:
            self.model.setOptionValue(f"mip_heuristic_run_{heuristic}", on)
        self.model.setOptionValue("mip_allow_restart", on)
        self._set_up(FULL_PRESOLVE if on else LIGHT_PRESOLVE, shifting=True)

    @classmethod
    def prepare(cls, threads: int) -> None:
        """Make room for another number of threads: HiGHS keeps one pool per process, and fails with another number."""
        if cls.pool is None:
            _let_it_greet()
        elif cls.pool != threads:
            highspy.Highs.resetGlobalScheduler(True)
        cls.pool = threads

    def variable_added(self, lower: int, upper: int | None, whole: bool) -> None:
        self._columns.append(self.model.getNumCol() + len(self._new_columns))
        self._new_columns.append((lower, highspy.kHighsInf if upper is None else upper, whole))
        self._fixed.append(0.0)

    def row_added(self, expression: Expression, lower: float | None, upper: float | None) -> None:
        columns, weights, taken = self._split(expression)
        self._new_rows.append((*_limits(lower, upper, taken), columns, weights))

    def _add_new(self) -> None:
        """Hand what is new to the model, all at once: a call for each takes a tenth of a small round's solve."""
        if self._new_columns:
            lower, upper, whole = map(np.array, zip(*self._new_columns, strict=True))
            first = self.model.getNumCol()
            self.model.addVars(len(lower), lower.astype(float), upper.astype(float))
            integers = (first + np.flatnonzero(whole)).astype(np.int32)
            kinds = np.full(len(integers), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
            self.model.changeColsIntegrality(len(integers), integers, kinds)
            self._new_columns = []
        if self._new_rows:
            least, most, columns, weights = zip(*self._new_rows, strict=True)
            sizes = [len(one) for one in columns]
            self.model.addRows(
                len(sizes),
                np.array(least, dtype=float),
                np.array(most, dtype=float),
                sum(sizes),
                np.cumsum([0, *sizes[:-1]]).astype(np.int32),
                np.fromiter(chain.from_iterable(columns), np.int32, sum(sizes)),
                np.fromiter(chain.from_iterable(weights), float, sum(sizes)),
            )
            self._new_rows = []

    def bounds_changed(self, variable: int, lower: int, upper: int | None) -> None:
        self._add_new()
        column = self._columns[variable]
        if column >= 0:
            self.model.changeColBounds(column, lower, highspy.kHighsInf if upper is None else upper)
        elif not lower == upper == self._fixed[variable]:
            raise ValueError("a variable that was taken out cannot change")

    def row_changed(self, number: int, lower: float | None, upper: float | None) -> None:
        if self._compacted:
            raise ValueError("rows of a compacted model have other numbers")
        self._add_new()
        self.model.changeRowBounds(number, *_limits(lower, upper))

    def minimise(
        self,
        expression: Expression,
        left: float | None,
        ends: Callable[[bool], bool],
        *,
        presolve: bool = True,
    ) -> EngineRun | None:
        """One run; ``None`` if it ended with neither a solution nor a verdict.

        Parameters
        ----------
        left
            Seconds it may take.
        ends
            Asked again and again whether to end it, with whether it has a solution.

        Raises
        ------
        Infeasible
            if no solution satisfies all rows.
        SolverError
            if HiGHS failed, or its solution is not worth what it says.
        """
        self._add_new()
        model = self.model
        taken = self._price(expression)
        # HiGHS counts its limit over all runs of one model.
        model.setOptionValue("time_limit", highspy.kHighsInf if left is None else model.getRunTime() + left)
        model.setOptionValue("presolve", "choose" if presolve else "off")
        # No start is handed over: HiGHS 1.16 maps complete starts wrongly into its presolved model.
        self._watch.ends = ends
        model.run()
        self._watch.ends = _never
        status = model.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            raise Infeasible
        info = model.getInfo()
        optimal = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
        values = None
        if optimal or info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            values = self._spread(model.getSolution().col_value)
            if optimal and abs(value_of(values, expression) - taken - info.objective_function_value) > 1e-3:
                raise SolverError("solver_contradicts_itself")
        elif status not in (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt):
            raise SolverError("solver_failed", status=str(status))
        return EngineRun(values, float(info.mip_dual_bound) + taken, optimal)

    def satisfied_by(self, values: list[float]) -> bool:
        """Whether a solution satisfies all bounds and rows, counted here and not by HiGHS."""
        self._add_new()
        lp = self.model.getLp()
        at = np.zeros(lp.num_col_)
        for variable, column in enumerate(self._columns):
            if column >= 0:
                at[column] = values[variable]
        of = np.repeat(np.arange(lp.num_col_), np.diff(np.array(lp.a_matrix_.start_)))
        sums = np.bincount(
            np.array(lp.a_matrix_.index_, int), np.array(lp.a_matrix_.value_, float) * at[of], lp.num_row_
        )
        within = (at > np.array(lp.col_lower_) - 1e-6) & (at < np.array(lp.col_upper_) + 1e-6)
        hold = (sums > np.array(lp.row_lower_) - 1e-6) & (sums < np.array(lp.row_upper_) + 1e-6)
        return bool(within.all() and hold.all())

    def relaxed(self, expression: Expression) -> Relaxation | None:
        """The linear relaxation with an expression as its costs; ``None`` where it has no optimum."""
        self._add_new()
        columns, weights, taken = self._split(expression)
        costs = np.zeros(self.model.getNumCol())
        costs[columns] = weights
        variables = tuple(variable for variable, column in enumerate(self._columns) if column >= 0)
        return relaxation(self.model, costs, variables, taken)

    def compact(self) -> None:
        """Take fixed variables out of the model, and rows that nothing left can break.

        Afterwards no variable is freed and no row changed: for the many small runs at the end of a solve.
        """
        self._add_new()
        small = compacted(self.model.getLp())
        self.model.passModel(small.lp)
        for variable, place in enumerate(self._columns):
            if place >= 0 and small.fixed[place]:
                self._columns[variable], self._fixed[variable] = -1, float(small.values[place])
            elif place >= 0:
                self._columns[variable] = int(small.columns[place])
        self._costs, self._compacted = [], True
        self._set_up(FULL_PRESOLVE, shifting=False)

    def _split(self, expression: Expression) -> tuple[list[int], list[int], float]:
        """The columns and weights of an expression, and what its variables that were taken out add up to."""
        if not self._compacted:
            return list(expression.keys()), list(expression.values()), 0.0
        columns, weights, taken = [], [], 0.0
        for variable, weight in expression.items():
            column = self._columns[variable]
            if column < 0:
                taken += weight * self._fixed[variable]
            else:
                columns.append(column)
                weights.append(weight)
        return columns, weights, taken

    def _spread(self, values: list[float]) -> list[float]:
        """Values of the columns as values of the variables."""
        if not self._compacted:
            return list(values)
        values = list(values)
        return [
            values[column] if column >= 0 else fixed for column, fixed in zip(self._columns, self._fixed, strict=True)
        ]

    def _price(self, expression: Expression) -> float:
        """Make an expression the costs; what its variables that were taken out add up to."""
        for column in self._costs:
            self.model.changeColCost(column, 0.0)
        columns, weights, taken = self._split(expression)
        for column, weight in zip(columns, weights, strict=True):
            self.model.changeColCost(column, float(weight))
        self._costs = columns
        return taken


def _let_it_greet() -> None:
    """HiGHS prints two lines to standard output with a process's first model, whatever its options: out of sight."""
    if sys.stdout is None:
        return
    make: Any = highspy.Highs
    sys.stdout.flush()
    with open(os.devnull, "wb") as nowhere:
        kept = os.dup(1)
        try:
            os.dup2(nowhere.fileno(), 1)
            make()
        finally:
            os.dup2(kept, 1)
            os.close(kept)


def _limits(lower: float | None, upper: float | None, taken: float = 0.0) -> tuple[float, float]:
    infinity = highspy.kHighsInf
    return (-infinity if lower is None else lower - taken, infinity if upper is None else upper - taken)
