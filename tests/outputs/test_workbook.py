"""The workbook: the same bytes each time, sort_name, no formula, readable back with every edit seen."""

from __future__ import annotations

import contextlib
import io
import zipfile
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from selection.checking import check
from selection.errors import ProposalFileError
from selection.model.law import law_of
from selection.model.locks import Locks, Seated
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.roster import seat_changes, sort_name
from selection.model.rules import Rules
from selection.model.rules_file import preset
from selection.outputs.checkable import WIDTH
from selection.outputs.checkable_parsing import is_checkable
from selection.outputs.document import document_bytes
from selection.outputs.figures import percent
from selection.outputs.people import Details, parse_place
from selection.outputs.readback import (
    EditedRosterError,
    SheetCells,
    checkable_in,
    recorded_seats,
    roster_in,
    same_name,
)
from selection.outputs.rule_words import rules_in_words
from selection.outputs.workbook import workbook_bytes
from selection.presets import preset_names
from selection.proposal import Proposal, propose
from selection.texts import LANGUAGES, in_language, text
from tests.outputs.made import people, proposal, sheets_of
from tests.outputs.test_sheets import HOSTILE
from tests.strategies import tiny_rules

FILE = "ehdotus.xlsx"


def made(**parts: Any) -> bytes:
    return workbook_bytes(proposal(), files=[("haku.xlsx", "ab" * 32)], **parts)


made_once = cache(made)


@cache
def plain() -> list[SheetCells]:
    """The workbook's sheets, read once: to look at, not to change."""
    return sheets_of(made_once())


def reread(sheets: list[SheetCells]) -> Any:
    return roster_in(sheets, checkable_in(sheets, file=FILE), people(), file=FILE)


def edited(sheet: str, changes: dict[str, str | int | None]) -> list[SheetCells]:
    book = load_workbook(io.BytesIO(made_once()))
    for cell, value in changes.items():
        book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return sheets_of(out.getvalue())


def test_the_bytes_are_the_same_each_time() -> None:
    assert made() == made()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_back_unchanged_in_every_language(language: str) -> None:
    with in_language(language):
        sheets = sheets_of(made())
    checkable = checkable_in(sheets, file=FILE)
    assert checkable.intact
    assert checkable.rules() == proposal().rules
    assert recorded_seats(checkable) == proposal().seats
    assert seat_changes(proposal().seats, reread(sheets)) == ()


@pytest.mark.parametrize("name", preset_names())
def test_rules_survive_the_sheet_with_exact_shares(name: str) -> None:
    rules = preset(name)
    again = Rules.model_validate_json(rules.model_dump_json(by_alias=True))
    assert again == rules
    shares = [one.at_least_share for one in again.requirements if one.at_least_share is not None]
    assert Fraction(2, 5) in shares
    assert rules.changed(title="x").requirements == rules.requirements


def test_members_stand_in_the_order_of_the_finnish_alphabet() -> None:
    assert sorted(["Bo Öst", "Ärla Åby", "Öla Zet", "Aa Äst", "Ylä, Ahti"], key=sort_name) == [
        "Ylä, Ahti", "Öla Zet", "Ärla Åby", "Aa Äst", "Bo Öst",
    ]  # fmt: skip
    for sheet in ("A", "B"):
        names = [row[1] for row in dict(plain())[sheet][1:] if row[0] == "Jäsen"]
        assert names == sorted(names, key=sort_name) and names


def test_a_member_and_the_deputy_stand_in_one_row() -> None:
    by_key = {one.key: one.name for one in people()}
    pairs = {(by_key[seat.deputy_of], by_key[seat.person]) for seat in proposal().seats if seat.deputy_of}
    rows = [row for sheet in ("A", "B") for row in dict(plain())[sheet][1:]]
    header = dict(plain())["A"][0]
    deputy = header.index("Henkilökohtainen varajäsen")
    assert {(row[1], row[deputy]) for row in rows if row[0] == "Jäsen" and row[deputy]} == pairs != set()
    reserves = [row for row in rows if row[0] == "Varalla"]
    assert len(reserves) == len([seat for seat in proposal().seats if seat.role == Role.RESERVE]) > 0


# A few of every export, this one among them, are tried in test_every_export.py.
@pytest.mark.soak
@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), min_size=14, max_size=14))
@settings(max_examples=100, deadline=None)
def test_no_cell_is_a_formula_made_from_input(names: list[str]) -> None:
    renamed = tuple(replace(one, name=name) for one, name in zip(proposal().pool.applicants, names, strict=True))
    pool = replace(proposal().pool, applicants=renamed)
    hostile = replace(proposal(), rows=replace(proposal().rows, pool=pool))
    details = {one.key: Details(organisation=one.name) for one in renamed}
    told = [(name, 2, name) for name in names]
    data = workbook_bytes(hostile, files=[(names[0], "ab")], set_aside=told, findings=told, details=details)
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        assert not sheet.merged_cells.ranges


