"""Exceptions of a rule on each value: against their definition over every roster, and in words."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from selection.constraints import build_rows
from selection.model.applied import not_applied, of_nobody
from selection.model.fingerprint import rules_hash
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.rules_file import RulesFileError, parse_rules, preset
from selection.outputs.rule_words import rules_in_words
from selection.proposal import propose
from selection.texts import LANGUAGES, in_language
from tests.core.rules_text import HEAD
from tests.core.test_steps import all_rosters, best_of_all
from tests.strategies import tiny_pool, tiny_rules

ORGANISATION: dict[str, Any] = {"id": "organisation", "field": "organisation", "each": True, "at_most": 1}


def rules_of(*exempt: str, **parts: Any) -> Rules:
    return tiny_rules(requirements=[{**ORGANISATION, "except": exempt, **parts}])


def holds(pool: Pool, chosen: list[int], exempt: tuple[str, ...]) -> bool:
    """At most one of each organisation in each body, but of those exempt."""
    seats = [one for one, seated in zip(pool.candidates, chosen, strict=True) if seated]
    counts = Counter((one.table, one.role, pool.applicants[one.applicant].value("organisation")) for one in seats)
    return all(n < 2 or name is None or name in exempt for (_, _, name), n in counts.items())


@pytest.mark.parametrize("exempt", [("org2",), ("ORG2",), ("org1", "org3"), ()])
@pytest.mark.parametrize("seed", [0, 4])
def test_the_rows_hold_just_where_the_definition_does(exempt: tuple[str, ...], seed: int) -> None:
    rules = rules_of(*exempt)
    pool = tiny_pool(7, seed, rules)
    ours = build_rows(pool, rules).of_requirement("organisation")
    spelled = tuple(one.lower() for one in exempt)
    for chosen in all_rosters(pool):
        assert all(row.off(chosen) == 0 for row in ours) == holds(pool, chosen, spelled)


@pytest.mark.parametrize("seed", range(3))
def test_the_proposal_equals_brute_force(seed: int) -> None:
    rules = rules_of("org1", "org2")
    proposal = propose(tiny_pool(6, seed, rules), rules)
    best, equal = best_of_all(proposal.rows)
    assert tuple(step.value for step in proposal.steps) == best and proposal.chosen in equal


def test_of_two_fields_crossed_one_value_is_left_out() -> None:
    parts = {"field": ["kind", "gender"], "body": "members"}
    rules = rules_of("resident × woman", **parts)
    pool = tiny_pool(9, 2, rules)
    told = {row.value for row in build_rows(pool, rules).of_requirement("organisation")}
    everything = {row.value for row in build_rows(pool, rules_of(**parts)).of_requirement("organisation")}
    assert told == everything - {"resident × woman"} and everything != told


def test_a_goal_on_each_value_has_exceptions_too() -> None:
    goal = {"id": "homes", "field": "asumismuoto", "priority": 1, "each": {"cover": True}}
    pool = tiny_pool(8, 1, tiny_rules())
    with_both = {row.value for row in build_rows(pool, tiny_rules(goals=[goal])).goals}
    one = {row.value for row in build_rows(pool, tiny_rules(goals=[{**goal, "except": ["oma"]}])).goals}
    assert (with_both, one) == ({"oma", "vuokra"}, {"vuokra"})


def test_an_exception_that_nobody_is_of_is_told_and_does_not_make_the_rule_doubtful() -> None:
    rules = rules_of("Nuorisovaltuusto")
    pool = tiny_pool(7, 0, rules)
    told = next(iter(not_applied(pool, rules)))
    assert (told.id, told.reason, told.values) == (
        "organisation",
        "no_such_value",
        ("Nuorisovaltuusto",),
    )
    assert of_nobody(pool, rules) == ()
    assert of_nobody(pool, rules_of("org1", expected=["nobodys"])) == ("organisation",)


def test_exceptions_are_said_in_three_languages() -> None:
    for language in LANGUAGES:
        with in_language(language):
            words = [one.words for one in rules_in_words(rules_of("Nuorisovaltuusto"))]
            assert sum("Nuorisovaltuusto" in one for one in words) == 1


@pytest.mark.parametrize(
    "rule",
    [
        '[[requirements]]\nid = "x"\nfield = "gender"\nvalues = ["woman"]\nexcept = ["man"]\nat_least = 1\n',
        '[[goals]]\nid = "x"\nfield = "gender"\npriority = 1\nranges = { woman = { at_least = 1 } }\nexcept = ["man"]\n',
    ],
)
def test_an_exception_without_each_is_refused(rule: str) -> None:
    with pytest.raises(RulesFileError) as caught:
        parse_rules(HEAD + rule, "x.toml")
    assert [one.code for one in caught.value.problems] == ["rules_except_without_each"]


def test_a_misspelt_value_of_the_products_own_is_refused() -> None:
    with pytest.raises(RulesFileError) as caught:
        parse_rules(
            HEAD + '[[requirements]]\nid = "x"\nfield = "kind"\neach = true\nexcept = ["youth"]\nat_most = 1\n', "x"
        )
    assert [one.code for one in caught.value.problems] == ["rules_unknown_value"]


def test_the_digest_of_rules_without_the_new_keys_is_what_it_was() -> None:
    """Workbooks and proofs made before them carry it."""
    assert {name: rules_hash(preset(name)) for name in HASHES} == HASHES


#: Counted before ``if_then``, ``reserves.hold``, ``maximum_age``, ``except`` and the parts over persons were there.
HASHES = {
    "lahti-2021": "a8ffb26aae61f269333f94692736a7b3328d9c42e38adcf7d6182e2050211aba",
    "lahti-2023": "144d861fff4e21fb5bd36ca5f83d9625291770bd13b8b682edf946096ed8479f",
    "lahti-2025": "d438db9f0c8d9b82b5ee10e85c2fdaf0c842729a9b230079ebd99245216f370f",
}
