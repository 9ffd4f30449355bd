"""Why a computation failed; of a conflict the requirements that cannot hold together, and the ways out."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import streamlit as st

from selection.errors import ConflictError, Conflicting, SelectionError
from selection.explain.sentences import change_text, conflict_counts, conflict_name
from selection.explain.ways_out import WayOut
from selection.model.locks import Locks
from selection.model.roster import Seat
from selection.model.rules import Rules
from selection.model.titles import error_told, table_title
from selection.rounds import tasks, words
from selection.rounds.desk import Desk
from selection.rounds.given import Given
from selection.texts import text
from selection.ui import navigation, questions, session
from selection.ui.job_worker import Job
from selection.ui.text import escape, plain

#: Seconds between two looks at whether ways out were found, and for how long they are looked for.
LOOK = 0.5
SECONDS = 20.0
#: After so many seconds a dialog waits for them no longer.
PATIENCE = 60.0

#: No locks.
NONE = Locks()


def in_words(rules: Rules, one: Conflicting, names: Mapping[str, str]) -> str:
    """``Naisia (Itäinen, jäsenet): vähintään 6; halukkaita hakijoita 3``."""
    places = (table_title(rules, one.table) if one.table else "", words.body_name(one.role) if one.role else "")
    where = ", ".join(place for place in places if place)
    said = conflict_name(one, rules, names)
    if where:
        said = f"{said} ({where})"
    counts = conflict_counts(one)
    return f"{said}: {counts}" if counts else said


def failed(
    desk: Desk,
    error: BaseException | None,
    given: Given | None = None,
    seats: Sequence[Seat] = (),
    facts: Locks = NONE,
) -> None:
    """Why a computation about the round failed; of a conflict what cannot hold, and the least changes that are enough.

    Parameters
    ----------
    given
        What it was given, where that is not the round as it is.
    seats
        Of a roster that was to be changed: they count as accepted.
    facts
        Locks that are nobody's to drop.
    """
    _say(desk, error)
    if isinstance(error, ConflictError):
        _requirements(desk, desk.rules, error)
        job = _looked_for(desk, given or desk.given, seats, facts)
        if job.over:
            _ways(desk, desk.rules, job)
        else:
            _watch(job)
        st.page_link(navigation.page("criteria"), label=text("ui.conflict.change"))


def failed_with(desk: Desk, given: Given, error: BaseException | None) -> None:
    """The same of rules that are not the round's yet; within a dialog, which waits."""
    _say(desk, error)
    if isinstance(error, ConflictError):
        _requirements(desk, given.rules, error)
        job = _looked_for(desk, given, (), NONE)
        place = st.empty()
        while not job.over and job.seconds < PATIENCE:
            place.caption(text("ui.conflict.looking"))
            time.sleep(LOOK)
        place.empty()
        _ways(desk, given.rules, job)


def _say(desk: Desk, error: BaseException | None) -> None:
    if not isinstance(error, SelectionError):
        st.error(text("ui.why.failed"))
        return
    names = {key: person.name for key, person in desk.people.items()}
    st.error(plain(error_told(error, desk.rules, names)))


def _requirements(desk: Desk, rules: Rules, error: ConflictError) -> None:
    names = {key: person.name for key, person in desk.people.items()}
    items = "".join(f"<li>{escape(in_words(rules, one, names))}</li>" for one in error.requirements)
    st.html(f"<ul>{items}</ul>")
    st.html(f'<p class="k-tight">{escape(text("ui.conflict.relax", n=len(error.requirements)))}</p>')


def _ways(desk: Desk, rules: Rules, job: Job) -> None:
    if job.state == "done" and job.result:
        names = {one.key: one.name for one in desk.pool.applicants}
        items = "".join(f"<li>{escape(way_text(way, rules, names))}</li>" for way in job.result)
        st.html(f'<p class="k-tight">{escape(text("explain.ways"))}</p><ul>{items}</ul>')


def way_text(way: WayOut, rules: Rules, names: Mapping[str, str]) -> str:
    """The changes of one way out."""
    return "; ".join(change_text(change, rules, names) for change in way.changes)


def _watch(job: Job) -> None:
    @st.fragment(run_every=LOOK)
    def watch() -> None:
        if job.over:
            st.rerun()
        st.caption(text("ui.conflict.looking"))

    watch()


def _looked_for(desk: Desk, given: Given, seats: Sequence[Seat], facts: Locks) -> Job:
    """The search for ways out, begun once for the round as it is and what was asked of it."""
    sign = (desk.round.id, desk.round.revision)
    held: dict[object, Job] = session.remembered("ways", sign, dict)
    asked = (given.rules.model_dump_json(), given.locks, tuple(seats), facts)
    if asked not in held:
        arguments = {"given": given, "seats": tuple(seats), "facts": facts, "seconds": SECONDS}
        held[asked] = questions.start(desk.round.id, ("ways", *sign, asked), "ways", tasks.ways, arguments)
    return held[asked]
