"""The desk: all that is known of the round at work, read once per change and shown by the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from selection import actions as do
from selection.constraints import build_rows, lock_rows
from selection.intake.headings import left_out_fields
from selection.model.locks import Locks, Seated, locks_of
from selection.model.people import Role
from selection.model.pool import Candidate, Pool
from selection.model.rows import Rows
from selection.model.rules import Rules
from selection.model.rules_file import parse_rules
from selection.records.people import asked_fields as fields_asked
from selection.records.readiness import LEFT
from selection.rounds import held
from selection.rounds.given import Given
from selection.rounds.readings import headings
from selection.rounds.second_reading import in_use


@dataclass(frozen=True)
class Desk:
    """One round as of one revision.

    Attributes
    ----------
    people
        Every application by person key, those set aside among them.
    pool
        Whom a proposal may choose among.
    version
        The roster at work: the draft, or another version that was asked for; ``None`` before the first proposal.
    since
        The applications changed or added since the decision, as they were decided from; nothing before it. Read with
        the rest: documents are made in threads that do not know who is at work.
    made
        Rows of the rules already built, by the seats that were admitted to the pool.
    """

    round: do.RoundRow
    rules: Rules
    people: Mapping[str, do.ApplicationRow]
    pool: Pool
    locks: tuple[do.LockRow, ...]
    version: do.VersionRow | None
    since: do.Before = field(default_factory=dict)
    made: dict[tuple[Candidate, ...], Rows] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def by_id(self) -> Mapping[int, do.ApplicationRow]:
        """Every application by its id."""
        return {person.id: person for person in self.people.values()}

    @property
    def roster(self) -> do.Roster:
        """The roster at work; empty before the first proposal."""
        return self.version.roster if self.version is not None else do.Roster()

    @cached_property
    def solver_locks(self) -> Locks:
        """The locks as the solver takes them: those of the rules file, those set here, and what the proposal kept of
        changes made by hand."""
        base = self.base_locks
        return base if self.version is None else held.locks_with(base, self._carried(base))

    @cached_property
    def base_locks(self) -> Locks:
        """The locks of the rules file and those set here."""
        return file_locks(self.rules, self.people, self.pool).plus(board_locks(self.locks, self.by_id, self.pool))

    def _carried(self, base: Locks) -> tuple[held.Held, ...]:
        assert self.version is not None
        return held.splitting(held.standing(self.version.facts or {}, self.roster), self.pool, base)[0]

    @cached_property
    def held(self) -> tuple[tuple[held.Held, ...], tuple[held.Held, ...]]:
        """Changes made by hand that a new solve keeps, and those that it cannot: not accepted, or not in the pool."""
        if self.version is None:
            return (), ()
        return held.splitting(held.made_by_hand(self.version.facts or {}, self.roster), self.pool, self.base_locks)

    @cached_property
    def held_keys(self) -> frozenset[str]:
        """Whose seat is held."""
        return frozenset(one.key for one in self.held[0])

    @cached_property
    def given(self) -> Given:
        """What computations about the round are given."""
        pool = self.pool
        return Given(self.rules, pool.applicants, pool.asked, self.solver_locks, pool.left_out, pool.waived)

    @cached_property
    def lock_of(self) -> Mapping[int, do.LockRow]:
        """The lock of seat or out of an application, by the application's id."""
        return {lock.application_ids[0]: lock for lock in self.locks if lock.kind != "apart"}

    @cached_property
    def _seated(self) -> tuple[Pool, tuple[Candidate, ...]]:
        tables = {name: index for index, name in enumerate(self.pool.tables)}
        taken = tuple(
            Candidate(self.pool.places[seat.person], tables[seat.table], seat.role)
            for seat in self.roster.seats
            if seat.role is not Role.RESERVE and seat.person in self.pool.places and seat.table in tables
        )
        return self.pool.admitting(taken), taken

    @cached_property
    def rows(self) -> Rows:
        """Requirements and goals over the pool, the roster at work admitted.

        Those of the rules are built once for a pool and shared by the desks that follow from one another; those of the
        locks are few and built anew.
        """
        pool = self._seated[0]
        if pool.unaccepted not in self.made:
            self.made[pool.unaccepted] = build_rows(pool, self.rules, unread="leave_out")
        ours = self.made[pool.unaccepted]
        return replace(ours, requirements=(*ours.requirements, *lock_rows(pool, self.solver_locks)))

    def rows_of(self, table: str) -> Rows:
        """The rows that concern one table."""
        rows = self.rows
        return replace(
            rows,
            requirements=tuple(row for row in rows.requirements if row.table in (table, None)),
            goals=tuple(row for row in rows.goals if row.table in (table, None)),
        )

    @cached_property
    def chosen(self) -> tuple[int, ...]:
        """The roster at work as 0 or 1 for each candidate of :attr:`rows`."""
        pool, taken = self._seated
        seated = set(taken)
        return tuple(int(candidate in seated) for candidate in pool.candidates)

    def with_roster(self, roster: do.Roster) -> Desk:
        """The desk with another roster on it; itself before the first proposal."""
        return self if self.version is None else replace(self, version=replace(self.version, roster=roster))

    def came_later(self, application_id: int) -> bool:
        """Whether an application came after the decision, such as of a supplementary call."""
        return application_id in self.since and self.since[application_id] is None

    def may_change(self, application_id: int) -> bool:
        """Whether an application may be changed: in a draft, and after the decision if it came later."""
        return self.round.state == "draft" or self.came_later(application_id)

    def seat_of(self, application_id: int) -> do.Seat | None:
        """The seat of a person in the roster at work."""
        return self.roster.seat_of(self.by_id[application_id].person_key)


