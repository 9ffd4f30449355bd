"""What an engine of a program, HiGHS or CBC, is asked and gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: A linear expression: variable → whole-number coefficient.
Expression = Mapping[int, int]


class Infeasible(Exception):
    """No solution satisfies all rows. Inside the core only: it becomes a ConflictError or an answer."""


@dataclass(frozen=True, slots=True)
class EngineRun:
    """What one run of an engine gave.

    Attributes
    ----------
    values
        Of the best solution, one for each variable; ``None`` if none was found.
    bound
        No solution's value is below it.
    optimal
        Whether the engine proved the solution.
    """

    values: list[float] | None
    bound: float
    optimal: bool


def value_of(values: list[float], expression: Expression) -> float:
    """An expression's value in a solution."""
    return sum(weight * values[variable] for variable, weight in expression.items())
