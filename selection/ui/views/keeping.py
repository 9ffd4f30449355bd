"""Keeping: how long the applications are kept, erasing them when their time is over, and the counts that stay."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import streamlit as st

from selection import actions as do
from selection.errors import PermissionDenied
from selection.texts import text
from selection.ui import session, why_not_answers
from selection.ui.components import frame, statistics
from selection.ui.text import day, escape, instant, plain

#: The settings for all rounds, in days.
DAYS = ("appeal_days", "after_appeal_days", "after_term_days")


def _facts(row: do.RoundRow) -> None:
    """What is kept now, and until when."""
    erased = text(f"ui.keeping.erased.{row.erased}") if row.erased else text("ui.keeping.erased.nothing")
    facts = [
        ("applications", str(row.applications)),
        ("appeal_ends", day(row.appeal_ends) if row.appeal_ends else "–"),
        ("term_ends", day(row.term_ends) if row.term_ends else "–"),
        ("erased", erased),
    ]
    items = "".join(
        f"<div><dt>{escape(text(f'ui.keeping.{name}'))}</dt><dd>{escape(value)}</dd></div>" for name, value in facts
    )
    st.html(f'<dl class="k-facts">{items}</dl>')


def _dates(row: do.RoundRow) -> None:
    """When the appeal time and the term end."""
    with st.expander(text("ui.keeping.change_dates")), st.form("dates", border=False):
        left, right = st.columns(2)
        appeal = left.date_input(text("ui.keeping.appeal_ends"), row.appeal_ends, format="DD.MM.YYYY")
        term = right.date_input(text("ui.keeping.term_ends"), row.term_ends, format="DD.MM.YYYY")
        if st.form_submit_button(text("ui.save")):
            made = do.SetRetention(round_id=row.id, appeal_ends=appeal, term_ends=term)
            session.act(made, told=text("ui.keeping.dates_saved"), revision=session.drawn(row))
            st.rerun()


def _erasing(row: do.RoundRow, today: dt.date) -> None:
    """The two ways to erase: those not chosen after the appeal time, everybody after the term."""
    frame.section(text("ui.keeping.erase"))
    if row.erased == "all":
        st.markdown(text("ui.keeping.all_gone"))
        return
    others = do.would_be_erased(session.store(), session.user(), row.id)
    waits = row.state != "decided"
    ends: tuple[tuple[Literal["not_chosen", "all"], int, dt.date | None, bool], ...] = (
        ("not_chosen", others, row.appeal_ends, waits or not others),
        ("all", row.applications, row.term_ends, not row.applications),
    )
    for whom, count, end, disabled in ends:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"erase_{whom}"):
            early_yet = whom == "not_chosen" and waits
            said = text("ui.keeping.after_decision") if early_yet else text(f"ui.keeping.{whom}.note", n=count)
            when = text("ui.keeping.from_day", day=day(end)) if end is not None else text("ui.keeping.no_day")
            st.html(
                f'<div><h3>{escape(text(f"ui.keeping.{whom}"))}</h3><p class="k-tight">{escape(said)}</p>'
                f'<p class="k-quiet k-tight">{escape(when)}</p></div>',
                width="stretch",
            )
            early = end is None or end >= today
            if st.button(text("ui.keeping.do", n=count), key=f"ask_{whom}", disabled=disabled):
                _ask(row, whom, count, early=early)


def _ask(row: do.RoundRow, whom: Literal["not_chosen", "all"], count: int, *, early: bool) -> None:
    @st.dialog(text(f"ui.keeping.{whom}"))
    def dialog() -> None:
        st.markdown(plain(text(f"ui.keeping.{whom}.note", n=count)))
        if whom == "not_chosen":
            _groups(row)
            st.markdown(text(f"ui.keeping.reserves.{do.retention_settings(session.store()).reserves}"))
        st.markdown(text("ui.keeping.what_stays"))
        if early:
            st.warning(text(f"ui.keeping.{whom}.early"))
        _backups()
        reason = st.text_input(text("erasing.reason"), max_chars=300, key=f"why_{whom}") if early else ""
        typed = st.text_input(text("erasing.name", name=row.name), max_chars=200, key=f"name_{whom}")
        sure = " ".join(typed.split()) == " ".join(row.name.split()) and bool(reason.strip() or not early)
        if st.button(text("ui.keeping.do", n=count), type="primary", key=f"do_{whom}", disabled=not sure):
            made = do.EraseApplicants(round_id=row.id, whom=whom, name=typed, reason=reason)
            outcome = session.act(made, revision=row.revision)
            if outcome is not None:
                why_not_answers.askings().forget(row.id)
                session.choose_round(row.id)
                session.tell("success", text("ui.keeping.done", n=int(outcome.params["n"])))
            st.rerun()

    dialog()


def _groups(row: do.RoundRow) -> None:
    """Who stays and why, group by group, in numbers."""
    groups = do.erasure_groups(session.store(), session.user(), row.id)
    if groups is None:
        return
    counts = {name: len(getattr(groups, name)) for name in ("erased", "seated", "reserves", "agreed", "waiting")}
    lines = "".join(
        f"<li>{escape(text(f'erasing.group.{name}', n=count))}</li>" for name, count in counts.items() if count
    )
    st.html(f'<ul class="k-plain">{lines}</ul>')


def _backups() -> None:
    """What the backups still hold after the erasing, for who may see where they are."""
    try:
        made_before = do.backups(session.store(), session.user())
    except PermissionDenied:
        made_before = []
    if made_before:
        latest = made_before[-1]
        said = text("erasing.backups", n=len(made_before), latest=instant(latest.at), path=latest.path)
        st.warning(plain(said))
    else:
        st.caption(text("erasing.no_backups"))


def _settings() -> None:
    """How long things are kept, for all rounds."""
    store, user = session.store(), session.user()
    held = do.retention_settings(store)
    with st.expander(text("ui.keeping.settings")), st.form("settings", border=False):
        columns = st.columns(len(DAYS))
        asked: dict[str, int | str] = {
            name: int(column.number_input(text(f"ui.keeping.{name}"), 0, 3650, int(getattr(held, name))))
            for name, column in zip(DAYS, columns, strict=True)
        }
        keep_all = st.checkbox(
            text("ui.keeping.all_reserves"), held.reserves == "all", help=text("ui.keeping.reserves_help")
        )
        asked["reserves"] = "all" if keep_all else "agreed"
        if st.form_submit_button(text("ui.save")):
            made = do.ChangeRetention(retention=do.Retention.model_validate(asked))
            session.act(made, told=text("ui.keeping.settings_saved"))
            st.rerun()
    made_before = do.backups(store, user)
    if made_before:
        st.caption(text("ui.keeping.backups", n=len(made_before), latest=instant(made_before[-1].at)))


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.keeping"), text("ui.keeping.lede"))
    row = session.round_row()
    if row is None:
        frame.missing("round", "rounds")
        return
    store, user, today = session.store(), session.user(), dt.date.today()
    for reminder in do.reminders(store, user, today):
        if reminder.round_id == row.id:
            st.warning(plain(text(reminder.code, round=reminder.round_name, due=day(reminder.due))))
    _facts(row)
    may_erase = do.may(store, user, do.Right.ADMINISTER, row.id)
    if may_erase:
        if do.may(store, user, do.Right.ADMINISTER) and do.cleaning_waits(store, user):
            st.warning(text("erasing.cleaning_waits"))
        _dates(row)
        _erasing(row, today)
    else:
        st.info(text("ui.keeping.not_yours"))
    if row.statistics:
        frame.section(text("ui.keeping.statistics"))
        statistics.show(row.statistics)
    if may_erase and do.may(store, user, do.Right.ADMINISTER):
        frame.section(text("ui.keeping.all_rounds"))
        _settings()


page()
