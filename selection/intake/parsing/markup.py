"""What a sheet's markup says beyond its values: hidden, struck out, coloured, not computed, too far away."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from .entries import Archive
from .limits import MAX_COLUMNS, MAX_ROWS, Params, Refused

Marks = dict[str, Params]
Attributes = dict[str, str]

#: A reference beyond the limits, in any attribute: column KO or later, or row 10 000 or later. Absent from nearly every
#: sheet; a sheet with nothing to mark is not parsed a second time.
_MAYBE_FAR = re.compile(rb"""["'](?:(?:[Kk][O-Zo-z]|[L-Zl-z][A-Za-z]|[A-Za-z]{3,})\d+|[A-Za-z]+\d{5,})["']""")
#: What a formula, an error and a hidden row or column need in their markup.
_MAYBE_MARKED = re.compile(rb"""hidden|<f\b|:f\b|["']e["']""")
#: A value in this row (from 0) or later is no part of a table within the limits.
FAR_ROW = 9_999
#: More far cells than this are a table that is too long or too wide, fewer a slip of the keyboard.
_FEW = 50
#: Characters of an error's name that are kept.
_LONGEST_ERROR = 40
#: Notes that are read of a sheet, and letters of each.
_MOST_NOTES, _LONGEST_NOTE = 10_000, 500


def position(reference: str) -> tuple[int, int]:
    """``F12`` → row 11, column 5, both counted from 0."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter.upper()) - 64
    return int(reference[len(letters) :] or 1) - 1, column - 1


def xlsx_marks(archive: Archive) -> Marks:
    """Of each sheet by name: hidden rows and columns, struck-out and coloured rows, formulas without a value."""
    books = [name for name in archive.names if name.endswith("workbook.xml")]
    book = "xl/workbook.xml" if "xl/workbook.xml" in books else books[0]
    folder, _, leaf = book.rpartition("/")
    targets: dict[str, str] = {}
    links = f"{folder}/_rels/{leaf}.rels".lstrip("/")
    for link in _found(archive.read(links), "Relationship") if links in archive else ():
        target = link.get("Target", "")
        path = target if target.startswith("/") else f"{folder}/{target}"
        targets[link.get("Id", "")] = path.lstrip("/")
    styles = f"{folder}/styles.xml".lstrip("/")
    struck, coloured = _marked_styles(archive.read(styles)) if styles in archive else (frozenset(), frozenset())
    marks: Marks = {}
    for sheet in _found(archive.read(book), "sheet"):
        path = targets.get(sheet.get("id", ""), "")
        if "name" in sheet and path in archive:
            marks[sheet["name"]] = _sheet_marks(archive.read(path), sheet["name"], struck, coloured)
            notes = _notes(archive, path)
            if notes:
                marks[sheet["name"]] = {**marks[sheet["name"]], "notes": notes}
    return marks


def _notes(archive: Archive, path: str) -> list[list[Any]]:
    """The notes on the cells of a worksheet: row, column, text."""
    folder, _, leaf = path.rpartition("/")
    links = f"{folder}/_rels/{leaf}.rels".lstrip("/")
    found: list[list[Any]] = []
    for link in _found(archive.read(links), "Relationship") if links in archive else ():
        target = link.get("Target", "")
        if not link.get("Type", "").endswith("/comments"):
            continue
        full = target if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if full.lstrip("/") in archive:
            found += _texts_of_notes(archive.read(full.lstrip("/")))
    return found[:_MOST_NOTES]


def _texts_of_notes(content: bytes) -> list[list[Any]]:
    notes: list[list[Any]] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    inside = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal inside
        name = tag.rpartition(":")[2]
        if name == "comment" and re.fullmatch(r"[A-Za-z]{1,3}\d{1,7}", attributes.get("ref", "")):
            notes.append([*position(attributes["ref"]), ""])
        inside = name == "t"

    def text(said: str) -> None:
        if inside and notes and len(notes[-1][2]) < _LONGEST_NOTE:
            notes[-1][2] += said[:_LONGEST_NOTE]

    def end(_: str) -> None:
        nonlocal inside
        inside = False

    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        raise Refused("damaged") from None
    return notes


def _parse(
    content: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
) -> None:
    """Go through the elements of a document, named without their name-space prefix.

    Raises
    ------
    Refused
        where the document is not well-formed, or a number in it is none.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, found: start(tag.rpartition(":")[2], found)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        raise Refused("damaged") from None


def _found(content: bytes, name: str) -> list[Attributes]:
    """The attributes of each element of one name, themselves without prefix."""
    found: list[Attributes] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == name:
            found.append({key.rpartition(":")[2]: value for key, value in attributes.items()})

    _parse(content, start)
    return found


def _is_on(attributes: Attributes, name: str) -> bool:
    """Whether a flag of an element is set."""
    return attributes.get(name, "0") in ("1", "true")


class _SheetReader:
    """One worksheet's elements, read in their order. ``r`` of rows and cells is optional (ECMA-376, part 1, 18.3.1.73
    and 18.3.1.4): a row or cell without it comes after the one before."""

    def __init__(self, content: bytes, struck: frozenset[int], coloured: frozenset[int]) -> None:
        self.struck_styles, self.coloured_styles = struck, coloured
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.struck: list[int] = []
        self.filled: dict[int, int] = {}
        self.coloured: list[int] = []
        self.errors: list[list[Any]] = []
        self.uncomputed: list[list[int]] = []
        self.far: list[tuple[int, int, str]] = []
        self._row, self._column = -1, -1
        self._cell: Attributes = {}
        self._formula = self._filled = self._in_cell = False
        self._value: str | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(content, True)
        except (expat.ExpatError, ValueError):
            raise Refused("damaged") from None

    def _start(self, tag: str, attributes: Attributes) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._in_cell, self._cell = True, attributes
            self._formula = self._filled = False
            self._value = None
            if "r" in attributes:
                self._column = position(attributes["r"])[1]
            else:
                self._column += 1
        elif name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if _is_on(attributes, "hidden"):
                self.hidden_rows.append(self._row)
        elif name == "col":
            if _is_on(attributes, "hidden"):
                last = min(int(attributes.get("max", 1)), MAX_COLUMNS)
                self.hidden_columns += range(int(attributes.get("min", 1)) - 1, last)
        elif self._in_cell and name == "f":
            self._formula = self._filled = True
        elif self._in_cell and name in ("v", "is"):
            self._filled = True
            if name == "v" and (self._formula or self._cell.get("t") == "e"):
                self._value = ""
                self._parser.CharacterDataHandler = self._text

    def _text(self, text: str) -> None:
        self._value = (self._value or "") + text

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "v":
            self._parser.CharacterDataHandler = None
        elif name == "c":
            self._in_cell = False
            if self._filled:
                self._end_of_cell()

    def _end_of_cell(self) -> None:
        row, column, cell = self._row, self._column, self._cell
        if "r" in cell:
            row = position(cell["r"])[0]
        if row >= FAR_ROW or column >= MAX_COLUMNS:
            self.far.append((row, column, cell.get("r", "")))
        style = int(cell.get("s", 0))
        self.filled[row] = self.filled.get(row, 0) + 1
        if style in self.struck_styles:
            self.struck.append(row)
        if style in self.coloured_styles:
            self.coloured.append(row)
        if cell.get("t") == "e":
            self.errors.append([row, column, (self._value or "#")[:_LONGEST_ERROR]])
        if self._formula and not (self._value or "").strip():
            self.uncomputed.append([row, column])


def _sheet_marks(content: bytes, name: str, struck: frozenset[int], coloured: frozenset[int]) -> Params:
    """Marks of one worksheet. A value far outside the limits is refused here, before its rows are laid out."""
    maybe_far = _MAYBE_FAR.search(content) is not None
    if not (struck or coloured or maybe_far or _MAYBE_MARKED.search(content)):
        return {}
    sheet = _SheetReader(content, struck, coloured)
    if len(sheet.far) > _FEW:
        wide = sheet.far[0][1] >= MAX_COLUMNS
        raise Refused(
            "too_many_columns" if wide else "too_many_rows", sheet=name, most=MAX_COLUMNS if wide else MAX_ROWS
        )
    if sheet.far:
        raise Refused("cell_far_away", sheet=name, cell=sheet.far[0][2])
    return {
        "hidden_rows": sheet.hidden_rows,
        "hidden_columns": sheet.hidden_columns,
        "struck": sorted(set(sheet.struck)),
        "struck_whole": sorted(row for row in set(sheet.struck) if 2 * sheet.struck.count(row) > sheet.filled[row]),
        "coloured": sorted(set(sheet.coloured)),
        "errors": sheet.errors,
        "uncomputed": sheet.uncomputed,
    }


def _marked_styles(content: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """Numbers of the cell styles that are struck out, and of those with a fill colour."""
    struck_fonts: set[int] = set()
    filled: set[int] = set()
    struck: set[int] = set()
    coloured: set[int] = set()
    path: list[str] = []
    counts = {"font": -1, "fill": -1, "xf": -1}
    parents = {"font": "fonts", "fill": "fills", "xf": "cellXfs"}

    def start(tag: str, attributes: Attributes) -> None:
        if path and path[-1] == parents.get(tag):
            counts[tag] += 1
            if tag == "xf":
                if int(attributes.get("fontId", 0)) in struck_fonts:
                    struck.add(counts["xf"])
                if int(attributes.get("fillId", 0)) in filled:
                    coloured.add(counts["xf"])
        elif tag == "strike" and path[-2:] == ["fonts", "font"] and attributes.get("val", "1") not in ("0", "false"):
            struck_fonts.add(counts["font"])
        elif tag == "patternFill" and path[-2:] == ["fills", "fill"] and attributes.get("patternType") == "solid":
            filled.add(counts["fill"])
        path.append(tag)

    def end(_: str) -> None:
        path.pop()

    _parse(content, start, end)
    return frozenset(struck), frozenset(coloured)


def ods_marks(content: bytes) -> Marks:
    """Hidden rows of each sheet of an OpenDocument file."""
    if b":visibility=" not in content:
        return {}
    marks: Marks = {}
    sheet, next_row = "", 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal sheet, next_row
        if tag == "table":
            sheet, next_row = attributes.get("table:name", ""), 0
            marks[sheet] = {"hidden_rows": []}
        elif tag == "table-row" and sheet in marks:
            repeated = int(attributes.get("table:number-rows-repeated", 1))
            if attributes.get("table:visibility") in ("collapse", "filter"):
                marks[sheet]["hidden_rows"] += range(next_row, next_row + min(repeated, MAX_ROWS))
            next_row += repeated

    _parse(content, start)
    return marks
