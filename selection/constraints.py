"""Rules × pool → rows: one definition that solving, checking and explaining share.

A new kind of rule is one class in :mod:`selection.model.criteria` and one function here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Literal

from selection.model.applied import is_read, require_read
from selection.model.criteria import CROSS, Body, Goal, Range, Requirement
from selection.model.locks import Locks, Seated
from selection.model.people import Role
from selection.model.pool import Candidate, Pool
from selection.model.rows import TOGETHER, Row, Rows, bodies, share_written
from selection.model.rules import Rules
from selection.model.spelling import folded
from selection.model.vocabulary import has_spellings


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
    builder = _Builder(pool, rules)
    requirements = [*builder.one_seat(), *builder.sizes(), *builder.accepted()]
    for rule in rules.requirements:
        if is_read(pool, rule):
            requirements += builder.requirement(rule)
    requirements += builder.locks(locks or Locks())
    goals: list[Row] = []
    switched_off: list[str] = []
    for goal in rules.goals:
        if is_read(pool, goal):
            goals += builder.goal(goal)
        else:
            switched_off.append(goal.id)
    return Rows(pool, rules, tuple(requirements), tuple(goals), tuple(switched_off))


class _Builder:
    """Builds rows; remembers values and who has them, so that each is asked once."""

    def __init__(self, pool: Pool, rules: Rules) -> None:
        self.pool = pool
        self.rules = rules
        self.bodies = bodies(pool)
        self._values: dict[str, tuple[str, ...]] = {}
        self._having: dict[tuple[str, str], frozenset[int]] = {}
        self._indexed: set[str] = set()

    def holders(self, fields: tuple[str, ...], parts: tuple[tuple[str, ...], ...]) -> frozenset[int]:
        """Places of the applicants known to have, for each field, one of its values."""
        first, *others = (
            frozenset().union(*(self.having(name, value) for value in values))
            for name, values in zip(fields, parts, strict=True)
        )
        return first.intersection(*others)

    def having(self, name: str, value: str) -> frozenset[int]:
        """Places of the applicants known to have one value of a field. Values other than ages are looked up: asking
        everybody about each takes a large pool with many organisations longer than its steps."""
        if name != "age" and name not in self._indexed:
            self._indexed.add(name)
            found: dict[str, set[int]] = {}
            for place, one in enumerate(self.pool.applicants):
                for known in one.values.get(name, ()):
                    found.setdefault(_spelled(name, known), set()).add(place)
            self._having |= {(name, known): frozenset(places) for known, places in found.items()}
        elif name == "age" and (name, value) not in self._having:
            everybody = range(len(self.pool.applicants))
            self._having[name, value] = frozenset(one for one in everybody if self.pool.holds(one, name, (value,)))
        return self._having.get((name, _spelled(name, value)), frozenset())

    def values_of(self, name: str) -> tuple[str, ...]:
        """All values of a field that occur: the same for every table."""
        if name not in self._values:
            self._values[name] = self.pool.values_of(name)
        return self._values[name]

    def by_applicant(self, body: Iterable[int]) -> dict[int, list[int]]:
        """The candidates of a body by applicant, in the order of both."""
        found: dict[int, list[int]] = {}
        for place in body:
            found.setdefault(self.pool.candidates[place].applicant, []).append(place)
        return found

    @staticmethod
    def members_of(body: Mapping[int, Sequence[int]], group: frozenset[int]) -> tuple[int, ...]:
        """Those candidates of a body whose applicant is in a group; looked for in the smaller of the two, as the groups
        of a large pool are many."""
        some = sorted(one for one in group if one in body) if len(group) < len(body) else body
        return tuple(place for applicant in some if applicant in group for place in body[applicant])

    def body_of(self, body: Body, table: int) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The bodies that a requirement binds at a table: the role's name and its candidates."""
        members, deputies = self.bodies[table, Role.MEMBER], self.bodies[table, Role.DEPUTY]
        if body == "together":
            yield TOGETHER, tuple(sorted(members + deputies))
        if body in ("members", "each"):
            yield Role.MEMBER.value, members
        if body in ("deputies", "each") and self.rules.deputies.aim:
            yield Role.DEPUTY.value, deputies

    def one_seat(self) -> Iterator[Row]:
        """Model, requirement 1: one seat per applicant, over all tables and roles."""
        seats: dict[int, list[int]] = {}
        for place, candidate in enumerate(self.pool.candidates):
            seats.setdefault(candidate.applicant, []).append(place)
        for applicant in sorted(seats):
            places = tuple(seats[applicant])
            if len(places) > 1:
                key = self.pool.applicants[applicant].key
                yield _count_row("one_seat", None, None, places, None, 1, value=key)

    def sizes(self) -> Iterator[Row]:
        """Model, requirement 2: sizes of the bodies."""
        rules = self.rules
        for table, name in enumerate(self.pool.tables):
            members, deputies = self.bodies[table, Role.MEMBER], self.bodies[table, Role.DEPUTY]
            yield _count_row("members", name, "member", members, rules.members.least, rules.members.aim)
            if not rules.deputies.aim:
                continue
            yield _count_row("deputies", name, "deputy", deputies, None, rules.deputies.aim)
            if rules.deputies.personal:
                weights = tuple(sorted([(place, 1) for place in deputies] + [(place, -1) for place in members]))
                whole = Fraction(1)
                yield Row(
                    "personal_deputies",
                    name,
                    "deputy",
                    weights,
                    None,
                    0,
                    deputies,
                    size=members,
                    share=(None, whole, "up"),
                )

    def accepted(self) -> Iterator[Row]:
        """Nobody sits in a seat that the person did not accept or may not hold (Local Government Act, 70 §)."""
        for table, name in enumerate(self.pool.tables):
            places = tuple(self.pool.index[one] for one in self.pool.unaccepted if one.table == table)
            if places:
                yield _count_row("accepted", name, TOGETHER, tuple(sorted(places)), None, 0)

    def requirement(self, rule: Requirement) -> Iterator[Row]:
        """Model, requirements 3 to 5: counts, shares and at most so many of each value."""
        for table, name in enumerate(self.pool.tables):
            if not rule.at(name):
                continue
            # Of the values that nobody here has one row is enough, where it asks for nobody.
            asks_for_somebody = bool(rule.at_least or rule.at_least_share)
            for role, body in self.body_of(rule.body, table):
                people = self.by_applicant(body)
                for number, (value, group) in enumerate(self.groups(rule)):
                    places = self.members_of(people, group)
                    if number and not places and not asks_for_somebody:
                        continue
                    if rule.at_least is not None or rule.at_most is not None:
                        yield _count_row(rule.id, name, role, places, rule.at_least, rule.at_most, value=value)
                    if rule.at_least_share is not None or rule.at_most_share is not None:
                        yield from _share_rows(rule, name, role, places, body, value)

    def groups(self, rule: Requirement) -> Iterator[tuple[str | None, frozenset[int]]]:
        """The groups a requirement counts: one, or one for each value that occurs or is expected."""
        if not rule.each:
            everybody = [self.holders(rule.fields, rule.parts(value)) for value in rule.values]
            yield None, frozenset().union(*everybody)
            return
        told: set[str] = set()
        for value in rule.expected:
            told |= {CROSS.join(map(folded, one)) for one in product(*rule.parts(value))}
            yield value, self.holders(rule.fields, rule.parts(value))
        for parts in product(*map(self.values_of, rule.fields)):
            if CROSS.join(map(folded, parts)) not in told:
                group = self.holders(rule.fields, tuple((part,) for part in parts))
                if group or len(parts) == 1:
                    yield CROSS.join(parts), group

    def locks(self, locks: Locks) -> Iterator[Row]:
        """Model, requirement 6: the board's locks."""
        for seat in locks.seated:
            places = self._seats_of(seat)
            yield _count_row("seated", seat.table, seat.role, places, 1, None, value=seat.key)
        for key in locks.kept_out:
            places = tuple(i for i, one in enumerate(self.pool.candidates) if self._key(one) == key)
            yield _count_row("kept_out", None, None, places, None, 0, value=key)
        for seat in locks.kept_from:
            places = self._seats_of(seat)
            yield _count_row("kept_out", seat.table, seat.role, places, None, 0, value=seat.key)
        for group in locks.kept_apart:
            for table, name in enumerate(self.pool.tables):
                places = tuple(
                    i for i, one in enumerate(self.pool.candidates) if one.table == table and self._key(one) in group
                )
                yield _count_row("kept_apart", name, None, places, None, 1, value="+".join(group))

    def _seats_of(self, seat: Seated) -> tuple[int, ...]:
        """Candidates that a lock of a seat means."""
        return tuple(
            place
            for place, candidate in enumerate(self.pool.candidates)
            if self._key(candidate) == seat.key
            and (seat.table is None or self.pool.tables[candidate.table] == seat.table)
            and (seat.role is None or candidate.role == seat.role)
        )

    def _key(self, candidate: Candidate) -> str:
        return self.pool.applicants[candidate.applicant].key

    def goal(self, goal: Goal) -> Iterator[Row]:
        """Rows of a goal: for each table and value a range of seats in the members."""
        for table, name in enumerate(self.pool.tables):
            if not goal.at(name):
                continue
            members = self.by_applicant(self.bodies[table, Role.MEMBER])
            for value, parts, wanted in self.wanted(goal, table):
                places = self.members_of(members, self.holders(goal.fields, parts))
                willing = any(self.pool.candidates[place] not in self.pool.unaccepted for place in places)
                at_least, at_most = wanted.seats(self.rules.members.aim, willing=willing)
                if at_least is not None or at_most is not None:
                    yield _count_row(
                        goal.id, name, "member", places, at_least, at_most, value=value, priority=goal.priority
                    )

    def wanted(self, goal: Goal, table: int) -> Iterator[tuple[str, tuple[tuple[str, ...], ...], Range]]:
        """The values a goal speaks of at a table, each with what it stands for and its range."""
        for value, wanted in goal.ranges.items():
            yield value, goal.parts(value), wanted
        if goal.each is None:
            return
        values = [self.values_of(name) for name in goal.fields]
        if goal.among == "table":
            own = self.rules.tables[table].postal_codes
            values = [
                tuple(value for value in known if value in own) if name == "postal_code" or len(values) == 1 else known
                for name, known in zip(goal.fields, values, strict=True)
            ]
        named = {folded(value) for value in goal.ranges}
        for parts in product(*values):
            value, alone = CROSS.join(parts), tuple((part,) for part in parts)
            # Of two fields crossed, as of a requirement, the values that somebody has.
            if folded(value) not in named and (len(parts) == 1 or self.holders(goal.fields, alone)):
                yield value, alone, goal.each


