"""Undo and redo, each saying what it would do."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from selection import actions as do
from selection.texts import text
from selection.ui import session
from selection.ui.text import plain


def _act(action: do.Action, told: str) -> None:
    session.act(action, told=told)


def _told(code: str, line: do.HistoryLine | None) -> str:
    """What was taken back or done again, by the line of the history: it may have been done on another page."""
    return text(code, what=plain(line.text)) if line is not None else ""


def buttons(
    round_id: int, version_id: int | None = None, *, disabled: bool = False, keep: Collection[str] = ()
) -> None:
    """Two buttons; greyed out where there is nothing to take back or to do again.

    Lines of the history whose code is in ``keep`` are not taken back here.
    """
    store, user = session.store(), session.user()
    back = do.undoable(store, user, round_id, version_id)
    if back is not None and back.code in keep:
        back = None
    again = do.redoable(store, user, round_id, version_id)
    _button("undo", do.Undo(round_id=round_id, version_id=version_id), back, "undoing.undone", disabled)
    _button("redo", do.Redo(round_id=round_id, version_id=version_id), again, "undoing.redone", disabled)


def _button(key: str, action: do.Action, line: do.HistoryLine | None, told: str, disabled: bool) -> None:
    """A button for what the history's line says; greyed out where there is none."""
    st.button(
        text(f"ui.{key}"),
        key=key,
        disabled=disabled or line is None,
        help=plain(line.text) if line is not None else None,
        on_click=_act,
        args=(action, _told(told, line)),
    )
