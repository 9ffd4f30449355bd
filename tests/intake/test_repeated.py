"""Repeated answers of hand-made lists: ditto marks, and cells left empty under the heading of a group."""

import pytest

from selection.intake.values.organisations import read_organisation
from tests.intake.builders import codes, read_rows

HEAD = ["Yhteisö", "Nimi", "Syntymävuosi", "Sukupuoli", "Postinumero", "Pöytä"]
PEOPLE = [("Aino Aalto", 1950), ("Eero Eskola", 1961), ("Iida Ilves", 1972), ("Olli Oja", 1983), ("Urho Uusi", 1994)]


def listed(*organisations: str) -> list[list[object]]:
    return [HEAD] + [
        [organisation, name, year, "nainen", "15100", "Keskusta"]
        for organisation, (name, year) in zip(organisations, PEOPLE, strict=False)
    ]


@pytest.mark.parametrize("mark", ['"', "”", "-”-", "〃", "''", "dito", "– ” –", "Ditto"])
def test_a_ditto_mark_repeats_what_stands_above_and_is_told(mark: str) -> None:
    intake = read_rows(listed("Mukkulan kyläseura ry", mark, mark, "Lahden lukio", mark))
    told = [one.organisation_name for one in intake.applications]
    assert told == ["Mukkulan kyläseura ry"] * 3 + ["Lahden lukio"] * 2
    marks = [(one.origin.row, one.found) for one in intake.findings if one.code == "ditto_mark"]
    assert marks == [(3, "Mukkulan kyläseura ry"), (4, "Mukkulan kyläseura ry"), (6, "Lahden lukio")]


def test_a_mark_under_nothing_is_asked() -> None:
    intake = read_rows(listed('"', "Lahden lukio", ""))
    assert codes([one for one in intake.findings if one.origin.row == 2]) == ["organisation_unclear"]
    assert intake.applicants[0].value("kind") is None
    assert [one.value("kind") for one in intake.applicants[1:]] == ["representative", "resident"]


def test_other_columns_repeat_too_but_never_names() -> None:
    rows = listed("", "", "")
    rows[2][4] = rows[2][5] = rows[2][1] = '"'
    intake = read_rows(rows)
    assert [one.origin.row for one in intake.set_aside] == [3]
    rows[2][1] = "Eero Eskola"
    second = read_rows(rows).applicants[1]
    assert (second.value("postal_code"), second.wishes) == ("15100", ("keskusta",))


def test_groups_under_a_heading_are_asked() -> None:
    intake = read_rows(listed("Mukkulan kyläseura ry", "", "Lahden lukio", "", ""))
    told = [(one.origin.row, one.suggestion) for one in intake.findings if one.code == "organisation_above"]
    assert told == [(3, "Mukkulan kyläseura ry"), (5, "Lahden lukio"), (6, "Lahden lukio")]
    assert [one.value("kind") for one in intake.applicants] == ["representative", None, "representative", None, None]


def test_an_empty_answer_to_a_question_is_a_resident() -> None:
    rows = [[*row[1:], row[0]] for row in listed("Mukkulan kyläseura ry", "", "Lahden lukio", "", "")]
    intake = read_rows(rows)
    assert [one.value("kind") for one in intake.applicants].count("resident") == 3
    assert "organisation_above" not in codes(intake.findings)


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("ihan vaan itseni", False),
        ("bara mig själv", False),
        ("en edusta tällä hetkellä mitään tahoa", False),
        ("I am not representing anyone", False),
        ("an ordinary resident", False),
        ("Jag representerar ingen", False),
        ("tavallinen asukas Launeelta", True),
        ("Invånare i Lahtis", True),
        ("kts. liite", True),
        ("samma som föregående", True),
        ("same as above", True),
        ("Edustan itseäni ja Launeen seuraa", True),
    ],
)
def test_what_stands_in_place_of_an_organisation(answer: str, asked: bool) -> None:
    reading = read_organisation(answer)
    assert reading.value is None
    assert [remark.code for remark in reading.remarks] == ["organisation_unclear"] * asked


@pytest.mark.parametrize(
    "name", ["Oma Apu ry", "Own Home Association", "Asukkaat ry", "Ei-toivotut ry", "Me-yhdistys", "Kansalaisopisto"]
)
def test_names_made_of_such_words_are_names(name: str) -> None:
    reading = read_organisation(name)
    assert reading.value is not None and reading.value.name == name and not reading.remarks


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("Eläkeläinen", True),
        ("puuttuu", True),
        ("Pensionär", True),
        ("MLL", False),
        ("Eläkeliitto", False),
        ("Launeen väki", False),
        ("4H", False),
    ],
)
def test_a_common_word_alone_is_kept_and_asked_about(answer: str, asked: bool) -> None:
    reading = read_organisation(answer)
    assert reading.value is not None
    assert [remark.code for remark in reading.remarks] == ["organisation_one_word"] * asked


@pytest.mark.parametrize("answer", ["Asukkaiden yhdistys", "Oma yhdistys", "residents' association"])
def test_residents_and_an_organisation_are_asked_about(answer: str) -> None:
    assert [remark.code for remark in read_organisation(answer).remarks] == ["organisation_unclear"]
