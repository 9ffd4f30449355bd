"""One run of the app: who, which round, which language; then the page that was asked for."""

from __future__ import annotations

import streamlit as st

from selection.serving import memory
from selection.texts import language, text
from selection.ui import navigation, session
from selection.ui.components import chrome, example_round, frame, gate, role_pages


def run() -> None:
    """Draw the frame and run the page."""
    st.set_page_config(page_title=text("ui.product"), page_icon=frame.FAVICON, layout="wide")
    session.begin()
    frame.style()
    if not gate.let_in():
        chrome.show(language(), page=text("ui.page.sign_in"))
        return
    may = role_pages.begin()
    page = navigation.pages(administering=session.administering(), rights=may)
    frame.sidebar()
    gate.who_is_here()
    session.show_news()
    row = session.round_row()
    example_round.banner(row)
    if navigation.place_of(page).is_for(may):
        page.run()
    else:
        role_pages.not_yours(navigation.place_of(page))
    chrome.show(language(), page=page.title, round_id=st.session_state.get("round_id"))
    session.end(row)
    memory.settle()


run()
