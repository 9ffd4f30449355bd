"""Answers whose words deny, limit or turn what they name: read by rule, in three languages."""

from __future__ import annotations

import datetime as dt

import pytest

from selection.intake.values.ages import read_age
from selection.intake.values.choices import read_gender, read_mother_tongue, read_situation
from selection.intake.values.officials import read_official
from selection.intake.values.organisations import read_organisation
from selection.intake.values.seats import read_roles
from selection.intake.values.served import read_served
from selection.intake.values.wishes import TableNames, read_wishes
from selection.model.rules_file import preset

ON = dt.date(2025, 6, 1)
OWN = ("Lahti",)
TABLES = TableNames(preset("lahti-2021").tables)


@pytest.mark.parametrize(
    "answer",
    [
        "Kyllä, Launeen asukasyhdistyksen puheenjohtaja",
        "Olen, yhdistyksen sihteeri",
        "Kyläyhdistyksen johtokunnan jäsen",
        "Seurakunnan johtokunta",
        "Orimattilan valtuutettu",
        "Ledamot i fullmäktige i Esbo",
        "Councillor in Heinola",
        "naapurikunnan valtuutettu",
        "Valtuustoryhmän sihteeri",
        "Nämndsekreterare",
        "Varavaltuutettu 2012–16",
        "Haen valtuustoon",
        "Kandiderar till fullmäktige",
        "Interested in becoming a councillor",
        "en ole mutta olisin kiinnostunut lautakunnasta",
        "lautakunta, en tosin enää",
        "Ledamot är jag inte",
        "luottamustoimia ei ole",
        "Ja, ordförande i föreningen",
        "Isäni on kunnanvaltuutettu",
    ],
)
def test_what_is_no_position_of_the_municipality_today(answer: str) -> None:
    reading = read_official(answer, ON, OWN)
    assert reading.value is not None and reading.value.official == ("none",)


@pytest.mark.parametrize(
    ("answer", "position", "asked"),
    [
        ("kaupunginvaltuuston 2. varajäsen", "deputy_councillor", False),
        ("Deputy member of the city council", "deputy_councillor", False),
        ("kaupunginvaltuuston varapuheenjohtaja", "councillor", False),
        ("Teknisen ltk:n jäsen", "board_member", True),
        ("siv.ltk", "board_member", True),
        ("Kulttuurilautak. jäsen", "board_member", True),
        ("varavalt.", "deputy_councillor", True),
        ("kaup.valt.", "councillor", True),
        ("kaup. hall. varajäsen", "city_board", True),
        ("fullm. ersättare", "deputy_councillor", True),
        ("Ja", "other_body", False),
        ("Ja, ledamot i stadsfullmäktige", "councillor", False),
        ("Lahden valtuutettu", "councillor", False),
        ("Olen valtuutettu ja haluan vaikuttaa", "councillor", False),
    ],
)
def test_positions_and_those_written_short(answer: str, position: str, asked: bool) -> None:
    reading = read_official(answer, ON, OWN)
    assert reading.value is not None and reading.value.official == (position,)
    assert [one.code for one in reading.remarks] == (["official_abbreviated"] if asked else [])


def test_without_the_rounds_own_municipality_no_name_tells_of_another() -> None:
    reading = read_official("Turun valtuutettu", ON)
    assert reading.value is not None and reading.value.official == ("councillor",)


@pytest.mark.parametrize(
    ("answer", "tables"),
    [
        ("Eteläinen ensisijaisesti, keskusta toissijaisesti", "eteläinen keskusta"),
        ("Keskusta (toissijaisesti Eteläinen)", "keskusta eteläinen"),
        ("keskusta 2, itäinen 1", "itäinen keskusta"),
        ("keskusta 3. itäinen 1. pohjoinen 2.", "itäinen pohjoinen keskusta"),
        ("itäinen (2), keskusta (1)", "keskusta itäinen"),
        ("Keskusta jos en pääse itäiseen", "itäinen keskusta"),
        ("Itäinen, jos ei mahdu niin keskusta", "itäinen keskusta"),
        ("Keskusta om jag inte kommer in i östra", "itäinen keskusta"),
        ("Central second, eastern first", "itäinen keskusta"),
        ("Pohjoinen, toissijaisesti itäinen, ensisijaisesti keskusta", "keskusta itäinen pohjoinen"),
    ],
)
def test_a_rank_belongs_to_the_nearest_name(answer: str, tables: str) -> None:
    reading = read_wishes(answer, TABLES)
    assert reading.value is not None and " ".join(reading.value.tables) == tables


