"""From rows and standings of the core to what the rule panel and the charts show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selection.model.criteria import Goal as RuleGoal
from selection.model.law import BodyShare, measure
from selection.model.people import Role
from selection.model.rows import Standing
from selection.model.rules import Rules
from selection.model.source import Source
from selection.model.titles import table_title, value_name
from selection.rounds import words
from selection.rounds.desk import Desk
from selection.rounds.version_state import rules_of
from selection.texts import text
from selection.ui import session
from selection.ui.components.composition import Goal, Line
from selection.ui.components.panel import Panel, Requirement


def silent(one: Standing) -> bool:
    """Whether a requirement always holds of a proposal: it is shown only where a hand-made roster breaks it."""
    return one.source is not Source.RULE


def requirements(desk: Desk, standings: Iterable[Standing], table: str | None) -> list[Requirement]:
    """The requirements of a table (``None``: of all), those that always hold left out while they hold."""
    shown = []
    for one in standings:
        if table is not None and one.table not in (table, None):
            continue
        if silent(one) and one.holds:
            continue
        if one.table is None and one.value in desk.people and not _concerns(desk, one, table):
            continue
        shown.append(
            Requirement(_title(desk, one), _body(desk, one, table), one.count, one.at_least, one.at_most, one.holds)
        )
    return shown


def _concerns(desk: Desk, one: Standing, table: str | None) -> bool:
    """Whether a requirement on one person is of this table: the person sits or is locked here."""
    seat = desk.roster.seat_of(one.value or "")
    return table is None or seat is None or seat.table == table


def _title(desk: Desk, one: Standing) -> str:
    title = words.rule_title(desk.rules, one.id)
    if one.value in desk.people:
        return f"{title}: {desk.people[one.value or ''].name}"
    if one.lock:
        names = [desk.people[key].name for key in (one.value or "").split("+") if key in desk.people]
        return f"{title}: {', '.join(names)}"
    return f"{title}: {one.value}" if one.value and not one.holds else title


def _body(desk: Desk, one: Standing, table: str | None) -> str:
    body = words.body_name(one.role) if one.role else ""
    if table is None and one.table:
        title = table_title(desk.rules, one.table)
        return f"{title}, {body}" if body else title
    return body


def _of_round(goal: RuleGoal, title: str) -> str:
    """A goal's title; of one over all tables together it says so."""
    return title if goal.scope == "table" else f"{title} ({text('data.all_tables').lower()})"


def goals(desk: Desk, standings: Iterable[Standing], table: str) -> list[Goal]:
    """The goals of a table, and those of all tables together, in the order of the rules, each with its values."""
    of_goal: dict[str, list[Standing]] = {}
    for one in standings:
        if one.table in (table, None):
            of_goal.setdefault(one.id, []).append(one)
    return [
        Goal(
            _of_round(goal, words.rule_title(desk.rules, goal.id)),
            goal.priority,
            [
                Line(
                    value_name(desk.rules, goal.id, one.value),
                    one.count,
                    one.at_least,
                    one.at_most,
                    one.deviation,
                )
                for one in of_goal[goal.id]
            ],
        )
        for goal in desk.rules.goals
        if goal.id in of_goal
    ]


def seats(desk: Desk, tables: Sequence[str]) -> list[tuple[str, int, int]]:
    """For each role that the rules know: its name, seats filled and seats aimed at, over some tables."""
    return [
        (
            text(f"ui.seats.{role.value}"),
            sum(len(desk.roster.at(table, role)) for table in tables),
            sum(desk.rules.aim(table, role) for table in tables),
        )
        for role in Role
        if desk.rules.has(role)
    ]


def panel(desk: Desk, table: str) -> Panel:
    """The rule panel of one table."""
    rows = desk.rows_of(table)
    return Panel(
        table_title(desk.rules, table),
        requirements(desk, rows.standings(desk.chosen), table),
        goals(desk, rows.goal_standings(desk.chosen), table),
        seats(desk, [table]),
    )


def law(desk: Desk) -> tuple[Rules, tuple[BodyShare, ...]]:
    """The Equality Act's share in every body of the version at work, and the rules that the version was made by."""
    rules = desk.rules
    if desk.version is not None:
        rules = rules_of(desk, desk.version, session.store(), session.user())
    return rules, measure(
        rules,
        desk.roster.seats,
        [person.as_applicant() for person in desk.people.values()],
        gender_read=desk.pool.was_asked("gender"),
    )
