"""The board's locks: seated here, kept out, kept apart; by person key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selection.errors import LockError
from selection.pool import Applicant, Pool, Role
from selection.rules import RuleLock, Rules


@dataclass(frozen=True, slots=True, order=True)
class Seated:
    """A person who must be seated: at a table and in a role, or anywhere where these are ``None``."""

    key: str
    table: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Locks:
    """What the board has fixed."""

    seated: tuple[Seated, ...] = ()
    kept_out: tuple[str, ...] = ()
    kept_apart: tuple[tuple[str, ...], ...] = ()

    def plus(self, other: Locks) -> Locks:
        """Both sets of locks together."""
        return Locks(
            tuple(dict.fromkeys(self.seated + other.seated)),
            tuple(dict.fromkeys(self.kept_out + other.kept_out)),
            tuple(dict.fromkeys(self.kept_apart + other.kept_apart)),
        )

    def checked(self, pool: Pool) -> Locks:
        """These locks, once it is clear that the pool has everybody and every seat they name.

        Raises
        ------
        LockError
            if a person is not in the pool, did not accept the seat, or is both seated and kept out.
        """
        for key in (
            *(seat.key for seat in self.seated),
            *self.kept_out,
            *(k for group in self.kept_apart for k in group),
        ):
            if key not in pool.places:
                raise LockError("lock_unknown_person", person=key)
        out = set(self.kept_out)
        for seat in self.seated:
            if seat.key in out:
                raise LockError("lock_contradiction", person=seat.key)
            place = pool.places[seat.key]
            if not any(
                one.applicant == place
                and (seat.table is None or pool.tables[one.table] == seat.table)
                and (seat.role is None or one.role == seat.role)
                for one in pool.candidates
            ):
                raise LockError("lock_not_accepted", person=seat.key, table=seat.table or "–", role=seat.role or "–")
        return self


def locks_of(rules: Rules, applicants: Sequence[Applicant]) -> Locks:
    """The locks written in the rules file.

    Raises
    ------
    LockError
        if a person is not in the file, or more than one has the name; ``params`` tell which lock of the file it is.
    """
    seated: list[Seated] = []
    kept_out: list[str] = []
    for number, lock in enumerate(rules.locks, start=1):
        key = _find(applicants, lock, number)
        if lock.keep_out:
            kept_out.append(key)
        else:
            seated.append(Seated(key, lock.table, lock.role))
    apart = tuple(
        tuple(sorted(_find(applicants, RuleLock(person=person), number) for person in group.persons))
        for number, group in enumerate(rules.apart, start=1)
    )
    return Locks(tuple(seated), tuple(kept_out), apart)


def _find(applicants: Sequence[Applicant], lock: RuleLock, number: int) -> str:
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
            raise LockError("lock_name_not_in_file", number=number)
        raise LockError("lock_not_in_file", number=number, place=place)
    if len(found) > 1:
        rows = ", ".join(str(one.origin.row) for one in found if one.origin is not None)
        raise LockError("lock_ambiguous", number=number, rows=rows)
    return found[0].key
