"""The state line: what is true of the roster at work, in one sentence, on every page that shows one."""

from __future__ import annotations

import streamlit as st

from selection.errors import SelectionError
from selection.model.state import State, sentence
from selection.rounds.desk import Desk
from selection.rounds.version_state import state_of
from selection.rounds.words import step_name
from selection.texts import error_text, text
from selection.ui import session
from selection.ui.text import escape, plain


def of(desk: Desk) -> State | None:
    """The state of the roster at work; ``None`` before the first proposal, or where the records cannot be read."""
    if desk.version is None:
        return None
    sign = (desk.round.revision, desk.version.id, desk.roster, desk.locks)
    held: dict[object, State] = session.remembered("states", desk.round.revision, dict)
    if sign not in held:
        held[sign] = state_of(desk, session.store(), session.user())
    return held[sign]


def show(desk: Desk) -> State | None:
    """Draw it; of a computation that was cut short also how far each step may be from the best."""
    try:
        state = of(desk)
    except SelectionError as error:
        st.error(plain(error_text(error)))
        return None
    if state is None:
        return None
    st.html(as_html(state, desk))
    if state.cut and not state.erased and desk.version is not None:
        gaps = [one for one in desk.version.facts.get("steps", ()) if one["value"] != one["bound"]]
        items = "".join(
            f"<li>{escape(text('ui.proof.gap', step=step_name(one['name']), n=abs(one['value'] - one['bound'])))}</li>"
            for one in gaps
        )
        if items:
            st.html(f'<ul class="k-plain">{items}</ul>')
    return state


def as_html(state: State, desk: Desk) -> str:
    """The sentence, in the tone of what it says."""
    tone = "bad" if state.failing else "" if state.good else "warn"
    return f'<p class="k-state {tone}">{escape(sentence(state, desk.rules))}</p>'
