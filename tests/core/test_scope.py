"""Requirements that count the bodies of all tables together: against their definition over every roster, and in words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from selection.constraints import build_rows
from selection.explain.room import room
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.shares import share_limits
from selection.outputs.rule_words import rules_in_words
from selection.proposal import propose
from selection.solver import SolverName
from selection.texts import in_language
from tests.core.test_steps import all_rosters, best_of_all
from tests.strategies import tiny_pool, tiny_rules

RULE: dict[str, Any] = {"id": "women", "field": "gender", "values": ["woman"], "scope": "round"}


def rules_of(**parts: Any) -> Rules:
    return tiny_rules(requirements=[{**RULE, **parts}])


def holds(pool: Pool, chosen: list[int], rule: dict[str, Any]) -> bool:
    """The definition, over all members of the round."""
    here = [
        pool.applicants[one.applicant]
        for one, seated in zip(pool.candidates, chosen, strict=True)
        if seated and one.role is Role.MEMBER and pool.tables[one.table] in (rule.get("tables") or pool.tables)
    ]
    women = sum(one.value("gender") == "woman" for one in here)
    share = rule.get("at_least_share")
    least = share_limits((Fraction(share), None, "up"), len(here))[0] if share else rule.get("at_least", 0)
    return women >= (least or 0) and women <= rule.get("at_most", len(here))


@pytest.mark.parametrize(
    "parts",
    [
        {"at_least": 2},
        {"at_most": 1},
        {"at_least_share": "1/2"},
        {"at_least": 1, "at_most": 2},
        {"at_most": 1, "tables": ("b",)},
    ],
)
@pytest.mark.parametrize("seed", [1, 4])
def test_the_rows_hold_just_where_the_definition_does(parts: dict[str, Any], seed: int) -> None:
    rules = rules_of(body="members", **parts)
    pool = tiny_pool(6, seed, rules)
    (row,) = build_rows(pool, rules).of_requirement("women")
    assert row.table is None
    for chosen in all_rosters(pool):
        assert row.standing(tuple(chosen)).holds == holds(pool, chosen, parts)


@pytest.mark.parametrize("solver", ["HiGHS", "CBC"])
@pytest.mark.parametrize("seed", range(4))
def test_the_steps_are_the_best_of_all_rosters(solver: SolverName, seed: int) -> None:
    rules = rules_of(body="members", at_least_share="1/2")
    pool = tiny_pool(6, seed, rules)
    best, equal = best_of_all(build_rows(pool, rules))
    made = propose(pool, rules, solver=solver)
    assert tuple(step.value for step in made.steps) == best
    assert made.chosen in equal


def test_the_room_is_of_all_tables() -> None:
    rules = rules_of(body="members", at_least=1)
    pool = tiny_pool(7, 2, rules)
    rows = build_rows(pool, rules)
    (found,) = [one for one in room(rows) if one.id == "women"]
    counts = [
        sum(
            pool.applicants[one.applicant].value("gender") == "woman"
            for one, seated in zip(pool.candidates, chosen, strict=True)
            if seated and one.role is Role.MEMBER
        )
        for chosen in all_rosters(pool)
        if all(row.standing(tuple(chosen)).holds for row in rows.requirements)
    ]
    assert (found.least, found.most) == (min(counts), max(counts))


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "kaikki pöydät yhteensä"), ("sv", "alla bord tillsammans"), ("en", "all tables together")],
)
def test_it_is_said_that_all_tables_count_together(language: str, said: str) -> None:
    with in_language(language):
        words = [one.words for one in rules_in_words(rules_of(body="members", at_least=2)) if "2" in one.words]
    assert any(said in one for one in words)
