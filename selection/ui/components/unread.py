"""What the rules need and was not read: said beside every roster, and before solving the ways on."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError, Unread
from selection.explain.not_applied import not_applied_lines
from selection.intake.headings import near, near_text
from selection.model.applied import unread_requirements, waived
from selection.rounds import second_reading, words
from selection.rounds.desk import Desk
from selection.rounds.readings import headings
from selection.texts import error_text, text
from selection.ui import session
from selection.ui.text import escape, plain


def told(desk: Desk) -> None:
    """Rules that are not applied, with the reasons given; nothing where all are."""
    lines = not_applied_lines(desk.pool, desk.rules)
    if not lines:
        return
    reasons = {one.requirement: one.reason for one in do.waivers(session.store(), session.user(), desk.round.id)}
    lines += [
        text("ui.unread.reason", rule=words.rule_title(desk.rules, one), reason=reasons[one])
        for one in waived(desk.pool, desk.rules)
        if reasons.get(one)
    ]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(f'<div class="k-quiet"><p class="k-tight">{escape(text("ui.unread.told"))}</p><ul>{items}</ul></div>')


def stops(desk: Desk) -> bool:
    """Whether nothing can be solved yet; then why, and the ways on, are shown. Where nothing stops, what was waived can
    be taken back."""
    files = _files(desk)
    draft = desk.round.state == "draft"
    may = draft and do.may(session.store(), session.user(), do.Right.PREPARE, desk.round.id)
    old = second_reading.outdated(files, desk.rules) if draft else []
    if old:
        st.warning(plain(text("ui.unread.outdated", files=", ".join(dict.fromkeys(file.name for file in old)))))
        if may and st.button(text("ui.unread.read_again"), type="primary", key="read_again"):
            _read(desk, files, {})
    unread = unread_requirements(desk.pool, desk.rules) if draft else ()
    if unread and not old:
        st.error(text("ui.unread.stops"))
        for one in unread:
            _ways_on(desk, one, files, may)
    for rule_id in waived(desk.pool, desk.rules) if may else ():
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(plain(text("ui.unread.waived", rule=words.rule_title(desk.rules, rule_id))))
            if st.button(text("ui.unread.keep"), key=f"keep_{rule_id}"):
                _act(do.KeepRequirement(round_id=desk.round.id, requirement=rule_id), text("ui.unread.kept"))
    return bool(old or unread)


def _files(desk: Desk) -> list[do.FileRow]:
    files = do.source_files(session.store(), session.user(), desk.round.id)
    return second_reading.in_use(files, desk.people.values())


def _ways_on(desk: Desk, one: Unread, files: list[do.FileRow], may: bool) -> None:
    """One requirement: its field, the nearest headings, choosing the column, and going on without it."""
    columns = headings(files)
    with st.container(border=True):
        field = words.field_name(one.field)
        st.markdown(plain(text("ui.unread.line", rule=words.rule_title(desk.rules, one.id), field=field)))
        if told_near := near_text(columns, one.field):
            st.caption(plain(text("unread.near", headings=told_near)))
        if not may:
            return
        first = [column.header for column in near(columns, one.field)]
        named = list(dict.fromkeys([*first, *(column.header for column in columns)]))
        if named:
            header = st.selectbox(
                text("ui.unread.column"), named, index=None, placeholder="–", key=f"column_{one.id}_{one.field}"
            )
            if st.button(text("ui.unread.take"), key=f"take_{one.id}_{one.field}", disabled=header is None) and header:
                _read(desk, files, {header: one.field})
        reason = st.text_input(text("ui.unread.why"), max_chars=300, key=f"why_{one.id}_{one.field}")
        if st.button(text("ui.unread.waive"), key=f"waive_{one.id}_{one.field}"):
            action = do.WaiveRequirement(round_id=desk.round.id, requirement=one.id, reason=reason)
            _act(action, text("ui.unread.was_waived"))


def _act(action: do.Action, said: str) -> None:
    if session.act(action, told=said) is not None:
        st.rerun()


def _read(desk: Desk, files: list[do.FileRow], take: dict[str, str]) -> None:
    """Take the applications anew, read for the rules as they are; corrections stay."""
    try:
        actions = second_reading.read_again(session.store(), session.user(), desk.round.id, files, desk.rules, take)
    except SelectionError as error:
        st.error(plain(error_text(error)))
        return
    for action in actions:
        if session.act(action) is None:
            return
    session.tell("success", text("ui.unread.was_read", n=sum(len(action.applications) for action in actions)))
    st.rerun()
