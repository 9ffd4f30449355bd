"""Worksheets hold text and numbers only; the checkable sheet tells its own edits."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from selection.model.people import Role
from selection.outputs.checkable import Checkable, SeatRecord, header
from selection.outputs.checkable_parsing import is_checkable, parse
from selection.outputs.sheets import Column, Line, add_sheet

HOSTILE = ['=HYPERLINK("http://x";"y")', "+358", "@x", "-Pekka", "#N/A", "1.3.", "a\x00b"]


def reread(lines: list[tuple[Any, ...]]) -> Any:
    book = Workbook()
    del book["Sheet"]
    add_sheet(book, "T", [Column("Nimi", 20) for _ in lines[0]], [Line(line) for line in lines])
    out = io.BytesIO()
    book.save(out)
    return load_workbook(io.BytesIO(out.getvalue()))["T"]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_looks_like_a_formula_stays_text(name: str) -> None:
    cell = reread([(name,)])["A2"]
    assert cell.data_type == "s"
    assert cell.value == name.replace("\x00", "")
    # Also when a person edits the cell.
    assert cell.quotePrefix == name.startswith(("=", "+", "@", "-"))


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert reread([("a\ud800b\uffffc\ufffed\x0be",)])["A2"].value == "abcde"


def test_the_sheet_is_laid_out_for_a4() -> None:
    sheet = reread([("a", 1)])
    assert sheet.freeze_panes == "A2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1 and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert not sheet.merged_cells.ranges
    assert sheet["B2"].data_type == "n"


def checkable() -> Checkable:
    seat = SeatRecord("itäinen", Role.MEMBER, "k1", "-Pekka", "a.xlsx", "Vastaukset", 17)
    steps = (("members_least", 15, 15),)
    return Checkable("fi", {"selection": "1"}, (("a.xlsx", "ab"),), "lahti-2021", "{}", "2021", True, steps, (seat,))


def test_the_checkable_sheet_reads_back_and_finds_an_edit() -> None:
    rows = [list(row) for row in reread([header(), *checkable().records()]).iter_rows(min_row=2, values_only=True)]
    assert is_checkable(rows)
    read = parse(rows, file="p.xlsx")
    assert read == checkable()
    rows[-2][2] = "somebody else"
    assert not parse(rows, file="p.xlsx").intact
