"""Dialogs that change a roster: each shows what it does before it is done, and asks why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from selection import actions as do
from selection.explain.substitution import Choice
from selection.model.people import Role
from selection.model.titles import table_title
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import effects, rosters, round_at_work, session
from selection.ui.components import substitutes
from selection.ui.text import escape, plain


def of_trial(desk: Desk) -> int | None:
    """The version that a change is made in: a trial, or ``None`` for the draft."""
    return desk.version.id if desk.version is not None and not desk.version.current else None


def reason_default() -> str:
    """The reason offered: the one given last in this session."""
    return str(st.session_state.get("reason") or text("ui.reason.default"))


def ask_reason(key: str) -> str:
    """A field for the reason."""
    given = st.text_input(text("ui.reason"), value=reason_default(), max_chars=300, key=f"reason_{key}")
    st.session_state["reason"] = given
    return given


def show_effects(desk: Desk, found: Sequence[effects.Effect]) -> None:
    """Requirements and goals that would get worse or better; those that only move within their range are folded."""
    moved = [one for one in found if one.direction]
    within = [one for one in found if not one.direction]
    several = len({one.table for one in found}) > 1
    parts = []
    if moved:
        parts.append(f'<p class="k-effects-title">{escape(text("ui.effect.title"))}</p>{_list(desk, moved, several)}')
    else:
        parts.append(f'<p class="k-effects-none">{escape(text("ui.effect.none"))}</p>')
    if within:
        summary = escape(text("ui.effect.within", n=len(within)))
        parts.append(f'<details class="k-details"><summary>{summary}</summary>{_list(desk, within, several)}</details>')
    st.html("".join(parts))


def _list(desk: Desk, found: Sequence[effects.Effect], several: bool) -> str:
    marks = {-1: "bad", 0: "", 1: "good"}
    lines = []
    for one in found:
        table = table_title(desk.rules, one.table) if one.table and several else ""
        where = f"<small>{escape(table)}</small>" if table else ""
        lines.append(f'<li class="{marks[one.direction]}">{where}{escape(one.words)}</li>')
    return f'<ul class="k-effects">{"".join(lines)}</ul>'


def perform(desk: Desk, action: do.Action, told: str) -> None:
    """Do an action as of the desk that was shown: who was overtaken by somebody else is told, and nothing is lost."""
    if session.act(action, told=told, revision=desk.round.revision) is None:
        _tell_difference(desk)
    st.rerun()


def _tell_difference(desk: Desk) -> None:
    """After a refusal: who came, went or changed seats since the roster was shown."""
    now = round_at_work.current(of_trial(desk))
    if now is None:
        return
    found = desk.roster.compare(now.roster)
    lines = [text("ui.overtaken.came", **_seated(now, seat)) for seat in found.came]
    lines += [text("ui.overtaken.went", **_seated(now, seat)) for seat in found.went]
    lines += [text("ui.overtaken.moved", **_seated(now, seat)) for _, seat in found.moved]
    if lines:
        session.tell("info", "\n".join(f"- {line}" for line in lines))


def _seated(desk: Desk, seat: do.Seat) -> dict[str, str]:
    """A person and a seat in words, shown letter by letter."""
    person = desk.people.get(seat.person)
    name = person.name if person is not None else text("ui.erased_person")
    where = f"{table_title(desk.rules, seat.table)}: {words.role_name(seat.role)}"
    return {"name": plain(name), "seat": plain(where)}


def _person(desk: Desk, application_id: int) -> None:
    person = desk.by_id[application_id]
    st.markdown(f"**{plain(person.name)}**")
    st.caption(plain(rosters.about(desk, person)))


def candidates(desk: Desk, table: str, role: Role, *, seated: bool) -> list[int]:
    """Ids of those who accept a seat at a table in a role, seated elsewhere or not, in alphabetical order."""
    index = desk.pool.tables.index(table)
    taken = set(desk.roster.people())
    keys = [
        desk.pool.applicants[one.applicant].key
        for one in desk.pool.candidates
        if one.table == index and one.role is role
    ]
    return [desk.people[key].id for key in rosters.by_name(desk, keys) if (key in taken) == seated]


def choice(
    desk: Desk, label: str, people: Sequence[int], key: str, notes: Mapping[int, str] | None = None
) -> int | None:
    """Choose one of some people; ``notes`` say something of each."""

    def shown(application_id: int) -> str:
        person = desk.by_id[application_id]
        note = f" – {notes[application_id]}" if notes else ""
        return f"{person.name} ({rosters.about(desk, person)}){note}"

    return st.selectbox(label, people, index=None, format_func=shown, key=key, placeholder=text("ui.edit.choose"))


def swap(desk: Desk, application_id: int) -> None:
    """Somebody else in a person's seat: anybody who can take it, a deputy who rises among them, the best first."""

    @st.dialog(text("ui.edit.swap"), width="medium")
    def ask() -> None:
        _person(desk, application_id)
        seat = desk.seat_of(application_id)
        if seat is None:
            return
        if seat.role is Role.RESERVE or seat.person not in desk.pool.places:
            _swap_uncounted(desk, application_id, seat)
        elif (one := substitutes.choose(desk, seat)) is not None:
            _swap_best(desk, application_id, one)

    ask()


def _swap_uncounted(desk: Desk, application_id: int, seat: do.Seat) -> None:
    """Somebody else in reserve, or for somebody who is no applicant any more: nothing is counted that could rank, so in
    alphabetical order."""
    role = Role.MEMBER if seat.role is Role.RESERVE else seat.role
    people = candidates(desk, seat.table, role, seated=False)
    into = choice(desk, text("ui.edit.into"), people, "swap_into")
    if into is None:
        return
    show_effects(desk, effects.of_change(desk, desk.roster.swap(seat.person, desk.by_id[into].person_key)))
    reason = ask_reason("swap")
    if st.button(text("ui.edit.do_swap"), type="primary"):
        _do_swap(desk, application_id, into, reason)


