"""Before and after: what a session changes, as images of rows that undo can put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from selection.records.base import Base, row_values
from selection.records.journal import User
from selection.records.tables import (
    Application,
    Contact,
    Decision,
    Event,
    Finding,
    Lock,
    Note,
    PopulationTable,
    Round,
    RulesText,
    SourceFile,
    Version,
    Waiver,
)

#: The tables whose rows have images, parents first.
RECORDED: dict[str, type[Base]] = {
    kind.__tablename__: kind
    for kind in (
        Round,
        RulesText,
        SourceFile,
        Application,
        Finding,
        Contact,
        Note,
        Lock,
        Version,
        Decision,
        Event,
        PopulationTable,
        Waiver,
        User,
    )
}

Values = dict[str, Any]

#: So many rows are asked for at once: databases limit the number of parameters.
PART = 500


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after an action; ``None`` where it was not there."""

    table: str
    row_id: int
    before: Values | None
    after: Values | None


class Recorder:
    """Listens to a session and knows, at the end, which rows it changed and how."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._before: dict[int, tuple[Base, Values | None]] = {}
        event.listen(session, "before_flush", self._remember)

    def _remember(self, session: Session, _context: UOWTransaction, _instances: Any) -> None:
        for rows, is_new in ((session.new, True), (session.dirty, False), (session.deleted, False)):
            for row in rows:
                if isinstance(row, Base) and type(row).__tablename__ in RECORDED and id(row) not in self._before:
                    self._before[id(row)] = (row, None if is_new else _committed(row))

    def changes(self) -> list[Change]:
        """Flush, and list the rows that are now other than before, in order of table and id."""
        self.session.flush()
        order = list(RECORDED)
        found = []
        for row, before in self._before.values():
            after = None if inspect(row).deleted else row_values(row)
            if before != after:
                row_id = (after or before or {})["id"]
                found.append(Change(type(row).__tablename__, row_id, before, after))
        return sorted(found, key=lambda change: (order.index(change.table), change.row_id))


def _committed(row: Base) -> Values:
    """The values a changed row had when it was read."""
    state = inspect(row)
    values = row_values(row)
    for name in values:
        history = state.attrs[name].history
        if history.deleted:
            values[name] = history.deleted[0]
    return values


def rows_of(session: Session, changes: Sequence[Change]) -> dict[tuple[str, int], Base]:
    """The rows that changes are about, as they stand now; those that are not there are left out."""
    found: dict[tuple[str, int], Base] = {}
    for name, kind in RECORDED.items():
        ids = [change.row_id for change in changes if change.table == name]
        column = inspect(kind).primary_key[0]
        for start in range(0, len(ids), PART):
            query = select(kind).where(column.in_(ids[start : start + PART]))
            found |= {(name, row_values(row)["id"]): row for row in session.scalars(query)}
    return found


def standing_rows(session: Session, round_id: int) -> list[Change]:
    """Every row of a round as it stands: images that change nothing, for a line after which nothing else is kept."""
    found = []
    for name, kind in RECORDED.items():
        if kind is User:
            continue
        owner = inspect(kind).columns["id" if kind is Round else "round_id"]
        for row in session.scalars(select(kind).where(owner == round_id).order_by(inspect(kind).primary_key[0])):
            values = row_values(row)
            found.append(Change(name, values["id"], values, values))
    return found


def put_back(session: Session, changes: Sequence[Change]) -> Change | None:
    """Make all rows what they were before: insert, update or delete them.

    Returns the first change whose row is not what the change left, in which case nothing is done.
    """
    rows = rows_of(session, changes)
    for change in changes:
        row = rows.get((change.table, change.row_id))
        if (row_values(row) if row is not None else None) != change.after:
            return change
    for change in changes:
        row = rows.get((change.table, change.row_id))
        if change.before is None:
            session.delete(row)
        elif row is None:
            session.add(RECORDED[change.table](**change.before))
        else:
            for name, value in change.before.items():
                setattr(row, name, value)
    return None
