"""The terms of a sealed round: what the lot hangs on beside rules and people, by ticket; a seal holds their hash.

No name stands in them, so that their hash confirms nothing to somebody who tries names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from selection.model.locks import Lock, Locks
from selection.model.people import Role
from selection.model.rules import Rules
from selection.model.seal import Sealed, canonical, hashed
from selection.model.source import LockKind

#: Fields of the pairs of member and deputy, which every rules file has.
_PAIRED = ("kind", "organisation", "postal_code", "age")


def sealed_fields(rules: Rules) -> tuple[str, ...]:
    """The fields that a rule of the round may use, sorted."""
    return tuple(sorted({*rules.fields, *_PAIRED}))


@dataclass(frozen=True)
class Terms:
    """What is sealed beside rules and people.

    Attributes
    ----------
    locks
        Of the rules file, their persons by ticket.
    waived
        Ids of the requirements waived, sorted.
    asked
        Fields that the application form asked, sorted; ``None`` where every field is taken as asked.
    unordered
        Tickets of those whose wishes have no order, sorted.
    corrected
        Ticket → :func:`person_hash` of those whose name or year of birth was corrected since a seal before this one.
    unknown_left_out
        Whether a fair draw leaves out those whose value is in no quota.
    """

    locks: Locks = field(default_factory=Locks)
    waived: tuple[str, ...] = ()
    asked: tuple[str, ...] | None = None
    unordered: tuple[str, ...] = ()
    corrected: Mapping[str, str] = field(default_factory=dict)
    unknown_left_out: bool = False

    def to_json(self) -> dict[str, Any]:
        """As canonical JSON can hold them."""
        return {
            "locks": [_lock_json(lock) for lock in self.locks.entries],
            "waived": list(self.waived),
            "asked": None if self.asked is None else list(self.asked),
            "unordered": list(self.unordered),
            "corrected": [[ticket, person] for ticket, person in sorted(self.corrected.items())],
            "unknown": "left_out" if self.unknown_left_out else "kept",
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Terms:
        """The inverse of :meth:`to_json`.

        Raises
        ------
        KeyError, TypeError, ValueError
            if it is not what that writes.
        """
        read = cls(
            Locks.of(_lock_of(lock) for lock in told["locks"]),
            tuple(map(str, told["waived"])),
            None if told["asked"] is None else tuple(map(str, told["asked"])),
            tuple(map(str, told["unordered"])),
            {str(ticket): str(person) for ticket, person in told["corrected"]},
            told["unknown"] == "left_out",
        )
        if read.to_json() != told:
            raise ValueError("terms")
        return read

    def hash(self) -> str:
        """SHA-256 of the canonical JSON: what the seal holds as ``locks``."""
        return hashlib.sha256(canonical(self.to_json()).encode()).hexdigest()


def person_hash(sealed: Sealed, person: Mapping[str, Any]) -> str:
    """A corrected person, under the salt of the person as first read."""
    return hashed("person", f"{sealed.person_salt}|{canonical(person)}")


def by_ticket(locks: Locks, tickets: Mapping[str, str]) -> Locks:
    """Locks of persons by key as locks of persons by ticket, in an order that no key decides."""
    renamed = [replace(lock, keys=tuple(sorted(tickets[key] for key in lock.keys))) for lock in locks.entries]
    ordered = sorted(renamed, key=lambda lock: (lock.kind.value, lock.keys, lock.table or "", lock.role or ""))
    return Locks.of(ordered)


def _lock_json(lock: Lock) -> list[Any]:
    return [lock.kind.value, list(lock.keys), lock.table, None if lock.role is None else lock.role.value]


def _lock_of(told: Any) -> Lock:
    kind, keys, table, role = told
    return Lock(LockKind(kind), tuple(map(str, keys)), table, None if role is None else Role(role))
