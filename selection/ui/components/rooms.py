"""The room of each requirement and goal: the least and the most seats it can get, worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from selection import actions as do
from selection.explain.room import Room
from selection.rounds import tasks
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import questions, session
from selection.ui.components import conflicts
from selection.ui.components.composition import span
from selection.ui.job_worker import Job
from selection.ui.text import escape

#: Seconds between two looks at how far it is.
LOOK = 0.5

#: Room by rule, table, role and value.
Rooms = Mapping[tuple[str, str | None, str | None, str | None], Room]


def ask(desk: Desk) -> Rooms:
    """A button that has the room worked out; what is known of it, nothing before."""
    held = session.kept("room")
    job: Job | None = held[1] if held is not None and held[0] == desk.round.revision else None
    if job is None or job.state == "dropped":
        st.button(text("ui.room.ask"), key="room", help=text("ui.room.help"), on_click=_begin, args=(desk,))
        return {}
    if not job.over:
        _watch(job)
        return {}
    if job.state == "failed":
        conflicts.failed(desk, job.error)
        return {}
    st.caption(text("ui.room.note"))
    return {(one.id, one.table, one.role, one.value): one for one in job.result}


def in_cell(room: Room | None) -> str:
    """The room as a line below the count of applicants."""
    if room is None:
        return ""
    return f'<span class="k-room">{escape(text("ui.room.range", range=span(room.least, room.most)))}</span>'


def _begin(desk: Desk) -> None:
    if not session.allowed(do.Right.READ, desk.round.id):
        return
    key = ("room", desk.round.id, desk.round.revision)
    session.keep(
        "room", (desk.round.revision, questions.start(desk.round.id, key, "room", tasks.room, {"given": desk.given}))
    )


def _watch(job: Job) -> None:
    @st.fragment(run_every=LOOK)
    def watch() -> None:
        if job.over:
            st.rerun()
        st.progress(job.number / max(job.total, 1), text=text("ui.room.working"))

    watch()
