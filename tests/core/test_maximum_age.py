"""The maximum age: whoever is known to be older gets no seat; who is of unknown age, and what was not read, is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from selection.checking import check_in
from selection.constraints import build_rows
from selection.errors import LockError, UnreadRequirementError
from selection.explain.not_applied import not_applied_lines
from selection.explain.uncounted import uncounted, uncounted_lines
from selection.model.locks import Locks, Seated
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rules import Rules
from selection.model.rules_file import RulesFileError, parse_rules
from selection.outputs.rule_words import rules_in_words
from selection.proposal import propose
from selection.texts import LANGUAGES, error_text, in_language
from tests.core.rules_text import HEAD
from tests.strategies import random_applicants, tiny_rules

AGES = {"age_on": "2021-09-01", "maximum_age": 40}


def rules_of(**ages: Any) -> Rules:
    return tiny_rules(eligibility={**AGES, **ages})


@pytest.mark.parametrize(
    ("person", "refused", "unknown"),
    [
        ({"birth_year": 1981}, False, False),
        ({"birth_year": 1980}, True, False),
        ({"birth_year": 1970, "age_stated": (30, 39)}, True, False),
        ({"age_stated": (41, 50)}, True, False),
        ({"age_stated": (65, None)}, True, False),
        ({"age_stated": (30, 40)}, False, False),
        ({"age_stated": (36, 45)}, False, True),
        ({"age_stated": (30, None)}, False, True),
        ({}, False, True),
    ],
)
def test_who_is_known_to_be_older_has_no_seat(person: dict[str, Any], refused: bool, unknown: bool) -> None:
    rules = rules_of()
    one = Applicant("k", "Maija", wishes=("a",), **person)
    pool = Pool.build([one], rules)
    assert (not pool.candidates) is refused
    assert Pool.build([one], tiny_rules()).candidates
    seats = [] if refused else [Seat("k", "a", Role.MEMBER)]
    assert [(found.id, found.seat.person) for found in uncounted(pool, rules, seats) if found.id == "maximum_age"] == (
        [("maximum_age", "k")] if unknown else []
    )
    if unknown:
        assert any(in_words(pool, rules, seats))


def in_words(pool: Pool, rules: Rules, seats: list[Seat]) -> list[bool]:
    found = []
    for language, name in (("fi", "yläikäraja"), ("sv", "övre åldersgräns"), ("en", "maximum age")):
        with in_language(language):
            found.append(any(name in line for line in uncounted_lines(pool, rules, seats)))
    assert all(found)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_nobody_over_it_is_in_a_proposal(seed: int) -> None:
    people = random_applicants(14, seed)
    rules = rules_of(maximum_age=50)
    seats = propose(Pool.build(people, rules), rules).seats
    ages = {one.key: 2021 - (one.birth_year or 0) for one in people}
    assert seats and max(ages[seat.person] for seat in seats) <= 50
    without = propose(Pool.build(people, tiny_rules()), tiny_rules()).seats
    assert max(ages[seat.person] for seat in without) > 50
    # Made by hand, such a seat is told.
    older = next(one for one in people if ages[one.key] > 50)
    pool = Pool.build(people, rules)
    found = check_in(pool, [*seats[:0], Seat(older.key, older.wishes[0], Role.MEMBER)], rules)
    assert [one.id for one in found.requirements if not one.holds] == ["accepted"]


def test_a_lock_of_such_a_seat_is_refused_with_the_reason() -> None:
    pool = Pool.build([Applicant("k", "Maija", wishes=("a",), birth_year=1950)], rules_of())
    with pytest.raises(LockError) as caught:
        Locks((Seated("k", "a"),)).checked(pool, rules_of())
    assert caught.value.code == "lock_over_age"
    for language in LANGUAGES:
        with in_language(language):
            assert "40" in error_text(caught.value)


def test_without_ages_the_round_stops_until_it_is_waived() -> None:
    rules = rules_of()
    people = [replace(one, birth_year=None) for one in random_applicants(8, 1)]
    asked = frozenset({"gender", "kind", "official", "organisation", "asumismuoto"})
    with pytest.raises(UnreadRequirementError) as caught:
        build_rows(Pool.build(people, rules, asked), rules)
    assert [(one.id, one.field) for one in caught.value.unread] == [("maximum_age", "age")]
    pool = Pool.build(people, rules, asked, waived=["maximum_age"])
    assert propose(pool, rules).seats
    for language, name in (("fi", "yläikäraja"), ("sv", "övre åldersgräns"), ("en", "maximum age")):
        with in_language(language):
            assert any(name in line.casefold() for line in not_applied_lines(pool, rules))


def test_it_is_said_among_the_rules() -> None:
    for language in LANGUAGES:
        with in_language(language):
            assert any("40" in one.words for one in rules_in_words(rules_of()))
            assert not any("40" in one.words for one in rules_in_words(tiny_rules()))


def test_it_is_no_less_than_the_minimum() -> None:
    with pytest.raises(RulesFileError) as caught:
        parse_rules(HEAD + "minimum_age = 20\nmaximum_age = 19\n", "x.toml")
    assert [one.code for one in caught.value.problems] == ["rules_least_over_most"]
