"""The round at work in a visitor's session: its desk, read once per change and shared among sessions."""

from __future__ import annotations

from weakref import WeakValueDictionary

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError
from selection.rounds.desk import Desk, follow, read
from selection.texts import error_text
from selection.ui import seat_revisions, session

#: The desks that sessions hold now, by records, round, revision and whether its people are read with their details:
#: those who look at one round read its people once. Kept by nothing else, so that no people stay here longer than in a
#: session.
_held_now: WeakValueDictionary[tuple[do.Store, int, int, bool], Desk] = WeakValueDictionary()


def current(version_id: int | None = None) -> Desk | None:
    """The desk of the round at work, read anew once the round changed; ``None`` without a round.

    Where another session holds the round as of this revision, its people are taken over; the right to see them is
    asked for this visitor all the same, with the seats and locks.
    """
    row = session.round_row()
    if row is None:
        return None
    known_here = session.kept("desk")
    details = do.may(session.store(), session.user(), do.Right.DETAILS, row.id)
    sign = (row.id, row.revision, version_id, details)
    known = (session.store(), row.id, row.revision, details)
    if known_here is not None and known_here[0] == sign:
        desk = known_here[1]
    elif (
        known_here is not None
        and (known_here[0][0], known_here[0][3]) == (row.id, details)
        and seat_revisions.alone_since(known_here[0][1], row.revision)
    ):
        desk = follow(session.store(), session.user(), known_here[1], row, version_id)
    elif (elsewhere := _held_now.get(known)) is not None:
        desk = follow(session.store(), session.user(), elsewhere, row, version_id)
    else:
        desk = read(session.store(), session.user(), row, version_id)
    session.keep("desk", (sign, desk))
    _held_now[known] = desk
    return desk if isinstance(desk, Desk) else None


def require(version_id: int | None = None) -> Desk:
    """The desk, or a page that says what is missing and leads there."""
    from selection.ui.components import frame

    try:
        desk = current(version_id)
    except SelectionError as error:
        st.error(error_text(error))
        st.stop()
    if desk is None:
        frame.missing("round", "rounds")
        st.stop()
    return desk
