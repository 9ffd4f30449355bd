"""Selecting: which sheets of a file hold applications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selection.errors import FileError
from selection.intake import file_notes
from selection.intake.branches import with_branches
from selection.intake.column_fields import Matcher
from selection.intake.columns import ColumnMatch, meaning
from selection.intake.layout import Layout, holds_data, layout_of, prepared
from selection.intake.legends import legends_of
from selection.intake.mapping import Mapping
from selection.intake.owners import owners_of
from selection.intake.persons import Block, blocks_of, columns_of_persons
from selection.intake.reader import Book, Sheet
from selection.intake.results import Note
from selection.intake.splitting import split
from selection.intake.values.wishes import TableNames
from selection.intake.wording import tokens, written

if TYPE_CHECKING:
    from selection.model.rules import Rules

NAME_FIELDS = ("name", "first_name", "last_name")
#: Names that are headers: so many, of so many rows looked at, and the sheet is turned.
LEAST_FIELDS, MOST_FIELDS = 3, 40
#: How many headers an error quotes, and how much of each.
QUOTED_HEADERS, QUOTED_LETTERS = 8, 40


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sheet whose rows are applications; ``table`` is its area where the sheet is one area's own."""

    layout: Layout
    columns: tuple[ColumnMatch, ...]
    matcher: Matcher
    table: str | None = None
    blocks: tuple[Block, ...] = ()


def chosen_sheets(
    book: Book, rules: Rules, names: TableNames, mapping: Mapping | None = None
) -> tuple[list[Chosen], list[Note]]:
    """The sheets of applications of a file, and notes on the whole.

    Raises
    ------
    FileError
        if no sheet has a column of names, or none of those has a row under its header; or if rows seem to hold several
        persons that cannot be told apart.
    """
    notes = file_notes.of_book(book)
    named: list[Chosen] = []
    layouts: list[Layout] = []
    turned: list[Layout] = []
    for raw in book.sheets:
        parted = split(raw)
        sheet, letters, lost = prepared(raw if parted is None else parted[0])
        depth = None if mapping is None else mapping.header_depths.get(book.name, {}).get(sheet.name)
        layout = layout_of(sheet, _chosen_header(mapping, book.name, sheet), depth)
        if layout is None:
            continue
        layouts.append(layout)
        legends = legends_of(layout, book)
        matcher = Matcher(layout, book.name, names, rules.own_fields, rules.eligibility.age_on, legends)
        columns = tuple(with_branches(layout, matcher.columns(mapping)))
        if _is_turned(layout, columns):
            turned.append(layout)
        elif _has_names(layout, columns):
            if parted is not None:
                notes.append(Note(book.name, sheet.name, "column_split", {"separator": parted[1]}))
            table = _table_of(layout, names)
            blocks = blocks_of(layout, columns, matcher, book.name, None if mapping is None else mapping.persons)
            columns = columns_of_persons(columns, blocks, layout)
            if len(blocks) > 1:
                notes.append(Note(book.name, sheet.name, "several_persons", {"n": len(blocks)}))
            named.append(Chosen(layout, columns, matcher, table, blocks))
            if table is not None and not any(column.used and column.field == "wishes" for column in columns):
                notes.append(Note(book.name, sheet.name, "sheet_table", {"table": table}))
            if letters:
                notes.append(Note(book.name, sheet.name, "letters_mended", {"n": letters}))
            if lost or any(file_notes.LOST.search(column.header) for column in columns):
                notes.append(Note(book.name, sheet.name, "letters_lost"))
    chosen = [one for one in named if one.layout.data_rows]
    if not chosen and turned:
        raise FileError("sheet_turned", file=book.name, sheet=turned[0].sheet.name or book.name)
    if not chosen:
        raise _nobody(book, layouts, named)
    chosen, twins = _without_twins(chosen)
    read = {one.layout.sheet.name for one in chosen}
    for layout in layouts:
        name = layout.sheet.name
        if name not in read:
            notes.append(Note(book.name, name, "sheet_twin" if name in twins else "sheet_passed_over", {"sheet": name}))
    for one in chosen:
        notes += file_notes.of_columns(book.name, one.layout.sheet.name, one.columns)
        notes += file_notes.of_markup(book.name, one.layout)
    return chosen, notes


