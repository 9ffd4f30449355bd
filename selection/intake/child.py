"""Runs alone in a child process: the bytes of one file on stdin → plain cells as JSON on stdout, within limits.

Started by :mod:`selection.intake.reader` as a script of a bare interpreter; imports nothing of the package. What the
parent gets is ``{"kind", "sheets": […]}`` or ``{"error", "params"}``: text, numbers, truth values and dates, no objects.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import sys
import zipfile
from collections import Counter
from typing import Any

MAX_ROWS = 5_000  # data rows; a few more may stand above and below them
SPARE_ROWS = 60
MAX_COLUMNS = 300
MAX_ENTRIES = 1_000
MAX_UNPACKED = 200_000_000  # a real 20 MB workbook unpacks to about 150 MB
BOMB_SIZE, BOMB_RATIO = 30_000_000, 100  # over this size, no honest workbook packs this well
MAX_TEXT = 60_000_000  # characters handed to the parent
MAX_MEMORY = 1_000_000_000
MAX_SECONDS = 20

Params = dict[str, Any]


class Refused(Exception):
    """The file cannot be read; ``code`` is the message's."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        super().__init__(code)


def limit_resources() -> None:
    """Bound memory, processor time, files and writing of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit
        return
    for name, limit in (("RLIMIT_AS", MAX_MEMORY), ("RLIMIT_CPU", MAX_SECONDS), ("RLIMIT_FSIZE", 0)):
        try:
            resource.setrlimit(getattr(resource, name), (limit, limit))
        except (AttributeError, ValueError, OSError):
            continue


# ── what kind of file ────────────────────────────────────────────────────────────────────────────────────────────────


def parse(data: bytes, suffix: str) -> Params:
    """Read one file by its contents; its name's ending decides only between text and no spreadsheet at all."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refused("empty_file")
    if data.startswith(b"PK"):
        return parse_archive(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return parse_ole(data)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta")):
        raise Refused("html_file")
    if head.startswith((b"<?xml", b"<workbook")):
        raise Refused(
            "html_file" if b"<html" in head else "xml_spreadsheet" if b"workbook" in head else "not_a_spreadsheet"
        )
    if head.startswith((b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8", b"gif8", b"rar!", b"7z\xbc")):
        raise Refused("not_a_spreadsheet")
    return parse_text(data, suffix)


def parse_ole(data: bytes) -> Params:
    """A compound file: an old workbook, or an encrypted new one."""
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        raise Refused("encrypted")
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise Refused("not_a_spreadsheet")
    return {"kind": "xls", "sheets": sheets_of(data, {})}


def parse_archive(data: bytes) -> Params:
    """A zipped workbook, checked entry by entry before anything interprets it."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused("damaged") from None
    if len(entries) > MAX_ENTRIES:
        raise Refused("too_many_entries", count=len(entries), most=MAX_ENTRIES)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or (unpacked > BOMB_SIZE and unpacked > BOMB_RATIO * len(data)):
        raise Refused("too_large_unpacked", megabytes=unpacked // 1_000_000)
    names = {entry.filename for entry in entries}
    if "xl/workbook.bin" in names:
        raise Refused("binary_workbook")
    is_ods = "mimetype" in names and b"opendocument.spreadsheet" in part(archive, "mimetype")
    if not is_ods and not any(name.endswith("workbook.xml") for name in names):
        raise Refused("not_a_spreadsheet")
    for entry in entries:  # every part once: a lying size, a broken checksum and entity tricks end here
        if entry.filename.endswith((".xml", ".rels")):
            check_xml(part(archive, entry.filename))
    if is_ods:
        if "META-INF/manifest.xml" in names and b"encryption-data" in part(archive, "META-INF/manifest.xml"):
            raise Refused("encrypted")
        return {"kind": "ods", "sheets": sheets_of(data, ods_marks(part(archive, "content.xml")))}
    return {"kind": "xlsx", "sheets": sheets_of(data, xlsx_marks(archive, names))}


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One entry's bytes; never more than its declared size."""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise Refused("damaged") from None
    except Exception as error:  # zlib.error has no stable home across builds
        if type(error).__name__ == "error":
            raise Refused("damaged") from None
        raise


def check_xml(content: bytes) -> None:
    """Refuse what no spreadsheet program writes: entity definitions, and encodings that would hide them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:200]:
        raise Refused("damaged")
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content[:2000]:
        raise Refused("unsafe_xml")


# ── what the sheet's own markup says beyond the values ───────────────────────────────────────────────────────────────

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b([^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*)>""")
_COLUMN = re.compile(rb"""<(?:\w+:)?col\b([^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*)>""")
_FAR = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']((?:K[O-Z]|[L-Z][A-Z]|[A-Z]{3,})\d+|[A-Z]+\d{5,})["'][^>]*>(?!</)"""
)
_UNCOMPUTED = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag, without their name-space prefix."""
    import html

    return {
        name.decode().rsplit(":", 1)[-1]: html.unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def position(reference: str) -> tuple[int, int]:
    """``F12`` → row 11, column 5, both counted from 0."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :] or 1) - 1, column - 1


def xlsx_marks(archive: zipfile.ZipFile, names: set[str]) -> dict[str, Params]:
    """Of each sheet by name: hidden rows and columns, struck-out and coloured rows, formulas without a value."""
    book = next(
        (name for name in ("xl/workbook.xml", *sorted(names)) if name in names and name.endswith("workbook.xml")), ""
    )
    folder, _, leaf = book.rpartition("/")
    links = f"{folder}/_rels/{leaf}.rels".lstrip("/")
    targets: dict[str, str] = {}
    if links in names:
        for tag in _RELATION.findall(part(archive, links)):
            link = attributes(tag)
            target = link.get("Target", "")
            targets[link.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            )
    styles = f"{folder}/styles.xml".lstrip("/")
    struck, coloured = marked_styles(part(archive, styles)) if styles in names else (set(), set())
    marks: dict[str, Params] = {}
    for tag in _SHEET.findall(part(archive, book)):
        sheet = attributes(tag)
        target = targets.get(sheet.get("id", ""), "")
        if "name" in sheet and target in names:
            marks[sheet["name"]] = sheet_marks(part(archive, target), sheet["name"], struck, coloured)
    return marks


def sheet_marks(content: bytes, name: str, struck: set[int], coloured: set[int]) -> Params:
    """Marks of one worksheet; a value far outside the limits is refused here, before its rows are laid out."""
    far = [match.group(1).decode() for match in _FAR.finditer(content) if not match.group(0).endswith(b"/>")]
    if far:
        row, column = position(far[0])
        if len(far) <= 50:
            raise Refused("cell_far_away", sheet=name, cell=far[0])
        if column >= MAX_COLUMNS:
            raise Refused("too_many_columns", sheet=name, most=MAX_COLUMNS)
        raise Refused("too_many_rows", sheet=name, most=MAX_ROWS)
    hidden_columns: list[int] = []
    for tag in _COLUMN.findall(content):
        column_ = attributes(tag)
        first, last = int(column_.get("min", 1)), int(column_.get("max", 1))
        hidden_columns += range(first - 1, min(last, MAX_COLUMNS))
    return {
        "hidden_rows": [int(attributes(tag).get("r", 0)) - 1 for tag in _ROW.findall(content)],
        "hidden_columns": hidden_columns,
        "struck": styled_rows(content, struck),
        "coloured": styled_rows(content, coloured),
        "uncomputed": [
            list(position(attributes(tag).get("r", "A1")))
            for tag in _UNCOMPUTED.findall(content)
            if b"<" not in tag and not tag.endswith(b"/")
        ],
    }


def styled_rows(content: bytes, styles: set[int]) -> list[int]:
    """Rows that hold a cell of one of the styles."""
    if not styles:
        return []
    wanted = b"|".join(str(style).encode() for style in sorted(styles))
    cell = re.compile(
        rb"""<(?:\w+:)?c\b(?=[^>]*\bs\s*=\s*["'](?:"""
        + wanted
        + rb""")["'])[^>]*?\br\s*=\s*["'][A-Z]+(\d+)["'][^>]*>"""
    )
    return sorted({int(match.group(1)) - 1 for match in cell.finditer(content) if not match.group(0).endswith(b"/>")})


def marked_styles(styles: bytes) -> tuple[set[int], set[int]]:
    """Numbers of the cell styles that are struck out, and of those with a fill colour."""

    def children(parent: bytes, child: bytes) -> list[bytes]:
        block = re.search(rb"<(?:\w+:)?" + parent + rb"\b[^>]*>(.*?)</(?:\w+:)?" + parent + rb">", styles, re.DOTALL)
        pattern = rb"<(?:\w+:)?" + child + rb"\b(?:[^>]*/>|.*?</(?:\w+:)?" + child + rb">)"
        return re.findall(pattern, block.group(1), re.DOTALL) if block else []

    struck_fonts = {
        number
        for number, font in enumerate(children(b"fonts", b"font"))
        if re.search(rb"""<(?:\w+:)?strike\b(?![^>]*val\s*=\s*["'](?:0|false)["'])""", font)
    }
    filled = {
        number
        for number, fill in enumerate(children(b"fills", b"fill"))
        if re.search(rb"""patternType\s*=\s*["']solid["']""", fill)
    }
    struck: set[int] = set()
    coloured: set[int] = set()
    for number, style in enumerate(children(b"cellXfs", b"xf")):
        known = attributes(style.split(b">", 1)[0])
        if int(known.get("fontId", 0)) in struck_fonts:
            struck.add(number)
        if int(known.get("fillId", 0)) in filled:
            coloured.add(number)
    return struck, coloured


def ods_marks(content: bytes) -> dict[str, Params]:
    """Hidden rows of each sheet of an OpenDocument file."""
    if b"table:visibility=" not in content:
        return {}
    from xml.parsers import expat

    marks: dict[str, Params] = {}
    state = {"sheet": "", "row": 0}

    def start(tag: str, found: dict[str, str]) -> None:
        if tag == "table:table":
            state["sheet"], state["row"] = found.get("table:name", ""), 0
            marks[str(state["sheet"])] = {"hidden_rows": []}
        elif tag == "table:table-row" and state["sheet"] in marks:
            repeated = int(found.get("table:number-rows-repeated", 1))
            first = int(state["row"])
            if found.get("table:visibility") in ("collapse", "filter"):
                marks[str(state["sheet"])]["hidden_rows"] += range(first, first + min(repeated, MAX_ROWS))
            state["row"] = first + repeated

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        raise Refused("damaged") from None
    return marks


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def sheets_of(data: bytes, marks: dict[str, Params]) -> list[Params]:
    """All worksheets' cells through calamine, the empty tail cut off."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        found = [
            (meta.name, not str(meta.visible).endswith(".Visible"), book.get_sheet_by_name(meta.name))
            for meta in book.sheets_metadata
            if str(meta.typ).endswith(".WorkSheet")
        ]
    except MemoryError:
        raise
    except python_calamine.PasswordError:
        raise Refused("encrypted") from None
    except Exception:
        raise Refused("damaged") from None
    sheets = []
    letters = 0
    for name, hidden, sheet in found:
        if sheet.end is not None and (sheet.end[0] + 1) * (sheet.end[1] + 1) > 10_000_000:
            raise Refused("too_many_rows", sheet=name, most=MAX_ROWS)
        rows = (
            [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            if sheet.end is not None
            else []
        )
        cut(rows)
        letters += sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        check_size(rows, name, letters)
        sheets.append(
            {
                "name": name,
                "hidden": hidden,
                "rows": rows,
                "merged": [[*start, *end] for start, end in (sheet.merged_cell_ranges or ())],
                **marks.get(name, {}),
            }
        )
    return sheets


def plain(cell: Any) -> Any:
    """A cell as text, number, truth value, ``{"t": ISO}`` for a moment, or ``None``."""
    if cell == "" or cell is None:
        return None
    if isinstance(cell, float):
        return (
            int(cell)
            if cell.is_integer() and abs(cell) < 1e15
            else cell
            if cell == cell and abs(cell) < 1e300
            else None
        )
    if isinstance(cell, dt.date | dt.time):
        return {"t": cell.isoformat()}
    if isinstance(cell, str | int | bool):
        return cell
    return str(cell)


def cut(rows: list[list[Any]]) -> None:
    """Take off empty cells at the end of rows, and empty rows at the end."""
    for row in rows:
        while row and (row[-1] is None or (isinstance(row[-1], str) and not row[-1].strip())):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()


def check_size(rows: list[list[Any]], sheet: str | None, letters: int) -> None:
    """Refuse what is over the limits of rows, columns and text."""
    where: Params = {} if sheet is None else {"sheet": sheet}
    if sum(1 for row in rows if row) > MAX_ROWS + SPARE_ROWS:
        raise Refused("too_many_rows", most=MAX_ROWS, **where)
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        raise Refused("too_many_columns", most=MAX_COLUMNS, **where)
    if letters > MAX_TEXT:
        raise Refused("too_much_text", megabytes=MAX_TEXT // 1_000_000)


def parse_text(data: bytes, suffix: str) -> Params:
    """Separated text: the encoding and the separator are found, and told."""
    encoding, text = decoded(data)
    sample = text[:20_000]
    if sum(1 for letter in sample if ord(letter) < 32 and letter not in "\t\r\n\f\v") > len(sample) // 100:
        raise Refused("not_a_spreadsheet")
    text = text.replace("\0", "")
    first_line, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\s*", first_line)
    if told:
        text, separator, even = rest, told.group(1), True
    else:
        separator, even = separator_of(sample)
    if not even and suffix not in (".csv", ".tsv", ".txt"):
        raise Refused("not_a_spreadsheet")
    csv.field_size_limit(10_000_000)
    rows: list[list[Any]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append([cell if cell.strip() else None for cell in record])
            if len(rows) > 20 * MAX_ROWS:
                raise Refused("too_many_rows", most=MAX_ROWS)
    except csv.Error:
        raise Refused("damaged") from None
    cut(rows)
    check_size(rows, None, len(text))
    name = {"\t": "tab"}.get(separator, separator)
    return {
        "kind": "csv",
        "encoding": encoding,
        "separator": name,
        "sheets": [{"name": "", "hidden": False, "rows": rows}],
    }


def decoded(data: bytes) -> tuple[str, str]:
    """``(encoding, text)``: a mark at the start decides, else UTF-16 by its zeros, UTF-8 if it is that, else Windows-1252."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "UTF-8", data[3:].decode("utf-8", "replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16", data.decode("utf-16", "replace")
    head = data[:4000]
    for zeros, encoding in ((head[1::2], "utf-16-le"), (head[0::2], "utf-16-be")):
        if len(zeros) > 4 and zeros.count(0) > 0.4 * len(zeros):
            return "UTF-16", data.decode(encoding, "replace")
    try:
        return "UTF-8", data.decode("utf-8")
    except UnicodeDecodeError:
        return "Windows-1252", data.decode("cp1252", "replace")


def separator_of(sample: str) -> tuple[str, bool]:
    """The separator that gives the most even rows, and whether it gives a table at all."""
    best: tuple[float, int, str] = (0.0, 1, ";")
    for separator in (";", "\t", ",", "|"):
        counts: list[int] = []
        try:
            for record in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
                if any(cell.strip() for cell in record):
                    counts.append(len(record))
                if len(counts) == 21:
                    break
        except csv.Error:
            continue
        if len(counts) > 2 and len(sample) == 20_000:
            counts.pop()  # the sample may end within a record
        if not counts:
            continue
        fields, often = max(Counter(counts).items(), key=lambda pair: (pair[1], pair[0]))
        if fields > 1:
            best = max(best, (often / len(counts), fields, separator))
    evenness, fields, separator = best
    return separator, fields > 1 and evenness >= 0.6


# ── personal identity codes never leave this process ─────────────────────────────────────────────────────────────────

_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])(\d{2})(\d{2})(\d{2})([-+A-FU-Ya-fu-y\u2013])(\d{3})([0-9A-Za-z])(?![0-9A-Za-z])"
)
BLANK = "******-****"


