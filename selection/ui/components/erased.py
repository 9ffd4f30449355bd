"""That the people of a round were erased, and what is kept: in place of any verdict, which nobody is left to give."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.texts import text
from selection.ui import navigation


def everybody(row: do.RoundRow) -> bool:
    """Whether everybody was erased; the page then says so, and leads to what is kept."""
    if row.erased != "all":
        return False
    st.info(text("state.erased.all" if row.state == "decided" else "state.erased.abandoned"))
    st.page_link(navigation.page("decision" if row.state == "decided" else "keeping"))
    return True
