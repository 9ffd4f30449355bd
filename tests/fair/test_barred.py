"""Whom no draw seats, and why: told apart, against every roster of tiny rounds."""

from __future__ import annotations

import random
from typing import Any

import pytest

from selection.constraints import build_rows
from selection.explain.barred import barred
from selection.fair import draw
from selection.model.locks import Locks
from selection.model.people import Applicant
from selection.model.pool import Pool
from selection.model.rules import Rules
from tests.fair.test_joint import rosters
from tests.strategies import tiny_pool, tiny_rules


def never_rules(**parts: Any) -> Rules:
    """One seat; a goal that nobody who served before should have it."""
    content = {
        "name": "never",
        "tables": [{"id": "alfa"}],
        "members": {"least": 0, "aim": 1},
        "eligibility": {"age_on": "2021-09-01"},
        "goals": [{"id": "served", "field": "served_before", "priority": 1, "ranges": {"yes": {"at_most": 0}}}],
    }
    return Rules.model_validate({**content, **parts})


def person(key: str, served: str, **parts: Any) -> Applicant:
    return Applicant(key, f"Name {key}", None, ("alfa",), values={"served_before": (served,)}, **parts)


def test_who_only_a_goal_leaves_out_is_not_said_to_be_barred() -> None:
    people = [person("a", "yes"), person("b", "no"), person("c", "no")]
    rules = never_rules()
    done = draw(Pool.build(people, rules), rules, seed="s")
    assert (done.without_seat, done.by_requirements, done.by_goals) == ((), (), ("a",))
    assert done.never == ("a",) and done.smallest == pytest.approx(0.5)


def test_the_three_reasons_are_told_apart() -> None:
    people = [
        person("a", "yes"),
        person("b", "no"),
        person("c", "no"),
        person("d", "no", roles=frozenset()),
        person("e", "no", birth_year=2020),
    ]
    rules = never_rules(
        requirements=[
            {"id": "young", "field": "age", "values": ["0–17"], "body": "members", "at_most": 0},
        ]
    )
    pool = Pool.build(people, rules)
    done = draw(pool, rules, seed="s", locks=Locks(kept_out=("c",)))
    assert (done.without_seat, done.by_requirements, done.by_goals) == (("d",), ("c", "e"), ("a",))
    assert float(done.chances["b"]) == 1.0


@pytest.mark.parametrize("seed", range(6))
def test_barred_is_what_no_roster_of_all_has(seed: int) -> None:
    rules = tiny_rules()
    pool = tiny_pool(6, seed, rules)
    out = random.Random(seed).sample([one.key for one in pool.applicants], 2)
    rows = build_rows(pool, rules, Locks(kept_out=tuple(out)))
    seated = {
        pool.candidates[place].applicant
        for chosen in rosters(pool)
        if all(row.off(chosen) == 0 for row in rows.requirements)
        for place, taken in enumerate(chosen)
        if taken
    }
    everybody = range(len(pool.applicants))
    assert barred(rows, everybody) == set(everybody) - seated
