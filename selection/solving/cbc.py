"""CBC as the engine of a program, by way of PuLP: the second solver, which tests agree with."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pulp

from selection.solving.engine import EngineRun, Expression, Infeasible


class Cbc:
    """CBC as PuLP starts it: the whole problem anew for each step."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._variables: list[Any] = []
        self._rows: list[tuple[Expression, float | None, float | None]] = []

    def variable_added(self, lower: int, upper: int | None, whole: bool) -> None:
        category = pulp.LpInteger if whole else pulp.LpContinuous
        self._variables.append(pulp.LpVariable(f"x{len(self._variables)}", lower, upper, category))

    def bounds_changed(self, variable: int, lower: int, upper: int | None) -> None:
        self._variables[variable].bounds(lower, upper)

    def row_added(self, expression: Expression, lower: float | None, upper: float | None) -> None:
        self._rows.append((dict(expression), lower, upper))

    def row_changed(self, number: int, lower: float | None, upper: float | None) -> None:
        self._rows[number] = (self._rows[number][0], lower, upper)

    def relaxed(self, expression: Expression) -> None:
        """None: PuLP's CBC gives no reduced costs of a relaxation."""

    def thorough(self, on: bool) -> None:
        """Nothing to do: CBC decides by itself."""

    def compact(self) -> None:
        """Nothing to do: the problem is written anew for each step."""

    def satisfied_by(self, values: list[float]) -> bool:
        """Not asked: CBC's verdicts stand."""
        return False

    def minimise(
        self, expression: Expression, left: float | None, stops: Callable[[bool], bool], *, presolve: bool = True
    ) -> EngineRun | None:
        """One run; ``None`` if it found no solution. It is not ended before its time: ``stops`` is not asked."""
        variables = self._variables
        rows = [row for row in self._rows if row[0]]
        # PuLP finds no value of a variable that stands in no row and has no cost: it stays at its bound.
        used = sorted({*expression, *(one for weights, _, _ in rows for one in weights)})
        ends = [float(one.lowBound or 0) for one in variables]
        if not used:
            return EngineRun(ends, 0.0, True)
        problem = pulp.LpProblem("selection", pulp.LpMinimize)
        problem.addVariables([variables[one] for one in used])
        problem += self._sum(expression)
        for weights, lower, upper in rows:
            if lower is not None:
                problem += self._sum(weights) >= lower
            if upper is not None:
                problem += self._sum(weights) <= upper
        solver = pulp.PULP_CBC_CMD(msg=False, threads=self._threads, gapRel=0.0, gapAbs=0.0, timeLimit=left)
        problem.solve(solver)
        if problem.status == pulp.LpStatusInfeasible:
            raise Infeasible
        if problem.sol_status not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
            return None
        # PuLP calls a run that met its limit "Optimal": sol_status alone is a proof.
        optimal = problem.sol_status == pulp.LpSolutionOptimal
        values = ends
        for one in used:
            values[one] = variables[one].varValue or 0.0
        return EngineRun(values, -math.inf, optimal)

    def _sum(self, expression: Expression) -> Any:
        variables = self._variables
        return pulp.LpAffineExpression([(variables[one], weight) for one, weight in expression.items()])
