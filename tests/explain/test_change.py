"""Least change against every roster there is; those who sit stay; pairs stay pairs."""

from __future__ import annotations

import pytest

from selection.constraints import build_rows
from selection.errors import ConflictError
from selection.explain.least_change import First, fill_vacancies, least_change, sitting_pool
from selection.explain.rule_change import changed_locks, changed_rules
from selection.explain.ways_out import ways_out
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.pool import Pool
from selection.proposal import propose
from tests.core.test_steps import left_by_lot
from tests.explain.brute import Ranked, ranked
from tests.strategies import tiny_pool, tiny_rules


def best_of(rosters: list[Ranked], pool: Pool, before: tuple[int, ...], first: str) -> list[tuple[int, ...]]:
    """The rosters that come first, by definition: people kept, seats filled, seats kept, then the other steps; or all
    steps, then people and seats kept."""
    people = {one.applicant for one, taken in zip(pool.candidates, before, strict=True) if taken}

    def rank(one: Ranked) -> tuple[object, ...]:
        taken = [place for place, seat in enumerate(one.chosen) if seat]
        people_kept = -sum(pool.candidates[place].applicant in people for place in taken)
        seats_kept = -sum(before[place] for place in taken)
        if first == "people":
            return (people_kept, one.steps[:4], seats_kept, one.steps[4:])
        return (one.steps, people_kept, seats_kept)

    best = min(map(rank, rosters))
    return [one.chosen for one in rosters if rank(one) == best]


@pytest.mark.parametrize("first", ["people", "composition"])
@pytest.mark.parametrize("seed", range(3))
def test_least_change_equals_brute_force(seed: int, first: First) -> None:
    rules = tiny_rules()
    pool = tiny_pool(6, seed, rules)
    before = propose(pool, rules, seed="x")
    gone = before.seats[seed % len(before.seats)].person
    locks = Locks(kept_out=(gone,))
    found = least_change(pool, rules, before.seats, locks=locks, first=first)
    best = best_of(ranked(build_rows(pool, rules, locks)), pool, before.chosen, first)
    assert found.proposal.chosen == left_by_lot(pool, best, rules.lottery.seed)
    assert gone not in {seat.person for seat in found.proposal.seats}
    assert {move.key for move in found.moves} >= {gone}


@pytest.mark.parametrize("first", ["people", "composition"])
@pytest.mark.parametrize(("seed", "rising"), [(0, True), (1, True), (2, False), (3, True)])
def test_vacancies_are_filled_as_brute_force_would(seed: int, rising: bool, first: First) -> None:
    rules = tiny_rules()
    pool = tiny_pool(9, seed, rules)
    before = propose(pool, rules, seed="x")
    sitting = {pool.places[seat.person]: seat for seat in before.seats if seat.role != Role.RESERVE}
    leaving = next(seat for seat in sitting.values() if seat.role == (Role.DEPUTY if seed == 3 else Role.MEMBER))
    among = (
        None
        if seed % 2
        else {one.key for place, one in enumerate(pool.applicants) if place not in sitting and place % 2}
    )
    choices: dict[int, list[int | None]] = {}
    for place, one in enumerate(pool.applicants):
        mine = [number for number, candidate in enumerate(pool.candidates) if candidate.applicant == place]
        seat = sitting.get(place)
        if one.key == leaving.person or (seat is None and among is not None and one.key not in among):
            choices[place] = [None]
        elif seat is not None:
            roles = (Role.MEMBER, Role.DEPUTY) if rising and seat.role == Role.DEPUTY else (seat.role,)
            table = pool.tables.index(seat.table)
            choices[place] = [
                i for i in mine if (pool.candidates[i].table, pool.candidates[i].role in roles) == (table, True)
            ]
    found = fill_vacancies(pool, rules, before.seats, [leaving.person], among=among, rising=rising, first=first)
    best = best_of(ranked(build_rows(pool, rules), choices), pool, before.chosen, first)
    assert found.proposal.chosen == left_by_lot(pool, best, rules.lottery.seed)


