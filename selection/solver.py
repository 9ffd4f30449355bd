"""The integer program, grown row by row and solved by HiGHS; CBC is the second solver that tests agree with.

PuLP holds the variables, sets HiGHS up and is the whole road to CBC. To HiGHS the rows go as they are added, so that
one model serves all steps.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable
from importlib.metadata import version
from typing import Literal

import pulp

from selection.errors import SolverError
from selection.model.rows import Row
from selection.solving.cbc import Cbc
from selection.solving.engine import Expression, Infeasible, value_of
from selection.solving.highs import Highs
from selection.solving.minimum import Minimum, OutOfTime
from selection.solving.relaxation import Relaxation

SolverName = Literal["HiGHS", "CBC"]

#: Seats of room when a step's value is carried on. Far over a solver's tolerance (1e-6 led to a false "infeasible"),
#: and far under the half seat that let fractional rosters cheat in every step: with it the relaxation of ``pairs`` is
#: as much as 10 of 61 tighter, and the drawing of lots twice as fast.
CARRIED_ROOM = 0.02

#: Values of a step are whole numbers, so a gap under one seat is a proof.
PROVEN_GAP = 0.9


class Program:
    """A program of 0/1 variables (one a candidate) and derived variables, grown row by row and solved step by step.

    Parameters
    ----------
    candidates
        How many 0/1 variables there are; they are variables ``0 … candidates − 1``.
    solver
        ``HiGHS`` (kept warm between steps) or ``CBC`` (started anew for each step).
    deadline
        Moment of :func:`time.monotonic` after which the best solution so far is taken; ``None`` for no limit.
    stopped
        Set from another thread, it ends the run under way with what that has found, and every run after it.

    Attributes
    ----------
    values
        The last solution, one for each variable there was; empty where none is known that holds to all rows.
    turn
        Moment after which a run ends as soon as any solution is known, so that others get their time.
    """

    def __init__(
        self,
        candidates: int,
        *,
        solver: SolverName = "HiGHS",
        threads: int = 1,
        deadline: float | None = None,
        stopped: threading.Event | None = None,
    ) -> None:
        self.deadline = deadline
        self.turn: float | None = None
        self.stopped = stopped or threading.Event()
        self.threads = threads
        self._problem = pulp.LpProblem("selection", pulp.LpMinimize)
        #: The bounds of each variable.
        self._bounds: list[tuple[int, int | None]] = []
        self._rows = 0
        #: Rows of no variable, which HiGHS does not look at, and those of them that 0 does not satisfy.
        self._empty: set[int] = set()
        self._impossible: set[int] = set()
        self.values: list[float] = []
        self._engine: Highs | Cbc = self._highs() if solver == "HiGHS" else Cbc(threads)
        for _ in range(candidates):
            self.add_variable(0, 1, whole=True)

    def _highs(self) -> Highs:
        """HiGHS as PuLP sets it up."""
        Highs.prepare(self.threads)
        interface = pulp.HiGHS(msg=False, threads=self.threads, gapRel=0.0, gapAbs=PROVEN_GAP, parallel="off")
        interface.createAndConfigureSolver(self._problem)
        return Highs(self._problem.solverModel)

    @property
    def size(self) -> int:
        """How many variables there are."""
        return len(self._bounds)

    def add_variable(self, lower: int, upper: int | None, *, whole: bool = False) -> int:
        """A new variable; its number. Derived variables need not be whole: the rows make them so."""
        self._bounds.append((lower, upper))
        self._engine.variable_added(lower, upper, whole)
        return len(self._bounds) - 1

    def add_row(self, expression: Expression, lower: float | None, upper: float | None) -> int:
        """``lower ≤ expression ≤ upper``; the row's number."""
        number = self._rows
        self._rows += 1
        if not expression:
            self._empty.add(number)
            self._judge(number, lower, upper)
        self._engine.row_added(expression, lower, upper)
        return number

    def _judge(self, number: int, lower: float | None, upper: float | None) -> None:
        """Note whether a row of no variable can hold."""
        possible = (lower is None or lower <= 0) and (upper is None or upper >= 0)
        (self._impossible.discard if possible else self._impossible.add)(number)

    def add(self, row: Row) -> int | None:
        """Add a requirement; ``None`` where no roster could break it, so that nothing was added."""
        if not row.binding:
            return None
        return self.add_row(dict(row.weights), row.lower, row.upper)

    def add_deviation(self, row: Row) -> int:
        """A variable for the seats by which a goal's count lies outside its bounds."""
        deviation = self.add_variable(0, None)
        weights = dict(row.weights)
        if row.lower is not None:
            self.add_row({**weights, deviation: 1}, row.lower, None)
        if row.upper is not None:
            self.add_row({**weights, deviation: -1}, None, row.upper)
        return deviation

    def set_bounds(self, variable: int, lower: int, upper: int | None) -> None:
        """Fix or free a variable."""
        self._bounds[variable] = (lower, upper)
        self._engine.bounds_changed(variable, lower, upper)

    def bounds(self, variable: int) -> tuple[int, int | None]:
        """The least and the most a variable may be."""
        return self._bounds[variable]

    def is_open(self, variable: int) -> bool:
        """Whether a variable may still take more than one value."""
        lower, upper = self._bounds[variable]
        return lower != upper

    def upper(self, variable: int) -> int | None:
        """The most a variable may be."""
        return self._bounds[variable][1]

    def set_row_bounds(self, number: int, lower: float | None, upper: float | None) -> None:
        """Change, loosen or (with two ``None``) switch off a row."""
        if number in self._empty:
            self._judge(number, lower, upper)
        self._engine.row_changed(number, lower, upper)

    def minimise(self, expression: Expression, *, presolve: bool = True, seconds: float | None = None) -> Minimum:
        """The least value of an expression over all rows; ``values`` then holds the solution.

        Parameters
        ----------
        presolve
            Whether HiGHS may work on a smaller program that it makes of this one.
        seconds
            So long the run may take, if the time limit does not end it before.

        Raises
        ------
        Infeasible
            if no solution satisfies all rows.
        OutOfTime
            if the time limit passed before any solution was found.
        """
        if self._impossible:
            raise Infeasible
        left = min((one for one in (self._left(), seconds) if one is not None), default=None)
        if self.stopped.is_set() or (left is not None and left <= 0):
            return self._unproven(expression, None)
        try:
            run = self._engine.minimise(expression, left, self._ends, presolve=presolve)
        except Infeasible:
            if not (self.values and self._engine.satisfied_by(self._padded())):
                raise
            # The solution at hand says otherwise: presolve was wrong (seen with HiGHS 1.16).
            run = self._engine.minimise(expression, self._left(), self._ends, presolve=False)
        except SolverError:
            # What presolve found does not satisfy the rows it came from (kSolveError, seen with HiGHS 1.16).
            run = self._engine.minimise(expression, self._left(), self._ends, presolve=False)
        if run is None:
            return self._unproven(expression, None)
        if run.values is not None:
            self._take(run.values, expression, better_only=not run.optimal)
        if not run.optimal:
            return self._unproven(expression, run.bound)
        value = self.evaluate(expression)
        return Minimum(value, value, True)

    @property
    def known(self) -> bool:
        """Whether a solution of the program as it is is at hand."""
        return len(self.values) == self.size

    def out_of_time(self) -> bool:
        """Whether no run can begin any more: the time limit passed, or the solve was stopped."""
        return self.stopped.is_set() or (self.deadline is not None and time.monotonic() >= self.deadline)

    def _left(self) -> float | None:
        """Seconds for a run; the turn ends it only where it need not find a first solution."""
        ends = [self.deadline, self.turn if self.known else None]
        moment = min((end for end in ends if end is not None), default=None)
        return None if moment is None else moment - time.monotonic()

    def _ends(self, solved: bool) -> bool:
        """Whether a run under way has to end, asked again and again; ``solved`` is whether it has a solution."""
        return self.stopped.is_set() or (solved and self.turn is not None and time.monotonic() >= self.turn)

    def _padded(self) -> list[float]:
        """The last solution, with 0 for variables that are newer."""
        return self.values + [0.0] * (self.size - len(self.values))

    def _unproven(self, expression: Expression, bound: float | None) -> Minimum:
        low = math.ceil(bound - 1e-6) if bound is not None and math.isfinite(bound) else self.trivial_bound(expression)
        if not self.known:
            raise OutOfTime(low)
        value = self.evaluate(expression)
        return Minimum(value, min(low, value), low >= value)

    def evaluate(self, expression: Expression) -> int:
        """An expression's value in the last solution, in whole seats.

        Rounded down: derived variables (a deviation, a flow of pairs) may stand above what the 0/1 variables call for,
        by up to the room that carried values leave; what these call for is whole.
        """
        return math.floor(value_of(self.values, expression) + 1e-6)

    def _take(self, values: list[float], expression: Expression, *, better_only: bool) -> None:
        """Take a solution; with ``better_only`` not if the one at hand is as good."""
        if not (better_only and self.known and value_of(self.values, expression) <= value_of(values, expression)):
            self.values = values

    def trivial_bound(self, expression: Expression) -> int:
        """The least an expression could be by the bounds of its variables alone."""
        least = 0.0
        for variable, weight in expression.items():
            lower, upper = self._bounds[variable]
            end = lower if weight > 0 else upper
            least += -math.inf if end is None else weight * end
        return math.ceil(least) if math.isfinite(least) else -(10**9)

    def at_most(self, expression: Expression, value: int) -> int:
        """Carry a step's value into the next steps; a solution at hand that is above it is let go."""
        if self.known and value_of(self.values, expression) > value + CARRIED_ROOM + 1e-6:
            self.values = []
        return self.add_row(expression, None, value + CARRIED_ROOM)

    def relaxed(self, expression: Expression) -> Relaxation | None:
        """The linear relaxation with this expression to be minimised; ``None`` where it has no optimum, or of CBC."""
        return self._engine.relaxed(expression)

    def thorough(self, on: bool) -> None:
        """Whether runs from now on work with all that the solver has, or as is best for small ones (the default)."""
        self._engine.thorough(on)

    def compact(self) -> None:
        """Make the program as small as what is fixed allows. Afterwards nothing is freed and no row changed.

        CBC leaves it: a shortcut, never needed.
        """
        self._engine.compact()

    def chosen(self, candidates: int) -> tuple[int, ...]:
        """The last solution's 0/1 variables, rounded.

        Raises
        ------
        SolverError
            if one of them is not whole: the solver's answer cannot be trusted.
        """
        rounded = tuple(round(value) for value in self.values[:candidates])
        if any(abs(whole - value) > 1e-4 for whole, value in zip(rounded, self.values, strict=False)):
            raise SolverError("solver_not_whole")
        return rounded


def solver_version(name: SolverName) -> str:
    """The version of a solver, as printed in proposals."""
    if name == "CBC":
        return f"CBC (PuLP {pulp.__version__})"
    return version("highspy")


def total(variables: Iterable[int], weight: int = 1) -> dict[int, int]:
    """The sum of variables, each with the same weight."""
    return {variable: weight for variable in variables}


__all__ = [
    "Expression",
    "Infeasible",
    "Minimum",
    "OutOfTime",
    "Program",
    "SolverName",
    "solver_version",
    "total",
]
