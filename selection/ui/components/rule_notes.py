"""What the rules cannot reach: beside the criteria, and beside the proposal that is read."""

from __future__ import annotations

import streamlit as st

from selection.outputs.rule_notes import notes_in_words
from selection.rules import Rules
from selection.ui.text import plain


def show(rules: Rules) -> None:
    """A line for each; nothing where there is none."""
    for line in notes_in_words(rules):
        st.warning(plain(line))
