"""The linear relaxation of a model of HiGHS: what no solution can be below, and what good solutions share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

#: How far a value may lie from a bound and count as at it.
AT_BOUND = 1e-7


@dataclass(frozen=True, slots=True)
class Relaxation:
    """An optimum of the relaxation; the arrays have one entry a column.

    Attributes
    ----------
    value
        No solution's is below it.
    variables
        The variable of each column.
    lower, upper, at, reduced
        Bounds, values and reduced costs.
    """

    value: float
    variables: tuple[int, ...]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    at: NDArray[np.float64]
    reduced: NDArray[np.float64]

    def kept_ends(self, most: float) -> list[tuple[int, int]]:
        """Variables that stay at a bound in every solution of at most this value, with that bound.

        Those whose reduced cost would alone lift the least value over ``most`` (reduced-cost fixing: Nemhauser and
        Wolsey 1988, II.3).
        """
        room = most - self.value + 1e-6
        ends = np.where(self.reduced > room, self.lower, np.where(self.reduced < -room, self.upper, np.inf))
        kept = np.isfinite(ends) & (self.lower != self.upper)
        kept[kept] &= np.abs(self.at[kept] - ends[kept]) < AT_BOUND
        return [(self.variables[column], round(ends[column])) for column in np.flatnonzero(kept)]


class _Quiet(highspy.Highs):
    """HiGHS that prints nothing, its banner neither: that comes when callbacks are enabled, while it is being made."""

    def enableCallbacks(self) -> None:
        """Enable callbacks, the output switched off before."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def quiet(threads: int = 1) -> Any:
    """A solver that prints nothing; as many threads as everywhere in the process (HiGHS has one pool of them)."""
    make: Any = _Quiet
    solver = make()
    solver.setOptionValue("threads", threads)
    return solver


def relaxation(model: Any, costs: NDArray[np.float64], variables: tuple[int, ...], taken: float) -> Relaxation | None:
    """The relaxation of a model at other costs; ``None`` where it has no optimum.

    Parameters
    ----------
    model
        A :class:`highspy.Highs`; it is left as it is.
    costs, variables
        One a column.
    taken
        What variables that have no column add to every value.
    """
    lp = model.getLp()
    size = lp.num_col_
    relaxed = quiet(model.getOptionValue("threads")[1])
    relaxed.passModel(lp)
    every = np.arange(size, dtype=np.int32)
    relaxed.changeColsCost(size, every, costs)
    relaxed.changeColsIntegrality(size, every, np.full(size, int(highspy.HighsVarType.kContinuous), dtype=np.uint8))
    relaxed.run()
    if relaxed.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = relaxed.getSolution()
    return Relaxation(
        relaxed.getInfo().objective_function_value + taken,
        variables,
        np.array(lp.col_lower_),
        np.array(lp.col_upper_),
        np.array(solution.col_value),
        np.array(solution.col_dual),
    )
