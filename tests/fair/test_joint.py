"""Several tables at once: the chances over all rosters that are best in steps 1–10, against brute force."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from selection.constraints import build_rows
from selection.fair import draw, fair_distribution
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rows import Rows
from selection.proposal import chosen_of
from tests.strategies import random_applicants, tiny_pool, tiny_rules


def rosters(pool: Pool) -> list[tuple[int, ...]]:
    """Every way to give each applicant one of the accepted seats or none."""
    choices: list[list[int | None]] = [[None] for _ in pool.applicants]
    for place, candidate in enumerate(pool.candidates):
        choices[candidate.applicant].append(place)
    found = []
    for choice in itertools.product(*choices):
        taken = {place for place in choice if place is not None}
        found.append(tuple(int(place in taken) for place in range(len(pool.candidates))))
    return found


def steps_of(rows: Rows, chosen: tuple[int, ...]) -> tuple[int, ...]:
    """Steps 1 to 10 of a roster, the smaller the better."""
    sizes = {
        role: [sum(chosen[one] for one in rows.by_body[table, role]) for table in range(len(rows.pool.tables))]
        for role in (Role.MEMBER, Role.DEPUTY)
    }
    values = [-one for role in (Role.MEMBER, Role.DEPUTY) for one in (min(sizes[role]), sum(sizes[role]))]
    goals = rows.goal_standings(chosen)
    for priority in (1, 2, 3):
        off = [
            sum(one.deviation for one in goals if one.priority == priority and one.table == table)
            for table in rows.pool.tables
        ]
        values += [max(off), sum(off)]
    return tuple(values)


def best_rosters(rows: Rows) -> np.ndarray:  # type: ignore[type-arg]
    """Whom each of the best rosters seats, as rows of 0 and 1."""
    kept = [one for one in rosters(rows.pool) if all(row.off(one) == 0 for row in rows.requirements)]
    best = min(steps_of(rows, one) for one in kept)
    seated = set()
    for chosen in kept:
        if steps_of(rows, chosen) == best:
            people = {rows.pool.candidates[place].applicant for place, seat in enumerate(chosen) if seat}
            seated.add(tuple(float(one in people) for one in range(len(rows.pool.applicants))))
    return np.array(sorted(seated))


@pytest.mark.parametrize("seed", range(8))
def test_chances_over_the_best_rosters_are_those_of_brute_force(seed: int) -> None:
    from tests.fair.pools import leximin_of

    rules = tiny_rules()
    pool = tiny_pool(6, seed, rules)
    expected = leximin_of(best_rosters(build_rows(pool, rules)))
    _, _, found = fair_distribution(pool, rules, tolerance=1e-9)
    chances = np.zeros(len(pool.applicants))
    for number, places in enumerate(found.types.people):
        chances[list(places)] = found.chances[number]
    assert chances == pytest.approx(expected, abs=1e-6)


def test_the_drawn_roster_is_one_of_the_best_and_deputies_have_their_members() -> None:
    rules = tiny_rules()
    pool = Pool.build(random_applicants(10, 3), rules)
    done = draw(pool, rules, seed="s")
    chosen = chosen_of(pool, done.seats)
    counted = dict(zip(done.held, steps_of(done.rows, chosen), strict=True))
    assert {name: abs(value) for name, value in counted.items()} == dict(done.held)
    for seat in done.seats:
        assert (seat.deputy_of is not None) == (seat.role == Role.DEPUTY)
