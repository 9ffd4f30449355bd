"""Least change: solve again after a refusal, a resignation or a board's wish, and keep as many people as can be."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Unpack

from selection.constraints import build_rows
from selection.errors import LockError, TimeLimitError
from selection.explain.kept_pairs import pairs_kept
from selection.explain.roster_steps import (
    Move,
    RowChange,
    StepChange,
    checked,
    goal_changes,
    step_changes,
    step_values,
)
from selection.model.locks import Locks, Seated
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.roster import Seat, seat_moves
from selection.model.rows import Rows
from selection.model.rules import Rules
from selection.model.source import Source
from selection.proposal import Proposal, candidates_of, chosen_of, count_steps, left_out_steps, seats_of
from selection.solver import Infeasible, OutOfTime, solver_version
from selection.solving.conflict import conflict_named
from selection.solving.lottery import lot_order
from selection.solving.objectives import PAIRS
from selection.solving.pairs import Likeness
from selection.solving.required import required_program
from selection.solving.run import PLAIN, Run, RunOptions
from selection.solving.steps import SEAT_STEPS, Step, SteppedProgram, step_names

#: What comes first: keeping people, and the steps among what is left; or the steps, and keeping people.
First = Literal["people", "composition"]


@dataclass(frozen=True)
class Rearranged:
    """A roster made from another one.

    Attributes
    ----------
    moves
        Who comes, goes and changes seats.
    steps, requirements, goals
        What differs; the old roster counted under the rules of now, empty where somebody of it has no application any
        more. Of the requirements those whose count or limits change.
    keeping
        How many people, and how many in their very seat, are kept, beside the most that can be.
    """

    proposal: Proposal
    moves: tuple[Move, ...]
    steps: tuple[StepChange, ...]
    requirements: tuple[RowChange, ...] = ()
    goals: tuple[RowChange, ...] = ()
    keeping: tuple[Step, ...] = ()


def least_change(
    pool: Pool,
    rules: Rules,
    seats: Sequence[Seat],
    *,
    locks: Locks | None = None,
    first: First = "people",
    seed: str | None = None,
    run: Run | None = None,
    **options: Unpack[RunOptions],
) -> Rearranged:
    """The roster nearest to ``seats``: as many people as can be keep a seat, then the seats are filled, then as many as
    can be keep their own seat; among those the other steps and the lots. With ``composition`` first, all steps come
    before keeping people.

    A seat that a person holds counts as accepted. Who refused or resigned is named in ``locks`` as kept out. Member and
    personal deputy stay a pair where both keep their seats.

    Parameters
    ----------
    run, options
        As of :func:`selection.proposal.propose`; neither an executor nor who takes rosters on the way is asked.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    LockError
        if a lock names somebody or a seat that the pool does not have.
    TimeLimitError
        if no roster was found in time.
    """
    began = time.perf_counter()
    run = replace(run or PLAIN, **options)
    known = _known(pool, seats)
    pool = sitting_pool(pool, seats)
    rows = build_rows(pool, rules, (locks or Locks()).checked(pool, rules))
    seed = rules.lottery.seed if seed is None else seed
    before = chosen_of(pool, known)
    names = step_names(rules.steps.order)
    goals = tuple(name for name in names if name not in SEAT_STEPS)
    order = ("people", *SEAT_STEPS, "seats", *goals) if first == "people" else (*names, "people", "seats")
    stepped = SteppedProgram.run_by(rows, run, tightening=True)
    taken: dict[str, Step] = {}
    with conflict_named(rows):
        try:
            for number, name in enumerate(order):
                run.begins(name, number, len(order) + 1)
                taken[name] = stepped.take(name) if name in names else _keep(stepped, before, name)
        except OutOfTime:
            if not stepped.program.values:
                raise TimeLimitError("time_limit_no_roster") from None
    drawn = False
    if len(taken) == len(order) and not stepped.program.out_of_time():
        run.begins("lots", len(order), len(order) + 1)
        drawn = stepped.draw(seed)
    chosen = checked(rows, stepped.program.chosen(len(pool.candidates)))
    after = pairs_kept(seats, seats_of(rows, tuple(chosen), lot_order(pool, seed), run.solver))
    proven = drawn and all(step.proven for step in taken.values())
    bare = Proposal(rows, seed, after, (), run.solver, solver_version(run.solver), time.perf_counter() - began, proven)
    proposal = replace(bare, steps=_counted(bare, taken))
    keeping = tuple(taken[name] for name in ("people", "seats") if name in taken)
    if len(known) < len(seats):
        return Rearranged(proposal, seat_moves(seats, after), (), keeping=keeping)
    standings = zip(rows.standings(before), rows.standings(chosen), strict=True)
    return Rearranged(
        proposal,
        seat_moves(seats, after),
        step_changes(_with_pairs(rows, before, known), _with_pairs(rows, chosen, after)),
        tuple(RowChange(one, other) for one, other in standings if one != other and one.source is not Source.LOCK),
        goal_changes(rows, before, chosen),
        keeping,
    )


def _with_pairs(rows: Rows, chosen: Sequence[int], seats: Sequence[Seat]) -> dict[str, int]:
    """The steps of a roster, its pairs as they are and not as they could be best."""
    values = step_values(rows, chosen)
    if rows.rules.deputies.personal:
        likeness = Likeness.of(rows.pool, rows.rules)
        places = rows.pool.places
        pairs = [(seat.deputy_of, seat.person) for seat in seats if seat.role == Role.DEPUTY and seat.deputy_of]
        values[PAIRS.name] = sum(
            int(likeness.unlike(places[one], places[other])) for one, other in pairs if one in places
        )
    return values


def _known(pool: Pool, seats: Sequence[Seat]) -> list[Seat]:
    """The seats of those who have an application, at tables that there are."""
    return [seat for seat in seats if seat.person in pool.places and seat.table in pool.tables]


def sitting_pool(pool: Pool, seats: Sequence[Seat]) -> Pool:
    """The pool in which each seat that a person holds counts as accepted."""
    return replace(pool.admitting(candidates_of(pool, _known(pool, seats))), unaccepted=())


def _keep(stepped: SteppedProgram, before: Sequence[int], name: str) -> Step:
    """Keep as many people as can be, or as many seats."""
    began = time.perf_counter()
    kept = keeping(stepped.rows.pool, before, whole_seat=name == "seats")
    most = stepped.program.minimise(kept)
    stepped.program.at_most(kept, most.value)
    return Step(name, -most.value, -most.bound, time.perf_counter() - began)


def _counted(proposal: Proposal, taken: Mapping[str, Step]) -> tuple[Step, ...]:
    """The steps with their values counted from the seats: pairs that are kept can be less alike than the best ones."""
    names = step_names(proposal.rules.steps.order)
    counted = count_steps(proposal)
    left = {step.name: step for step in left_out_steps(proposal, [name for name in names if name not in taken])}
    steps = [replace(taken[name], value=counted[name]) if name in taken else left[name] for name in names]
    # Pairs that people keep are no gap of the proof.
    return tuple(
        replace(step, bound=step.value)
        if step.name == PAIRS.name and step.name in taken and taken[step.name].proven
        else step
        for step in steps
    )


def fill_vacancies(
    pool: Pool,
    rules: Rules,
    seats: Sequence[Seat],
    leaving: Collection[str],
    *,
    among: Collection[str] | None = None,
    rising: bool = True,
    coming: Collection[str] = (),
    locks: Locks | None = None,
    first: First = "people",
    seed: str | None = None,
    run: Run | None = None,
    **options: Unpack[RunOptions],
) -> Rearranged:
    """Fill the seats of those who leave in mid-term; everybody else who sits stays.

    Parameters
    ----------
    leaving
        Person keys.
    among
        Keys of those who may come, such as the reserves; everybody in the pool by default.
    rising
        Whether a deputy may become a member of the same table; of deputies who stand in an order the first who may
        does.
    coming
        Keys of those whom ``locks`` seat in a vacant seat: they may come, and need not stay where they sit now.

    The reserves stay as they are, but for those who take a seat.

    Raises
    ------
    ConflictError
        if the requirements cannot hold with those who stay.
    """
    locks = locks or Locks()
    if rising and rules.ordered_deputies:
        risen = first_who_may(pool, rules, seats, leaving, among=among, coming=coming, locks=locks)
        coming, rising = {*coming, *(one.key for one in risen)}, False
        locks = locks.plus(Locks(seated=risen))
    fixed = vacancy_locks(pool, seats, leaving, among=among, rising=rising, coming=coming).plus(locks)
    found = least_change(pool, rules, seats, locks=fixed, first=first, seed=seed, run=run, **options)
    return reserves_kept(found, seats, leaving)


def first_who_may(
    pool: Pool,
    rules: Rules,
    seats: Sequence[Seat],
    leaving: Collection[str],
    *,
    among: Collection[str] | None = None,
    coming: Collection[str] = (),
    locks: Locks | None = None,
) -> tuple[Seated, ...]:
    """Who of the deputies that stand in an order rises into each vacant seat of a member: the first with whom the
    requirements can hold."""
    here = sitting_pool(pool, seats)
    asked = locks or Locks()
    risen: tuple[Seated, ...] = ()
    for table in pool.tables:
        of_table = [seat for seat in seats if seat.table == table]
        taken = sum(one.table == table and one.role is Role.MEMBER and one.key in coming for one in asked.seated)
        sitting = sum(seat.role is Role.MEMBER and seat.person not in leaving for seat in of_table)
        vacant = rules.aim(table, Role.MEMBER) - sitting - taken
        for seat in of_table:
            if vacant <= 0:
                break
            if seat.role is not Role.DEPUTY or seat.person in leaving or seat.person in coming:
                continue
            tried = (*risen, Seated(seat.person, table, Role.MEMBER))
            gone = {*coming, *(one.key for one in tried)}
            fixed = vacancy_locks(here, seats, leaving, among=among, rising=False, coming=gone)
            if _can_be(here, rules, fixed.plus(asked).plus(Locks(seated=tried))):
                risen, vacant = tried, vacant - 1
    return risen


def _can_be(pool: Pool, rules: Rules, locks: Locks) -> bool:
    """Whether any roster keeps the requirements and the locks."""
    try:
        program = required_program(build_rows(pool, rules, locks.checked(pool, rules)))
        program.minimise({})
    except (Infeasible, LockError):
        return False
    return True


def reserves_kept(found: Rearranged, before: Sequence[Seat], leaving: Collection[str]) -> Rearranged:
    """The same with the reserves as they were decided, but for those who have a seat now or left: filling a vacancy
    draws no new ones."""
    sitting = tuple(seat for seat in found.proposal.seats if seat.role != Role.RESERVE)
    gone = {seat.person for seat in sitting} | set(leaving)
    reserves = [seat for seat in before if seat.role == Role.RESERVE and seat.person not in gone]
    seats = [seat for table in found.proposal.pool.tables for seat in (*sitting, *reserves) if seat.table == table]
    return replace(found, proposal=replace(found.proposal, seats=tuple(seats)))


def vacancy_locks(
    pool: Pool,
    seats: Sequence[Seat],
    leaving: Collection[str],
    *,
    among: Collection[str] | None = None,
    rising: bool = True,
    coming: Collection[str] = (),
) -> Locks:
    """The locks under which only vacant seats are filled; see :func:`fill_vacancies`."""
    moving = {*leaving, *coming}
    sitting = [seat for seat in seats if seat.role != Role.RESERVE and seat.person not in moving]
    stay = tuple(
        Seated(seat.person, seat.table, None if rising and seat.role == Role.DEPUTY else seat.role) for seat in sitting
    )
    inside = {seat.person for seat in sitting} | set(coming)
    out = tuple(
        one.key
        for one in pool.applicants
        if one.key in leaving or (among is not None and one.key not in among and one.key not in inside)
    )
    return Locks(seated=stay, kept_out=out)


def keeping(pool: Pool, before: Sequence[int], *, whole_seat: bool) -> dict[int, int]:
    """The expression of people kept (each −1): anywhere, or in the very seat they had."""
    people = {one.applicant for one, taken in zip(pool.candidates, before, strict=True) if taken}
    return {
        place: -1
        for place, one in enumerate(pool.candidates)
        if (before[place] if whole_seat else one.applicant in people)
    }


__all__ = [
    "First",
    "Rearranged",
    "fill_vacancies",
    "keeping",
    "least_change",
    "reserves_kept",
    "sitting_pool",
    "vacancy_locks",
]