def _has_names(layout: Layout, columns: Sequence[ColumnMatch]) -> bool:
    """Whether a sheet has a column of applicants' names, or columns of several persons' (``Nominee 1 name``)."""
    if any(column.used and column.field in NAME_FIELDS for column in columns):
        return True
    return any(whose == "" and field in NAME_FIELDS for (whose, _), field in owners_of(layout, columns).values())


def _is_turned(layout: Layout, columns: Sequence[ColumnMatch]) -> bool:
    """Whether applicants stand beside each other: what would be the names are headers of other fields."""
    name = next((one.index for one in columns if one.used and one.field in NAME_FIELDS and one.option is None), None)
    if name is None:
        return False
    cells = [written(cell) for cell in layout.column(name)[:MOST_FIELDS] if cell is not None]
    known = {found.field for found in (meaning(cell, fuzzy=False) for cell in cells) if found.reason == "exact"}
    return len(known) >= LEAST_FIELDS and len(known) >= 0.5 * len(cells)


def _table_of(layout: Layout, names: TableNames) -> str | None:
    """The table that a sheet is the list of: by its name, or by the titles above its header."""
    above = layout.sheet.rows[: layout.header_rows[0]]
    titles = (written(cell) for row in above for cell in row if isinstance(cell, str) and len(cell) < 80)
    told = (names.only_in(text) for text in (layout.sheet.name, *titles) if text)
    return next((table for table in told if table is not None), None)


def _chosen_header(mapping: Mapping | None, file: str, sheet: Sheet) -> int | None:
    """The header row that a person chose, counted from 0, if the sheet has it."""
    row = None if mapping is None else mapping.header_row_of(file, sheet.name)
    return row - 1 if row is not None and row <= len(sheet.rows) else None


def _nobody(book: Book, layouts: list[Layout], named: list[Chosen]) -> FileError:
    """Why a file has no applications: it is empty, has no header or no column of names, or no row under its header."""
    if not layouts:
        return FileError("empty_file", file=book.name)
    if named:
        layout = named[0].layout
        where = layout.sheet.name or book.name
        return FileError("no_data_rows", file=book.name, sheet=where, row=layout.header_rows[-1] + 1)
    best = max(layouts, key=lambda layout: layout.score)
    # Where hardly a header is known, the row may be somebody's answers: those are not quoted.
    texts = [header.text for header in best.headers if header.text]
    known = sum(meaning(text).reason != "unknown" for text in texts)
    is_header = known > 1
    if not known or (not is_header and holds_data(best.sheet.rows[best.header_rows[0]])):
        return FileError("no_header_row", file=book.name, sheet=best.sheet.name or book.name)
    headers = [" ".join(text.split())[:QUOTED_LETTERS] for text in texts] if is_header else []
    return FileError(
        "no_name_column",
        file=book.name,
        sheet=best.sheet.name or book.name,
        row=best.header_rows[0] + 1,
        found=", ".join(headers[:QUOTED_HEADERS]) or "–",
    )


def _without_twins(chosen: list[Chosen]) -> tuple[list[Chosen], frozenset[str]]:
    """The sheets without those that repeat another's people with codes for answers, as form services export them."""
    kept: list[Chosen] = []
    twins: set[str] = set()
    by_people: dict[tuple[object, ...], Chosen] = {}
    for one in chosen:
        headers = tuple(tokens(column.header) for column in one.columns)
        name = next(column.index for column in one.columns if column.used and column.field in NAME_FIELDS)
        people = (headers, tuple(written(cell) for cell in one.layout.column(name)))
        other = by_people.get(people)
        if other is None or _words(one) > _words(other):
            if other is not None:
                kept.remove(other)
                twins.add(other.layout.sheet.name)
            by_people[people] = one
            kept.append(one)
        else:
            twins.add(one.layout.sheet.name)
    return kept, frozenset(twins)


def _words(chosen: Chosen) -> int:
    """How many cells of the data hold text."""
    rows = (chosen.layout.sheet.rows[row] for row in chosen.layout.data_rows)
    return sum(isinstance(cell, str) for row in rows for cell in row)
