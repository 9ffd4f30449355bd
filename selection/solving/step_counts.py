"""The steps by name, and their values counted from a roster alone."""

from __future__ import annotations

from collections.abc import Sequence

from selection.model.people import Role
from selection.model.rows import Rows
from selection.solving.assignment import least_total
from selection.solving.pairs import Likeness

SEAT_STEPS = ("members_least", "members", "deputies_least", "deputies")
GOAL_STEPS = tuple(f"goals_{priority}{worst}" for priority in (1, 2, 3) for worst in ("_worst", ""))
LAST_STEPS = ("wishes", "pairs")

#: Steps whose value is the larger the better.
LARGER_IS_BETTER = frozenset(SEAT_STEPS)


def step_names(order: str) -> tuple[str, ...]:
    """The twelve steps in the order of the rules (``seats_first`` or ``goals_first``)."""
    first = SEAT_STEPS + GOAL_STEPS if order == "seats_first" else GOAL_STEPS + SEAT_STEPS
    return first + LAST_STEPS


def step_value(rows: Rows, chosen: Sequence[int], name: str) -> int:
    """The value of one step for a roster, 0 or 1 for each candidate."""
    if name in SEAT_STEPS:
        return _seats(rows, chosen)[name]
    if name in GOAL_STEPS:
        return _goals(rows, chosen, int(name.split("_")[1]))[name]
    return _wishes(rows, chosen) if name == "wishes" else _pairs(rows, chosen)


def step_values(rows: Rows, chosen: Sequence[int]) -> dict[str, int]:
    """The value of every step for a roster, in the order of the rules; personal deputies are paired at their best."""
    values = _seats(rows, chosen)
    for priority in (1, 2, 3):
        values |= _goals(rows, chosen, priority)
    values |= {"wishes": _wishes(rows, chosen), "pairs": _pairs(rows, chosen)}
    return {name: values[name] for name in step_names(rows.rules.steps.order)}


def _seats(rows: Rows, chosen: Sequence[int]) -> dict[str, int]:
    values: dict[str, int] = {}
    for role, name in ((Role.MEMBER, "members"), (Role.DEPUTY, "deputies")):
        sizes = [
            sum(1 for place in rows.by_body[table, role] if chosen[place]) for table in range(len(rows.pool.tables))
        ]
        values |= {f"{name}_least": min(sizes), name: sum(sizes)}
    return values


def _goals(rows: Rows, chosen: Sequence[int], priority: int) -> dict[str, int]:
    off: dict[str | None, int] = {}
    for row in rows.goals:
        if row.priority == priority:
            off[row.table] = off.get(row.table, 0) + row.standing(chosen).deviation
    return {f"goals_{priority}_worst": max(off.values(), default=0), f"goals_{priority}": sum(off.values())}


def _wishes(rows: Rows, chosen: Sequence[int]) -> int:
    first = rows.pool.first_table
    return sum(
        1
        for one, taken in zip(rows.pool.candidates, chosen, strict=True)
        if taken and first[one.applicant] not in (None, one.table)
    )


def _pairs(rows: Rows, chosen: Sequence[int]) -> int:
    if not rows.rules.deputies.personal:
        return 0
    likeness = Likeness.of(rows.pool, rows.rules)
    candidates = rows.pool.candidates
    total = 0
    for table in range(len(rows.pool.tables)):
        bodies = (
            [candidates[place].applicant for place in rows.by_body[table, role] if chosen[place]]
            for role in (Role.MEMBER, Role.DEPUTY)
        )
        few, many = sorted(bodies, key=len)
        total += least_total([[likeness.unlike(one, other) for other in many] for one in few])
    return total
