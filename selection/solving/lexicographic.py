"""Several aims in one run of the solver, each weighing more than all after it can change (Sherali and Soyster 1983)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selection.solving.engine import Expression

#: The largest weight: with it a solver's tolerance of 1e-6 stays far under one seat.
MOST_WEIGHT = 1 << 16


@dataclass(frozen=True, slots=True)
class Aim:
    """An expression to be minimised, and the least and the most it can be in what is looked for."""

    expression: Expression
    least: int
    most: int


def weights_of(aims: Sequence[Aim]) -> tuple[int, ...]:
    """The weights of as many of the first aims as one run can take: a whole one of each outweighs all after it."""
    weights = [1]
    for aim in reversed(aims[1:]):
        weights.insert(0, weights[0] * (aim.most - aim.least + 1))
    if weights[0] <= MOST_WEIGHT or len(aims) == 1:
        return tuple(weights)
    return weights_of(aims[:-1])


def weighed(aims: Sequence[Aim], weights: Sequence[int]) -> dict[int, int]:
    """The one expression of the aims that have a weight."""
    together: dict[int, int] = {}
    for aim, weight in zip(aims, weights, strict=False):
        for variable, one in aim.expression.items():
            together[variable] = together.get(variable, 0) + weight * one
    return together


def bounds_of(aims: Sequence[Aim], weights: Sequence[int], values: Sequence[int], bound: int) -> list[int]:
    """What no solution can be below in each aim, the aims before it at their values.

    Parameters
    ----------
    values
        Of the aims in the solution found.
    bound
        No solution's weighed sum is below it.

    Notes
    -----
    An aim's bound is its value once it is proven; after one that is not, nothing is known of the others.
    """
    bounds = []
    proven = True
    for place, (aim, weight, value) in enumerate(zip(aims, weights, values, strict=False)):
        after = sum(weights[later] * aims[later].most for later in range(place + 1, len(weights)))
        known = -((after - bound) // weight) if proven else aim.least
        bounds.append(min(value, max(known, aim.least)))
        proven = proven and bounds[-1] == value
        bound -= weight * value
    return bounds
