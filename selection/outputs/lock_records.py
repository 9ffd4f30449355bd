"""Locks as the workbook's checkable sheet keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selection.model.locks import AnyOf, Locks, Seated
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
    return (
        *(_of_seat(LockKind.SEATED, one.key, one.table, one.role) for one in locks.seated),
        *(_of_seat(LockKind.KEPT_OUT, key) for key in locks.kept_out),
        *(_of_seat(LockKind.KEPT_OUT, one.key, one.table, one.role) for one in locks.kept_from),
        *(_of_seat(LockKind.KEPT_APART, "+".join(keys)) for keys in locks.kept_apart),
        *(_of_seat(LockKind.KEPT_TOGETHER, "+".join(keys)) for keys in locks.kept_together),
        *(_of_seat(LockKind.ONE_OF, "+".join(one.keys), one.table, one.role) for one in locks.one_of),
    )


def _of_seat(kind: LockKind, keys: str, table: str | None = None, role: Role | None = None) -> LockRecord:
    return LockRecord(kind.value, keys, table, role.value if role else None)


def locks_of_records(records: Iterable[LockRecord]) -> Locks:
    """The inverse of :func:`lock_records`."""
    of_kind: dict[str, list[LockRecord]] = {}
    for one in records:
        of_kind.setdefault(one.kind, []).append(one)
    out = of_kind.get(LockKind.KEPT_OUT, [])

    def groups(kind: LockKind) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(one.keys.split("+")) for one in of_kind.get(kind, ()))

    return Locks(
        tuple(Seated(one.keys, one.table, _role(one)) for one in of_kind.get(LockKind.SEATED, ())),
        tuple(one.keys for one in out if not (one.table or one.role)),
        groups(LockKind.KEPT_APART),
        tuple(Seated(one.keys, one.table, _role(one)) for one in out if one.table or one.role),
        groups(LockKind.KEPT_TOGETHER),
        tuple(AnyOf(tuple(one.keys.split("+")), one.table, _role(one)) for one in of_kind.get(LockKind.ONE_OF, ())),
    )


def _role(one: LockRecord) -> Role | None:
    return Role(one.role) if one.role else None
