"""Why somebody has a seat, or has none: asked of the optimiser in a worker, told in sentences."""

from __future__ import annotations

import time

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError
from selection.explain.roster_steps import Place
from selection.explain.sentences import answer_sentences
from selection.explain.why import Answer
from selection.model.people import Role
from selection.rounds import tasks
from selection.rounds.desk import Desk
from selection.rounds.facts import MADE
from selection.rounds.version_state import seats_of
from selection.texts import error_text, text
from selection.ui import questions, session
from selection.ui.components import edits
from selection.ui.job_worker import Job
from selection.ui.text import escape, plain

#: Seconds between two looks at whether the answer is there, and after which it is waited for no longer: the answer has
#: a time limit of its own, so that only other work can be in its way.
LOOK = 0.1
PATIENCE = 60.0


def roster_asked(desk: Desk) -> do.Roster:
    """The roster that questions are about: as the program proposed it, also where people have changed it since.

    Only that is the best one under the rules, so that each difference from it has a price.
    """
    facts = desk.version.facts if desk.version is not None else {}
    made = facts.get(MADE)
    if made is None:
        return desk.roster
    roster = do.Roster.from_json(made)
    known = all(seat.person in desk.pool.places for seat in roster.seats)
    return roster if known else desk.roster


def why(desk: Desk, application_id: int) -> None:
    """Open the answer as a dialog."""
    person = desk.by_id[application_id]
    roster = roster_asked(desk)
    seat = roster.seat_of(person.person_key)
    seated = seat is not None and seat.role is not Role.RESERVE

    @st.dialog(text("ui.why.title" if seated else "ui.why.not_title"), width="medium")
    def dialog() -> None:
        st.markdown(f"**{plain(person.name)}**")
        if person.person_key not in desk.pool.places:
            st.info(text("ui.why.outside"))
            return
        job = _asked(desk, roster, application_id)
        place = st.empty()
        while not job.over and job.seconds < PATIENCE:
            # Each look is also where the framework may leave off, if the dialog was closed meanwhile.
            place.caption(text("ui.why.working"))
            time.sleep(LOOK)
        place.empty()
        if not job.over:
            st.warning(text("ui.why.late"))
        elif job.state == "done":
            st.html(as_html(desk, roster, application_id, job.result))
            st.caption(text("ui.why.note" if roster == desk.roster else "ui.why.note_changed"))
        else:
            error = job.error
            st.error(plain(error_text(error)) if isinstance(error, SelectionError) else text("ui.why.failed"))

    dialog()


def _asked(desk: Desk, roster: do.Roster, application_id: int) -> Job:
    """The question's job, kept for as long as the roster stays as it is."""
    sign = (desk.round.id, desk.round.revision, edits.of_trial(desk))
    held: dict[int, Job] = session.remembered("why", sign, dict)
    job = held.get(application_id)
    if job is None or job.state in ("failed", "dropped"):
        key_asked = desk.by_id[application_id].person_key
        arguments = {"given": desk.given, "seats": seats_of(desk, roster), "key": key_asked}
        key = ("why", *sign, application_id)
        job = held[application_id] = questions.start(desk.round.id, key, "why", tasks.why, arguments)
    return job


def as_html(desk: Desk, roster: do.Roster, application_id: int, answers: tuple[Answer, ...]) -> str:
    """The answers: of each the verdict, then what else would change."""
    person = desk.by_id[application_id]
    seat = roster.seat_of(person.person_key)
    held = Place(seat.table, seat.role) if seat is not None else None
    names = {one.key: one.name for one in desk.pool.applicants}
    parts = []
    if held is not None and held.role is Role.RESERVE:
        parts.append(f"<p>{escape(text('ui.why.reserve'))}</p>")
        held = None
    if not answers:
        parts.append(f"<p>{escape(text('explain.no_table', name=person.name))}</p>")
    for answer in answers:
        verdict, *rest = answer_sentences(answer, desk.rules, names, held)
        items = "".join(f"<li>{escape(line)}</li>" for line in rest)
        parts.append(f'<p class="k-verdict">{escape(verdict)}</p>{f"<ul>{items}</ul>" if items else ""}')
    return f'<div class="k-why">{"".join(parts)}</div>'
