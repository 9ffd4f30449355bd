"""Sizes that a body can have under the requirements' least shares, and goals that ask for more seats than there are.

Known from the rules alone, before anybody applied: a body of three cannot be 40 % women and 40 % men, each rounded up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from selection.model.ages import age_band, overlapping
from selection.model.criteria import Criterion, Goal, Requirement
from selection.model.people import Role
from selection.model.rules import Rules
from selection.model.shares import share_limits

#: Fields of which a person has one value: people of two of its values are not the same people.
SINGLE = ("gender", "kind", "age", "youth_council", "served_before", "postal_code", "district", "municipality")

#: Fields of which a person may have several values.
SEVERAL = ("situation", "official")

#: Sizes smaller than the one aimed at by more than this are not looked at.
_FAR = 100

#: Of more rules than this the largest family is not looked for among all, but by size.
_MANY = 12


@dataclass(frozen=True, slots=True)
class SizeNote:
    """A body that cannot have the size aimed at.

    ``sizes`` are those up to ``aim`` that it can have, of those near it; ``rules`` the ids of the requirements that
    together ask for more people than ``aim``.
    """

    table: str
    role: Role
    aim: int
    sizes: tuple[int, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalNote:
    """A goal whose ranges cannot all be met, as they ask for more seats than the size aimed at, or for over 100 %."""

    goal: str
    aim: int
    seats: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class SharesOver:
    """Requirements whose shares no body can meet.

    ``share`` is what the least shares of people who are not the same add to (over 1), or a least share that is over the
    greatest share ``most`` of the same people.
    """

    rules: tuple[str, ...]
    share: Fraction
    most: Fraction | None = None


def notes_of(rules: Rules) -> tuple[SizeNote | GoalNote, ...]:
    """All that the rules cannot reach."""
    return (*size_notes(rules), *goal_notes(rules))


def size_notes(rules: Rules) -> tuple[SizeNote, ...]:
    """The bodies that cannot have the size aimed at, by table and role."""
    found = []
    known: dict[tuple[Role, int, tuple[str, ...]], tuple[tuple[str, ...], tuple[int, ...]]] = {}
    for table in rules.table_ids:
        for role in (Role.MEMBER, Role.DEPUTY):
            bound, aim = _binding(rules, table, role), rules.aim(table, role)
            key = (role, aim, tuple(one.id for one in bound))
            if key not in known:
                asking = tuple(one.id for one in _asking_too_much(bound, aim)) if aim else ()
                least = max(1, aim - _FAR)
                sizes = (size for size in range(least, aim + 1) if not _asking_too_much(bound, size))
                known[key] = (asking, tuple(sizes) if asking else ())
            asking, possible = known[key]
            if asking:
                found.append(SizeNote(table, role, aim, possible, asking))
    return tuple(found)


def goal_notes(rules: Rules) -> tuple[GoalNote, ...]:
    """The goals that ask for more seats than there are."""
    found = []
    for goal in rules.goals:
        # Of tables of several sizes the first that cannot reach it stands for all.
        aims = [rules.aim(name, Role.MEMBER) for name in rules.table_ids if goal.at(name)]
        for aim in dict.fromkeys(aims if goal.scope == "table" else [sum(aims)]):
            values = [value for value in goal.ranges if goal.ranges[value].seats(aim, willing=False)[0]]
            parts = {value: _alternatives(goal, (value,)) for value in values}
            if all(apart(goal, parts[one], goal, parts[other]) for one, other in _pairs(values)):
                seats = sum(goal.ranges[value].seats(aim, willing=False)[0] or 0 for value in values)
                share = sum((_least_share(goal, value) for value in values), Fraction())
                if seats > aim or share > 1:
                    found.append(GoalNote(goal.id, aim, seats, share))
                    break
    return tuple(found)


def shares_over(rules: Rules) -> tuple[SharesOver, ...]:
    """Requirements whose shares contradict one another: no body of any size up to the one aimed at can meet them."""
    found: dict[tuple[str, ...], SharesOver] = {}
    seen = set()
    for table in rules.table_ids:
        for role in (Role.MEMBER, Role.DEPUTY):
            bound, aim = _binding(rules, table, role), rules.aim(table, role)
            key = (role, aim, tuple(one.id for one in bound))
            if not aim or key in seen:
                continue
            seen.add(key)
            if any(not _asking_too_much(bound, size) for size in range(1, aim + 1)):
                continue
            shared = tuple(one for one in bound if one.at_least_share)
            family = _largest(shared, tuple(one.at_least_share or Fraction() for one in shared))
            total = sum((one.at_least_share or Fraction() for one in family), Fraction())
            if total > 1:
                one = SharesOver(tuple(rule.id for rule in family), total)
                found.setdefault(one.rules, one)
            for low, high in _over(bound):
                ids = tuple(dict.fromkeys((low.id, high.id)))
                found.setdefault(ids, SharesOver(ids, low.at_least_share or Fraction(), high.at_most_share))
    return tuple(found.values())


def _over(bound: Sequence[Requirement]) -> Iterator[tuple[Requirement, Requirement]]:
    """A least share that is over the greatest share of the same people or of more."""
    for low in bound:
        for high in bound:
            least, most = low.at_least_share, high.at_most_share
            if least is not None and most is not None and least > most and _within(low, high):
                yield low, high


def _binding(rules: Rules, table: str, role: Role) -> tuple[Requirement, ...]:
    """The requirements of one group of people that bind a body."""
    bodies = ("members", "each") if role is Role.MEMBER else ("deputies", "each")
    return tuple(
        one
        for one in rules.requirements
        if not one.each and one.scope == "table" and one.body in bodies and one.at(table)
    )


def _asking_too_much(bound: Sequence[Requirement], size: int) -> tuple[Requirement, ...]:
    """Requirements that a body of a size cannot meet together; none where it can, as far as the rules alone tell."""
    least = tuple(_least(one, size) for one in bound)
    family = _largest(bound, tuple(map(Fraction, least)))
    if sum(_least(one, size) for one in family) > size:
        return family
    for low in bound:
        for high in bound:
            most = _most(high, size)
            if most is not None and _least(low, size) > most and _within(low, high):
                return (low,) if low is high else (low, high)
    return ()


def _least(rule: Requirement, size: int) -> int:
    share = share_limits((rule.at_least_share, None, rule.rounding), size)[0] or 0
    return max(share, rule.at_least or 0)


def _most(rule: Requirement, size: int) -> int | None:
    limits = (rule.at_most, share_limits((None, rule.at_most_share, rule.rounding), size)[1])
    return min((one for one in limits if one is not None), default=None)


def _largest(bound: Sequence[Requirement], weights: Sequence[Fraction]) -> tuple[Requirement, ...]:
    """Of the families of requirements that count nobody twice the one of the largest sum of weights."""
    chosen = [place for place, weight in enumerate(weights) if weight > 0]
    if len(chosen) > _MANY:
        chosen = sorted(chosen, key=lambda place: -weights[place])[:_MANY]

    def best(left: tuple[int, ...]) -> tuple[Fraction, tuple[int, ...]]:
        if not left:
            return Fraction(), ()
        first, rest = left[0], left[1:]
        without = best(rest)
        others = tuple(place for place in rest if _counts_others(bound[first], bound[place]))
        total, family = best(others)
        total += weights[first]
        return (total, (first, *family)) if total > without[0] else without

    return tuple(bound[place] for place in best(tuple(chosen))[1])


def _counts_others(one: Requirement, other: Requirement) -> bool:
    """Whether nobody can count to both requirements."""
    return apart(one, _alternatives(one, one.values), other, _alternatives(other, other.values))


def apart(one: Criterion, mine: Sequence[tuple[str, ...]], other: Criterion, theirs: Sequence[tuple[str, ...]]) -> bool:
    """Whether nobody can have values of both: for some field of one value a person, the values differ."""
    for name, here in zip(one.fields, mine, strict=True):
        for its_name, there in zip(other.fields, theirs, strict=True):
            if name == its_name and name in SINGLE and not _meet(name, here, there):
                return True
    # Values of one field of the city's own, each a group by itself: taken as those of different people.
    own = isinstance(one, Goal) and one is other and len(one.fields) == 1 and one.fields[0] not in (*SINGLE, *SEVERAL)
    return own and not set(mine[0]) & set(theirs[0])


def _meet(name: str, here: Sequence[str], there: Sequence[str]) -> bool:
    if name == "age":
        bands = [(age_band(one), age_band(other)) for one in here for other in there]
        return any(one is None or other is None or overlapping(one, other) for one, other in bands)
    return bool(set(here) & set(there))


def _within(low: Requirement, high: Requirement) -> bool:
    """Whether whoever counts to one requirement counts to the other."""
    if low.fields != high.fields or len(low.fields) > 1:
        return False
    return set(_alternatives(low, low.values)[0]) <= set(_alternatives(high, high.values)[0])


def _alternatives(rule: Criterion, values: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """For each field of a rule every value that its people may have."""
    parts = [rule.parts(value) for value in values]
    return tuple(tuple(chain.from_iterable(part[place] for part in parts)) for place in range(len(rule.fields)))


def _least_share(goal: Goal, value: str) -> Fraction:
    wanted = goal.ranges[value]
    return max(wanted.share or Fraction(), wanted.at_least_share or Fraction())


def _pairs(values: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(values):
        for other in values[place + 1 :]:
            yield one, other
