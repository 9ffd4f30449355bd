"""After the decision: refusals, resignations, vacant seats filled, members elected to the council."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from selection import actions as do
from selection.pool import Role
from selection.texts import text
from selection.ui import desk as desks
from selection.ui import effects, rosters, session, standings, words
from selection.ui.components import choosing, edits, frame, table
from selection.ui.components.table import Action
from selection.ui.desk import Desk
from selection.ui.text import day, plain

KINDS = ("refusal", "resignation", "elected")


def name_of(desk: Desk, key: str) -> str:
    """A person's name, or that it was erased."""
    return desk.people[key].name if key in desk.people else text("ui.erased_person")


def seat_of(desk: Desk, seat: do.Seat) -> str:
    """A seat in words, with the member whose deputy this is."""
    where = f"{words.table_name(seat.table)}: {words.role_name(seat.role)}"
    if seat.deputy_of is not None:
        return text("ui.compare.deputy_of", seat=where, name=name_of(desk, seat.deputy_of))
    return where


def difference(desk: Desk, found: do.Difference, sides: tuple[str, str] | None = None, key: str = "difference") -> None:
    """Who comes, who goes, who changes places, as a table; ``sides`` name the two rosters (``ui.side``)."""
    titles = ("ui.compare.first", "ui.compare.second") if sides is None else tuple(f"ui.side.{one}" for one in sides)
    rows = [(seat.person, "came", "", seat_of(desk, seat)) for seat in found.came]
    rows += [(seat.person, "went", seat_of(desk, seat), "") for seat in found.went]
    rows += [(was.person, "moved", seat_of(desk, was), seat_of(desk, now)) for was, now in found.moved]
    rows.sort(key=lambda row: rosters.surname_first(name_of(desk, row[0])))
    tones = {"came": "good", "went": "bad", "moved": ""}
    heads = [
        table.Column(text("ui.compare.person"), head=True),
        table.Column(text("ui.compare.change")),
        *(table.Column(text(title)) for title in titles),
    ]
    shown = []
    for person, what, before, after in rows:
        badge = table.Badge(text(f"ui.compare.{what}"), tones[what])
        cells: list[table.Content] = [
            table.Cell(name_of(desk, person), strong=True),
            table.Cell(badges=[badge]),
            before or "–",
            after or "–",
        ]
        shown.append(table.Row(person, cells))
    caption = text("ui.compare.people", n=len(shown))
    table.show(table.Table(caption, heads, shown, empty=text("ui.compare.same_people")), key=key)


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
                f"{words.table_name(one.table)}: {words.role_name(one.role)}" if one.table and one.role else "–",
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
    standing = desks.current(desk.round.standing_id)
    if standing is None:
        return
    frame.section(text("ui.after.title"))
    _events(standing)
    at = choosing.table(desk, "standing_table")
    shown = rosters.roster_table(standing, at, editable=False, menu=_menu() if may_record else ())
    table.show(
        shown,
        key="standing",
        on_action=lambda event: st.session_state.__setitem__("of_round:after", (event.action, int(event.subject))),
    )
    _failing(standing, at)
    if may_record:
        _vacancies(standing, at)
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
            edits.show_effects(effects.of_election(desk, application_id))
        else:
            edits.show_effects(effects.of_change(desk, desk.roster.without(person.person_key)))
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


def _vacancies(desk: Desk, at: str) -> None:
    """Seats that were decided and are vacant now, each with who could take it."""
    decision = do.decision(session.store(), session.user(), desk.round.id)
    if decision is None:
        return
    decided = do.version(session.store(), session.user(), desk.round.id, decision.version_id)
    for role in (Role.MEMBER, Role.DEPUTY):
        vacant = len(decided.roster.at(at, role)) - len(desk.roster.at(at, role))
        if vacant > 0:
            said = text("ui.after.vacant", n=vacant, role=words.role_name(role))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(f'<p class="k-tight">{said}</p>', width="stretch")
                if st.button(text("ui.after.fill"), key=f"fill_{role.value}"):
                    _fill(desk, at, role)


def _fill(desk: Desk, at: str, role: Role) -> None:
    @st.dialog(text("ui.after.fill_title"), width="medium")
    def dialog() -> None:
        rising = _rising(desk, at) if role is Role.MEMBER else {}
        outside = edits.candidates(desk, at, role, seated=False)
        notes = {**{one: text("ui.after.outside") for one in outside}, **rising}
        people = list(dict.fromkeys([*rising, *outside]))
        into = edits.choice(desk, text("ui.after.into"), people, "fill_into", notes)
        if into is None:
            return
        key = desk.by_id[into].person_key
        partner: str | None = None
        if role is Role.DEPUTY and desk.rules.deputies.personal:
            paired = {one.deputy_of for one in desk.roster.at(at, Role.DEPUTY)}
            alone = [one.person for one in desk.roster.at(at, Role.MEMBER) if one.person not in paired]
            partner = alone[0] if alone else None
        edits.show_effects(effects.of_change(desk, desk.roster.seat(key, at, role, partner)))
        on = st.date_input(text("ui.after.date"), dt.date.today(), format="DD.MM.YYYY", key="fill_date")
        section = st.text_input(text("ui.after.section"), max_chars=40, key="fill_section")
        reason = st.text_input(text("ui.reason"), max_chars=300, key="fill_reason")
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


def _rising(desk: Desk, at: str) -> dict[int, str]:
    """Who sits at the table as a deputy or waits as a reserve, with what each is: first the deputy left without a
    member, whose place in the order it is."""
    members = {seat.person for seat in desk.roster.at(at, Role.MEMBER)}
    own, others = {}, {}
    for seat in desk.roster.at(at):
        if seat.role is Role.MEMBER or seat.person not in desk.people:
            continue
        person = desk.people[seat.person].id
        if seat.role is Role.DEPUTY and desk.rules.deputies.personal and seat.deputy_of not in members:
            own[person] = text("ui.after.own_deputy")
        else:
            others[person] = words.role_name(seat.role)
    return own | others
