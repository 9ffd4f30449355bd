"""What workers compute of the optimiser's answers: functions of plain arguments, called in another process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selection.conflict import conflict_named
from selection.constraints import build_rows
from selection.explain import (
    Alternative,
    Answer,
    Questions,
    Substitute,
    TradeOff,
    least_change,
    never_seated,
    open_questions,
    trade_off,
)
from selection.explain import alternatives as alternatives_to
from selection.explain import instead as instead_of
from selection.explain.change import First
from selection.explain.differences import StepChange
from selection.locks import Locks
from selection.pool import Applicant, Pool, Role
from selection.proposal import Proposal, Seat, candidates_of
from selection.rules import Rules
from selection.steps import Step
from selection.ui.worker import Telling

#: Seconds for one question of everybody's, and for a roster: after that the best so far, with its gap told.
QUESTION_SECONDS = 10.0
ROSTER_SECONDS = 60.0

#: So many who come from outside are offered for a seat, and so many who rise.
SUBSTITUTES = 3


@dataclass(frozen=True, slots=True)
class Everybody:
    """Why not, of everybody not proposed; ``left`` questions were not asked, as the work was stopped."""

    never: tuple[str, ...]
    answers: tuple[Answer, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A roster that was worked out: its seats, the steps that differ, and how far it is proven."""

    seats: tuple[Seat, ...]
    steps: tuple[StepChange, ...]
    taken: tuple[Step, ...]
    proven: bool


def proposal_of(
    rules: Rules, applicants: Sequence[Applicant], asked: frozenset[str] | None, locks: Locks, seats: Sequence[Seat]
) -> Proposal:
    """A roster as a proposal to ask about: counted, proven of nothing."""
    pool = Pool.build(applicants, rules, asked)
    pool = pool.admitting(candidates_of(pool, seats))
    rows = build_rows(pool, rules, locks)
    return Proposal(rows, rules.lottery.seed, tuple(seats), (), "HiGHS", "", 0.0, False)


def never(
    rules: Rules, applicants: Sequence[Applicant], asked: frozenset[str] | None, locks: Locks, telling: Telling
) -> tuple[str, ...]:
    """Keys of those who can never be seated under the rules.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    """
    rows = build_rows(Pool.build(applicants, rules, asked), rules, locks)
    with conflict_named(rows):
        return never_seated(rows)


def everybody(
    rules: Rules,
    applicants: Sequence[Applicant],
    asked: frozenset[str] | None,
    locks: Locks,
    seats: Sequence[Seat],
    telling: Telling,
) -> Everybody:
    """Why not, of everybody without a seat in the roster, each with the step that decides; stopped, those so far."""
    stopped: list[bool] = []
    telling.stoppable(lambda: stopped.append(True))
    proposal = proposal_of(rules, applicants, asked, locks, seats)
    out = never_seated(proposal.rows)
    questions = Questions.of(proposal, seconds=QUESTION_SECONDS)
    wanted = open_questions(proposal)
    answers: list[Answer] = []
    for number, (key, table) in enumerate(wanted):
        if stopped:
            break
        telling.progress("everybody", number, len(wanted))
        answers.append(questions.why_not(key, table, whole=False))
    return Everybody(out, tuple(answers), len(wanted) - len(answers))


def instead(
    rules: Rules,
    applicants: Sequence[Applicant],
    asked: frozenset[str] | None,
    locks: Locks,
    seats: Sequence[Seat],
    key: str,
    telling: Telling,
) -> tuple[Substitute, ...]:
    """The best substitutes for a person's seat, deputies who rise among them."""
    proposal = proposal_of(rules, applicants, asked, locks, seats)
    return instead_of(proposal.rows, proposal.chosen, key, count=SUBSTITUTES)


def alternatives(
    rules: Rules,
    applicants: Sequence[Applicant],
    asked: frozenset[str] | None,
    locks: Locks,
    seats: Sequence[Seat],
    telling: Telling,
) -> tuple[Alternative, ...]:
    """Two rosters as good in the goals that differ in the most people."""
    telling.progress("alternatives", 0, 1)
    proposal = proposal_of(rules, applicants, asked, locks, seats)
    return alternatives_to(proposal, time_limit=ROSTER_SECONDS)


def least(
    rules: Rules,
    applicants: Sequence[Applicant],
    asked: frozenset[str] | None,
    locks: Locks,
    seats: Sequence[Seat],
    first: First,
    telling: Telling,
) -> Offer:
    """The roster nearest to one that locks or refusals have broken.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    """
    pool = Pool.build(applicants, rules, asked)
    found = least_change(
        pool, rules, seats, locks=locks, first=first, time_limit=ROSTER_SECONDS, progress=telling.progress
    )
    made = found.proposal
    return Offer(made.seats, found.steps, (*found.keeping, *made.steps), made.proven)


def tradeoff(
    rules: Rules,
    changed: Rules,
    applicants: Sequence[Applicant],
    asked: frozenset[str] | None,
    locks: Locks,
    seats: Sequence[Seat],
    telling: Telling,
) -> TradeOff:
    """What changed rules cost, measured by the present ones.

    Raises
    ------
    ConflictError
        if the changed requirements cannot hold together.
    """
    held = [seat for seat in seats if seat.role is not Role.RESERVE]
    proposal = proposal_of(rules, applicants, asked, locks, held)
    return trade_off(proposal, changed, locks=locks, time_limit=ROSTER_SECONDS, progress=telling.progress)
