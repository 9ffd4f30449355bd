"""The files that were imported into the round, and the way to take an import back."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.texts import text
from selection.ui import session
from selection.ui.components import frame, table, undo
from selection.ui.text import instant


def show(row: do.RoundRow) -> None:
    """The files with their rows and when they came; nothing before the first."""
    files = do.source_files(session.store(), session.user(), row.id)
    if not files:
        return
    frame.section(text("ui.import.earlier"))
    heads = [
        table.Column(text("ui.import.file"), head=True),
        table.Column(text("ui.import.rows"), kind="number"),
        table.Column(text("ui.import.when")),
    ]
    rows = [
        table.Row(str(file.id), [file.name, str(file.mapping.get("rows", "")), instant(file.made_at)]) for file in files
    ]
    table.show(table.Table(text("ui.import.earlier"), heads, rows), key="earlier_files")
    with st.container(horizontal=True, gap="small"):
        undo.buttons(row.id, disabled=row.state == "ready", keep=(f"action.{do.RecordDecision.code}",))
