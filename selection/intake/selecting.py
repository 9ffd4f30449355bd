"""Selecting: which sheets of a file hold applications, and what is told of the file besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from selection.errors import FileError
from selection.intake.columns import ColumnMatch
from selection.intake.layout import Layout, layout_of, repaired
from selection.intake.mapping import Mapping
from selection.intake.matching import Matcher
from selection.intake.reader import Book, Sheet
from selection.intake.results import Note
from selection.intake.values.wishes import TableNames
from selection.intake.wording import is_empty, tokens, written

if TYPE_CHECKING:
    from selection.rules import Rules


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sheet whose rows are applications; ``table`` is its area where the sheet is one area's own."""

    layout: Layout
    columns: tuple[ColumnMatch, ...]
    matcher: Matcher
    table: str | None = None


def chosen_sheets(
    book: Book, rules: Rules, names: TableNames, mapping: Mapping | None = None
) -> tuple[list[Chosen], list[Note]]:
    """The sheets of applications of a file, and notes on the rest.

    Raises
    ------
    FileError
        if no sheet has a column of names, or none of those has a row under its header.
    """
    notes: list[Note] = []
    if book.encoding is not None:
        notes.append(
            Note(book.name, "", "read_as_text", {"encoding": book.encoding, "separator": book.separator or ""})
        )
    header_row = mapping.header_row - 1 if mapping is not None and mapping.header_row is not None else None
    chosen: list[Chosen] = []
    seen: list[Layout] = []
    for raw in book.sheets:
        sheet, mended_cells = repaired(raw)
        layout = layout_of(sheet, header_row if header_row is not None and header_row < len(sheet.rows) else None)
        if layout is None:
            continue
        seen.append(layout)
        matcher = Matcher(layout, book.name, names, rules.own_fields, rules.eligibility.age_on)
        columns = matcher.columns(mapping)
        if not any(column.used and column.field in ("name", "first_name", "last_name") for column in columns):
            continue
        if mended_cells:
            notes.append(Note(book.name, sheet.name, "letters_mended", {"n": mended_cells}))
        chosen.append(Chosen(layout, columns, matcher, names.exactly(sheet.name)))
    if not seen:
        raise FileError("empty_file", file=book.name)
    if not chosen:
        best = max(seen, key=lambda layout: layout.score)
        raise FileError(
            "no_name_column",
            file=book.name,
            sheet=best.sheet.name or book.name,
            row=best.header_rows[0] + 1,
            found=", ".join(header.text.replace("\n", " ")[:40] for header in best.headers[:8] if header.text) or "–",
        )
    with_rows = [one for one in chosen if one.layout.data_rows]
    if not with_rows:
        first = chosen[0].layout
        raise FileError(
            "no_data_rows", file=book.name, sheet=first.sheet.name or book.name, row=first.header_rows[-1] + 1
        )
    with_rows, twins = _without_twins(with_rows)
    used = {one.layout.sheet.name for one in with_rows}
    for raw in book.sheets:
        if raw.name not in used and raw.rows:
            code = "sheet_twin" if raw.name in twins else "sheet_passed_over"
            notes.append(Note(book.name, raw.name, code, {"sheet": raw.name}))
    for one in with_rows:
        notes += _told_by_markup(book, one.layout)
    return with_rows, notes


def _without_twins(chosen: list[Chosen]) -> tuple[list[Chosen], frozenset[str]]:
    """The sheets without those that repeat another's people with codes for answers (a code sheet beside a text sheet)."""
    kept: list[Chosen] = []
    twins: set[str] = set()
    by_people: dict[tuple[object, ...], Chosen] = {}
    for one in chosen:
        headers = tuple(tokens(column.header) for column in one.columns)
        name = next(
            column.index
            for column in one.columns
            if column.used and column.field in ("name", "first_name", "last_name")
        )
        people = tuple(written(cell) for cell in one.layout.column(name))
        other = by_people.get((headers, people))
        if other is None:
            by_people[headers, people] = one
            kept.append(one)
        elif _letters(one) > _letters(other):
            kept[kept.index(other)] = one
            by_people[headers, people] = one
            twins.add(other.layout.sheet.name)
        else:
            twins.add(one.layout.sheet.name)
    return kept, frozenset(twins)


def _letters(chosen: Chosen) -> int:
    return sum(isinstance(cell, str) for row in chosen.layout.data_rows for cell in chosen.layout.sheet.rows[row])


def _told_by_markup(book: Book, layout: Layout) -> list[Note]:
    """Notes on hidden rows and columns, marks by strike-through or colour, and formulas without a value."""
    sheet: Sheet = layout.sheet
    data = set(layout.data_rows)
    notes: list[Note] = []

    def note(code: str, rows: list[int]) -> None:
        shown = ", ".join(str(row + 1) for row in rows[:20]) + (" …" if len(rows) > 20 else "")
        notes.append(Note(book.name, sheet.name, code, {"n": len(rows), "rows": shown}))

    hidden = [row for row in sheet.hidden_rows if row in data]
    if hidden:
        note("hidden_rows", hidden)
    columns = [
        column
        for column in dict.fromkeys(sheet.hidden_columns)
        if any(header.index == column for header in layout.headers)
    ]
    if columns:
        from selection.intake.layout import address

        shown = ", ".join(address(0, column)[:-1] for column in columns)
        notes.append(Note(book.name, sheet.name, "hidden_columns", {"n": len(columns), "columns": shown}))
    struck = [row for row in sheet.struck if row in data]
    if struck:
        note("struck_rows", struck)
    coloured = [row for row in sheet.coloured if row in data]
    if coloured and len(coloured) < 0.5 * len(data):
        note("coloured_rows", coloured)
    if sheet.hidden:
        notes.append(Note(book.name, sheet.name, "sheet_hidden", {"sheet": sheet.name}))
    empty = [place for place in sheet.uncomputed if place[0] in data and is_empty(layout.cell(*place))]
    if empty:
        note("uncomputed_cells", sorted({row for row, _ in empty}))
    return notes
