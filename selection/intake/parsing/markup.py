"""What a sheet's markup says beyond its values: hidden, struck out, coloured, not computed, too far away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .limits import MAX_COLUMNS, MAX_ROWS, Params, Refused

if TYPE_CHECKING:
    from .archive import Archive

Marks = dict[str, Params]

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_HIDDEN = rb"""\b([^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*)>"""
_ROW = re.compile(rb"<(?:\w+:)?row" + _HIDDEN)
_COLUMN = re.compile(rb"<(?:\w+:)?col" + _HIDDEN)
#: A reference beyond the limits: column KO or later, or row 10 000 or later; and a cell with contents there.
_FAR_AWAY = rb"(?:[Kk][O-Zo-z]|[L-Zl-z][A-Za-z]|[A-Za-z]{3,})\d+|[A-Za-z]+\d{5,}"
_FAR = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["'](""" + _FAR_AWAY + rb""")["'][^>]*>(?!</)""")
#: The same in any attribute: quick to look for, and absent from nearly every sheet.
_MAYBE_FAR = tuple(re.compile(quote + b"(?:" + _FAR_AWAY + b")" + quote) for quote in (b'"', b"'"))
_FORMULA = rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
_NO_VALUE = rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?"
_UNCOMPUTED = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*" + _FORMULA + rb"\s*" + _NO_VALUE + rb"\s*</(?:\w+:)?c>")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bt\s*=\s*["']e["'])([^>]*)>(.*?)</(?:\w+:)?c>""", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]{1,40})</")
#: More far cells than this are a table that is too long or too wide, fewer a slip of the keyboard.
_FEW = 50


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag, without their name-space prefix."""
    return {
        name.decode().rsplit(":", 1)[-1]: unescaped((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def unescaped(text: str) -> str:
    """A text of the markup with its entities as letters."""
    if "&" not in text:
        return text
    import html

    return html.unescape(text)


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
    for tag in _RELATION.findall(archive.read(links)) if links in archive else ():
        link = attributes(tag)
        target = link.get("Target", "")
        path = target if target.startswith("/") else f"{folder}/{target}"
        targets[link.get("Id", "")] = path.lstrip("/")
    styles = f"{folder}/styles.xml".lstrip("/")
    struck, coloured = _marked_styles(archive.read(styles)) if styles in archive else ((), ())
    marks: Marks = {}
    for tag in _SHEET.findall(archive.read(book)):
        sheet = attributes(tag)
        path = targets.get(sheet.get("id", ""), "")
        if "name" in sheet and path in archive:
            marks[sheet["name"]] = _sheet_marks(archive.read(path), sheet["name"], struck, coloured)
    return marks


def _sheet_marks(content: bytes, name: str, struck: tuple[int, ...], coloured: tuple[int, ...]) -> Params:
    """Marks of one worksheet. A value far outside the limits is refused here, before its rows are laid out."""
    far: list[str] = []
    if any(pattern.search(content) for pattern in _MAYBE_FAR):
        far = [match.group(1).decode() for match in _FAR.finditer(content) if not match.group(0).endswith(b"/>")]
    if len(far) > _FEW:
        wide = position(far[0])[1] >= MAX_COLUMNS
        raise Refused(
            "too_many_columns" if wide else "too_many_rows", sheet=name, most=MAX_COLUMNS if wide else MAX_ROWS
        )
    if far:
        raise Refused("cell_far_away", sheet=name, cell=far[0])
    some_hidden = b"hidden" in content
    columns = [attributes(tag) for tag in _COLUMN.findall(content)] if some_hidden else []
    rows = [attributes(tag) for tag in _ROW.findall(content)] if some_hidden else []
    formulas = _UNCOMPUTED.findall(content) if b"<f" in content or b":f" in content else []
    return {
        "hidden_rows": [int(row["r"]) - 1 for row in rows if row.get("r", "").isdigit()],
        "hidden_columns": [
            number
            for column in columns
            for number in range(int(column.get("min", 1)) - 1, min(int(column.get("max", 1)), MAX_COLUMNS))
        ],
        "struck": _styled_rows(content, struck),
        "coloured": _styled_rows(content, coloured),
        "errors": _errors(content) if b't="e"' in content or b"t='e'" in content else [],
        "uncomputed": [list(position(attributes(tag).get("r", "A1"))) for tag in formulas if not tag.endswith(b"/")],
    }


def _errors(content: bytes) -> list[list[Any]]:
    """Cells in which a formula gave an error: row, column, the error as Excel shows it."""
    found: list[list[Any]] = []
    for tag, inner in _ERROR.findall(content):
        value = _VALUE.search(inner)
        error = unescaped(value.group(1).decode("utf-8", "replace")) if value is not None else "#"
        found.append([*position(attributes(tag).get("r", "A1")), error])
    return found


def _styled_rows(content: bytes, styles: tuple[int, ...]) -> list[int]:
    """Rows that hold a filled cell of one of the styles."""
    if not styles:
        return []
    wanted = b"|".join(str(style).encode() for style in styles)
    styled = rb"""<(?:\w+:)?c\b(?=[^>]*\bs\s*=\s*["'](?:""" + wanted + rb""")["'])"""
    cell = re.compile(styled + rb"""[^>]*?\br\s*=\s*["'][A-Z]+(\d+)["'][^>]*>""")
    return sorted({int(match.group(1)) - 1 for match in cell.finditer(content) if not match.group(0).endswith(b"/>")})


def _marked_styles(styles: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Numbers of the cell styles that are struck out, and of those with a fill colour."""

    def children(parent: bytes, child: bytes) -> list[bytes]:
        block = re.search(rb"<(?:\w+:)?" + parent + rb"\b[^>]*>(.*?)</(?:\w+:)?" + parent + rb">", styles, re.DOTALL)
        pattern = rb"<(?:\w+:)?" + child + rb"\b(?:[^>]*/>|.*?</(?:\w+:)?" + child + rb">)"
        return re.findall(pattern, block.group(1), re.DOTALL) if block else []

    strike = re.compile(rb"""<(?:\w+:)?strike\b(?![^>]*val\s*=\s*["'](?:0|false)["'])""")
    solid = re.compile(rb"""patternType\s*=\s*["']solid["']""")
    struck_fonts = [number for number, font in enumerate(children(b"fonts", b"font")) if strike.search(font)]
    filled = [number for number, fill in enumerate(children(b"fills", b"fill")) if solid.search(fill)]
    known = [attributes(style.split(b">", 1)[0]) for style in children(b"cellXfs", b"xf")]
    return (
        tuple(number for number, style in enumerate(known) if int(style.get("fontId", 0)) in struck_fonts),
        tuple(number for number, style in enumerate(known) if int(style.get("fillId", 0)) in filled),
    )


def ods_marks(content: bytes) -> Marks:
    """Hidden rows of each sheet of an OpenDocument file."""
    if b"table:visibility=" not in content:
        return {}
    from xml.parsers import expat

    marks: Marks = {}
    sheet, next_row = "", 0

    def start(tag: str, found: dict[str, str]) -> None:
        nonlocal sheet, next_row
        if tag == "table:table":
            sheet, next_row = found.get("table:name", ""), 0
            marks[sheet] = {"hidden_rows": []}
        elif tag == "table:table-row" and sheet in marks:
            repeated = int(found.get("table:number-rows-repeated", 1))
            if found.get("table:visibility") in ("collapse", "filter"):
                marks[sheet]["hidden_rows"] += range(next_row, next_row + min(repeated, MAX_ROWS))
            next_row += repeated

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        raise Refused("damaged") from None
    return marks
