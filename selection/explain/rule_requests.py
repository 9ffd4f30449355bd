"""Wishes for the rules in short: ``age=3``, ``age:18–29=2-4``, ``kind:resident=60 %``; what a board may try out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, get_args

from pydantic import ValidationError

from selection.errors import InputError
from selection.model.criteria import Goal
from selection.model.rules import Order, Rules
from selection.model.titles import rule_name

_DASH = re.compile(r"\s*(?:-|–|\.\.)\s*")


def wished_rules(
    rules: Rules, priorities: Sequence[str] = (), ranges: Sequence[str] = (), order: str | None = None
) -> Rules:
    """The rules with other priorities and ranges of goals, and another order of the steps.

    Parameters
    ----------
    priorities
        ``goal=1``, ``goal=2`` or ``goal=3``.
    ranges
        ``goal:value=least-most`` in seats, either end left out where it is open; or ``goal:value=share %``.
    order
        ``seats_first`` or ``goals_first``.

    Raises
    ------
    InputError
        if a wish cannot be read, or names a goal or a value that the rules do not have.
    """
    goals = {goal.id: goal.model_dump(by_alias=True) for goal in rules.goals}
    for wish in priorities:
        goal, number = _goal_of(rules, *_parts(wish, "tradeoffs_priority"))
        if number not in ("1", "2", "3"):
            raise InputError("tradeoffs_priority", found=wish)
        goals[goal.id]["priority"] = int(number)
    for wish in ranges:
        name, wanted = _parts(wish, "tradeoffs_range")
        id, colon, value = name.partition(":")
        if not colon:
            raise InputError("tradeoffs_range", found=wish)
        goal, _ = _goal_of(rules, id.strip(), wanted)
        goals[goal.id]["ranges"] = {**goals[goal.id]["ranges"], _value_of(goal, value.strip()): _range(wanted, wish)}
    if order is not None and order not in get_args(Order):
        raise InputError("tradeoffs_order", found=order, known=", ".join(get_args(Order)))
    parts: dict[str, Any] = {"goals": list(goals.values())}
    if order is not None:
        parts["steps"] = {"order": order}
    try:
        return rules.changed(**parts)
    except ValidationError:
        raise InputError("tradeoffs_value", found=", ".join([*priorities, *ranges])) from None


def _parts(wish: str, code: str) -> tuple[str, str]:
    name, equals, wanted = wish.rpartition("=")
    if not equals or not name.strip() or not wanted.strip():
        raise InputError(code, found=wish)
    return name.strip(), wanted.strip()


def _goal_of(rules: Rules, id: str, wanted: str) -> tuple[Goal, str]:
    for goal in rules.goals:
        if goal.id == id:
            return goal, wanted
    raise InputError(
        "tradeoffs_goal", found=id, known=", ".join(f"{goal.id} ({rule_name(rules, goal.id)})" for goal in rules.goals)
    )


def _value_of(goal: Goal, value: str) -> str:
    """A value as the rules write it: ``18-29`` is ``18–29``."""
    plain = value.replace("-", "–")
    if value in goal.ranges or (plain not in goal.ranges and goal.each is not None):
        return value
    if plain in goal.ranges:
        return plain
    raise InputError("tradeoffs_no_value", found=value, known=", ".join(goal.ranges))


def _range(wanted: str, wish: str) -> dict[str, object]:
    """A range in seats, or a share of the size aimed at."""
    if wanted.endswith("%"):
        return {"share": wanted}
    ends = _DASH.split(wanted)
    if len(ends) > 2 or not any(ends) or not all(re.fullmatch(r"\d{0,4}", end) for end in ends):
        raise InputError("tradeoffs_range", found=wish)
    least, most = ends[0], ends[-1]
    found: dict[str, object] = {}
    if least:
        found["at_least"] = int(least)
    if most:
        found["at_most"] = int(most)
    if len(found) == 2 and int(least) > int(most):
        raise InputError("tradeoffs_range", found=wish)
    return found
