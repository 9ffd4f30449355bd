"""Answers that only header and cell together tell: ticks, denials, limits, ranks and ratings, options with explanations."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from selection.intake.columns import meaning
from selection.intake.reader import Cell
from tests.intake.builders import codes, read_rows

NAMES = ("Aino Koskela", "Eero Niemi", "Olli Salo", "Sirpa Virta")


def read_as(field: str, headers: Sequence[str], *rows: Sequence[Cell]) -> list[tuple[str, bool]]:
    """What each row was read as in a field, and whether a finding tells of it."""
    table = [["Nimi", *headers], *([name, *row] for name, row in zip(NAMES, rows, strict=False))]
    intake = read_rows(table)
    told = []
    for one in intake.applicants:
        values = {
            "wishes": one.wishes,
            "roles": tuple(sorted(role.value for role in one.roles)),
        }.get(field, one.values.get(field, ()))
        asked = [code for code in codes(list(intake.of_person(one.key))) if code != "no_table"]
        told.append((" ".join(values), bool(asked)))
    return told


@pytest.mark.parametrize(
    ("header", "ticked", "empty"),
    [
        ("Varajäseneksi", "deputy member", "member"),
        ("Jag kan vara ersättare", "deputy member", "member"),
        ("Haen vain varajäseneksi", "deputy", "deputy member"),
        ("Only as a deputy", "deputy", "deputy member"),
        ("En halua varajäseneksi", "member", "deputy member"),
        ("Jag vill inte vara ersättare", "member", "deputy member"),
        ("I do not want to be a deputy", "member", "deputy member"),
        ("En halua varsinaiseksi jäseneksi", "deputy", "deputy member"),
    ],
)
def test_a_tick_says_what_its_header_says(header: str, ticked: str, empty: str) -> None:
    assert read_as("roles", [header], ["x"], [None], ["x"]) == [(ticked, False), (empty, False), (ticked, False)]


def test_seats_in_two_columns_and_none_ticked() -> None:
    told = read_as("roles", ["Jäseneksi", "Varajäseneksi"], ["x", None], [None, "x"], ["x", "x"], [None, None])
    assert told == [("member", False), ("deputy", False), ("deputy member", False), ("deputy member", True)]


@pytest.mark.parametrize(
    ("held", "denied"),
    [
        ("Olen luottamushenkilö", "En ole luottamushenkilö"),
        ("Jag är förtroendevald", "Jag är inte förtroendevald"),
        ("I hold an elected position", "I do not hold an elected position"),
        ("Luottamushenkilö kyllä", "Luottamushenkilö ei"),
        ("Förtroendevald: Ja", "Förtroendevald: Nej"),
    ],
)
def test_a_post_and_its_denial_in_two_columns(held: str, denied: str) -> None:
    told = read_as("official", [held, denied], ["x", None], [None, "x"], [None, "x"])
    assert told == [("other_body", False), ("none", False), ("none", False)]


def test_a_no_to_a_denial_is_asked() -> None:
    assert read_as("official", ["En ole luottamushenkilö"], ["x"], ["ei"]) == [("none", False), ("none", True)]


def test_a_yes_to_a_term_that_is_over_is_no_post() -> None:
    told = read_as("official", ["Luottamustehtävät 2013–2017"], ["Kyllä"], ["valtuutettu"], ["ei"])
    assert [official for official, _ in told] == ["none"] * 3


def test_ranks_in_any_words_and_ratings_that_are_none() -> None:
    heads = ["Järjestys [Keskusta]", "Järjestys [Itäinen]", "Järjestys [Pohjoinen]"]
    told = read_as(
        "wishes", heads, ["3. sija", "1. sija", "2. sija"], ["1st", None, "2nd"], [None, "1:a", None], [5, 1, 1]
    )
    assert told[:3] == [("itäinen pohjoinen keskusta", False), ("keskusta pohjoinen", False), ("itäinen", False)]
    assert told[3][1]


def test_an_explanation_that_many_rows_share_is_the_forms_own() -> None:
    option = "Itäinen (Nastola, Villähde, Eteläinen Uusikylä)"
    told = read_as("wishes", ["Mihin pöytään haet?"], [option], [f"{option}; Keskusta"], [option])
    assert told == [("itäinen", False), ("itäinen keskusta", False), ("itäinen", False)]
    wished = read_as("wishes", ["Mihin pöytään haet?"], *([["Keskusta (Itäinen)"]] * 3))
    assert wished == [("keskusta itäinen", False)] * 3


def test_genders_to_tick_without_a_question() -> None:
    told = read_as("gender", ["Nainen", "Mies"], ["x", None], [None, "x"], [None, None])
    assert told == [("woman", False), ("man", False), ("", False)]


@pytest.mark.parametrize(
    ("header", "answer", "agreed"),
    [
        ("Kiellän tietojeni julkaisemisen", "x", False),
        ("Jag förbjuder publicering av mitt namn", "x", False),
        ("I object to publication of my name", "x", False),
        ("Nimeni saa julkaista", "vain etunimi", False),
        ("My name may be published", "not yet", False),
        ("Nimeni saa julkaista", "Kyllä", True),
        ("Mitt namn får publiceras", "Ja", True),
    ],
)
def test_consents(header: str, answer: str, agreed: bool) -> None:
    (application,) = read_rows([["Nimi", header], ["Aino Koskela", answer]]).applications
    assert application.consents == {"publish": agreed}


@pytest.mark.parametrize(
    "header",
    [
        "Luottamustoimet seurakunnassa",
        "Luottamustehtävät muissa kunnissa",
        "Tunnetko kaupungin luottamushenkilöitä?",
        "Makens förtroendeuppdrag",
        "Have you ever been a councillor?",
        "Were you selected last time?",
        "Oletko työsuhteessa kaupunkiin tai lautakuntaan?",
        "Koordinaattorin ehdotus pöydäksi",
        "Mihin pöytään et halua?",
        "Assigned table",
        "Table (decision)",
        "Tunnetko kumppanuuspöydän toimintaa?",
        "Varajäsenen sähköposti",
        "Huollettavan ikä",
        "Preferred language of contact",
        "Kokemus luottamustehtävistä",
        "Esimiehesi luottamustehtävät",
        "Förtroendeuppdrag i annan kommun",
        "Has anyone in your household been elected?",
        "Which councillor recommended you?",
        "Table (office use only)",
        "Mihin pöytään päätyi",
        "Which table have you visited?",
        "Äidin sukupuoli",
        "Chefens kön",
        "Spouse's gender",
        "Har du en ersättare?",
        "Vilka språk talar du?",
    ],
)
def test_headers_of_another_question(header: str) -> None:
    rows = [
        ["Nimi", "Kumppanuuspöytä", header],
        ["Aino Koskela", "Keskusta", "Itäinen"],
        ["Eero Niemi", "Keskusta", None],
    ]
    column = read_rows(rows).columns[2]
    assert not column.used or column.field == "email"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nykyiset luottamustoimesi kaupungissa", "official"),
        ("Are you currently an elected official of the city?", "official"),
        ("Är du för närvarande förtroendevald?", "official"),
        ("Mikä pöytä kiinnostaa?", "wishes"),
        ("Hakukohde (pöytä)", "wishes"),
        ("Desired table", "wishes"),
        ("Suostun tarvittaessa varajäseneksi", "roles"),
        ("Kan du vara ersättare?", "roles"),
        ("Hakijan sukupuoli", "gender"),
        ("Applicant's gender", "gender"),
        ("Sökandens kön", "gender"),
        ("Kotikieli", "mother_tongue"),
    ],
)
def test_headers_of_the_question_itself(header: str, field: str) -> None:
    assert meaning(header).field == field


def test_codes_of_languages_are_of_the_form() -> None:
    rows = [["Nimi", "Language"], ["Aino Koskela", "fi"], ["Eero Niemi", "en"]]
    assert not read_rows(rows).columns[1].used
    rows = [["Nimi", "Äidinkieli"], ["Aino Koskela", "fi"], ["Eero Niemi", "sv"]]
    assert [one.value("mother_tongue") for one in read_rows(rows).applicants] == ["fi", "sv"]
