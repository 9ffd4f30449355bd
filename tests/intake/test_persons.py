"""Several persons in one row: whose column is whose, and where that cannot be told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from selection.errors import FileError
from selection.intake import Mapping, mapping_of
from selection.intake.applications_json import people_json
from selection.intake.assembly import intake_of
from selection.model.applicant_json import applicant_from_json, applicant_to_json
from selection.model.people import Applicant, Origin
from selection.model.rules_file import preset
from tests.command import run
from tests.intake.builders import book, sheet

RULES = preset("lahti-2021")


def people(*rows: list[object], persons: int | None = None) -> list[tuple[int, str, str, dict[str, object]]]:
    intake = intake_of([book(sheet(list(rows)))], RULES, mapping=Mapping(persons=persons))
    assert intake.rows == len(rows) - 1
    return [(one["row"], one["part"], one["name"], one["fields"]) for one in people_json(intake)]


def told(
    *rows: list[object], fields: tuple[str, ...] = ("birth_year", "gender", "wishes"), persons: int | None = None
) -> list[object]:
    return [
        (row, part, name, *(said[one] for one in fields)) for row, part, name, said in people(*rows, persons=persons)
    ]


def test_the_same_headers_beside_each_other() -> None:
    head = ["Pöytä", "Nimi", "Syntymävuosi", "Sukupuoli", "Nimi", "Syntymävuosi", "Sukupuoli"]
    row = ["Keskusta", "Aino Koskela", 1952, "nainen", "Eero Laaksonen", 1980, "mies"]
    alone = ["Itäinen", "Sirpa Mäkinen", 1999, "nainen", None, None, None]
    assert told(head, row, alone) == [
        (2, "a", "Aino Koskela", 1952, "woman", ["keskusta"]),
        (2, "b", "Eero Laaksonen", 1980, "man", ["keskusta"]),
        (3, "", "Sirpa Mäkinen", 1999, "woman", ["itäinen"]),
    ]


@pytest.mark.parametrize(
    "second",
    [
        ("2. hakijan nimi", "2. hakijan syntymävuosi", "2. hakijan sukupuoli"),
        ("Toisen ehdokkaan nimi", "Toisen ehdokkaan syntymävuosi", "Toisen ehdokkaan sukupuoli"),
        ("Andra sökandens namn", "Andra sökandens födelseår", "Andra sökandens kön"),
        ("Name of applicant 2", "Year of birth of applicant 2", "Gender of applicant 2"),
    ],
)
def test_a_second_applicant_by_the_headers(second: tuple[str, str, str]) -> None:
    head = ["Nimi", "Syntymävuosi", "Sukupuoli", "Kumppanuuspöytä", *second]
    row = ["Aino Koskela", 1952, "nainen", "Keskusta", "Eero Laaksonen", 1980, "mies"]
    assert told(head, row) == [
        (2, "a", "Aino Koskela", 1952, "woman", ["keskusta"]),
        (2, "b", "Eero Laaksonen", 1980, "man", ["keskusta"]),
    ]


@pytest.mark.parametrize(
    "deputy",
    [
        ("Henkilökohtainen varajäsen", "Varajäsenen syntymävuosi"),
        ("Varahenkilön nimi", "Varahenkilön syntymävuosi"),
        ("Ersättarens namn", "Ersättarens födelseår"),
        ("Name of deputy", "Deputy's year of birth"),
    ],
)
def test_the_deputy_whom_somebody_proposes(deputy: tuple[str, str]) -> None:
    head = ["Nimi", "Syntymävuosi", "Sukupuoli", "Kumppanuuspöytä", *deputy]
    row = ["Aino Koskela", 1952, "nainen", "Keskusta", "Eero Laaksonen", 1980]
    assert told(head, row, fields=("birth_year", "gender", "roles", "applied_with")) == [
        (2, "a", "Aino Koskela", 1952, "woman", ["member", "deputy"], ["b"]),
        (2, "b", "Eero Laaksonen", 1980, None, ["deputy"], ["a"]),
    ]


def test_a_deputy_without_a_name_is_no_applicant_and_changes_none() -> None:
    head = ["Nimi", "Syntymävuosi", "Kumppanuuspöytä", "Varajäsenen syntymävuosi"]
    assert told(head, ["Aino Koskela", None, "Keskusta", 1980], fields=("birth_year",)) == [
        (2, "", "Aino Koskela", None)
    ]


def test_questions_numbers_are_no_persons() -> None:
    head = ["1. Hakijan nimi", "2. Hakijan syntymävuosi", "3. Hakijan sukupuoli", "4. Kumppanuuspöytä"]
    assert told(head, ["Aino Koskela", 1952, "nainen", "Keskusta"]) == [
        (2, "", "Aino Koskela", 1952, "woman", ["keskusta"])
    ]


def test_a_first_and_a_last_name_are_one_persons() -> None:
    head = ["Sukunimi", "Etunimi", "Syntymävuosi", "Kumppanuuspöytä"]
    assert told(head, ["Koskela", "Aino", 1952, "Keskusta"], fields=("birth_year",)) == [(2, "", "Aino Koskela", 1952)]


def test_what_cannot_be_told_apart_stops_until_a_person_says_how_many() -> None:
    head = ["Nimi", "Syntymävuosi", "Kumppanuuspöytä", "Nimi"]
    rows = [["Aino Koskela", 1952, "Keskusta", "Eero Laaksonen"], ["Sirpa Mäkinen", 1999, "Itäinen", "Olli Niemi"]]
    with pytest.raises(FileError) as error:
        people(head, *rows)
    assert error.value.code == "several_persons" and error.value.params["found"] == "Nimi"
    assert [(part, name) for _, part, name, _ in people(head, *rows, persons=2)] == [
        ("a", "Aino Koskela"),
        ("b", "Eero Laaksonen"),
        ("a", "Sirpa Mäkinen"),
        ("b", "Olli Niemi"),
    ]
    assert [name for *_, name, _ in people(head, *rows, persons=1)] == ["Aino Koskela", "Sirpa Mäkinen"]


def test_each_is_named_by_row_and_letter(tmp_path: Path) -> None:
    path = tmp_path / "haku.csv"
    head = "Kumppanuuspöytä;Nimi;Syntymävuosi;Sukupuoli;Nimi;Syntymävuosi;Sukupuoli"
    path.write_text(f"{head}\nKeskusta;Aino Koskela;1952;nainen;Eero Laine;1980;mies\n", encoding="utf-8")
    (tmp_path / "r.toml").write_text(
        'schema = "selection.rules/1"\nname = "pieni"\n[[tables]]\nid = "keskusta"\n[members]\nleast = 1\naim = 2\n'
        "[eligibility]\nage_on = 2025-01-01\n",
        encoding="utf-8",
    )
    made = run("propose", "haku.csv", "--rules", "r.toml", "--json", "e.json", "--xlsx", "e.xlsx", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    seats = json.loads((tmp_path / "e.json").read_text("utf-8"))["tables"][0]["members"]
    assert sorted((one["row"], one["part"]) for one in seats) == [(2, "a"), (2, "b")]
    for file in ("e.json", "e.xlsx"):
        assert (
            run(
                "check", file, "haku.csv", *(("--rules", "r.toml") if file == "e.json" else ()), cwd=tmp_path
            ).returncode
            == 0
        )
    asked = run("explain", "haku.csv", "--rules", "r.toml", "--row", "2", cwd=tmp_path)
    assert asked.returncode == 2 and "2a, 2b" in asked.stderr
    told = run("explain", "haku.csv", "--rules", "r.toml", "--row", "2b", cwd=tmp_path)
    assert told.returncode == 0 and "Eero Laine" in told.stdout


def test_the_records_keep_the_letter() -> None:
    applicant = Applicant("key", "Eero Laine", Origin("haku.csv", "", 2, "b"))
    kept = applicant_to_json(applicant)
    assert applicant_from_json("key", kept, Origin("haku.csv", "", 2)) == applicant
    assert "part" not in applicant_to_json(Applicant("key", "Eero Laine", Origin("haku.csv", "", 2)))


def test_a_confirmed_reading_gives_the_same_persons() -> None:
    head = ["Yhdistys", "Jäsenehdokas", "Synt.vuosi", "Varajäsenehdokas", "Synt.vuosi", "Kumppanuuspöytä"]
    rows = [head, ["Kissat ry", "Aino Koskela", 1952, "Eero Laine", 1980, "Keskusta"]]
    first = intake_of([book(sheet(rows))], RULES)
    again = intake_of([book(sheet(rows))], RULES, mapping=mapping_of(first.columns))
    assert again.applicants == first.applicants and len(first.applicants) == 2
    assert [sorted(role.value for role in one.roles) for one in first.applicants] == [["member"], ["deputy"]]
