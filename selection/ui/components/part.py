"""The part of a page that a click may have drawn anew by itself; every other click in it draws the whole page."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import streamlit as st

from selection.ui import session
from selection.ui.components import chrome

KEY = "part"
ALONE = "part_alone"


def show(draw: Callable[[], None]) -> None:
    """Draw the part; a page has one at most."""
    runs = itertools.count()

    @st.fragment(key=KEY)
    def part() -> None:
        alone = st.session_state.pop(ALONE, False)
        if next(runs) and not alone:
            st.rerun()
        draw()
        if alone:
            session.end(session.round_row())

    part()


def redraw() -> None:
    """Last in a callback: have the part alone drawn anew, and what was told shown and said."""
    st.session_state[ALONE] = True
    st.rerun([session.NEWS, KEY, chrome.KEY])
