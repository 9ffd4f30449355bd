"""What a stopped proposal had found: to be looked at, while the roster of the round is as it was."""

from __future__ import annotations

import streamlit as st

from selection.model.people import Role
from selection.model.roster import Roster, sort_name
from selection.model.titles import table_title
from selection.rounds import tasks
from selection.rounds.desk import Desk
from selection.texts import label, text
from selection.ui.job_worker import Job
from selection.ui.text import escape


def roster_found(job: Job) -> Roster:
    """The roster that a stopped proposal came to; an empty one where it was stopped before there was any."""
    if isinstance(job.result, tasks.Proposed):
        return job.result.roster
    return job.found or Roster()


def show(desk: Desk, job: Job) -> None:
    """Say that nothing was changed, and offer what was found until it is put away."""
    if job.seen:
        return
    roster = roster_found(job)
    if not roster.seats:
        st.info(text("ui.propose.stopped"))
        job.seen = True
        return
    with st.container(border=True, key="stopped"):
        about, action = st.columns([5, 1], vertical_alignment="center")
        about.markdown(text("ui.stopped.found"))
        action.button(text("ui.stopped.close"), key="stopped_close", on_click=_put_away, args=(job,), width="stretch")
        with st.expander(text("ui.stopped.look")):
            st.html(as_html(desk, roster))


def _put_away(job: Job) -> None:
    job.seen = True


def as_html(desk: Desk, roster: Roster) -> str:
    """Who would sit where, by table, role and name."""
    parts = []
    for table in desk.rules.table_ids:
        rows = []
        for role in Role:
            names = sorted((desk.people[seat.person].name for seat in roster.at(table, role)), key=sort_name)
            if names:
                rows.append(
                    f"<li><b>{escape(label('seat', role.value))} ({len(names)})</b>: {escape(', '.join(names))}</li>"
                )
        parts.append(f"<h3>{escape(table_title(desk.rules, table))}</h3><ul>{''.join(rows)}</ul>")
    return "".join(parts)
