"""The accessibility statement (Act 306/2019): how far the app is accessible, what is not, how to give feedback."""

from __future__ import annotations

import streamlit as st

from selection.texts import text
from selection.ui.components import frame

PARTS = ("status", "how", "known", "english", "feedback", "supervision")


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.accessibility"), text("ui.accessibility.lede"))
    for part in PARTS:
        frame.section(text(f"ui.accessibility.{part}"))
        st.markdown(text(f"ui.accessibility.{part}.text"))


page()