@pytest.mark.parametrize("value", ["x", "", 1])
def test_an_edit_of_any_cell_of_the_check_sheet_is_found(value: str | int) -> None:
    name, rows = next((name, rows) for name, rows in plain() if is_checkable(rows))
    unseen = []
    for row in range(len(rows)):
        for column in range(WIDTH + 1):
            before = rows[row][column] if column < WIDTH else ""
            if str(value) == str(int(before) if isinstance(before, float) else before):
                continue
            changed = [[*cells, ""] for cells in rows]
            changed[row][column] = value
            with contextlib.suppress(ProposalFileError):
                if checkable_in([(name, changed)], file=FILE).intact:
                    unseen.append((row, column))
    assert unseen == []


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_rows_taken_away_or_moved_are_found(data: st.DataObject) -> None:
    name, rows = next((name, rows) for name, rows in plain() if is_checkable(rows))
    first, second = data.draw(st.tuples(st.integers(1, len(rows) - 1), st.integers(1, len(rows) - 1)))
    swapped = list(rows)
    swapped[first], swapped[second] = rows[second], rows[first]
    for changed in ([*rows[:first], *rows[first + 1 :]], swapped if rows[first] != rows[second] else []):
        if not changed:
            continue
        with contextlib.suppress(ProposalFileError):
            assert not checkable_in([(name, changed)], file=FILE).intact


def first_of_one_name(sheet: str) -> tuple[int, str]:
    """The first row (from 1) of a table whose member's name nobody else has, and the name."""
    rows = dict(plain())[sheet]
    return next(
        (n, str(row[1])) for n, row in enumerate(rows[1:], 2) if row[0] == "Jäsen" and "Kalle" not in str(row[1])
    )


def test_two_swapped_names_are_seen_and_checked() -> None:
    (row_a, a), (row_b, b) = first_of_one_name("A"), first_of_one_name("B")
    book = load_workbook(io.BytesIO(made_once()))
    book["A"][f"B{row_a}"], book["B"][f"B{row_b}"] = b, a
    out = io.BytesIO()
    book.save(out)
    changed = seat_changes(proposal().seats, reread(sheets_of(out.getvalue())))
    names = {one.key: one.name for one in people()}
    moved = {names[one.key]: (one.before[0].table, one.after[0].table) for one in changed}
    assert (moved[a], moved[b]) == (("a", "b"), ("b", "a"))


def test_a_name_written_twice_breaks_a_requirement() -> None:
    seats = reread(edited("A", {f"B{first_of_one_name('A')[0]}": first_of_one_name("B")[1]}))
    checked = check(seats, people(), proposal().rules)
    assert next(one.id for one in checked.requirements if not one.holds) == "one_seat"


def test_a_row_typed_below_seats_somebody_new() -> None:
    seated = {seat.person for seat in proposal().seats}
    new = next(one for one in people() if one.key not in seated and one.name.startswith("Etu"))
    last = len(dict(plain())["A"])
    seats = reread(edited("A", {f"A{last + 2}": "Varalla", f"B{last + 2}": f"  {new.name.upper()} "}))
    assert [one.key for one in seat_changes(proposal().seats, seats)] == [new.key]


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [
        ({"B2": "Ei Kukaan"}, "workbook_name_unknown", "B2"),
        ({"B2": "Kalle Virtanen", "F2": None}, "workbook_name_ambiguous", "B2"),
        ({"A2": "Pomo"}, "workbook_role_unknown", "A2"),
        ({"A2": "Varajäsen", "G2": "Bo Zetterberg"}, "workbook_deputy_misplaced", "G2"),
        ({"B1": "Jotain"}, "workbook_header_missing", None),
    ],
)
def test_what_cannot_be_read_names_the_sheet_and_the_cell(
    cells: dict[str, str | int | None], code: str, cell: str | None
) -> None:
    with pytest.raises(EditedRosterError) as raised:
        reread(edited("A", cells))
    found = raised.value.problems
    assert [(one.code, one.params["sheet"], one.params.get("cell")) for one in found] == [(code, "A", cell)]


def test_a_row_number_tells_two_of_one_name_apart() -> None:
    seats = reread(edited("A", {"B2": "Kalle Virtanen", "F2": 15}))
    assert "key013" in {seat.key for seat in seats if seat.table == "a"}


def test_a_renamed_sheet_is_told() -> None:
    sheets = [("Z" if name == "A" else name, rows) for name, rows in plain()]
    with pytest.raises(EditedRosterError) as raised:
        reread(sheets)
    assert [one.code for one in raised.value.problems] == ["workbook_sheet_missing"]


