"""Space: all rosters over types as linear programs; the best one for given values of seats, and relaxed chances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from selection.errors import SolverError
from selection.fair.budget import RUN, Budget
from selection.fair.types import Floats, Types
from selection.solver import Infeasible
from selection.solving.relaxation import quiet

INFINITY = highspy.kHighsInf

#: Values are scaled so that the dearest seat costs this much: well over the solver's tolerances.
SCALE = 1000.0

#: A chance under this is none: no roster seats anybody of the type.
NEVER = 1e-7


@dataclass(frozen=True, slots=True)
class Best:
    """A panel worth ``value``; none is worth more than ``bound``."""

    panel: tuple[int, ...]
    value: float
    bound: float


class Space:
    """The rosters of :class:`Types`, asked for the best one again and again."""

    def __init__(self, types: Types, budget: Budget) -> None:
        self.types = types
        self.budget = budget
        self.width = len(types.seats) + types.deviations
        rows, columns, weights = [], [], []
        for number, line in enumerate(types.lines):
            rows += [number] * len(line.weights)
            columns += list(line.weights)
            weights += list(line.weights.values())
        shape = (len(types.lines), self.width)
        self.matrix = sparse.csr_matrix((weights, (rows, columns)), shape=shape, dtype=np.float64)
        self.lower = np.array([line.lower for line in types.lines], dtype=np.float64)
        self.upper = np.array([line.upper for line in types.lines], dtype=np.float64)
        self.most = np.concatenate([types.sizes[types.owner], np.full(types.deviations, INFINITY)])
        self.solver = quiet()
        # Four tables of the sample are solved six times as fast without these (2.8 s → 0.4 s at the median).
        for heuristic in ("rins", "rens", "root_reduced_cost", "feasibility_jump"):
            self.solver.setOptionValue(f"mip_heuristic_run_{heuristic}", False)
        self.solver.setOptionValue("mip_heuristic_effort", 0.0)
        self.solver.setOptionValue("mip_allow_restart", False)
        self.solver.setOptionValue("mip_detect_symmetry", False)
        self.solver.passModel(self._model())

    def _model(self) -> Any:
        columns = self.matrix.tocsc()
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.width, len(self.lower)
        model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(self.width), np.zeros(self.width), self.most
        model.row_lower_, model.row_upper_ = self.lower, self.upper
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = columns.indptr, columns.indices
        model.a_matrix_.value_ = columns.data
        model.sense_ = highspy.ObjSense.kMaximize
        whole, any_number = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        model.integrality_ = [whole] * len(self.types.seats) + [any_number] * self.types.deviations
        return model

    def exclude(self, number: int) -> None:
        """Keep in mind that no roster seats anybody of a type."""
        for variable in np.flatnonzero(self.types.owner == number).tolist():
            self.most[variable] = 0.0
            self.solver.changeColBounds(variable, 0.0, 0.0)

    def best(self, values: Floats, *, gap: float = 0.0, whatever: bool = False) -> Best | None:
        """The panel whose seats are worth the most, for a value of one seat of each type.

        Parameters
        ----------
        gap
            The part of the value by which a better panel may be missed.
        whatever
            Whether to go on until there is a panel, whatever the budget.

        Returns
        -------
        Best or None
            ``None`` where the budget ended without a panel.

        Raises
        ------
        Infeasible
            if there is no roster.
        """
        top = float(np.abs(values).max()) or 1.0
        costs = np.concatenate([values[self.types.owner] * (SCALE / top), np.zeros(self.types.deviations)])
        solver = self.solver
        solver.changeColsCost(self.width, np.arange(self.width, dtype=np.int32), costs)
        solver.setOptionValue("mip_rel_gap", float(gap))
        solver.setOptionValue("mip_abs_gap", 1e-6)
        seconds, nodes = (None, None) if whatever else (self.budget.seconds_left(), self.budget.nodes_left())
        solver.setOptionValue("time_limit", INFINITY if seconds is None else solver.getRunTime() + seconds)
        solver.setOptionValue("mip_max_nodes", highspy.kHighsIInf if nodes is None else nodes)
        solver.run()
        status = solver.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            raise Infeasible
        info = solver.getInfo()
        iterations = max(info.simplex_iteration_count, 0)
        self.budget.spend(RUN + iterations * max(1.0, (self.width + len(self.lower)) / 300))
        cut = status in (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kSolutionLimit)
        self.budget.met = self.budget.met or cut
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            if cut:
                return None
            raise SolverError("solver_failed", status=str(status))
        found = np.array(solver.getSolution().col_value[: len(self.types.seats)])
        if np.abs(found - np.round(found)).max(initial=0.0) > 1e-4:
            raise SolverError("solver_not_whole")
        panel = tuple(int(one) for one in np.round(found))
        value = float(values @ self.types.seated(panel))
        return Best(panel, value, max(value, float(info.mip_dual_bound) * top / SCALE))

    def relaxed_chances(self, *, levels: int | None = None) -> Floats:
        """The leximin chances of the types when panels may be fractional: no real distribution's are better.

        Parameters
        ----------
        levels
            How many of the smallest chances over 0 to raise; after that the types not yet fixed have the last level's.

        Raises
        ------
        Infeasible
            if there is not even a fractional roster.
        """
        types = self.types
        count, lines = len(types.people), len(self.lower)
        whole = self._model()
        whole.integrality_ = []
        solver = quiet()
        solver.passModel(whole)
        solver.changeColsCost(self.width, np.arange(self.width, dtype=np.int32), np.zeros(self.width))
        solver.addCol(1.0, 0.0, 1.0, 0, np.array([], dtype=np.int32), np.array([]))
        of_type: list[list[int]] = [[] for _ in range(count)]
        for variable, owner in enumerate(types.owner):
            of_type[int(owner)].append(variable)
        for number in range(count):
            index = np.array([*of_type[number], self.width], dtype=np.int32)
            weights = np.array([*[1.0 / types.sizes[number]] * len(of_type[number]), -1.0])
            solver.addRow(0.0, INFINITY, len(index), index, weights)
        chances = np.full(count, np.nan)
        free = np.ones(count, dtype=bool)
        level = 0.0
        while free.any() and (levels is None or levels > 0):
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                if not chances[~free].size:
                    raise Infeasible
                break
            level = float(solver.getInfo().objective_function_value)
            levels = levels - 1 if levels is not None and level > NEVER else levels
            duals = np.abs(np.array(solver.getSolution().row_dual)[lines:])
            fixed = free & (duals > 1e-7)
            if level >= 1.0 - 1e-9 or not fixed.any():
                break
            for number in np.flatnonzero(fixed).tolist():
                solver.changeCoeff(lines + number, self.width, 0.0)
                solver.changeRowBounds(lines + number, level - 1e-9, INFINITY)
            chances[fixed], free = level, free & ~fixed
        chances[free] = level
        return chances
