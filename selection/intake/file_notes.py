"""Telling: notes on a file and its sheets: how they were read, what was left out, what is not interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from selection.intake.columns import ColumnMatch, meaning
from selection.intake.layout import Layout, address
from selection.intake.parsing.delimited import TEXT_ENDINGS
from selection.intake.reader import Book
from selection.intake.results import Note
from selection.intake.wording import is_empty

#: How many row numbers a note lists.
LISTED = 20
#: What is left of a letter that an export lost.
LOST = re.compile(r"\ufffd|(?<=[^\W\d])\?(?=[^\W\d])")


def of_book(book: Book) -> list[Note]:
    """How a file was read."""
    notes: list[Note] = []
    if book.kind == "csv":
        encoding = {"encoding": book.encoding or "", "separator": book.separator or ""}
        notes.append(Note(book.name, "", "read_as_text", encoding))
        if not book.encoding_certain:
            notes.append(Note(book.name, "", "encoding_unsure", {"encoding": book.encoding or ""}))
        if PurePath(book.name).suffix.lower() not in TEXT_ENDINGS:
            notes.append(Note(book.name, "", "renamed_text"))
    if book.macros:
        notes.append(Note(book.name, "", "macros"))
    return notes


def of_columns(file: str, sheet: str, columns: Sequence[ColumnMatch]) -> list[Note]:
    """Columns that were left out or need a look."""
    notes: list[Note] = []
    for column in columns:
        told: dict[str, str | int] = {"column": column.label}
        if column.sensitive is not None and not column.used:
            notes.append(Note(file, sheet, "column_sensitive", {**told, "sensitive": column.sensitive}))
        elif column.suggestion == "source_id" and not column.used:
            continue  # nothing is lost with a row's number
        elif (field := _told_by_values(column)) is not None:
            notes.append(Note(file, sheet, "column_suggested", {**told, "field": field}))
        elif column.reason == "if_chosen":
            notes.append(Note(file, sheet, "column_if_chosen", told))
        elif column.reason in ("weak", "fuzzy") and not column.used:
            notes.append(Note(file, sheet, "column_unclear", told))
        elif column.reason == "no_header" and not column.used:
            notes.append(Note(file, sheet, "column_unnamed", {"column": address(0, column.index)[:-1]}))
        elif column.reason == "unknown" and not column.used and column.header:
            notes.append(Note(file, sheet, "column_unknown", told))
        elif column.used and column.field is not None and column.suggestion is not None:
            notes.append(Note(file, sheet, "column_values", {**told, "field": column.field}))
        elif column.used and column.reason == "name_and_age":
            notes.append(Note(file, sheet, "column_of_two", {**told, "field": column.detail}))
        elif column.used and column.field is not None and column.confidence == "check":
            notes.append(Note(file, sheet, "column_check", {**told, "field": column.field}))
    return [*notes, *notes_of_sensitive(columns)]


def notes_of_sensitive(columns: Sequence[ColumnMatch]) -> list[Note]:
    """Notes on columns of special data that a person took in."""
    return [
        Note(one.file, one.sheet, "column_sensitive_taken", {"column": one.label, "sensitive": one.sensitive})
        for one in columns
        if one.used and one.sensitive is not None
    ]


def _told_by_values(column: ColumnMatch) -> str | None:
    """The field that the answers of a column left out point to, where more than an ambiguous header does."""
    left_out = not column.used and column.reason in ("weak", "fuzzy", "unknown")
    return column.suggestion if left_out and column.suggestion != meaning(column.header).field else None


def of_markup(file: str, layout: Layout) -> list[Note]:
    """Hidden rows and columns, marks by strike-through or colour, formulas without a value, blanked identity codes."""
    sheet = layout.sheet
    data = frozenset(layout.data_rows)
    notes: list[Note] = []

    def rows(code: str, found: Iterable[int]) -> None:
        held = [row for row in dict.fromkeys(found) if row in data]
        if held:
            shown = ", ".join(str(row + 1) for row in held[:LISTED]) + (" …" if len(held) > LISTED else "")
            notes.append(Note(file, sheet.name, code, {"n": len(held), "rows": shown}))

    if sheet.hidden:
        notes.append(Note(file, sheet.name, "sheet_hidden", {"sheet": sheet.name}))
    rows("hidden_rows", sheet.hidden_rows)
    with_header = {header.index for header in layout.headers}
    columns = [column for column in dict.fromkeys(sheet.hidden_columns) if column in with_header]
    if columns:
        shown = ", ".join(address(0, column)[:-1] for column in columns)
        notes.append(Note(file, sheet.name, "hidden_columns", {"n": len(columns), "columns": shown}))
    rows("struck_rows", sheet.struck)
    if sum(row in data for row in sheet.coloured) < 0.5 * len(data):  # more is a pattern of the sheet, not a mark
        rows("coloured_rows", sheet.coloured)
    rows(
        "uncomputed_cells",
        (row for row, column in sheet.uncomputed if row in data and is_empty(layout.cell(row, column))),
    )
    if sheet.identities:
        cells = {(row, column) for row, column, _, _ in sheet.identities}
        notes.append(Note(file, sheet.name, "identities_blanked", {"n": len(cells)}))
    return notes
