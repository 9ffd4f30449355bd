"""What a person sees of a workbook is what is verified: cells changed, hidden, coloured or laid out otherwise."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Color, Font, PatternFill

from selection.errors import SelectionError
from selection.outputs.appearance import Look, looks_of
from selection.outputs.checkable import cells_as_text, row_digest
from selection.outputs.people import Details
from selection.outputs.readback import checkable_in, roster_in
from selection.outputs.shown import Shown, shown_in
from selection.outputs.verification import Verification, verify
from selection.outputs.workbook import workbook_bytes
from selection.texts import text
from tests.outputs.made import people, proposal, sheets_of

FILES = [("haku.xlsx", "ab" * 32)]
DETAILS = {one.key: Details("Yhdistys ry", "a@example.org", "040 123") for one in people()}


@cache
def whole() -> bytes:
    return workbook_bytes(
        proposal(),
        files=FILES,
        set_aside=[("Vastaukset", 40, "Sama henkilö")],
        findings=[("Vastaukset", 3, "Ikä puuttuu"), ("Vastaukset", 4, "Postinumero")],
        details=DETAILS,
    )


def changed(change: Callable[[Workbook], object], data: bytes | None = None) -> bytes:
    book = load_workbook(io.BytesIO(whole() if data is None else data), rich_text=True)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def verified(data: bytes) -> tuple[Verification, Shown]:
    sheets = sheets_of(data)
    recorded = checkable_in(sheets, file="e.xlsx")
    decided = roster_in(sheets, recorded, people(), file="e.xlsx")
    found = verify(recorded, decided, people(), files=FILES, sheets=sheets)
    return found, shown_in(recorded, found, sheets, DETAILS)


def looks(data: bytes, folder: Path) -> tuple[Look, ...]:
    path = folder / "e.xlsx"
    path.write_bytes(data)
    found = looks_of(path)
    assert found is not None
    return found


def table() -> str:
    return sheets_of(whole())[0][0]


def test_the_workbook_as_written_shows_what_it_holds(tmp_path: Path) -> None:
    found, shown = verified(whole())
    assert found.follows and shown.holds and shown.recorded
    assert looks(whole(), tmp_path) == ()


def test_a_workbook_saved_by_another_program_does_too(tmp_path: Path) -> None:
    again = changed(lambda book: None)
    assert verified(again)[1].holds and looks(again, tmp_path) == ()


@pytest.mark.parametrize("seed", range(60))
def test_every_changed_cell_is_named(seed: int) -> None:
    """One cell of any sheet, the header rows included, is made another: the sheet and the row are told, or a name is."""
    chance = random.Random(seed)
    book = load_workbook(io.BytesIO(whole()))
    sheet = chance.choice(book.worksheets)
    cell = chance.choice([one for row in sheet.iter_rows() for one in row if cells_as_text((one.value,))])
    before = cell.value
    cell.value = before + 1 if isinstance(before, int) else f"{before}x"
    out = io.BytesIO()
    book.save(out)
    try:
        found, shown = verified(out.getvalue())
    except SelectionError:
        return  # a name, a header or a role that is none is refused with its cell
    told = {(one.sheet, row) for one in (*shown.differences, *found.figures) for row in one.rows}
    assert (sheet.title, cell.row) in told or not found.intact or found.edited, (sheet.title, cell.coordinate)


@pytest.mark.parametrize("column", ["C", "D", "E", "F"])
def test_a_forger_who_mends_the_check_sheet_does_not_change_what_is_told_of_a_person(column: str) -> None:
    """The digests of rows are no secret: of a table's sheet the applications decide."""

    def forge(book: Workbook) -> None:
        sheet = book[table()]
        sheet[f"{column}2"] = "Toinen"

    sheets = sheets_of(changed(forge))
    recorded = checkable_in(sheets, file="e.xlsx")
    images = {title: tuple(map(row_digest, rows)) for title, rows in sheets if title in recorded.images}
    recorded = replace(recorded, images=images)
    decided = roster_in(sheets, recorded, people(), file="e.xlsx")
    found = verify(recorded, decided, people(), files=FILES, sheets=sheets)
    shown = shown_in(recorded, found, sheets, DETAILS)
    assert [(one.sheet, one.rows) for one in shown.differences] == [(table(), (2,))]


@pytest.mark.parametrize("sheet", ["rules", "not_proposed"])
def test_the_rules_in_words_and_the_others_follow_too(sheet: str) -> None:
    title = text(f"workbook.{sheet}")

    def forge(book: Workbook) -> None:
        book[title]["A3"] = "Toinen"

    _, shown = verified(changed(forge))
    assert [(one.sheet, one.rows) for one in shown.differences] == [(title, (3,))]


