"""The revisions of a round that this session made by actions on seats and locks alone: the rest is not read anew."""

from __future__ import annotations

import streamlit as st

from selection import actions as do

#: Actions that change seats and locks alone.
SEATS_ONLY = (
    do.LockSeat,
    do.KeepOut,
    do.KeepApart,
    do.Unlock,
    do.Swap,
    do.MovePerson,
    do.ChangeDeputy,
    do.RemoveFromSeat,
    do.LetGo,
    do.TakeRoster,
    do.SaveProposal,
    do.NameVersion,
    do.CopyVersion,
    do.UseVersion,
    do.LogExport,
    do.HandOutData,
)


def made() -> set[int]:
    """The revisions that this session made with :data:`SEATS_ONLY`; to be added to, also from another thread."""
    held: set[int] = st.session_state.setdefault("of_round:seats_only", set())
    return held


def alone_since(before: int, now: int) -> bool:
    """Whether this session's own changes of seats and locks were all that happened between two revisions."""
    mine = made()
    return before <= now and all(revision in mine for revision in range(before + 1, now + 1))
