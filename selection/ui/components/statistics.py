"""What stays of a round without its people: counts of applicants and of those who sit, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from selection.model.people import Role
from selection.rounds import words
from selection.texts import label, text
from selection.ui.components import frame
from selection.ui.text import escape, number

APPLICANTS = "applicants"
#: Counted values that are no vocabulary of a field are shown as they are; this one is a word of the product.
UNKNOWN = "unknown"


def counts(statistics: Mapping[str, Any], role: str, field: str) -> dict[str, int]:
    """How many there are of each value of a field: among the applicants, or among those in a role at all tables."""
    found: dict[str, int] = {}
    for group, held in statistics.items():
        if group == role or group.endswith(f"/{role}"):
            for value, count in held["fields"].get(field, {}).items():
                found[value] = found.get(value, 0) + count
    return found


def people(statistics: Mapping[str, Any], role: str) -> int:
    """How many applicants there were, or how many sit in a role at all tables."""
    return sum(int(held["n"]) for group, held in statistics.items() if group == role or group.endswith(f"/{role}"))


def show(statistics: Mapping[str, Any]) -> None:
    """One table for all fields."""
    columns = [APPLICANTS, Role.MEMBER.value, Role.DEPUTY.value]
    heads = "".join(f'<th scope="col" class="n">{escape(_column(one))}</th>' for one in columns)
    rows = [_row(text("ui.keeping.in_all"), [people(statistics, one) for one in columns])]
    fields = list(statistics.get(APPLICANTS, {}).get("fields", {}))
    for field in sorted(fields, key=lambda one: (one != "age", one == "postal_code")):
        by_column = [counts(statistics, one, field) for one in columns]
        values = sorted({value for held in by_column for value in held}, key=lambda one: (one == UNKNOWN, one))
        if values in ([], [UNKNOWN]):
            continue
        title = text("ui.keeping.age") if field == "age" else words.field_name(field)
        rows.append(
            f'<tr class="k-part"><th scope="rowgroup" colspan="4">{escape(words.capital(title))}</th></tr>'
            + "".join(_row(_value(field, value), [held.get(value, 0) for held in by_column]) for value in values)
        )
    st.html(
        f'{frame.scroll(text("ui.keeping.statistics"))}<table class="k-table k-matrix"><thead><tr><td></td>{heads}</tr>'
        f"</thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _column(name: str) -> str:
    return text("ui.keeping.applicants") if name == APPLICANTS else text(f"ui.seats.{name}")


def _value(field: str, value: str) -> str:
    return text("ui.card.unknown") if value == UNKNOWN else label(field, value)


def _row(name: str, held: Sequence[int]) -> str:
    cells = "".join(f'<td class="n">{escape(number(count))}</td>' for count in held)
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
