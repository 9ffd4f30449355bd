"""Members and their personal deputies: how unlike they are, as a network in the program, and the one best pairing.

A member and a deputy differ by the weights of the fields in which they are not known to be alike (kind, organisation,
postal code, age band). A network carries each deputy to a member: a member of one profile meets a deputy of another in
the node of what the two share, at the weights of what they do not share. With whole numbers of people at its ends such
a network has whole-number optima, so its flows need no 0/1 variables of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import linear_sum_assignment

from selection.ages import band_of
from selection.pool import Pool, Role
from selection.rows import Rows
from selection.rules import Rules
from selection.solver import Program

#: What is compared, in the order of the fields of :class:`selection.rules.Pairs`.
COMPARED = ("kind", "organisation", "postal_code", "age")

#: A person's values of :data:`COMPARED`; ``None`` where unknown.
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
        """The profiles of all applicants under the rules' age bands and weights."""
        pairs = rules.pairs
        profiles = tuple(
            (
                one.value("kind"),
                one.value("organisation") or NO_ORGANISATION,
                one.value("postal_code"),
                band_of(pool.ages[place], pairs.age_bands),
            )
            for place, one in enumerate(pool.applicants)
        )
        return cls(profiles, (pairs.kind, pairs.organisation, pairs.postal_code, pairs.age))

    def unlike(self, one: int, other: int) -> int:
        """The weight of the differences between two applicants, by place in the pool."""
        compared = zip(self.profiles[one], self.profiles[other], self.weights, strict=True)
        return sum(weight for ours, theirs, weight in compared if ours is None or ours != theirs)


def add_pairs(program: Program, rows: Rows) -> dict[int, int]:
    """Add the network of pairs of every table; the expression of their unlikeness in all."""
    likeness = Likeness.of(rows.pool, rows.rules)
    cost: dict[int, int] = {}
    for table in range(len(rows.pool.tables)):
        members = _by_profile(rows, table, Role.MEMBER, likeness)
        deputies = _by_profile(rows, table, Role.DEPUTY, likeness)
        if members and deputies:
            cost |= _add_network(program, members, deputies, likeness.weights)
    return cost


def _by_profile(rows: Rows, table: int, role: Role, likeness: Likeness) -> dict[Profile, list[int]]:
    """Candidates of a body grouped by profile, in the pool's order."""
    groups: dict[Profile, list[int]] = {}
    for place in rows.by_body[table, role]:
        groups.setdefault(likeness.profiles[rows.pool.candidates[place].applicant], []).append(place)
    return groups


#: What two profiles share: the shared fields and their values.
Shared = tuple[tuple[int, ...], tuple[str, ...]]


def _shares(profile: Profile) -> list[Shared]:
    """Everything a profile may share with another: each set of its known fields."""
    known = [field for field, value in enumerate(profile) if value is not None]
    return [
        (fields, tuple(str(profile[field]) for field in fields))
        for size in range(len(known) + 1)
        for fields in combinations(known, size)
    ]


def _meeting_nodes(
    members: Mapping[Profile, object], deputies: Mapping[Profile, object]
) -> dict[Shared, tuple[list[Profile], list[Profile]]]:
    """Nodes that somebody of either side can reach; of nodes that join the same profiles, the one that shares most."""
    nodes: dict[Shared, tuple[list[Profile], list[Profile]]] = {}
    for side, profiles in enumerate((members, deputies)):
        for profile in profiles:
            for shared in _shares(profile):
                nodes.setdefault(shared, ([], []))[side].append(profile)
    best: dict[tuple[tuple[Profile, ...], tuple[Profile, ...]], Shared] = {}
    for shared, (ours, theirs) in nodes.items():
        if ours and theirs:
            key = (tuple(ours), tuple(theirs))
            if key not in best or len(shared[0]) > len(best[key][0]):
                best[key] = shared
    return {shared: nodes[shared] for shared in best.values()}


def _add_network(
    program: Program,
    members: dict[Profile, list[int]],
    deputies: dict[Profile, list[int]],
    weights: Sequence[int],
) -> dict[int, int]:
    cost: dict[int, int] = {}
    leaving: dict[Profile, dict[int, int]] = {profile: {} for profile in members}
    arriving: dict[Profile, dict[int, int]] = {profile: {} for profile in deputies}
    for (fields, _), (ours, theirs) in _meeting_nodes(members, deputies).items():
        price = sum(weight for field, weight in enumerate(weights) if field not in fields)
        balance: dict[int, int] = {}
        for profile in ours:
            arc = program.add_variable(0, None)
            leaving[profile][arc] = 1
            balance[arc] = 1
            if price:
                cost[arc] = price
        for profile in theirs:
            arc = program.add_variable(0, None)
            arriving[profile][arc] = 1
            balance[arc] = -1
        program.add_row(balance, 0, 0)
    for profile, places in members.items():
        program.add_row({**leaving[profile], **dict.fromkeys(places, -1)}, None, 0)
    for profile, places in deputies.items():
        program.add_row({**arriving[profile], **dict.fromkeys(places, -1)}, 0, 0)
    return cost


def best_pairs(likeness: Likeness, members: Sequence[int], deputies: Sequence[int]) -> dict[int, int]:
    """Deputy → member for one table: the least unlikeness in all, and among equals the first in the given order.

    Parameters
    ----------
    members, deputies
        Places of applicants in the pool, in the order of lots; at most as many deputies as members.

    Notes
    -----
    Unique: the first deputy gets the first member with whom the least total can still be reached, then the second.
    """
    if not deputies:
        return {}
    costs = np.array([[likeness.unlike(member, deputy) for member in members] for deputy in deputies], dtype=float)
    pairs: dict[int, int] = {}
    free = list(range(len(members)))
    for number, deputy in enumerate(deputies):
        least = _least(costs[number:, free])
        for column in free:
            others = [one for one in free if one != column]
            if costs[number, column] + _least(costs[number + 1 :, others]) <= least + 0.5:
                pairs[deputy] = members[column]
                free = others
                break
    return pairs


def _least(costs: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    rows, columns = linear_sum_assignment(costs)
    return float(costs[rows, columns].sum())
