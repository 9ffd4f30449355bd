"""Vacant seats after the decision: filled one by one, or all at once by the least change."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from selection import actions as do
from selection.model.deputy_orders import deputy_orders
from selection.model.people import Role
from selection.model.titles import seat_title
from selection.rounds import answers, vacancy_effects, words
from selection.rounds.desk import Desk
from selection.rounds.version_state import seats_of
from selection.texts import text
from selection.ui import effects, navigation, questions, session
from selection.ui.components import conflicts, edits, offers, role_pages
from selection.ui.job_worker import Job
from selection.ui.text import plain

#: Who may come into vacant seats; after a supplementary call also only those of it.
AMONG, LATER = ("everybody", "reserves"), "later"


def show(desk: Desk, at: str) -> None:
    """Seats that were decided and are vacant now: those of one table one by one, those of all tables at once."""
    decision = do.decision(session.store(), session.user(), desk.round.id)
    if decision is None:
        return
    decided = do.version(session.store(), session.user(), desk.round.id, decision.version_id).roster
    for role in (Role.MEMBER, Role.DEPUTY):
        vacant = _vacant(desk, decided, at, role)
        if vacant:
            said = text("ui.after.vacant", n=vacant, role=words.role_name(role))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(f'<p class="k-tight">{said}</p>', width="stretch")
                if st.button(text("ui.after.fill"), key=f"fill_{role.value}"):
                    _fill(desk, at, role)
    if any(_vacant(desk, decided, one, role) for one in desk.rules.table_ids for role in (Role.MEMBER, Role.DEPUTY)):
        _at_once(desk)
        if not do.may(session.store(), session.user(), do.Right.PREPARE, desk.round.id):
            roles = role_pages.roles_with(do.Right.PREPARE)
            st.caption(plain(text("ui.supplement.by", roles=roles)))
        elif st.button(text("ui.supplement.go"), key="supplement"):
            st.switch_page(navigation.page("importing"))


def _vacant(desk: Desk, decided: do.Roster, at: str, role: Role) -> int:
    return max(0, len(decided.at(at, role)) - len(desk.roster.at(at, role)))


def _gone(desk: Desk) -> frozenset[str]:
    """Keys of those who refused or resigned and have no seat since, under every application of theirs."""
    left = do.departed(session.store(), session.user(), desk.round.id)
    return frozenset(key for key, one in desk.people.items() if one.id in left)


def _fill(desk: Desk, at: str, role: Role) -> None:
    @st.dialog(text("ui.after.fill_title"), width="medium")
    def dialog() -> None:
        rising = _rising(desk, at) if role is Role.MEMBER else {}
        gone = _gone(desk)
        outside = [
            one for one in edits.candidates(desk, at, role, seated=False) if desk.by_id[one].person_key not in gone
        ]
        notes = {**{one: text("ui.after.outside") for one in outside}, **rising}
        people = list(dict.fromkeys([*rising, *outside]))
        partner: str | None = None
        if role is Role.DEPUTY and desk.rules.deputies.personal:
            paired = {one.deputy_of for one in desk.roster.at(at, Role.DEPUTY)}
            alone = [one.person for one in desk.roster.at(at, Role.MEMBER) if one.person not in paired]
            partner = alone[0] if alone else None
        told = session.remembered(
            "vacancy_effects",
            (desk.round.revision, at, role, partner),
            lambda: vacancy_effects.of(desk, [desk.by_id[one].person_key for one in people], at, role, partner),
        )
        for one in people:
            notes[one] = f"{notes[one]}; {vacancy_effects.words(told[desk.by_id[one].person_key])}"
        into = edits.choice(desk, text("ui.after.into"), people, "fill_into", notes)
        if into is None:
            return
        key = desk.by_id[into].person_key
        if told[key].breaks:
            st.warning(text("ui.after.breaks", n=told[key].breaks))
        edits.show_effects(desk, effects.of_change(desk, desk.roster.seat(key, at, role, partner)))
        on, section, reason = _ask("fill")
        if st.button(text("ui.after.fill"), type="primary"):
            made = do.Replace(
                round_id=desk.round.id,
                application_id=into,
                table=at,
                role=role,
                deputy_of=desk.people[partner].id if partner is not None else None,
                date=on,
                section=section,
                reason=reason,
            )
            session.act(made, told=text("ui.after.filled"), revision=desk.round.revision)
            st.rerun()

    dialog()


def _ask(key: str) -> tuple[dt.date, str, str]:
    """The day, the § and the reason of what is recorded."""
    on = st.date_input(text("ui.after.date"), dt.date.today(), format="DD.MM.YYYY", key=f"{key}_date")
    section = st.text_input(text("ui.after.section"), max_chars=40, key=f"{key}_section")
    return on, section, st.text_input(text("ui.reason"), max_chars=300, key=f"{key}_reason")


def _rising(desk: Desk, at: str) -> dict[int, str]:
    """Who sits at the table as a deputy or waits as a reserve, with what each is: first the deputy left without a
    member, whose place in the order it is, or deputies in the order in which they rise."""
    members = {seat.person for seat in desk.roster.at(at, Role.MEMBER)}
    own, others = {}, {}
    orders = deputy_orders(desk.rules, desk.roster.seats)
    for seat in desk.roster.at(at):
        if seat.role is Role.MEMBER or seat.person not in desk.people:
            continue
        person = desk.people[seat.person].id
        if (at, seat.person) in orders:
            own[person] = seat_title(seat.role, orders[at, seat.person])
        elif seat.role is Role.DEPUTY and desk.rules.deputies.personal and seat.deputy_of not in members:
            own[person] = text("ui.after.own_deputy")
        else:
            others[person] = words.role_name(seat.role)
    return own | others


def _at_once(desk: Desk) -> None:
    """All vacant seats by the least change: worked out, shown as a difference, then recorded."""
    with st.expander(text("ui.after.at_once")):
        st.caption(text("ui.after.at_once.note"))
        choices = (*AMONG, LATER) if _later(desk) else AMONG
        among = st.radio(
            text("ui.after.among"), choices, format_func=lambda one: text(f"ui.after.among.{one}"), key="fill_among"
        )
        rising = st.checkbox(text("ui.after.may_rise"), value=True, key="fill_rising")
        asked = (desk.round.id, desk.round.revision, among, rising)
        st.button(text("ui.after.work_out"), key="fill_at_once", on_click=_begin, args=(desk, asked))
        held = session.kept("vacancies")
        if held is not None and held[0] == asked:
            job: Job = held[1]
            seats = seats_of(desk, desk.roster)
            given, facts = None, conflicts.NONE
            if job.state == "failed":
                given, facts = answers.filling(**_arguments(desk, asked))
            if offers.finished(desk, job, given, seats, facts):
                _found(desk, job.result)


def _begin(desk: Desk, asked: tuple[int, int, str, bool]) -> None:
    arguments = _arguments(desk, asked)
    job = questions.start(desk.round.id, ("vacancies", *asked), "vacancies", answers.fill, arguments)
    session.keep("vacancies", (asked, job))


def _arguments(desk: Desk, asked: tuple[int, int, str, bool]) -> dict[str, Any]:
    *_, among, rising = asked
    reserves = tuple(seat.person for seat in desk.roster.seats if seat.role is Role.RESERVE)
    may_come = {"reserves": reserves, LATER: _later(desk)}
    return {
        "given": desk.given,
        "seats": seats_of(desk, desk.roster),
        "gone": _gone(desk),
        "among": may_come.get(among),
        "rising": rising,
    }


def _later(desk: Desk) -> tuple[str, ...]:
    """Keys of those in the pool who came after the decision."""
    return tuple(one.key for one in desk.pool.applicants if desk.came_later(desk.people[one.key].id))


def _found(desk: Desk, found: answers.Offer) -> None:
    roster = found.roster
    offers.gap(found)
    if not desk.roster.compare(roster).taken:
        st.info(text("ui.after.nobody"))
        return
    offers.difference(desk, roster, found.steps)
    on, section, reason = _ask("fill_all")
    if st.button(text("ui.after.fill_all"), type="primary", key="fill_all"):
        made = do.FillVacancies(round_id=desk.round.id, roster=roster, date=on, section=section, reason=reason)
        session.act(made, told=text("ui.after.all_filled"), revision=desk.round.revision)
        st.rerun()
