"""Locks that cannot be are refused with what is wrong; those of the rules file name one person each."""

from __future__ import annotations

from typing import Any

import pytest

from selection.errors import LockError
from selection.locks import Locks, Seated, locks_of
from selection.pool import Applicant, Origin, Pool, Role
from tests.strategies import tiny_rules

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
        (Locks(seated=(Seated("k2", "b", Role.DEPUTY),)), "lock_not_accepted"),
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
    """The lock is named by its number in the file: no name stands in an error."""
    with pytest.raises(LockError) as caught:
        of_file({"person": "k1", "keep_out": True}, lock)
    assert (caught.value.code, caught.value.params["number"]) == (code, 2)
