"""Exchange: better plain panels by exchanging one person for another, over limits and back within them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from selection.fair.budget import Budget
from selection.fair.types import Floats, Types

#: How many of the cheapest to leave and of the dearest to come are looked at first.
LEAVING, COMING = 24, 48


class Exchange:
    """Local search on panels of one table with limits on counts.

    Every line counts a group (weights 0 and 1); a share of a panel of one size is such a count too.
    """

    def __init__(self, types: Types, size: int, budget: Budget) -> None:
        self.types = types
        self.budget = budget
        groups: list[Any] = []
        lower: list[float] = []
        upper: list[float] = []
        for line in types.lines:
            weights = np.zeros(len(types.people))
            for variable, weight in line.weights.items():
                weights[types.owner[variable]] = weight
            base, step = weights.min(), np.ptp(weights)
            if step == 0:
                continue  # counts everybody alike: the size, which no exchange changes
            if np.any((weights != base) & (weights != base + step)):
                raise ValueError("a line that is no count")
            groups.append((weights != base).astype(np.float32))
            lower.append(np.ceil((line.lower - base * size) / step - 1e-9))
            upper.append(np.floor((line.upper - base * size) / step + 1e-9))
        self.groups = np.array(groups, dtype=np.float32).reshape(len(groups), len(types.people))
        self.lower, self.upper = np.array(lower), np.array(upper)
        self.sizes = types.sizes

    def improve(self, panel: tuple[int, ...], values: Floats) -> tuple[int, ...]:
        """A panel at least as good as ``panel`` by the values of the seats, often better."""
        start = np.array(panel, dtype=np.float64)
        usual = float(values.mean())
        found, within = self._climb(start, values, usual)
        for penalty, begin in ((50 * usual, found), (1e4 * usual, start)):
            if within:
                break
            found, within = self._climb(begin, values, penalty)
        if not within or values @ found < values @ start:
            return panel
        return tuple(int(one) for one in found)

    def _climb(self, panel: Floats, values: Floats, penalty: float) -> tuple[Floats, bool]:
        """Exchange as long as it pays, each seat outside a limit costing a penalty; whether all limits hold."""
        groups, lower, upper = self.groups, self.lower, self.upper
        panel = panel.copy()
        counts = groups @ panel
        narrow = True
        for _ in range(20 * len(panel) + 400):
            self.budget.spend(1)
            now = np.maximum(counts - upper, 0) + np.maximum(lower - counts, 0)
            fewer = np.maximum(counts - 1 - upper, 0) + np.maximum(lower - counts + 1, 0) - now
            more = np.maximum(counts + 1 - upper, 0) + np.maximum(lower - counts - 1, 0) - now
            cost = values + penalty * (fewer @ groups)
            gain = values - penalty * (more @ groups)
            leaving, coming = np.flatnonzero(panel > 0), np.flatnonzero(panel < self.sizes)
            if narrow and len(leaving) > LEAVING:
                leaving = np.sort(leaving[np.argpartition(cost[leaving], LEAVING)[:LEAVING]])
            if narrow and len(coming) > COMING:
                coming = np.sort(coming[np.argpartition(-gain[coming], COMING)[:COMING]])
            total = gain[coming][None, :] - cost[leaving][:, None]
            total += self._both(penalty * (fewer + more), leaving, coming)
            best = int(total.argmax()) if total.size else 0
            if not total.size or total.flat[best] <= 1e-6 * penalty:
                if not narrow:
                    break
                narrow = False
                continue
            narrow = True
            out, new = leaving[best // len(coming)], coming[best % len(coming)]
            panel[out] -= 1
            panel[new] += 1
            counts = counts - groups[:, out] + groups[:, new]
        return panel, bool(np.all(counts <= upper + 0.5) and np.all(counts >= lower - 0.5))

    def _both(self, price: Floats, leaving: npt.NDArray[Any], coming: npt.NDArray[Any]) -> Any:
        """What is counted twice where the one who leaves and the one who comes are in the same group."""
        active = np.flatnonzero(price)
        left = self.groups[np.ix_(active, leaving)] * price[active][:, None]
        return left.T.astype(np.float32) @ self.groups[np.ix_(active, coming)]
