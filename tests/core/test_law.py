"""The Equality Act's share: measured from the seats for each body, whatever the round's rules say."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from selection.model.law import BodyShare, SpecialReasons, breaking, measure
from selection.model.people import Applicant, Role
from selection.model.roster import Seat
from selection.model.rules import Rules
from tests.strategies import tiny_rules


def rules(**parts: Any) -> Rules:
    return tiny_rules(**parts)


def body(
    genders: Sequence[str | None], role: Role = Role.MEMBER, table: str = "a"
) -> tuple[list[Seat], list[Applicant]]:
    """A body of people of these genders, ``None`` for nothing stated."""
    people = [
        Applicant(f"{table}{role.value}{number}", f"N{number}", values={} if one is None else {"gender": (one,)})
        for number, one in enumerate(genders)
    ]
    return [Seat(one.key, table, role) for one in people], people


@pytest.mark.parametrize("size", range(1, 61))
def test_the_least_is_forty_per_cent_rounded_to_the_nearest_person(size: int) -> None:
    """By brute force: the whole number of people nearest to 40 % of the size."""
    nearest = min(range(size + 1), key=lambda count: abs(Fraction(count) - Fraction(2, 5) * size))
    exact = next(count for count in range(size + 1) if Fraction(count) >= Fraction(2, 5) * size)
    for men in range(size + 1):
        near = BodyShare("a", Role.MEMBER, size, size - men, men)
        strict = BodyShare("a", Role.MEMBER, size, size - men, men, "exact")
        assert near.least == nearest and strict.least == exact
        assert near.holds == (min(men, size - men) >= nearest)
        assert strict.holds == (min(men, size - men) >= exact)
        assert near.rounded == (nearest <= min(men, size - men) < Fraction(2, 5) * size)
        assert not strict.rounded


def test_the_rule_of_the_round_says_nothing_of_the_law() -> None:
    seats, people = body(["woman"] * 9 + ["man"])
    without = rules(requirements=[])
    lowered = rules(
        requirements=[{"id": "men", "field": "gender", "values": ["man"], "at_least_share": "10 %", "rounding": "up"}]
    )
    for under in (without, lowered):
        (found,) = measure(under, seats, people)
        assert (found.women, found.men, found.size, found.holds, found.short) == (9, 1, 10, False, ("man",))


def test_who_says_nothing_or_otherwise_counts_to_neither_and_stays_in_the_size() -> None:
    seats, people = body(["woman", "woman", "man", "man", "other", "undisclosed", None])
    (found,) = measure(rules(), seats, people)
    assert (found.size, found.women, found.men, found.unstated, found.holds) == (7, 2, 2, 3, False)


def test_members_and_deputies_are_measured_apart_and_reserves_are_not() -> None:
    members, people = body(["woman"] * 5)
    deputies, others = body(["man"] * 5, Role.DEPUTY)
    reserve, third = body(["man"], Role.RESERVE)
    found = measure(rules(), [*members, *deputies, *reserve], [*people, *others, *third])
    assert [(one.role, one.women, one.men, one.holds) for one in found] == [
        (Role.MEMBER, 5, 0, False),
        (Role.DEPUTY, 0, 5, False),
    ]


def test_a_column_that_was_not_read_measures_nothing_unless_everybodys_gender_is_known() -> None:
    seats, people = body(["woman", "man", None])
    (unread,) = measure(rules(), seats, people, gender_read=False)
    assert (unread.holds, unread.women, unread.men, unread.unstated, unread.rounded) == (None, None, None, None, False)
    (known,) = measure(rules(), seats[:2], people, gender_read=False)
    assert known.holds is True
    assert breaking([unread, known]) == ()


def test_a_body_with_somebody_whose_data_are_gone_is_not_measured() -> None:
    seats, people = body(["woman", "man"])
    (found,) = measure(rules(), seats, people[:1])
    assert found.size == 2 and found.holds is None


def test_where_the_act_does_not_apply_nothing_is_measured() -> None:
    seats, people = body(["woman"] * 5)
    assert measure(rules(law={"equality_act": False}), seats, people) == ()
    assert [one.reading for one in measure(rules(law={"reading": "exact"}), seats, people)] == ["exact"]


def test_special_reasons_are_kept_as_one_text_and_read_back() -> None:
    reasons = SpecialReasons("kaikille", {("a", Role.MEMBER): "jäsenille", ("b/c", Role.DEPUTY): "varalle"})
    assert SpecialReasons.from_text(reasons.to_text()) == reasons
    assert SpecialReasons.from_text(SpecialReasons("vain teksti").to_text()) == SpecialReasons("vain teksti")
    for old in ("Hakijoita ei ollut.", "", "{1, 2}", '["a"]', "12", '{"a": "b"}', "null"):
        assert SpecialReasons.from_text(old) == SpecialReasons(old)


def test_a_body_without_a_reason_of_its_own_takes_that_for_all() -> None:
    bodies = [
        BodyShare("a", Role.MEMBER, 5, 5, 0),
        BodyShare("a", Role.DEPUTY, 5, 0, 5),
        BodyShare("b", Role.MEMBER, 5, 2, 3),
    ]
    own = SpecialReasons(by_body={("a", Role.MEMBER): "oma", ("a", Role.DEPUTY): "  "})
    assert own.wanting(bodies) == (bodies[1],)
    assert SpecialReasons("kaikille", own.by_body).of(bodies[0]) == "oma"
    assert SpecialReasons("kaikille").wanting(bodies) == ()
