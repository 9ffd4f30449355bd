"""Applications taken back: told by a status, a remark, a note, a mark, or beside the name."""

from __future__ import annotations

import pytest

from selection.intake.parsing.main import parse
from selection.intake.values.names import read_name
from selection.intake.values.withdrawals import is_doubtful, is_withdrawn, said_beside, without_withdrawal
from tests.intake.builders import codes, read, read_rows, sheet, xlsx

HEAD = ["Nimi", "Kumppanuuspöytä", "Lisätiedot", "Tila"]


@pytest.mark.parametrize(
    "said",
    [
        "perunut hakemuksensa 3.5.",
        "PERUI",
        "vetäytyi",
        "Perun hakemukseni",
        "luopunut ehdokkuudesta",
        "har dragit tillbaka sin ansökan",
        "återtagit",
        "withdrew",
        "cancelled by phone",
        "ei enää käytettävissä",
        "no longer available",
    ],
)
def test_words_of_taking_back(said: str) -> None:
    assert is_withdrawn(said)


@pytest.mark.parametrize(
    "said",
    [
        "en ole perunut hakemustani",
        "ei peruttu",
        "inte återtagit",
        "perustelut hyvät",
        "peruskoulun opettaja",
        "not withdrawn",
        "Järjestin kesällä perutun tapahtuman uudelleen yhdessä muiden kanssa",
    ],
)
def test_words_of_anything_else(said: str) -> None:
    assert not is_withdrawn(said)


@pytest.mark.parametrize("said", ["kuollut 2.4.", "hylätty", "ei kelpoinen", "muuttanut pois", "avliden", "ineligible"])
def test_other_reasons_are_asked(said: str) -> None:
    assert is_doubtful(said) and not is_withdrawn(said)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Jukka Salo (perunut)", "Jukka Salo"),
        ("Kari Heino - PERUNUT", "Kari Heino"),
        ("Aino Koskela, peruttu 3.5.", "Aino Koskela"),
    ],
)
def test_what_stands_beside_a_name(cell: str, name: str) -> None:
    assert is_withdrawn(said_beside(cell)) and without_withdrawal(cell) == name
    assert without_withdrawal("Anna-Liisa Peltonen (s. Virta)") == "Anna-Liisa Peltonen (s. Virta)"


@pytest.mark.parametrize(
    "row",
    [
        ["Jukka Salo (perunut)", "Keskusta", None, None],
        ["Jukka Salo", "Keskusta (perunut)", None, None],
        ["Jukka Salo", "perunut", None, None],
        ["Jukka Salo", "Keskusta", "perunut hakemuksensa 3.5.", None],
        ["Jukka Salo", "Keskusta", None, "Peruttu"],
    ],
)
def test_the_row_is_set_aside(row: list[str | None]) -> None:
    intake = read_rows([HEAD, row, ["Olli Niemi", "Keskusta", None, None]])
    assert [(one.code, one.origin.row) for one in intake.set_aside] == [("withdrawn", 2)]
    assert [one.name for one in intake.applicants] == ["Olli Niemi"]


def test_a_row_struck_out_as_a_whole_is_set_aside_and_a_struck_cell_is_asked() -> None:
    rows = [HEAD, ["Jukka Salo", "Keskusta", None, None], ["Olli Niemi", "Keskusta", None, None]]
    intake = read(sheet(rows, struck=(1, 2), struck_whole=(1,)))
    assert [(one.code, one.origin.row) for one in intake.set_aside] == [("withdrawn", 2)]
    assert codes(intake.findings) == ["struck_out"]


