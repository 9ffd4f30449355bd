"""Files for fuzzing the reader: real ones torn, and made ones of every class that has broken a spreadsheet reader."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from selection.intake.wording import lexicon
from tests.intake.builders import form, xlsx
from tests.intake.test_formats import DATA, ROWS, ods, separated

Made = tuple[str, bytes]

#: Pieces that parsers are known to stumble over.
PIECES = (
    b"<", b">", b"&", b"&amp;", b"&#0;", b"&#x10FFFF;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<v/>", b"</c>", b"<c r=\"XFD1\">",
    b"1e999", b"-1", b"99999999999", b"NaN", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"t=\"s\"", b"t=\"e\"", b"s=\"99\"", b"r=\"A0\"", b"r=\"\"",
    b"r=\"1A\"", b"<row>", b"<f>", b"mergeCell ref=\"A1:XFD1048576\"", b"number-rows-repeated=\"1048576\"", b"number-columns-repeated=\"16384\"",
    b"PK\x05\x06", b"PK\x01\x02", b"\xff\xff\xff\xff", b"<!DOCTYPE x>", b"<!ENTITY a \"b\">", b"&a;", b"hidden=\"1\"", b"min=\"-5\"",
    b"max=\"99999999999999999999\"", b"\"\"\"", b";\";", b"\r", b"\xc3", b"\xed\xa0\x80",
)  # fmt: skip
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "latin-1",
    "cp850",
    "mac-roman",
    "utf-32",
    "utf-7",
)
#: Texts that once broke a reader of names, numbers, markup or regular expressions.
ODD_TEXTS = (
    "\0", "\x07\x1b[31m", "\ud7ff\ue000", "\ufffe\uffff", "_x0000_", "_xD800_", "_xFFFF_", "a" * 32_767, " " * 5_000, "\u202eabc",
    "=1+1", "=HYPERLINK(\"http://x\";\"y\")", "+358", "-", "@a", "'15100", "1e400", "-1e400", "9" * 400, "0x10", "١٩٧٥", "½", "²", "Ⅷ",
    "010175-123A", "01.01.1975", "2025-02-30", "45719.378", "99999.9", "31.13.2020 25:61", "12/31/2020 11:59 PM", "T", "klo", "v.", "n. 1970?",
    "1970-1980", "18–29", "65+", "yli", "alle 18", "<b>x</b>", "]]>", "{0}", "{field}", "%s", "%(x)s", "\\", "\"", ";", "a;b;c", "a\r\nb\rc",
    "Ã¤Ã¶Ã…", "Ã", "�", "(" * 300, "[x](javascript:1)", "a, " * 2_000, "en ei " * 500, "1) 2) 3) " * 300, "ja " * 1_000, "- " * 3_000,
    "x@" * 500, "a@b.c" * 200, "https://example.org/" + "a" * 900, "ﬁ", "İ", "ß", "ǅ", "👩‍👩‍👧‍👦" * 20, "\u0300" * 500, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤",
)  # fmt: skip


def torn(content: bytes, chance: random.Random) -> bytes:
    """Bytes with some of them changed, cut out, doubled, or a piece put in."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if not data:
            break
        place = chance.randrange(len(data))
        length = chance.randint(1, 40)
        way = chance.randrange(6)
        if way == 0:
            data[place] = chance.randrange(256)
        elif way == 1:
            del data[place : place + length]
        elif way == 2:
            data[place:place] = data[place : place + length]
        elif way == 3:
            data[place:place] = chance.choice(PIECES)
        elif way == 4:
            data[place : place + length] = chance.choice(PIECES)
        elif chance.random() < 0.2:
            del data[place:]
    return bytes(data)


