"""Going on: one dialog that lists the seats open to question by cause, and asks one reason for all of them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from selection import actions as do
from selection.model.titles import table_title
from selection.outputs.open_points import GoingOn
from selection.records.readiness import OpenSeat, Settled, counted, late_people, open_seats
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import session
from selection.ui.text import escape, plain


def open_to_question(desk: Desk, roster: do.Roster) -> tuple[OpenSeat, ...]:
    """The seats of a roster that are open to question now."""
    late = late_people(do.findings(session.store(), session.user(), desk.round.id))
    return open_seats(roster, desk.people, desk.rules, late)


def ask_or_do(desk: Desk, roster: do.Roster, make: Callable[[str], do.Action], told: str, *, given: str = "") -> None:
    """Do the action at once where no seat is open to question; else ask the reason first, ``given`` offered.

    Where somebody else changed the round since the page was drawn, that is told before anything is asked.
    """
    seats = open_to_question(desk, roster)
    if not seats or session.drawn(desk.round) != desk.round.revision:
        session.act(make(""), told=told, revision=session.drawn(desk.round))
        st.rerun()

    @st.dialog(text("ui.open_seats.title"), width="medium")
    def dialog() -> None:
        st.markdown(text("ui.open_seats.note", n=len(seats)))
        _listed(desk, seats)
        reason = st.text_area(text("ui.open_seats.reason"), given, max_chars=1000, key="open_seats_reason")
        if st.button(text("ui.open_seats.go"), type="primary", key="open_seats_go"):
            if not reason.strip():
                st.error(text("ui.open_seats.reason_missing"))
                return
            session.act(make(reason.strip()), told=told, revision=desk.round.revision)
            st.rerun()

    dialog()


def _listed(desk: Desk, seats: tuple[OpenSeat, ...]) -> None:
    """The seats by cause, each with its number; the names are folded until they are wanted."""
    for cause, n in counted(seats).items():
        with st.expander(text("ui.open_seats.cause", cause=text(f"open_seat.{cause}").capitalize(), n=n)):
            lines = [
                f"<li>{escape(desk.people[one.person].name)} "
                f"<small>{escape(table_title(desk.rules, one.table))}: {escape(words.role_name(one.role))}</small></li>"
                for one in seats
                if cause in one.causes
            ]
            st.html(f'<ul class="k-plain">{"".join(lines)}</ul>')


def given(version: do.VersionRow) -> str:
    """The reason that a version was marked ready with."""
    held = Settled.from_facts(version.facts or {})
    return "" if held is None else held.reason


def show_kept(version: do.VersionRow, *, details: bool) -> None:
    """What was left open to question when the version was decided; what concerns a person's safety with ``details``."""
    held = Settled.from_facts(version.facts or {})
    if held is not None:
        said = GoingOn(held.seats, held.causes, held.reason).words(public=not details)
        st.markdown(f"**{text('ui.open_seats.kept')}**: {plain(said)}")
