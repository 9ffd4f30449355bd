"""The board's locks: seated here, kept out, kept apart; by person key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from selection.errors import LockError
from selection.model.people import Applicant, Role
from selection.model.pool import Candidate, Pool
from selection.model.rule_locks import RuleLock
from selection.model.rules import Rules
from selection.model.source import LockKind


@dataclass(frozen=True, slots=True, order=True)
class Seated:
    """A person who must be seated: at a table and in a role, or anywhere where these are ``None``."""

    key: str
    table: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Persons of whom at least one must be seated: at a table and in a role, or anywhere where these are ``None``."""

    keys: tuple[str, ...]
    table: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock: what it asks, of whom, and where; anywhere where table and role are ``None``."""

    kind: LockKind
    keys: tuple[str, ...]
    table: str | None = None
    role: Role | None = None

    @property
    def value(self) -> str:
        """The keys of its persons with ``+`` between them, as its rows have them."""
        return "+".join(self.keys)


@dataclass(frozen=True)
class Locks:
    """What the board and the rules have fixed over persons: who is seated, kept out of everything, kept apart, kept
    from one table or role, kept together, and of whom one is seated."""

    seated: tuple[Seated, ...] = ()
    kept_out: tuple[str, ...] = ()
    kept_apart: tuple[tuple[str, ...], ...] = ()
    kept_from: tuple[Seated, ...] = ()
    kept_together: tuple[tuple[str, ...], ...] = ()
    one_of: tuple[AnyOf, ...] = ()

    @cached_property
    def entries(self) -> tuple[Lock, ...]:
        """Every lock by itself, those of a kind together."""
        return (
            *(Lock(LockKind.SEATED, (one.key,), one.table, one.role) for one in self.seated),
            *(Lock(LockKind.KEPT_OUT, (key,)) for key in self.kept_out),
            *(Lock(LockKind.KEPT_OUT, (one.key,), one.table, one.role) for one in self.kept_from),
            *(Lock(LockKind.KEPT_APART, keys) for keys in self.kept_apart),
            *(Lock(LockKind.KEPT_TOGETHER, keys) for keys in self.kept_together),
            *(Lock(LockKind.ONE_OF, one.keys, one.table, one.role) for one in self.one_of),
        )

    @classmethod
    def of(cls, entries: Iterable[Lock]) -> Locks:
        """The inverse of :attr:`entries`; each lock once."""
        kinds: dict[LockKind, list[Lock]] = {kind: [] for kind in LockKind}
        for one in dict.fromkeys(entries):
            kinds[one.kind].append(one)
        out = kinds[LockKind.KEPT_OUT]
        return cls(
            tuple(Seated(one.keys[0], one.table, one.role) for one in kinds[LockKind.SEATED]),
            tuple(one.keys[0] for one in out if not (one.table or one.role)),
            tuple(one.keys for one in kinds[LockKind.KEPT_APART]),
            tuple(Seated(one.keys[0], one.table, one.role) for one in out if one.table or one.role),
            tuple(one.keys for one in kinds[LockKind.KEPT_TOGETHER]),
            tuple(AnyOf(one.keys, one.table, one.role) for one in kinds[LockKind.ONE_OF]),
        )

    def plus(self, other: Locks) -> Locks:
        """Both sets of locks together."""
        return Locks.of((*self.entries, *other.entries))

    def of_those_in(self, pool: Pool) -> Locks:
        """The locks without the people who are not in the pool; of those kept apart or together who is left, if
        several."""
        left = (replace(one, keys=tuple(key for key in one.keys if key in pool.places)) for one in self.entries)
        return Locks.of(one for one in left if len(one.keys) > one.kind.everywhere)

    def checked(self, pool: Pool, rules: Rules | None = None) -> Locks:
        """These locks, once it is clear that the pool has everybody and every seat they name.

        With ``rules`` a seat that cannot be is told with its true reason.

        Raises
        ------
        LockError
            if a person is not in the pool, may not hold or did not accept the seat, or is both seated and kept out.
        """
        for key in (key for one in self.entries for key in one.keys):
            if key not in pool.places:
                raise LockError("lock_unknown_person", person=key)
        out = set(self.kept_out)
        for seat in self.seated:
            if seat.key in out or any(_covers(one, seat) for one in self.kept_from):
                raise LockError("lock_contradiction", person=seat.key)
            if not any(_is(pool, one, seat) for one in pool.candidates):
                raise _refusal(pool, seat, rules)
        return self


def _covers(out: Seated, seat: Seated) -> bool:
    """Whether a person is kept from every seat that a lock would give."""
    return out.key == seat.key and out.table in (None, seat.table) and out.role in (None, seat.role)


def _is(pool: Pool, candidate: Candidate, seat: Seated, *, any_role: bool = False) -> bool:
    return (
        candidate.applicant == pool.places[seat.key]
        and (seat.table is None or pool.tables[candidate.table] == seat.table)
        and (any_role or seat.role is None or candidate.role == seat.role)
    )


def _deputies_at(rules: Rules, table: str | None) -> bool:
    """Whether a table has deputies; without one, whether any has."""
    return bool(rules.aim(table, Role.DEPUTY)) if table in rules.table_ids else rules.has(Role.DEPUTY)


def _refusal(pool: Pool, seat: Seated, rules: Rules | None) -> LockError:
    """Why somebody cannot have a seat: the age, a role that is not there or was not accepted, or else the wishes."""
    said: dict[str, Any] = {"person": seat.key, "table": seat.table or "–", "role": seat.role or "any"}
    place = pool.places[seat.key]
    refused = None if rules is None else rules.eligibility.refusal(pool.ages[place])
    if rules is not None and refused == "under_age":
        return LockError("lock_under_age", least=rules.eligibility.minimum_age, **said)
    if rules is not None and refused == "over_age":
        return LockError("lock_over_age", most=rules.eligibility.maximum_age, **said)
    if rules is not None and seat.role is Role.DEPUTY and not _deputies_at(rules, seat.table):
        return LockError("lock_no_deputies", **said)
    if seat.role is Role.RESERVE:
        return LockError("lock_of_reserve", **said)
    if any(_is(pool, one, seat, any_role=True) for one in pool.candidates):
        return LockError("lock_role_not_accepted", **said)
    if not pool.candidates:
        return LockError("lock_no_wish_read", **said)
    if not any(one.applicant == place for one in pool.candidates):
        return LockError("lock_no_seat_accepted", **said)
    return LockError("lock_not_accepted", **said)


def locks_of(rules: Rules, applicants: Sequence[Applicant]) -> Locks:
    """The locks written in the rules file.

    Raises
    ------
    LockError
        if a person is not in the file, or more than one has the name; ``params`` tell which lock of the file it is.
    """
    seated: list[Seated] = []
    kept_out: list[str] = []
    kept_from: list[Seated] = []
    for number, lock in enumerate(rules.locks, start=1):
        key = _find(applicants, lock, number)
        if lock.keep_out and (lock.table is not None or lock.role is not None):
            kept_from.append(Seated(key, lock.table, lock.role))
        elif lock.keep_out:
            kept_out.append(key)
        else:
            seated.append(Seated(key, lock.table, lock.role))
    apart = tuple(
        tuple(sorted(_find(applicants, RuleLock(person=person), number, kind="apart") for person in group.persons))
        for number, group in enumerate(rules.apart, start=1)
    )
    for number, there in enumerate(rules.not_here, start=1):
        keys = _all(applicants, there.persons, number, "not_here")
        kept_from += [Seated(key, table) for key in keys for table in there.tables]
    together = tuple(_all(applicants, one.persons, number, "together") for number, one in enumerate(rules.together, 1))
    one_of = tuple(
        AnyOf(_all(applicants, one.persons, number, "one_of"), one.table, one.role)
        for number, one in enumerate(rules.one_of, start=1)
    )
    return Locks(tuple(seated), tuple(kept_out), apart, tuple(kept_from), together, one_of)


def _all(applicants: Sequence[Applicant], persons: Sequence[str], number: int, section: str) -> tuple[str, ...]:
    """Keys of the persons that a part of the rules names, each once, in order."""
    keys = {_find(applicants, RuleLock(person=person), number, "persons", section) for person in persons}
    return tuple(sorted(keys))


def _find(
    applicants: Sequence[Applicant],
    lock: RuleLock,
    number: int,
    kind: Literal["lock", "apart", "persons"] = "lock",
    section: str = "",
) -> str:
    if lock.person is not None:
        wanted = " ".join(lock.person.split()).casefold()
        found = [one for one in applicants if one.key == lock.person or " ".join(one.name.split()).casefold() == wanted]
        place = ""
    else:
        found = [
            one
            for one in applicants
            if one.origin is not None and one.origin.row == lock.row and lock.sheet in (None, one.origin.sheet)
        ]
        place = f"{lock.sheet or ''}!{lock.row}".lstrip("!")
    if not found:
        if not place:
            raise LockError(f"{kind}_name_not_in_file", named=lock.person or "", number=number, section=section)
        raise LockError("lock_not_in_file", number=number, place=place)
    if len(found) > 1:
        rows = ", ".join(str(one.origin.row) for one in found if one.origin is not None)
        raise LockError(f"{kind}_ambiguous", named=lock.person or place, number=number, rows=rows, section=section)
    return found[0].key
