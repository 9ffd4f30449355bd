"""Decision: from ready to decided, documents, and what comes after."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from selection import actions as do
from selection.model.law import SpecialReasons
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import effects, round_at_work, session, standings
from selection.ui.components import (
    aftermath,
    documents,
    edits,
    frame,
    moves,
    open_seats,
    panel,
    proposed,
    returned_workbook,
    special_reasons,
    state_line,
    unread,
    version_list,
)
from selection.ui.components.panel import Panel
from selection.ui.text import day, escape, plain


def _standing(desk: Desk) -> None:
    """Whether the requirements hold and how far the goals are, over all tables."""
    found = standings.requirements(desk, desk.rows.standings(desk.chosen), None)
    failing = [one for one in found if not one.holds]
    of_goals = desk.rows.goal_standings(desk.chosen)
    goals = [goal for table in desk.rules.table_ids for goal in standings.goals(desk, of_goals, table)]
    st.html(panel.summary(Panel("", found, goals)))
    if failing:
        lines = "".join(f"<li>{escape(one.body)}: {escape(one.title)}, {escape(one.standing)}</li>" for one in failing)
        st.html(f'<ul class="k-plain">{lines}</ul>')


def _ready(desk: Desk) -> None:
    """The draft: checked once more and marked ready."""
    frame.section(text("ui.decision.draft"))
    _standing(desk)
    st.markdown(text("ui.decision.ready_note"))
    proposed.still_waiting(desk)
    if st.button(text("ui.decision.mark_ready"), type="primary"):
        open_seats.ask_or_do(
            desk,
            desk.roster,
            lambda reason: do.MarkReady(round_id=desk.round.id, reason=reason),
            text("ui.decision.is_ready"),
        )


def _record(desk: Desk) -> None:
    """The form of the decision: § and day, what was decided, and what the law asks to be said."""
    frame.section(text("ui.decision.record"))
    presented = [one for one in do.versions(session.store(), session.user(), desk.round.id) if _may_be_decided(one)]
    by_id = {one.id: one for one in presented}
    start = list(by_id).index(desk.round.presented_id) if desk.round.presented_id in by_id else 0
    section, date = st.columns(2)
    number = section.text_input(text("ui.decision.section"), max_chars=40, placeholder="§ 123")
    on = date.date_input(text("ui.decision.date"), dt.date.today(), format="DD.MM.YYYY")
    chosen = st.selectbox(
        text("ui.decision.version"),
        list(by_id),
        index=start,
        format_func=lambda one: version_list.name_of(by_id[one]),
    )
    decided = effects.with_version(desk, by_id[chosen])
    open_seats.show_kept(
        by_id[chosen], details=do.may(session.store(), session.user(), do.Right.DETAILS, desk.round.id)
    )
    rules, bodies = standings.law(decided)
    special_reasons.show(rules, bodies)
    reasons = special_reasons.ask(rules, bodies, "decision_reason")
    disqualified = st.text_input(text("ui.decision.disqualified"), max_chars=300)
    note = st.text_area(text("ui.decision.note"), max_chars=2000)
    if not st.button(text("ui.decision.do_record"), type="primary"):
        return
    if missing := special_reasons.missing(rules, bodies, reasons):
        st.error(plain(missing))
        return
    action = do.RecordDecision(
        round_id=desk.round.id,
        section=number,
        date=on,
        version_id=chosen if chosen != desk.round.presented_id else None,
        special_reasons=reasons.named(),
        disqualified=disqualified,
        note=note,
    )
    open_seats.ask_or_do(
        decided,
        decided.roster,
        lambda reason: action.model_copy(update={"reason": reason}),
        text("ui.decision.recorded"),
        given=open_seats.given(by_id[chosen]),
    )


def _may_be_decided(version: do.VersionRow) -> bool:
    return version.kind in ("presented", "named") or (version.kind == "trial" and version.proposed)


def _back(desk: Desk) -> None:
    with st.expander(text("ui.decision.back")):
        st.markdown(text("ui.decision.back_note"))
        reason = edits.ask_reason("back")
        if st.button(text("ui.decision.do_back")):
            session.act(do.BackToDraft(round_id=desk.round.id, reason=reason), told=text("ui.decision.is_back"))
            st.rerun()


def _decided(desk: Desk) -> None:
    """What was decided, and how it differs from what was proposed."""
    store, user = session.store(), session.user()
    decision = do.decision(store, user, desk.round.id)
    if decision is None:
        return
    frame.section(text("ui.decision.decided"))
    facts = [
        ("section", decision.section),
        ("date", day(decision.date)),
        ("appeal", day(desk.round.appeal_ends) if desk.round.appeal_ends else "–"),
    ]
    items = "".join(
        f"<div><dt>{escape(text(f'ui.decision.{name}'))}</dt><dd>{escape(value)}</dd></div>" for name, value in facts
    )
    st.html(f'<dl class="k-facts">{items}</dl>')
    special_reasons.told(desk.rules, SpecialReasons.from_text(decision.special_reason))
    for name in ("disqualified", "note"):
        value = getattr(decision, name)
        if value:
            st.markdown(f"**{text(f'ui.decision.{name}')}**: {plain(value)}")
    frozen = do.version(store, user, desk.round.id, decision.version_id)
    open_seats.show_kept(frozen, details=do.may(store, user, do.Right.DETAILS, desk.round.id))
    if decision.presented_id is not None:
        presented = do.version(store, user, desk.round.id, decision.presented_id)
        frame.section(text("ui.decision.difference"))
        moves.show(desk, presented.roster.compare(frozen.roster), ("proposed", "decided"))


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.decision"), text("ui.decision.lede"))
    desk = round_at_work.require()
    if desk.version is None:
        frame.missing("proposal", "proposal")
        return
    state_line.show(desk)
    unread.told(desk)
    rights = {
        right: do.may(session.store(), session.user(), right, desk.round.id)
        for right in (do.Right.PREPARE, do.Right.RECORD, do.Right.EXPORT, do.Right.TRY)
    }
    if desk.round.state == "draft" and rights[do.Right.PREPARE]:
        _ready(desk)
    elif desk.round.state == "ready":
        if rights[do.Right.RECORD]:
            _record(desk)
        if rights[do.Right.PREPARE]:
            _back(desk)
    elif desk.round.state == "decided":
        _decided(desk)
        aftermath.show(desk, may_record=rights[do.Right.RECORD])
    if rights[do.Right.EXPORT]:
        documents.show(desk)
    else:
        frame.section(text("ui.documents.title"))
        st.caption(text("ui.documents.not_yours"))
    returned_workbook.show(desk, may_prepare=rights[do.Right.PREPARE], may_try=rights[do.Right.TRY])


page()
