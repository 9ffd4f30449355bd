"""Words for what the core names by ids: rules, values, roles."""

from __future__ import annotations

import datetime as dt

from selection import actions as do
from selection.intake.columns import OWN
from selection.model.people import Role
from selection.model.rules import Rules
from selection.model.titles import rule_name, table_title, with_titles
from selection.texts import format_date, has_text, label, text


def role_name(role: Role | str) -> str:
    """Member, deputy, reserve."""
    return label("seat", Role(role).value)


def body_name(role: str | None) -> str:
    """Whom a requirement binds: members, deputies, both together, or everybody."""
    return text(f"ui.body.{role or 'all'}")


def rule_title(rules: Rules, rule_id: str) -> str:
    """A rule as a heading: by its name, or else its id in words."""
    known = rule_name(rules, rule_id)
    return capital(rule_id.replace("_", " ") if known == rule_id else known)


def held_value(rules: Rules, field: str, value: str) -> str:
    """A value that is held of a person, in words."""
    return table_title(rules, value) if field == "wishes" else label(field, value)


def finding_text(rules: Rules, finding: do.FindingRow) -> str:
    """What is said of a finding."""
    return text(f"finding.{finding.code}", **with_titles(rules, finding.params))


def capital(word: str) -> str:
    """A word with a capital, as in a heading."""
    return word[:1].upper() + word[1:]


def field_name(field: str) -> str:
    """A field's name; a column of the city's own is its own name."""
    code = f"field.{field}"
    return text(code) if has_text(code) else field


def column_field(field: str | None) -> str:
    """What a column of a file is taken for: a field, a column of the city's own, or nothing."""
    if field is None:
        return text("ui.columns.left_out")
    if field.startswith(OWN):
        return text("ui.columns.own", name=field.removeprefix(OWN))
    return field_name(field)


def step_name(step: str) -> str:
    """What a step of a solve compares."""
    return text(f"step.{step}") if has_text(f"step.{step}") else step


def instant(value: dt.datetime | str) -> str:
    """A moment in the language's form, in the machine's own time zone: 5.6.2025 klo 14.05."""
    moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    local = moment.astimezone() if moment.tzinfo else moment
    return text("ui.instant", day=format_date(local.date()), hour=local.hour, minute=f"{local.minute:02d}")
