"""What is true of a roster: never the best once anything of it, or of what it was made from, is other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selection.model.roster import Seat
from selection.model.state import State, sentence, state_of, state_of_proposal
from selection.texts import in_language, text
from tests.outputs.made import proposal

PROVEN = text("state.best")


def test_a_proposal_just_computed_is_the_best_and_says_so() -> None:
    state = state_of_proposal(proposal())
    assert state.to_json() == {"made_by": "program", "changed": 0, "older_than": [], "cut": False, "failing": []}
    assert state.best
    assert sentence(state, proposal().rules).startswith(f"{text('state.program')} {PROVEN} {text('state.all_hold')}")


@pytest.mark.parametrize("what", ["rules", "locks", "people"])
def test_what_is_older_than_its_rules_locks_or_people_is_not_the_best(what: str) -> None:
    made = proposal()
    state = state_of(made.seats, made.requirements(), made.seats, proven=True, older_than=[what])
    said = sentence(state, made.rules)
    assert state.to_json()["older_than"] == [what] and state.made_by == "program"
    assert PROVEN not in said and text(f"state.older.{what}") in said


def test_a_roster_changed_by_hand_is_peoples_and_says_by_how_many() -> None:
    made = proposal()
    gone = made.seats[0]
    seats = tuple(replace(one, deputy_of=None) if one.deputy_of == gone.person else one for one in made.seats[1:])
    state = state_of(seats, made.requirements(), made.seats, proven=True)
    assert state.made_by == "people" and state.changed == 1 + sum(one.deputy_of == gone.person for one in made.seats)
    assert PROVEN not in sentence(state, made.rules)


def test_a_requirement_that_fails_is_named_with_its_body() -> None:
    made = proposal()
    one = next(one for one in made.requirements() if one.id == "officials")
    broken = replace(one, count=3, at_most=1)
    state = state_of(made.seats, [broken], made.seats, proven=True)
    assert state.to_json()["failing"] == ["officials"] and not state.best
    said = sentence(state, made.rules)
    assert "luottamushenkilöt (A, " in said and text("state.all_hold") not in said and PROVEN not in said


def test_a_roster_that_was_cut_says_that_it_cannot_be_repeated() -> None:
    state = state_of_proposal(replace(proposal(), proven=False))
    said = sentence(state, proposal().rules)
    assert state.cut and text("state.cut") in said and PROVEN not in said


def test_a_roster_nobody_computed_is_not_cut_and_not_the_best() -> None:
    made = proposal()
    state = state_of(made.seats, made.requirements(), None, proven=False)
    assert (state.made_by, state.cut, state.best) == ("people", False, False)
    assert sentence(state, made.rules).startswith(text("state.by_hand"))


def test_what_was_waived_or_not_applied_is_named() -> None:
    made = proposal()
    state = state_of(made.seats, [], made.seats, proven=True, waived=["officials"], not_applied=["own"])
    said = sentence(state, made.rules)
    assert text("state.waived", what="luottamushenkilöt") in said and text("state.not_applied", what="own") in said


def test_no_verdict_is_made_of_nobody() -> None:
    made = proposal()
    standings = [replace(one, count=99, at_most=1) for one in made.requirements()]
    state = state_of((Seat("gone", "a", made.seats[0].role),), standings, made.seats, proven=True, erased="all")
    assert state.failing == () and not state.best
    assert sentence(state, made.rules) == text("state.erased.all")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_language_tells_one_and_several(language: str) -> None:
    with in_language(language):
        one, two = (sentence(State(True, n), proposal().rules) for n in (1, 2))
    assert "1" in one and "2" in two and "{" not in one + two
