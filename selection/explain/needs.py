"""Needs: for each requirement and goal the willing applicants beside the number needed; told before solving."""

from __future__ import annotations

from dataclasses import dataclass

from selection.model.rows import Row, Rows
from selection.model.source import Source


@dataclass(frozen=True, slots=True)
class Need:
    """What one requirement or goal needs, and how many applicants could fill it.

    ``needed`` is the fewest people, in a share that of the smallest body allowed; ``priority`` is ``None`` for a
    requirement. ``willing`` counts applicants, each once.
    """

    id: str
    table: str | None
    role: str | None
    value: str | None
    priority: int | None
    needed: int
    willing: int

    @property
    def short(self) -> int:
        """How many people are missing even if everybody willing were seated."""
        return max(0, self.needed - self.willing)


def needs(rows: Rows) -> tuple[Need, ...]:
    """Every requirement and goal that needs people, in the order of the rules; locks need none but their own."""
    found = []
    for row in (*rows.requirements, *rows.goals):
        needed = _needed(rows, row)
        if needed and row.source is not Source.LOCK:
            willing = len({rows.pool.candidates[place].applicant for place in row.counted})
            found.append(Need(row.id, row.table, row.role, row.value, row.priority, needed, willing))
    return tuple(found)


def _needed(rows: Rows, row: Row) -> int:
    if row.role == "deputy":
        return row.limits.needed(0)
    tables = rows.pool.tables if row.table is None else (row.table,)
    return row.limits.needed(sum(rows.rules.least(name) for name in tables))