def test_sheets_and_rows_more_and_less_are_told() -> None:
    def more(book: Workbook) -> None:
        book.create_sheet("Muutettu")["A1"] = "Totuus"

    assert verified(changed(more))[1].more == ("Muutettu",)
    title = sheets_of(whole())[-2][0]

    def less(book: Workbook) -> None:
        book[title].delete_rows(2)

    (difference,) = verified(changed(less))[1].differences
    assert (difference.sheet, difference.gone) == (title, 1)

    def none(book: Workbook) -> None:
        del book[title]

    (difference,) = verified(changed(none))[1].differences
    assert (difference.sheet, difference.missing) == (title, True)


def _set(**attributes: Any) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for name, value in attributes.items():
            setattr(book.worksheets[0]["B2"], name, value)

    return change


def _hidden(book: Workbook) -> None:
    book.worksheets[1].sheet_state = "hidden"


def _very_hidden(book: Workbook) -> None:
    book.worksheets[1].sheet_state = "veryHidden"


def _column(book: Workbook) -> None:
    book.worksheets[0].column_dimensions["C"].hidden = True


def _narrow(book: Workbook) -> None:
    book.worksheets[0].column_dimensions["C"].width = 0.1


def _row(book: Workbook) -> None:
    book.worksheets[0].row_dimensions[3].hidden = True


def _flat(book: Workbook) -> None:
    book.worksheets[0].row_dimensions[3].height = 1


def _merge(book: Workbook) -> None:
    book.worksheets[0].merge_cells("B2:C2")


def _rich(book: Workbook) -> None:
    struck = TextBlock(InlineFont(strike=True), str(book.worksheets[0]["B2"].value))
    book.worksheets[0]["B2"].value = CellRichText(struck)


def _conditional(book: Workbook) -> None:
    rule = CellIsRule(operator="greaterThan", formula=["0"], font=Font(color="FFFFFF"))
    book.worksheets[0].conditional_formatting.add("A1:G9", rule)


def _zero(book: Workbook) -> None:
    book.worksheets[0].sheet_format.zeroHeight = True


LOOKS: dict[str, tuple[str, str, Callable[[Workbook], object]]] = {
    "white letters": ("colour", "B2", _set(font=Font(color="FFFFFFFF"))),
    "nearly white letters": ("colour", "B2", _set(font=Font(color="F4F4F4"))),
    "letters of the theme's white": (
        "colour",
        "B2",
        _set(font=Font(color=Color(theme=0))),
    ),
    "black on black": ("colour", "B2", _set(fill=PatternFill("solid", fgColor="000000"), font=Font(color="111111"))),
    "struck through": ("struck", "B2", _set(font=Font(strike=True))),
    "a struck part of a cell": ("struck", "B2", _rich),
    "a number format with a text of its own": ("format", "B2", _set(number_format='General;General;General;"Maija"')),
    "a format that shows nothing": ("format", "B2", _set(number_format=";;;")),
    "letters of one point": ("small", "B2", _set(font=Font(sz=1))),
    "a font of pictures": ("pictures", "B2", _set(font=Font(name="Wingdings"))),
    "a formula": ("formula", "B2", _set(value='="Maija"')),
    "a note": ("note", "B2", _set(comment=Comment("Oikeasti Maija", "x"))),
    "a hidden sheet": ("sheet_hidden", "", _hidden),
    "a very hidden sheet": ("sheet_hidden", "", _very_hidden),
    "a hidden column": ("column_hidden", "C", _column),
    "a column of no width": ("column_hidden", "C", _narrow),
    "a hidden row": ("row_hidden", "3", _row),
    "a row of no height": ("row_hidden", "3", _flat),
    "all rows hidden": ("rows_hidden", "", _zero),
    "merged cells": ("merged", "B2:C2", _merge),
    "conditional formatting": ("conditional", "A1:G9", _conditional),
}


@pytest.mark.parametrize("look", LOOKS)
def test_what_looks_otherwise_is_named(look: str, tmp_path: Path) -> None:
    code, place, change = LOOKS[look]
    found = looks(changed(change), tmp_path)
    assert (code, place) in {(one.code, one.place) for one in found}
    assert all(one.sheet in load_workbook(io.BytesIO(whole())).sheetnames for one in found)


def test_other_formats_have_no_looks_that_are_read(tmp_path: Path) -> None:
    path = tmp_path / "e.ods"
    path.write_bytes(whole())
    assert looks_of(path) is None
