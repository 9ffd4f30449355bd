"""Alternatives: rosters as good in the steps up to the goals that differ in the most people; a board may choose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Unpack

from selection.errors import ConflictError, SolverError
from selection.explain.roster_steps import Move, StepChange, checked, moves, step_changes, step_values
from selection.explain.ways_out import possible
from selection.model.roster import Seat
from selection.model.rows import Rows
from selection.proposal import Proposal, seats_of
from selection.solver import Infeasible, OutOfTime, total
from selection.solving.conflict import conflicting
from selection.solving.lottery import lot_order
from selection.solving.run import PLAIN, Run, RunOptions
from selection.solving.steps import LAST_STEPS, OBJECTIVES, SteppedProgram, step_names


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another roster as good as the proposal in every step up to the goals.

    Attributes
    ----------
    differing
        How many people sit here who do not sit in the proposal.
    unlike, most
        How many sit here who do not sit in the one it is most alike of the proposal and the alternatives before it;
        and the most that could be: more only where the time was up.
    steps
        The later steps that differ: wishes and pairs.
    moves
        Who comes, goes and changes seats, from the proposal.
    """

    seats: tuple[Seat, ...]
    roster: tuple[int, ...]
    differing: int
    unlike: int
    most: int
    steps: tuple[StepChange, ...]
    moves: tuple[Move, ...]


def alternatives(
    proposal: Proposal, *, count: int = 2, run: Run | None = None, **options: Unpack[RunOptions]
) -> tuple[Alternative, ...]:
    """Up to ``count`` rosters that equal the proposal in the steps up to the goals.

    Each differs from the proposal and from those before it in the most people: the one it is most alike is as unlike as
    can be. Fewer where no further roster differs in anybody, or where the time limit or a stop came before one was
    found; none where a roster that people made is better than any that keeps the requirements.

    Parameters
    ----------
    run, options
        As of :func:`selection.proposal.propose`; the step told is which alternative is looked for, and neither an
        executor nor who takes rosters on the way is asked.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    """
    run = replace(run or PLAIN, **options)
    rows = proposal.rows
    now = proposal.chosen
    known = step_values(rows, now)
    stepped = SteppedProgram.run_by(rows, run)
    program = stepped.program
    held = [name for name in step_names(rows.rules.steps.order) if name not in LAST_STEPS]
    for name in held:
        stepped.hold(name, known[name])
    most = program.add_variable(0, len(rows.pool.applicants))
    people = [_people(rows, now)]
    found: list[Alternative] = []
    while len(found) < count:
        run.begins("alternatives", len(found), count)
        overlap = total([i for i, one in enumerate(rows.pool.candidates) if one.applicant in people[-1]])
        program.add_row({**overlap, most: -1}, None, 0)
        try:
            least = program.minimise({most: 1})
        except OutOfTime:
            break
        except Infeasible:
            if not possible(rows, run.whole):
                raise ConflictError(conflicting(rows)) from None
            break
        roster = program.chosen(len(rows.pool.candidates))
        after = step_values(rows, checked(rows, roster))
        worse = [name for name in held if OBJECTIVES[name].worse_by(known[name], after[name]) > 0]
        if worse:
            raise SolverError("roster_breaks_step", step=worse[0])
        sitting = _people(rows, roster)
        if any(sitting <= others for others in people):
            break
        seats = seats_of(rows, roster, lot_order(rows.pool, proposal.seed), run.solver)
        found.append(
            Alternative(
                seats,
                roster,
                len(sitting - people[0]),
                min(len(sitting - others) for others in people),
                len(sitting) - least.bound,
                step_changes(known, after),
                moves(rows, now, roster),
            )
        )
        people.append(sitting)
    return tuple(found)


def _people(rows: Rows, roster: tuple[int, ...]) -> frozenset[int]:
    return frozenset(one.applicant for one, taken in zip(rows.pool.candidates, roster, strict=True) if taken)
