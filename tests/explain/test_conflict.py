"""Conflicts and the ways out of them against every roster there is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

import pytest

from selection.constraints import build_rows
from selection.explain.rule_change import Change
from selection.explain.ways_out import possible, ways_out
from selection.model.limits import ShareOf
from selection.model.locks import Locks, Seated
from selection.model.pool import Pool
from selection.model.rows import Row, Rows
from selection.model.rules import Rules
from selection.model.source import LockKind, Source
from selection.solving.conflict import conflicting
from tests.core.test_steps import all_rosters
from tests.strategies import tiny_pool, tiny_rules

REQUIREMENTS = [
    {"id": "women", "field": "gender", "values": ["woman"], "body": "members", "at_least_share": "60 %"},
    {"id": "men", "field": "gender", "values": ["man"], "body": "each", "at_most_share": "40 %", "rounding": "nearest"},
    {"id": "residents", "field": "kind", "values": ["resident"], "body": "each", "at_least": 1},
    {"id": "officials", "field": "official", "values": ["councillor"], "body": "together", "at_most": 0},
    {"id": "organisation", "field": "organisation", "each": True, "at_most": 1},
]

#: A number of the rules or a lock, as a test names it.
Knob = tuple[str | None, ...]


def conflicts() -> Iterator[tuple[Pool, Rules, Locks]]:
    """Tiny rounds that no roster satisfies, each for reasons of its own."""
    for seed in range(40):
        draw = random.Random(seed)
        rules = tiny_rules(
            members={"least": draw.choice([0, 1, 2]), "aim": 2}, requirements=draw.sample(REQUIREMENTS, 3)
        )
        pool = tiny_pool(5, seed, rules)
        keys = [one.key for one in pool.applicants]
        draw.shuffle(keys)
        seats = {pool.applicants[one.applicant].key: one for one in pool.candidates}
        seated = [Seated(key, pool.tables[seats[key].table]) for key in keys[:2] if key in seats]
        locks = draw.choice(
            [Locks(), Locks(tuple(seated), (keys[4],)), Locks(kept_out=(keys[3], keys[4])), Locks(tuple(seated[:1]))]
        )
        if not possible(build_rows(pool, rules, locks)):
            yield pool, rules, locks


CONFLICTS = list(islice(conflicts(), 7))


@pytest.mark.parametrize(("pool", "rules", "locks"), CONFLICTS)
def test_a_conflict_is_one_and_each_of_its_requirements_is_needed(pool: Pool, rules: Rules, locks: Locks) -> None:
    rows = build_rows(pool, rules, locks)
    always = [row for row in rows.requirements if row.source is Source.ONE_SEAT]
    rosters = [one for one in all_rosters(pool) if not any(row.off(one) for row in always)]
    named = [(one.id, one.table, one.role) for one in conflicting(rows)]

    def together(names: list[tuple[str, str | None, str | None]]) -> bool:
        kept = [row for row in rows.requirements if (row.id, row.table, row.role) in names]
        return any(not any(row.off(one) for row in kept) for one in rosters)

    assert named and not together(named)
    for one in named:
        assert together([other for other in named if other != one])


def loosened(rows: Rows, chosen: list[int]) -> dict[Knob, int] | None:
    """The seats by which a roster passes each number of the rules; ``None`` where it breaks what nobody may loosen."""
    found: dict[Knob, int] = {}
    for row in rows.requirements:
        for side, off in (("least", _short(row, chosen)), ("most", _over(row, chosen))):
            if off <= 0:
                continue
            if row.source.firm or ((row.id, side) == ("members", "least") and off == row.lower):
                return None
            knob: Knob = (row.id, row.value) if row.lock else (row.id, row.table, row.role, side)
            if row.source is Source.SIZE:
                knob = (row.id, side)
            seats = 1 if row.lock else off
            if isinstance(row.limits, ShareOf):
                share = row.limits.least_share or row.limits.most_share
                assert share is not None
                seats = -(-off // (share.denominator * (2 if row.limits.rounding == "nearest" else 1)))
            found[knob] = max(found.get(knob, 0), seats)
    return found


def _short(row: Row, chosen: list[int]) -> int:
    return 0 if row.lower is None else row.lower - row.total(chosen)


def _over(row: Row, chosen: list[int]) -> int:
    return 0 if row.upper is None else row.total(chosen) - row.upper


def knob_of(change: Change) -> Knob:
    """The number that a change changes."""
    side = "least" if change.number in ("least", "at_least", "at_least_share") else "most"
    if change.number == "lock":
        return (change.id, change.value)
    return (change.id, side) if change.number in ("least", "aim") else (change.id, change.table, change.role, side)


def price(loose: dict[Knob, int]) -> tuple[int, int]:
    """Fewest seats and numbers, one point each; then fewest locks."""
    return sum(loose.values()) + len(loose), sum(knob[0] in tuple(LockKind) for knob in loose)


@pytest.mark.parametrize(("pool", "rules", "locks"), CONFLICTS)
def test_no_way_out_is_cheaper_than_those_told(pool: Pool, rules: Rules, locks: Locks) -> None:
    """Each is the cheapest of those that do not contain one told before it; and all of one change alone are told."""
    rows = build_rows(pool, rules, locks)
    every = [one for chosen in all_rosters(pool) if (one := loosened(rows, chosen)) is not None]
    ways = ways_out(pool, rules, locks, count=12)
    told: list[set[Knob]] = []
    for way in ways:
        left = [one for one in every if not any(known <= one.keys() for known in told)]
        loose = {knob_of(change): change.seats for change in way.changes}
        assert price(loose) == min(map(price, left))
        assert price(loose)[0] == way.seats + len(way.changes)
        assert any(one == loose for one in left)
        told.append(set(loose))
    left = [one for one in every if not any(known <= one.keys() for known in told)]
    if len(ways) < 12:
        assert not left
    assert ways
