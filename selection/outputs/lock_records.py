"""Locks as the workbook's checkable sheet keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selection.model.locks import Lock, Locks
from selection.model.people import Role
from selection.model.source import LockKind


@dataclass(frozen=True, slots=True)
class LockRecord:
    """One lock: its kind (:class:`selection.model.source.LockKind`), and ``keys`` of the persons, with ``+``."""

    kind: str
    keys: str
    table: str | None = None
    role: str | None = None


def lock_records(locks: Locks) -> tuple[LockRecord, ...]:
    """Locks as the sheet keeps them."""
    return tuple(
        LockRecord(one.kind.value, one.value, one.table, one.role.value if one.role else None) for one in locks.entries
    )


def locks_of_records(records: Iterable[LockRecord]) -> Locks:
    """The inverse of :func:`lock_records`."""
    return Locks.of(
        Lock(LockKind(one.kind), tuple(one.keys.split("+")), one.table, Role(one.role) if one.role else None)
        for one in records
    )
