"""What workers compute of the optimiser's answers: functions of plain arguments, called in another process."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from selection.explain.alternatives import Alternative
from selection.explain.alternatives import alternatives as alternatives_to
from selection.explain.everybody import Question, answered, never_seated, open_questions
from selection.explain.least_change import First, fill_vacancies, least_change, vacancy_locks
from selection.explain.roster_steps import StepChange
from selection.explain.tradeoffs import TradeOff, trade_off
from selection.explain.why import Answer
from selection.jobs.worker import Telling
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.roster import Roster, Seat
from selection.model.rules import Rules
from selection.rounds import tasks
from selection.rounds.given import Given
from selection.solving.conflict import conflict_named
from selection.solving.run import Run
from selection.solving.steps import Step

#: Seconds for one question of everybody's, and for a roster: after that the best so far, with its gap told.
QUESTION_SECONDS = 10.0
ROSTER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Opened:
    """What is to be asked of everybody not proposed, and who can never be seated."""

    never: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A roster that was worked out, the steps that differ, and how far it is proven."""

    roster: Roster
    steps: tuple[StepChange, ...]
    taken: tuple[Step, ...]
    proven: bool


def _run(telling: Telling) -> Run:
    """How a roster is worked out: within its limit, with its steps told and a stop taken."""
    return Run(time_limit=ROSTER_SECONDS, progress=telling.progress, stoppable=telling.stoppable)


def never(given: Given, telling: Telling) -> tuple[str, ...]:
    """Keys of those who can never be seated under the rules.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    """
    rows = given.rows()
    with conflict_named(rows):
        return never_seated(rows)


def opened(given: Given, seats: Sequence[Seat], telling: Telling) -> Opened:
    """The questions of everybody without a seat in the roster.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    """
    proposal = given.proposal(seats)
    with conflict_named(proposal.rows):
        return Opened(never_seated(proposal.rows), open_questions(proposal))


def chunk(given: Given, seats: Sequence[Seat], wanted: Sequence[Question], telling: Telling) -> tuple[Answer, ...]:
    """Why not, of some of everybody's questions, each with the step that decides; stopped, those so far."""
    run = Run(time_limit=QUESTION_SECONDS, stoppable=telling.stoppable)
    return answered(tasks.questions_about(given, seats, run), wanted)


def alternatives(given: Given, seats: Sequence[Seat], telling: Telling) -> tuple[Alternative, ...]:
    """Two rosters as good in the goals that differ in the most people."""
    return alternatives_to(given.proposal(seats), run=_run(telling))


def least(given: Given, seats: Sequence[Seat], first: First, telling: Telling) -> Offer:
    """The roster nearest to one that locks or refusals have broken.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    """
    found = least_change(
        given.pool,
        given.rules,
        seats,
        locks=given.locks,
        first=first,
        run=_run(telling),
    )
    made = found.proposal
    return Offer(made.roster, found.steps, (*found.keeping, *made.steps), made.proven)


def fill(
    given: Given,
    seats: Sequence[Seat],
    gone: Collection[str],
    among: Collection[str] | None,
    rising: bool,
    telling: Telling,
) -> Offer:
    """The vacant seats of a roster filled; who sits stays. The board's locks of seats were for the decision.

    Parameters
    ----------
    gone
        Keys of those who refused or resigned.
    among
        Keys of those who may come; ``None`` for everybody.

    Raises
    ------
    ConflictError
        if the requirements cannot hold with those who stay.
    """
    found = fill_vacancies(
        given.pool,
        given.rules,
        seats,
        gone,
        among=among,
        rising=rising,
        locks=_after_decision(given.locks, seats),
        run=_run(telling),
    )
    made = found.proposal
    return Offer(made.roster, found.steps, (*found.keeping, *made.steps), made.proven)


def filling(
    given: Given, seats: Sequence[Seat], gone: Collection[str], among: Collection[str] | None, rising: bool
) -> tuple[Given, Locks]:
    """What :func:`fill` comes to as locks: the board's that still hold, and those that are nobody's to drop, as who
    sits stays, and only those asked for may come."""
    facts = vacancy_locks(given.pool, seats, gone, among=among, rising=rising)
    return replace(given, locks=_after_decision(given.locks, seats)), facts


def _after_decision(locks: Locks, seats: Sequence[Seat]) -> Locks:
    """The board's locks of seats were for the decision, and so were persons bound to one another or one of whom was to
    be seated; who sits in spite of a lock stays."""
    sitting = {seat.person for seat in seats if seat.role is not Role.RESERVE}
    return Locks(
        kept_out=tuple(key for key in locks.kept_out if key not in sitting),
        kept_apart=locks.kept_apart,
        kept_from=tuple(one for one in locks.kept_from if one.key not in sitting),
    )


def tradeoff(given: Given, seats: Sequence[Seat], changed: Rules, telling: Telling) -> TradeOff:
    """What changed rules cost, measured by the present ones.

    Raises
    ------
    ConflictError
        if the changed requirements cannot hold together.
    """
    proposal = given.proposal(seats)
    return trade_off(proposal, changed, locks=given.locks, run=_run(telling))