def _swap_best(desk: Desk, application_id: int, one: Choice) -> None:
    """The effect of who was chosen, and the button that takes them."""
    leaving, personal = desk.by_id[application_id].person_key, desk.rules.deputies.personal
    after = substitutes.roster_with(desk.roster, leaving, one, personal=personal)
    show_effects(desk, effects.of_change(desk, after))
    reason = ask_reason("swap")
    if not st.button(text("ui.edit.do_swap"), type="primary"):
        return
    if one.rises:
        action = do.TakeRoster(round_id=desk.round.id, roster=after, reason=reason, version_id=of_trial(desk))
        perform(desk, action, text("ui.edit.swapped"))
    else:
        _do_swap(desk, application_id, desk.people[one.key].id, reason)


def _do_swap(desk: Desk, out: int, into: int, reason: str) -> None:
    action = do.Swap(round_id=desk.round.id, out=out, into=into, reason=reason, version_id=of_trial(desk))
    perform(desk, action, text("ui.edit.swapped"))


def move(desk: Desk, application_id: int) -> None:
    """A person to another table or role."""

    @st.dialog(text("ui.edit.move"), width="medium")
    def ask() -> None:
        _person(desk, application_id)
        key = desk.by_id[application_id].person_key
        seat = desk.seat_of(application_id)
        roles = [Role.MEMBER, Role.DEPUTY] if desk.rules.has(Role.DEPUTY) else [Role.MEMBER]
        here = (seat.table, seat.role) if seat is not None else None
        places = [(table, role) for table in desk.rules.table_ids for role in roles if (table, role) != here]
        place = st.selectbox(
            text("ui.edit.to"),
            places,
            index=None,
            format_func=lambda one: f"{table_title(desk.rules, one[0])}: {words.role_name(one[1])}",
            placeholder=text("ui.edit.choose"),
        )
        if place is None:
            return
        table, role = place
        partner: int | None = None
        if role is Role.DEPUTY:
            paired = {one.deputy_of for one in desk.roster.at(table, Role.DEPUTY)} - {key}
            alone = [one.person for one in desk.roster.at(table, Role.MEMBER) if one.person not in {*paired, key}]
            partner = choice(
                desk,
                text("ui.edit.deputy_of"),
                [desk.people[one].id for one in rosters.by_name(desk, alone)],
                "move_of",
            )
        moved = desk.roster.seat(key, table, role, desk.by_id[partner].person_key if partner is not None else None)
        show_effects(desk, effects.of_change(desk, moved))
        reason = ask_reason("move")
        if st.button(text("ui.edit.do_move"), type="primary"):
            action = do.MovePerson(
                round_id=desk.round.id,
                application_id=application_id,
                table=table,
                role=role,
                deputy_of=partner,
                reason=reason,
                version_id=of_trial(desk),
            )
            perform(desk, action, text("ui.edit.moved"))

    ask()


def deputy(desk: Desk, application_id: int) -> None:
    """Another personal deputy for a member."""

    @st.dialog(text("ui.edit.deputy"), width="medium")
    def ask() -> None:
        _person(desk, application_id)
        seat = desk.seat_of(application_id)
        if seat is None:
            return
        now = desk.roster.deputy_of(seat.person)
        others = [one.person for one in desk.roster.at(seat.table, Role.DEPUTY) if now is None or one != now]
        people = [desk.people[one].id for one in rosters.by_name(desk, others)]
        people += candidates(desk, seat.table, Role.DEPUTY, seated=False)
        chosen = choice(desk, text("ui.edit.new_deputy"), people, "deputy_new")
        if chosen is None:
            return
        show_effects(desk, effects.of_change(desk, desk.roster.pair(seat.person, desk.by_id[chosen].person_key)))
        reason = ask_reason("deputy")
        if st.button(text("ui.edit.do_deputy"), type="primary"):
            action = do.ChangeDeputy(
                round_id=desk.round.id, member=application_id, deputy=chosen, reason=reason, version_id=of_trial(desk)
            )
            perform(desk, action, text("ui.edit.deputy_changed"))

    ask()


def remove(desk: Desk, application_id: int) -> None:
    """Leave a person's seat vacant."""
    key = desk.by_id[application_id].person_key
    _confirm(
        desk,
        application_id,
        "remove",
        desk.roster.without(key),
        lambda reason: do.RemoveFromSeat(
            round_id=desk.round.id, application_id=application_id, reason=reason, version_id=of_trial(desk)
        ),
    )


def keep_out(desk: Desk, application_id: int) -> None:
    """Lock a person out of the coming proposals; the seat held now stays until then."""
    _confirm(
        desk,
        application_id,
        "out",
        None,
        lambda reason: do.KeepOut(round_id=desk.round.id, application_id=application_id, reason=reason),
    )


def _confirm(
    desk: Desk, application_id: int, what: str, roster: do.Roster | None, make: Callable[[str], do.Action]
) -> None:
    @st.dialog(text(f"ui.edit.{what}"), width="medium")
    def ask() -> None:
        _person(desk, application_id)
        st.markdown(text(f"ui.edit.{what}.note"))
        if roster is not None:
            show_effects(desk, effects.of_change(desk, roster))
        reason = ask_reason(what)
        if st.button(text(f"ui.edit.{what}.do"), type="primary"):
            perform(desk, make(reason), text(f"ui.edit.{what}.done"))

    ask()
