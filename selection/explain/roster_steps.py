"""Differences between two rosters of one round, counted from the seats alone: steps, goals, who comes and goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selection.errors import SolverError
from selection.model.roster import Move, Place, seat_moves
from selection.model.rows import Rows, Standing
from selection.solving.objectives import OBJECTIVES
from selection.solving.step_counts import step_values

#: A roster: 0 or 1 for each candidate of the pool.
Roster = Sequence[int]


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step's value, in seats, in the one roster and in the other."""

    name: str
    before: int
    after: int

    @property
    def worse_by(self) -> int:
        """Seats by which the other roster is worse; negative where it is better."""
        return OBJECTIVES[self.name].worse_by(self.before, self.after)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """What is proven of a step where the time was up before its value was: it gets worse by so many seats or more.

    Attributes
    ----------
    worse_by
        1 or more.
    decides
        Whether all steps before it can be kept, so that this one is the first to get worse. Where that is not known, it
        is proven only for rosters that keep them; there may be none.
    """

    name: str
    worse_by: int
    decides: bool


@dataclass(frozen=True, slots=True)
class RowChange:
    """How one requirement or goal stands in the one roster and in the other."""

    before: Standing
    after: Standing


def broken(rows: Rows, chosen: Roster) -> tuple[Standing, ...]:
    """The requirements that a roster breaks."""
    return tuple(row.standing(chosen) for row in rows.requirements if row.off(chosen))


def checked(rows: Rows, chosen: Roster) -> Roster:
    """The roster, once every requirement has been counted from it and holds.

    Raises
    ------
    SolverError
        if the solver's answer does not survive.
    """
    wrong = broken(rows, chosen)
    if wrong:
        raise SolverError("roster_breaks_requirement", requirement=wrong[0].id)
    return chosen


def step_changes(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[StepChange, ...]:
    """The steps whose values differ, in their order."""
    return tuple(StepChange(name, before[name], after[name]) for name in before if before[name] != after[name])


def goal_changes(rows: Rows, before: Roster, after: Roster) -> tuple[RowChange, ...]:
    """The goals from which the two rosters are not equally far."""
    pairs = zip(rows.goal_standings(before), rows.goal_standings(after), strict=True)
    return tuple(RowChange(one, other) for one, other in pairs if one.deviation != other.deviation)


def moves(rows: Rows, before: Roster, after: Roster) -> tuple[Move, ...]:
    """Who comes, goes or changes seats, by person key."""
    return seat_moves(rows.pool.seats_taken(before), rows.pool.seats_taken(after))


__all__ = [
    "AtLeast",
    "Move",
    "Place",
    "Roster",
    "RowChange",
    "StepChange",
    "broken",
    "checked",
    "goal_changes",
    "moves",
    "step_changes",
    "step_values",
]
