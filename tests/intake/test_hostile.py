"""Files that are no honest spreadsheets: each ends in one clear error, in time, and without a trace of its contents."""

from __future__ import annotations

import io
import os
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from selection.errors import FileError
from selection.intake import read_applications
from selection.intake import reader as reader_module
from selection.texts import LANGUAGES, error_text, in_language
from tests.intake.builders import check, form, read_rows, rules, saved, xlsx

SHEET = "xl/worksheets/sheet1.xml"


def error_of(path: Path) -> FileError:
    """The error of reading a file; told in every language, and by the name of the file."""
    with pytest.raises(FileError) as caught:
        read_applications([path], rules())
    for language in LANGUAGES:
        with in_language(language):
            said = error_text(caught.value)
            assert path.name in said
            assert not said.startswith("error.")
            assert "{" not in said
    return caught.value


def changed(content: bytes, parts: dict[str, Callable[[bytes], bytes]], add: dict[str, bytes] | None = None) -> bytes:
    """A zipped file with some entries changed and some added."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, parts.get(entry.filename, bytes)(old.read(entry)))
        for name, more in (add or {}).items():
            new.writestr(name, more)
    return written.getvalue()


def workbook() -> bytes:
    return xlsx(("Vastaukset", form({})))


def with_cell(reference: str) -> bytes:
    row = "".join(filter(str.isdigit, reference))
    cell = f'<row r="{row}"><c r="{reference}" t="n"><v>1</v></c></row></sheetData>'
    return changed(workbook(), {SHEET: lambda xml: xml.replace(b"</sheetData>", cell.encode())})


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tyhja.xlsx", b"", "empty_file"),
        ("tyhja.csv", b"\xef\xbb\xbf \r\n", "empty_file"),
        ("nollia.xlsx", b"\0" * 5000, "empty_file"),
        ("sivu.xls", b"<html><body><table><tr><td>Nimi</td></tr></table></body></html>", "html_file"),
        ("sivu.xlsx", b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>", "html_file"),
        ("sivu2.xls", b'<?xml version="1.0"?><html xmlns="x"></html>', "html_file"),
        ("vanha.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xml_spreadsheet"),
        ("liite.xlsx", b"%PDF-1.7\n", "not_a_spreadsheet"),
        ("kuva.xlsx", b"\x89PNG\r\n\x1a\n", "not_a_spreadsheet"),
        ("kirje.xlsx", "Tämä on kirje, ei taulukko.\nHyvää päivää.\n".encode(), "not_a_spreadsheet"),
        ("roskaa.csv", bytes(range(1, 32)) * 50, "not_a_spreadsheet"),
        ("ohjelma.xlsx", b"MZ\x90\0\3", "not_a_spreadsheet"),
        ("katkennut.xlsx", workbook()[:-400], "damaged"),
        ("alku.xlsx", b"PK\x03\x04", "damaged"),
        ("salattu.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("kirje.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "WordDocument".encode("utf-16-le"), "not_a_spreadsheet"),
        ("rikki.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "Workbook".encode("utf-16-le"), "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert error_of(saved(tmp_path, name, content)).code == code


class TestPlaces:
    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        assert error_of(tmp_path / "ei.xlsx").code == "file_not_found"

    def test_a_folder(self, tmp_path: Path) -> None:
        assert error_of(tmp_path).code == "directory"

    def test_a_file_over_the_limit_is_not_opened(self, tmp_path: Path) -> None:
        path = tmp_path / "iso.xlsx"
        with path.open("wb") as file:
            file.truncate(reader_module.MAX_FILE + 1)
        error = error_of(path)
        assert (error.code, error.params["megabytes"], error.params["most"]) == ("too_large", 21, 20)


class TestFarCells:
    @pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "XFD1", "KO2", "A10000"])
    def test_a_value_far_away_is_named(self, tmp_path: Path, reference: str) -> None:
        error = error_of(saved(tmp_path, "a.xlsx", with_cell(reference)))
        assert (error.code, error.params["cell"], error.params["sheet"]) == ("cell_far_away", reference, "Vastaukset")

    def test_formats_without_a_value_do_no_harm(self, tmp_path: Path) -> None:
        empty = b'<row r="1048576"><c r="XFD1048576" s="1"/><c r="XFD1048576"></c></row></sheetData>'
        content = changed(workbook(), {SHEET: lambda xml: xml.replace(b"</sheetData>", empty)})
        assert len(read_applications([saved(tmp_path, "a.xlsx", content)], rules()).applicants) == 1

    def test_many_rows_are_too_many(self, tmp_path: Path) -> None:
        rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(9_900, 10_200))
        content = changed(
            workbook(), {SHEET: lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>")}
        )
        assert error_of(saved(tmp_path, "a.xlsx", content)).code == "too_many_rows"

    def test_one_row_over_the_limit(self, tmp_path: Path) -> None:
        lines = ["Nimi;Syntymävuosi", *(f"Hakija {chr(65 + n % 26)};1950" for n in range(5_001))]
        error = error_of(saved(tmp_path, "a.csv", "\n".join(lines).encode()))
        assert (error.code, error.params["most"]) == ("too_many_rows", 5_000)

    def test_columns_over_the_limit(self, tmp_path: Path) -> None:
        text = ";".join(["Nimi", *map(str, range(300))])
        assert error_of(saved(tmp_path, "a.csv", f"{text}\n{text}\n".encode())).code == "too_many_columns"


def dies(path: str) -> None:
    os.abort()


def breaks(path: str) -> None:
    raise AssertionError(path)


def never_ends(path: str) -> None:
    while True:
        pass


class TestBombs:
    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self, tmp_path: Path) -> None:
        content = changed(workbook(), {}, {"xl/media/bomb.bin": b"\0" * 60_000_000})
        error = error_of(saved(tmp_path, "a.xlsx", content))
        assert (error.code, error.params["megabytes"]) == ("too_large_unpacked", 60)

    def test_a_lie_about_a_size_is_found_out(self, tmp_path: Path) -> None:
        content = bytearray(changed(workbook(), {SHEET: lambda xml: xml + b" " * 5_000_000}))
        true = (5_000_000).to_bytes(4, "little")[2:]
        with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
            size = archive.getinfo(SHEET).file_size
        assert size.to_bytes(4, "little")[2:] >= true[:1]
        lied = bytes(content).replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
        assert error_of(saved(tmp_path, "a.xlsx", lied)).code == "damaged"

    def test_many_entries(self, tmp_path: Path) -> None:
        content = changed(workbook(), {}, {f"x/{n}": b"" for n in range(1_001)})
        assert error_of(saved(tmp_path, "a.xlsx", content)).code == "too_many_entries"

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    @pytest.mark.parametrize(
        "name", ["xl/worksheets/sheet1.xml", "XL/worksheets/Sheet1.xml", "xl\\worksheets\\sheet1.xml"]
    )
    def test_an_entry_twice(self, tmp_path: Path, name: str) -> None:
        content = changed(workbook(), {}, add={name: b"<worksheet/>"})
        assert error_of(saved(tmp_path, "a.xlsx", content)).code == "duplicate_entries"

    @pytest.mark.parametrize("where", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
    def test_a_billion_laughs(self, tmp_path: Path, where: str) -> None:
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'.encode()
        content = changed(
            workbook(), {where: lambda xml: head + xml.partition(b"?>")[2] if xml.startswith(b"<?xml") else head + xml}
        )
        assert error_of(saved(tmp_path, "a.xlsx", content)).code == "unsafe_xml"

    def test_an_entity_from_outside(self, tmp_path: Path) -> None:
        head = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        content = changed(workbook(), {SHEET: lambda xml: head + xml.replace(b"Maija", b"&e;")})
        assert error_of(saved(tmp_path, "a.xlsx", content)).code == "unsafe_xml"

    def test_one_long_text_in_very_many_cells(self, tmp_path: Path) -> None:
        cells = "".join(f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 300 + "</row>" for row in range(100, 500))
        shared = (
            b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
            + b"a" * 32_767
            + b"</t></si></sst>"
        )
        content = xlsx(("Vastaukset", [["Nimi"], ["a"]]))
        types = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
        link = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        parts = {
            SHEET: lambda xml: xml.replace(b"</sheetData>", cells.encode() + b"</sheetData>"),
            "[Content_Types].xml": lambda xml: xml if b"sharedStrings" in xml else xml.replace(b"</Types>", types),
            "xl/_rels/workbook.xml.rels": lambda xml: (
                xml if b"sharedStrings" in xml else xml.replace(b"</Relationships>", link)
            ),
        }
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            has_shared = "xl/sharedStrings.xml" in archive.namelist()
        if has_shared:
            bomb = changed(content, {**parts, "xl/sharedStrings.xml": lambda _: shared})
        else:
            bomb = changed(content, parts, {"xl/sharedStrings.xml": shared})
        assert error_of(saved(tmp_path, "a.xlsx", bomb)).code in ("reader_memory", "too_much_text")

    def test_a_reader_that_takes_too_long_is_ended(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reader_module, "parse_file", never_ends)
        monkeypatch.setattr(reader_module, "PARSING", replace(reader_module.PARSING, seconds=0.2))
        assert error_of(saved(tmp_path, "a.xlsx", workbook())).code == "reader_timeout"

    def test_a_reader_that_dies_is_no_crash(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reader_module, "parse_file", dies)
        assert error_of(saved(tmp_path, "a.xlsx", workbook())).code == "reader_memory"

    def test_a_fault_of_the_reader_is_told_as_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reader_module, "parse_file", breaks)
        assert error_of(saved(tmp_path, "a.xlsx", workbook())).code == "reader_broken"


class TestOddButHonest:
    @pytest.mark.parametrize("dimension", [b"A0", b"", b"A1:XFE0", b"A1"])
    def test_a_dimension_that_is_none_is_passed_over(self, tmp_path: Path, dimension: bytes) -> None:
        def written(markup: bytes) -> bytes:
            made, times = re.subn(rb'<dimension ref="[^"]*"', b'<dimension ref="' + dimension + b'"', markup)
            assert times == 1
            return made

        content = changed(workbook(), {"xl/worksheets/sheet1.xml": written})
        assert read_applications([saved(tmp_path, "a.xlsx", content)], rules()).rows == 1

    def test_control_characters_and_the_longest_cell(self) -> None:
        rows = form({"Perustelut": "a" * 32_767, "Nimi": "Maija\x00\x07 Virtanen\x1f"})
        intake = read_rows(rows)
        assert intake.applicants[0].name == "Maija Virtanen"
        assert len(intake.applications[0].motivation) == 32_767

    def test_a_formula_gives_only_what_was_computed(self, tmp_path: Path) -> None:
        content = xlsx(("Vastaukset", [["Nimi", "Postinumero"], ["Aino Aalto", "=1+1"], ["Eero Eskola", "15100"]]))
        intake = read_applications([saved(tmp_path, "a.xlsx", content)], rules())
        check(intake)
        assert [one.value("postal_code") for one in intake.applicants] == [None, "15100"]
        assert [note.params["rows"] for note in intake.notes if note.code == "uncomputed_cells"] == ["2"]

    def test_hidden_and_marked_rows_of_a_real_workbook(self, tmp_path: Path) -> None:
        from openpyxl.styles import Font, PatternFill

        def prepare(made: object) -> None:
            page = made.worksheets[0]  # type: ignore[attr-defined]
            page.row_dimensions[3].hidden = True
            page.column_dimensions["B"].hidden = True
            page["B2"].font = Font(strike=True)
            page["B4"].fill = PatternFill("solid", fgColor="FFFF00")
            page.merge_cells("C2:C3")

        people = [
            {"Nimi": name, "Sähköposti": f"{name[0]}@example.org"}
            for name in ("Aino Aalto", "Eero Eskola", "Iida Ilola", "Olli Ola")
        ]
        intake = read_applications(
            [saved(tmp_path, "a.xlsx", xlsx(("Vastaukset", form(*people)), prepare=prepare))], rules()
        )
        check(intake)
        told = {note.code: note.params.get("rows", note.params.get("columns")) for note in intake.notes}
        assert told == {"hidden_rows": "3", "hidden_columns": "B", "struck_rows": "2", "coloured_rows": "4"}
        assert intake.applicants[1].birth_year == 1975

    @pytest.mark.parametrize("prefix", ["", "x:"])
    def test_marks_are_found_where_rows_and_cells_have_no_reference(self, tmp_path: Path, prefix: str) -> None:
        """``r`` of rows and cells is optional (ECMA-376, part 1, 18.3.1.73 and 18.3.1.4)."""

        def prepare(made: object) -> None:
            page = made.worksheets[0]  # type: ignore[attr-defined]
            page.row_dimensions[3].hidden = True
            page.column_dimensions["B"].hidden = True
            page["A2"].font = Font(strike=True)
            page["C4"].fill = PatternFill("solid", fgColor="FFFF00")
            page["E5"] = "=1/0"

        from openpyxl.styles import Font, PatternFill

        people = [
            {"Nimi": name, "Sähköposti": f"{name[0]}@example.org"}
            for name in ("Aino Aalto", "Eero Eskola", "Iida Ilola", "Olli Ola")
        ]
        content = xlsx(("Vastaukset", form(*people)), prepare=prepare)

        def without_references(markup: bytes) -> bytes:
            bare = re.sub(rb'(<(?:row|c)\b[^>]*?) r="[A-Z]*\d+"', rb"\1", markup)
            if prefix:
                bare = re.sub(rb"<(/?)(?=\w)", rb"<\1x:", bare).replace(b"xmlns=", b"xmlns:x=")
            return bare

        bare = changed(content, {SHEET: without_references})
        intake = read_applications([saved(tmp_path, "a.xlsx", bare)], rules())
        told = {note.code: note.params.get("rows", note.params.get("columns")) for note in intake.notes}
        expected = {
            "hidden_rows": "3",
            "hidden_columns": "B",
            "struck_rows": "2",
            "coloured_rows": "4",
            "uncomputed_cells": "5",
        }
        assert expected.items() <= told.items()

    def test_macros_are_not_run_and_told(self, tmp_path: Path) -> None:
        content = changed(workbook(), {}, {"xl/vbaProject.bin": b"\0"})
        intake = read_applications([saved(tmp_path, "a.xlsm", content)], rules())
        assert [note.code for note in intake.notes] == ["macros"]


def test_files_torn_at_random_end_in_an_error_or_an_intake(tmp_path: Path) -> None:
    """A few hundred such files were read without a fault; a dozen are kept here."""
    content = workbook()
    chance = random.Random(7)
    for number in range(12):
        torn = bytearray(content)
        for _ in range(chance.randint(1, 30)):
            torn[chance.randrange(len(torn))] = chance.randrange(256)
        path = saved(tmp_path, f"{number}.xlsx", bytes(torn[: chance.randint(50, len(torn))] if number % 2 else torn))
        try:
            check(read_applications([path], rules()))
        except FileError as error:
            assert error.params["file"] == path.name


class TestFoundByFuzzing:
    """What an hour of ``test_soak.py`` found."""

    @pytest.mark.parametrize("escaped", ["_xD800_", "_xDFFF_", "_xFFFE_", "_xFFFF_"])
    def test_an_escape_of_no_letter_is_left_out(self, escaped: str) -> None:
        intake = read_rows(form({"Nimi": f"Aino{escaped} Aalto"}, {"Nimi": f"Aino{escaped} Aalto", "Perustelut": "b"}))
        assert {one.name for one in intake.applicants} == {"Aino Aalto"}

    @pytest.mark.parametrize(
        "answer",
        ["a" * 32_767, "en ei " * 5_400, "9" * 32_000 + "a", "(" * 32_767, "1) 2) 3) " * 3_600, "ja " * 10_900],
    )
    def test_a_very_long_answer_is_told(self, answer: str) -> None:
        headers = [header for header in form({})[0] if header not in ("Nimi", "Aikaleima", "Sähköposti")]
        intake = read_rows(form({str(header): answer for header in headers}))
        assert len(intake.applicants) == 1
        told = [finding.column for finding in intake.findings if finding.code == "answer_long"]
        assert told == headers

    def test_a_title_as_long_as_a_book_is_no_header(self) -> None:
        intake = read_rows([["? : " * 8_000, "." * 32_000 + "a"], *form({})])
        assert len(intake.applicants) == 1
