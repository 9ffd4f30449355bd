"""Sentences about rules that are not applied: the same beside every roster, on screen and in every file."""

from __future__ import annotations

from typing import Any

from selection.model.applied import NotApplied, not_applied, waived, without_anybody
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.titles import field_word, rule_name
from selection.texts import label, text


def not_applied_sentence(one: NotApplied, rules: Rules) -> str:
    """What is not applied of a rule, and why."""
    rule, field = rule_name(rules, one.id), field_word(one.field)
    if one.reason == "no_such_value":
        known = ", ".join(_written(one.field, value) for value in one.known) or text("applied.no_values")
        return text("applied.no_such_value", rule=rule, field=field, values=_values(one), known=known)
    return text(f"applied.{one.kind}.{one.reason}", rule=rule, field=field)


def not_applied_lines(pool: Pool, rules: Rules) -> list[str]:
    """A sentence for each rule that is not applied, in the order of the rules."""
    return [not_applied_sentence(one, rules) for one in not_applied(pool, rules)]


def nobody_lines(pool: Pool, rules: Rules) -> list[str]:
    """A sentence for each area, age band or group that a rule names and no applicant is in; once for each of them."""
    lines = (
        text("applied.nobody", field=field_word(one.field), values=_values(one)) for one in without_anybody(pool, rules)
    )
    return list(dict.fromkeys(lines))


def applied_json(pool: Pool, rules: Rules) -> dict[str, Any]:
    """The same as values: ids of the requirements waived, and every rule that is not applied."""
    return {
        "waived": list(waived(pool, rules)),
        "not_applied": [_json(one) for one in not_applied(pool, rules)],
    }


def _json(one: NotApplied) -> dict[str, Any]:
    told: dict[str, Any] = {"id": one.id, "kind": one.kind, "field": one.field, "reason": one.reason}
    return told | ({"values": list(one.values), "known": list(one.known)} if one.values else {})


def _values(one: NotApplied) -> str:
    return ", ".join(_written(one.field, value) for value in one.values)


def _written(field: str, value: str) -> str:
    """A value of the product's own by its word, others as they stand."""
    return label(field, value)
