"""Members and their personal deputies: how unlike they are, as a network in the program, and the one best pairing.

A member and a deputy differ by the weights of the fields in which they are not known to be alike (kind, organisation,
postal code, age band, and others that the rules name). A network carries each deputy to a member: a member of one
profile meets a deputy of another in the node of what the two share, at the weights of what they do not share. With
whole numbers of people at its ends such a network has whole-number optima, so its flows need no 0/1 variables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from selection.model.ages import band_of
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.rows import Rows
from selection.model.rules import Rules
from selection.model.spelling import folded
from selection.solver import Program
from selection.solving.assignment import matching

#: What is compared in every round, in the order of the fields of :class:`selection.model.rules.Pairs`.
COMPARED = ("kind", "organisation", "postal_code", "age")
ORGANISATION = COMPARED.index("organisation")

#: A person's values of :data:`COMPARED`, and of the fields that the rules add; ``None`` where unknown.
Profile = tuple[str | None, ...]

#: Organisation is alike also where neither has one; an unknown value of the others is like nothing.
NO_ORGANISATION = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Profiles of a pool's applicants and the weights of their differences."""

    profiles: tuple[Profile, ...]
    weights: tuple[int, ...]

    @classmethod
    def of(cls, pool: Pool, rules: Rules) -> Likeness:
        """The profiles of all applicants under the rules' age bands; what the form did not ask weighs nothing."""
        pairs = rules.pairs
        profiles = tuple(
            (
                one.value("kind"),
                one.value("organisation") or NO_ORGANISATION,
                one.value("postal_code"),
                band_of(pool.ages[place], pairs.age_bands),
                *(_folded(one, name) for name in pairs.fields),
            )
            for place, one in enumerate(pool.applicants)
        )
        weights = (pairs.kind, pairs.organisation, pairs.postal_code, pairs.age, *pairs.fields.values())
        asked = (pool.was_asked(field) for field in (*COMPARED, *pairs.fields))
        return cls(profiles, tuple(weight if known else 0 for weight, known in zip(weights, asked, strict=True)))

    def unlike(self, one: int, other: int) -> int:
        """The weight of the differences between two applicants, by place in the pool."""
        compared = zip(self.profiles[one], self.profiles[other], self.weights, strict=True)
        return sum(weight for ours, theirs, weight in compared if ours is None or ours != theirs)


def _folded(one: Applicant, name: str) -> str | None:
    """What somebody answered in a field, as rules compare it; alike are those who answered all the same."""
    return "\n".join(sorted(folded(value) for value in one.values.get(name, ()))) or None


def add_pairs(program: Program, rows: Rows) -> dict[int, int]:
    """Add the network of pairs of every table; the expression of their unlikeness in all.

    Candidates that are fixed at 0 by now have no part in it, and must not be freed.
    """
    likeness = Likeness.of(rows.pool, rows.rules)
    cost: dict[int, int] = {}
    for table in range(len(rows.pool.tables)):
        network = _Network(program, rows, table, likeness)
        if network.members and network.deputies:
            cost |= network.add()
    return cost


#: What two profiles share: the shared fields and their values.
Shared = tuple[tuple[int, ...], tuple[str, ...]]


