"""Beside: what stands in the cell of the name and is no name: a year of birth, an age, a blanked identity code."""

from __future__ import annotations

import re
from dataclasses import replace

from selection.intake.columns import ColumnMatch, asked_beside_name
from selection.intake.parsing.identities import BLANK
from selection.intake.reader import Cell
from selection.intake.row import Row
from selection.intake.values.ages import OLDEST
from selection.intake.values.names import name_and_age
from selection.intake.wording import written

#: Who applies is at least so old: a younger year after a name is no year of birth.
YOUNGEST = 10


def name_alone(row: Row, match: ColumnMatch | None, cell: Cell) -> Cell:
    """The cell of a name without what stands beside it; what the header does not ask for is said."""
    if match is None or not isinstance(cell, str):
        return cell
    text = written(cell).replace(BLANK, " ").strip(" ,;") if BLANK in cell else written(cell)
    apart = name_and_age(text)
    if apart is None or _field(row, match, apart[1]) is None:
        return text
    if asked_beside_name(match.header) is None:
        row.note(match, "name_with_year", text)
    return apart[0]


def age_beside_name(row: Row) -> tuple[ColumnMatch, str] | None:
    """What stands of age in the cell of the name, as written, and a column to say it of that is not the name's own."""
    match, _ = row.first("name")
    apart = name_and_age(written(row.original(match))) if match is not None else None
    if match is None or apart is None or (field := _field(row, match, apart[1])) is None:
        return None
    return replace(match, field=field, header=""), apart[1]


def _field(row: Row, match: ColumnMatch, age: str) -> str | None:
    """The field of what stands beside a name: what the header asks for, else a year that somebody may be born in."""
    asked = asked_beside_name(match.header)
    if asked is not None or re.fullmatch(r"\d{4}", age) is None:
        return asked
    return "birth_year" if YOUNGEST <= row.sheet.rules.eligibility.age_on.year - int(age) <= OLDEST else None
