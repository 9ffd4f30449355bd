"""Held: changes made by hand that a new solve keeps. They bind as locks do, until each is let go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selection.explain.kept_pairs import pairs_kept
from selection.model.locks import Locks, Seated
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.roster import Roster, Seat
from selection.rounds.facts import MADE

#: Facts of a version: what its proposal kept of changes made by hand, and what was let go since.
HELD, LET_GO = "held", "let_go"


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """A person kept at a table in a role; or, without these, kept out of every seat. A reserve has none.

    ``member`` is the key of the member beside whom a deputy was put by hand: that pair is kept, and so both seats are.
    """

    key: str
    table: str | None = None
    role: Role | None = None
    member: str | None = None

    def to_json(self) -> list[str | None]:
        """As facts keep it: the seat. A pair is told by the roster as made beside the roster as it is."""
        return [self.key, self.table, self.role.value if self.role else None]


def of_json(held: Iterable[Sequence[Any]]) -> tuple[Held, ...]:
    """The inverse of :meth:`Held.to_json`."""
    return tuple(Held(str(key), table, Role(role) if role else None) for key, table, role in held)


def places(roster: Roster) -> dict[str, Held]:
    """Where each person of a roster has a seat that a solve gives."""
    return {
        seat.person: Held(seat.person, seat.table, seat.role) for seat in roster.seats if seat.role is not Role.RESERVE
    }


def let_go_of(facts: Mapping[str, Any]) -> frozenset[Held]:
    """What was let go."""
    return frozenset(of_json(facts.get(LET_GO, ())))


def carried(facts: Mapping[str, Any]) -> tuple[Held, ...]:
    """What the proposal was computed with of changes made by hand before it, and was not let go since."""
    gone = let_go_of(facts)
    return tuple(one for one in of_json(facts.get(HELD, ())) if one not in gone)


def made_by_hand(facts: Mapping[str, Any], roster: Roster) -> tuple[Held, ...]:
    """Every change made by hand that still stands in a roster and was not let go, by key: of this proposal, and of
    those before it that it was computed with."""
    made = facts.get(MADE)
    before = places(roster if made is None else Roster.from_json(made))
    now = places(roster)
    found = {key: now.get(key, Held(key)) for key in sorted({*before, *now}) if before.get(key) != now.get(key)}
    if made is not None:
        found |= {
            deputy: replace(now[deputy], member=member)
            for deputy, member in _pairs_by_hand(Roster.from_json(made), roster).items()
        }
    for one in carried(facts):
        if now.get(one.key, Held(one.key)) == one:
            found.setdefault(one.key, one)
    gone = let_go_of(facts)
    return tuple(one for _, one in sorted(found.items()) if replace(one, member=None) not in gone)


def _pairs_by_hand(made: Roster, roster: Roster) -> dict[str, str]:
    """Deputy → member of the pairs that people made. A deputy whose member left the body is only paired with whoever
    came in that seat: such a pair follows from the seats."""
    own = {seat.person: seat.deputy_of for seat in made.seats if seat.role is Role.DEPUTY}
    members = {(seat.person, seat.table) for seat in roster.seats if seat.role is Role.MEMBER}
    return {
        seat.person: seat.deputy_of
        for seat in roster.seats
        if seat.role is Role.DEPUTY
        and seat.deputy_of is not None
        and (seat.deputy_of, seat.table) in members
        and own.get(seat.person) != seat.deputy_of
        and (own.get(seat.person) is None or (own[seat.person], seat.table) in members)
    }


def paired(roster: Roster, held: Iterable[Held]) -> Roster:
    """A roster just computed with the pairs that people made, where both sit; who loses a pair takes what is left."""
    pairs = [
        Seat(one.key, one.table, Role.DEPUTY, one.member)
        for one in held
        if one.member is not None and one.table is not None
    ]
    return replace(roster, seats=pairs_kept(pairs, roster.seats)) if pairs else roster


def seats_kept(held: Iterable[Held], base: Locks) -> tuple[Held, ...]:
    """The seats that are kept, also those of the members of kept pairs; of each person one, none that a lock binds."""
    several = tuple(held)
    seats = {one.key: replace(one, member=None) for one in several}
    bound = {one.key for one in base.seated} | set(base.kept_out)
    for one in several:
        if one.member is not None and one.member not in bound:
            seats.setdefault(one.member, Held(one.member, one.table, Role.MEMBER))
    return tuple(seats.values())


def standing(facts: Mapping[str, Any], roster: Roster) -> tuple[Held, ...]:
    """Those of :func:`carried` that the roster still has."""
    now = places(roster)
    return tuple(one for one in carried(facts) if now.get(one.key, Held(one.key)) == one)


def splitting(held: Iterable[Held], pool: Pool, base: Locks) -> tuple[tuple[Held, ...], tuple[Held, ...]]:
    """What a solve can keep, and what it cannot: who is not in the pool, or did not accept that seat.

    People whom a lock of the round binds are in neither: that lock says what holds.
    """
    bound = {one.key for one in base.seated} | set(base.kept_out)
    accepted = {
        (pool.applicants[one.applicant].key, pool.tables[one.table], one.role)
        for one in pool.candidates
        if one not in pool.unaccepted
    }
    kept: list[Held] = []
    lost: list[Held] = []
    for one in held:
        if one.key in bound:
            continue
        possible = one.key in pool.places and (one.table is None or (one.key, one.table, one.role) in accepted)
        if one.member is not None and one.table is not None:
            possible = possible and _may_be_member(one.member, one.table, accepted, base)
        (kept if possible else lost).append(one)
    return tuple(kept), tuple(lost)


def _may_be_member(key: str, table: str, accepted: Collection[tuple[str, str, Role]], base: Locks) -> bool:
    """Whether the member of a pair can be kept: no lock puts them elsewhere, and they accepted the seat."""
    seated = [one for one in base.seated if one.key == key]
    if seated:
        return all(one.table in (None, table) and one.role in (None, Role.MEMBER) for one in seated)
    return key not in base.kept_out and (key, table, Role.MEMBER) in accepted


def locks_with(base: Locks, held: Iterable[Held]) -> Locks:
    """The locks of a round with what is held beside them."""
    several = seats_kept(held, base)
    return base.plus(
        Locks(
            tuple(Seated(one.key, one.table, one.role) for one in several if one.table is not None),
            tuple(one.key for one in several if one.table is None),
        )
    )
