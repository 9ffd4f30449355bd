"""Lots: the shares of the panels in whole lots of an urn, the lot that a seed draws, and everybody's exact chance."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from selection.fair.types import Types

#: Lots in the urn: the shares of the panels are rounded to so many, so that chances are exact and can be counted again.
LOTS = 1_000_000


def drawn_by(seed: str, lots: Sequence[int]) -> tuple[int, int]:
    """The lot that a seed draws, and the panel that has it."""
    lot = int(hashlib.sha256(f"{seed}\npanel".encode()).hexdigest(), 16) % LOTS
    return lot, int(np.searchsorted(np.cumsum(lots), lot, side="right"))


def lots_of(shares: tuple[float, ...]) -> tuple[int, ...]:
    """Shares as whole lots that add up to :data:`LOTS`; what rounding leaves goes to the largest remainders."""
    exact = [share * LOTS for share in shares]
    lots = [int(one) for one in exact]
    order = sorted(range(len(lots)), key=lambda place: (lots[place] - exact[place], place))
    for place in order[: LOTS - sum(lots)]:
        lots[place] += 1
    return tuple(lots)


def chances_of(types: Types, panels: Sequence[tuple[int, ...]], lots: Sequence[int]) -> dict[str, Fraction]:
    """Person key → the chance of a seat that the lots of the panels give, for every applicant."""
    seated = [types.seated(panel) for panel in panels]
    chances = {one.key: Fraction(0) for one in types.pool.applicants}
    for number, people in enumerate(types.people):
        tickets = sum(lot * int(one[number]) for lot, one in zip(lots, seated, strict=True))
        for place in people:
            chances[types.pool.applicants[place].key] = Fraction(tickets, LOTS * len(people))
    return chances
