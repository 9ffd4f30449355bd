"""The draw: quotas hold, it can be repeated, the order of rows changes nothing, and chances are what they say."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from selection.fair import draw
from selection.fair.lots import LOTS, lots_of
from selection.model.pool import Pool
from selection.model.rules import Rules
from tests.fair.pools import people, quota_rules, random_panel

QUOTAS = {"g": {"a": (3, 4), "b": (2, 3)}, "h": {"x": (2, 3), "y": (1, 3), "z": (1, 2)}}


def pool_and_rules(count: int = 40) -> tuple[Pool, Rules]:
    rules = quota_rules(6, QUOTAS)
    return Pool.build(people(count, {"g": ["a", "b"], "h": ["x", "y", "z"]}, 5), rules), rules


def test_the_drawn_panel_keeps_all_quotas() -> None:
    pool, rules = pool_and_rules()
    for seed in ("1", "2", "3", "4"):
        done = draw(pool, rules, seed=seed)
        drawn = [pool.applicants[pool.places[seat.person]] for seat in done.seats]
        assert len(drawn) == len({one.key for one in drawn}) == 6
        for name, values in QUOTAS.items():
            for value, (low, high) in values.items():
                assert low <= sum(one.value(name) == value for one in drawn) <= high


def test_the_same_seed_draws_the_same_and_another_seed_others() -> None:
    pool, rules = pool_and_rules()
    first, again = draw(pool, rules, seed="public"), draw(pool, rules, seed="public")
    assert first.seats == again.seats
    assert first.chances == again.chances
    assert len({draw(pool, rules, seed=str(seed)).seats for seed in range(5)}) > 1


def test_the_order_of_rows_changes_nothing() -> None:
    rules = quota_rules(6, QUOTAS)
    rows = people(40, {"g": ["a", "b"], "h": ["x", "y", "z"]}, 5)
    first = draw(Pool.build(rows, rules), rules, seed="s")
    random.Random(1).shuffle(rows)
    again = draw(Pool.build(rows, rules), rules, seed="s")
    assert (first.seats, first.chances, first.lots) == (again.seats, again.chances, again.lots)


def test_alike_applicants_have_the_same_chance_and_chances_make_the_panel() -> None:
    pool, rules = pool_and_rules()
    done = draw(pool, rules, seed="s")
    assert sum(done.chances.values()) == 6
    alike: dict[tuple[str | None, str | None], set[Fraction]] = {}
    for one in pool.applicants:
        alike.setdefault((one.value("g"), one.value("h")), set()).add(done.chances[one.key])
    assert all(len(chances) == 1 for chances in alike.values())


def test_people_are_drawn_as_often_as_their_chances_say() -> None:
    made = random_panel(2)
    assert made is not None
    pool, rules = made
    often = dict.fromkeys((one.key for one in pool.applicants), 0)
    rounds = 150
    for seed in range(rounds):
        done = draw(pool, rules, seed=f"round {seed}", leximin=False)
        for seat in done.seats:
            often[seat.person] += 1
    for key, times in often.items():
        chance = float(done.chances[key])
        assert abs(times / rounds - chance) <= 4 * (chance * (1 - chance) / rounds) ** 0.5 + 1e-9


@pytest.mark.parametrize("shares", [(1.0,), (1 / 3, 1 / 3, 1 / 3), (0.1234567, 0.5, 0.3765433)])
def test_lots_add_up(shares: tuple[float, ...]) -> None:
    lots = lots_of(shares)
    assert sum(lots) == LOTS
    assert all(abs(lot - share * LOTS) < 1 for lot, share in zip(lots, shares, strict=True))


def test_a_share_of_the_panel_is_a_quota_too() -> None:
    share = {"id": "half", "field": "g", "values": ["b"], "body": "members", "at_least_share": "50 %"}
    rules = quota_rules(5, {"g": {"a": (0, 5)}})
    rules = rules.changed(requirements=[*rules.model_dump(by_alias=True)["requirements"], share])
    pool = Pool.build(people(30, {"g": ["a", "b"], "h": ["x", "y"]}, 3), rules)
    done = draw(pool, rules, seed="s")
    assert sum(pool.applicants[pool.places[seat.person]].value("g") == "b" for seat in done.seats) >= 3
