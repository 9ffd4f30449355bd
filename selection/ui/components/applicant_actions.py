"""What can be done with an applicant outside of a roster: seat, lock, set aside, take back in; adding one by hand."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from selection import actions as do
from selection.model.people import Role
from selection.model.titles import table_title
from selection.model.vocabulary import VOCABULARY
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.texts import label, text
from selection.ui import rosters, session
from selection.ui.components import answer_news, card, edits
from selection.ui.components.table import Action
from selection.ui.text import plain

#: What the actions that note a contact begin with.
CONTACT = "contact_"


def menu(desk: Desk, person: do.ApplicationRow, seat: do.Seat | None) -> list[Action]:
    """What the menu of an applicant offers."""
    if person.status == "set_aside":
        return [Action("restore", text("ui.apply.restore"))]
    if desk.round.state == "decided":
        return contacts(person) if seat is not None else [Action("aside", text("ui.apply.aside"), look="danger")]
    if seat is not None:
        _, items = rosters.actions(desk, person, seat.role)
        kept = [item for item in items if item.id != "card"]
        return [*contacts(person), *kept]
    items = []
    if desk.version is not None:
        items.append(Action("why_not", text("ui.apply.why_not")))
        items.append(Action("move", text("ui.apply.seat")))
    lock = desk.lock_of.get(person.id)
    if lock is not None:
        items.append(Action("unlock", text("ui.act.unlock")))
    items.append(Action("lock_seat", text("ui.apply.lock")))
    items.append(Action("out", text("ui.act.out"), look="danger"))
    items.append(Action("aside", text("ui.apply.aside"), look="danger"))
    return items


def looking(desk: Desk, seat: do.Seat | None) -> list[Action]:
    """What the menu of an applicant offers to who only reads: why, or why not."""
    if desk.version is None or desk.round.erased:
        return []
    return [Action("why", text("ui.act.why"))] if seat is not None else [Action("why_not", text("ui.apply.why_not"))]


def contacts(person: do.ApplicationRow) -> list[Action]:
    """Noting how a call with somebody proposed went, in one click."""
    now = person.contact.status if person.contact is not None else None
    return [
        Action(f"{CONTACT}{status}", text("ui.apply.contact", status=text(f"ui.contact.{status}")))
        for status in card.CONTACTS
        if status is not None and status != now
    ]


def _contacted(
    desk: Desk, person: do.ApplicationRow, status: Literal["asked", "agreed", "declined", "withdrawn"]
) -> None:
    note = person.contact.note if person.contact is not None else ""
    action = do.SetContact(round_id=desk.round.id, application_id=person.id, status=status, note=note)
    told = text(f"ui.apply.is_{status}", name=plain(person.name))
    answer_news.note(desk, action, told, revision=session.drawn(desk.round))
    st.rerun()


def ask(desk: Desk, application_id: int, action: str) -> None:
    """Do what was chosen, or ask what it needs first."""
    person = desk.by_id[application_id]
    lock = desk.lock_of.get(application_id)
    if action == "restore":
        session.act(
            do.Restore(round_id=desk.round.id, application_id=application_id),
            told=text("ui.apply.restored", name=plain(person.name)),
        )
        st.rerun()
    elif action == "unlock" and lock is not None:
        session.act(
            do.Unlock(round_id=desk.round.id, lock_id=lock.id), told=text("ui.lock.off", name=plain(person.name))
        )
        st.rerun()
    elif action.startswith(CONTACT):
        for status in card.CONTACTS:
            if status is not None and action == f"{CONTACT}{status}":
                _contacted(desk, person, status)
    elif action == "lock_seat":
        _lock(desk, person)
    elif action == "aside":
        _aside(desk, person)
    elif action in ("why", "why_not"):
        from selection.ui.components import reasons

        reasons.why(desk, application_id)


def _place(desk: Desk, label: str, key: str) -> tuple[str, Role] | None:
    roles = [Role.MEMBER, Role.DEPUTY] if desk.rules.has(Role.DEPUTY) else [Role.MEMBER]
    places = [(table, role) for table in desk.rules.table_ids for role in roles]
    return st.selectbox(
        label,
        places,
        index=None,
        key=key,
        format_func=lambda one: f"{table_title(desk.rules, one[0])}: {words.role_name(one[1])}",
        placeholder=text("ui.edit.choose"),
    )


def _lock(desk: Desk, person: do.ApplicationRow) -> None:
    @st.dialog(text("ui.apply.lock_title"))
    def dialog() -> None:
        st.markdown(f"**{plain(person.name)}**")
        st.markdown(text("ui.apply.lock_note"))
        place = _place(desk, text("ui.edit.to"), "lock_place")
        reason = edits.ask_reason("lock")
        if st.button(text("ui.apply.do_lock"), type="primary", disabled=place is None) and place is not None:
            action = do.LockSeat(
                round_id=desk.round.id, application_id=person.id, table=place[0], role=place[1], reason=reason
            )
            session.act(action, told=text("ui.lock.on", name=plain(person.name)))
            st.rerun()

    dialog()


def _aside(desk: Desk, person: do.ApplicationRow) -> None:
    @st.dialog(text("ui.findings.aside_title"))
    def dialog() -> None:
        st.markdown(f"**{plain(person.name)}**")
        st.markdown(text("ui.findings.aside_note"))
        reason = st.text_input(text("ui.reason"), max_chars=300, key="aside_why")
        if st.button(text("ui.findings.do_aside"), type="primary"):
            session.act(
                do.SetAside(round_id=desk.round.id, application_id=person.id, reason=reason),
                told=text("ui.findings.set_aside", name=plain(person.name)),
            )
            st.rerun()

    dialog()


def add_by_hand(desk: Desk) -> None:
    """A form for a person who is not in any file, such as one named by the youth council."""
    with st.expander(text("ui.add.title")), st.form("add_person", border=False, clear_on_submit=True):
        later = desk.round.state == "decided"
        st.caption(text("ui.add.note_later" if later else "ui.add.note"))
        name = st.text_input(text("ui.add.name"), max_chars=200)
        place = _place(desk, text("ui.add.later" if later else "ui.add.place"), "add_place")
        beside = st.checkbox(text("ui.add.beside"), help=text("ui.add.beside_help"))
        year, gender = st.columns(2)
        birth_year = year.text_input(words.field_name("birth_year"), max_chars=4)
        kind = gender.selectbox(
            words.field_name("gender"),
            [None, *VOCABULARY["gender"]],
            format_func=lambda one: text("ui.card.unknown") if one is None else label("gender", one),
        )
        reason = st.text_input(text("ui.reason"), max_chars=300)
        if not st.form_submit_button(text("ui.add.do")):
            return
    values: dict[str, tuple[str, ...]] = {"gender": (kind,)} if kind else {}
    person = do.PersonIn(
        name=name.strip(), birth_year=int(birth_year) if birth_year.isdecimal() else None, values=values
    )
    table, role = place if place is not None else (None, Role.MEMBER)
    action = do.AddPerson(round_id=desk.round.id, person=person, beside=beside, table=table, role=role, reason=reason)
    session.act(action, told=text("ui.add.added", name=plain(name)))
    st.rerun()
