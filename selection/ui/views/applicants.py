"""Applicants: everybody in one table, searched and filtered, each with a card; people added by hand."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from selection import actions as do
from selection.model.titles import table_title
from selection.rounds import applicant_search, words
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import rosters, round_at_work, session
from selection.ui.components import applicant_actions, card, edits, erased, frame, role_pages, table
from selection.ui.text import number

#: Rows of one page of the table.
PAGE = 50


def _row(desk: Desk, person: do.ApplicationRow, prepares: bool) -> table.Row:
    seat = desk.roster.seat_of(person.person_key)
    badges = rosters.badges(desk, person)
    if person.status == "set_aside":
        badges.insert(0, table.Badge(text("ui.applicants.set_aside"), "warn"))
        standing = card.set_aside_reason(desk, person)
    elif seat is not None:
        standing = f"{table_title(desk.rules, seat.table)}: {words.role_name(seat.role)}"
    else:
        standing = rosters.unseated(desk) if desk.version is not None else ""
    buttons = [table.Action("card", text("ui.applicants.card"))]
    menu = applicant_actions.looking(desk, seat)
    if prepares:
        called = applicant_actions.contacts(person) if seat is not None else []
        menu = applicant_actions.menu(desk, person, seat) if desk.may_change(person.id) else called
    cells: list[table.Content] = [
        table.Cell(person.name, strong=True, sub=(rosters.about(desk, person),)),
        ", ".join(table_title(desk.rules, wish) for wish in person.as_applicant().wishes),
        table.Cell(standing, badges=badges),
        table.Cell(id=str(person.id), name=person.name, buttons=buttons, menu=menu),
    ]
    return table.Row(str(person.id), cells, tone="off" if person.status == "set_aside" else "")


def _clicked(desk: Desk) -> Callable[[table.Event], None]:
    def handle(event: table.Event) -> None:
        if event.subject.isdecimal() and int(event.subject) in desk.by_id:
            st.session_state["of_round:applicant"] = (event.action, int(event.subject))

    return handle


def _filters(desk: Desk) -> list[do.ApplicationRow]:
    store, user = session.store(), session.user()
    details = do.may(store, user, do.Right.DETAILS, desk.round.id)
    findings = do.findings(store, user, desk.round.id, open_only=True) if details else []
    waiting = frozenset(one.application_id for one in findings if one.application_id is not None)
    search, at, in_state = st.columns([3, 2, 2])
    sought = search.text_input(
        text("ui.applicants.search"), placeholder=text("ui.applicants.search_example"), key="sought"
    )
    tables = [None, *desk.rules.table_ids]
    at_table = at.selectbox(
        text("ui.applicants.table"),
        tables,
        key="at_table",
        format_func=lambda one: text("ui.applicants.any_table") if one is None else table_title(desk.rules, one),
    )
    state = in_state.selectbox(
        text("ui.applicants.state"),
        [one for one in applicant_search.STATES if details or one != "open"],
        key="in_state",
        format_func=lambda one: _state_name(desk, one),
    )
    return applicant_search.chosen(desk, sought, at_table, state, waiting)


def _state_name(desk: Desk, state: str) -> str:
    if state == "unseated" and desk.round.state == "decided":
        return text("ui.applicants.state.unseated.decided")
    return text(f"ui.applicants.state.{state}")


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.applicants"), text("ui.applicants.lede"))
    row = session.round_row()
    desk = round_at_work.require(row.standing_id if row is not None and row.state == "decided" else None)
    if erased.everybody(desk.round):
        return
    prepares = role_pages.prepares(desk.round.id)
    if not desk.people:
        frame.missing("applications", "importing")
    else:
        found = _filters(desk)
        pages = max(1, -(-len(found) // PAGE))
        st.caption(text("ui.applicants.found", n=len(found), all=number(len(desk.people))))
        at = min(int(st.session_state.get("applicants_page", 1)), pages)
        heads = [
            table.Column(text("ui.applicants.name"), head=True, kind="bare", width="30%"),
            table.Column(text("ui.applicants.wishes"), width="20%"),
            table.Column(text("ui.applicants.standing")),
            table.Column(text("ui.applicants.actions"), kind="bare", width="8rem"),
        ]
        rows = [_row(desk, person, prepares) for person in found[(at - 1) * PAGE : at * PAGE]]
        table.show(
            table.Table(text("ui.page.applicants"), heads, rows, empty=text("ui.applicants.nobody")),
            key="applicants",
            on_action=_clicked(desk),
        )
        if pages > 1:
            st.pagination(pages, key="applicants_page")
    if prepares and (desk.round.state == "draft" or (desk.round.state == "decided" and desk.round.erased != "all")):
        applicant_actions.add_by_hand(desk)
    asked = st.session_state.pop("of_round:applicant", None)
    if asked is not None:
        action, person_id = asked
        if action == "card":
            card.show(desk, person_id)
        elif action in ("swap", "move", "deputy", "remove", "out"):
            ask = {"swap": edits.swap, "move": edits.move, "deputy": edits.deputy, "remove": edits.remove}
            ask.get(action, edits.keep_out)(desk, person_id)
        else:
            applicant_actions.ask(desk, person_id, action)


page()
