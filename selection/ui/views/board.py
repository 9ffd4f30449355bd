"""Board view: one screen a table, large type, nothing but what may be shown in the meeting."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selection import actions as do
from selection.model.people import Role
from selection.model.titles import table_title
from selection.outputs import law_words
from selection.rounds.desk import Desk
from selection.texts import label, text
from selection.ui import navigation, rosters, round_at_work, session, standings
from selection.ui.components import composition, erased, frame, panel, state_line, table_choice, unread
from selection.ui.components.composition import Goal
from selection.ui.text import escape

#: Goals of more values than this do not fit on the screen; the list of goals says how they stand.
FEW = 8


def public_name(desk: Desk, key: str) -> str:
    """What the public annex says of a person, as HTML: the name and, for representatives, the organisation below it."""
    person = desk.people.get(key)
    if person is None:
        return escape(text("ui.erased_person"))
    applicant = person.as_applicant()
    organisation = rosters.organisation_of(applicant) if applicant.value("kind") == "representative" else None
    return escape(person.name) + (f" <small>{escape(organisation)}</small>" if organisation else "")


def _names(desk: Desk, table: str) -> str:
    """Members beside their deputies, in alphabetical order, as HTML."""
    members = rosters.by_name(desk, [seat.person for seat in desk.roster.at(table, Role.MEMBER)])
    of_table = desk.roster.at(table, Role.DEPUTY)
    deputies = {seat.deputy_of: seat.person for seat in of_table if seat.deputy_of in members}
    loose = rosters.by_name(desk, [seat.person for seat in of_table if seat.person not in deputies.values()])
    has_deputies = desk.rules.deputies.personal and bool(desk.rules.aim(table, Role.DEPUTY))
    if desk.rules.ordered_deputies:
        loose = []
    heads = [text("ui.roster.member"), *([text("ui.roster.deputy")] if has_deputies else [])]
    rows = []
    for member in members:
        cells = f'<th scope="row">{public_name(desk, member)}</th>'
        if has_deputies:
            deputy = deputies.get(member)
            said = public_name(desk, deputy) if deputy is not None else escape(text("ui.roster.vacant"))
            cells += f"<td>{said}</td>"
        rows.append(f"<tr>{cells}</tr>")
    for deputy in loose:
        alone = escape(text("document.without_member"))
        rows.append(f'<tr><th scope="row">{alone}</th><td>{public_name(desk, deputy)}</td></tr>')
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    shown = f'<table class="k-table k-board"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    return shown + (_in_order(desk, table) if desk.rules.ordered_deputies else "")


def _in_order(desk: Desk, table: str) -> str:
    """Deputies in the order in which they rise, as HTML."""
    rows = "".join(
        f'<tr><td>{number}.</td><th scope="row">{public_name(desk, seat.person)}</th></tr>'
        for number, seat in enumerate(desk.roster.at(table, Role.DEPUTY), start=1)
    )
    heads = "".join(
        f'<th scope="col">{escape(name)}</th>' for name in (text("ui.roster.order"), label("seat", "deputy"))
    )
    return (
        f'<table class="k-table k-board"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>' if rows else ""
    )


def _gender(desk: Desk, table: str) -> str:
    """Women, men and others among members and deputies by the Equality Act, in numbers that add up; empty where the Act
    does not apply."""
    _, bodies = standings.law(desk)
    rows = []
    for one in bodies:
        if one.table == table:
            counts = (one.women, one.men, one.unstated, one.size)
            cells = "".join(f'<td class="n">{"–" if count is None else count}</td>' for count in counts)
            verdict = escape(law_words.verdict(one))
            rows.append(
                f'<tr><th scope="row">{escape(text(f"ui.seats.{one.role.value}"))}</th>{cells}<td>{verdict}</td></tr>'
            )
    if not rows:
        return ""
    heads = "".join(
        f'<th scope="col" class="n">{escape(text(f"ui.board.{name}"))}</th>'
        for name in ("women", "men", "others", "all")
    )
    heads += f'<th scope="col">{escape(text("ui.board.law"))}</th>'
    body = "".join(rows)
    return (
        f'<table class="k-table k-board k-board-figures"><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _composition(goals: Sequence[Goal]) -> None:
    """The pictures of goals; nothing where there are none."""
    if goals:
        frame.section(text("ui.composition.title"))
        composition.show(goals)


def _try(desk: Desk) -> None:
    made = session.act(do.CopyVersion(round_id=desk.round.id, name=text("ui.board.trial_name")))
    if made is not None:
        session.choose_version(made.id)


def page() -> None:
    """Draw the page."""
    row = session.round_row()
    desk = round_at_work.require(row.standing_id if row is not None else None)
    if erased.everybody(desk.round):
        return
    if desk.version is None:
        frame.heading(text("ui.page.board"))
        frame.missing("proposal", "proposal")
        return
    frame.large_type()
    state_line.show(desk)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="board_tools"):
        table = table_choice.table(desk, "board_table")
        hidden = st.toggle(text("ui.board.hide_names"), key="board_hidden")
        frame.heading(table_title(desk.rules, table))
        shown = standings.panel(desk, table)
        st.html(panel.summary(shown), width="content")
    unread.told(desk)
    if hidden:
        if gender := _gender(desk, table):
            frame.section(text("ui.board.gender"))
            st.html(gender)
        _composition(shown.goals)
    else:
        left, right = st.columns([3, 2], gap="large")
        left.html(_names(desk, table))
        with right:
            if gender := _gender(desk, table):
                st.html(gender)
            if shown.goals:
                st.html(panel.goals_html(shown))
            _composition([goal for goal in shown.goals if goal.priority == 1 and len(goal.lines) <= FEW])
    with st.container(horizontal=True, gap="medium"):
        if do.may(session.store(), session.user(), do.Right.TRY, desk.round.id) and st.button(text("ui.board.try")):
            _try(desk)
            st.switch_page(navigation.page("proposal"))
        st.page_link(navigation.page("proposal"), label=text("ui.board.leave"))


page()