class _Network:
    """The pairs of one table: from each profile among the members over what is shared to each among the deputies."""

    def __init__(self, program: Program, rows: Rows, table: int, likeness: Likeness) -> None:
        self.program = program
        self.weights = likeness.weights
        candidates = rows.pool.candidates
        bodies = {
            role: [place for place in rows.by_body[table, role] if program.upper(place) != 0]
            for role in (Role.MEMBER, Role.DEPUTY)
        }
        here = sorted({candidates[place].applicant for body in bodies.values() for place in body})
        shared = Counter(likeness.profiles[one][ORGANISATION] for one in here)
        profiles = {one: _without_lonely(likeness.profiles[one], shared) for one in here}
        self.people = Counter(profiles.values())
        self.members: dict[Profile, list[int]] = {}
        self.deputies: dict[Profile, list[int]] = {}
        for groups, role in ((self.members, Role.MEMBER), (self.deputies, Role.DEPUTY)):
            for place in bodies[role]:
                groups.setdefault(profiles[candidates[place].applicant], []).append(place)

    def nodes(self) -> dict[Shared, tuple[list[Profile], list[Profile]]]:
        """Where members and deputies can meet; of nodes that join the same profiles, the one that shares most.

        A node that a single person reaches from both sides joins nobody.
        """
        nodes: dict[Shared, tuple[list[Profile], list[Profile]]] = {}
        for side, profiles in enumerate((self.members, self.deputies)):
            for profile in profiles:
                for shared in _shares(profile):
                    nodes.setdefault(shared, ([], []))[side].append(profile)
        best: dict[tuple[tuple[Profile, ...], tuple[Profile, ...]], Shared] = {}
        for shared, (ours, theirs) in nodes.items():
            lonely = ours == theirs and len(ours) == 1 and self.people[ours[0]] == 1
            if ours and theirs and not lonely:
                key = (tuple(ours), tuple(theirs))
                if key not in best or len(shared[0]) > len(best[key][0]):
                    best[key] = shared
        return {shared: nodes[shared] for shared in best.values()}

    def add(self) -> dict[int, int]:
        """Add the flows; the expression of their cost."""
        program = self.program
        cost: dict[int, int] = {}
        leaving: dict[Profile, dict[int, int]] = {profile: {} for profile in self.members}
        arriving: dict[Profile, dict[int, int]] = {profile: {} for profile in self.deputies}
        flows: dict[Shared, list[int]] = {}
        nodes = self.nodes()
        for shared, (ours, theirs) in nodes.items():
            fields = shared[0]
            price = sum(weight for field, weight in enumerate(self.weights) if field not in fields)
            out = {profile: program.add_variable(0, None) for profile in ours}
            into = {profile: program.add_variable(0, None) for profile in theirs}
            flows[shared] = list(out.values())
            program.add_row({**dict.fromkeys(out.values(), 1), **dict.fromkeys(into.values(), -1)}, 0, 0)
            for profile, arc in out.items():
                leaving[profile][arc] = 1
                if price:
                    cost[arc] = price
                if profile in into and self.people[profile] == 1:
                    # Nobody is paired with themselves: what one person brings here goes to others.
                    others = {other: 1 for one, other in into.items() if one != profile}
                    program.add_row({arc: -1, **others}, 0, None)
            for profile, arc in into.items():
                arriving[profile][arc] = 1
        self._limit(nodes, flows)
        for profile, places in self.members.items():
            program.add_row({**leaving[profile], **dict.fromkeys(places, -1)}, None, 0)
        for profile, places in self.deputies.items():
            program.add_row({**arriving[profile], **dict.fromkeys(places, -1)}, 0, 0)
        return cost

    def _limit(
        self, nodes: Mapping[Shared, tuple[list[Profile], list[Profile]]], flows: Mapping[Shared, list[int]]
    ) -> None:
        """Of an odd number of people who share something one is left over when all are paired.

        Whole rosters keep to that by themselves; the relaxation would halve a person (odd-set inequalities of
        matchings: Edmonds 1965), and left much to search for in the drawing of lots.
        """
        values = {shared: frozenset(zip(*shared, strict=True)) for shared in nodes}
        for shared, (ours, theirs) in nodes.items():
            people = sum(self.people[profile] for profile in {*ours, *theirs})
            if people % 2 and people > 1:
                within = [arc for finer, arcs in flows.items() if values[shared] <= values[finer] for arc in arcs]
                self.program.add_row(dict.fromkeys(within, 1), None, people // 2)


def _without_lonely(profile: Profile, shared: Mapping[str | None, int]) -> Profile:
    """A profile without an organisation that nobody else at the table has: it can be alike with none."""
    if shared[profile[ORGANISATION]] > 1:
        return profile
    return (*profile[:ORGANISATION], None, *profile[ORGANISATION + 1 :])


def _shares(profile: Profile) -> list[Shared]:
    """Everything a profile may share with another: each set of its known fields."""
    known = [field for field, value in enumerate(profile) if value is not None]
    return [
        (fields, tuple(str(profile[field]) for field in fields))
        for size in range(len(known) + 1)
        for fields in combinations(known, size)
    ]


def best_pairs(likeness: Likeness, members: Sequence[int], deputies: Sequence[int]) -> dict[int, int]:
    """Deputy → member for one table: the least unlikeness in all, and among equals the first in the given order.

    Parameters
    ----------
    members, deputies
        Places of applicants in the pool, in the order of lots. Of a roster changed by hand, where there may be more
        deputies than members, each member gets a deputy and some deputies stay alone.

    Notes
    -----
    Unique: the first deputy gets the first member with whom the least total can still be reached, then the second. So
    whom each deputy gets are digits of one number, that of the first deputy in front; unlikeness counts more than all.
    """
    base = len(members) + 1
    alone = max(len(deputies) - len(members), 0)
    costs = []
    for place, deputy in enumerate(deputies, start=1):
        digits = [*range(len(members)), *[len(members)] * alone]
        unlike = [*(likeness.unlike(member, deputy) for member in members), *[0] * alone]
        costs.append(
            [
                one * base ** len(deputies) + digit * base ** (len(deputies) - place)
                for one, digit in zip(unlike, digits, strict=True)
            ]
        )
    pairs = zip(deputies, matching(costs), strict=True)
    return {deputy: members[column] for deputy, column in pairs if column < len(members)}
