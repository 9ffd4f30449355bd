"""Twins: applications set aside as a second one of the same person, each with the one that is kept and a way back."""

from __future__ import annotations

import streamlit as st

from selection import actions as do
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import session
from selection.ui.components import frame, settlement, table
from selection.ui.text import plain

#: Rows shown at once.
SHOWN = 50


def pairs(desk: Desk) -> list[tuple[do.ApplicationRow, do.ApplicationRow | None]]:
    """Every application that was set aside as a duplicate, with its twin; ``None`` where that one is not known."""
    return [
        (person, desk.by_id.get(person.same_as_id or 0))
        for person in desk.people.values()
        if person.status == "set_aside" and person.set_aside_code == "duplicate"
    ]


def show(desk: Desk) -> None:
    """The table of twins; nothing where there are none."""
    found = pairs(desk)
    if not found:
        return
    frame.section(text("ui.twins.title", n=len(found)))
    st.caption(text("ui.twins.note"))
    heads = [
        table.Column(text("ui.findings.row"), kind="number", width="4rem"),
        table.Column(text("ui.twins.aside"), head=True, kind="bare", width="24%"),
        table.Column(text("ui.twins.kept")),
        table.Column(text("ui.findings.how"), kind="bare", width="34%"),
    ]
    rows = [_row(desk, person, twin) for person, twin in found[:SHOWN]]
    table.show(table.Table(text("ui.twins.caption"), heads, rows), key="twins", on_action=_clicked)
    if len(found) > SHOWN:
        st.caption(text("ui.findings.more", n=len(found) - SHOWN))


def _row(desk: Desk, person: do.ApplicationRow, twin: do.ApplicationRow | None) -> table.Row:
    buttons = []
    if desk.may_change(person.id):
        if twin is not None:
            buttons.append(table.Action("compare", text("ui.findings.compare")))
        buttons.append(table.Action("back", text("ui.twins.back")))
    kept = table.Cell(text("ui.twins.unknown"), quiet=True) if twin is None else table.Cell(_named(twin))
    why = (text("ui.applicants.set_aside_because", reason=person.set_aside_reason),) if person.set_aside_reason else ()
    cells: list[table.Content] = [
        str(person.origin.place) if person.origin is not None else "",
        table.Cell(person.name, strong=True, sub=why),
        kept,
        table.Cell(id=str(person.id), name=person.name, buttons=buttons),
    ]
    return table.Row(str(person.id), cells)


def _named(person: do.ApplicationRow) -> str:
    if person.origin is None:
        return person.name
    return text("ui.twins.at", name=person.name, row=person.origin.place)


def _clicked(event: table.Event) -> None:
    if event.subject.isdecimal():
        st.session_state["of_round:twin"] = (event.action, int(event.subject))


def ask(desk: Desk) -> None:
    """Do what was chosen: the two side by side, or both applications kept."""
    asked = st.session_state.pop("of_round:twin", None)
    person = desk.by_id.get(asked[1]) if asked is not None else None
    if asked is None or person is None:
        return
    twin = desk.by_id.get(person.same_as_id or 0)
    if asked[0] == "compare" and twin is not None:
        settlement.twice(desk, person, twin)
        return
    here = desk.round.id
    action: do.Action = (
        do.Restore(round_id=here, application_id=person.id)
        if twin is None
        else do.KeepBoth(round_id=here, first=person.id, second=twin.id)
    )
    session.act(action, told=text("ui.twins.is_back", name=plain(person.name)), revision=session.drawn(desk.round))
    st.rerun()
