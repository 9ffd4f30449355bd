"""Alternatives and trade-offs against every roster there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from selection.constraints import build_rows
from selection.errors import ConflictError
from selection.explain.alternatives import alternatives
from selection.explain.roster_steps import broken, step_values
from selection.explain.rule_change import changed_rules
from selection.explain.tradeoffs import trade_off
from selection.explain.ways_out import ways_out
from selection.proposal import propose
from selection.solving.objectives import OBJECTIVES
from tests.explain.brute import Ranked, in_order, ranked
from tests.strategies import tiny_pool, tiny_rules


@pytest.mark.parametrize("seed", range(5))
def test_alternatives_differ_in_the_most_people(seed: int) -> None:
    rules = tiny_rules()
    proposal = propose(tiny_pool(6, seed, rules), rules, seed="x")
    candidates = proposal.pool.candidates
    everything = ranked(proposal.rows)
    best = min(one.steps for one in everything)
    equal = [one.chosen for one in everything if one.steps[:10] == best[:10]]

    def people(chosen: tuple[int, ...]) -> set[int]:
        return {one.applicant for one, taken in zip(candidates, chosen, strict=True) if taken}

    seen = [people(proposal.chosen)]
    found = alternatives(proposal, count=3)
    for one in found:
        least = min(max(len(people(other) & before) for before in seen) for other in equal)
        assert one.roster in equal
        assert max(len(people(one.roster) & before) for before in seen) == least
        assert one.differing == len(people(one.roster) - seen[0])
        assert {step.name for step in one.steps} <= {"wishes", "pairs"}
        seen.append(people(one.roster))
    if len(found) < 3:
        assert all(people(other) in seen for other in equal)


def priorities(goals: list[dict[str, Any]]) -> dict[str, Any]:
    goals[0]["priority"], goals[2]["priority"] = 3, 1
    return {"goals": goals}


def a_range(goals: list[dict[str, Any]]) -> dict[str, Any]:
    goals[1]["ranges"]["resident"] = {"at_least": 2}
    return {"goals": goals}


def the_order(goals: list[dict[str, Any]]) -> dict[str, Any]:
    return {"steps": {"order": "goals_first"}}


@pytest.mark.parametrize(("seed", "change"), list(enumerate([priorities, a_range, the_order])))
def test_trade_off_equals_brute_force(seed: int, change: Callable[[list[dict[str, Any]]], dict[str, Any]]) -> None:
    rules = tiny_rules()
    pool = tiny_pool(6, seed, rules)
    proposal = propose(pool, rules, seed="x")
    changed = rules.changed(**change([one.model_dump(by_alias=True) for one in rules.goals]))
    found = trade_off(proposal, changed)
    order = changed.steps.order
    new = {one.chosen: in_order(one.steps, order)[:11] for one in ranked(build_rows(pool, changed))}
    old = {one.chosen: one for one in ranked(proposal.rows)}
    best = min(new.values())
    left = [old[chosen] for chosen, steps in new.items() if steps == best]

    def goals_only(one: Ranked) -> tuple[int, ...]:
        return one.steps[4:10]

    assert new[found.roster] == best
    assert goals_only(old[found.roster]) == min(goals_only(one) for one in left)
    before, cost = step_values(proposal.rows, proposal.chosen), step_values(proposal.rows, found.roster)
    for step in found.steps:
        assert (step.before, step.cost) == (before[step.name], cost[step.name])
        sign = OBJECTIVES[step.name].sign
        assert step.worse_by == sign * (step.cost - step.before)
    assert sum(goal.before for goal in found.goals) == sum(before[f"goals_{one}"] for one in (1, 2, 3))
    assert sum(goal.after for goal in found.goals) == sum(cost[f"goals_{one}"] for one in (1, 2, 3))


def test_the_order_of_the_steps_is_a_trade() -> None:
    rules = tiny_rules()
    pool = tiny_pool(8, 4, rules)
    proposal = propose(pool, rules, seed="x")
    found = {step.name: step for step in trade_off(proposal, rules.changed(steps={"order": "goals_first"})).steps}
    firsts = [name for name in found if name.startswith("goals_1")]
    assert all(found[name].worse_by <= 0 for name in firsts)
    assert found["members_least"].worse_by >= 0
    assert all(a != b for a, b in pairwise(found))


def test_changed_requirements_that_conflict_are_named() -> None:
    rules = tiny_rules()
    pool = tiny_pool(4, 4, rules)
    women = {"id": "women", "field": "gender", "values": ["woman"], "body": "members", "at_least": 5}
    changed = rules.changed(requirements=[women])
    proposal = propose(pool, rules)
    with pytest.raises(ConflictError) as caught:
        trade_off(proposal, changed)
    assert {one.id for one in caught.value.requirements} == {"women"}
    ways = ways_out(pool, changed)
    assert ways
    for way in ways:
        assert trade_off(proposal, changed_rules(changed, way.changes)).proven


def test_a_roster_of_people_that_no_other_equals_has_no_alternative() -> None:
    """It breaks a requirement, and keeping that costs seats."""
    rules = tiny_rules(requirements=[])
    proposal = propose(tiny_pool(10, 4, rules), rules)
    nobody = {"id": "nobody", "field": "kind", "values": ["resident"], "body": "together", "at_most": 0}
    strict = build_rows(proposal.pool, rules.changed(requirements=[nobody]))
    assert broken(strict, proposal.chosen)
    assert alternatives(replace(proposal, rows=strict)) == ()
