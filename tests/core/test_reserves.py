"""Reserves beside every possible choice of them, and tables that share nobody drawn apart."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from selection.model.locks import Locks, Seated
from selection.model.people import Role
from selection.model.pool import Pool
from selection.proposal import propose
from selection.solving.lottery import lot_order
from selection.solving.reserves import WANTED, choose_reserves
from selection.solving.union_find import joined
from tests.strategies import random_applicants, tiny_rules


def best_by_trying(pool: Pool, aim: int, seated: frozenset[int], order: tuple[int, ...]) -> dict[int, tuple[int, ...]]:
    """Every assignment of the people left: most reserves, most of what is wanted, lots, then each one's own wishes."""
    left = [place for place in order if place not in seated]
    open_to = {
        place: sorted(
            {one.table for one in pool.candidates if one.applicant == place},
            key=lambda table, place=place: pool.applicants[place].wishes.index(pool.tables[table]),
        )
        for place in left
    }
    best: tuple[tuple[object, ...], dict[int, tuple[int, ...]]] | None = None
    for answer in itertools.product(*([None, *open_to[place]] for place in left)):
        at = {table: [p for p, a in zip(left, answer, strict=True) if a == table] for table in range(len(pool.tables))}
        if any(len(people) > aim for people in at.values()):
            continue
        wanted = sum(
            any(pool.holds(place, field, (value,)) for place in people)
            for people in at.values()
            for field, value in WANTED
        )
        lots = tuple(one is not None for one in answer)
        wishes = tuple(tuple(table == one for table in open_to[place]) for place, one in zip(left, answer, strict=True))
        merit = (sum(lots), wanted, lots, wishes)
        if best is None or merit > best[0]:
            best = (merit, {table: tuple(people) for table, people in at.items()})
    assert best is not None
    return best[1]


@pytest.mark.parametrize("solver", ["HiGHS", "CBC"])
@pytest.mark.parametrize("seed", range(6))
def test_the_best_of_all_choices(seed: int, solver: str) -> None:
    rules = tiny_rules(reserves={"aim": 2})
    pool = Pool.build(random_applicants(9, seed), rules)
    order = lot_order(pool, f"lot {seed}")
    seated = frozenset(order[seed % 3 :: 4])
    found = choose_reserves(pool, rules, seated, order, solver=solver)  # type: ignore[arg-type]
    assert found == best_by_trying(pool, 2, seated, order)


def test_nobody_left_and_none_asked_for() -> None:
    rules = tiny_rules(reserves={"aim": 0})
    pool = Pool.build(random_applicants(6, 1), rules)
    order = lot_order(pool, "x")
    assert choose_reserves(pool, rules, frozenset(), order) == {0: (), 1: ()}
    assert choose_reserves(pool, tiny_rules(reserves={"aim": 2}), frozenset(order), order) == {0: (), 1: ()}


@pytest.mark.parametrize("seed", range(4))
def test_who_is_kept_out_is_no_reserve_either(seed: int) -> None:
    rules = tiny_rules(reserves={"aim": 3})
    pool = Pool.build(random_applicants(9, seed), rules)
    reserves = [seat.key for seat in propose(pool, rules, seed="x").seats if seat.role == Role.RESERVE]
    assert reserves
    out = reserves[0]
    found = propose(pool, rules, seed="x", locks=Locks(kept_out=(out,)))
    assert out not in {seat.key for seat in found.seats}


@pytest.mark.parametrize("seed", range(4))
def test_who_is_kept_out_of_a_table_is_no_reserve_there_and_may_be_one_elsewhere(seed: int) -> None:
    rules = tiny_rules(reserves={"aim": 3})
    pool = Pool.build(random_applicants(9, seed), rules)
    reserve = next(seat for seat in propose(pool, rules, seed="x").seats if seat.role == Role.RESERVE)
    found = propose(pool, rules, seed="x", locks=Locks(kept_from=(Seated(reserve.key, reserve.table),)))
    assert (reserve.key, reserve.table) not in {(seat.key, seat.table) for seat in found.seats}
    others = choose_reserves(pool, rules, frozenset(), lot_order(pool, "x"), barred=frozenset({(0, 0)}))
    assert 0 not in others[0]


def test_another_citys_applicants_change_nothing() -> None:
    """Tables that share nobody are drawn apart: what one city's reserves are, no other city's pool decides."""
    tables = [{"id": table, "postal_codes": []} for table in "abcd"]
    rules = tiny_rules(tables=tables, reserves={"aim": 3})
    here = random_applicants(10, 3, ("a", "b"))
    there = [replace(one, key=f"c-{one.key}") for one in random_applicants(10, 4, ("c", "d"))]

    def reserves(people) -> dict[str, list[str]]:
        pool = Pool.build(people, rules)
        found = choose_reserves(pool, rules, frozenset(), lot_order(pool, "x"))
        return {pool.tables[at]: [pool.applicants[one].key for one in chosen] for at, chosen in found.items()}

    alone, other, both = reserves(here), reserves(there), reserves([*here, *there])
    assert {table: both[table] for table in "ab"} == {table: alone[table] for table in "ab"}
    assert {table: both[table] for table in "cd"} == {table: other[table] for table in "cd"}
    assert len(both["a"]) == 3


def test_joined() -> None:
    assert joined(6, [[4, 1], [], [5], [1, 3, 1], [2, 2]]) == [(0,), (1, 3, 4), (2,), (5,)]
    assert joined(0, []) == []
