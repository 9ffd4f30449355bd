"""Making a proposal: asked for with a button, computed in a worker, watched step by step, saved when it is done."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError
from selection.proposal import TIME_LIMIT
from selection.rounds import saved_proposal, tasks, words
from selection.rounds.desk import Desk
from selection.rounds.held import locks_with
from selection.texts import text
from selection.ui import session
from selection.ui.components import conflicts, edits, preview, stopped
from selection.ui.job_worker import Job
from selection.ui.jobs import jobs
from selection.ui.text import plain

#: How often progress is looked at, in seconds.
LOOK = 0.4


def key_of(desk: Desk) -> tuple[str, int, int | None]:
    """What a proposal's job is known by: the round, and the trial version where it is for one."""
    return ("propose", desk.round.id, edits.of_trial(desk))


def right_of(desk: Desk) -> do.Right:
    """What it takes to make a proposal: to prepare the round, or to try on a version of one's own."""
    return do.Right.PREPARE if edits.of_trial(desk) is None else do.Right.TRY


def may(desk: Desk) -> bool:
    """Whether this visitor may make a proposal here now."""
    return do.may(session.store(), session.user(), right_of(desk), desk.round.id)


def whose(desk: Desk) -> str:
    """For who may not make a proposal: who makes it, and what can be done instead."""
    tries = do.may(session.store(), session.user(), do.Right.TRY, desk.round.id)
    return text("ui.propose.not_yours_but" if tries else "ui.propose.not_yours")


def start(desk: Desk) -> None:
    """Begin a proposal on the pool, rules and locks of the desk; who may not is told, and nothing is computed."""
    store, user, round_id, revision = session.store(), session.user(), desk.round.id, desk.round.revision
    if not session.allowed(right_of(desk), round_id):
        return
    trial = edits.of_trial(desk)

    kept, lost = desk.held
    given = replace(desk.given, locks=locks_with(desk.solver_locks, kept))

    def save(found: tasks.Proposed) -> object:
        if desk.version is not None:
            # What stands is not written over before a person has seen what would change.
            return preview.Solved(found, kept, lost)
        return do.perform(store, user, saved_proposal.action_of(round_id, found, trial), expected_revision=revision)

    arguments = {"given": given, "time_limit": TIME_LIMIT}
    jobs().start(key_of(desk), "propose", tasks.propose, arguments, save, of=revision, by=user.id, only_looked_at=True)


def under_way(desk: Desk) -> bool:
    """Show a proposal that is being made, or tell who asked for it how it ended; whether one is being made."""
    job = jobs().find(key_of(desk))
    if job is None:
        return False
    mine = job.by == session.user().id
    if not job.over:
        _watch(desk, job, mine=mine)
        return True
    if not mine:
        return False
    if job.state == "stopped":
        stopped.show(desk, job)
        return False
    if isinstance(job.result, preview.Solved):
        preview.show(desk, job, job.result, partial(jobs().forget, key_of(desk)))
        return False
    # Why there is no proposal stays in sight until something was changed.
    if not job.seen or (job.state == "failed" and job.of == desk.round.revision):
        job.seen = True
        _ended(desk, job)
    return False


def _watch(desk: Desk, job: Job, *, mine: bool) -> None:
    @st.fragment(run_every=LOOK)
    def watch() -> None:
        if job.over:
            st.rerun()
        with st.container(border=True, key="progress"):
            about, action = st.columns([5, 1], vertical_alignment="center")
            waiting = jobs().ahead(job)
            said = text("ui.propose.queued", n=waiting + 1) if job.state == "queued" else _step(job)
            said = text("ui.propose.stopping") if job.state == "stopping" else said
            about.progress(job.number / max(job.total, 1), text=plain(said))
            if not mine:
                return
            action.button(
                text("ui.propose.drop" if job.state == "stopping" else "ui.propose.stop"),
                key="stop_job",
                on_click=jobs().stop,
                args=(key_of(desk),),
                width="stretch",
                help=text("ui.propose.stop_help"),
            )

    watch()


def _step(job: Job) -> str:
    if job.number + 1 >= job.total:
        # The drawing of lots is no step: as many are counted here as a proposal has.
        return words.step_name(job.step)
    return text("ui.propose.step", number=job.number + 1, total=job.total - 1, step=words.step_name(job.step))


def _ended(desk: Desk, job: Job) -> None:
    if job.state == "done":
        st.success(text("ui.propose.done", seconds=round(job.seconds, 1)))
    elif job.state == "dropped":
        st.info(text("ui.propose.stopped"))
    elif isinstance(job.error, SelectionError):
        conflicts.failed(desk, job.error)
    else:
        st.error(text("ui.propose.failed"))
