"""Application files for the tests, made of plain rows: as books in memory, and as real files."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from selection.intake import Application, Finding, Intake, intake_of
from selection.intake.reader import Book, Cell, Sheet
from selection.model.rules import Rules
from selection.model.rules_file import preset

#: One whole application under the headers of a usual form.
ANSWERS: Mapping[str, Cell] = {
    "Aikaleima": "3.4.2021 klo 12.15",
    "Nimi": "Maija Virtanen",
    "Syntymävuosi": 1975,
    "Sukupuoli": "Nainen",
    "Postinumero": "15610",
    "Mihin kumppanuuspöytään haet?": "Eteläinen",
    "Jäsen vai varajäsen": "molemmat",
    "Haetko asukkaana vai yhteisön edustajana?": "Asukkaana",
    "Yhteisön nimi": "",
    "Oletko luottamushenkilö?": "En",
    "Äidinkieli": "suomi",
    "Sähköposti": "maija@example.org",
}
#: People beside the one a test looks at, so that columns have more than one answer.
OTHERS = (
    {"Nimi": "Kalle Korhonen", "Syntymävuosi": 1960, "Sukupuoli": "Mies", "Sähköposti": "kalle@example.org"},
    {"Nimi": "Sanna Salo", "Syntymävuosi": 1988, "Sukupuoli": "Nainen", "Sähköposti": "sanna@example.org"},
)


@cache
def rules() -> Rules:
    """The rules of 2021: four tables of Lahti, a call from 29 March to 25 April 2021."""
    return preset("lahti-2021")


def sheet(rows: Sequence[Sequence[Cell]], name: str = "Vastaukset", **marks: Any) -> Sheet:
    """A sheet of rows; the first is the header."""
    return Sheet(name=name, rows=tuple(tuple(cell if cell != "" else None for cell in row) for row in rows), **marks)


def book(*sheets: Sheet, name: str = "hakemukset.xlsx", **more: Any) -> Book:
    """A file of sheets."""
    return Book(name=name, sha256="0" * 64, kind=more.pop("kind", "xlsx"), sheets=sheets, **more)


def read(*sheets: Sheet, using: Rules | None = None, **more: Any) -> Intake:
    """The intake of one file of these sheets; the sum of rows is checked every time."""
    intake = intake_of([book(*sheets)], using or rules(), **more)
    check(intake)
    return intake


def read_rows(rows: Sequence[Sequence[Cell]], **more: Any) -> Intake:
    """The intake of one sheet of rows."""
    return read(sheet(rows), **more)


def check(intake: Intake) -> None:
    """What holds of every intake: no row vanishes, no key is there twice."""
    assert intake.rows == len(intake.applications) + len(intake.set_aside)
    keys = [one.key for one in intake.applications] + [one.key for one in intake.set_aside]
    known = set(keys)
    assert len(known) == len(keys)
    assert all(finding.person in known for finding in intake.findings)


def form(*people: Mapping[str, Cell], but: Mapping[str, Cell] | None = None) -> list[list[Cell]]:
    """Rows of a usual form: each person answers as ``ANSWERS`` but for what is given; ``but`` adds columns to all."""
    headers = list(dict.fromkeys([*ANSWERS, *(but or {}), *(key for person in people for key in person)]))
    rows: list[list[Cell]] = [list(headers)]
    for person in people:
        answers = {**ANSWERS, **(but or {}), **person}
        rows.append([answers.get(header, "") for header in headers])
    return rows


def one(answers: Mapping[str, Cell] | None = None, **more: Any) -> tuple[Application, list[Finding]]:
    """The application of one person, in a file of three, and the findings on it."""
    intake = read_rows(form(answers or {}, *OTHERS), **more)
    (application,) = [one for one in intake.applications if one.origin is not None and one.origin.row == 2]
    return application, list(intake.of_person(application.key))


def codes(findings: Sequence[Finding]) -> list[str]:
    """The kinds of findings, in order."""
    return [finding.code for finding in findings]


def xlsx(*sheets: tuple[str, Sequence[Sequence[Any]]], prepare: Any = None) -> bytes:
    """A real workbook; ``prepare`` may change it before it is saved."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets:
        page = made.create_sheet(name)
        for row in rows:
            page.append([cell if cell != "" else None for cell in row])
    if prepare is not None:
        prepare(made)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def saved(folder: Path, name: str, content: bytes) -> Path:
    """A file with these bytes."""
    path = folder / name
    path.write_bytes(content)
    return path
