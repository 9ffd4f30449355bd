"""Dialogs that change the criteria, and the criteria in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import streamlit as st

from selection import actions as do
from selection.errors import SelectionError
from selection.model.criteria import Goal, Range, Required, Requirement
from selection.model.rows import Row
from selection.model.rules import Order
from selection.model.rules_new import parse_new_rules
from selection.model.titles import value_name
from selection.rounds import rules_edit, words
from selection.rounds.desk import Desk
from selection.texts import label, text
from selection.ui import session
from selection.ui.components import costs, rules_file
from selection.ui.text import plain

BODIES = ("members", "deputies", "each", "together")
WAYS = ("share", "seats", "cover", "off")


def in_words(rule: Required) -> str:
    """What a requirement says, such as ``nainen: vähintään 40 %, jäsenissä ja varajäsenissä erikseen``."""
    if not isinstance(rule, Requirement):
        return rule.words()
    group = text("ui.criteria.same", field=words.field_name(rule.fields[0])) if rule.each else _group(rule)
    bounds = []
    for code, count, share in (
        ("ui.at_least", rule.at_least, rule.at_least_share),
        ("ui.at_most", rule.at_most, rule.at_most_share),
    ):
        if count is not None:
            bounds.append(text(code, count=count))
        if share is not None:
            bounds.append(text(code, count=rules_edit.percent(share)))
    exempt = ", ".join(label(rule.fields[0], value) for value in rule.exempt)
    without = text("rules.except", values=exempt) if exempt else ""
    return f"{group}: {', '.join(bounds)} – {text(f'ui.criteria.body.{rule.body}')}{without}"


def _group(rule: Requirement) -> str:
    return ", ".join(label(rule.fields[0], value) for value in rule.values)


def needed(desk: Desk, rule: Requirement, row: Row) -> int | None:
    """How many people of its group a requirement needs at least, for the least body that may sit."""
    if row.limits.body:  # a share, of the least body that may sit
        return row.limits.needed(_least(desk, row.table)) if row.role == "member" else None
    return row.at_least


def _least(desk: Desk, table: str | None) -> int:
    """The fewest members of a table, or of all together."""
    return sum(desk.rules.least(name) for name in (desk.rules.table_ids if table is None else (table,)))


def save(desk: Desk, changed: Callable[[str], str], reason: str) -> None:
    """Change the rules' text, if what comes out are rules."""
    toml = do.rules_text(session.store(), session.user(), desk.round.id)
    try:
        after = changed(toml)
        parse_new_rules(after, desk.round.name)
    except SelectionError as error:
        st.error(plain(rules_file.problems(error)))
        return
    action = do.ChangeRules(round_id=desk.round.id, text=after, reason=reason)
    session.act(action, told=text("ui.criteria.changed"), revision=desk.round.revision)
    st.rerun()


def _cost_button(desk: Desk) -> bool:
    """A button that asks what the change would cost; where there is a proposal to compare with."""
    return desk.version is not None and st.button(text("ui.cost.ask"), key="cost")


def _cost(desk: Desk, changed: Callable[[str], str]) -> None:
    """What changed rules would cost, before they are saved."""
    toml = do.rules_text(session.store(), session.user(), desk.round.id)
    try:
        after = parse_new_rules(changed(toml), desk.round.name)
    except SelectionError as error:
        st.error(plain(rules_file.problems(error)))
        return
    costs.show(desk, after)


def _reason() -> str:
    return st.text_input(text("ui.correct.reason"), max_chars=300, key="criteria_reason")


def seats(desk: Desk) -> None:
    """Sizes, ages and the seed."""
    rules = desk.rules

    @st.dialog(text("ui.criteria.change_seats"), width="medium")
    def dialog() -> None:
        least, aim = st.columns(2)
        members_least = least.number_input(text("ui.criteria.members_least"), 0, 200, rules.members.least)
        members_aim = aim.number_input(text("ui.criteria.members_aim"), 1, 200, rules.members.aim)
        deputies, reserves = st.columns(2)
        deputies_aim = deputies.number_input(text("ui.criteria.deputies_aim"), 0, 200, rules.deputies.aim)
        reserves_aim = reserves.number_input(text("ui.criteria.reserves_aim"), 0, 50, rules.reserves.aim)
        age, on = st.columns(2)
        minimum = age.number_input(text("ui.criteria.minimum_age"), 0, 120, rules.eligibility.minimum_age or 0)
        age_on = on.date_input(text("ui.criteria.age_on"), rules.eligibility.age_on, format="DD.MM.YYYY")
        seed = st.text_input(text("ui.criteria.seed"), rules.lottery.seed, help=text("ui.criteria.seed_help"))
        order = st.selectbox(
            text("ui.criteria.order"),
            get_args(Order),
            get_args(Order).index(rules.steps.order),
            format_func=lambda one: text(f"ui.criteria.order.{one}"),
        )
        reason = _reason()

        def changed(toml: str) -> str:
            for section, key, value, before in (
                ("members", "least", members_least, rules.members.least),
                ("members", "aim", members_aim, rules.members.aim),
                ("deputies", "aim", deputies_aim, rules.deputies.aim),
                ("reserves", "aim", reserves_aim, rules.reserves.aim),
                ("eligibility", "minimum_age", minimum or None, rules.eligibility.minimum_age),
                ("eligibility", "age_on", age_on, rules.eligibility.age_on),
                ("lottery", "seed", seed, rules.lottery.seed),
                ("steps", "order", order, rules.steps.order),
            ):
                if value != before:
                    toml = rules_edit.set_value(toml, section, key, value)
            return toml

        with st.container(horizontal=True, gap="small"):
            saving = st.button(text("ui.save"), type="primary")
            asking = _cost_button(desk)
        if saving:
            save(desk, changed, reason)
        elif asking:
            _cost(desk, changed)

    dialog()


