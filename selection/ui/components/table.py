"""A real HTML table whose rows carry actions: read by screen readers, worked by keyboard, every text escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from selection.texts import text

HERE = Path(__file__).parent

_component = st.components.v2.component(
    "kokoonpano_table",
    html='<div class="frame"></div><div class="menu" role="menu" popover="auto"></div>',
    css=(HERE / "table.css").read_text(encoding="utf-8"),
    js=(HERE / "table.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading.

    ``head``: its cells name the row. ``kind``: number, or bare for one whose heading a narrow screen need not repeat.
    ``small = "hide"``: left out on a narrow screen.
    """

    label: str
    head: bool = False
    kind: str = ""
    width: str | None = None
    small: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A word in a frame. ``tone`` is strong, good, warn, bad or empty; the word alone says all."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do with the person or thing of a cell; ``pressed`` makes it a switch."""

    id: str
    label: str
    label_on: str | None = None
    pressed: bool | None = None
    icon: str | None = None
    icon_on: str | None = None
    look: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: a text, words in frames, smaller lines below, and its actions (on the subject ``id``)."""

    text: str = ""
    id: str = ""
    name: str | None = None
    strong: bool = False
    quiet: bool = False
    sub: Sequence[str] = ()
    badges: Sequence[Badge] = ()
    buttons: Sequence[Action] = ()
    menu: Sequence[Action] = ()


#: What a cell may hold: a plain text or number, more than that, or nothing.
Content = Cell | str | int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: as many cells as there are columns; ``None`` is an empty cell. ``tone``: vacant, off or empty."""

    id: str
    cells: Sequence[Content]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """All that :func:`show` needs; pure data, so that a page's logic can be tested without a browser."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    empty: str = ""
    caption_hidden: bool = True
    dense: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The table as plain values for the browser."""
        return {
            "caption": self.caption,
            "caption_hidden": self.caption_hidden,
            "dense": self.dense,
            "empty": self.empty,
            "texts": {"more": text("ui.table.more"), **self.texts},
            "columns": [_plain(column) for column in self.columns],
            "rows": [
                {
                    "id": row.id,
                    "tone": row.tone,
                    "cells": [_plain(cell) if isinstance(cell, Cell) else cell for cell in row.cells],
                }
                for row in self.rows
            ],
        }


def _plain(part: Any) -> Any:
    """A dataclass as a dictionary without what is empty: 300 rows travel on every click."""
    if isinstance(part, (Column, Badge, Action, Cell)):
        values = ((name, getattr(part, name)) for name in part.__slots__)
        return {name: _plain(value) for name, value in values if value is False or value not in (None, "", ())}
    if isinstance(part, (list, tuple)):
        return [_plain(one) for one in part]
    return part


@dataclass(frozen=True, slots=True)
class Event:
    """What a person clicked: an action's id and the id of its subject."""

    action: str
    subject: str


def show(table: Table, *, key: str, on_action: Callable[[Event], None] | None = None) -> None:
    """Draw the table; ``on_action`` is called before the page is drawn anew, so one run shows the outcome."""

    def clicked() -> None:
        event = clicked_in(st.session_state.get(key))
        if event is not None and on_action is not None:
            on_action(event)

    _component(key=key, data=table.as_data(), on_action_change=clicked)


def clicked_in(result: Any) -> Event | None:
    """The event of a component's result; ``None`` for none, and for anything that is not one (the browser sent it)."""
    value = getattr(result, "action", None) if result is not None else None
    if not isinstance(value, Mapping):
        return None
    action, subject = value.get("action"), value.get("subject")
    if not isinstance(action, str) or not isinstance(subject, str):
        return None
    return Event(action, subject)
