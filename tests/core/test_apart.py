"""Tables that share nothing are solved apart: the same roster as in one program, in whatever executor."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import distributed
import pytest

from selection.constraints import build_rows
from selection.errors import ConflictError, TimeLimitError
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.proposal import propose
from selection.solving.components import parts_of, solve_apart
from selection.solving.steps import solve
from tests.strategies import random_applicants, tiny_rules

CITIES = (("a", "b"), ("c", "d"), ("e",))


def rules_of_cities(**parts) -> Rules:
    tables = [{"id": table, "postal_codes": []} for city in CITIES for table in city]
    return tiny_rules(tables=tables, members={"least": 0, "aim": 3}, **parts)


def pool_of_cities(seed: int, rules: Rules, count: int = 12) -> Pool:
    """Applicants of three cities; those of one city know nothing of another's tables."""
    people = []
    for number, city in enumerate(CITIES):
        for one in random_applicants(count - 3 * number, seed + number, city):
            people.append(replace(one, key=f"{number}-{one.key}"))
    return Pool.build(people, rules)


@pytest.mark.parametrize("order", ["seats_first", "goals_first"])
@pytest.mark.parametrize("seed", range(5))
def test_the_same_roster_as_in_one_program(seed: int, order: str) -> None:
    rules = rules_of_cities(steps={"order": order})
    rows = build_rows(pool_of_cities(seed, rules), rules)
    parts = parts_of(rows)
    assert [part.rows.pool.tables for part in parts] == [("a", "b"), ("c", "d"), ("e",)]
    together, apart = solve(rows, "lot"), solve_apart(parts, "lot")
    assert apart.chosen == together.chosen
    assert [(step.name, step.value, step.bound) for step in apart.steps] == [
        (step.name, step.value, step.bound) for step in together.steps
    ]
    assert apart.proven and together.proven


def test_an_applicant_for_two_cities_joins_them() -> None:
    rules = rules_of_cities()
    pool = pool_of_cities(1, rules)
    traveller = replace(pool.applicants[0], wishes=("a", "e"), roles=frozenset({Role.MEMBER}))
    joined = Pool.build([traveller, *pool.applicants[1:]], rules)
    assert [part.rows.pool.tables for part in parts_of(build_rows(joined, rules))] == [("a", "b", "e"), ("c", "d")]


def test_every_row_and_candidate_stands_in_one_part() -> None:
    rules = rules_of_cities()
    pool = pool_of_cities(4, rules)
    rows = build_rows(pool, rules, Locks(kept_out=(pool.applicants[3].key,)))
    parts = parts_of(rows)
    assert sorted(place for part in parts for place in part.candidates) == list(range(len(pool.candidates)))
    assert sum(len(part.rows.requirements) for part in parts) == len(rows.requirements)
    assert sum(len(part.rows.goals) for part in parts) == len(rows.goals)


def test_processes_side_by_side_change_nothing() -> None:
    rules = rules_of_cities()
    pool = pool_of_cities(2, rules)
    alone = propose(pool, rules)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
        assert propose(pool, rules, executor=executor).seats == alone.seats
        # What goes wrong in a part is told as itself, and the processes stay whole.
        many = {"id": "men", "field": "gender", "values": ["man"], "body": "members", "at_least": 4}
        with pytest.raises(ConflictError):
            propose(pool, rules_of_cities(requirements=[many]), executor=executor)
        with pytest.raises(TimeLimitError):
            propose(pool, rules, executor=executor, time_limit=1e-9)
        assert propose(pool, rules, executor=executor).seats == alone.seats


def test_a_dask_cluster_changes_nothing() -> None:
    rules = rules_of_cities()
    pool = pool_of_cities(2, rules)
    alone = propose(pool, rules)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
        client.get_executor() as executor,
    ):
        assert propose(pool, rules, executor=executor).seats == alone.seats


def test_a_conflict_in_one_city_is_told() -> None:
    rules = rules_of_cities(
        requirements=[{"id": "men", "field": "gender", "values": ["man"], "body": "members", "at_least": 3}]
    )
    pool = pool_of_cities(2, rules, count=10)
    few = [one for one in pool.applicants if one.key.startswith(("0", "1")) or one.value("gender") != "man"]
    with pytest.raises(ConflictError):
        propose(Pool.build(few, rules), rules)


def test_a_table_that_nobody_applied_for_stays_empty() -> None:
    rules = rules_of_cities()
    people = [one for one in pool_of_cities(2, rules).applicants if not one.key.startswith("2")]
    proposal = propose(Pool.build(people, rules), rules)
    assert proposal.proven
    assert {seat.table for seat in proposal.seats} == {"a", "b", "c", "d"}
    assert proposal.steps[0].value == 0


def test_no_time_at_all_is_told() -> None:
    rules = rules_of_cities()
    with pytest.raises(TimeLimitError):
        propose(pool_of_cities(2, rules), rules, time_limit=0.0)


def test_stopped_on_the_way_gives_a_whole_roster() -> None:
    """Every step that was not taken is told as unproven."""
    rules = rules_of_cities()
    stops = []

    def progress(name: str, number: int, total: int) -> None:
        if name == "goals_1_worst":
            stops[0]()

    proposal = propose(pool_of_cities(3, rules), rules, progress=progress, stoppable=stops.append)
    assert not proposal.proven
    assert proposal.steps[0].name == "members_least"
    assert len(proposal.steps) == 12 and proposal.seats


def test_stopped_before_there_is_any_roster_is_told() -> None:
    rules = rules_of_cities()
    with pytest.raises(TimeLimitError):
        propose(pool_of_cities(3, rules), rules, stoppable=lambda stop: stop())
