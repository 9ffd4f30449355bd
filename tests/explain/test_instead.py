"""Substitutes against every swap there is; a quick count of a swap equals a count from the seats."""

from __future__ import annotations

import itertools

import pytest

from selection.constraints import build_rows
from selection.explain.roster_steps import broken, moves, step_values
from selection.explain.substitution import choices, instead
from selection.explain.swap_counts import Swaps
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.proposal import Proposal, chosen_of, propose
from selection.solving.objectives import OBJECTIVES
from tests.strategies import tiny_pool, tiny_rules

WOMEN = {"id": "women", "field": "gender", "values": ["woman"], "body": "each", "at_least_share": "40 %"}


def proposals() -> list[Proposal]:
    rules = tiny_rules(members={"least": 0, "aim": 3}, deputies={"aim": 2})
    strict = tiny_rules(members={"least": 0, "aim": 3}, deputies={"aim": 2}, requirements=[WOMEN])
    return [propose(tiny_pool(16, seed, one), one, seed="x") for seed in range(2) for one in (rules, strict)]


PROPOSALS = proposals()


def less_is_better(values: dict[str, int]) -> tuple[int, ...]:
    return tuple(OBJECTIVES[name].minimised(value) for name, value in values.items())


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_quick_counts_equal_counts_from_the_seats(proposal: Proposal) -> None:
    rows, chosen = proposal.rows, proposal.chosen
    swaps = Swaps(rows, chosen)
    taken = [place for place, one in enumerate(chosen) if one]
    empty = [place for place, one in enumerate(chosen) if not one]
    for out, into in itertools.product(taken, empty):
        after = swaps.swapped((out,), (into,))
        expected = None if broken(rows, after) else less_is_better(step_values(rows, after))[:-1]
        assert swaps.value((out,), (into,)) == expected


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_best_substitutes_equal_brute_force(proposal: Proposal) -> None:
    rows, pool, chosen = proposal.rows, proposal.pool, proposal.chosen
    seated = {one.applicant for one, taken in zip(pool.candidates, chosen, strict=True) if taken}
    for place, taken in enumerate(chosen):
        if not taken:
            continue
        leaving = pool.candidates[place]
        rosters = []
        for other, one in enumerate(pool.candidates):
            if one.table != leaving.table:
                continue
            after = list(chosen)
            after[place] = 0
            if one.role == leaving.role and one.applicant not in seated:
                after[other] = 1
                rosters.append(tuple(after))
        for up, down in itertools.product(range(len(pool.candidates)), repeat=2):
            a, b = pool.candidates[up], pool.candidates[down]
            here = a.table == b.table == leaving.table and leaving.role == a.role == Role.MEMBER
            if here and b.role == Role.DEPUTY and a.applicant == b.applicant and chosen[down]:
                for new, one in enumerate(pool.candidates):
                    if (one.table, one.role) == (b.table, b.role) and one.applicant not in seated:
                        after = list(chosen)
                        after[place] = after[down] = 0
                        after[up] = after[new] = 1
                        rosters.append(tuple(after))
        valued = [less_is_better(step_values(rows, one)) for one in rosters if not broken(rows, one)]
        found = instead(rows, chosen, pool.applicants[leaving.applicant].key)
        if not valued:
            assert all(one.rises and one.deputy is None for one in found)
            continue
        assert less_is_better(step_values(rows, found[0].roster)) == min(valued)
        for one in found:
            assert not broken(rows, one.roster)
            assert pool.applicants[leaving.applicant].key in {move.key for move in one.moves if move.after is None}


