"""The guide, as it comes with the program."""

from __future__ import annotations

import streamlit as st

from selection.errors import SelectionError
from selection.rounds.shipped import GUIDE, path_of
from selection.texts import error_text, language, text
from selection.ui.components import frame
from selection.ui.text import plain


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.guide"))
    if language() != "fi":
        st.info(text("ui.guide.in_finnish"))
    try:
        told = path_of(GUIDE).read_text("utf-8")
    except SelectionError as error:
        st.error(plain(error_text(error)))
        return
    # The page has its own main heading.
    with st.container(key="guide"):
        st.markdown(told.split("\n", 1)[1])


page()
