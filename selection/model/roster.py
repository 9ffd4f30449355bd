"""Roster: who sits where and whose deputy, by person key; and the one alphabet of names."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from selection.errors import ActionError
from selection.model.people import Role
from selection.model.roster_difference import Difference, Move, SeatChange, seat_changes, seat_moves
from selection.model.seat import Place, Seat

#: Å, ä and ö are letters of their own after z; the Danish and Norwegian ones stand with them.
_FINNISH = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


def sort_name(name: str) -> tuple[str, str]:
    """A sort key: by last name (written last, or first before a comma), in the order of the Finnish alphabet.

    >>> sorted(["Åsa Öhman", "Zorro, Anna", "Bo Ek", "André Ek"], key=sort_name)
    ['André Ek', 'Bo Ek', 'Zorro, Anna', 'Åsa Öhman']
    """
    last, comma, first = name.casefold().partition(",")
    words = [*first.split(), *last.split()] if comma and last.strip() else name.casefold().replace(",", " ").split()
    folded = [_folded(word) for word in words]
    return (folded[-1] if folded else "", " ".join(folded[:-1]))


def _folded(word: str) -> str:
    own = unicodedata.normalize("NFC", word).translate(_FINNISH)
    return "".join(char for char in unicodedata.normalize("NFKD", own) if not unicodedata.combining(char))


@dataclass(frozen=True, slots=True)
class Roster:
    """All seats of a version, in a fixed order.

    Nobody sits twice at a table, nor at more tables than ``most_tables``. Where that is 1, a person's other seat is the
    one that an edit takes them from; where it is more, an edit is about one table, and the other seats stay.

    Raises
    ------
    ActionError
        ``person_twice`` or, of people who may sit at several tables, ``tables_full``.
    """

    seats: tuple[Seat, ...] = ()
    most_tables: int = 1

    def __post_init__(self) -> None:
        if len({(seat.person, seat.table) for seat in self.seats}) != len(self.seats):
            raise ActionError("person_twice")
        tables: dict[str, int] = {}
        for seat in self.seats:
            tables[seat.person] = tables.get(seat.person, 0) + 1
        if max(tables.values(), default=0) > self.most_tables:
            raise ActionError("person_twice") if self.most_tables == 1 else self._full()

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Roster:
        """The inverse of :meth:`to_json`."""
        return cls(tuple(Seat.from_json(seat) for seat in content.get("seats", ())), content.get("most_tables", 1))

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        several = {} if self.most_tables == 1 else {"most_tables": self.most_tables}
        return {"seats": [seat.to_json() for seat in self.seats], **several}

    def seat_of(self, person: str, table: str | None = None) -> Seat | None:
        """The seat of a person, if any: at a table, or the first of all."""
        return next((seat for seat in self.seats if seat.person == person and table in (None, seat.table)), None)

    def deputy_of(self, member: str, table: str | None = None) -> Seat | None:
        """The personal deputy of a member, if any: at a table, or the first of all."""
        return next((seat for seat in self.seats if seat.deputy_of == member and table in (None, seat.table)), None)

    def people(self) -> tuple[str, ...]:
        """Keys of all seated people, in the order of the seats."""
        return tuple(dict.fromkeys(seat.person for seat in self.seats))

    def at(self, table: str, role: Role | None = None) -> tuple[Seat, ...]:
        """The seats of a table, of one role or all."""
        return tuple(s for s in self.seats if s.table == table and (role is None or s.role == role))

    def swap(self, out: str, into: str, table: str | None = None) -> Roster:
        """``into`` takes the seat and the pair of ``out``; if ``into`` had a seat, ``out`` takes that one.

        Of people who may sit at several tables only the seats of one table change hands: ``table``, or that of the
        first seat of ``out``.
        """
        seat = self._require_seat(out, table)
        if out == into:
            raise ActionError("same_person")
        return self._renamed({out: into, into: out}, None if self.most_tables == 1 else seat.table)

    def without(self, person: str, table: str | None = None) -> Roster:
        """The person's seats, or the one at a table, become vacant; a deputy of theirs stays, without a pair."""
        self._require_seat(person, table)
        rest = tuple(s for s in self.seats if s.person != person or table not in (None, s.table))
        return replace(self, seats=rest)._each(
            lambda s: replace(s, deputy_of=None) if s.deputy_of == person and table in (None, s.table) else s
        )

    def seat(self, person: str, table: str, role: Role, deputy_of: str | None = None) -> Roster:
        """Give the person this seat, leaving the one they had; of people who may sit at several tables, the one they
        had at this table."""
        left = None if self.most_tables == 1 else table
        cleared = self.without(person, left) if self.seat_of(person, left) else self
        if deputy_of is not None:
            cleared._require_member(deputy_of, table)
            if role is not Role.DEPUTY:
                raise ActionError("only_deputies_pair")
            if cleared.deputy_of(deputy_of, table) is not None:
                raise ActionError("has_deputy")
        return replace(cleared, seats=(*cleared.seats, Seat(person, table, role, deputy_of)))

    def pair(self, member: str, deputy: str | None, table: str | None = None) -> Roster:
        """Make ``deputy`` the personal deputy of ``member``, at a table where they sit.

        A deputy of another member of the table changes places with the former deputy; a person without a seat takes
        the former deputy's seat; ``None`` dissolves the pair.
        """
        seat = self._require_member(member, table)
        former = self.deputy_of(member, seat.table)
        if deputy is None:
            return self._paired(seat.table, {former.person: None} if former else {})
        theirs = self.seat_of(deputy, None if self.most_tables == 1 else seat.table)
        if theirs is None:
            if former is None:
                return self.seat(deputy, seat.table, Role.DEPUTY, member)
            return self.swap(former.person, deputy, seat.table)
        if theirs.role is not Role.DEPUTY or theirs.table != seat.table:
            raise ActionError("not_deputy_there")
        if former is None:
            return self._paired(seat.table, {deputy: member})
        return self._paired(seat.table, {former.person: theirs.deputy_of, deputy: member})

    def compare(self, other: Roster) -> Difference:
        """What separates ``other`` from this roster."""
        return Difference.between(self.seats, other.seats)

    def renamed(self, old: str, new: str) -> Roster:
        """The roster with one person key replaced by another, such as after two applications were merged."""
        return self._renamed({old: new})

    def _renamed(self, names: Mapping[str, str], table: str | None = None) -> Roster:
        """The same seats with other people in them: at a table, or all."""
        return self._each(
            lambda s: (
                replace(s, person=names.get(s.person, s.person), deputy_of=names.get(s.deputy_of or "", s.deputy_of))
                if table in (None, s.table)
                else s
            )
        )

    def _paired(self, table: str, partners: Mapping[str, str | None]) -> Roster:
        """The same seats with other pairs at a table, by the deputy's key."""
        return self._each(
            lambda s: replace(s, deputy_of=partners[s.person]) if s.table == table and s.person in partners else s
        )

    def _require_seat(self, person: str, table: str | None) -> Seat:
        seat = self.seat_of(person, table)
        if seat is None:
            raise ActionError("not_seated")
        return seat

    def _require_member(self, person: str, table: str | None = None) -> Seat:
        member = next((s for s in self.seats if s.person == person and s.role is Role.MEMBER), None)
        seat = member if table is None else self.seat_of(person, table)
        if seat is None or seat.role is not Role.MEMBER:
            raise ActionError("not_member_there")
        return seat

    def _each(self, change: Callable[[Seat], Seat]) -> Roster:
        return replace(self, seats=tuple(change(seat) for seat in self.seats))

    def _full(self) -> ActionError:
        return ActionError("tables_full", n=self.most_tables)


__all__ = [
    "Difference",
    "Move",
    "Place",
    "Roster",
    "Seat",
    "SeatChange",
    "seat_changes",
    "seat_moves",
    "sort_name",
]
