"""What minimising an expression came to: a value with its bound, or no value in time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Minimum:
    """What minimising an expression gave.

    Attributes
    ----------
    value
        Of the best solution found, a whole number.
    bound
        No solution can be below it; equal to ``value`` when proven.
    proven
        Whether the value is proven optimal; a run that met its time limit is not, whatever its status says.
    """

    value: int
    bound: int
    proven: bool


class OutOfTime(Exception):
    """The time limit passed before any value of an expression was found; none is below ``bound``. Only in the core."""

    def __init__(self, bound: int) -> None:
        super().__init__(bound)
        self.bound = bound
