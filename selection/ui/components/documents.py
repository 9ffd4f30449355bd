"""Documents of the round: made when they are asked for, each export noted in the log."""

from __future__ import annotations

import streamlit as st

from selection.texts import text
from selection.ui.components import downloading, frame
from selection.ui.desk import Desk


def show(desk: Desk) -> None:
    """The section of the page."""
    frame.section(text("ui.documents.title"))
    st.caption(text("ui.documents.note"))
    downloading.workbook_button(desk)
