"""Rosters for tests, from rows that can be read at a glance."""

from __future__ import annotations

from collections.abc import Iterable

from selection.model.people import Role
from selection.model.roster import Roster, Seat


def roster_of(seats: Iterable[tuple[str, str, Role | str, str | None]], most_tables: int = 1) -> Roster:
    """A roster from ``(person, table, role, deputy_of)`` rows."""
    held = tuple(Seat(person, table, Role(role), partner) for person, table, role, partner in seats)
    return Roster(held, most_tables)
