"""A new proposal before it is taken: who came and went, what it keeps of changes made by hand; taken or discarded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from selection.rounds import held, saved_proposal, tasks
from selection.rounds.desk import Desk
from selection.rounds.version_state import state_of
from selection.texts import text
from selection.ui import effects, session
from selection.ui.components import edits, frame, held_changes, moves, state_line
from selection.ui.job_worker import Job
from selection.ui.text import escape


@dataclass(frozen=True, slots=True)
class Solved:
    """A proposal that waits to be taken, the changes made by hand that it was computed with, and those it could not
    keep."""

    found: tasks.Proposed
    kept: tuple[held.Held, ...]
    lost: tuple[held.Held, ...]


def show(desk: Desk, job: Job, solved: Solved, forget: Callable[[], None]) -> None:
    """What the new proposal would change, and the two buttons; ``forget`` lets the job go."""
    assert desk.version is not None
    roster, facts = saved_proposal.saved(solved.found, solved.kept)
    version = replace(desk.version, roster=roster, facts=facts, rules_id=desk.round.rules_id)
    after = effects.with_version(desk, version)
    with st.container(border=True, key="preview"):
        frame.section(text("preview.title"))
        st.html(state_line.as_html(state_of(after, session.store(), session.user()), after))
        if solved.kept:
            st.html(f'<p class="k-tight">{escape(text("preview.kept", n=len(solved.kept)))}</p>')
        held_changes.lost(desk, solved.lost)
        edits.show_effects(desk, effects.between(desk, after))
        moves.show(desk, desk.roster.compare(roster), ("now", "new"), key="preview_difference")
        with st.container(horizontal=True, gap="small"):
            taken = (desk, job, solved, forget)
            st.button(text("preview.take"), type="primary", key="preview_take", on_click=_take, args=taken)
            st.button(text("preview.discard"), key="preview_discard", on_click=_discard, args=(forget,))


def _take(desk: Desk, job: Job, solved: Solved, forget: Callable[[], None]) -> None:
    action = saved_proposal.action_of(desk.round.id, solved.found, edits.of_trial(desk), solved.kept)
    revision = job.of if isinstance(job.of, int) else desk.round.revision
    if session.act(action, told=text("preview.taken"), revision=revision) is not None:
        forget()


def _discard(forget: Callable[[], None]) -> None:
    forget()
    session.tell("info", text("preview.discarded"))
