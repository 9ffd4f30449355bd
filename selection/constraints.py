"""Rules × pool → rows: one definition that solving, checking and explaining share.

A new kind of requirement is one class in :mod:`selection.model` (as :mod:`selection.model.if_then`) and one function
here, named in :data:`ROWS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Literal

from selection.model.applied import is_read, require_read
from selection.model.counting import CROSS
from selection.model.criteria import Body, Goal, Range, Required, Requirement
from selection.model.holders import Holders
from selection.model.if_then import IfThen, OneIfAny
from selection.model.limits import AllOrNone, Count, Limits, NoMoreThan, Places
from selection.model.locks import Locks
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rows import TOGETHER, Row, Rows
from selection.model.rules import Rules
from selection.model.source import LockKind, Source
from selection.model.spelling import folded


def build_rows(
    pool: Pool, rules: Rules, locks: Locks | None = None, *, unread: Literal["refuse", "leave_out"] = "refuse"
) -> Rows:
    """All rows of a round. A rule of a field that was not read has none: see ``Rows.not_applied``.

    Parameters
    ----------
    unread
        ``leave_out`` to look at a round whose requirements cannot all be counted; nothing is solved or checked then.

    Raises
    ------
    UnreadRequirementError
        if a requirement's field was not read, and nobody went on without the requirement by name.
    LockError
        if a lock names a person or a seat that the pool does not have.
    """
    if unread == "refuse":
        require_read(pool, rules)
    holders = Holders(pool)
    requirements = (*frame_rows(holders, rules), *rule_rows(holders, rules), *lock_rows(pool, locks or Locks()))
    goals = tuple(row for goal in rules.goals if is_read(pool, goal) for row in _goal(holders, rules, goal))
    switched_off = tuple(goal.id for goal in rules.goals if not is_read(pool, goal))
    return Rows(pool, rules, requirements, goals, switched_off)


def frame_rows(holders: Holders, rules: Rules) -> Iterator[Row]:
    """What holds in every round: one seat a person, sizes, pairs, nobody where the person did not accept to sit."""
    yield from _one_seat(holders.pool)
    yield from _sizes(holders, rules)
    yield from _accepted(holders.pool)


def rule_rows(holders: Holders, rules: Rules) -> Iterator[Row]:
    """The requirements of the rules, in their order; those whose field was not read have no rows."""
    for rule in rules.required:
        if is_read(holders.pool, rule):
            yield from ROWS[type(rule)](holders, rules, rule)


def lock_rows(pool: Pool, locks: Locks) -> Iterator[Row]:
    """Model, requirement 6: the locks of the board and of the rules."""
    of_key: dict[str, list[int]] = {}
    for place, candidate in enumerate(pool.candidates):
        of_key.setdefault(pool.applicants[candidate.applicant].key, []).append(place)

    def seats(key: str, table: str | None, role: Role | None) -> Places:
        return tuple(
            place
            for place in of_key.get(key, ())
            if table in (None, pool.tables[pool.candidates[place].table])
            and role in (None, pool.candidates[place].role)
        )

    for lock in locks.entries:
        for table in pool.tables if lock.kind.everywhere else (lock.table,):
            several = [seats(key, table, lock.role) for key in lock.keys]
            for counted, limits in _locked(lock.kind, several):
                yield Row.of(
                    lock.kind.value,
                    table,
                    lock.role,
                    counted,
                    limits,
                    value=lock.value,
                    source=Source.LOCK,
                    lock=lock.kind,
                )


def _locked(kind: LockKind, seats: Sequence[Places]) -> Iterator[tuple[Places, Limits]]:
    """What a lock asks of its persons, given by the seats of each."""
    every = tuple(sorted(place for places in seats for place in places))
    match kind:
        case LockKind.SEATED | LockKind.ONE_OF:
            yield every, Count(1)
        case LockKind.KEPT_OUT:
            yield every, Count(None, 0)
        case LockKind.KEPT_APART:
            yield every, Count(None, 1)
        case LockKind.KEPT_TOGETHER:
            first, *others = seats
            for other in others:
                yield (*first, *other), AllOrNone(first, other)


def _one_seat(pool: Pool) -> Iterator[Row]:
    """Model, requirement 1: one seat per applicant, over all tables and roles."""
    seats: dict[int, list[int]] = {}
    for place, candidate in enumerate(pool.candidates):
        seats.setdefault(candidate.applicant, []).append(place)
    for applicant in sorted(seats):
        places = tuple(seats[applicant])
        if len(places) > 1:
            key = pool.applicants[applicant].key
            yield Row.of("one_seat", None, None, places, Count(None, 1), value=key, source=Source.ONE_SEAT)


def _sizes(holders: Holders, rules: Rules) -> Iterator[Row]:
    """Model, requirement 2: sizes of the bodies."""
    for table, name in enumerate(holders.pool.tables):
        least, most = rules.least(name), rules.aim(name, Role.MEMBER)
        members, deputies = holders.bodies[table, Role.MEMBER], holders.bodies[table, Role.DEPUTY]
        yield Row.of("members", name, "member", members, Count(least, most), source=Source.SIZE)
        if not rules.aim(name, Role.DEPUTY):
            continue
        limits_of_deputies = Count(None, rules.aim(name, Role.DEPUTY))
        yield Row.of("deputies", name, "deputy", deputies, limits_of_deputies, source=Source.SIZE)
        if rules.deputies.personal:
            limits = NoMoreThan(members)
            yield Row.of("personal_deputies", name, "deputy", deputies, limits, source=Source.PAIRING)


def _accepted(pool: Pool) -> Iterator[Row]:
    """Nobody sits in a seat that the person did not accept or may not hold (Local Government Act, 70 §)."""
    for table, name in enumerate(pool.tables):
        places = tuple(sorted(pool.index[one] for one in pool.unaccepted if one.table == table))
        if places:
            yield Row.of("accepted", name, TOGETHER, places, Count(None, 0), source=Source.ACCEPTED)


def _body_of(holders: Holders, rules: Rules, body: Body, table: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The bodies that a requirement binds at a table: the role's name and its candidates."""
    members, deputies = holders.bodies[table, Role.MEMBER], holders.bodies[table, Role.DEPUTY]
    if body == "together":
        yield TOGETHER, tuple(sorted(members + deputies))
    if body in ("members", "each"):
        yield Role.MEMBER.value, members
    if body in ("deputies", "each") and rules.aim(holders.pool.tables[table], Role.DEPUTY):
        yield Role.DEPUTY.value, deputies


