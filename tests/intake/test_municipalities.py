"""Municipalities named in a text, in every case form; only patterns of names that the text may hold are made."""

import pytest

from selection.intake.values import municipalities
from selection.intake.values.municipalities import municipalities_in
from selection.intake.wording import fold, lexicon


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Lahden kaupunki", ("Lahti",)),
        ("asun Helsingissä, ennen Hollolassa", ("Helsinki", "Hollola")),
        ("Hollolassa, ennen Helsingissä", ("Helsinki", "Hollola")),
        ("i Lahtis", ("Lahti",)),
        ("Gedan kunta", ("Geta",)),
        ("Iissä", ("Ii",)),
        ("Helsinkiläisten kerho", ()),
        ("lahtinen", ()),
        ("", ()),
    ],
)
def test_names_in_case_forms(text: str, named: tuple[str, ...]) -> None:
    assert set(municipalities_in(text)) == set(named)


def test_the_order_is_that_of_the_list() -> None:
    assert municipalities_in("Hollola ja Helsinki") == municipalities_in("Helsinki ja Hollola")


def test_every_name_is_found_as_written() -> None:
    for names in lexicon("municipalities"):
        for name in names:
            assert names[0] in municipalities_in(f"({name})"), name


def test_patterns_are_made_only_of_names_that_a_text_may_hold() -> None:
    municipalities._pattern.cache_clear()
    municipalities_in(fold("Lahden tyttökoulun vanhempainyhdistys 1987"))
    assert municipalities._pattern.cache_info().currsize < 20
