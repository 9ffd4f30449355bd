"""Choosing a table: the same control on every page that shows one table at a time."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from selection.model.titles import table_title
from selection.rounds.desk import Desk
from selection.texts import text


def table(desk: Desk, key: str, *, more: Mapping[str, str] | None = None, kept: bool = False) -> str:
    """The id of the table chosen, the first one at first; ``more`` are further choices, id → name.

    With ``kept`` the choice outlives a visit to another page.
    """
    names = {name: table_title(desk.rules, name) for name in desk.rules.table_ids} | dict(more or {})
    return st.segmented_control(
        text("ui.proposal.table"),
        list(names),
        format_func=names.__getitem__,
        default=desk.rules.table_ids[0],
        key=key,
        required=True,
        label_visibility="collapsed",
        persist_state="session" if kept else None,
    )
