"""Marked rows: applications taken back, and those of which something else is said that may keep them from standing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from selection.intake.columns import ColumnMatch
from selection.intake.layout import Layout
from selection.intake.reader import Cell
from selection.intake.values.choices import yes_or_no
from selection.intake.values.wishes import TableNames
from selection.intake.values.withdrawals import is_doubtful, is_header_of_withdrawal, is_withdrawn, said_beside
from selection.intake.wording import fold, written


def withdrawn_rows(layout: Layout, columns: Sequence[ColumnMatch], names: TableNames) -> frozenset[int]:
    """Rows whose application was taken back: struck out, or by a status, a remark, a note on a cell, or what stands
    beside the name or the wish."""
    found = set(layout.sheet.struck_whole)
    for match in columns:
        beside = match.sensitive is None and match.field in (None, "remarks")
        if not beside and match.field not in ("name", "last_name", "wishes"):
            continue
        cells = layout.column(match.index)
        if beside and is_header_of_withdrawal(match.header):
            rows = zip(layout.data_rows, cells, strict=True)
            found.update(row for row, cell in rows if isinstance(cell, dt.date) or _confirms(cell))
        told = {cell for cell in set(cells) if isinstance(cell, str) and _tells_withdrawal(match, cell, names)}
        if told:
            found.update(row for row, cell in zip(layout.data_rows, cells, strict=True) if cell in told)
    found.update(row for row, _, said in layout.sheet.notes if is_withdrawn(said))
    return frozenset(found)


def _tells_withdrawal(match: ColumnMatch, cell: str, names: TableNames) -> bool:
    """Whether a cell says that the application was taken back; beside a name or a wish, or in their place."""
    said = written(cell)
    if match.field not in (None, "remarks") and (match.field != "wishes" or names.named_in(fold(said))[0]):
        said = said_beside(said)
    return said != "" and is_withdrawn(said)


def _confirms(cell: Cell) -> bool:
    """Whether a cell under a header that states something says yes to it: a tick, a yes, a date."""
    text = written(cell)
    return yes_or_no(text) is True or re.match(r"\d{1,4}[./-]\d{1,2}", text) is not None


def doubtful_rows(layout: Layout, columns: Sequence[ColumnMatch]) -> dict[int, ColumnMatch]:
    """Rows that a status gives another reason for why somebody may not stand: row → its column."""
    found: dict[int, ColumnMatch] = {}
    for match in columns:
        if match.sensitive is not None or match.field not in (None, "remarks"):
            continue
        cells = layout.column(match.index)
        told = {cell for cell in set(cells) if isinstance(cell, str) and is_doubtful(cell)}
        if told:
            found |= {row: match for row, cell in zip(layout.data_rows, cells, strict=True) if cell in told}
    return found
