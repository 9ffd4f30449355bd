"""Actions on locks: seated here, kept out, kept apart, each with the person's reason."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import select

from selection.actions.base import RoundAction, Work
from selection.actions.rights import Right
from selection.errors import ActionError
from selection.model.people import Role
from selection.records.base import now
from selection.records.tables import Lock


class _LockAction(RoundAction):
    """A new lock. A person has one lock of seat or out at a time: the newer takes the place of the older."""

    right: ClassVar[Right] = Right.PREPARE
    needs_reason: ClassVar[bool] = True
    reason: str = ""

    def _new(
        self, work: Work, kind: str, people: list[int], table: str | None = None, role: Role | None = None
    ) -> dict[str, Any]:
        for person in people:
            if work.application(person).status != "active":
                raise ActionError("is_set_aside", id=person)
        if kind != "apart":
            held = select(Lock).where(Lock.round_id == work.round.id, Lock.kind != "apart").order_by(Lock.id)
            for lock in work.session.scalars(held):
                if lock.application_ids == people:
                    work.session.delete(lock)
        lock = work.add(
            Lock(
                round_id=work.round.id,
                kind=kind,
                application_ids=people,
                table_id=table,
                role=role.value if role else None,
                reason=work.reason,
                made_at=now(),
                made_by=work.user.id,
            )
        )
        return {"id": lock.id}


class LockSeat(_LockAction):
    """The person shall have a seat at this table in this role."""

    code: ClassVar[str] = "lock_seat"
    application_id: int
    table: str
    role: Role = Role.MEMBER

    def apply(self, work: Work) -> dict[str, Any]:
        made = self._new(work, "seat", [self.application_id], work.table(self.table), self.role)
        return made | {"person": self.application_id, "table": self.table, "role": self.role.value}


class KeepOut(_LockAction):
    """The person shall have no seat."""

    code: ClassVar[str] = "keep_out"
    application_id: int

    def apply(self, work: Work) -> dict[str, Any]:
        return self._new(work, "out", [self.application_id]) | {"person": self.application_id}


class KeepApart(_LockAction):
    """These people shall not sit at one table."""

    code: ClassVar[str] = "keep_apart"
    application_ids: tuple[int, ...]

    def apply(self, work: Work) -> dict[str, Any]:
        people = sorted(set(self.application_ids))
        if len(people) < 2:
            raise ActionError("two_people_needed")
        return self._new(work, "apart", people) | {"people": people}


class Unlock(RoundAction):
    """Take a lock away."""

    code: ClassVar[str] = "unlock"
    right: ClassVar[Right] = Right.PREPARE
    lock_id: int
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        lock = work.session.get(Lock, self.lock_id)
        if lock is None or lock.round_id != work.round.id:
            raise ActionError("no_such_lock", id=self.lock_id)
        work.session.delete(lock)
        return {"people": list(lock.application_ids)}
