"""Whom the optimiser may choose among: which tables, which roles, which age, and who is refused."""

from __future__ import annotations

from typing import Any

import pytest

from selection.model.ages import within_band
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from tests.strategies import tiny_rules

#: Table a's own postal code, and one of no table.
HOME, NOWHERE = {"postal_code": ("10000",)}, {"postal_code": ("15100",)}


def seats(rules: Rules, **person: Any) -> list[tuple[str, str]]:
    """Table and role of every seat that one applicant may have."""
    pool = Pool.build([Applicant("k", "N", **person)], rules)
    return [(pool.tables[one.table], one.role.value) for one in pool.candidates]


@pytest.mark.parametrize(
    ("wishes", "values", "tables"),
    [
        (("b",), HOME, ["b"]),
        (("b", "a", "b"), NOWHERE, ["a", "b"]),
        ((), HOME, ["a"]),
        ((), NOWHERE, []),
        (("gone",), HOME, []),
        (("gone", "b"), HOME, ["b"]),
    ],
)
def test_who_names_no_table_is_at_home(wishes: tuple[str, ...], values: dict[str, Any], tables: list[str]) -> None:
    """Who names one, even one that there is none of, is not put at the table of the postal code."""
    assert [table for table, role in seats(tiny_rules(), wishes=wishes, values=values) if role == "member"] == tables


def test_of_a_single_table_everybody_is() -> None:
    rules = tiny_rules(tables=[{"id": "a"}])
    assert seats(rules, values=NOWHERE) == [("a", "member"), ("a", "deputy")]


def test_only_roles_that_there_are_and_that_are_accepted() -> None:
    assert seats(tiny_rules(), wishes=("a",), roles=frozenset({Role.DEPUTY})) == [("a", "deputy")]
    assert seats(tiny_rules(deputies={"aim": 0}), wishes=("a",)) == [("a", "member")]


@pytest.mark.parametrize(
    ("wishes", "ordered", "first"),
    [(("b", "a"), True, 1), (("b", "a"), False, None), (("b",), False, 1), ((), True, None)],
)
def test_a_first_wish_is_one_only_where_the_form_asked_for_an_order(
    wishes: tuple[str, ...], ordered: bool, first: int | None
) -> None:
    pool = Pool.build([Applicant("k", "N", wishes=wishes, wishes_ordered=ordered)], tiny_rules())
    assert pool.first_table == (first,)


@pytest.mark.parametrize(
    ("person", "refused"),
    [
        ({"birth_year": 2004}, True),
        ({"birth_year": 2003}, False),
        ({"age_stated": (13, 17)}, True),
        ({"age_stated": (16, 18)}, False),
        ({"age_stated": (16, None)}, False),
        ({}, False),
    ],
)
def test_who_is_known_to_be_too_young_is_refused_where_the_rules_refuse(person: dict[str, Any], refused: bool) -> None:
    """Age is the year on which it counts less the birth year: who turns eighteen in it is eighteen."""
    ages = {"age_on": "2021-09-01", "minimum_age": 18}
    refusing = tiny_rules(eligibility={**ages, "below_minimum": "refuse"})
    assert bool(seats(refusing, wishes=("a",), **person)) is not refused
    assert seats(tiny_rules(eligibility=ages), wishes=("a",), **person)


@pytest.mark.parametrize(
    ("age", "band", "within"),
    [
        ((18, 18), "18–29", True),
        ((29, 29), "18–29", True),
        ((30, 30), "18–29", False),
        ((17, 17), "18–29", False),
        ((20, 35), "18–29", False),
        ((20, 25), "18–29", True),
        ((65, None), "65+", True),
        ((65, None), "65–74", False),
        ((60, 70), "65+", False),
    ],
)
def test_an_age_known_as_a_band_lies_in_another_only_as_a_whole(
    age: tuple[int, int | None], band: str, within: bool
) -> None:
    assert within_band(age, band) is within


def test_two_of_one_key_are_no_pool() -> None:
    with pytest.raises(ValueError, match="two applicants"):
        Pool.build([Applicant("k", "A"), Applicant("k", "B")], tiny_rules())
