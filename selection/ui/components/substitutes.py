"""Who instead: the best substitutes for a seat, as the optimiser finds them; a deputy who rises and the new deputy."""

from __future__ import annotations

import time
from collections.abc import Sequence

import streamlit as st

from selection import actions as do
from selection.explain import Substitute
from selection.explain.sentences import substitute_sentence
from selection.pool import Role
from selection.texts import text
from selection.ui import answers, questions, session
from selection.ui.desk import Desk
from selection.ui.exporting import seats_of
from selection.ui.jobs import Job
from selection.ui.text import plain

#: Seconds between two looks at whether they are there, and after which one goes on without them.
LOOK = 0.1
PATIENCE = 20.0


def choose(desk: Desk, seat: do.Seat) -> Substitute | None:
    """One of the best substitutes; ``None`` for anybody else, or where nobody can take the seat by itself."""
    found = _found(desk, seat)
    if not found:
        return None
    names = {one.key: one.name for one in desk.pool.applicants}
    said = [plain(substitute_sentence(one, names)) for one in found]
    chosen = st.radio(
        text("ui.swap.best"),
        range(len(found) + 1),
        format_func=lambda one: said[one] if one < len(found) else text("ui.swap.other"),
        index=len(found),
        key="swap_best",
    )
    return found[chosen] if chosen is not None and chosen < len(found) else None


def _found(desk: Desk, seat: do.Seat) -> Sequence[Substitute]:
    sign = (desk.round.id, desk.round.revision, desk.version.id if desk.version is not None else None, seat.person)

    def begin() -> Job:
        arguments = {"given": desk.given, "seats": seats_of(desk, desk.roster), "key": seat.person}
        return questions.start(desk.round.id, ("instead", *sign), "instead", answers.instead, arguments)

    job: Job = session.remembered("instead", sign, begin)
    place = st.empty()
    while not job.over and job.seconds < PATIENCE:
        place.caption(text("ui.swap.working"))
        time.sleep(LOOK)
    place.empty()
    found: Sequence[Substitute] = job.result if job.state == "done" else ()
    return found


def roster_with(roster: do.Roster, leaving: str, one: Substitute, *, personal: bool) -> do.Roster:
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
