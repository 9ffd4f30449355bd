"""The example round on the pages: offering it, saying what it is, removing it."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError
from selection.texts import error_text, text
from selection.ui import example, navigation, round_at_work, session, why_not_answers
from selection.ui.components import frame, proposal_run
from selection.ui.text import escape, plain


def offer() -> None:
    """A button that makes the example round and opens its proposal; nothing for those who cannot make rounds."""
    store, user = session.store(), session.user()
    if not do.may(store, user, do.Right.PREPARE):
        return
    with st.container(border=True, key="example_offer"):
        st.html(f'<p class="k-tight">{escape(text("ui.example.note"))}</p>')
        if st.button(text("ui.example.try"), key="example_try"):
            _try()


def _try() -> None:
    store, user = session.store(), session.user(at_work=True)
    try:
        with st.spinner(text("ui.import.reading")):
            session.choose_round(example.make(store, user))
            desk = round_at_work.current()
    except SelectionError as error:
        st.error(plain(error_text(error)))
        return
    if desk is not None and desk.version is None and desk.round.state == "draft":
        proposal_run.start(desk)
    st.switch_page(navigation.page("proposal"))


def banner(row: do.RoundRow | None) -> None:
    """On every page of the example round: that it is one, and the way to remove it."""
    if row is None or not row.example:
        return
    said = text("ui.example.is") if not row.by_hand else text("ui.example.is_but", n=row.by_hand)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="example"):
        st.html(
            f'<p class="k-tight">{frame.badge(text("ui.example.badge"), "warn")} {escape(said)}</p>', width="stretch"
        )
        if do.may(session.store(), session.user(), do.Right.PREPARE, row.id):
            st.button(text("ui.example.remove"), key="example_remove", on_click=session.keep, args=("remove", True))
    if st.session_state.pop("of_round:remove", None):
        _ask(row)


def _ask(row: do.RoundRow) -> None:
    @st.dialog(text("ui.example.remove_title"))
    def dialog() -> None:
        st.markdown(plain(text("ui.example.remove_note")))
        if row.by_hand:
            st.warning(plain(text("ui.example.remove_added", n=row.by_hand)))
        if st.button(text("ui.example.remove_now"), type="primary", key="example_remove_now"):
            if session.act(do.RemoveExample(round_id=row.id), told=text("ui.example.removed")) is None:
                st.rerun()
            why_not_answers.askings().forget(row.id)
            session.choose_round(None)
            st.switch_page(navigation.page("rounds"))

    dialog()
