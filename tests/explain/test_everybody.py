"""Everybody's why not at once; applicants who can never be seated."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from selection.constraints import build_rows
from selection.explain.everybody import never_seated, open_questions, why_not_all
from selection.explain.why import Questions
from selection.proposal import propose
from tests.explain.brute import ranked
from tests.strategies import tiny_pool, tiny_rules


def test_processes_give_the_same_answers_one_by_one() -> None:
    rules = tiny_rules()
    proposal = propose(tiny_pool(14, 2, rules), rules, seed="x")
    told: list[tuple[str, int, int]] = []
    alone = why_not_all(proposal)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        together = why_not_all(proposal, executor=executor, progress=lambda *step: told.append(step))
    questions = open_questions(proposal)
    assert alone == together
    assert [(one.key, one.table) for one in alone] == list(questions)
    assert told[-1] == ("questions", len(questions), len(questions))
    one_by_one = Questions.of(proposal)
    assert alone[0] == one_by_one.why_not(*questions[0], whole=False)


@pytest.mark.parametrize("seed", range(6))
def test_never_seated_equals_brute_force(seed: int) -> None:
    women = {"id": "women", "field": "gender", "values": ["woman"], "body": "each", "at_least_share": "60 %"}
    rules = tiny_rules(requirements=[women])
    pool = tiny_pool(6, seed, rules)
    rows = build_rows(pool, rules)
    rosters = ranked(rows)
    expected = [
        person.key
        for place, person in enumerate(pool.applicants)
        if not any(x and pool.candidates[i].applicant == place for one in rosters for i, x in enumerate(one.chosen))
    ]
    assert list(never_seated(rows)) == expected
