"""Persons told apart by a number in any place of their headers, and branches of a form that ask for names of their own."""

from __future__ import annotations

from typing import Any

import pytest

from selection.errors import FileError
from selection.intake import Mapping
from selection.intake.applications_json import people_json
from selection.intake.assembly import intake_of
from tests.intake.builders import book, rules, sheet


def told(*rows: list[Any], fields: tuple[str, ...] = ("birth_year",), persons: int | None = None) -> list[Any]:
    intake = intake_of([book(sheet([list(row) for row in rows]))], rules(), mapping=Mapping(persons=persons))
    assert not intake.set_aside
    return [
        (one["row"], one["part"], one["name"], *(one["fields"][field] for field in fields))
        for one in people_json(intake)
    ]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("Nominee {} name", "Nominee {} year of birth"),
        ("Hakija {}: nimi", "Hakija {}: syntymävuosi"),
        ("{}. ehdokkaan nimi", "{}. ehdokkaan syntymävuosi"),
        ("Name (applicant {})", "Year of birth (applicant {})"),
        ("Namn (person {})", "Födelseår (person {})"),
        ("Pari {} nimi", "Pari {} syntymävuosi"),
        ("Nimi {}", "Syntymävuosi {}"),
        ("Name #{}", "Year of birth #{}"),
        ("Kandidat nr {} – namn", "Kandidat nr {} – födelseår"),
        ("Talkoolainen {}", "Talkoolainen {} syntymävuosi"),
    ],
)
@pytest.mark.parametrize("places", [("1", "2"), ("A", "B"), ("I", "II")])
def test_a_number_in_any_place_of_a_header(name: str, year: str, places: tuple[str, str]) -> None:
    head = [text.format(place) for place in places for text in (name, year)]
    rows = [["Tyyne Rask", 1961, "Veli Holm", 1972, "Keskusta"], ["Ilma Kero", 1953, None, None, "Itäinen"]]
    assert told([*head, "Kumppanuuspöytä"], *rows, fields=("birth_year", "wishes")) == [
        (2, "a", "Tyyne Rask", 1961, ["keskusta"]),
        (2, "b", "Veli Holm", 1972, ["keskusta"]),
        (3, "", "Ilma Kero", 1953, ["itäinen"]),
    ]
    assert [one[2] for one in told([*head, "Kumppanuuspöytä"], *rows, persons=1)] == ["Tyyne Rask", "Ilma Kero"]


def test_what_stands_beside_each_name_is_each_persons_own() -> None:
    head = ["Hakija 1: nimi", "Hakija 1: pöytä", "Hakija 2: nimi", "Hakija 2: pöytä", "Yhdistys"]
    row = ["Tyyne Rask", "Keskusta", "Veli Holm", "Itäinen", "Kissat ry"]
    assert told(head, row, fields=("wishes", "organisation")) == [
        (2, "a", "Tyyne Rask", ["keskusta"], "Kissat ry"),
        (2, "b", "Veli Holm", ["itäinen"], "Kissat ry"),
    ]


def test_two_given_names_and_two_wishes_are_one_persons() -> None:
    head = ["Etunimi 1", "Etunimi 2", "Sukunimi", "Pöytä 1", "Pöytä 2"]
    assert told(head, ["Tyyne", "Inkeri", "Rask", "Keskusta", "Itäinen"], fields=("wishes",))[0][1:] == (
        "",
        "Tyyne Rask",
        ["keskusta", "itäinen"],
    )


@pytest.mark.parametrize("other", ["Kanssahakijan nimi", "Medsökandes namn", "Co-applicant's name", "Toisen nimi"])
def test_another_persons_name_stops_until_somebody_says_how_many(other: str) -> None:
    year = other.rsplit(" ", 1)[0] + " syntymävuosi"
    head, row = ["Nimi", "Syntymävuosi", other, year, "Pöytä"], ["Tyyne Rask", 1961, "Veli Holm", 1972, "Keskusta"]
    with pytest.raises(FileError) as error:
        told(head, row)
    assert error.value.code == "several_persons" and other in str(error.value.params["found"])
    assert told(head, row, persons=2) == [(2, "a", "Tyyne Rask", 1961), (2, "b", "Veli Holm", 1972)]
    assert told(head, row, persons=1) == [(2, "", "Tyyne Rask", 1961)]


def test_kin_and_referees_are_no_applicants() -> None:
    head = ["Nimi", "Huoltajan nimi", "Yhteyshenkilön nimi", "Puolison nimi", "Pöytä"]
    row = ["Tyyne Rask", "Veli Holm", "Ilma Kero", "Aatu Lohi", "Keskusta"]
    assert told(head, row, fields=()) == [(2, "", "Tyyne Rask")]


@pytest.mark.parametrize("nobody", ["ei varaa", "-", "ei ole", "ei", "avoinna", "ingen", "none", "n/a", "?"])
def test_no_deputy_is_nobody(nobody: str) -> None:
    head = ["Nimi", "Syntymävuosi", "Pöytä", "Henkilökohtainen varajäsen", "Varajäsenen syntymävuosi"]
    rows = [["Tyyne Rask", 1961, "Keskusta", "Veli Holm", 1972], ["Ilma Kero", 1953, "Itäinen", nobody, "-"]]
    intake = intake_of([book(sheet([head, *rows]))], rules())
    assert [one.name for one in intake.applicants] == ["Tyyne Rask", "Veli Holm", "Ilma Kero"]
    assert not intake.set_aside and not intake.findings


def test_a_branch_asks_for_names_and_years_of_its_own() -> None:
    head = [
        "Haen", "Asukas: nimi", "Asukas: syntymävuosi", "Yhteisö: edustajan nimi",
        "Yhteisö: edustajan syntymävuosi", "Yhteisön nimi", "Pöytä",
    ]  # fmt: skip
    rows = [
        ["asukkaana", "Tyyne Rask", 1961, None, None, None, "Keskusta"],
        ["yhteisön edustajana", None, None, "Veli Holm", 1972, "Kissat ry", "Itäinen"],
    ]
    assert told(head, *rows, fields=("birth_year", "organisation")) == [
        (2, "", "Tyyne Rask", 1961, None),
        (3, "", "Veli Holm", 1972, "Kissat ry"),
    ]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("Edustajan nimi", "Edustajan syntymävuosi"),
        ("Representative's name", "Representative's year of birth"),
        ("Kuka ilmoittautuu?", "Syntymävuosi"),
    ],
)
def test_the_only_column_of_names_is_the_applicants(name: str, year: str) -> None:
    head = ["Yhdistys", name, year, "Pöytä"]
    assert told(head, ["Kissat ry", "Tyyne Rask", 1961, "Keskusta"]) == [(2, "", "Tyyne Rask", 1961)]