def file_locks(rules: Rules, people: Mapping[str, do.ApplicationRow], pool: Pool) -> Locks:
    """The locks of the rules file, those of people who declined or withdrew let go.

    Raises
    ------
    LockError
        as :func:`selection.model.locks.locks_of`.
    """
    gone = [one.as_applicant() for one in people.values() if one.set_aside_code in LEFT and one.status != "active"]
    if not gone:
        return locks_of(rules, pool.applicants)
    return locks_of(rules, (*pool.applicants, *gone)).of_those_in(pool)


def let_go(desk: Desk) -> tuple[do.ApplicationRow, ...]:
    """Those who declined or withdrew and whom the rules file locks to a seat all the same."""
    gone = {
        one.person_key: one for one in desk.people.values() if one.set_aside_code in LEFT and one.status != "active"
    }
    if not gone or not desk.rules.locks:
        return ()
    held = locks_of(desk.rules, (*desk.pool.applicants, *(one.as_applicant() for one in gone.values())))
    return tuple(gone[seat.key] for seat in held.seated if seat.key in gone)


def board_locks(locks: tuple[do.LockRow, ...], people: Mapping[int, do.ApplicationRow], pool: Pool) -> Locks:
    """Locks by application id as locks by person key; those of people no longer in the pool bind nobody."""
    seated: list[Seated] = []
    out: list[str] = []
    apart: list[tuple[str, ...]] = []
    for lock in locks:
        keys = tuple(people[one].person_key for one in lock.application_ids if one in people)
        keys = tuple(key for key in keys if key in pool.places)
        if lock.kind == "apart" and len(keys) > 1:
            apart.append(tuple(sorted(keys)))
        elif lock.kind == "out" and keys:
            out.append(keys[0])
        elif lock.kind == "seat" and keys:
            seated.append(Seated(keys[0], lock.table, lock.role))
    return Locks(tuple(seated), tuple(out), tuple(apart))


def asked_fields(files: Sequence[do.FileRow], people: Mapping[str, do.ApplicationRow]) -> frozenset[str] | None:
    """Fields that the form asked or that somebody filled in since; ``None`` (all) for a round made by hand."""
    rows = people.values()
    return fields_asked(
        [file.mapping for file in files], [one.corrections for one in rows], [one.current for one in rows]
    )


def read(store: do.Store, user: do.User, round_row: do.RoundRow, version_id: int | None = None) -> Desk:
    """Read the round from the records.

    Raises
    ------
    SelectionError
        where the rules cannot be read or the round is gone.
    """
    rules = parse_rules(do.rules_text(store, user, round_row.id), round_row.name)
    rows = do.applications(store, user, round_row.id)
    people = {row.person_key: row for row in rows}
    files = do.source_files(store, user, round_row.id)
    applicants = [row.as_applicant() for row in rows if row.in_pool]
    files = in_use(files, rows)
    asked = asked_fields(files, people)
    left_out = left_out_fields(headings(files), rules) - (asked or frozenset())
    waived = [one.requirement for one in do.waivers(store, user, round_row.id)]
    pool = Pool.build(applicants, rules, asked, left_out=left_out, waived=waived)
    since = do.since_decision(store, user, round_row.id) if round_row.state == "decided" else {}
    return Desk(round_row, rules, people, pool, *_seats_and_locks(store, user, round_row, version_id), since=since)


def _seats_and_locks(
    store: do.Store, user: do.User, round_row: do.RoundRow, version_id: int | None
) -> tuple[tuple[do.LockRow, ...], do.VersionRow | None]:
    if version_id is None and round_row.draft_id is None:
        # The draft of a decided round goes when its applicants are erased: what sits now stands in its place.
        version_id = round_row.standing_id
    version = (
        do.draft(store, user, round_row.id) if version_id is None else do.version(store, user, round_row.id, version_id)
    )
    if version is not None and version.id == round_row.standing_id:
        version = replace(version, current=True)
    return tuple(do.locks(store, user, round_row.id)), version


def follow(store: do.Store, user: do.User, desk: Desk, round_row: do.RoundRow, version_id: int | None) -> Desk:
    """The desk after changes of seats and locks alone: people, rules and their rows stay as they were read."""
    locks, version = _seats_and_locks(store, user, round_row, version_id)
    return replace(desk, round=round_row, locks=locks, version=version)
