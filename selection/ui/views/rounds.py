"""Rounds: the start page. Which rounds there are, how far each is, and the next thing to do."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError
from selection.model.rules_file import preset
from selection.presets import preset_names, preset_text
from selection.texts import error_text, text
from selection.ui import navigation, round_at_work, session
from selection.ui.components import example_round, frame, overview, role_pages, steps
from selection.ui.text import day, plain


def _open(round_id: int) -> None:
    session.choose_round(round_id)


def _create(rounds: list[do.RoundRow]) -> None:
    """The form of a new round: a name, and the rules to begin with."""
    sources = [*(f"preset:{name}" for name in preset_names()), *(f"round:{row.id}" for row in rounds)]
    names = {f"round:{row.id}": text("ui.rounds.as_in", name=row.name) for row in rounds}
    names |= {f"preset:{name}": preset(name).title or name for name in preset_names()}
    with st.form("new_round", border=True, enter_to_submit=True):
        frame.section(text("ui.rounds.new"), 3)
        name = st.text_input(text("ui.rounds.name"), placeholder=text("ui.rounds.name_example"), max_chars=120)
        source = st.selectbox(text("ui.rounds.rules_from"), sources, format_func=names.__getitem__)
        st.caption(text("ui.rounds.rules_note"))
        if not st.form_submit_button(text("ui.rounds.create"), type="primary"):
            return
    kind, _, chosen = source.partition(":")
    action = (
        do.CreateRound(name=name, rules=preset_text(chosen), preset=chosen)
        if kind == "preset"
        else do.CreateRound(name=name, from_round_id=int(chosen))
    )
    made = session.act(action, told=text("ui.rounds.created"))
    if made is not None:
        session.choose_round(made.round_id)
    st.rerun()


def _listed(row: do.RoundRow, at_work: bool) -> None:
    with st.container(border=True):
        about, action = st.columns([4, 1], vertical_alignment="center")
        with about:
            frame.section(row.name, 3)
            st.html(steps.line(row))
        with action:
            if at_work:
                st.html(frame.badge(text("ui.rounds.open_now"), "strong"))
            else:
                st.button(
                    text("ui.rounds.open"),
                    key=f"open_{row.id}",
                    help=plain(row.name),
                    on_click=_open,
                    args=(row.id,),
                    width="stretch",
                )


def _reminders() -> None:
    """What is due to be erased, in any round."""
    found = do.reminders(session.store(), session.user(), dt.date.today())
    for one in found:
        st.warning(plain(text(one.code, round=one.round_name, due=day(one.due))))
    if found:
        st.page_link(navigation.page("keeping"), label=text("ui.rounds.to_keeping"))


def _at_work(row: do.RoundRow) -> None:
    """The round at work: its steps, its tables in numbers, where its applicants live, its name."""
    frame.section(row.name)
    steps.show(row)
    may = {right: do.may(session.store(), session.user(), right, row.id) for right in (do.Right.READ, do.Right.PREPARE)}
    if row.active and may[do.Right.READ]:
        try:
            desk = round_at_work.current(row.standing_id)
        except SelectionError as error:
            st.error(plain(error_text(error)))
        else:
            if desk is not None:
                frame.section(text("ui.rounds.tables"))
                overview.willing(desk)
                overview.districts(desk, folded=True)
    if may[do.Right.PREPARE]:
        _rename(row)


def _rename(row: do.RoundRow) -> None:
    with st.expander(text("ui.rounds.rename")), st.form("rename_round", border=False):
        name = st.text_input(text("ui.rounds.name"), row.name, max_chars=120, key=f"name_{row.id}_{row.revision}")
        if st.form_submit_button(text("ui.save")):
            made = do.RenameRound(round_id=row.id, name=name)
            session.act(made, told=text("ui.rounds.renamed"), revision=session.drawn(row))
            st.rerun()


def page() -> None:
    """Draw the page."""
    rounds = list(do.rounds(session.store(), session.user()))
    at_work = session.round_row()
    frame.heading(text("ui.page.rounds"), text("ui.rounds.lede"))
    _reminders()
    if at_work is not None:
        _at_work(at_work)
    others = [row for row in rounds if at_work is None or row.id != at_work.id]
    if others:
        frame.section(text("ui.rounds.others" if at_work else "ui.rounds.all"))
        for row in others:
            _listed(row, at_work=False)
    if not do.may(session.store(), session.user(), do.Right.PREPARE):
        roles = role_pages.roles_with(do.Right.PREPARE)
        st.caption(plain(text("ui.rounds.new_by", roles=roles)))
    elif rounds:
        with st.expander(text("ui.rounds.new")):
            _create(rounds)
            if not any(row.example for row in rounds):
                example_round.offer()
    else:
        example_round.offer()
        _create(rounds)


page()
