"""What the rules cannot reach, beside the criteria and the proposal that is read; and whom a maximum does not count."""

from __future__ import annotations

import streamlit as st

from selection.explain.uncounted import uncounted_lines
from selection.model.rules import Rules
from selection.outputs.rule_notes import notes_in_words
from selection.rounds.desk import Desk
from selection.rounds.version_state import seats_of
from selection.ui.text import plain


def show(rules: Rules) -> None:
    """A line for each; nothing where there is none."""
    for line in notes_in_words(rules):
        st.warning(plain(line))


def show_uncounted(desk: Desk) -> None:
    """A line for each field whose value is unknown of somebody seated and has a maximum."""
    for line in uncounted_lines(desk.pool, desk.rules, seats_of(desk, desk.roster)):
        st.warning(plain(line))
