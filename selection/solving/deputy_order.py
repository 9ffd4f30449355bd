"""The order of substitution at a table whose deputies are not personal: who rises first when a member leaves.

Whose rise keeps most goals comes first: over the departures of each member in turn, the seats by which the table then
misses its goals, those of the first priority before those of the second and third. Then the lot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selection.model.people import Role
from selection.model.rows import Rows


def in_order(
    rows: Rows, table: int, members: Sequence[int], deputies: Sequence[int], lot: Mapping[int, int]
) -> list[int]:
    """Deputies of a table (places of applicants) in the order in which they rise, as ``deputies.order_by`` says.

    Parameters
    ----------
    members
        Who sits as members.
    lot
        The place of each applicant in the order of lots; it decides where nothing else does.
    """
    by_goals = _by_goals(rows, table, members, deputies) if "goals" in rows.rules.deputies.order_by else {}

    def rank(deputy: int) -> tuple[object, ...]:
        keys = {"goals": by_goals.get(deputy, ()), "lot": lot[deputy]}
        return (*(keys[name] for name in rows.rules.deputies.order_by), lot[deputy])

    return sorted(deputies, key=rank)


def _by_goals(
    rows: Rows, table: int, members: Sequence[int], deputies: Sequence[int]
) -> dict[int, tuple[bool, list[int]]]:
    """For each deputy whether no seat of a member was accepted, and the seats by which goals are missed, by priority,
    summed over the departures of each member."""
    place_of = {rows.pool.candidates[place].applicant: place for place in rows.by_body[table, Role.MEMBER]}
    goals = [row for row in rows.goals if row.table == rows.pool.tables[table]]
    sitting = sorted(place_of[member] for member in members if member in place_of)
    found = {}
    for deputy in deputies:
        missed = [0, 0, 0]
        rising = place_of.get(deputy)
        for leaving in () if rising is None else sitting:
            chosen = [0] * len(rows.pool.candidates)
            for place in (*sitting, *([] if rising is None else [rising])):
                chosen[place] = int(place != leaving)
            for row in goals:
                missed[(row.priority or 1) - 1] += row.standing(chosen).deviation
        found[deputy] = (rising is None, missed)
    return found
