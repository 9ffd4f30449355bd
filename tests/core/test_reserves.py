"""Reserves beside every possible choice of them, and tables that share nobody drawn apart."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from pydantic import ValidationError

from selection.model.applied import not_applied
from selection.model.fingerprint import rules_hash
from selection.model.locks import Locks, Seated
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules_file import preset
from selection.outputs.rule_words import rules_in_words
from selection.proposal import propose
from selection.solving.lottery import lot_order
from selection.solving.reserves import choose_reserves
from selection.solving.union_find import joined
from selection.texts import in_language, text
from tests.strategies import random_applicants, tiny_rules

#: What reserves hold unless the rules say otherwise.
WANTED = (("gender", "woman"), ("gender", "man"), ("kind", "resident"), ("kind", "representative"))

#: What a table's reserves hold: whom, how many wanted, how many at most.
Asked = Sequence[tuple[Callable[[Pool, int], bool], int, int]]

USUAL: Asked = [
    (lambda pool, place, field=field, value=value: pool.holds(place, field, (value,)), 1, 99) for field, value in WANTED
]


def best_by_trying(
    pool: Pool, aim: int, seated: frozenset[int], order: tuple[int, ...], asked: Asked = USUAL
) -> dict[int, tuple[int, ...]]:
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
        counts = [
            (sum(of(pool, place) for place in people), least, most)
            for people in at.values()
            for of, least, most in asked
        ]
        if any(count > most for count, _, most in counts):
            continue
        wanted = sum(min(count, least) for count, least, _ in counts)
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


@pytest.mark.parametrize("solver", ["HiGHS", "CBC"])
@pytest.mark.parametrize("seed", range(6))
def test_what_reserves_must_hold_is_what_the_rules_say(seed: int, solver: str) -> None:
    """Two residents who own their home and no official of any kind, where somebody else would hold the usual."""
    hold = [
        {"field": ["kind", "asumismuoto"], "values": ["resident × oma"], "at_least": 2},
        {"field": "official", "values": ["councillor"], "at_most": 0},
    ]
    rules = tiny_rules(reserves={"aim": 2, "hold": hold})
    pool = Pool.build(random_applicants(9, seed), rules)
    order = lot_order(pool, f"lot {seed}")
    seated = frozenset(order[seed % 3 :: 4])
    asked: Asked = [
        (lambda pool, one: pool.holds(one, "kind", ("resident",)) and pool.holds(one, "asumismuoto", ("oma",)), 2, 99),
        (lambda pool, one: pool.holds(one, "official", ("councillor",)), 0, 0),
    ]
    found = choose_reserves(pool, rules, seated, order, solver=solver)  # type: ignore[arg-type]
    assert found == best_by_trying(pool, 2, seated, order, asked)
    reserves = {place for places in found.values() for place in places}
    assert reserves and not any(pool.holds(place, "official", ("councillor",)) for place in reserves)


def test_a_value_of_the_products_own_is_a_group() -> None:
    rules = tiny_rules(reserves={"aim": 2, "hold": ["woman", "man", "resident", "representative"]})
    assert rules.reserves.hold == tiny_rules(reserves={"aim": 2}).reserves.hold
    assert rules_hash(rules) == rules_hash(tiny_rules(reserves={"aim": 2}))
    for wrong in ("nainen", "other"):
        with pytest.raises(ValidationError, match="no value of one field"):
            tiny_rules(reserves={"aim": 2, "hold": [wrong]})


def test_nothing_may_be_asked_of_reserves() -> None:
    found, usual = [], []
    for seed in range(4):
        rules = tiny_rules(reserves={"aim": 2, "hold": []})
        pool = Pool.build(random_applicants(9, seed), rules)
        order = lot_order(pool, "x")
        found.append(choose_reserves(pool, rules, frozenset(), order))
        assert found[-1] == best_by_trying(pool, 2, frozenset(), order, [])
        usual.append(choose_reserves(pool, tiny_rules(reserves={"aim": 2}), frozenset(), order))
    assert found != usual


def test_the_presets_hold_a_woman_a_man_a_resident_and_a_representative() -> None:
    """The guard of what MODEL asks of reserves: with somebody of each among those left, each table has them."""
    for name in ("lahti-2021", "lahti-2023", "lahti-2025"):
        rules = preset(name)
        assert [(hold.fields, hold.values, hold.wanted, hold.at_most) for hold in rules.reserves.hold] == [
            ((field,), (value,), 1, None) for field, value in WANTED
        ]
        assert rules_hash(rules) == rules_hash(rules.changed(reserves=rules.reserves.model_dump(by_alias=True)))
    rules = tiny_rules(reserves={"aim": 3})
    for seed in range(6):
        pool = Pool.build(random_applicants(24, seed), rules)
        for reserves in choose_reserves(pool, rules, frozenset(), lot_order(pool, "x")).values():
            assert len(reserves) == 3
            assert all(any(pool.holds(place, field, (value,)) for place in reserves) for field, value in WANTED)


def test_what_was_not_read_of_the_rules_own_is_told() -> None:
    rules = tiny_rules(reserves={"aim": 2, "hold": [{"field": "asumismuoto", "values": ["oma"]}]})
    asked = frozenset({"gender", "kind", "official", "organisation"})
    pool = Pool.build(random_applicants(9, 1), rules, asked)
    told = [(one.id, one.field, one.reason) for one in not_applied(pool, rules) if one.id == "reserves"]
    assert told == [("reserves", "asumismuoto", "not_asked")]
    usual = tiny_rules(reserves={"aim": 2})
    assert not [one for one in not_applied(Pool.build([], usual, frozenset()), usual) if one.id == "reserves"]
    assert "asumismuoto" in tiny_rules(goals=[], reserves=rules.reserves.model_dump(by_alias=True)).own_fields


@pytest.mark.parametrize(("language", "said"), [("fi", "mukana"), ("sv", "bland dem"), ("en", "among them")])
def test_what_reserves_hold_is_said_where_the_rules_say_it(language: str, said: str) -> None:
    hold = [
        {"field": "gender", "values": ["woman"]},
        {"field": "kind", "values": ["resident"], "at_least": 2},
        {"field": "official", "values": ["councillor"], "at_most": 0},
    ]
    with in_language(language):
        usual = {one.name: one.words for one in rules_in_words(tiny_rules(reserves={"aim": 2}))}
        name = text("rules.name.reserves")
        assert usual[name] == "2"
        own = {one.name: one.words for one in rules_in_words(tiny_rules(reserves={"aim": 2, "hold": hold}))}[name]
    assert own.startswith("2") and said in own and all(number in own for number in ("1", "2", "0"))


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
    reserves = [seat.person for seat in propose(pool, rules, seed="x").seats if seat.role == Role.RESERVE]
    assert reserves
    out = reserves[0]
    found = propose(pool, rules, seed="x", locks=Locks(kept_out=(out,)))
    assert out not in {seat.person for seat in found.seats}


@pytest.mark.parametrize("seed", range(4))
def test_who_is_kept_out_of_a_table_is_no_reserve_there_and_may_be_one_elsewhere(seed: int) -> None:
    rules = tiny_rules(reserves={"aim": 3})
    pool = Pool.build(random_applicants(9, seed), rules)
    reserve = next(seat for seat in propose(pool, rules, seed="x").seats if seat.role == Role.RESERVE)
    found = propose(pool, rules, seed="x", locks=Locks(kept_from=(Seated(reserve.person, reserve.table),)))
    assert (reserve.person, reserve.table) not in {(seat.person, seat.table) for seat in found.seats}
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
