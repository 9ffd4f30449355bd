"""Least change: solve again after a refusal, a resignation or a board's wish, and keep as many people as can be."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from selection.conflict import conflicting
from selection.constraints import build_rows
from selection.errors import ConflictError
from selection.explain.differences import Move, Place, StepChange, checked, step_changes, step_values
from selection.locks import Locks, Seated
from selection.lottery import draw_lots, lot_order
from selection.pool import Pool, Role
from selection.proposal import Proposal, Seat, candidates_of, chosen_of, count_steps, seats_of
from selection.rules import Rules
from selection.solver import Infeasible, SolverName, solver_version
from selection.steps import SEAT_STEPS, Progress, Step, SteppedProgram, step_names

#: What comes first: keeping people, and the steps among what is left; or the steps, and keeping people.
First = Literal["people", "composition"]


@dataclass(frozen=True)
class Rearranged:
    """A roster made from another one.

    Attributes
    ----------
    moves
        Who comes, goes and changes seats.
    steps
        Step values that differ; the old roster counted under the rules of now, empty where somebody of it has no
        application any more.
    """

    proposal: Proposal
    moves: tuple[Move, ...]
    steps: tuple[StepChange, ...]


def least_change(
    pool: Pool,
    rules: Rules,
    seats: Sequence[Seat],
    *,
    locks: Locks | None = None,
    first: First = "people",
    seed: str | None = None,
    solver: SolverName = "HiGHS",
    progress: Progress | None = None,
) -> Rearranged:
    """The roster nearest to ``seats``: as many people as can be keep a seat, then the seats are filled, then as many as
    can be keep their own seat; among those the other steps and the lots. With ``composition`` first, all steps come
    before keeping people.

    A seat that a person holds counts as accepted. Who refused or resigned is named in ``locks`` as kept out. Member and
    personal deputy stay a pair where both keep their seats.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    LockError
        if a lock names somebody or a seat that the pool does not have.
    """
    began = time.perf_counter()
    known = [seat for seat in seats if seat.key in pool.places and seat.table in pool.tables]
    pool = replace(pool.admitting(candidates_of(pool, known)), unaccepted=())
    rows = build_rows(pool, rules, (locks or Locks()).checked(pool))
    seed = rules.lottery.seed if seed is None else seed
    before = chosen_of(pool, known)
    names = step_names(rules.steps.order)
    goals = tuple(name for name in names if name not in SEAT_STEPS)
    order = ("people", *SEAT_STEPS, "seats", *goals) if first == "people" else (*names, "people", "seats")
    stepped = SteppedProgram(rows, solver=solver, tightening=True)
    taken: dict[str, Step] = {}
    try:
        for number, name in enumerate(order):
            if progress:
                progress(name, number, len(order) + 1)
            if name in names:
                taken[name] = stepped.take(name)
            else:
                kept = keeping(pool, before, whole_seat=name == "seats")
                stepped.program.at_most(kept, stepped.program.minimise(kept).value)
    except Infeasible:
        raise ConflictError(conflicting(rows)) from None
    if progress:
        progress("lots", len(order), len(order) + 1)
    steps = [taken[name] for name in names]
    drawn = draw_lots(stepped.program, pool, lot_order(pool, seed))
    chosen = checked(rows, stepped.program.chosen(len(pool.candidates)))
    after = _pairs_kept(seats, seats_of(pool, rules, tuple(chosen), lot_order(pool, seed), solver))
    seconds = time.perf_counter() - began
    proven = drawn and all(step.proven for step in steps)
    proposal = Proposal(rows, seed, after, tuple(steps), solver, solver_version(solver), seconds, proven)
    # Pairs that are kept can be less alike than the best ones of all.
    counted = count_steps(proposal)
    proposal = replace(proposal, steps=tuple(replace(step, value=counted[step.name]) for step in steps))
    now = step_values(rows, chosen)
    changed = step_changes(step_values(rows, before), now) if len(known) == len(seats) else ()
    return Rearranged(proposal, seat_moves(seats, after), changed)


def fill_vacancies(
    pool: Pool,
    rules: Rules,
    seats: Sequence[Seat],
    leaving: Collection[str],
    *,
    among: Collection[str] | None = None,
    rising: bool = True,
    locks: Locks | None = None,
    first: First = "people",
    seed: str | None = None,
    solver: SolverName = "HiGHS",
    progress: Progress | None = None,
) -> Rearranged:
    """Fill the seats of those who leave in mid-term; everybody else who sits stays.

    Parameters
    ----------
    leaving
        Person keys.
    among
        Keys of those who may come, such as the reserves; everybody in the pool by default.
    rising
        Whether a deputy may become a member of the same table.

    Raises
    ------
    ConflictError
        if the requirements cannot hold with those who stay.
    """
    sitting = [seat for seat in seats if seat.role != Role.RESERVE and seat.key not in leaving]
    stay = tuple(
        Seated(seat.key, seat.table, None if rising and seat.role == Role.DEPUTY else seat.role) for seat in sitting
    )
    inside = {seat.key for seat in sitting}
    out = tuple(
        one.key
        for one in pool.applicants
        if one.key in leaving or (among is not None and one.key not in among and one.key not in inside)
    )
    fixed = Locks(seated=stay, kept_out=out).plus(locks or Locks())
    return least_change(pool, rules, seats, locks=fixed, first=first, seed=seed, solver=solver, progress=progress)


def keeping(pool: Pool, before: Sequence[int], *, whole_seat: bool) -> dict[int, int]:
    """The expression of people kept (each −1): anywhere, or in the very seat they had."""
    people = {one.applicant for one, taken in zip(pool.candidates, before, strict=True) if taken}
    return {
        place: -1
        for place, one in enumerate(pool.candidates)
        if (before[place] if whole_seat else one.applicant in people)
    }


def seat_moves(before: Sequence[Seat], after: Sequence[Seat]) -> tuple[Move, ...]:
    """Who comes, goes or changes seats between two rosters, also of different pools; by person key."""

    def places(seats: Sequence[Seat]) -> dict[str, Place]:
        return {seat.key: Place(seat.table, seat.role) for seat in seats if seat.role != Role.RESERVE}

    was, now = places(before), places(after)
    keys = sorted(was.keys() | now.keys())
    return tuple(Move(key, was.get(key), now.get(key)) for key in keys if was.get(key) != now.get(key))


def _pairs_kept(before: Sequence[Seat], after: Sequence[Seat]) -> tuple[Seat, ...]:
    """The roster with the old pairs where both still sit; those whose pairs that breaks take what is left."""
    members = {(seat.key, seat.table) for seat in after if seat.role == Role.MEMBER}
    old = {(seat.key, seat.table): seat.deputy_of for seat in before if seat.role == Role.DEPUTY}
    kept: dict[str, str] = {}
    for seat in after:
        member = old.get((seat.key, seat.table)) if seat.role == Role.DEPUTY and seat.deputy_of else None
        if member is not None and (member, seat.table) in members:
            kept[seat.key] = member
    taken = set(kept.values())
    told: dict[str, str] = dict(kept)
    for table in dict.fromkeys(seat.table for seat in after):
        rest = [seat for seat in after if seat.table == table and seat.deputy_of and seat.key not in kept]
        wanted = [seat.deputy_of for seat in rest if seat.deputy_of]
        free = [one for one in wanted if one not in taken]
        spare = [
            seat.key
            for seat in after
            if seat.table == table and seat.role == Role.MEMBER and seat.key not in taken and seat.key not in free
        ]
        for seat in rest:
            if seat.deputy_of in free:
                told[seat.key] = str(seat.deputy_of)
            else:
                told[seat.key] = spare.pop(0)
    paired = [replace(seat, deputy_of=told.get(seat.key, seat.deputy_of)) for seat in after]
    order = {seat.key: number for number, seat in enumerate(paired)}
    tables = list(dict.fromkeys(seat.table for seat in paired))

    def rank(seat: Seat) -> tuple[int, int, int]:
        follows = order[seat.deputy_of] if seat.deputy_of else len(order) + order[seat.key]
        role = list(Role).index(seat.role)
        return (tables.index(seat.table), role, follows if seat.role == Role.DEPUTY else order[seat.key])

    return tuple(sorted(paired, key=rank))


__all__ = ["First", "Rearranged", "fill_vacancies", "keeping", "least_change", "seat_moves"]