def _spelled(name: str, value: str) -> str:
    """A value for looking up who has it."""
    return folded(value) if has_spellings(name) else value


def _count_row(
    id: str,
    table: str | None,
    role: str | None,
    places: tuple[int, ...],
    at_least: int | None,
    at_most: int | None,
    *,
    value: str | None = None,
    priority: int | None = None,
) -> Row:
    weights = tuple((place, 1) for place in places)
    return Row(id, table, role, weights, at_least, at_most, places, at_least, at_most, value, priority)


def _share_rows(
    rule: Requirement, table: str, role: str, group: tuple[int, ...], body: tuple[int, ...], value: str | None
) -> Iterator[Row]:
    """Share of a body of any size n, linear in n: with s = p/q, ``q·count − p·n ≥ 0`` (up), or
    ``2q·count − 2p·n ≥ 1 − q`` (nearest); the mirror images for an upper share."""
    inside = set(group)

    def weights(count: int, size: int) -> tuple[tuple[int, int], ...]:
        return tuple((place, (count if place in inside else 0) - size) for place in body)

    for share, lower_side in ((rule.at_least_share, True), (rule.at_most_share, False)):
        if share is None:
            continue
        told = (share, None, rule.rounding) if lower_side else (None, share, rule.rounding)
        p, q = share_written(told, len(body)).as_integer_ratio()
        near = rule.rounding == "nearest"
        scale, slack = (2, 1 - q) if near else (1, 0)
        lower = slack if lower_side else None
        upper = None if lower_side else (q if near else 0)
        yield Row(
            rule.id,
            table,
            role,
            weights(scale * q, scale * p),
            lower,
            upper,
            group,
            value=value,
            size=body,
            share=told,
        )