def test_notes_on_cells_are_read() -> None:
    from openpyxl.comments import Comment

    def with_notes(book: object) -> None:
        active = book.active  # type: ignore[attr-defined]
        active["A2"].comment = Comment("Perunut hakemuksensa 1.5.", "x")
        active["B3"].comment = Comment("Tarkistettu puhelimessa", "x")

    data = xlsx(
        ("Vastaukset", [HEAD, ["Jukka Salo", "Keskusta", None, None], ["Olli Niemi", "Itäinen", None, None]]),
        prepare=with_notes,
    )
    (found,) = parse(data, ".xlsx")["sheets"]
    assert [[row, column] for row, column, _ in found["notes"]] == [[1, 0], [2, 1]]
    intake = read(
        sheet(
            [HEAD, ["Jukka Salo", "Keskusta", None, None], ["Olli Niemi", "Itäinen", None, None]],
            notes=[(1, 0, "Perunut hakemuksensa"), (2, 1, "Tarkistettu")],
        )
    )
    assert [(one.code, one.origin.row) for one in intake.set_aside] == [("withdrawn", 2)]
    assert [(one.code, one.cell) for one in intake.findings] == [("cell_note", "B3")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Aino Koskela / Eero Laaksonen", "name_several"),
        ("Aino Koskela (vara: Eero Laaksonen)", "name_several"),
        ("Aino Koskela sekä Eero Laaksonen", "name_several"),
        ("Launeen omakotiyhdistys ry", "name_organisation"),
        ("Lahden lukio", "name_organisation"),
        ("Hembygdsföreningen rf", "name_organisation"),
    ],
)
def test_what_is_no_name_of_one_person_is_asked(cell: str, code: str) -> None:
    assert [one.code for one in read_name(cell).remarks] == [code]


def test_an_unticked_box_for_deputies_is_a_no_where_others_ticked_it() -> None:
    head = ["Nimi", "Kumppanuuspöytä", "Varajäseneksi"]
    ticked = read_rows([head, ["Jukka Salo", "Keskusta", "x"], ["Olli Niemi", "Keskusta", None]])
    assert [sorted(role.value for role in one.roles) for one in ticked.applicants] == [["deputy", "member"], ["member"]]
    words = read_rows([head, ["Jukka Salo", "Keskusta", "kyllä"], ["Olli Niemi", "Keskusta", None]])
    assert [sorted(role.value for role in one.roles) for one in words.applicants] == [["deputy", "member"], ["member"]]
    assert codes(words.findings) == ["roles_unticked"]
    both = read_rows([head, ["Jukka Salo", "Keskusta", "ei"], ["Olli Niemi", "Keskusta", None]])
    assert [sorted(role.value for role in one.roles) for one in both.applicants] == [["member"], ["deputy", "member"]]
    assert codes(both.findings) == ["roles_unclear"]


@pytest.mark.parametrize(
    "said",
    [
        "hakemus vedetty pois",
        "ilmoitti ettei ole enää käytettävissä",
        "ei enää halua mukaan",
        "drog sig ur",
        "inte längre intresserad",
        "Application withdrawn 3 May",
        "pulled out",
        "Soitti 3.5.: peruu hakemuksensa",
    ],
)
def test_leaving_in_other_words(said: str) -> None:
    assert is_withdrawn(said) and not is_doubtful(said)


@pytest.mark.parametrize(
    "said",
    [
        "ei ole perunut",
        "not withdrawn",
        "peruutus peruttu",
        "perui ensin, mutta haluaa sittenkin mukaan",
        "perui lautakuntapaikan, haluaa tähän",
        "saattaa perua",
        "harkitsee perumista",
        "perunut toisen hakemuksensa, tämä voimassa",
        "ei asu enää Lahdessa",
        "may withdraw",
        "återtog sin andra ansökan",
    ],
)
def test_what_speaks_of_taking_back_and_is_not_certain_is_asked(said: str) -> None:
    assert is_doubtful(said) and not is_withdrawn(said)


@pytest.mark.parametrize(
    "cell", ["PERUNUT Aino Koskela", "Aino Koskela peruttu", "Aino Koskela *perunut*", "Aino Koskela / cancelled"]
)
def test_a_word_of_taking_back_without_a_bracket(cell: str) -> None:
    assert is_withdrawn(said_beside(cell)) and without_withdrawal(cell) == "Aino Koskela"


@pytest.mark.parametrize(
    ("header", "cell", "aside"),
    [
        ("Perunut", "x", True),
        ("Peruttu", "3.5.2021", True),
        ("Perunut hakemuksensa", "Ei", False),
        ("Perunut", None, False),
        ("Withdrawn", "Yes", True),
        ("Återtagen", "x", True),
        ("Peruutusehdot luettu", "x", False),
    ],
)
def test_a_tick_under_a_header_of_taking_back(header: str, cell: str | None, aside: bool) -> None:
    rows = [["Nimi", "Kumppanuuspöytä", header], ["Jukka Salo", "Keskusta", cell], ["Olli Niemi", "Keskusta", None]]
    assert [one.origin.row for one in read_rows(rows).set_aside] == ([2] if aside else [])
