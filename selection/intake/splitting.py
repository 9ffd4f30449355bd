"""Splitting: a table that stands in one column, as separated text does where Excel took it for plain lines."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace

from selection.intake.columns import meaning
from selection.intake.parsing.delimited import SEPARATORS
from selection.intake.reader import Cell, Sheet
from selection.intake.wording import is_empty

#: Rows looked at for the separator and the header, the least columns of a table, and the share of rows that have them.
LOOKED_AT, LEAST_COLUMNS, ENOUGH = 20, 3, 0.8


def split(sheet: Sheet) -> tuple[Sheet, str] | None:
    """The sheet with its one column split, and the separator; ``None`` for a sheet that is a table already.

    Only where a row of headers comes of it: a name may hold a comma.
    """
    if any(not is_empty(cell) for row in sheet.rows for cell in row[1:]):
        return None
    lines = [row[0] if row and isinstance(row[0], str) else None for row in sheet.rows]
    first = [line for line in lines if line is not None][:LOOKED_AT]
    for separator in SEPARATORS:
        records = [_record(line, separator) for line in first]
        widths = Counter(len(record) for record in records if len(record) >= LEAST_COLUMNS)
        if not widths or sum(widths.values()) < ENOUGH * len(records):
            continue
        if any(sum(meaning(cell, fuzzy=False).field is not None for cell in record) >= 2 for record in records):
            rows = tuple(_cells(row, line, separator) for row, line in zip(sheet.rows, lines, strict=True))
            return replace(sheet, rows=rows), separator
    return None


def _cells(row: tuple[Cell, ...], line: str | None, separator: str) -> tuple[Cell, ...]:
    return row[:1] if line is None else tuple(cell if cell.strip() else None for cell in _record(line, separator))


def _record(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    except csv.Error:
        return [line]