def every_swap(proposal: Proposal, place: int) -> dict[str, tuple[object, ...]]:
    """Person key → the least ``(broken, steps, moves, key, new deputy)`` of all swaps that seat that person, counted
    from the seats."""
    rows, pool, chosen = proposal.rows, proposal.pool, proposal.chosen
    seated = {one.applicant for one, taken in zip(pool.candidates, chosen, strict=True) if taken}
    leaving = pool.candidates[place]
    best: dict[str, tuple[object, ...]] = {}

    def key(one: int) -> str:
        return pool.applicants[pool.candidates[one].applicant].key

    def add(out: tuple[int, ...], into: tuple[int, ...]) -> None:
        after = tuple(int((taken and one not in out) or one in into) for one, taken in enumerate(chosen))
        wrong = sum(row.off(after) > row.off(chosen) for row in rows.requirements)
        deputy = key(into[1]) if len(into) > 1 else ""
        counted = less_is_better(step_values(rows, after))
        rank = (wrong, counted, len(moves(rows, chosen, after)), key(into[0]), deputy)
        if not wrong or len(out) == 1:
            best[key(into[0])] = min(best.get(key(into[0]), rank), rank)

    free = [one for one, other in enumerate(pool.candidates) if other.applicant not in seated]
    here = [one for one in free if pool.candidates[one].table == leaving.table]
    for one in here:
        if pool.candidates[one].role == leaving.role:
            add((place,), (one,))
    for up, down in itertools.product(range(len(pool.candidates)), repeat=2):
        a, b = pool.candidates[up], pool.candidates[down]
        at_table = (a.table, b.table) == (leaving.table, leaving.table)
        roles = (leaving.role, a.role, b.role) == (Role.MEMBER, Role.MEMBER, Role.DEPUTY)
        if not (chosen[down] and a.applicant == b.applicant and at_table and roles):
            continue
        for new in here:
            if pool.candidates[new].role == Role.DEPUTY:
                add((place, down), (up, new))
        if key(up) not in best:
            add((place, down), (up,))
    return best


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_everybody_stands_in_one_order_that_brute_force_gives(proposal: Proposal) -> None:
    rows, pool, chosen = proposal.rows, proposal.pool, proposal.chosen
    rising = 0
    for place, taken in enumerate(chosen):
        if not taken:
            continue
        leaving = pool.applicants[pool.candidates[place].applicant].key
        expected = sorted(every_swap(proposal, place).values())
        found = choices(rows, chosen, leaving)
        assert [(one.key, one.deputy or "", one.fails) for one in found] == [(e[3], e[4], e[0]) for e in expected]
        best = [one for one in found if not one.fails]
        told = instead(rows, chosen, leaving, count=3)
        shown = {*[one.key for one in best if one.rises][:3], *[one.key for one in best if not one.rises][:3]}
        assert [one.key for one in told] == [one.key for one in best if one.key in shown]
        rising += sum(one.rises for one in told)
        steps = {one.key: one.steps for one in best}
        assert all(one.steps == steps[one.key] for one in told)
    assert rising


def test_pairs_are_compared_of_all_who_are_as_good_otherwise() -> None:
    """Sixty people differ in nothing but their likeness to the deputy; the only like one comes last by key."""
    rules = tiny_rules(tables=[{"id": "a"}], members={"least": 1, "aim": 1}, requirements=[], goals=[])
    people = [
        Applicant(
            f"key{number:02d}",
            f"N{number}",
            None,
            ("a",),
            roles=frozenset({Role.DEPUTY if number == 0 else Role.MEMBER}),
            birth_year=1990,
            values={"kind": ("resident",), "postal_code": ("10000" if number in (0, 1, 60) else f"2{number:04d}",)},
        )
        for number in range(61)
    ]
    pool = Pool.build(people, rules)
    rows = build_rows(pool, rules)
    chosen = chosen_of(pool, [Seat("key01", "a", Role.MEMBER), Seat("key00", "a", Role.DEPUTY, "key01")])
    best = instead(rows, chosen, "key01", count=1)
    assert [(one.key, one.steps) for one in best] == [("key60", ())]
    assert [one.key for one in choices(rows, chosen, "key01")][:3] == ["key60", "key02", "key03"]


def test_effects_are_told_from_the_seats() -> None:
    proposal = PROPOSALS[0]
    key = proposal.at("a", Role.MEMBER)[0].person
    for one in instead(proposal.rows, proposal.chosen, key):
        after = step_values(proposal.rows, one.roster)
        assert {step.name: step.after for step in one.steps}.items() <= after.items()
        assert len(one.moves) == (2 if not one.rises else 3 if one.deputy else 2)
        goals = proposal.rows.goal_standings(one.roster)
        assert all(change.after in goals for change in one.goals)


def test_nobody_instead_of_somebody_without_a_seat() -> None:
    proposal = PROPOSALS[0]
    seated = {seat.person for seat in proposal.seats}
    other = next(one.key for one in proposal.pool.applicants if one.key not in seated)
    with pytest.raises(KeyError):
        instead(proposal.rows, proposal.chosen, other)
