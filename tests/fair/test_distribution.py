"""The distribution against brute force over all panels of tiny pools, and on a pool of real size."""

from __future__ import annotations

import numpy as np
import pytest

from selection.errors import ConflictError, InputError
from selection.fair import draw, fair_distribution
from selection.model.pool import Pool
from selection.model.rows import Rows
from tests.fair.pools import all_panels, leximin_of, people, quota_rules, random_panel


def by_person(rows: Rows, found: object) -> np.ndarray:  # type: ignore[type-arg]
    chances = np.zeros(len(rows.pool.applicants))
    for number, places in enumerate(found.types.people):  # type: ignore[attr-defined]
        chances[list(places)] = found.chances[number]  # type: ignore[attr-defined]
    return chances


@pytest.mark.parametrize("seed", range(25))
def test_smallest_chance_and_leximin_are_those_of_brute_force(seed: int) -> None:
    made = random_panel(seed)
    assert made is not None
    pool, rules = made
    expected = leximin_of(all_panels(pool, rules))
    rows, _, best = fair_distribution(pool, rules, leximin=False, tolerance=1e-9)
    smallest = expected[expected > 1e-7].min()
    assert best.smallest == pytest.approx(smallest, abs=1e-6)
    assert best.bound == pytest.approx(smallest, abs=1e-6)
    rows, _, refined = fair_distribution(pool, rules, tolerance=1e-9)
    assert by_person(rows, refined) == pytest.approx(expected, abs=1e-6)
    assert refined.short is not None


@pytest.mark.parametrize("seed", range(4))
def test_a_panel_of_larger_size_against_brute_force(seed: int) -> None:
    made = random_panel(100 + seed, people_count=12, size=5)
    assert made is not None
    pool, rules = made
    expected = leximin_of(all_panels(pool, rules))
    rows, _, refined = fair_distribution(pool, rules, tolerance=1e-9)
    assert by_person(rows, refined) == pytest.approx(expected, abs=1e-6)


def test_every_panel_keeps_the_quotas_and_shares_make_one() -> None:
    made = random_panel(3)
    assert made is not None
    pool, rules = made
    _, _, found = fair_distribution(pool, rules)
    assert sum(found.shares) == pytest.approx(1.0)
    for panel in found.panels:
        for line in found.types.lines:
            total = sum(weight * panel[variable] for variable, weight in line.weights.items())
            assert line.lower <= total <= line.upper


def test_a_pool_of_real_size_meets_its_bound() -> None:
    values = {"gender": ["f", "m"], "age": ["1", "2", "3", "4"], "area": ["n", "e", "s", "w", "c"]}
    values = {f"c_{name}": known for name, known in values.items()}
    quotas = {
        "c_gender": {"f": (14, 16), "m": (14, 16)},
        "c_age": {"1": (6, 8), "2": (7, 8), "3": (7, 9), "4": (7, 9)},
        "c_area": {one: (5, 7) for one in values["c_area"]},
    }
    rules = quota_rules(30, quotas)
    pool = Pool.build(people(400, values, 7), rules)
    done = draw(pool, rules, seed="x", tolerance=1e-4, time_limit=60)
    assert done.distribution.bound - done.distribution.smallest <= 1e-4
    assert done.distribution.smallest > 0.02
    assert float(sum(done.chances.values())) == pytest.approx(30)


def test_quotas_that_cannot_hold_are_a_conflict() -> None:
    rules = quota_rules(3, {"g": {"a": (2, 3), "b": (2, 3)}})
    pool = Pool.build(people(9, {"g": ["a", "b"]}, 1), rules)
    with pytest.raises(ConflictError) as caught:
        fair_distribution(pool, rules)
    assert {one.id for one in caught.value.requirements} == {"g-a", "g-b", "members"}


def test_an_empty_roster_is_no_draw() -> None:
    rules = quota_rules(3, {}, members={"least": 0, "aim": 3})
    with pytest.raises(InputError) as caught:
        draw(Pool.build([], rules), rules)
    assert caught.value.code == "draw_nobody"


@pytest.mark.parametrize("seed", [1, 3, 7])
def test_a_rule_of_if_and_then_against_brute_force(seed: int) -> None:
    """Where there is anybody of ``z`` there is somebody of ``b``; panels are sorted out by the definition."""
    made = random_panel(seed)
    assert made is not None
    pool, rules = made
    given = {"field": "h", "values": ["z", "y"]}
    bound = rules.changed(if_then=[{"id": "with-b", "if": given, "then": {"field": "g", "values": ["b"]}}])
    of = {name: np.array([one.value(name) for one in pool.applicants]) for name in ("g", "h")}
    panels = all_panels(pool, rules)
    kept = np.array(
        [
            panel
            for panel in panels
            if not np.isin(of["h"][panel > 0], given["values"]).any() or (of["g"][panel > 0] == "b").any()
        ]
    )
    if not len(kept):
        with pytest.raises(ConflictError):
            fair_distribution(pool, bound)
        return
    rows, _, found = fair_distribution(pool, bound, tolerance=1e-9)
    assert by_person(rows, found) == pytest.approx(leximin_of(kept), abs=1e-6)