@pytest.mark.parametrize(
    ("answer", "column", "stated"),
    [
        ("65- v", "age_group", (65, None)),
        ("65- år", "age_group", (65, None)),
        ("75–v.", "age_group", (75, None)),
        ("75–v.", "age", (75, None)),
        ("75-v.", "age", (75, 75)),
        ("75 vuotta täyttänyt", "age_group", (75, None)),
        ("≥75", "age_group", (75, None)),
        ("70 uppåt", "age_group", (70, None)),
        ("c) 45–64", "age_group", (45, 64)),
        ("2) 18-29", "age_group", (18, 29)),
        ("1950-luku", "birth_year", (66, 75)),
    ],
)
def test_bands(answer: str, column: str, stated: tuple[int, int | None]) -> None:
    reading = read_age(answer, column, ON)
    assert reading.value is not None and reading.value.stated == stated


def test_a_year_beside_a_month_and_in_a_cell_formatted_as_a_date() -> None:
    month = read_age("5.1956", "birth_year", ON)
    assert month.value is not None and (month.value.birth_year, month.remarks) == (1956, ())
    date = read_age(dt.datetime(1905, 5, 5), "birth_year", ON)
    assert date.value is None
    assert [(one.code, one.suggestion) for one in date.remarks] == [("year_was_date", "1952")]


@pytest.mark.parametrize(
    ("answer", "served"),
    [
        ("hain 2021, en päässyt", "no"),
        ("sökte 2021 men kom inte med", "no"),
        ("en jäsenenä, varajäsenenä kyllä", "yes"),
        ("inte som medlem, men som ersättare ja", "yes"),
        ("uusi hakija", "no"),
        ("first-time applicant", "no"),
        ("olin varalla 2021", "yes"),
        ("2021–2023", "yes"),
        ("en koskaan", "no"),
    ],
)
def test_served_before(answer: str, served: str) -> None:
    assert read_served(answer).value == (served,)


@pytest.mark.parametrize(
    ("answer", "situation"),
    [
        ("self employed", "entrepreneur"),
        ("opinnot ja työ", "student employed"),
        ("kokopäivätyö", "employed"),
        ("vuorotyössä", "employed"),
        ("heltidsarbete", "employed"),
        ("en ole työssä", ""),
        ("jag är inte studerande", ""),
        ("etsin työtä", ""),
        ("opiskelen, en ole työssä", "student"),
    ],
)
def test_situations(answer: str, situation: str) -> None:
    reading = read_situation(answer)
    assert " ".join(reading.value or ()) == situation
    assert bool(reading.remarks) == (not situation)


@pytest.mark.parametrize(
    ("answer", "roles"),
    [
        ("ei jäsen vaan varajäsen", "deputy"),
        ("ei varajäsen vaan jäsen", "member"),
        ("inte ordinarie utan ersättare", "deputy"),
        ("not a deputy but a member", "member"),
        ("vj", "deputy"),
        ("varaj.", "deputy"),
    ],
)
def test_not_the_one_but_the_other(answer: str, roles: str) -> None:
    reading = read_roles(answer, "Jäsen vai varajäsen")
    assert [role.value for role in reading.value or ()] == [roles]


@pytest.mark.parametrize(
    ("answer", "value", "asked"),
    [
        ("muu kuin suomi", "other", True),
        ("annat än svenska", "other", True),
        ("suomenruotsi", "sv", False),
        ("finlandssvenska", "sv", False),
        ("suomenruotsalainen", None, True),
        ("ei suomi", None, True),
    ],
)
def test_mother_tongue(answer: str, value: str | None, asked: bool) -> None:
    reading = read_mother_tongue(answer)
    assert (next(iter(reading.value or ()), None), bool(reading.remarks)) == (value, asked)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("herra", "man"),
        ("rouva", "woman"),
        ("Fru", "woman"),
        ("ei mies", None),
        ("inte kvinna", None),
        ("not a man", None),
    ],
)
def test_gender_is_what_the_answer_says(answer: str, value: str | None) -> None:
    reading = read_gender(answer)
    assert next(iter(reading.value or ()), None) == value
    assert bool(reading.remarks) == (value is None)


@pytest.mark.parametrize(
    ("answer", "name", "asked"),
    [
        ("itseään", None, False),
        ("edustan vain itseäni", None, False),
        ("tavallinen asukas", None, False),
        ("ihan vaan kuntalainen", None, False),
        ("ks. edellinen", None, True),
        ("samma som ovan", None, True),
        ("see above", None, True),
        ('"', None, True),
        ("Itse tehty ry", "Itse tehty ry", False),
        ("Sama kylä ry", "Sama kylä ry", False),
        ("Se toinen yhdistys", "Se toinen yhdistys", False),
    ],
)
def test_organisations_and_what_only_stands_for_one(answer: str, name: str | None, asked: bool) -> None:
    reading = read_organisation(answer)
    assert (reading.value.name if reading.value is not None else None, bool(reading.remarks)) == (name, asked)
