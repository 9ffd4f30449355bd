"""Dialogs that settle a finding: another value, setting aside, or two applications side by side."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.texts import has_text, text
from selection.ui import session
from selection.ui.components import card, correction, table
from selection.ui.components.correction import FIELDS
from selection.ui.text import escape, plain

__all__ = ["FIELDS", "ask", "done"]


def ask(desk: Desk, finding: do.FindingRow, action: str) -> None:
    """Open the dialog for an action on a finding."""
    person = desk.by_id.get(finding.application_id or 0)
    if person is None:
        return
    if action == "card":
        card.show(desk, person.id)
    elif action == "type" and finding.field is not None:
        _type(desk, finding, person, finding.field)
    elif action == "aside":
        _aside(desk, finding, person)
    elif action == "twice" and (other := desk.by_id.get(finding.other_id or 0)) is not None:
        twice(desk, person, other)


def _head(desk: Desk, finding: do.FindingRow, person: do.ApplicationRow) -> None:
    st.markdown(f"**{plain(person.name)}**")
    st.markdown(plain(words.finding_text(desk.rules, finding)))
    if finding.found:
        st.html(f'<p class="k-quiet">{escape(text("ui.findings.found", found=finding.found))}</p>')


def _type(desk: Desk, finding: do.FindingRow, person: do.ApplicationRow, field: str) -> None:
    @st.dialog(text("ui.findings.type_title"))
    def dialog() -> None:
        _head(desk, finding, person)
        values = correction.ask(desk, person, field, f"finding_{finding.id}")
        if st.button(text("ui.save"), type="primary"):
            action = do.SettleFinding(round_id=desk.round.id, finding_ids=(finding.id,), how="type", values=values)
            session.act(action, told=text("ui.findings.settled", n=1), revision=desk.round.revision)
            st.rerun()

    dialog()


def _aside(desk: Desk, finding: do.FindingRow, person: do.ApplicationRow) -> None:
    @st.dialog(text("ui.findings.aside_title"))
    def dialog() -> None:
        _head(desk, finding, person)
        st.markdown(text("ui.findings.aside_note"))
        reason = st.text_input(text("ui.reason"), max_chars=300, key="aside_reason")
        if st.button(text("ui.findings.do_aside"), type="primary"):
            action = do.SettleFinding(round_id=desk.round.id, finding_ids=(finding.id,), how="set_aside", reason=reason)
            told = text("ui.findings.set_aside", name=plain(person.name))
            session.act(action, told=told, revision=desk.round.revision)
            st.rerun()

    dialog()


def twice(desk: Desk, first: do.ApplicationRow, second: do.ApplicationRow) -> None:
    """Two applications side by side: keep one (with the wishes of both, if wanted), or both.

    Contact data of both are shown: that they were looked at stands in the log first.
    """
    for person in (first, second):
        if session.act(do.LookAtPerson(round_id=desk.round.id, application_id=person.id)) is None:
            st.rerun()

    @st.dialog(text("ui.twice.title"), width="large")
    def dialog() -> None:
        _side_by_side(desk, first, second)
        free = desk.may_change(first.id) and desk.may_change(second.id)
        merge = free and st.checkbox(text("ui.twice.merge_wishes"), value=True)
        reason = st.text_input(text("ui.reason"), max_chars=300, key="twice_reason")
        with st.container(horizontal=True, gap="small"):
            for keep, drop, which in ((first, second, "first"), (second, first, "second")):
                if not desk.may_change(drop.id):
                    continue  # an application that was decided from is not dropped for a later one
                if st.button(text(f"ui.twice.keep_{which}"), key=f"keep_{which}", type="primary"):
                    _merge(desk, keep, drop, merge=merge, reason=reason)
            if st.button(text("ui.twice.keep_both"), key="keep_both"):
                session.act(
                    do.KeepBoth(round_id=desk.round.id, first=first.id, second=second.id, reason=reason),
                    told=text("ui.twice.both_kept"),
                    revision=desk.round.revision,
                )
                st.rerun()

    dialog()


def _side_by_side(desk: Desk, first: do.ApplicationRow, second: do.ApplicationRow) -> None:
    sides = []
    for person in (first, second):
        origin = {"row": str(person.origin.row)} if person.origin is not None else {}
        sides.append({**origin, "name": person.name, **card.held(desk, person), **person.contact_data})
    rows = [
        table.Row(
            name,
            [
                text(f"ui.twice.{name}") if has_text(f"ui.twice.{name}") else words.field_name(name),
                sides[0].get(name, "–"),
                sides[1].get(name, "–"),
                "" if sides[0].get(name) == sides[1].get(name) else text("ui.twice.differs"),
            ],
        )
        for name in dict.fromkeys([*sides[0], *sides[1]])
    ]
    heads = [
        table.Column(text("ui.card.field"), head=True),
        table.Column(text("ui.twice.first")),
        table.Column(text("ui.twice.second")),
        table.Column(text("ui.twice.difference")),
    ]
    table.show(table.Table(text("ui.twice.title"), heads, rows, dense=True), key="twice")


def _merge(desk: Desk, keep: do.ApplicationRow, drop: do.ApplicationRow, *, merge: bool, reason: str) -> None:
    values = {}
    if merge:
        wishes = dict.fromkeys([*keep.as_applicant().wishes, *drop.as_applicant().wishes])
        values = {"wishes": tuple(wishes)}
    action = do.MergeDuplicates(round_id=desk.round.id, keep=keep.id, drop=drop.id, values=values, reason=reason)
    session.act(action, told=text("ui.twice.merged"), revision=desk.round.revision)
    st.rerun()


def done(desk: Desk, settled: list[do.FindingRow]) -> None:
    """What was settled, and how."""
    rows = []
    for one in settled:
        person = desk.by_id.get(one.application_id or 0)
        how = text(f"how.{one.how}")
        held = ", ".join(words.held_value(desk.rules, one.field or "", value) for value in one.value or ())
        value = f"{how}: {held}" if held else how
        rows.append(
            table.Row(
                str(one.id),
                [str(one.row or ""), person.name if person else "", words.finding_text(desk.rules, one), value],
            )
        )
    heads = [
        table.Column(text("ui.findings.row"), kind="number"),
        table.Column(text("ui.findings.person"), head=True),
        table.Column(text("ui.findings.what")),
        table.Column(text("ui.findings.how")),
    ]
    table.show(table.Table(text("ui.findings.done", n=len(rows)), heads, rows, dense=True), key="settled")
