"""Who instead: everybody who can take a seat, the best first, by the one measure that the command line has too."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selection import actions as do
from selection.explain.sentences import substitute_sentence
from selection.explain.substitution import Choice, choices
from selection.model.people import Role
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import rosters, session


def choose(desk: Desk, seat: do.Seat) -> Choice | None:
    """One of those who can take a seat, deputies who rise among them; ``None`` until somebody is chosen."""
    found = ranked(desk, seat)
    names = {one.key: one.name for one in desk.pool.applicants}
    detailed = {key: f"{name} ({rosters.about(desk, desk.people[key])})" for key, name in names.items()}

    def shown(place: int) -> str:
        one = found[place]
        said = substitute_sentence(one, {**names, one.key: detailed[one.key]})
        return f"{said}; {text('ui.substitute.fails', n=one.fails)}" if one.fails else said

    st.caption(text("ui.swap.order"))
    place = st.selectbox(
        text("ui.edit.into"),
        range(len(found)),
        index=None,
        format_func=shown,
        key="swap_into",
        placeholder=text("ui.edit.choose"),
    )
    return None if place is None else found[place]


def ranked(desk: Desk, seat: do.Seat) -> Sequence[Choice]:
    """Everybody who can take a seat, the best first; counted once for a roster."""
    version = desk.version.id if desk.version is not None else None
    found: Sequence[Choice] = session.remembered(
        "substitutes", (desk.round.revision, version, seat), lambda: choices(desk.rows, desk.chosen, seat.person)
    )
    return found


def roster_with(roster: do.Roster, leaving: str, one: Choice, *, personal: bool) -> do.Roster:
    """The roster with a substitute in a person's seat. Where deputies are ``personal`` and one rises, pairs are settled
    too: the deputy of the one who left stays with the seat, the new deputy takes the pair that is left without one."""
    seat = roster.seat_of(leaving)
    if seat is None or not one.rises:
        return roster.swap(leaving, one.key)
    former, before = roster.deputy_of(leaving), roster.seat_of(one.key)
    after = roster.without(leaving).seat(one.key, seat.table, seat.role)
    if personal and former is not None and former.person != one.key:
        after = after.pair(one.key, former.person)
    if one.deputy is None:
        return after
    kept = before.deputy_of if before is not None and before.deputy_of != leaving else None
    alone = one.key if personal and after.deputy_of(one.key) is None else None
    return after.seat(one.deputy, seat.table, Role.DEPUTY, kept or alone)
