"""Alternatives: rosters as good in the steps up to the goals that differ in the most people; a board may choose."""

from __future__ import annotations

from dataclasses import dataclass

from selection.explain.differences import Move, StepChange, checked, moves, step_changes, step_values
from selection.lottery import lot_order
from selection.proposal import Proposal, Seat, seats_of
from selection.rows import Rows
from selection.solver import SolverName, total
from selection.steps import LAST_STEPS, SteppedProgram, step_names


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another roster as good as the proposal in every step up to the goals.

    Attributes
    ----------
    differing
        How many people sit here who do not sit in the proposal.
    steps
        The later steps that differ: wishes and pairs.
    moves
        Who comes, goes and changes seats, from the proposal.
    """

    seats: tuple[Seat, ...]
    roster: tuple[int, ...]
    differing: int
    steps: tuple[StepChange, ...]
    moves: tuple[Move, ...]


def alternatives(proposal: Proposal, *, count: int = 2, solver: SolverName = "HiGHS") -> tuple[Alternative, ...]:
    """Up to ``count`` rosters that equal the proposal in the steps up to the goals.

    Each differs from the proposal and from those before it in the most people: the one it is most alike is as unlike as
    can be. Fewer where no further roster differs in anybody.
    """
    rows = proposal.rows
    now = proposal.chosen
    known = step_values(rows, now)
    stepped = SteppedProgram(rows, solver=solver)
    program = stepped.program
    held = [name for name in step_names(rows.rules.steps.order) if name not in LAST_STEPS]
    for name in held:
        stepped.hold(name, known[name])
    most = program.add_variable(0, len(rows.pool.applicants))
    people = [_people(rows, now)]
    found: list[Alternative] = []
    while len(found) < count:
        overlap = total([i for i, one in enumerate(rows.pool.candidates) if one.applicant in people[-1]])
        program.add_row({**overlap, most: -1}, None, 0)
        program.minimise({most: 1})
        roster = program.chosen(len(rows.pool.candidates))
        checked(rows, roster)
        sitting = _people(rows, roster)
        if any(sitting <= others for others in people):
            break
        people.append(sitting)
        seats = seats_of(rows.pool, rows.rules, roster, lot_order(rows.pool, proposal.seed), solver)
        found.append(
            Alternative(
                seats,
                roster,
                len(sitting - people[0]),
                step_changes(known, step_values(rows, roster)),
                moves(rows, now, roster),
            )
        )
    return tuple(found)


def _people(rows: Rows, roster: tuple[int, ...]) -> frozenset[int]:
    return frozenset(one.applicant for one, taken in zip(rows.pool.candidates, roster, strict=True) if taken)
