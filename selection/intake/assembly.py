"""Assembly: files → sheets → rows → people; the one way in for the commands and the review app."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from selection.errors import FileError
from selection.intake.application_sheet import ApplicationSheet
from selection.intake.corrections import Correction
from selection.intake.draft import Draft
from selection.intake.mapping import Mapping
from selection.intake.parsing.limits import MAX_ROWS
from selection.intake.parts import read_row
from selection.intake.people import application_of, check_people, give_keys, set_aside, without_duplicates
from selection.intake.persons import letters
from selection.intake.reader import Book
from selection.intake.results import Intake, Note, SetAside, SheetRead, SourceFile
from selection.intake.row_people import people_of_row
from selection.intake.selecting import chosen_sheets
from selection.intake.setting_aside import reason_for
from selection.intake.values.wishes import TableNames
from selection.intake.wording import written

if TYPE_CHECKING:
    from selection.model.rules import Rules

#: Rows of a sheet shown of how it was understood.
FIRST_ROWS = 5


def intake_of(
    books: Sequence[Book],
    rules: Rules,
    *,
    mapping: Mapping | None = None,
    corrections: Sequence[Correction] = (),
) -> Intake:
    """The intake of files already read; see :func:`selection.intake.files.read_applications`."""
    sheets, notes = _sheets(books, rules, mapping)
    drafts = [draft for sheet in sheets for draft in _drafts(sheet)]
    drafts.sort(key=lambda draft: (sheets[draft.sheet].first, draft.row, draft.sheet))
    _tell_parts(drafts)
    give_keys(drafts)
    drafts, away = _corrected(drafts, sheets, corrections)
    kept = frozenset(one.person for one in corrections if one.action == "keep")
    people, twice = without_duplicates(drafts, kept)
    check_people(people, sheets, rules, kept)
    dismissed = {(one.person, one.code, one.field) for one in corrections if one.action == "dismiss"}
    order = {draft.key: (draft.sheet, draft.row) for draft in drafts} | {one.key: place for place, one in away}
    return Intake(
        files=tuple(SourceFile(book.name, book.sha256) for book in books),
        rows=sum(len(sheet.layout.data_rows) for sheet in sheets if sheet.is_first),
        applications=tuple(application_of(draft) for draft in people),
        set_aside=tuple(sorted([*twice, *(one for _, one in away)], key=lambda one: order[one.key])),
        findings=tuple(
            replace(finding, person=draft.key)
            for draft in people
            for finding in draft.findings
            if not {(draft.key, finding.code, ""), (draft.key, finding.code, finding.column or "")} & dismissed
        ),
        columns=tuple(column for sheet in sheets if sheet.is_first for column in sheet.all_columns),
        asked=frozenset(field for sheet in sheets for field in sheet.asked),
        notes=tuple(notes),
        sheets=tuple(_told(sheet) for sheet in sheets if sheet.is_first),
        told="" if mapping is None else mapping.to_json(),
    )


def _drafts(sheet: ApplicationSheet) -> Iterator[Draft]:
    """The rows of a sheet; of the second and later persons of a row those that are there."""
    for row in sheet.layout.data_rows:
        if sheet.is_first or sheet.block is None or sheet.block.is_filled(sheet.layout, row):
            people = list(people_of_row(sheet, row))
            yield from (read_row(sheet, row, person=person) for person in people or (None,))


def _tell_parts(drafts: Sequence[Draft]) -> None:
    """A letter to each of several persons of one row."""
    by_row: dict[tuple[str, str, int], list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_row[draft.origin.file, draft.origin.sheet, draft.origin.row].append(draft)
    for persons in by_row.values():
        if len(persons) > 1:
            for letter, draft in zip(letters(len(persons)), persons, strict=True):
                draft.origin = replace(draft.origin, part=letter)
                draft.applied_with = tuple(one for one in letters(len(persons)) if one != letter)
                draft.findings = [replace(finding, origin=draft.origin) for finding in draft.findings]


def _read_anew(draft: Draft, sheet: ApplicationSheet, instead: dict[str, str]) -> Draft:
    """A row read with a person's corrections, which keeps its key and its letter."""
    anew = read_row(sheet, draft.row, instead, draft.person)
    anew.key, anew.origin, anew.applied_with = draft.key, draft.origin, draft.applied_with
    anew.findings = [replace(finding, origin=draft.origin) for finding in anew.findings]
    return anew


def _told(sheet: ApplicationSheet) -> SheetRead:
    """Where a sheet's table stands, and its first rows."""
    layout = sheet.layout
    headers = tuple(header for header in layout.headers if header.text)
    first = tuple(
        tuple("" if (cell := layout.cell(row, header.index)) is None else written(cell) for header in headers)
        for row in layout.data_rows[:FIRST_ROWS]
    )
    names = tuple(header.text for header in headers)
    return SheetRead(
        sheet.file,
        layout.sheet.name,
        layout.header_rows[0] + 1,
        len(layout.data_rows),
        names,
        len(layout.header_rows),
        first,
    )


def _sheets(books: Sequence[Book], rules: Rules, mapping: Mapping | None) -> tuple[list[ApplicationSheet], list[Note]]:
    """A reader for every sheet of applications, in the order of the files and their sheets."""
    names = TableNames(rules.tables)
    sheets: list[ApplicationSheet] = []
    notes: list[Note] = []
    for book in books:
        chosen, told = chosen_sheets(book, rules, names, mapping)
        notes += told
        without = mapping.without if mapping is not None else ()
        for one in chosen:
            if one.layout.sheet.name in without:
                continue
            if len(one.layout.data_rows) > MAX_ROWS:
                where = one.layout.sheet.name or book.name
                raise FileError("too_many_rows", file=book.name, sheet=where, most=MAX_ROWS)
            for block in one.blocks or (None,):
                sheets.append(ApplicationSheet(len(sheets), book.name, one, rules, names, mapping, block))
            if sheets[-1].moments_assumed:
                notes.append(Note(book.name, one.layout.sheet.name, "date_order_assumed"))
    return sheets, notes


def _corrected(
    drafts: Sequence[Draft], sheets: Sequence[ApplicationSheet], corrections: Sequence[Correction]
) -> tuple[list[Draft], list[tuple[tuple[int, int], SetAside]]]:
    """The drafts as people corrected them, each with the key of its original answers; and the rows set aside."""
    by_person: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        by_person[correction.person].append(correction)
    taken: list[Draft] = []
    away: list[tuple[tuple[int, int], SetAside]] = []
    for draft in drafts:
        sheet = sheets[draft.sheet]
        mine = by_person.get(draft.key, [])
        instead = {one.field: one.value for one in mine if one.action == "value"}
        if instead:
            draft = _read_anew(draft, sheet, instead)
        out = next((one for one in mine if one.action == "set_aside"), None)
        code = "by_hand" if out is not None else reason_for(draft, sheet, kept=any(o.action == "keep" for o in mine))
        if code is None:
            taken.append(draft)
        else:
            params: dict[str, str | int] = {"reason": out.reason} if out is not None else {}
            away.append(((draft.sheet, draft.row), set_aside(draft, code, params)))
    return taken, away
