"""What separates two rosters: whose seats differ, who comes, goes and changes seats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from selection.model.people import Role
from selection.model.seat import Place, Seat


@dataclass(frozen=True, slots=True)
class SeatChange:
    """One person whose seats differ; either side is empty for who came in or went out."""

    key: str
    before: tuple[Seat, ...]
    after: tuple[Seat, ...]

    def pairs(self) -> Iterator[tuple[Seat | None, Seat | None]]:
        """Each seat that differs with the one held instead: at the same table first, then any other."""
        before, after = list(self.before), list(self.after)
        for was in self.before:
            now = next((seat for seat in after if seat.table == was.table), None)
            if now is not None:
                before.remove(was)
                after.remove(now)
                if was != now:
                    yield was, now
        yield from zip_longest(before, after)


@dataclass(frozen=True, slots=True)
class Move:
    """One person who comes (``before`` is ``None``), goes (``after`` is ``None``) or changes seats; by person key."""

    key: str
    before: Place | None
    after: Place | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What separates two rosters: seats of the second that are new, of the first that are gone, and moves.

    A move is a pair (seat in the first, seat in the second) of one person whose table, role or partner differs.
    """

    came: tuple[Seat, ...]
    went: tuple[Seat, ...]
    moved: tuple[tuple[Seat, Seat], ...]

    @classmethod
    def between(cls, before: Iterable[Seat], after: Iterable[Seat]) -> Difference:
        """What separates the second from the first; in the order of the seats."""
        old, new = tuple(before), tuple(after)
        pairs = [pair for change in seat_changes(old, new) for pair in change.pairs()]
        instead = {now: was for was, now in pairs if now is not None}
        gone = {was for was, now in pairs if now is None}
        held = [(instead[seat], seat) for seat in new if seat in instead]
        return cls(
            came=tuple(seat for was, seat in held if was is None),
            went=tuple(seat for seat in old if seat in gone),
            moved=tuple((was, seat) for was, seat in held if was is not None),
        )

    @property
    def taken(self) -> tuple[tuple[Seat | None, Seat], ...]:
        """Who takes another seat, with the seat held before; deputies who are only paired anew keep theirs."""
        moved = [(was, seat) for was, seat in self.moved if was.place != seat.place]
        return (*((None, seat) for seat in self.came), *moved)


def seat_changes(before: Iterable[Seat], after: Iterable[Seat]) -> tuple[SeatChange, ...]:
    """Whose seats differ, by person key."""
    old, new = _by_person(before), _by_person(after)
    return tuple(
        SeatChange(key, tuple(old.get(key, ())), tuple(new.get(key, ())))
        for key in sorted({**old, **new})
        if old.get(key) != new.get(key)
    )


def seat_moves(before: Iterable[Seat], after: Iterable[Seat]) -> tuple[Move, ...]:
    """Who comes, goes or changes seats, by person key. Reserves hold none; who is only paired anew keeps the seat."""
    changes = seat_changes(_places(before), _places(after))
    return tuple(
        Move(change.key, was.place if was else None, now.place if now else None)
        for change in changes
        for was, now in change.pairs()
    )


def _places(seats: Iterable[Seat]) -> Iterator[Seat]:
    return (replace(seat, deputy_of=None) for seat in seats if seat.role is not Role.RESERVE)


def _by_person(seats: Iterable[Seat]) -> dict[str, list[Seat]]:
    by_person: dict[str, list[Seat]] = {}
    for seat in seats:
        by_person.setdefault(seat.person, []).append(seat)
    for held in by_person.values():
        held.sort(key=lambda seat: (seat.table, seat.role, seat.deputy_of or ""))
    return by_person
