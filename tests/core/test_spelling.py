"""Equal spellings are one value; what may be two values stays two."""

from __future__ import annotations

import unicodedata

import pytest

from selection.model.spelling import Spellings, folded, spelled


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "1.0"),
        ("1", "1,00"),
        ("2.5", "2,50"),
        ("-3", "-3.0"),
        ("Itäinen", unicodedata.normalize("NFD", "Itäinen")),
        ("itäinen", unicodedata.normalize("NFD", "ITÄINEN")),
        ("Nainen", "nAINEN"),
        ("18–29", "18-29"),
        ("Asuu  yksin ", "asuu yksin"),
        ("Asuu yksin", "Asuu\u00a0yksin"),
        ("\ufeffnainen", "nainen"),
        ("Straße", "STRASSE"),
        ("İzmir", unicodedata.normalize("NFD", "İzmir")),
    ],
)
def test_equal_spellings_are_one_value(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert Spellings([one]).find(other) == one
    assert Spellings([other]).find(one) == other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "10"),
        ("00100", "100"),
        ("1.0", "1.01"),
        ("a", "ä"),
        ("15.10.", "15.1."),
        ("m2", "m²"),
        ("18–29", "1829"),
        ("", "0"),
    ],
)
def test_different_values_stay_two(one: str, other: str) -> None:
    assert folded(one) != folded(other)
    assert Spellings([one]).find(other) is None


def test_letter_case_counts_where_two_values_differ_in_nothing_else() -> None:
    known = Spellings(["A", "a", "B"])
    assert [known.find(one) for one in ("A", "a", "b", "B")] == ["A", "a", "B", "B"]
    assert Spellings(["AB", "ab"]).find("Ab") is None
    assert spelled("A") != spelled("a")
