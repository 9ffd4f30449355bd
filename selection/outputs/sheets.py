"""Worksheets of a workbook: one header row, text and numbers only, laid out to be read on A4."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from selection.texts import language

#: What a cell may hold.
Value = str | int | None

#: Characters of one cell that Excel keeps.
LONGEST = 32_767

#: Points: the highest row that Excel has.
_HIGHEST = 409

INK, QUIET, LINE, FAILS = "1C2A35", "0B5A7D", "C3CCD3", "FBE9E7"
_HEADER_FILL = PatternFill("solid", fgColor=QUIET)
_FAILS_FILL = PatternFill("solid", fgColor=FAILS)
_HEADER_FONT = Font(name="Arial", size=10, bold=True, color="FFFFFF")
_FONT = Font(name="Arial", size=10, color=INK)
_STRONG = Font(name="Arial", size=10, color=INK, bold=True)
_UNDER = Border(bottom=Side("thin", color=LINE))
# Half a surrogate pair, and what is no letter at all: an XML file with these is refused.
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
# What Excel would take for a formula or a command when a person edits the cell.
ACTIVE = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, its width in characters, whether it is emphasised."""

    header: str
    width: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row under the header. ``fails`` marks what does not hold, beside the words that say so."""

    values: Sequence[Value]
    fails: bool = False


def add_sheet(
    book: Workbook,
    title: str,
    columns: Sequence[Column],
    lines: Iterable[Line],
    *,
    still: int = 0,
    filtered: bool = True,
    wrapped: bool = True,
    air: int = 4,
    vertical: str = "top",
) -> Worksheet:
    """A sheet with a frozen header row, ready to print.

    Parameters
    ----------
    still
        How many columns stay in sight when the sheet is scrolled to the right.
    filtered
        Whether the header gets Excel's filter buttons.
    wrapped
        Whether long texts take several lines.
    air
        Points of a row beside its lines.
    vertical
        Where a text stands in a row that is higher: ``top`` or ``center``.
    """
    sheet: Worksheet = book.create_sheet(sheet_title(title, book.sheetnames))
    rows = list(lines)
    numeric = [any(isinstance(line.values[place], int) for line in rows) for place in range(len(columns))]
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        header = put(sheet, 1, number, column.header)
        header.font, header.fill = _HEADER_FONT, _HEADER_FILL
        header.alignment = _alignment(numeric[number - 1], wrapped=True, vertical="center")
    last = len(rows) + 1
    for row, line in enumerate(rows, start=2):
        for number, (column, value) in enumerate(zip(columns, line.values, strict=True), start=1):
            cell = put(sheet, row, number, value)
            cell.font = _STRONG if column.strong or line.fails else _FONT
            cell.border = _UNDER
            cell.alignment = _alignment(isinstance(value, int), wrapped=wrapped, vertical=vertical)
            if line.fails:
                cell.fill = _FAILS_FILL
        height = max(map(_lines_in, line.values, columns), default=1) if wrapped else 1
        sheet.row_dimensions[row].height = min(13 * height + air, _HIGHEST)
    sheet.row_dimensions[1].height = (
        15 * max((_lines_of(column.header, column.width - 3) for column in columns), default=1) + 6
    )
    sheet.freeze_panes = f"{get_column_letter(still + 1)}2"
    if filtered and last > 1:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    set_up_print(sheet)
    return sheet


def new_book(title: str) -> Workbook:
    """An empty workbook with its title and language, its columns counted in the font that the cells have."""
    book = Workbook()
    del book["Sheet"]
    styles: Any = book
    styles._named_styles["Normal"].font = Font(name="Arial", size=10)
    book.properties.title, book.properties.creator, book.properties.language = title, "Kokoonpano", language()
    return book


def put(sheet: Worksheet, row: int, column: int, value: Value) -> Cell | MergedCell:
    """Write one cell as text or as a number: what looks like a formula stays text, also when it is edited."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = clean(value) or None
        if cell.value is not None:
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(ACTIVE)
    else:
        cell.value = value
    return cell


def clean(text: str) -> str:
    """Text as a cell can hold it: no control characters, line breaks of one kind, no more than Excel keeps."""
    plain = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _NOT_XML.sub("", plain)[:LONGEST]


def sheet_title(wanted: str, taken: Sequence[str]) -> str:
    """A sheet name that Excel accepts and no other sheet of the book has (letter case aside)."""
    plain = "".join(" " if char in "[]:*?/\\" else char for char in clean(wanted))
    plain = plain.strip().strip("'")[:31] or "–"
    folded = {name.casefold() for name in taken}
    title, number = plain, 2
    while title.casefold() in folded:
        title = f"{plain[: 31 - len(f' {number}')]} {number}"
        number += 1
    return title


def _alignment(is_number: bool, *, wrapped: bool, vertical: str) -> Alignment:
    """Numbers to the right; everything kept off the next column."""
    return Alignment(wrap_text=wrapped, vertical=vertical, horizontal="right" if is_number else "left", indent=1)


def _lines_in(value: Value, column: Column) -> int:
    """Lines that a value takes; counted generously, as fonts differ."""
    return sum(_lines_of(part, column.width - 1) for part in value.split("\n")) if isinstance(value, str) else 1


def _lines_of(written: str, width: float) -> int:
    """Lines that a text takes at a width in characters."""
    lines, used = 1, 0
    for word in written.split():
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, len(word)
        else:
            used += len(word) + (1 if used else 0)
        if used > width:  # a word that no line holds is broken
            lines, used = lines + int(used // width), int(used % width)
    return lines


def set_up_print(sheet: Any) -> None:
    """A4 landscape, as wide as the page, the header on each page, the sheet's name and the page's number."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.75, 0.6
    sheet.oddHeader.left.text = "&A"
    sheet.oddHeader.left.size = 14
    sheet.oddHeader.left.font = "Arial,Bold"
    sheet.oddHeader.right.text = _header_safe(sheet.parent.properties.title or "")
    sheet.oddHeader.right.size = 9
    sheet.oddFooter.right.text = "&P / &N"
    sheet.oddFooter.right.size = 9
    sheet.sheet_view.zoomScale = 100


def _header_safe(text: str) -> str:
    """A page header in which no letter is taken for a code."""
    return text.replace("&", "&&")
