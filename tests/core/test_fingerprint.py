"""The fingerprint: the same for the same rules, seed and seats, whatever people are called; other for any other."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from selection.model.fingerprint import canonical, differing, fingerprint, made_from, rules_hash
from selection.model.people import Role
from tests.outputs.made import people, proposal
from tests.strategies import tiny_rules


def test_canonical_json_has_texts_alone_in_one_spelling() -> None:
    value = {"b": [1, None, True, 0.5], "a": "A\u030a"}
    assert canonical(value) == '{"a":"Å","b":["1",null,"true","0.5"]}'.encode()


def test_nothing_but_plain_values_has_a_canonical_form() -> None:
    with pytest.raises(TypeError, match="Fraction"):
        canonical({"share": Fraction(1, 2)})


def test_names_and_the_order_of_seats_do_not_matter() -> None:
    made = proposal()
    first = fingerprint(made.rules, "1", made.seats, people())
    renamed = [replace(one, name="X") for one in people()]
    assert len(first) == 64
    assert fingerprint(made.rules, "1", made.seats[::-1], renamed) == first


def test_rules_seed_seat_and_pair_each_matter() -> None:
    made = proposal()
    first = fingerprint(made.rules, "1", made.seats, people())
    deputy = next(place for place, one in enumerate(made.seats) if one.role is Role.DEPUTY)
    unpaired = [replace(one, deputy_of=None) if place == deputy else one for place, one in enumerate(made.seats)]
    others = {
        fingerprint(made.rules.changed(members={"least": 1, "aim": 2}), "1", made.seats, people()),
        fingerprint(made.rules, "2", made.seats, people()),
        fingerprint(made.rules, "1", made.seats[1:], people()),
        fingerprint(made.rules, "1", unpaired, people()),
    }
    assert len(others) == 4 and first not in others


def test_the_name_of_rules_and_keys_at_their_default_do_not_matter() -> None:
    assert rules_hash(tiny_rules(name="other", reserves={})) == rules_hash(tiny_rules())


def test_locks_of_the_rules_file_are_told_apart_from_its_rules() -> None:
    now = made_from(tiny_rules(), "people")
    assert differing(made_from(tiny_rules(locks=[{"person": "A"}]), "people"), now) == ("locks",)
    assert differing(made_from(tiny_rules(deputies={"aim": 2}), "others"), now) == ("rules", "people")
    assert differing({}, now) == ()
