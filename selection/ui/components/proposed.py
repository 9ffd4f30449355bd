"""Changes that board members proposed: who comes and goes and why, taken, declined with an answer, or withdrawn."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import effects, session
from selection.ui.components import edits, frame, moves
from selection.ui.text import instant, plain


def show(desk: Desk) -> None:
    """The proposals that wait, and what became of one's own; nothing where there are none."""
    if desk.version is not None and not desk.version.current:
        return  # a trial is at work
    user = session.user()
    found = do.proposals(session.store(), user, desk.round.id)
    waiting = [one for one in found if one.state == "waiting"]
    for one in found:
        if one.owner_id == user.id and one.state in ("taken", "declined"):
            _answered(one)
    if not waiting or desk.round.state == "decided":
        return
    frame.section(text("ui.proposed.title", n=len(waiting)))
    for one in waiting:
        with st.container(border=True):
            _one(desk, one)


def _answered(one: do.ProposalRow) -> None:
    said = text(f"ui.proposed.{one.state}", name=one.name or text("version.trial"), who=one.answered_by)
    st.info(plain(f"{said} {text('ui.proposed.answer', answer=one.answer)}" if one.answer else said))


def _one(desk: Desk, one: do.ProposalRow) -> None:
    st.markdown(plain(text("ui.proposed.by", who=one.owner, at=instant(one.at), name=one.name or "–")))
    st.markdown(plain(text("ui.proposed.reason", reason=one.reason)))
    version = do.version(session.store(), session.user(), desk.round.id, one.version_id)
    moves.show(desk, desk.roster.compare(version.roster), ("now", "new"), key=f"proposed_{one.version_id}")
    edits.show_effects(desk, effects.of_change(desk, version.roster))
    prepares = do.may(session.store(), session.user(), do.Right.PREPARE, desk.round.id)
    with st.container(horizontal=True, gap="small"):
        if (
            prepares
            and desk.round.state == "draft"
            and st.button(text("ui.proposed.take"), key=f"take_{one.version_id}", type="primary")
        ):
            _ask(desk, one, "take")
        if prepares and st.button(text("ui.proposed.decline"), key=f"decline_{one.version_id}"):
            _ask(desk, one, "decline")
        if one.owner_id == session.user().id and st.button(
            text("ui.proposed.withdraw"), key=f"withdraw_{one.version_id}"
        ):
            action = do.WithdrawProposal(round_id=desk.round.id, version_id=one.version_id)
            session.act(action, told=text("ui.proposed.is_withdrawn"))
            st.rerun()
    if not prepares and one.owner_id != session.user().id:
        st.caption(text("ui.proposed.waits"))


def _ask(desk: Desk, one: do.ProposalRow, what: str) -> None:
    @st.dialog(text(f"ui.proposed.{what}.title"))
    def dialog() -> None:
        st.markdown(plain(text("ui.proposed.reason", reason=one.reason)))
        st.markdown(text(f"ui.proposed.{what}.note"))
        answer = st.text_input(text("ui.proposed.your_answer"), max_chars=300, key=f"answer_{what}")
        if st.button(text(f"ui.proposed.{what}"), type="primary", key=f"{what}_sure", disabled=not answer.strip()):
            kind = do.UseVersion if what == "take" else do.DeclineProposal
            made = kind(round_id=desk.round.id, version_id=one.version_id, reason=answer)
            session.act(made, told=text(f"ui.proposed.{what}.done"), revision=desk.round.revision)
            st.rerun()

    dialog()


def still_waiting(desk: Desk) -> None:
    """Before a round is marked ready: that proposals wait."""
    n = desk.round.proposed_changes
    if n:
        st.warning(text("ui.proposed.still_waiting", n=n))
