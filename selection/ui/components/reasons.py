"""Why somebody has a seat, or has none: asked of the optimiser, told in words."""

from __future__ import annotations

import streamlit as st

from selection.texts import text
from selection.ui.desk import Desk
from selection.ui.text import plain


def why(desk: Desk, application_id: int) -> None:
    """Open the answer as a dialog."""

    @st.dialog(text("ui.why.title"), width="medium")
    def dialog() -> None:
        st.markdown(f"**{plain(desk.by_id[application_id].name)}**")
        st.info(text("ui.why.later"))

    dialog()
