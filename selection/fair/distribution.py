"""Distribution: panels with the chance of each, and how far it is proven that no other is fairer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from selection.fair.types import Floats, Types


@dataclass(frozen=True)
class Distribution:
    """Panels and how often each is drawn.

    Attributes
    ----------
    panels, shares
        Each panel counts the seat variables of the types; shares add up to 1.
    chances
        Of one applicant of each type.
    seatable
        For each type whether any roster seats one of it.
    smallest, bound
        The smallest chance of the seatable, and what no distribution can exceed.
    short
        No type's chance can be raised by more than this without lowering a smaller one, or ``None`` where the search
        ended before that was known (leximin).
    cut
        Whether the limit ended the search before all was proven.
    repeatable
        Whether any machine finds the same: not where the limit that ended the search was of time.
    """

    types: Types
    panels: tuple[tuple[int, ...], ...]
    shares: tuple[float, ...]
    chances: Floats
    seatable: npt.NDArray[np.bool_]
    smallest: float
    bound: float
    short: float | None
    seconds: float
    cut: bool = False
    repeatable: bool = True

    @property
    def gap(self) -> float:
        """By how much the smallest chance of some other draw could be larger."""
        return self.bound - self.smallest