def test_a_place_names_the_sheet_and_the_file_where_there_are_several() -> None:
    assert parse_place(7.0) == (None, None, 7)
    assert parse_place("Vastaukset!12") == (None, "Vastaukset", 12)
    assert parse_place("[a].xlsx]A!B!12") == (None, None, None) or parse_place("[a.xlsx]A!B!12") == (
        "a.xlsx", "A!B", 12,
    )  # fmt: skip


def test_gender_is_counted_for_members_and_for_deputies() -> None:
    by_key = {one.key: one for one in people()}
    for one in law_of(proposal()):
        here = [by_key[seat.person].value("gender") for seat in proposal().at(one.table, one.role)]
        assert (one.women, one.men, one.size) == (here.count("woman"), here.count("man"), len(here))
        assert one.least == (4 * one.size + 5) // 10


def test_the_charts_are_excel_charts_over_the_goals() -> None:
    book = load_workbook(io.BytesIO(made_once()))
    charts = [chart for sheet in book.worksheets for chart in sheet._charts]
    assert len(charts) == 2 * 3
    assert "Kokoonpano ja tavoitteet" in charts[0].series[0].val.numRef.f


def test_a_chart_marks_the_least_with_a_dash_and_the_most_with_a_cross() -> None:
    """Told by their columns of the goals' sheet: counts, at least, at most."""
    book = load_workbook(io.BytesIO(made_once()))
    counts, limits = next(sheet._charts[0] for sheet in book.worksheets if sheet._charts)._charts
    drawn = [(one.val.numRef.f.split("!")[1][1], one.marker.symbol) for one in limits.series]
    assert (counts.series[0].val.numRef.f.split("!")[1][1], drawn) == ("E", [("F", "dash"), ("G", "x")])
    titles = [cell.value for cell in book["Kokoonpano ja tavoitteet"][1]]
    assert titles[4:7] == [text(f"workbook.{name}") for name in ("count", "at_least", "at_most")]


@pytest.mark.parametrize(("part", "whole", "said"), [(1, 3, "33 %"), (2, 3, "67 %"), (1, 8, "13 %"), (0, 0, "–")])
def test_a_share_is_told_in_whole_per_cent(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


def test_how_a_share_is_rounded_is_said() -> None:
    for rounding, other in (("up", "nearest"), ("nearest", "up")):
        women = {"id": "women", "field": "gender", "values": ["woman"], "at_least_share": "40 %", "rounding": rounding}
        told = [one.words for one in rules_in_words(tiny_rules(requirements=[women])) if one.name == "naisten osuus"]
        assert len(told) == 1
        assert text(f"rules.rounding.{rounding}") in told[0] and text(f"rules.rounding.{other}") not in told[0]


def test_every_chart_says_what_it_shows() -> None:
    with zipfile.ZipFile(io.BytesIO(made_once())) as archive:
        drawings = [archive.read(name).decode() for name in archive.namelist() if "drawings/drawing" in name]
    assert [drawing.count('descr="') for drawing in drawings if "<graphicFrame>" in drawing] == [3, 3]


@given(st.lists(st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=12), min_size=14, max_size=14))
@settings(max_examples=8, deadline=None)
def test_any_names_read_back_as_the_same_people(names: list[str]) -> None:
    names = [name if same_name(name) else "N" for name in names]
    renamed = tuple(replace(one, name=name) for one, name in zip(proposal().pool.applicants, names, strict=True))
    pool = replace(proposal().pool, applicants=renamed)
    sheets = sheets_of(workbook_bytes(replace(proposal(), rows=replace(proposal().rows, pool=pool))))
    recorded = checkable_in(sheets, file=FILE)
    assert recorded.intact
    assert seat_changes(proposal().seats, roster_in(sheets, recorded, renamed, file=FILE)) == ()


@pytest.mark.parametrize("deputies", [{"aim": 0}, {"aim": 1, "personal": False}])
def test_rounds_without_pairs_read_back_too(deputies: dict[str, Any]) -> None:
    rules = tiny_rules(deputies=deputies)
    locks = Locks(kept_out=("key000",), kept_apart=(("key001", "key002"),), kept_from=(Seated("key003", "a"),))
    other = propose(Pool.build(people(), rules), rules, locks=locks)
    sheets = sheets_of(workbook_bytes(other))
    recorded = checkable_in(sheets, file=FILE)
    assert recorded.board_locks() == locks
    assert seat_changes(other.seats, roster_in(sheets, recorded, people(), file=FILE)) == ()
    assert "Päätösehdotus" in "".join(
        one.text for one in Document(io.BytesIO(document_bytes(other, special_reason="x"))).paragraphs
    )


def empty() -> Proposal:
    rules = proposal().rules
    pool = Pool.build([], rules)
    from selection.constraints import build_rows

    return replace(proposal(), rows=build_rows(pool, rules), seats=())


def test_a_round_without_applicants_is_a_workbook_too() -> None:
    assert checkable_in(sheets_of(workbook_bytes(empty())), file=FILE).seats == ()
