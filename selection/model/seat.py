"""Seat: one person in one seat of a table, by person key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from selection.model.people import Role


@dataclass(frozen=True, slots=True)
class Place:
    """A seat as people say it: which table, and member, deputy or reserve."""

    table: str
    role: Role


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in one seat, by person key; ``deputy_of`` is the key of the member whose personal deputy this is.

    ``order`` is the place of a deputy who is nobody's own, only where rosters are compared by it: elsewhere the order
    is that of the seats (:mod:`selection.model.deputy_orders`).
    """

    person: str
    table: str
    role: Role
    deputy_of: str | None = None
    order: int | None = None

    @property
    def key(self) -> str:
        """The person's key, under the name that this had before a roster was one class."""
        return self.person

    @property
    def place(self) -> Place:
        """The seat without who has it."""
        return Place(self.table, self.role)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Seat:
        """The inverse of :meth:`to_json`."""
        return cls(content["person"], content["table"], Role(content["role"]), content.get("deputy_of"))

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return {"person": self.person, "table": self.table, "role": self.role.value, "deputy_of": self.deputy_of}
