"""Several names in one cell: each is an applicant of the row; a second last name, a nickname or a name of birth is not."""

from __future__ import annotations

from typing import Any

import pytest

from selection.intake import Correction, Mapping
from selection.intake.applications_json import people_json
from selection.intake.assembly import intake_of
from selection.intake.values.several_names import people_named
from tests.intake.builders import book, codes, rules, sheet

HEAD = ["Nimi", "Syntymävuosi", "Sukupuoli", "Pöytä"]
ALONE = ["Sanna Salo", 1988, "nainen", "Itäinen"]


def told(*rows: list[object], fields: tuple[str, ...] = (), persons: int | None = None) -> list[Any]:
    intake = intake_of([book(sheet([list(row) for row in rows]))], rules(), mapping=Mapping(persons=persons))
    return [
        (one["row"], one["part"], one["name"], *(one["fields"][field] for field in fields))
        for one in people_json(intake)
    ]


@pytest.mark.parametrize(
    ("cell", "names", "deputies"),
    [
        ("Tyyne Rask / Veli Holm", ["Tyyne Rask", "Veli Holm"], []),
        ("Tyyne Rask/Veli Holm", ["Tyyne Rask", "Veli Holm"], []),
        ("Tyyne Rask & Veli Holm", ["Tyyne Rask", "Veli Holm"], []),
        ("Tyyne Rask + Veli Holm", ["Tyyne Rask", "Veli Holm"], []),
        ("Tyyne Rask ja Veli Holm", ["Tyyne Rask", "Veli Holm"], []),
        ("Tyyne Rask, Veli Holm", ["Tyyne Rask", "Veli Holm"], []),
        ("Tyyne Rask, Veli Holm sekä Ilma Kero", ["Tyyne Rask", "Veli Holm", "Ilma Kero"], []),
        ("Tyyne Rask\nVeli Holm", ["Tyyne Rask", "Veli Holm"], []),
        ("Tyyne Rask; Veli Holm", ["Tyyne Rask", "Veli Holm"], []),
        ("Tyyne Rask – Veli Holm", ["Tyyne Rask", "Veli Holm"], []),
        ("Tyyne ja Veli Rask", ["Tyyne Rask", "Veli Rask"], []),
        ("Rask, Tyyne / Holm, Veli", ["Rask, Tyyne", "Holm, Veli"], []),
        ("Ebba von Kern och Sten af Ru", ["Ebba von Kern", "Sten af Ru"], []),
        ("Tyyne Rask (vara: Veli Holm)", ["Tyyne Rask", "Veli Holm"], ["Veli Holm"]),
        ("Tyyne Rask (varajäsen Veli Holm)", ["Tyyne Rask", "Veli Holm"], ["Veli Holm"]),
        ("Tyyne Rask, varalla Veli Holm", ["Tyyne Rask", "Veli Holm"], ["Veli Holm"]),
        ("Tyyne Rask varalla Veli Holm", ["Tyyne Rask", "Veli Holm"], ["Veli Holm"]),
        ("Jäsen: Tyyne Rask, vara: Veli Holm", ["Tyyne Rask", "Veli Holm"], ["Veli Holm"]),
        ("Tyyne Rask (jäsen), Veli Holm (vara)", ["Tyyne Rask", "Veli Holm"], ["Veli Holm"]),
        ("Ebba Kern (ersättare Sten Ru)", ["Ebba Kern", "Sten Ru"], ["Sten Ru"]),
        ("Ruth Stone (alternate – Max Pole)", ["Ruth Stone", "Max Pole"], ["Max Pole"]),
        ("Ruth Stone with deputy Max Pole", ["Ruth Stone", "Max Pole"], ["Max Pole"]),
    ],
)
def test_two_people_of_one_cell(cell: str, names: list[str], deputies: list[str]) -> None:
    read = told(HEAD, [cell, None, None, "Keskusta"], ALONE, fields=("roles", "wishes"))
    assert [one[2] for one in read[:-1]] == names
    assert [one[1] for one in read] == [*"abc"[: len(names)], ""]
    assert [one[2] for one in read if one[3] == ["deputy"]] == deputies
    assert all(one[4] == ["keskusta"] for one in read[:-1])


@pytest.mark.parametrize(
    "cell",
    [
        "Tyyne Rask-Holm",
        "Tyyne von Kern",
        "Tyyne Rask (os. Holm)",
        "Tyyne Rask, os. Holm",
        "Tyyne Rask / ent. Holm",
        "Tyyne Rask e. Holm",
        "Tyyne Rask, ent. Kaisa Holm",
        "Ebba Kern, född Ru",
        "Ruth Stone née Pole",
        "Tyyne Rask (Tyty)",
        'Tyyne "Tyty" Rask',
        "Tyyne Rask (vara)",
        "Tyyne Rask (perunut)",
        "Rask, Tyyne",
        "Rask, Tyyne Inkeri",
        "von Kern, Ebba Maria",
        "Tyyne Rask, FM",
        "Launeen ja Hennalan kyläyhdistys ry",
        "Kaisa Vara",
    ],
)
def test_one_person_of_one_cell(cell: str) -> None:
    assert people_named(cell) == ()
    assert [one[1] for one in told(HEAD, [cell, None, None, "Keskusta"], ALONE)] in ([""], ["", ""])


