"""Header rows, codes, branches and quotes as form services and coordinators write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from selection.errors import FileError
from selection.intake import Correction, Mapping, read_applications
from selection.intake.applications_json import people_json
from selection.intake.assembly import intake_of
from selection.intake.legends import legend_in
from selection.model.rules_file import preset
from tests.intake.builders import book, sheet

RULES = preset("lahti-2021")


def told(rows: list[list[object]], *fields: str) -> list[tuple[Any, ...]]:
    intake = intake_of([book(sheet(rows))], RULES)
    return [(one["row"], one["name"], *(one["fields"][field] for field in fields)) for one in people_json(intake)]


def test_the_question_stands_above_every_option() -> None:
    rows: list[list[object]] = [
        ["Hakija", "Mihin pöytään?", "Mihin pöytään?", "Mihin pöytään?"],
        [None, "Keskusta", "Itäinen", "Pohjoinen"],
        ["Aino Koskela", 1, None, 1],
    ]
    ((row, name, wishes),) = told(rows, "wishes")
    assert (row, name, set(wishes)) == (3, "Aino Koskela", {"keskusta", "pohjoinen"})


@pytest.mark.parametrize("generic", ["Open-Ended Response", "Response", "Avoin vastaus", "Svar"])
def test_a_second_row_that_says_only_that_there_is_an_answer(generic: str) -> None:
    rows: list[list[object]] = [
        ["Yhteystiedot", None, "Syntymävuosi", "Sukupuoli", "Kumppanuuspöytä"],
        ["Nimi", "Sähköposti", generic, generic, generic],
        ["Aino Koskela", "a@example.org", 1952, "nainen", "Keskusta"],
    ]
    assert told(rows, "birth_year", "gender", "email", "wishes") == [
        (3, "Aino Koskela", 1952, "woman", "a@example.org", ["keskusta"])
    ]


def test_a_follow_up_has_the_question_over_it_again() -> None:
    rows: list[list[object]] = [
        ["Nimi", "Kumppanuuspöytä", "Oletko luottamushenkilö?", "Oletko luottamushenkilö?"],
        [None, None, None, "Kyllä, mikä tehtävä?"],
        ["Aino Koskela", "Keskusta", "Kyllä, mikä tehtävä?", "varavaltuutettu"],
        ["Olli Niemi", "Keskusta", "En", None],
    ]
    assert told(rows, "official") == [(3, "Aino Koskela", ["deputy_councillor"]), (4, "Olli Niemi", [])]


@pytest.mark.parametrize(
    "described",
    [
        ['{"ImportId":"QID1"}', '{"ImportId":"QID2"}', '{"ImportId":"QID3"}'],
        ["Q1", "Q2_1", "Q3"],
        ["Esim. Maija Meikäläinen", "esim. 1975", "esim. Keskusta"],
        ["T.ex. Anna Andersson", "t.ex. 1975", "t.ex. Keskusta"],
        ["Kirjoita koko nimesi", "vvvv", "valitse"],
        ["Kirjoita koko nimesi", None, None],
        ["Skriv hela ditt namn", "åååå", "välj ett bord"],
        ["Enter your full name", "e.g. 1975", "choose one"],
    ],
)
def test_a_row_that_describes_the_columns_is_no_applicant(described: list[object]) -> None:
    rows: list[list[object]] = [
        ["Nimi", "Syntymävuosi", "Kumppanuuspöytä"],
        described,
        ["Aino Koskela", 1952, "Keskusta"],
    ]
    intake = intake_of([book(sheet(rows))], RULES)
    assert intake.rows == 1 and [one.name for one in intake.applicants] == ["Aino Koskela"]


@pytest.mark.parametrize("first", [["Anna Välj", "vvvv", "valitse"], ["Valitse Virtanen", 1970, "valitse"]])
def test_a_row_with_one_answer_of_a_person_is_an_applicant(first: list[object]) -> None:
    rows: list[list[object]] = [
        ["Nimi", "Syntymävuosi", "Kumppanuuspöytä"],
        first,
        ["Aino Koskela", 1952, "Keskusta"],
    ]
    intake = intake_of([book(sheet(rows))], RULES)
    assert [one.name for one in intake.applicants] == [first[0], "Aino Koskela"]


def test_all_boxes_ticked_are_no_repeated_header() -> None:
    rows: list[list[object]] = [
        ["Nimi", "Pöytä: Keskusta", "Pöytä: Itäinen", "Pöytä: Pohjoinen", "Pöytä: Eteläinen"],
        ["Aino Koskela", "Pöytä: Keskusta", "Pöytä: Itäinen", "Pöytä: Pohjoinen", "Pöytä: Eteläinen"],
        ["Nimi", "Pöytä: Keskusta", "Pöytä: Itäinen", "Pöytä: Pohjoinen", "Pöytä: Eteläinen"],
        ["Olli Niemi", "x", None, None, None],
    ]
    intake = intake_of([book(sheet(rows))], RULES)
    assert [one.name for one in intake.applicants] == ["Aino Koskela", "Olli Niemi"]
    assert [(one.code, one.origin.row) for one in intake.set_aside] == [("repeated_header", 3)]


def test_branches_of_a_form_are_one_question() -> None:
    rows: list[list[object]] = [
        ["Nimi", "Sukupuoli", "Syntymävuosi", "Nimi2", "Sukupuoli2", "Syntymävuosi2", "Kumppanuuspöytä"],
        ["Aino Koskela", "nainen", 1952, None, None, None, "Keskusta"],
        [None, None, None, "Olli Niemi", "mies", 1970, "Itäinen"],
    ]
    assert told(rows, "gender", "birth_year") == [(2, "Aino Koskela", "woman", 1952), (3, "Olli Niemi", "man", 1970)]


@pytest.mark.parametrize("header", ["Toimielin", "Nämnd", "Commission", "Valinta"])
def test_a_column_of_the_tables_names_is_the_wish(header: str) -> None:
    rows: list[list[object]] = [["Nimi", header], ["Aino Koskela", "Keskusta"], ["Olli Niemi", "Itäinen"]]
    assert told(rows, "wishes") == [(2, "Aino Koskela", ["keskusta"]), (3, "Olli Niemi", ["itäinen"])]


def test_ranks_in_a_grid() -> None:
    head: list[object] = ["Nimi", "Järjestys [Keskusta]", "Järjestys [Itäinen]", "Järjestys [Pohjoinen]"]
    row: list[object] = ["Aino Koskela", "2. sija", "1. sija", None]
    assert told([head, row], "wishes", "wishes_ordered") == [(2, "Aino Koskela", ["itäinen", "keskusta"], True)]


@pytest.mark.parametrize(
    ("text", "legend"),
    [
        ("Luottamushenkilö (1=ei, 2=kyllä)", {"1": "ei", "2": "kyllä"}),
        ("* 1 = nainen, 2 = mies", {"1": "nainen", "2": "mies"}),
        ("1: kvinna; 2: man; 3: annat", {"1": "kvinna", "2": "man", "3": "annat"}),
        ("1) ei 2) kyllä", {"1": "ei", "2": "kyllä"}),
        ("Syntymävuosi (esim. 1975)", {}),
        ("Kokous 1: aloitus", {}),
    ],
)
def test_legends(text: str, legend: dict[str, str]) -> None:
    assert legend_in(text) == legend


CODED: list[list[object]] = [
    ["Nimi", "Sukupuoli*", "Pöytä**", "Luottamushenkilö"],
    ["Aino Koskela", 1, 1, 1],
    ["Olli Niemi", 2, 3, 2],
]


def test_a_legend_under_the_table_by_its_marks_and_by_the_headers_name() -> None:
    below: list[list[object]] = [
        [],
        ["* 1 = nainen, 2 = mies"],
        ["** 1 = keskusta, 2 = eteläinen, 3 = itäinen"],
        ["Luottamushenkilö: 1 = ei, 2 = kyllä"],
    ]
    assert told([*CODED, *below], "gender", "wishes", "official") == [
        (2, "Aino Koskela", "woman", ["keskusta"], []),
        (3, "Olli Niemi", "man", ["itäinen"], ["other_body"]),
    ]


def test_a_legend_on_a_sheet_of_its_own() -> None:
    legend = [
        ["Kysymys", "Koodi", "Selite"],
        ["Sukupuoli", 1, "nainen"],
        ["Sukupuoli", 2, "mies"],
        ["Luottamushenkilö", 1, "ei"],
        ["Luottamushenkilö", 2, "kyllä"],
    ]
    intake = intake_of([book(sheet(CODED), sheet(legend, "Koodit"))], RULES)
    assert [(one["fields"]["gender"], one["fields"]["official"]) for one in people_json(intake)] == [
        ("woman", []),
        ("man", ["other_body"]),
    ]


def test_codes_that_nothing_explains_are_asked_and_count_as_nothing() -> None:
    intake = intake_of([book(sheet(CODED))], RULES)
    for one in people_json(intake):
        assert (one["fields"]["gender"], one["fields"]["official"]) == (None, [])
        assert "code_unknown" in one["asked"]
    assert all("official" not in one.values for one in intake.applicants)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Nimi;Syntymävuosi;Pöytä;Perustelut\nAino Koskela;1952;Keskusta;"Hei\nOlli Niemi;1970;Itäinen;Moi\n', 2),
        (
            'Nimi;Syntymävuosi;Pöytä;Perustelut\nA B;1952;Keskusta;x\nAino Koskela;1952;Keskusta;"Hei\nOlli Niemi;1970;Itäinen;Moi\nE F;1945;Itäinen;"Juu"\n',
            3,
        ),
    ],
)
def test_a_quote_that_does_not_end_is_an_error_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "haku.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as error:
        read_applications([path], RULES)
    assert (error.value.code, error.value.params["line"]) == ("quote_never_closed", line)


def test_answers_of_several_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "haku.csv"
    path.write_text(
        'Nimi;Syntymävuosi;Pöytä;Perustelut\nAino Koskela;1952;Keskusta;"Hei;\nvaan; kaikki\nhyvin"\nOlli Niemi;1970;Itäinen;"a\nb"\n',
        encoding="utf-8",
    )
    assert [one.name for one in read_applications([path], RULES).applicants] == ["Aino Koskela", "Olli Niemi"]


def test_a_person_says_how_many_header_rows_there_are() -> None:
    rows: list[list[object]] = [
        ["Hakija", None, "Haku", None],
        ["Tiedot", None, "Mihin pöytään haet?", None],
        ["Nimi", "Syntymävuosi", "Keskusta", "Itäinen"],
        ["Aino Koskela", 1952, 1, None],
        ["Olli Niemi", 1970, None, 1],
    ]
    told = Mapping(
        header_rows={"hakemukset.xlsx": {"Vastaukset": 1}}, header_depths={"hakemukset.xlsx": {"Vastaukset": 3}}
    )
    assert Mapping.from_json(told.to_json()) == told
    intake = intake_of([book(sheet(rows))], RULES, mapping=told)
    assert [(one.name, one.birth_year, one.wishes) for one in intake.applicants] == [
        ("Aino Koskela", 1952, ("keskusta",)),
        ("Olli Niemi", 1970, ("itäinen",)),
    ]
    assert (intake.rows, intake.sheets[0].depth) == (2, 3)


@pytest.mark.parametrize("header", ["Ei missään nimessä", "En halua pöytään", "Vältettävä", "Absolut inte", "Avoid"])
def test_tables_under_a_header_of_refusal_are_no_wishes(header: str) -> None:
    rows: list[list[object]] = [
        ["Toiveet", None, None, "Tiedot"],
        ["Ensisijainen pöytä", "Toissijainen pöytä", header, "Nimi"],
        ["Keskusta", "Itäinen", "Pohjoinen", "Heli Aro"],
        ["Eteläinen", None, "Keskusta", "Jari Boman"],
    ]
    assert told(rows, "wishes") == [(3, "Heli Aro", ["keskusta", "itäinen"]), (4, "Jari Boman", ["eteläinen"])]


@pytest.mark.parametrize("answer", ["J,V", "J/V", "j tai v", "V/J", "j ja v"])
def test_letters_of_both_seats(answer: str) -> None:
    rows: list[list[object]] = [["Nimi", "Tehtävä (J=jäsen, V=varajäsen)", "Pöytä"], ["Heli Aro", answer, "Keskusta"]]
    assert told(rows, "roles") == [(2, "Heli Aro", ["member", "deputy"])]


@pytest.mark.parametrize(("remark", "code"), [("drar tillbaka sin ansökan", None), ("Edesmennyt 3/23", "status_doubt")])
def test_a_remark_that_the_application_does_not_stand(remark: str, code: str | None) -> None:
    rows: list[list[object]] = [["Nimi", "Pöytä", "Lisätietoja"], ["Heli Aro", "Keskusta", remark]]
    intake = intake_of([book(sheet(rows))], RULES)
    assert [one.code for one in intake.set_aside] == (["withdrawn"] if code is None else [])
    assert code is None or code in {one.code for one in intake.findings}


def test_a_wish_corrected_by_hand_outweighs_a_column_of_refusal() -> None:
    rows: list[list[object]] = [
        ["Nimi", "Toivottu pöytä", "Pöytä, johon en halua"],
        ["Heli Aro", "Itäinen", "Pohjoinen"],
    ]
    before = intake_of([book(sheet(rows))], RULES).applicants[0]
    corrections = [Correction(before.key, field="wishes", value="pohjoinen")]
    after = intake_of([book(sheet(rows))], RULES, corrections=corrections).applicants[0]
    assert (before.wishes, after.wishes) == (("itäinen",), ("pohjoinen",))