def torn_parts(content: bytes, chance: random.Random) -> bytes:
    """A zipped file, whole as a zip, with one or two of its parts torn, lost or doubled."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        entries = old.infolist()
        hit = {chance.randrange(len(entries)) for _ in range(2)}
        for number, entry in enumerate(entries):
            part = old.read(entry)
            if number in hit and chance.random() < 0.1:
                continue
            new.writestr(entry.filename, torn(part, chance) if number in hit else part)
    return written.getvalue()


@cache
def real_files() -> tuple[Made, ...]:
    """Honest files in every format, to be torn."""
    people = [{"Nimi": f"Aino Aalto{letter}", "Sähköposti": f"{letter}@example.org"} for letter in "abcdef"]

    def marked(made: object) -> None:
        page = made.worksheets[0]  # type: ignore[attr-defined]
        page.row_dimensions[3].hidden = True
        page.column_dimensions["B"].hidden = True
        page.merge_cells("C2:C3")
        page["D2"] = "=1+1"

    plain = xlsx(("Vastaukset", form(*people)), ("Yhteenveto", [["Vastauksia", 6]]))
    return (
        ("a.xlsx", plain),
        ("b.xlsx", xlsx(("Vastaukset", form(*people)), prepare=marked)),
        ("c.xlsm", plain),
        ("d.xlsx", Path("sample_applications.xlsx").read_bytes()),
        ("a.ods", ods(ROWS)),
        ("b.ods", ods(ROWS, hidden=2, repeated_tail=True)),
        ("a.xls", (DATA / "hakemukset.xls").read_bytes()),
        *((f"{encoding}.csv", separated(";", encoding)) for encoding in ("utf-8", "cp1252", "utf-16")),
        ("a.tsv", separated("\t", "utf-8")),
    )


@cache
def words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headers and answers that the intake knows."""
    headers = tuple(word for many in lexicon("columns")["synonyms"].values() for word in many)
    answers: list[str] = []

    def gather(found: object) -> None:
        if isinstance(found, str):
            answers.append(found)
        elif isinstance(found, dict):
            for one in found.values():
                gather(one)
        elif isinstance(found, list):
            for one in found:
                gather(one)

    gather(lexicon("values"))
    gather(lexicon("districts"))
    return headers, tuple(answers)


def odd_cell(chance: random.Random) -> object:
    """One cell: an answer, an odd text, a number, a moment, nothing, or letters at random."""
    way = chance.randrange(12)
    if way < 4:
        return chance.choice(words()[1])
    if way == 4:
        return chance.choice(ODD_TEXTS)
    if way == 5:
        return chance.choice((0, -1, 1975, 15100, 75, 1e15, -1e300, 0.1, 2**53, 45719.378, 2958466, -693594, 10**18))
    if way == 6:
        return dt.datetime(1900, 1, 1) + dt.timedelta(days=chance.randrange(80_000), seconds=chance.randrange(86_400))
    if way == 7:
        return chance.choice((None, None, True, False, dt.time(23, 59), dt.date(2025, 10, 17)))
    if way == 8:
        many = chance.randrange(30)
        return "".join(
            chr(chance.choice((chance.randrange(32, 0x250), chance.randrange(0x2000, 0x2100), 0x1F600)))
            for _ in range(many)
        )
    if way == 9:
        return " ".join(chance.choice(words()[1]) for _ in range(chance.randrange(1, 9)))
    if way == 10:
        return f"{chance.choice(('Aino', 'Eero', 'Åke', 'testi'))} {chance.choice(('Aalto', 'Öberg', 'von Essen', 'testi'))}"
    return (
        chance.choice(words()[1])
        + chance.choice((";", ", ", "\n", " ja ", " / ", "?", " (", " – "))
        + chance.choice(ODD_TEXTS)[:200]
    )


def odd_header(chance: random.Random) -> str:
    way = chance.randrange(8)
    header = chance.choice(words()[0])
    if way == 0:
        return f"{chance.randrange(30)}. {header} *"
    if way == 1:
        return f"{header}: {chance.choice(words()[1])}"
    if way == 2:
        return f"{header} [{chance.choice(words()[1])}]"
    if way == 3:
        return str(odd_cell(chance))
    if way == 4:
        return f"{chance.choice(words()[1])} {header} {chance.choice(words()[1])}?\n(pakollinen)"
    return header


