"""What a role is shown: its pages, where it begins, and who does what it may not."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.texts import text
from selection.ui import navigation, session
from selection.ui.components import frame
from selection.ui.text import escape, plain

#: Who has only these rights takes part in the meeting: reads, and tries on a version of their own.
BOARD = frozenset({do.Right.READ, do.Right.TRY})


def begin() -> frozenset[do.Right]:
    """What the visitor may do in the round at work, or in any; a board member's session begins at the meeting page of
    the round that waits for a decision."""
    store, user = session.store(), session.user()
    if navigation.LANDING not in st.session_state:
        st.session_state[navigation.LANDING] = "rounds"
        waiting = _waiting() if do.rights(store, user) == BOARD else None
        if waiting is not None:
            st.session_state[navigation.LANDING] = "board"
            if st.session_state.get("round_id") is None:
                session.choose_round(waiting)
    row = session.round_row()
    return do.rights(store, user, row.id if row is not None else None)


def _waiting() -> int | None:
    """The newest round that is ready to be decided."""
    rows = do.rounds(session.store(), session.user())
    return next((row.id for row in rows if row.state == "ready"), None)


def roles_with(right: do.Right) -> str:
    """The roles that hold a right, in words."""
    return ", ".join(text(f"role.{role.value}") for role in do.UserRole if right in do.RIGHTS[role])


def not_yours(place: navigation.Place) -> None:
    """In place of a page that is for another role: who has it."""
    needed = next(right for right in do.Right if right in place.needs)
    frame.heading(text(f"ui.page.{place.name}"))
    st.info(plain(text("ui.role.page_of", roles=roles_with(needed))))
    st.page_link(navigation.page("rounds"))


def may(right: do.Right, round_id: int) -> bool:
    """Whether the visitor has a right in a round now."""
    return do.may(session.store(), session.user(), right, round_id)


def prepares(round_id: int) -> bool:
    """Whether the visitor prepares the round; who does not is told who does, and sees no button that is refused."""
    if may(do.Right.PREPARE, round_id):
        return True
    said = text("ui.role.changed_by", roles=roles_with(do.Right.PREPARE))
    st.html(f'<p class="k-quiet">{escape(said)}</p>')
    return False
