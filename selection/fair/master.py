"""Master: the best mixture of the panels found so far, a linear program that grows by columns."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from selection.errors import SolverError
from selection.fair.budget import RUN, Budget
from selection.fair.space import INFINITY
from selection.fair.types import Floats, Types
from selection.solving.relaxation import quiet


@dataclass(frozen=True, slots=True)
class Mixture:
    """How often each panel is drawn, the level reached, and what one more chance of each type would be worth."""

    shares: Floats
    level: float
    weights: Floats


class Master:
    """Raise the level q as far as it goes: every type's chance is at least ``floor + q`` (``floor`` for the fixed)."""

    def __init__(self, types: Types, budget: Budget) -> None:
        self.types = types
        self.budget = budget
        self.count = len(types.people)
        self.panels: list[tuple[int, ...]] = []
        self._known: set[bytes] = set()
        self.chances: list[Floats] = []
        self.floors: Floats = np.zeros(self.count)
        self.solver = quiet()
        self.solver.addVar(-INFINITY, INFINITY)
        self.solver.changeColCost(0, -1.0)
        for _ in range(self.count):
            self.solver.addRow(0.0, INFINITY, 1, np.array([0], dtype=np.int32), np.array([-1.0]))
        self.solver.addRow(1.0, 1.0, 0, np.array([], dtype=np.int32), np.array([]))

    def add(self, panel: tuple[int, ...]) -> bool:
        """Add a panel; False if one that seats as many of each type is there already."""
        seated = self.types.seated(panel)
        known = seated.astype(np.int32).tobytes()
        if known in self._known:
            return False
        self._known.add(known)
        self.panels.append(panel)
        chances = seated / self.types.sizes
        self.chances.append(chances)
        index = np.flatnonzero(seated).astype(np.int32)
        weights = np.append(chances[index], 1.0)
        self.solver.addCol(0.0, 0.0, INFINITY, len(weights), np.append(index, self.count).astype(np.int32), weights)
        return True

    def aim(self, floors: Floats, rising: Floats) -> None:
        """Set what each type has at least; those ``rising`` (1.0, not 0.0) have the level on top of it."""
        self.floors = floors.copy()
        for number in range(self.count):
            self.solver.changeRowBounds(number, float(floors[number]), INFINITY)
            self.solver.changeCoeff(number, 0, -float(rising[number]))

    def solve(self) -> Mixture:
        """The best mixture of the panels at hand."""
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise SolverError("solver_failed", status=str(self.solver.getModelStatus()))
        self.budget.spend(RUN + max(self.solver.getInfo().simplex_iteration_count, 0) * self.count**2 / 30_000)
        solution = self.solver.getSolution()
        duals = np.abs(np.array(solution.row_dual))
        shares = np.maximum(np.array(solution.col_value)[1:], 0.0)
        level = -float(self.solver.getInfo().objective_function_value)
        return Mixture(shares / shares.sum(), level, duals[: self.count])

    def mixed(self, shares: Floats) -> Floats:
        """The chance of each type under a mixture."""
        return np.asarray(shares @ np.array(self.chances), dtype=np.float64)
