"""Roster: who sits where and whose deputy, by person key; what separates two; and the one alphabet of names."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from selection.errors import ActionError
from selection.model.people import Role

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
class Seat:
    """One person in one seat, by person key; ``deputy_of`` is the key of the member whose personal deputy this is."""

    person: str
    table: str
    role: Role
    deputy_of: str | None = None

    @property
    def key(self) -> str:
        """The person's key, under the name that this had before a roster was one class."""
        return self.person


@dataclass(frozen=True, slots=True)
class SeatChange:
    """One person whose seats differ; either side is empty for who came in or went out."""

    key: str
    before: tuple[Seat, ...]
    after: tuple[Seat, ...]


def seat_changes(before: Iterable[Seat], after: Iterable[Seat]) -> tuple[SeatChange, ...]:
    """Whose seats differ, by person key."""
    old, new = _by_person(before), _by_person(after)
    return tuple(
        SeatChange(key, tuple(old.get(key, ())), tuple(new.get(key, ())))
        for key in sorted({**old, **new})
        if old.get(key) != new.get(key)
    )


def _by_person(seats: Iterable[Seat]) -> dict[str, list[Seat]]:
    found: dict[str, list[Seat]] = {}
    for seat in seats:
        found.setdefault(seat.person, []).append(seat)
    for held in found.values():
        held.sort(key=lambda seat: (seat.table, seat.role, seat.deputy_of or ""))
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What separates two rosters: seats of the second that are new, of the first that are gone, and moves.

    A move is a pair (seat in the first, seat in the second) of one person whose table, role or partner differs.
    """

    came: tuple[Seat, ...]
    went: tuple[Seat, ...]
    moved: tuple[tuple[Seat, Seat], ...]

    @property
    def taken(self) -> tuple[tuple[Seat | None, Seat], ...]:
        """Who takes another seat, with the seat held before; deputies who are only paired anew keep theirs."""
        moved = [(was, seat) for was, seat in self.moved if (was.table, was.role) != (seat.table, seat.role)]
        return (*((None, seat) for seat in self.came), *moved)


@dataclass(frozen=True, slots=True)
class Roster:
    """All seats of a version, in a fixed order; one seat per person."""

    seats: tuple[Seat, ...] = ()

    def __post_init__(self) -> None:
        people = [seat.person for seat in self.seats]
        if len(set(people)) != len(people):
            raise ActionError("person_twice")

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Roster:
        """The inverse of :meth:`to_json`."""
        return cls(
            tuple(Seat(s["person"], s["table"], Role(s["role"]), s.get("deputy_of")) for s in content.get("seats", ()))
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return {
            "seats": [
                {"person": s.person, "table": s.table, "role": s.role.value, "deputy_of": s.deputy_of}
                for s in self.seats
            ]
        }

    def seat_of(self, person: str) -> Seat | None:
        """The seat of a person, if any."""
        return next((seat for seat in self.seats if seat.person == person), None)

    def deputy_of(self, member: str) -> Seat | None:
        """The personal deputy of a member, if any."""
        return next((seat for seat in self.seats if seat.deputy_of == member), None)

    def people(self) -> tuple[str, ...]:
        """Keys of all seated people, in the order of the seats."""
        return tuple(seat.person for seat in self.seats)

    def at(self, table: str, role: Role | None = None) -> tuple[Seat, ...]:
        """The seats of a table, of one role or all."""
        return tuple(s for s in self.seats if s.table == table and (role is None or s.role == role))

    def swap(self, out: str, into: str) -> Roster:
        """``into`` takes the seat and the pair of ``out``; if ``into`` had a seat, ``out`` takes that one."""
        if self.seat_of(out) is None:
            raise ActionError("not_seated")
        if out == into:
            raise ActionError("same_person")
        names = {out: into, into: out}
        return self._each(
            lambda s: replace(
                s, person=names.get(s.person, s.person), deputy_of=names.get(s.deputy_of or "", s.deputy_of)
            )
        )

    def without(self, person: str) -> Roster:
        """The person's seat becomes vacant; a deputy of theirs stays, without a pair."""
        if self.seat_of(person) is None:
            raise ActionError("not_seated")
        rest = tuple(seat for seat in self.seats if seat.person != person)
        return Roster(rest)._each(lambda s: replace(s, deputy_of=None) if s.deputy_of == person else s)

    def seat(self, person: str, table: str, role: Role, deputy_of: str | None = None) -> Roster:
        """Give the person this seat, leaving the one they had."""
        cleared = self.without(person) if self.seat_of(person) else self
        if deputy_of is not None:
            cleared._require_member(deputy_of, table)
            if role is not Role.DEPUTY:
                raise ActionError("only_deputies_pair")
            if cleared.deputy_of(deputy_of) is not None:
                raise ActionError("has_deputy")
        return Roster((*cleared.seats, Seat(person, table, role, deputy_of)))

    def pair(self, member: str, deputy: str | None) -> Roster:
        """Make ``deputy`` the personal deputy of ``member``.

        A deputy of another member of the table changes places with the former deputy; a person without a seat takes
        the former deputy's seat; ``None`` dissolves the pair.
        """
        seat = self._require_member(member)
        former = self.deputy_of(member)
        if deputy is None:
            return self._each(lambda s: replace(s, deputy_of=None) if s.deputy_of == member else s)
        theirs = self.seat_of(deputy)
        if theirs is None:
            return self.swap(former.person, deputy) if former else self.seat(deputy, seat.table, Role.DEPUTY, member)
        if theirs.role is not Role.DEPUTY or theirs.table != seat.table:
            raise ActionError("not_deputy_there")
        if former is None:
            return self._each(lambda s: replace(s, deputy_of=member) if s.person == deputy else s)
        partners = {deputy: member, former.person: theirs.deputy_of}
        return self._each(lambda s: replace(s, deputy_of=partners[s.person]) if s.person in partners else s)

    def compare(self, other: Roster) -> Difference:
        """What separates ``other`` from this roster."""
        changes = {change.key: change for change in seat_changes(self.seats, other.seats)}
        here = [changes[seat.person] for seat in other.seats if seat.person in changes]
        return Difference(
            came=tuple(seat for change in here if not change.before for seat in change.after),
            went=tuple(seat for seat in self.seats if seat.person in changes and not changes[seat.person].after),
            moved=tuple((change.before[0], change.after[0]) for change in here if change.before),
        )

    def renamed(self, old: str, new: str) -> Roster:
        """The roster with one person key replaced by another, such as after two applications were merged."""
        names = {old: new}
        return self._each(
            lambda s: replace(
                s, person=names.get(s.person, s.person), deputy_of=names.get(s.deputy_of or "", s.deputy_of)
            )
        )

    def _require_member(self, person: str, table: str | None = None) -> Seat:
        seat = self.seat_of(person)
        if seat is None or seat.role is not Role.MEMBER or (table is not None and seat.table != table):
            raise ActionError("not_member_there")
        return seat

    def _each(self, change: Callable[[Seat], Seat]) -> Roster:
        return Roster(tuple(change(seat) for seat in self.seats))


def roster_of(seats: Iterable[tuple[str, str, Role | str, str | None]]) -> Roster:
    """A roster from ``(person, table, role, deputy_of)`` rows, such as of a solver's proposal."""
    return Roster(tuple(Seat(person, table, Role(role), partner) for person, table, role, partner in seats))