def blank_identities(answer: Params) -> None:
    """Replace personal identity codes in all cells by :data:`BLANK`; keep row, column and birth year of each."""
    for sheet in answer["sheets"]:
        sheet["identities"] = []
        for number, row in enumerate(sheet["rows"]):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and len(cell) > 10 and _IDENTITY.search(cell):
                    years: list[int] = []
                    row[column] = _IDENTITY.sub(lambda match, years=years: blanked(match, years), cell)
                    sheet["identities"] += [[number, column, year, row[column] == BLANK] for year in years]


def blanked(match: re.Match[str], years: list[int]) -> str:
    """:data:`BLANK` for an identity code, also one with a typing error; the text itself for a telephone number."""
    from stdnum.fi import hetu

    day, month, year, mark, _, check = match.groups()
    mark = "-" if mark == "\u2013" else mark.upper()
    code = f"{day}{month}{year}{mark}{match.group(5)}{check.upper()}"
    if not hetu.is_valid(code) and (check.isdigit() or not (1 <= int(day) <= 31 and 1 <= int(month) <= 12)):
        return match.group(0)
    years.append({"+": 1800, "-": 1900}.get(mark, 1900 if mark in "UVWXY" else 2000) + int(year))
    return BLANK


def main() -> None:
    """Read stdin, answer on stdout. Arguments: where the libraries are, and the file name's ending."""
    limit_resources()
    libraries, suffix = sys.argv[1:3]
    sys.path.append(libraries)
    answer: Params
    try:
        answer = parse(sys.stdin.buffer.read(), suffix)
        if _IDENTITY.search(json.dumps(answer, ensure_ascii=False)):
            blank_identities(answer)
    except Refused as refused:
        answer = {"error": refused.code, "params": refused.params}
    except MemoryError:
        answer = {"error": "reader_memory", "params": {}}
    except BaseException:  # also the panics of a library: the parent gets a code, never a traceback
        answer = {"error": "damaged", "params": {}}
    try:
        written = json.dumps(answer)
    except MemoryError:
        written = '{"error": "reader_memory", "params": {}}'
    sys.stdout.write(written)


if __name__ == "__main__":
    main()
