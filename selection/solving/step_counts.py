"""The independent count of the steps from a roster alone, by which a proposal is checked.

It shares no formula with :mod:`selection.solving.objectives` on purpose: what is wrong there shows here.
"""

from __future__ import annotations

from collections.abc import Sequence

from selection.model.people import Role
from selection.model.rows import Rows
from selection.solving.assignment import least_total
from selection.solving.objectives import step_names
from selection.solving.pairs import Likeness


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
        wanted = [rows.rules.aim(name_of_table, role) for name_of_table in rows.pool.tables]
        differ = len({rows.rules.aim(other, role) for other in rows.rules.table_ids}) > 1
        least = -max(aim - size for aim, size in zip(wanted, sizes, strict=True)) if differ else min(sizes)
        values |= {f"{name}_least": least, name: sum(sizes)}
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