@pytest.mark.parametrize("seed", range(3))
def test_those_who_sit_stay_and_pairs_stay_pairs(seed: int) -> None:
    rules = tiny_rules(members={"least": 0, "aim": 4}, deputies={"aim": 3}, requirements=[])
    pool = tiny_pool(24, seed, rules)
    before = propose(pool, rules, seed="x")
    leaving = before.at("a", Role.MEMBER)[0].person
    found = fill_vacancies(pool, rules, before.seats, [leaving])
    after = {seat.person: seat for seat in found.proposal.seats}
    for seat in before.seats:
        if seat.role == Role.RESERVE or seat.person == leaving:
            continue
        assert (after[seat.person].table, after[seat.person].role) == (seat.table, seat.role)
        if seat.role == Role.DEPUTY and seat.deputy_of != leaving:
            assert after[seat.person].deputy_of == seat.deputy_of
    assert leaving not in after
    comers = {move.key for move in found.moves if move.before is None}
    assert len(comers) == 1
    pairs = [seat.deputy_of for seat in found.proposal.seats if seat.deputy_of]
    assert len(pairs) == len(set(pairs)) and all(after[key].role == Role.MEMBER for key in pairs)
    reserves = {seat.person for seat in before.seats if seat.role == Role.RESERVE}
    narrow = fill_vacancies(pool, rules, before.seats, [leaving], among=reserves)
    assert {move.key for move in narrow.moves if move.before is None} <= reserves


def test_a_deputy_may_rise_where_nobody_else_can_come() -> None:
    rules = tiny_rules(members={"least": 0, "aim": 3}, deputies={"aim": 2}, requirements=[])
    pool = tiny_pool(20, 1, rules)
    before = propose(pool, rules, seed="x")
    both = {
        seat.person
        for seat in before.at("a", Role.DEPUTY)
        if Role.MEMBER in pool.applicants[pool.places[seat.person]].roles
    }
    assert both
    leaving = before.at("a", Role.MEMBER)[0].person
    found = fill_vacancies(pool, rules, before.seats, [leaving], among=())
    risen = {move.key for move in found.moves if move.before and move.after}
    assert risen <= both and len(risen) == 1
    fixed = fill_vacancies(pool, rules, before.seats, [leaving], among=(), rising=False)
    assert all(move.after is None for move in fixed.moves)


def test_who_has_no_application_any_more_goes() -> None:
    rules = tiny_rules()
    pool = tiny_pool(10, 2, rules)
    before = propose(pool, rules, seed="x")
    gone = before.seats[0].person
    fewer = type(pool).build([one for one in pool.applicants if one.key != gone], rules)
    found = least_change(fewer, rules, before.seats)
    assert found.steps == ()
    assert [move.key for move in found.moves if move.key == gone and move.after is None] == [gone]


def test_reserves_stay_as_decided_where_vacancies_are_filled() -> None:
    rules = tiny_rules(reserves={"aim": 2})
    pool = tiny_pool(16, 3, rules)
    before = propose(pool, rules, seed="x")
    decided = [seat for seat in before.seats if seat.role == Role.RESERVE]
    assert len(decided) == 4
    leaving = before.at("a", Role.MEMBER)[0].person
    for among in (None, {decided[0].person}, ()):
        found = fill_vacancies(pool, rules, before.seats, [leaving], among=among, seed="another")
        sitting = {seat.person for seat in found.proposal.seats if seat.role != Role.RESERVE}
        now = [seat for seat in found.proposal.seats if seat.role == Role.RESERVE]
        assert now == [seat for seat in decided if seat.person not in sitting]
    left = fill_vacancies(pool, rules, before.seats, [leaving, decided[1].person], among=())
    assert decided[1].person not in {seat.person for seat in left.proposal.seats}


@pytest.mark.parametrize("seed", range(3))
def test_a_change_that_cannot_be_names_what_a_proposal_would_and_has_ways_out(seed: int) -> None:
    rules = tiny_rules(members={"least": 1, "aim": 2}, requirements=[])
    pool = tiny_pool(10, seed, rules)
    before = propose(pool, rules, seed="x")
    gone = tuple(one.key for one in pool.applicants if "a" in one.wishes)
    locks = Locks(kept_out=gone)
    told = []
    for ask in (
        lambda: propose(pool, rules, locks=locks),
        lambda: least_change(pool, rules, before.seats, locks=locks),
        lambda: fill_vacancies(pool, rules, before.seats, gone),
    ):
        with pytest.raises(ConflictError) as caught:
            ask()
        told.append({(one.id, one.table) for one in caught.value.requirements})
    assert told[0] == told[1] == told[2] and ("members", "a") in told[0]
    ways = ways_out(sitting_pool(pool, before.seats), rules, locks)
    assert ways
    for way in ways:
        after, left = changed_rules(rules, way.changes), changed_locks(locks, way.changes)
        assert least_change(pool, after, before.seats, locks=left).proposal.proven
