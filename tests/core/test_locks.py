"""Locks that cannot be are refused with what is wrong; those of the rules file name one person each."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from selection.errors import LockError
from selection.model.locks import Locks, Seated, locks_of
from selection.model.people import Applicant, Origin, Role
from selection.model.pool import Pool
from selection.model.titles import error_told
from selection.texts import LANGUAGES, error_text, in_language
from tests.strategies import tiny_rules

AGES = {"age_on": "2021-09-01", "minimum_age": 18}

PEOPLE = (
    Applicant("k1", "Maija  Virtanen", Origin("f.xlsx", "Haku", 5), ("a",)),
    Applicant("k2", "Kalle Virtanen", Origin("f.xlsx", "Haku", 6), ("b",), roles=frozenset({Role.MEMBER})),
    Applicant("k3", "Kalle virtanen", Origin("f.xlsx", "Jälkihaku", 5), ("b",)),
)


@pytest.mark.parametrize(
    ("locks", "code"),
    [
        (Locks(seated=(Seated("nobody"),)), "lock_unknown_person"),
        (Locks(kept_out=("nobody",)), "lock_unknown_person"),
        (Locks(kept_apart=(("k1", "nobody"),)), "lock_unknown_person"),
        (Locks(seated=(Seated("k1", "a"),), kept_out=("k1",)), "lock_contradiction"),
        (Locks(seated=(Seated("k1", "b"),)), "lock_not_accepted"),
        (Locks(seated=(Seated("k2", "b", Role.DEPUTY),)), "lock_role_not_accepted"),
        (Locks(kept_from=(Seated("nobody", "a"),)), "lock_unknown_person"),
        (Locks(seated=(Seated("k1", "a"),), kept_from=(Seated("k1", "a"),)), "lock_contradiction"),
        (
            Locks(seated=(Seated("k1", "a", Role.MEMBER),), kept_from=(Seated("k1", None, Role.MEMBER),)),
            "lock_contradiction",
        ),
    ],
)
def test_a_lock_that_cannot_be_is_refused(locks: Locks, code: str) -> None:
    with pytest.raises(LockError) as caught:
        locks.checked(Pool.build(PEOPLE, tiny_rules()))
    assert caught.value.code == code


def of_file(*locks: dict[str, Any], apart: list[dict[str, Any]] | None = None) -> Locks:
    return locks_of(tiny_rules(locks=list(locks), apart=apart or []), PEOPLE)


def test_a_person_is_named_by_name_key_or_row() -> None:
    found = of_file(
        {"person": "maija virtanen", "table": "a", "role": "member"},
        {"person": "k2", "keep_out": True},
        {"row": 5, "sheet": "Jälkihaku"},
        apart=[{"persons": ["k3", "MAIJA VIRTANEN"]}],
    )
    assert found == Locks((Seated("k1", "a", Role.MEMBER), Seated("k3")), ("k2",), (("k1", "k3"),))


def test_a_lock_out_with_a_table_or_a_role_keeps_from_that_alone() -> None:
    found = of_file(
        {"person": "k1", "table": "a", "keep_out": True},
        {"person": "k1", "table": "b"},
        {"person": "k2", "role": "deputy", "keep_out": True},
        {"person": "k3", "keep_out": True},
    )
    assert found == Locks((Seated("k1", "b"),), ("k3",), (), (Seated("k1", "a"), Seated("k2", None, Role.DEPUTY)))
    held = Locks(seated=(Seated("k1"),), kept_from=(Seated("k1", "b"),))
    assert held.checked(Pool.build(PEOPLE, tiny_rules())) == held


@pytest.mark.parametrize(
    ("parts", "person", "seat", "code"),
    [
        ({"eligibility": {**AGES, "below_minimum": "refuse"}}, {"birth_year": 2010}, ("a", None), "lock_under_age"),
        ({"eligibility": {**AGES, "below_minimum": "flag"}}, {"birth_year": 2010}, ("b", None), "lock_not_accepted"),
        ({"deputies": {"aim": 0}}, {}, ("a", Role.DEPUTY), "lock_no_deputies"),
        ({}, {"roles": frozenset({Role.MEMBER})}, ("a", Role.DEPUTY), "lock_role_not_accepted"),
        ({}, {}, ("a", Role.RESERVE), "lock_of_reserve"),
        ({}, {"wishes": ("muu",)}, ("a", None), "lock_no_seat_accepted"),
        ({}, {"wishes": ("muu",), "others": ()}, ("a", None), "lock_no_wish_read"),
        ({}, {}, ("b", None), "lock_not_accepted"),
    ],
)
def test_a_refused_lock_tells_its_true_reason(
    parts: dict[str, Any], person: dict[str, Any], seat: tuple[str, Role | None], code: str
) -> None:
    rules = tiny_rules(**parts)
    others = person.get("others", PEOPLE)
    known = {name: value for name, value in person.items() if name != "others"}
    one = Applicant("k", "Maija Virtanen", **{"wishes": ("a",), **known})
    with pytest.raises(LockError) as caught:
        Locks(seated=(Seated("k", *seat),)).checked(Pool.build([one, *others], rules), rules)
    assert caught.value.code == code
    for language in LANGUAGES:
        with in_language(language):
            said = error_told(caught.value, rules, {"k": "Maija"})
            assert "Maija" in said and "–" not in said and ", any)" not in said


def test_who_is_not_there_is_called_as_the_rules_do_on_the_screen_alone() -> None:
    for apart, code in (
        (None, "lock_name_not_in_file"),
        ([{"persons": ["Ei Kukaan", "k1"]}], "apart_name_not_in_file"),
    ):
        with pytest.raises(LockError) as caught:
            of_file(*([] if apart else [{"person": "Ei Kukaan"}]), apart=apart)
        assert caught.value.code == code
        assert '"Ei Kukaan"' in error_text(caught.value)
        assert "Kukaan" not in str(caught.value) and "Kukaan" not in repr(caught.value)
        assert error_text(pickle.loads(pickle.dumps(caught.value))) == error_text(caught.value)


@pytest.mark.parametrize(
    ("lock", "code"),
    [
        ({"person": "Kalle Virtanen"}, "lock_ambiguous"),
        ({"row": 5}, "lock_ambiguous"),
        ({"person": "Ei Kukaan"}, "lock_name_not_in_file"),
        ({"row": 6, "sheet": "Jälkihaku"}, "lock_not_in_file"),
    ],
)
def test_who_is_meant_must_be_clear(lock: dict[str, Any], code: str) -> None:
    """The lock is named by its number in the file."""
    with pytest.raises(LockError) as caught:
        of_file({"person": "k1", "keep_out": True}, lock)
    assert (caught.value.code, caught.value.params["number"]) == (code, 2)
