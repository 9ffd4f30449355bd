"""Fields of a city's own in what makes a member and a deputy alike: by definition, over every roster of tiny pools."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from selection.constraints import build_rows
from selection.explain.not_applied import not_applied_lines
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.seal_terms import sealed_fields
from selection.outputs.rule_words import rules_in_words
from selection.proposal import propose
from selection.solver import SolverName
from selection.solving.pairs import Likeness
from selection.texts import LANGUAGES, in_language
from tests.core.test_steps import best_by, left_by_lot, step_names, step_values
from tests.strategies import tiny_pool, tiny_rules


def rules_of(**weights: int) -> Rules:
    pairs = {"age_bands": ["18–29", "30–64", "65+"], "kind": 0, "organisation": 0, "postal_code": 0, "age": 0}
    return tiny_rules(pairs={**pairs, "fields": weights or {"asumismuoto": 3, "gender": 1}})


def unlike(one: Applicant, other: Applicant) -> int:
    total = 0
    for name, weight in (("asumismuoto", 3), ("gender", 1)):
        ours, theirs = one.values.get(name), other.values.get(name)
        total += weight if not ours or not theirs or set(ours) != set(theirs) else 0
    return total


@pytest.mark.parametrize("seed", range(10))
def test_steps_pairs_and_lots_equal_brute_force(seed: int) -> None:
    rules = rules_of()
    pool = tiny_pool(6, seed, rules)
    rows = build_rows(pool, rules)

    def pairs(chosen: list[int]) -> int:
        total = 0
        for table in range(len(pool.tables)):
            bodies = [
                [
                    pool.applicants[c.applicant]
                    for x, c in zip(chosen, pool.candidates, strict=True)
                    if x and (c.table, c.role) == (table, role)
                ]
                for role in (Role.MEMBER, Role.DEPUTY)
            ]
            few, many = sorted(bodies, key=len)
            total += min(sum(map(unlike, few, order)) for order in itertools.permutations(many, len(few)))
        return total

    names = step_names("seats_first")

    def values_of(chosen: list[int]) -> dict[str, int]:
        return dict(zip(names, step_values(rows, chosen), strict=True)) | {"pairs": pairs(chosen)}

    best, equal = best_by(rows, values_of)
    solvers: tuple[SolverName, ...] = ("HiGHS", "CBC")
    for solver in solvers:
        made = propose(pool, rules, seed="x", solver=solver)
        assert {step.name: step.value for step in made.steps} == best
        assert made.chosen == left_by_lot(pool, equal, "x") and made.proven


def test_several_answers_are_alike_where_all_are() -> None:
    rules = rules_of(taidot=2)
    people = [replace(one, wishes=("a",)) for one in tiny_pool(3, 1, rules).applicants]
    answers = (("Laki", "it"), ("IT", "laki"), ("laki",))
    asked = [replace(one, values={**one.values, "taidot": told}) for one, told in zip(people, answers, strict=True)]
    likeness = Likeness.of(Pool.build(asked, rules), rules)
    assert [likeness.unlike(0, other) for other in (1, 2)] == [0, 2]


def test_the_field_is_told_sealed_and_named_where_it_was_not_read() -> None:
    rules = rules_of()
    assert {"asumismuoto", "gender"} <= set(rules.fields) and "asumismuoto" in sealed_fields(rules)
    for language in LANGUAGES:
        with in_language(language):
            assert any("asumismuoto 3" in one.words for one in rules_in_words(rules))
    pool = Pool.build(tiny_pool(4, 1, rules).applicants, rules, asked=["gender", "kind"])
    with in_language("fi"):
        told = [line for line in not_applied_lines(pool, rules) if "samanlaisuus" in line]
    assert len(told) == 1 and "asumismuoto" in told[0]
