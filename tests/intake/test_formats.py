"""The same two applications in every format, with the same outcome; and that reading is quick."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import zipfile
from pathlib import Path

import pytest

from selection.intake import read_applications
from selection.intake.reader import named_apart
from selection.model.rules_file import preset
from tests.intake.builders import check, form, rules, saved, xlsx

DATA = Path(__file__).parent / "data"
NAMES = ("Aino", "Virta", "Koski", "Mäki", "Salo", "Ranta", "Päivi", "Harju", "Kallio", "Niemi", "Järvi", "Olli")
ROWS = [
    ["Nimi", "Syntymävuosi", "Sukupuoli", "Postinumero", "Kumppanuuspöytä", "Aikaleima"],
    ["Päivi Mäkelä", 1960, "Nainen", 15610, "Itäinen", dt.datetime(2021, 4, 3, 9, 5)],
    ["Göran Åberg", "1971", "Mies", "15100", "Keskusta", dt.datetime(2021, 4, 4, 9, 5)],
]


def ods(rows: list[list[object]], *, hidden: int | None = None, repeated_tail: bool = False) -> bytes:
    """An OpenDocument spreadsheet of rows; ``hidden`` is the index of a filtered row."""

    def cell(value: object) -> str:
        if isinstance(value, dt.datetime):
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        if isinstance(value, int):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    def row(number: int, cells: list[object]) -> str:
        visibility = ' table:visibility="filter"' if number == hidden else ""
        return f"<table:table-row{visibility}>{''.join(map(cell, cells))}</table:table-row>"

    body = "".join(row(number, cells) for number, cells in enumerate(rows))
    if repeated_tail:
        body += '<table:table-row table:number-rows-repeated="1048500"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Vastaukset">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in (("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            archive.writestr(name, part)
    return written.getvalue()


def separated(separator: str, encoding: str) -> bytes:
    lines = [
        separator.join(f"{v:%-d.%-m.%Y %-H.%M}" if isinstance(v, dt.datetime) else str(v) for v in row) for row in ROWS
    ]
    return "\r\n".join(lines).encode(encoding)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", xlsx(("Yhteenveto", [["Vastauksia", 2]]), ("Vastaukset", ROWS))),
        ("a.xlsm", xlsx(("Vastaukset", ROWS))),
        ("a.xls", (DATA / "hakemukset.xls").read_bytes()),
        ("a.ods", ods(ROWS)),
        ("b.ods", ods(ROWS, repeated_tail=True)),
        ("a.csv", separated(";", "cp1252")),
        ("a.tsv", separated("\t", "utf-16")),
        ("nimetön", separated(",", "utf-8")),
    ],
)
def test_every_format_gives_the_same(tmp_path: Path, name: str, content: bytes) -> None:
    intake = read_applications([saved(tmp_path, name, content)], rules())
    check(intake)
    said = [
        (one.applicant.name, one.applicant.birth_year, one.applicant.wishes, one.submitted_at)
        for one in intake.applications
    ]
    assert said == [
        ("Päivi Mäkelä", 1960, ("itäinen",), dt.datetime(2021, 4, 3, 9, 5)),
        ("Göran Åberg", 1971, ("keskusta",), dt.datetime(2021, 4, 4, 9, 5)),
    ]
    assert [one.value("postal_code") for one in intake.applicants] == ["15610", "15100"]
    assert [one.origin.row for one in intake.applicants if one.origin] == [2, 3]


def test_hidden_rows_of_an_open_document_are_told(tmp_path: Path) -> None:
    intake = read_applications([saved(tmp_path, "a.ods", ods(ROWS, hidden=2))], rules())
    assert len(intake.applicants) == 2
    assert [note.params["rows"] for note in intake.notes if note.code == "hidden_rows"] == ["3"]


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    import hashlib

    path = saved(tmp_path, "a.xlsx", xlsx(("Vastaukset", ROWS)))
    assert read_applications([path], rules()).files[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_sample_is_understood(tmp_path: Path) -> None:
    intake = read_applications([Path("sample_applications.xlsx")], rules())
    check(intake)
    assert intake.rows == 234
    assert [one.code for one in intake.set_aside] == ["test_row", "duplicate", "duplicate"]
    assert all(column.confidence == "sure" for column in intake.columns)
    assert {"birth_year_missing", "postal_code_elsewhere", "postal_code_letters", "late"} <= {
        finding.code for finding in intake.findings
    }


def test_five_thousand_applications_are_read(tmp_path: Path) -> None:
    """Five thousand rows of thirty columns; how long they take is measured in ``benchmarks/bench_intake.py``."""
    chance = random.Random(1)
    people = [
        {
            "Nimi": f"{chance.choice(NAMES)} {chance.choice(NAMES)}{chance.choice(NAMES).lower()}nen",
            "Syntymävuosi": chance.randint(1930, 2003),
            "Sähköposti": f"{number}@example.org",
            "Mihin kumppanuuspöytään haet?": chance.choice(("Eteläinen;Keskusta;", "Pohjoinen", "kaikki käy")),
            "Yhteisön nimi": chance.choice(("", f"Seura {chance.randrange(2000)} ry")),
            "Perustelut": "sana " * chance.randint(5, 60) + str(number),
            **{f"Lisäkysymys {extra}": f"vastaus {chance.randrange(1000)}" for extra in range(17)},
        }
        for number in range(5_000)
    ]
    rows = form(*people)
    assert len(rows[0]) == 30
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    path = saved(tmp_path, "a.csv", text.getvalue().encode())
    intake = read_applications([path], rules())
    check(intake)
    assert intake.rows == 5_000


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    paths = []
    for folder, person in (("a", "Aino Ahola"), ("b", "Bertta Berg")):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "hakemukset.csv")
        paths[-1].write_text(f"Nimi;Kumppanuuspöytä\n{person};itäinen\n", "utf-8")
    intake = read_applications(paths, preset("lahti-2021"))
    assert [file.name for file in intake.files] == ["hakemukset.csv", "hakemukset (2).csv"]
    origins = {one.applicant.name: one.applicant.origin for one in intake.applications}
    assert {name: origin.file for name, origin in origins.items() if origin} == {
        "Aino Ahola": "hakemukset.csv",
        "Bertta Berg": "hakemukset (2).csv",
    }


def test_a_name_that_is_taken_already_is_not_given_twice() -> None:
    names = ["a.csv", "a.csv", "a (2).csv", "a.csv", "b"]
    assert named_apart(names) == ["a.csv", "a (3).csv", "a (2).csv", "a (4).csv", "b"]
