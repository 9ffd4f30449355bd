"""Other rosters: as good as the proposal, or the least change; shown as a difference before one is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from selection import actions as do
from selection.explain.alternatives import Alternative
from selection.explain.roster_steps import StepChange
from selection.explain.roster_words import alternative_sentence, gap_sentences
from selection.model.locks import Locks
from selection.model.roster import Seat
from selection.rounds import answers
from selection.rounds.desk import Desk
from selection.rounds.given import Given
from selection.rounds.version_state import seats_of
from selection.texts import text
from selection.ui import effects, questions, session
from selection.ui.components import conflicts, edits, frame, moves, proposal_run, reasons
from selection.ui.job_worker import Job
from selection.ui.text import escape, plain

#: Seconds between two looks at how far it is.
LOOK = 0.4
KINDS = ("alternatives", "people", "composition")


def show(desk: Desk, *, closed: bool) -> None:
    """The buttons that have rosters worked out, and what came of the last one; nothing for who could not take one."""
    if not do.may(session.store(), session.user(), do.Right.TRY, desk.round.id):
        return
    frame.section(text("ui.offers.title"))
    st.caption(text("ui.offers.note"))
    with st.container(horizontal=True, gap="small", key="offers"):
        for kind in KINDS:
            st.button(
                text(f"ui.offers.{kind}"),
                key=f"offer_{kind}",
                help=text(f"ui.offers.{kind}.help"),
                on_click=_begin,
                args=(desk, kind),
            )
    held = session.kept("offers")
    if held is None or held[0] != _sign(desk):
        return
    _, kind, job = held
    seats = () if kind == "alternatives" else seats_of(desk, desk.roster)
    if not finished(desk, job, seats=seats):
        return
    if kind == "alternatives":
        _alternatives(desk, job.result, closed)
    else:
        _least(desk, job.result, closed)


def finished(
    desk: Desk, job: Job, given: Given | None = None, seats: Sequence[Seat] = (), facts: Locks = conflicts.NONE
) -> bool:
    """Whether a roster was worked out; before that how far it is, and where it failed why: see
    :func:`conflicts.failed`."""
    if not job.over:
        _watch(job)
    elif job.state == "failed":
        conflicts.failed(desk, job.error, given, seats, facts)
    return job.state == "done"


def _sign(desk: Desk) -> tuple[object, ...]:
    return (desk.round.id, desk.round.revision, edits.of_trial(desk))


def _begin(desk: Desk, kind: str) -> None:
    if not session.allowed(do.Right.TRY, desk.round.id):
        return
    asked: dict[str, Any] = {"given": desk.given}
    if kind == "alternatives":
        asked |= {"seats": seats_of(desk, reasons.roster_asked(desk))}
    else:
        asked |= {"seats": seats_of(desk, desk.roster), "first": kind}
    work = answers.alternatives if kind == "alternatives" else answers.least
    job = questions.start(desk.round.id, ("offers", *_sign(desk), kind), kind, work, asked)
    session.keep("offers", (_sign(desk), kind, job))


def _watch(job: Job) -> None:
    @st.fragment(run_every=LOOK)
    def watch() -> None:
        if job.over:
            st.rerun()
        st.progress(job.number / max(job.total, 1), text=text("ui.offers.working"))

    watch()


def _alternatives(desk: Desk, found: Sequence[Alternative], closed: bool) -> None:
    if not found:
        st.info(text("explain.alternative.none"))
        return
    said = [alternative_sentence(one, number) for number, one in enumerate(found, start=1)]
    chosen = st.radio(
        text("ui.offers.choose"),
        list(range(len(found))),
        format_func=lambda one: plain(said[one]),
        key="offer_chosen",
        label_visibility="collapsed",
    )
    one = found[chosen or 0]
    roster = replace(desk.roster, seats=one.seats)
    difference(desk, roster, one.steps)
    _take(desk, roster, closed)


def _least(desk: Desk, found: answers.Offer, closed: bool) -> None:
    roster = found.roster
    gap(found)
    if roster == desk.roster:
        st.info(text("ui.offers.same"))
        return
    difference(desk, roster, found.steps)
    _take(desk, roster, closed)


def gap(found: answers.Offer) -> None:
    """How far a roster is proven, where it is not."""
    for line in gap_sentences(found.taken, proven=found.proven):
        st.caption(plain(line))


def difference(desk: Desk, roster: do.Roster, steps: Sequence[StepChange]) -> None:
    """What a roster would change: the steps, the requirements and goals, and the people."""
    items = "".join(
        f'<li class="{"bad" if one.worse_by > 0 else "good"}">'
        f"{escape(text(f'step.{one.name}'))}: {one.before} → {one.after}</li>"
        for one in steps
    )
    if items:
        title = escape(text("explain.difference.steps"))
        st.html(f'<p class="k-effects-title">{title}</p><ul class="k-effects">{items}</ul>')
    else:
        st.caption(text("explain.difference.no_step"))
    edits.show_effects(desk, effects.of_change(desk, roster))
    moves.show(desk, desk.roster.compare(roster), ("now", "new"), key="offer_difference")


def _take(desk: Desk, roster: do.Roster, closed: bool) -> None:
    reason = edits.ask_reason("offer")
    with st.container(horizontal=True, gap="small"):
        if proposal_run.may(desk) and st.button(
            text("ui.offers.take"), type="primary", key="offer_take", disabled=closed
        ):
            action = do.TakeRoster(
                round_id=desk.round.id, roster=roster, reason=reason, version_id=edits.of_trial(desk)
            )
            edits.perform(desk, action, text("ui.offers.taken"))
        if edits.of_trial(desk) is None and st.button(text("ui.offers.try"), key="offer_try"):
            _try(desk, roster, reason)


def _try(desk: Desk, roster: do.Roster, reason: str) -> None:
    """Take it into a trial version of one's own; the draft stays."""
    made = session.act(do.CopyVersion(round_id=desk.round.id, name=text("ui.offers.trial")))
    if made is not None:
        action = do.TakeRoster(round_id=desk.round.id, roster=roster, reason=reason, version_id=made.id)
        if session.act(action, told=text("ui.offers.tried")) is not None:
            session.choose_version(made.id)
    st.rerun()
