"""Before and after: what a session changes, as images of rows that undo can put back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, UOWTransaction

from selection.records.base import Base, row_values
from selection.records.tables import (
    Application,
    Contact,
    Decision,
    Event,
    Finding,
    Lock,
    Note,
    Round,
    RulesText,
    SourceFile,
    Version,
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
    )
}

Values = dict[str, Any]


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
        for row in (*session.new, *session.dirty, *session.deleted):
            if isinstance(row, Base) and type(row).__tablename__ in RECORDED and id(row) not in self._before:
                self._before[id(row)] = (row, None if row in session.new else _committed(row))

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


def put_back(session: Session, change: Change, wanted: Values | None) -> None:
    """Make a row what an image says: insert, update or delete it."""
    kind = RECORDED[change.table]
    row = session.get(kind, change.row_id)
    if wanted is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        session.add(kind(**wanted))
        return
    for name, value in wanted.items():
        setattr(row, name, value)


def stands_at(session: Session, change: Change, expected: Values | None) -> bool:
    """Whether a row is still what an image says."""
    row = session.get(RECORDED[change.table], change.row_id)
    return (row_values(row) if row is not None else None) == expected
