"""After the decision: refusals, resignations, vacant seats filled, members elected to the council."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from selection import actions as do
from selection.model.titles import table_title
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import effects, rosters, round_at_work, session, standings
from selection.ui.components import edits, frame, table, table_choice, undo, vacancies
from selection.ui.components.table import Action
from selection.ui.text import day, plain

KINDS = ("refusal", "resignation", "elected")


def _person(desk: Desk, application_id: int | None) -> str:
    person = desk.by_id.get(application_id or 0)
    return person.name if person is not None else text("ui.erased_person")


def _events(desk: Desk) -> None:
    rows = [
        table.Row(
            str(one.id),
            [
                day(one.date),
                text(f"event.{one.kind}"),
                _person(desk, one.application_id),
                f"{table_title(desk.rules, one.table)}: {words.role_name(one.role)}" if one.table and one.role else "–",
                one.reason or "–",
            ],
        )
        for one in do.events(session.store(), session.user(), desk.round.id)
    ]
    if rows:
        heads = [table.Column(text(f"ui.after.{name}")) for name in ("date", "event", "person", "seat", "reason")]
        table.show(table.Table(text("ui.after.events"), heads, rows), key="events")


def show(desk: Desk, *, may_record: bool) -> None:
    """The roster that sits now, what happened to it, and what can be recorded."""
    if desk.round.standing_id is None:
        return
    standing = round_at_work.current(desk.round.standing_id)
    if standing is None:
        return
    frame.section(text("ui.after.title"))
    if may_record:
        with st.container(horizontal=True, gap="small"):
            undo.buttons(desk.round.id, keep=(f"action.{do.RecordDecision.code}",))
    _events(standing)
    at = table_choice.table(desk, "standing_table")
    menu = _menu() if may_record else ()

    def asked_for(event: table.Event) -> None:
        st.session_state["of_round:after"] = (event.action, int(event.subject))

    table.show(rosters.roster_table(standing, at, editable=False, menu=menu), key="standing", on_action=asked_for)
    if standing.rules.ordered_deputies:
        shown = rosters.deputy_table(standing, at, editable=False, menu=menu)
        table.show(shown, key="standing_deputies", on_action=asked_for)
    if desk.round.erased != "all":
        _failing(standing, at)
    if may_record:
        vacancies.show(standing, at)
    asked = st.session_state.pop("of_round:after", None)
    if asked is not None:
        _ask(standing, asked[1], asked[0])


def _failing(desk: Desk, at: str) -> None:
    """Requirements that the roster that sits now does not keep: something may have changed since the decision."""
    for one in standings.requirements(desk, desk.rows_of(at).standings(desk.chosen), at):
        if not one.holds:
            st.warning(
                plain(f"{one.title}, {one.body}: {one.standing}" if one.body else f"{one.title}: {one.standing}")
            )


def _menu() -> list[Action]:
    return [Action(kind, text(f"ui.after.{kind}")) for kind in KINDS]


def _ask(desk: Desk, application_id: int, kind: str) -> None:
    person = desk.by_id[application_id]

    @st.dialog(text(f"ui.after.{kind}.title"), width="medium")
    def dialog() -> None:
        st.markdown(f"**{plain(person.name)}**")
        if kind == "elected":
            edits.show_effects(desk, effects.of_election(desk, application_id))
        else:
            edits.show_effects(desk, effects.of_change(desk, desk.roster.without(person.person_key)))
        on = st.date_input(text("ui.after.date"), dt.date.today(), format="DD.MM.YYYY")
        section = (
            st.text_input(text("ui.after.section"), max_chars=40, key="after_section") if kind != "elected" else ""
        )
        reason = st.text_input(text("ui.reason"), max_chars=300, key="after_reason") if kind != "elected" else ""
        if st.button(text("ui.after.do"), type="primary"):
            made: do.Action = do.ElectedToCouncil(round_id=desk.round.id, application_id=application_id, date=on)
            if kind != "elected":
                action = do.RecordRefusal if kind == "refusal" else do.RecordResignation
                made = action(
                    round_id=desk.round.id, application_id=application_id, date=on, section=section, reason=reason
                )
            session.act(made, told=text("ui.after.recorded"), revision=desk.round.revision)
            st.rerun()

    dialog()
