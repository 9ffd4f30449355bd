"""What a stopped proposal had found: to be looked at, while the roster of the round is as it was."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selection.model.people import Role
from selection.model.titles import table_title
from selection.rounds import tasks
from selection.rounds.desk import Desk
from selection.texts import label, text
from selection.ui.job_worker import Job
from selection.ui.text import escape

#: Seats as they are told: person key, table, role, deputy of.
Seats = Sequence[tuple[str, str, str, str | None]]


def seats_found(job: Job) -> Seats:
    """The seats that a stopped proposal came to; none where it was stopped before there were any."""
    if isinstance(job.result, tasks.Proposed):
        return job.result.seats
    return job.found or ()


def show(desk: Desk, job: Job) -> None:
    """Say that nothing was changed, and offer what was found until it is put away."""
    if job.seen:
        return
    seats = seats_found(job)
    if not seats:
        st.info(text("ui.propose.stopped"))
        job.seen = True
        return
    with st.container(border=True, key="stopped"):
        about, action = st.columns([5, 1], vertical_alignment="center")
        about.markdown(text("ui.stopped.found"))
        action.button(text("ui.stopped.close"), key="stopped_close", on_click=_put_away, args=(job,), width="stretch")
        with st.expander(text("ui.stopped.look")):
            st.html(as_html(desk, seats))


def _put_away(job: Job) -> None:
    job.seen = True


def as_html(desk: Desk, seats: Seats) -> str:
    """Who would sit where, by table, role and name."""
    parts = []
    for table in desk.rules.table_ids:
        rows = []
        for role in Role:
            people = (desk.people[key].name for key, at, held, _ in seats if (at, held) == (table, role.value))
            names = sorted(people, key=str.casefold)
            if names:
                rows.append(
                    f"<li><b>{escape(label('seat', role.value))} ({len(names)})</b>: {escape(', '.join(names))}</li>"
                )
        parts.append(f"<h3>{escape(table_title(desk.rules, table))}</h3><ul>{''.join(rows)}</ul>")
    return "".join(parts)