def requirement(desk: Desk, rule: Requirement) -> None:
    """The numbers of a requirement, whom it binds, or the end of it."""

    @st.dialog(text("ui.criteria.change_rule"), width="medium")
    def dialog() -> None:
        st.markdown(f"**{plain(words.rule_title(desk.rules, rule.id))}**")
        changes: dict[str, object] = {}
        for name in ("at_least", "at_most"):
            count, share = getattr(rule, name), getattr(rule, f"{name}_share")
            if count is not None:
                changes[name] = st.number_input(text(f"ui.criteria.{name}"), 0, 200, count, key=f"r_{name}")
            if share is not None:
                typed = st.number_input(
                    text(f"ui.criteria.{name}_share"), 0, 100, round(share * 100), key=f"r_{name}_s"
                )
                changes[f"{name}_share"] = f"{typed} %"
        if rule.at_least_share is not None or rule.at_most_share is not None:
            ways = ("up", "nearest")
            changes["rounding"] = st.selectbox(
                text("ui.criteria.rounding"),
                ways,
                ways.index(rule.rounding),
                format_func=lambda one: text(f"ui.criteria.rounding.{one}"),
            )
        changes["body"] = st.selectbox(
            text("ui.criteria.binds"),
            BODIES,
            BODIES.index(rule.body),
            format_func=lambda one: text(f"ui.criteria.body.{one}"),
        )
        reason = _reason()

        def changed(toml: str) -> str:
            return rules_edit.set_rule(toml, "requirements", rule.id, changes)

        _save_ask_or_remove(desk, changed, lambda toml: rules_edit.remove_rule(toml, "requirements", rule.id), reason)

    dialog()


def _save_ask_or_remove(desk: Desk, changed: Callable[[str], str], removed: Callable[[str], str], reason: str) -> None:
    """What a dialog of one rule ends with: save it, ask what it would cost, or take the rule out."""
    with st.container(horizontal=True, gap="small"):
        saving = st.button(text("ui.save"), type="primary")
        asking = _cost_button(desk)
        removing = st.button(text("ui.criteria.remove"))
    if saving or removing:
        save(desk, changed if saving else removed, reason)
    elif asking:
        _cost(desk, changed)


def _way(held: Range | None) -> str:
    if held is None:
        return "off"
    if held.share is not None:
        return "share"
    return "cover" if held.cover and held.at_most is None and held.at_most_share is None else "seats"


def goal(desk: Desk, rule: Goal) -> None:
    """The priority of a goal, and the range of one of its values."""

    @st.dialog(text("ui.criteria.change_rule"), width="medium")
    def dialog() -> None:
        st.markdown(f"**{plain(words.rule_title(desk.rules, rule.id))}**")
        priority = st.radio(
            text("ui.criteria.priority"),
            (1, 2, 3),
            rule.priority - 1,
            horizontal=True,
            format_func=lambda one: text(f"ui.criteria.priority.{one}"),
        )
        values = list(dict.fromkeys([*rule.ranges, *(row.value for row in desk.rows.goals if row.id == rule.id)]))
        value = st.selectbox(
            text("ui.goal.value"),
            values,
            index=None,
            placeholder=text("ui.criteria.no_range_change"),
            format_func=lambda one: value_name(desk.rules, rule.id, one),
        )
        parts = _range(desk, rule, value) if value is not None else None
        reason = _reason()

        def changed(toml: str) -> str:
            if priority != rule.priority:
                toml = rules_edit.set_rule(toml, "goals", rule.id, {"priority": priority})
            return toml if value is None or parts is None else rules_edit.set_range(toml, rule.id, value, parts)

        _save_ask_or_remove(desk, changed, lambda toml: rules_edit.remove_rule(toml, "goals", rule.id), reason)

    dialog()


def _range(desk: Desk, rule: Goal, value: str) -> dict[str, object]:
    """What a person gives for the range of a value: as a share, in seats, at least one, or nothing."""
    held = rule.ranges.get(value, rule.each)
    aim = desk.rules.members.aim
    way = st.radio(
        text("ui.criteria.way"),
        WAYS,
        WAYS.index(_way(held)),
        key=f"way_{value}",
        format_func=lambda one: text(f"ui.criteria.way.{one}"),
    )
    if way == "off":
        return {}
    if way == "cover":
        return {"cover": True}
    if way == "share":
        share = held.share if held is not None and held.share is not None else 0
        typed = st.number_input(text("ui.criteria.share"), 0, 100, round(share * 100), key=f"share_{value}")
        return {"share": f"{typed} %"}
    now = held.seats(aim, willing=True) if held is not None else (None, None)
    least, most = st.columns(2)
    at_least = least.number_input(text("ui.criteria.at_least"), 0, aim, now[0] or 0, key=f"least_{value}")
    at_most = most.number_input(
        text("ui.criteria.at_most"), 0, aim, aim if now[1] is None else min(now[1], aim), key=f"most_{value}"
    )
    return {**({"at_least": at_least} if at_least else {}), "at_most": at_most}