def test_a_comma_in_a_column_of_last_and_first_names_parts_nobody() -> None:
    read = told(HEAD, ["Rask, Tyyne", None, None, "Keskusta"], ["Holm Kero, Ilma Aino", None, None, "Itäinen"])
    assert [one[1] for one in read] == ["", ""]


def test_each_has_the_answers_of_their_own() -> None:
    row = ["Tyyne Rask / Veli Holm", "1961 / 1972", "N / M", "Keskusta"]
    assert told(HEAD, row, ALONE, fields=("birth_year", "gender"))[:2] == [
        (2, "a", "Tyyne Rask", 1961, "woman"),
        (2, "b", "Veli Holm", 1972, "man"),
    ]
    named = [["Nimi ja synt.vuosi", "Rooli", "Pöytä"], ["Tyyne Rask s. 1961, Veli Holm s. 1972", "", "Keskusta"]]
    assert told(*named, fields=("birth_year",)) == [(2, "a", "Tyyne Rask", 1961), (2, "b", "Veli Holm", 1972)]


def test_an_answer_that_may_be_anybodys_is_read_for_nobody_and_asked() -> None:
    intake = intake_of([book(sheet([HEAD, ["Tyyne Rask & Veli Holm", 1961, "nainen", "Keskusta"], ALONE]))], rules())
    first, second, _ = intake.applicants
    assert (first.birth_year, second.birth_year) == (None, None)
    assert "gender" not in first.values and "gender" not in second.values
    assert codes(intake.of_person(second.key)).count("answer_of_several") == 2
    assert codes(intake.of_person(first.key))[0] == "persons_in_cell"


def test_a_deputys_answers_are_not_the_applicants() -> None:
    read = told(
        HEAD, ["Tyyne Rask (vara: Veli Holm)", 1961, "nainen", "Keskusta"], ALONE, fields=("birth_year", "gender")
    )
    assert read[:2] == [(2, "a", "Tyyne Rask", 1961, "woman"), (2, "b", "Veli Holm", None, None)]


@pytest.mark.parametrize(
    ("header", "seats"),
    [
        ("Nimi ja varajäsenen nimi", [["member", "deputy"], ["deputy"]]),
        ("Jäsen / varajäsen", [["member"], ["deputy"]]),
        ("Ordinarie ledamot och personlig ersättare", [["member"], ["deputy"]]),
        ("Name and name of deputy", [["member", "deputy"], ["deputy"]]),
    ],
)
def test_a_header_of_two_names(header: str, seats: list[list[str]]) -> None:
    read = told([header, "Pöytä"], ["Tyyne Rask / Veli Holm", "Keskusta"], ["Sanna Salo", "Itäinen"], fields=("roles",))
    assert [one[3] for one in read[:2]] == seats and read[2][1] == ""


def test_given_names_of_two_beside_their_last_name() -> None:
    read = told(["Etunimi", "Sukunimi", "Pöytä"], ["Tyyne ja Veli", "Rask", "Keskusta"], ["Sanna", "Salo", "Itäinen"])
    assert [one[2] for one in read] == ["Tyyne Rask", "Veli Rask", "Sanna Salo"]


def test_a_person_can_say_that_a_row_holds_one() -> None:
    intake = intake_of(
        [book(sheet([HEAD, ["Tyyne Rask / Veli Holm", 1961, "nainen", "Keskusta"]]))],
        rules(),
        mapping=Mapping(persons=1),
    )
    assert len(intake.applicants) == 1 and codes(intake.findings) == ["name_several"]


def test_a_correction_keeps_the_letter_and_the_other_person() -> None:
    rows = [HEAD, ["Tyyne Rask & Veli Holm", 1961, "nainen", "Keskusta"]]
    first = intake_of([book(sheet(rows))], rules())
    second = first.applicants[1]
    corrected = Correction(person=second.key, action="value", field="birth_year", value="1972")
    again = intake_of([book(sheet(rows))], rules(), corrections=[corrected])
    assert [(one.name, one.origin.part if one.origin else "", one.birth_year) for one in again.applicants] == [
        ("Tyyne Rask", "a", None),
        ("Veli Holm", "b", 1972),
    ]
    assert again.applications[1].applied_with == ("a",)
