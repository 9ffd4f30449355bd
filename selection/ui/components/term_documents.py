"""Documents of the term, after the decision: lists of those who sit now, and the summary without persons."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError
from selection.outputs.summary import TermEvent, summary_bytes
from selection.outputs.term_lists import attendance_bytes, contacts_bytes
from selection.rounds.desk import Desk
from selection.rounds.export import Export, export_of
from selection.texts import error_text, text
from selection.ui import effects, session
from selection.ui.components import download_button, frame
from selection.ui.text import plain


def show(desk: Desk) -> None:
    """The part of the documents that the roster in force needs."""
    store, user = session.store(), session.user()
    decision = do.decision(store, user, desk.round.id)
    if decision is None or desk.round.standing_id is None:
        return
    try:
        standing, decided = (
            effects.with_version(desk, do.version(store, user, desk.round.id, one))
            for one in (desk.round.standing_id, decision.version_id)
        )
        events = [TermEvent(one.kind, one.table) for one in do.events(store, user, desk.round.id)]
    except SelectionError as error:
        st.error(plain(error_text(error)))
        return

    def summary(export: Export) -> bytes:
        return summary_bytes(export_of(decided, store, user).proposal, export.proposal, events, export.population)

    frame.section(text("ui.documents.term"), 3)
    download_button.row(
        standing,
        "attendance",
        "attendance.xlsx",
        lambda export: attendance_bytes(export.proposal, export.details, export.beside),
    )
    download_button.row(
        standing,
        "contacts",
        "contacts.xlsx",
        lambda export: contacts_bytes(export.proposal, export.details, export.beside),
    )
    download_button.row(standing, "summary", "summary.docx", summary)