def odd_rows(chance: random.Random) -> list[list[object]]:
    """Rows of a table: titles, one or two header rows, people, notes, in any shape."""
    wide = chance.choice((1, 2, 5, 12, 30))
    headers = [odd_header(chance) for _ in range(wide)]
    if chance.random() < 0.7:
        headers[chance.randrange(wide)] = "Nimi"
    rows: list[list[object]] = [[odd_cell(chance)] for _ in range(chance.choice((0, 0, 1, 3)))]
    if chance.random() < 0.2:
        rows.append([header if chance.random() < 0.4 else None for header in headers])
    rows.append(list(headers))
    for _ in range(chance.choice((0, 1, 3, 8, 40))):
        rows.append([odd_cell(chance) for _ in range(wide + chance.choice((-1, 0, 0, 0, 1)))])
        if chance.random() < 0.1:
            rows.append(chance.choice(([], list(headers), ["Yhteensä", 12], list(rows[-1]))))
    return rows


# ── files of rows ────────────────────────────────────────────────────────────────────────────────────────────────────


def _reference(row: int, column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _xml_text(text: str) -> str:
    return escape(
        "".join(
            letter
            for letter in text
            if letter in "\t\n\r"
            or 32 <= ord(letter) < 0xD800
            or 0xE000 <= ord(letter) < 0xFFFE
            or ord(letter) > 0xFFFF
        )
    )


def raw_xlsx(rows: list[list[object]], chance: random.Random) -> bytes:
    """A workbook written by hand: inline texts, errors, formulas without a value, odd references and styles."""

    def cell(row: int, column: int, value: object) -> str:
        reference = f' r="{_reference(row, column)}"' if chance.random() < 0.95 else ""
        style = f' s="{chance.choice((0, 1, 2, 99))}"' if chance.random() < 0.2 else ""
        formula = chance.choice(("", "", "", "", "<f>1+1</f>", '<f t="shared" si="0"/>', "<f/>"))
        if formula and chance.random() < 0.5:
            return f"<c{reference}{style}>{formula}{chance.choice(('', '<v/>', '<v></v>'))}</c>"
        if value is None:
            return f"<c{reference}{style}/>"
        if isinstance(value, bool):
            return f'<c{reference}{style} t="b">{formula}<v>{chance.choice((int(value), 2, ""))}</v></c>'
        if isinstance(value, int | float):
            return f"<c{reference}{style}>{formula}<v>{value!r}</v></c>"
        if chance.random() < 0.03:
            return f'<c{reference} t="e"><v>{chance.choice(("#REF!", "#N/A", "#XYZ", ""))}</v></c>'
        if chance.random() < 0.03:
            return f'<c{reference} t="s"><v>{chance.choice((0, 5, -1, 10**12, "x"))}</v></c>'
        if chance.random() < 0.05:
            return f'<c{reference} t="d"><v>{chance.choice(("2025-03-03", "2025-99-99", "x"))}</v></c>'
        kind, tag = ("str", "v") if chance.random() < 0.5 else ("inlineStr", "is")
        text = _xml_text(str(value))
        return f'<c{reference}{style} t="{kind}">{formula}<{tag}>{text if tag == "v" else f"<t>{text}</t>"}</{tag}></c>'

    def line(number: int, cells: list[object]) -> str:
        marks = ' hidden="1"' if chance.random() < 0.05 else ""
        place = f' r="{number + 1}"' if chance.random() < 0.95 else ""
        return f"<row{place}{marks}>{''.join(cell(number, column, value) for column, value in enumerate(cells))}</row>"

    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    merges = "".join(
        f'<mergeCell ref="{_reference(chance.randrange(6), chance.randrange(4))}:{_reference(chance.randrange(12), chance.randrange(8))}"/>'
        for _ in range(chance.choice((0, 0, 1, 5)))
    )
    columns = chance.choice(
        ("", '<cols><col min="1" max="16384" hidden="1"/></cols>', '<cols><col min="2" max="2" hidden="true"/></cols>')
    )
    name = chance.choice(("Vastaukset", "Eteläinen", "a'b\"c", "x" * 31, "", "{0}", "Taul&1"))
    sheet = f"<worksheet {space}>{columns}<sheetData>{''.join(line(*one) for one in enumerate(rows))}</sheetData>"
    sheet += (f"<mergeCells>{merges}</mergeCells>" if merges else "") + "</worksheet>"
    state = chance.choice(("", "", ' state="hidden"', ' state="veryHidden"'))
    styles = (
        f'<styleSheet {space}><fonts><font/><font><strike/></font></fonts><fills><fill/><fill><patternFill patternType="solid"/></fill></fills>'
        '<cellXfs><xf/><xf fontId="1" numFmtId="14"/><xf fillId="1" numFmtId="22"/></cellXfs></styleSheet>'
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {space}><sheets><sheet name={quoteattr(name)} sheetId="1" r:id="r1"{state}/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": styles,
        "xl/worksheets/sheet1.xml": sheet,
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content.encode("utf-8", "replace"))
    return written.getvalue()


def _safe(value: object) -> object:
    """A value as openpyxl takes it."""
    return _xml_text(value).replace("\r", "")[:32_767] if isinstance(value, str) else value


def _csv(chance: random.Random) -> Made:
    text = io.StringIO()
    separator = chance.choice((";", ",", "\t", "|"))
    quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    csv.writer(text, delimiter=separator, quoting=quoting).writerows(
        ["" if cell is None else cell for cell in row] for row in odd_rows(chance)
    )
    content = text.getvalue()
    if chance.random() < 0.1:
        content = f"sep={separator}\n{content}"
    if chance.random() < 0.2:
        content = content.replace("\r\n", chance.choice(("\r", "\n", "\n\r", "\u2028")))
    data = content.encode(chance.choice(ENCODINGS), chance.choice(("replace", "ignore")))
    return f"a{chance.choice(('.csv', '.tsv', '.txt', '.xls', '.xlsx', ''))}", data


def _whole_xlsx(chance: random.Random) -> Made:
    sheets = [
        (name, [[_safe(cell) for cell in row] for row in odd_rows(chance)])
        for name in chance.sample(("Vastaukset", "Eteläinen", "Yhteenveto", "Codes", "Taul1"), chance.randint(1, 3))
    ]
    return "a.xlsx", xlsx(*sheets)


def _raw(chance: random.Random) -> Made:
    return f"a{chance.choice(('.xlsx', '.xlsm', '.xls', '.csv'))}", raw_xlsx(odd_rows(chance), chance)


def _ods(chance: random.Random) -> Made:
    rows = [
        [_xml_text(str(cell)) if not isinstance(cell, int | dt.datetime) else cell for cell in row if cell is not None]
        for row in odd_rows(chance)
    ]
    content = ods(rows, hidden=chance.choice((None, 2)), repeated_tail=chance.random() < 0.3)
    return "a.ods", torn_parts(content, chance) if chance.random() < 0.3 else content


def _rebuilt(chance: random.Random, change: Callable[[str, bytes], bytes], add: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    whole = real_files()[chance.randrange(2)][1]
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
        for name, more in add.items():
            new.writestr(name, more)
    return written.getvalue()


def _far(chance: random.Random) -> Made:
    places = [
        "XFD1048576",
        "XFE1",
        "ZZZ99",
        "A1048577",
        "A99999999999999999999",
        "KO1",
        "KN5060",
        "a5",
        "Å1",
        "1",
        "$A$1",
        "A01",
        "R1C1",
        "",
    ]
    cells = "".join(
        f'<row r="{chance.choice((1, 9, 1048576))}"><c r="{chance.choice(places)}"><v>1</v></c></row>'
        for _ in range(chance.choice((1, 60)))
    )
    return "far.xlsx", _rebuilt(
        chance, lambda _, part: part.replace(b"</sheetData>", cells.encode() + b"</sheetData>"), {}
    )


def _bomb(chance: random.Random) -> Made:
    way = chance.randrange(5)
    if way == 0:
        return "bomb.xlsx", _rebuilt(
            chance,
            lambda _, part: part,
            {f"xl/media/{n}.bin": b"\0" * 20_000_000 for n in range(chance.choice((1, 2, 9)))},
        )
    if way == 1:
        return "bomb.xlsx", _rebuilt(
            chance, lambda _, part: part, {f"x/{n}": b"" for n in range(chance.choice((900, 1_001, 3_000)))}
        )
    if way == 2:
        tail = b" " * chance.choice((1_000_000, 25_000_000))
        return "bomb.xlsx", _rebuilt(
            chance, lambda name, part: part + tail if name.endswith("sheet1.xml") else part, {}
        )
    if way == 3:  # one long text in very many cells
        cells = "".join(
            f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 200 + "</row>"
            for row in range(100, chance.choice((200, 900)))
        )
        shared = (
            b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
            + b"a" * 32_000
            + b"</t></si></sst>"
        )
        return "bomb.xlsx", _rebuilt(
            chance,
            lambda name, part: (
                shared
                if name.endswith("sharedStrings.xml")
                else part.replace(b"</sheetData>", cells.encode() + b"</sheetData>")
            ),
            {},
        )
    repeated = chance.choice(
        (("1048576", "16384"), ("5000", "300"), ("99999999999999999999", "1"), ("-1", "0"), ("100000", "250"))
    )
    cell = f'<table:table-row table:number-rows-repeated="{repeated[0]}"><table:table-cell table:number-columns-repeated="{repeated[1]}" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods(ROWS))) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry).replace(b"</table:table>", cell.encode()))
    return "bomb.ods", written.getvalue()


def _entities(chance: random.Random) -> Made:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, chance.choice((2, 10))))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{levels}]>'
    if chance.random() < 0.3:
        head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 SYSTEM "file:///etc/passwd">]>'
    encoding = chance.choice(("utf-8", "utf-8", "utf-16", "utf-16-le", "utf-7"))

    def change(name: str, part: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")) or chance.random() < 0.5:
            return part
        body = part.partition(b"?>")[2] if part.startswith(b"<?xml") else part
        return (head + body.decode("utf-8").replace("Aino", "&l1;")).encode(encoding)

    return "laughs.xlsx", _rebuilt(chance, change, {})


def _renamed(chance: random.Random) -> Made:
    contents = (
        b"<html><body><table><tr><td>Nimi</td></tr></table></body></html>", b"\xef\xbb\xbf\n<!-- x --><html>", b"%PDF-1.7\n", b"{\\rtf1", b"MZ\x90\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 700, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), b"PK", b"PK\x05\x06" + b"\0" * 18,
        b"PK\x03\x04" * 50, b"\x1f\x8b\x08", b"\0" * 1_000, b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"", b" \r\n ", json.dumps([{"Nimi": "a"}]).encode(),
        "Tämä on kirje.\nHyvää päivää.".encode(), b"SQLite format 3\0", b"sep=;\n", b"sep=;\nNimi;x\n", b"Nimi", b"Nimi\n", b"\"Nimi", b"Nimi;\"\n", b"\x80\x81;\x8d",
    )  # fmt: skip
    content = chance.choice(contents)
    return f"a{chance.choice(('.xlsx', '.xls', '.csv', '.ods', '.xlsm'))}", torn(
        content, chance
    ) if chance.random() < 0.4 else content


def _torn(chance: random.Random) -> Made:
    name, content = chance.choice(real_files())
    zipped = name.endswith(("xlsx", "xlsm", "ods")) and chance.random() < 0.8
    return name, (torn_parts if zipped else torn)(content, chance)


def _truncated(chance: random.Random) -> Made:
    name, content = chance.choice(real_files())
    return name, content[: chance.randrange(len(content))]


CLASSES: tuple[tuple[int, Callable[[random.Random], Made]], ...] = (
    (30, _torn), (6, _truncated), (14, _csv), (8, _whole_xlsx), (16, _raw), (10, _ods), (6, _far), (2, _bomb), (4, _entities), (4, _renamed),
)  # fmt: skip


def fuzzed(chance: random.Random) -> Made:
    """A file's name and bytes."""
    weights = [weight for weight, _ in CLASSES]
    return chance.choices([make for _, make in CLASSES], weights)[0](chance)
