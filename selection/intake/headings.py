"""Headings: of a field that was not read, the columns of the files that may hold it, and why they do not."""

from __future__ import annotations

from collections.abc import Sequence

from selection.intake.columns import AGE_FIELDS, OWN, ColumnMatch, meaning, normalised
from selection.intake.messages import field_name, reason_text
from selection.model.rules import Rules
from selection.model.vocabulary import OPEN_FIELDS, VOCABULARY
from selection.texts import text

#: So many headings are named, each with a likeness (0 to 100) of at least so much.
NAMED, ALIKE = 3, 60.0

#: Fields of the pool that other columns than those of the same name answer.
_ANSWERED_BY = {
    "age": AGE_FIELDS,
    "kind": ("kind", "organisation"),
    "postal_code": ("postal_code", "street_address"),
}


def left_out_fields(columns: Sequence[ColumnMatch], rules: Rules) -> frozenset[str]:
    """Fields of the rules that a column was left out of which asks them."""
    return frozenset(name for name in rules.fields if any(_asks(column, name) for column in columns if not column.used))


def near(columns: Sequence[ColumnMatch], field: str) -> tuple[ColumnMatch, ...]:
    """The headings nearest to a field, best first: those that ask it and were left out, then those spelled alike.

    Where none is near, the columns that were left out and might be of it.
    """
    from rapidfuzz import fuzz

    with_header = [column for column in columns if column.header]
    asking = [column for column in with_header if not column.used and _asks(column, field)]
    wanted = [normalised(field), normalised(field_name(field))]

    def likeness(column: ColumnMatch) -> float:
        header = normalised(column.header)
        return max(max(fuzz.ratio(one, header), 90.0 * (one in header)) for one in wanted if one)

    alike = sorted((column for column in with_header if likeness(column) >= ALIKE), key=lambda one: -likeness(one))
    found = _once([*asking, *alike])
    return (found or _once([column for column in with_header if not column.used and _untold(column)]))[:NAMED]


def near_text(columns: Sequence[ColumnMatch], field: str) -> str:
    """The nearest headings in words, each with what became of its column; empty where the files have none."""
    return "; ".join(heading_text(column) for column in near(columns, field))


def heading_text(column: ColumnMatch) -> str:
    """A heading, and what became of its column."""
    if column.used and column.field is not None:
        return text("headings.read_as", heading=column.label, field=field_name(column.field))
    why = reason_text(column)
    if column.sensitive is not None:
        why = text("headings.sensitive", kind=text(f"intake.sensitive.{column.sensitive}"))
    return text("headings.left_out", heading=column.label, why=why)


def _asks(column: ColumnMatch, field: str) -> bool:
    """Whether a column is of a field, by its header or as suggested by its answers."""
    if field in VOCABULARY or field in OPEN_FIELDS:
        fields = _ANSWERED_BY.get(field, (field,))
        return column.suggestion in fields or meaning(column.header).field in fields
    name = normalised(field)
    return column.field == OWN + field or bool(name and name in normalised(column.header))


def _untold(column: ColumnMatch) -> bool:
    """Whether it is not known what a column left out is of, or it is of sensitive data."""
    return column.reason in ("unknown", "weak", "fuzzy", "sensitive")


def _once(columns: Sequence[ColumnMatch]) -> tuple[ColumnMatch, ...]:
    """The columns, those of one heading once: sheets may be alike."""
    return tuple({normalised(column.header): column for column in reversed(columns)}.values())[::-1]
