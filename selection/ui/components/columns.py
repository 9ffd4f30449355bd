"""How each column of a file was taken, with the way to say otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from selection.intake import FIELDS, ColumnMatch, reason_text
from selection.intake.columns import OWN
from selection.texts import text
from selection.ui.components import frame, table
from selection.ui.text import plain

#: How sure, as a word in a frame.
TONES = {"sure": "good", "check": "warn", "none": ""}


def show(
    found: list[ColumnMatch], name_of: Callable[[str | None], str], confirm: Callable[[list[ColumnMatch]], None]
) -> None:
    """The columns as a table; a dialog changes one of them."""
    to_check = sum(column.confidence == "check" for column in found)
    frame.section(text("ui.columns.title"))
    st.caption(text("ui.columns.to_check", n=to_check) if to_check else text("ui.columns.all_sure"))
    heads = [
        table.Column(text("ui.columns.header"), head=True, width="42%"),
        table.Column(text("ui.columns.taken_as")),
        table.Column(text("ui.columns.confidence")),
    ]
    rows = [_row(place, column, name_of) for place, column in enumerate(found)]
    asked = st.session_state.pop("column_asked", None)
    table.show(
        table.Table(text("ui.columns.title"), heads, rows, dense=True),
        key="columns",
        on_action=lambda event: st.session_state.__setitem__("column_asked", int(event.subject)),
    )
    if isinstance(asked, int) and asked < len(found):
        _ask(found, asked, name_of, confirm)


def _row(place: int, column: ColumnMatch, name_of: Callable[[str | None], str]) -> table.Row:
    sensitive = column.sensitive is not None and not column.used
    badges = [table.Badge(text("ui.columns.sensitive"), "bad")] if sensitive else []
    taken = name_of(column.field if column.used else None)
    change = table.Action("change", text("ui.columns.change"))
    cells = [
        table.Cell(column.header or text("ui.columns.no_header"), sub=_place(column)),
        table.Cell(taken, badges=badges, quiet=not column.used, strong=column.used),
        table.Cell(
            id=str(place),
            name=column.header,
            badges=[table.Badge(text(f"ui.columns.{column.confidence}"), TONES[column.confidence])],
            sub=(reason_text(column),),
            buttons=[change],
        ),
    ]
    return table.Row(str(place), cells)


def _place(column: ColumnMatch) -> tuple[str, ...]:
    return (column.option,) if column.option else ()


def _ask(
    found: list[ColumnMatch],
    place: int,
    name_of: Callable[[str | None], str],
    confirm: Callable[[list[ColumnMatch]], None],
) -> None:
    column = found[place]

    @st.dialog(text("ui.columns.change_title"))
    def ask() -> None:
        st.markdown(f"**{plain(column.header)}**")
        if column.sensitive is not None:
            st.warning(text("ui.columns.sensitive_note"))
        own = f"{OWN}{' '.join(column.header.split())[:60]}"
        choices: list[str | None] = [None, *FIELDS, own]
        current = column.field if column.used and column.field in choices else None
        field = st.selectbox(
            text("ui.columns.taken_as"), choices, index=choices.index(current), format_func=name_of, key="column_field"
        )
        if st.button(text("ui.save"), type="primary"):
            changed = replace(column, field=field, used=field is not None, confidence="sure")
            confirm([*found[:place], changed, *found[place + 1 :]])
            st.rerun()

    ask()
