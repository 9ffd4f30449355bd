"""Versions: named ones, trials of one's own, and two of them side by side."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError
from selection.rounds.desk import Desk
from selection.texts import error_text, text
from selection.ui import effects, navigation, round_at_work, session
from selection.ui.components import edits, erased, frame, moves, state_line, version_list
from selection.ui.text import plain


def _pick(versions: list[do.VersionRow], key: str, start: int) -> do.VersionRow:
    by_id = {one.id: one for one in versions}
    chosen = st.selectbox(
        text(f"ui.compare.{key}"),
        list(by_id),
        index=min(start, len(by_id) - 1),
        format_func=lambda one: version_list.name_of(by_id[one]),
        key=f"compare_{key}",
    )
    return by_id[chosen]


def _totals(first: Desk, second: Desk) -> None:
    one, other = effects.totals(first), effects.totals(second)
    items = "".join(
        f"<div><dt>{text(f'ui.compare.{name}')}</dt><dd>{before} → {after}</dd></div>"
        for name, before, after in zip(("failing", "off"), one, other, strict=True)
    )
    st.html(f'<dl class="k-figures">{items}</dl>')


def _side_by_side(desk: Desk, versions: list[do.VersionRow]) -> None:
    frame.section(text("ui.compare.two"))
    left, right = st.columns(2)
    with left:
        first = _pick(versions, "first", 1)
    with right:
        second = _pick(versions, "second", 0)
    if first.id == second.id:
        st.info(text("ui.compare.choose_two"))
        return
    before, after = effects.with_version(desk, first), effects.with_version(desk, second)
    for column, one in ((left, before), (right, after)):
        with column:
            state_line.show(one)
    _totals(before, after)
    frame.section(text("ui.compare.whom"))
    moves.show(desk, first.roster.compare(second.roster))
    frame.section(text("ui.compare.goals"))
    edits.show_effects(before, effects.of_change(before, second.roster))


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.compare"), text("ui.compare.lede"))
    desk = round_at_work.require()
    if erased.everybody(desk.round):
        return
    if desk.version is None:
        frame.missing("proposal", "proposal")
        return
    try:
        versions = do.versions(session.store(), session.user(), desk.round.id)
    except SelectionError as error:
        st.error(plain(error_text(error)))
        return
    version_list.make(desk)
    worked = version_list.listed(desk, versions)
    if worked is not None:
        session.choose_version(worked)
        st.switch_page(navigation.page("proposal"))
    if len(versions) > 1:
        _side_by_side(desk, versions)


page()
