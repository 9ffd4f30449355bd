"""Repeated answers of a hand-made list: a ditto mark under an answer, and cells left empty under a group's heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selection.intake.columns import ColumnMatch
from selection.intake.layout import Layout
from selection.intake.reader import Cell
from selection.intake.values.placeholders import is_ditto
from selection.intake.wording import is_empty, written

#: Fields that are each person's own: a mark there repeats nothing.
_OWN = ("source_id", "submitted_at", "name", "first_name", "last_name", "email", "phone", "motivation", "remarks")


def dittos(layout: Layout, columns: Iterable[ColumnMatch]) -> dict[tuple[int, int], Cell]:
    """Row and column of each ditto mark → the answer above that it repeats; a mark under nothing is left out."""
    found: dict[tuple[int, int], Cell] = {}
    for match in columns:
        if not match.used or match.field in _OWN:
            continue
        above: Cell = None
        last = -1
        for row, cell in zip(layout.data_rows, layout.column(match.index), strict=True):
            if isinstance(cell, str) and is_ditto(cell):
                # A row that holds nothing at all ends a group.
                if above is not None and row == last + 1:
                    found[row, match.index] = above
                    last = row
                    continue
                above = None
            else:
                above = cell
            last = row
    return found


def blank_below(layout: Layout, organisation: ColumnMatch, name: ColumnMatch) -> dict[int, str]:
    """Row → the organisation above, where the column is laid out as headings of groups: left of the names, each
    organisation on the first row of its people alone. Whether an empty cell there means the one above is asked."""
    cells = layout.column(organisation.index)
    if organisation.index > name.index or not cells or is_empty(cells[0]):
        return {}
    filled = [written(cell) for cell in cells if not is_empty(cell)]
    if (
        any(map(is_ditto, filled))
        or len(set(filled)) < 2
        or len(set(filled)) < len(filled)
        or len(filled) == len(cells)
    ):
        return {}
    return dict(_below(layout.data_rows, cells))


def _below(rows: Sequence[int], cells: Sequence[Cell]) -> Iterable[tuple[int, str]]:
    above = ""
    for row, cell in zip(rows, cells, strict=True):
        if is_empty(cell):
            yield row, above
        else:
            above = written(cell)
