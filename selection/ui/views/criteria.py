"""Selection criteria: seats, requirements and goals, each beside the applicants there are, changed in place."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from selection.explain.room import Room
from selection.model.criteria import Goal, Required, Requirement
from selection.model.people import Role
from selection.model.rows import TOGETHER
from selection.model.rules import Rules
from selection.model.titles import table_title, value_name
from selection.outputs.rule_words import held_in_words
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.texts import text
from selection.ui import round_at_work
from selection.ui.components import (
    areas,
    criteria,
    erased,
    everybody,
    frame,
    role_pages,
    rooms,
    rule_notes,
    rules_file,
    unread,
)
from selection.ui.components.composition import span
from selection.ui.text import day, escape, plain


def _each(rules: Rules, number: Callable[[str], int]) -> str:
    """A number of each table: once where all have the same."""
    of = {name: number(name) for name in rules.table_ids}
    if len(set(of.values())) == 1:
        return str(of[rules.table_ids[0]])
    return ", ".join(f"{table_title(rules, name)} {value}" for name, value in of.items())


def _seats(desk: Desk, editable: bool) -> None:
    rules = desk.rules
    frame.section(text("ui.criteria.seats"))
    facts = [
        ("members_least", _each(rules, rules.least)),
        ("members_aim", _each(rules, lambda name: rules.aim(name, Role.MEMBER))),
        ("deputies_aim", _each(rules, lambda name: rules.aim(name, Role.DEPUTY))),
        ("reserves_aim", _each(rules, lambda name: rules.aim(name, Role.RESERVE))),
        ("minimum_age", str(rules.eligibility.minimum_age or "–")),
        *([] if rules.eligibility.maximum_age is None else [("maximum_age", str(rules.eligibility.maximum_age))]),
        ("age_on", day(rules.eligibility.age_on)),
        ("seed", rules.lottery.seed or "–"),
        ("order", text(f"ui.criteria.order.{rules.steps.order}")),
    ]
    items = "".join(
        f"<div><dt>{escape(text(f'ui.criteria.{name}'))}</dt><dd>{escape(value)}</dd></div>" for name, value in facts
    )
    st.html(f'<dl class="k-facts">{items}</dl>')
    if held := "; ".join(held_in_words(rules)):
        st.caption(plain(f"{text('rules.name.reserves')}: {held}"))
    if editable and st.button(text("ui.criteria.change_seats"), key="change_seats"):
        criteria.seats(desk)


def _table(name: str, heads: list[tuple[str, str]], rows: list[str]) -> None:
    head = "".join(f'<th scope="col" class="{kind}">{escape(title)}</th>' for title, kind in heads)
    st.html(
        f'{frame.scroll(name)}<table class="k-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _count_cell(count: int | None, at_least: int | None, room: Room | None = None) -> str:
    if count is None:
        return '<td class="n">–</td>'
    below = rooms.in_cell(room)
    if at_least is not None and count < at_least:
        return f'<td class="n k-short"><b>{count}</b> <span>{escape(text("ui.criteria.too_few"))}</span>{below}</td>'
    return f'<td class="n">{count}{below}</td>'


def _requirement(desk: Desk, rule: Required, editable: bool, known: rooms.Rooms) -> None:
    """One requirement: in words, and how many willing applicants each table has for it."""
    with st.container(border=True):
        title, action = st.columns([5, 1], vertical_alignment="center")
        with title:
            frame.section(words.rule_title(desk.rules, rule.id), 3)
            st.html(f'<p class="k-quiet k-tight">{escape(words.capital(criteria.in_words(rule)))}</p>')
        if not isinstance(rule, Requirement):  # changed in the file
            return
        if editable and action.button(text("ui.criteria.change"), key=f"change_{rule.id}", width="stretch"):
            criteria.requirement(desk, rule)
        bodies = [role for role in (Role.MEMBER.value, Role.DEPUTY.value, TOGETHER) if _rows(desk, rule.id, role)]
        if rule.each:
            return
        rows = [
            f'<tr><th scope="row">{escape(words.body_name(body))}</th>'
            + "".join(_of_table(desk, rule, body, table, known) for table in desk.rules.table_ids)
            + "</tr>"
            for body in bodies
        ]
        heads = [
            (text("ui.criteria.willing"), ""),
            *((table_title(desk.rules, one), "n") for one in desk.rules.table_ids),
        ]
        _table(words.rule_title(desk.rules, rule.id), heads, rows)


def _rows(desk: Desk, rule_id: str, role: str) -> bool:
    return any(row.role == role for row in desk.rows.of_requirement(rule_id))


def _of_table(desk: Desk, rule: Requirement, body: str, table: str, known: rooms.Rooms) -> str:
    row = next((one for one in desk.rows.of_requirement(rule.id) if (one.role, one.table) == (body, table)), None)
    if row is None:
        return _count_cell(None, None)
    willing = len({desk.rows.pool.candidates[place].applicant for place in row.counted})
    return _count_cell(willing, criteria.needed(desk, rule, row), known.get((row.id, row.table, row.role, row.value)))


def _goal(desk: Desk, goal: Goal, editable: bool, known: rooms.Rooms) -> None:
    """One goal: each value with its range and the willing applicants of each table."""
    with st.container(border=True):
        title, action = st.columns([5, 1], vertical_alignment="center")
        with title:
            frame.section(words.rule_title(desk.rules, goal.id), 3)
            st.html(f'<p class="k-quiet k-tight">{escape(text("ui.goal.priority", priority=goal.priority))}</p>')
        if editable and action.button(text("ui.criteria.change"), key=f"change_{goal.id}", width="stretch"):
            criteria.goal(desk, goal)
        if goal.id in desk.rows.switched_off:
            st.info(text("ui.criteria.not_asked", field=", ".join(words.field_name(one) for one in goal.fields)))
            return
        rows = []
        places: list[str | None] = [None] if goal.scope == "round" else list(desk.rules.table_ids)
        for value in dict.fromkeys(row.value for row in desk.rows.goals if row.id == goal.id):
            of_table = {row.table: row for row in desk.rows.goals if (row.id, row.value) == (goal.id, value)}
            spans = dict.fromkeys(span(row.at_least, row.at_most) for row in of_table.values())
            cells = "".join(
                _count_cell(len(row.counted), row.at_least, known.get((row.id, row.table, row.role, row.value)))
                if (row := of_table.get(one)) is not None
                else _count_cell(None, None)
                for one in places
            )
            name = escape(value_name(desk.rules, goal.id, value))
            rows.append(f'<tr><th scope="row">{name}</th><td class="n">{escape(" / ".join(spans))}</td>{cells}</tr>')
        heads = [(text("ui.goal.value"), ""), (text("ui.goal.range"), "n")]
        name = words.rule_title(desk.rules, goal.id)
        _table(name, [*heads, *((_where(desk.rules, one), "n") for one in places)], rows)


def _where(rules: Rules, table: str | None) -> str:
    return text("data.all_tables") if table is None else table_title(rules, table)


def page() -> None:
    """Draw the page."""
    frame.heading(text("ui.page.criteria"), text("ui.criteria.lede"))
    desk = round_at_work.require()
    editable = role_pages.prepares(desk.round.id) and desk.round.state == "draft"
    if not erased.everybody(desk.round) and desk.round.state != "draft":
        st.info(text("ui.closed"))
    _seats(desk, editable)
    rule_notes.show(desk.rules)
    stopped = bool(desk.round.active) and unread.stops(desk)
    known = rooms.ask(desk) if desk.round.active and not stopped else {}
    if known:
        everybody.never(desk)
    frame.section(text("ui.panel.required"))
    st.caption(text("ui.criteria.required_note"))
    for rule in desk.rules.required:
        _requirement(desk, rule, editable, known)
    frame.section(text("ui.panel.aimed"))
    st.caption(text("ui.criteria.aimed_note", aim=_each(desk.rules, lambda name: desk.rules.aim(name, Role.MEMBER))))
    for goal in desk.rules.goals:
        _goal(desk, goal, editable, known)
    areas.show(desk, editable=editable)
    rules_file.show(desk, editable=editable)


page()
