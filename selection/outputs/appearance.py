"""The looks of a workbook: where a person who opens it sees something else than its cells hold, or nothing.

The program writes none of what is found here: every sheet, row and column in sight, dark text, no pictures, no
formulas, no notes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.utils import get_column_letter

from selection import jobs
from selection.errors import FileError

LIMITS = jobs.Limits(seconds=30.0, processor=30, memory=1_500_000_000, answer=20_000_000)
#: Differences that are told of one workbook.
MOST = 500
#: Number formats that show a text or a whole number as it is.
_PLAIN = frozenset(("General", "GENERAL", "@", "0", "0.00", "#,##0", "#,##0.00", "General;General", "Standard"))
#: Fonts of pictures instead of letters.
_PICTURES = re.compile(r"wingdings|webdings|symbol|dingbats", re.IGNORECASE)
#: Points of the smallest letters that are read, and of the lowest row; characters of the narrowest column.
_SMALLEST, _LOWEST, _NARROWEST = 6, 4, 1
#: Least contrast of letters and ground, as the WCAG count it: of less than this nothing is read.
_CONTRAST = 1.6
#: Theme colours 0 to 3, of which every theme has the first two light and dark.
_THEME = {0: "FFFFFF", 1: "000000", 2: "E7E6E6", 3: "44546A"}


@dataclass(frozen=True, slots=True)
class Look:
    """One place that looks otherwise than it holds: a sheet, a cell, row or column of it, and why, as
    ``verify.look.<code>`` names it. Of the whole workbook the sheet is empty."""

    sheet: str
    place: str
    code: str


def looks_of(path: Path) -> tuple[Look, ...] | None:
    """What a workbook shows otherwise than it holds; ``None`` for a file whose looks cannot be read, such as .ods.

    It is read in a child process under limits.

    Raises
    ------
    FileError
        if it cannot be read within the limits.
    """
    if not zipfile.is_zipfile(path) or path.suffix.lower() not in (".xlsx", ".xlsm"):
        return None
    with jobs.named_limits([path.name]):
        found = jobs.run(read_looks, str(path.absolute()), limits=LIMITS)
    if found is None:
        raise FileError("damaged", file=path.name)
    return tuple(Look(*told) for told in found)


def read_looks(path: str) -> list[list[str]] | None:
    """The looks of a workbook as plain lists; called in a job. ``None`` where it cannot be read."""
    try:
        pictures = _pictures(path)
        book = load_workbook(path, rich_text=True)
    except Exception:
        return None
    found = [["", name, "picture"] for name in pictures]
    for sheet in book.worksheets:
        for place, code in _of_sheet(sheet):
            found.append([sheet.title, place, code])
            if len(found) >= MOST:
                return found
    return found + [[sheet.title, "", "chart_sheet"] for sheet in book.chartsheets]


def _pictures(path: str) -> list[str]:
    """Parts of the file that lay pictures or boxes of text over the cells."""
    with zipfile.ZipFile(path) as archive:
        drawings = [name for name in archive.namelist() if re.search(r"/drawings/(drawing|vmlDrawing)\d*\.\w+$", name)]
        return [
            name
            for name in drawings
            if re.search(rb"<(?:\w+:)?(?:pic|sp|cxnSp)[\s>]", archive.read(name)) and not name.endswith(".vml")
        ]


def _of_sheet(sheet: Any) -> Iterator[tuple[str, str]]:
    if sheet.sheet_state != "visible":
        yield "", "sheet_hidden"
    usual = sheet.sheet_format
    if usual.zeroHeight or (usual.defaultColWidth is not None and usual.defaultColWidth < _NARROWEST):
        yield "", "rows_hidden"
    if sheet.sheet_view.showZeros is False or sheet.sheet_view.showFormulas:
        yield "", "view"
    for letters, column in sorted(sheet.column_dimensions.items()):
        if column.hidden or (column.width is not None and column.width < _NARROWEST):
            first, last = get_column_letter(column.min or 1), get_column_letter(column.max or column.min or 1)
            yield letters if first == last else f"{first}–{last}", "column_hidden"
    for number, row in sorted(sheet.row_dimensions.items()):
        if row.hidden or (row.height is not None and row.height < _LOWEST):
            yield str(number), "row_hidden"
    for merged in sheet.merged_cells.ranges:
        yield str(merged), "merged"
    if sheet.conditional_formatting:
        for ranges in sheet.conditional_formatting:
            yield str(ranges.sqref), "conditional"
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None:
                yield cell.coordinate, "note"
            if cell.value is not None:
                yield from ((cell.coordinate, code) for code in _of_cell(cell))


def _of_cell(cell: Any) -> Iterator[str]:
    if cell.data_type == "f":
        yield "formula"
    if cell.number_format not in _PLAIN:
        yield "format"
    ground = _rgb(cell.fill.fgColor, "FFFFFF") if cell.fill.fill_type else "FFFFFF"
    fonts = [cell.font]
    if isinstance(cell.value, CellRichText):
        fonts += [part.font for part in cell.value if isinstance(part, TextBlock)]
    for font in fonts:
        if font.strike:
            yield "struck"
        if (font.sz or 10) < _SMALLEST:
            yield "small"
        if _PICTURES.search(str(getattr(font, "rFont", None) or getattr(font, "name", None) or "")):
            yield "pictures"
        if _contrast(_rgb(font.color, "000000"), ground) < _CONTRAST:
            yield "colour"
    if cell.alignment.textRotation not in (0, None) and cell.alignment.textRotation > 90:
        yield "turned"


def _rgb(colour: Any, otherwise: str) -> str:
    """Six hexadecimal digits of a colour; ``otherwise`` where it has none."""
    if colour is None:
        return otherwise
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return colour.rgb[-6:]
    if colour.type == "indexed" and isinstance(colour.indexed, int) and colour.indexed < len(COLOR_INDEX):
        return COLOR_INDEX[colour.indexed][-6:]
    if colour.type == "theme":
        return _THEME.get(colour.theme, otherwise)
    return otherwise


def _contrast(first: str, second: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.1, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
