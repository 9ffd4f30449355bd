"""Which seats are open to question, and why."""

from __future__ import annotations

import dataclasses

import pytest

from selection import actions as do
from selection.model.people import Role
from selection.model.roster import Roster, Seat
from selection.model.rules_file import parse_rules
from selection.records.application_rows import ApplicationRow, ContactRow
from selection.records.readiness import Settled, causes_of, counted, open_seats
from selection.records.store import Store
from tests.records.made import TABLE, imported, rules

RULES = parse_rules(rules(), "lahti-2021")  # 18 years by the year 2021


@pytest.fixture
def person(store: Store) -> ApplicationRow:
    made = imported(store, people=4)
    row = do.applications(store, made.user, made.round_id)[0]
    return dataclasses.replace(row, contact=ContactRow("agreed", "", "2021-05-01T00:00:00Z"))


def born(person: ApplicationRow, **changed: object) -> ApplicationRow:
    return dataclasses.replace(person, current={**person.current, **changed})


def test_who_has_agreed_and_is_of_age_is_no_question(person: ApplicationRow) -> None:
    assert causes_of(person, RULES) == ()


@pytest.mark.parametrize(
    ("answer", "cause"),
    [(None, "not_asked"), ("asked", "not_agreed"), ("declined", "declined"), ("withdrawn", "withdrawn")],
)
def test_every_answer_but_yes_is_a_question(person: ApplicationRow, answer: str | None, cause: str) -> None:
    contact = None if answer is None else ContactRow(answer, "", "")
    assert causes_of(dataclasses.replace(person, contact=contact), RULES) == (cause,)


@pytest.mark.parametrize(
    ("age", "causes"),
    [
        ({"birth_year": 2003}, ()),
        ({"birth_year": 2004}, ("under_age",)),
        ({"birth_year": None}, ("age_unknown",)),
        ({"birth_year": None, "age_stated": [18, 29]}, ()),
        ({"birth_year": None, "age_stated": [15, 17]}, ("under_age",)),
        ({"birth_year": None, "age_stated": [15, 29]}, ("age_unknown",)),
        ({"birth_year": None, "age_stated": [65, None]}, ()),
    ],
)
def test_age_is_held_against_the_limit(person: ApplicationRow, age: dict[str, object], causes: tuple[str, ...]) -> None:
    assert causes_of(born(person, **age), RULES) == causes


@pytest.mark.parametrize(
    ("age", "causes"),
    [
        ({"birth_year": 1981}, ()),
        ({"birth_year": 1980}, ("over_age",)),
        ({"birth_year": None}, ("age_unknown",)),
        ({"birth_year": None, "age_stated": [36, 45]}, ("age_unknown",)),
        ({"birth_year": None, "age_stated": [65, None]}, ("over_age",)),
    ],
)
def test_age_is_held_against_the_highest_too(
    person: ApplicationRow, age: dict[str, object], causes: tuple[str, ...]
) -> None:
    eligibility = {**RULES.eligibility.model_dump(), "maximum_age": 40}
    assert causes_of(born(person, **age), RULES.changed(eligibility=eligibility)) == causes


def test_late_and_non_disclosure_are_questions_of_their_own(person: ApplicationRow) -> None:
    marked = dataclasses.replace(person, non_disclosure=True, contact=None)
    assert causes_of(marked, RULES, late={person.id}) == ("not_asked", "late", "non_disclosure")


def test_reserves_hold_no_seat_and_every_cause_is_counted(person: ApplicationRow) -> None:
    other = dataclasses.replace(person, id=person.id + 1, person_key="other", contact=None, non_disclosure=True)
    third = dataclasses.replace(other, person_key="third")
    people = {one.person_key: one for one in (person, other, third)}
    roster = Roster(
        (
            Seat(person.person_key, TABLE, Role.MEMBER),
            Seat("other", TABLE, Role.DEPUTY, person.person_key),
            Seat("third", TABLE, Role.RESERVE),
        )
    )
    found = open_seats(roster, people, RULES)
    assert [one.person for one in found] == ["other"]
    assert counted(found) == {"not_asked": 1, "non_disclosure": 1}
    kept = Settled(len(found), counted(found), "kysytään")
    assert Settled.from_facts({"readiness": kept.to_json()}) == kept
    assert Settled.from_facts({}) is None


def test_who_sees_no_details_sees_no_place_of_the_protected(person: ApplicationRow) -> None:
    bare = dataclasses.replace(person, non_disclosure=True).without_details()
    assert (bare.non_disclosure, bare.hides_place, bare.withheld) == (False, True, True)
    assert not person.without_details().hides_place