def _requirement(holders: Holders, rules: Rules, rule: Requirement) -> Iterator[Row]:
    """Model, requirements 3 to 5: counts, shares and at most so many of each value."""
    # Of the values that nobody here has one row is enough, where it asks for nobody.
    asks_for_somebody = bool(rule.at_least or rule.at_least_share)
    groups = tuple(_groups(holders, rule))
    for name, role, body in _bodies_of(holders, rules, rule):
        people, several = holders.by_applicant(body), rule.limits(body)
        for number, (value, group) in enumerate(groups):
            places = holders.members_of(people, group)
            if number and not places and not asks_for_somebody:
                continue
            for limits in several:
                yield Row.of(rule.id, name, role, places, limits, value=value)


def _bodies_of(holders: Holders, rules: Rules, rule: Requirement) -> Iterator[tuple[str | None, str, tuple[int, ...]]]:
    """The bodies that a requirement binds: table, role's name and candidates; one over all its tables where it counts
    the round."""
    everywhere: dict[str, list[int]] = {}
    for table, name in enumerate(holders.pool.tables):
        if not rule.at(name):
            continue
        for role, body in _body_of(holders, rules, rule.body, table):
            if rule.scope == "table":
                yield name, role, body
            everywhere.setdefault(role, []).extend(body)
    if rule.scope == "round":
        for role, places in everywhere.items():
            yield None, role, tuple(sorted(places))


def _groups(holders: Holders, rule: Requirement) -> Iterator[tuple[str | None, frozenset[int]]]:
    """The groups a requirement counts: one, or one for each value that occurs or is expected."""
    if not rule.each:
        yield None, holders.group(rule)
        return
    told: set[str] = set()
    for value in rule.expected:
        told |= {CROSS.join(map(folded, one)) for one in product(*rule.parts(value))}
        yield value, holders.holders(rule.fields, rule.parts(value))
    for parts in product(*map(holders.values_of, rule.fields)):
        if CROSS.join(map(folded, parts)) not in told and not rule.is_exempt(parts):
            group = holders.holders(rule.fields, tuple((part,) for part in parts))
            if group or len(parts) == 1:
                yield CROSS.join(parts), group


def _if_then(holders: Holders, rules: Rules, rule: IfThen) -> Iterator[Row]:
    """If anybody of one group is in a body, at least one of another."""
    for table, name in enumerate(holders.pool.tables):
        if not rule.at(name):
            continue
        for role, body in _body_of(holders, rules, rule.body, table):
            people = holders.by_applicant(body)
            group = holders.group(rule.given)
            given, then = holders.members_of(people, group), holders.members_of(people, holders.group(rule.then))
            yield Row.of(rule.id, name, role, then, OneIfAny(rule.given, max(1, len(group & people.keys())), given))


#: Kind of requirement → what makes its rows.
ROWS: Mapping[type[Required], Callable[[Holders, Rules, Any], Iterator[Row]]] = {
    Requirement: _requirement,
    IfThen: _if_then,
}


def _goal(holders: Holders, rules: Rules, goal: Goal) -> Iterator[Row]:
    """Rows of a goal: for each table, or all of them together, and each value a range of seats in the members."""
    pool = holders.pool
    bound = [table for table, name in enumerate(pool.tables) if goal.at(name)]
    bodies = [(table,) for table in bound] if goal.scope == "table" else [tuple(bound)] if bound else []
    for tables in bodies:
        members = holders.by_applicant(sorted(p for table in tables for p in holders.bodies[table, Role.MEMBER]))
        aim = sum(rules.aim(pool.tables[table], Role.MEMBER) for table in tables)
        name = pool.tables[tables[0]] if goal.scope == "table" else None
        for value, parts, wanted in _wanted(holders, rules, goal, tables):
            places = holders.members_of(members, holders.holders(goal.fields, parts))
            willing = any(pool.candidates[place] not in pool.unaccepted for place in places)
            limits = Count(*wanted.seats(aim, willing=willing))
            if limits != Count():
                yield Row.of(goal.id, name, "member", places, limits, value=value, priority=goal.priority)


def _wanted(
    holders: Holders, rules: Rules, goal: Goal, tables: tuple[int, ...]
) -> Iterator[tuple[str, tuple[tuple[str, ...], ...], Range]]:
    """The values a goal speaks of at some tables, each with what it stands for and its range."""
    for value, wanted in goal.ranges.items():
        yield value, goal.parts(value), wanted
    if goal.each is None:
        return
    values = [holders.values_of(name) for name in goal.fields]
    if goal.among == "table":
        own = {code for table in tables for code in rules.tables[table].postal_codes}
        values = [
            tuple(value for value in known if value in own) if name == "postal_code" or len(values) == 1 else known
            for name, known in zip(goal.fields, values, strict=True)
        ]
    named = {folded(value) for value in goal.ranges}
    for parts in product(*values):
        value, alone = CROSS.join(parts), tuple((part,) for part in parts)
        # Of two fields crossed, as of a requirement, the values that somebody has.
        if folded(value) in named or goal.is_exempt(parts):
            continue
        if len(parts) == 1 or holders.holders(goal.fields, alone):
            yield value, alone, goal.each
