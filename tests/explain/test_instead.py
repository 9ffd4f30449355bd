"""Substitutes against every swap there is; a quick count of a swap equals a count from the seats."""

from __future__ import annotations

import itertools

import pytest

from selection.explain.differences import broken, step_values
from selection.explain.instead import instead
from selection.explain.swaps import Swaps
from selection.pool import Role
from selection.proposal import Proposal, propose
from selection.steps import LARGER_IS_BETTER
from tests.strategies import tiny_pool, tiny_rules

WOMEN = {"id": "women", "field": "gender", "values": ["woman"], "body": "each", "at_least_share": "40 %"}


def proposals() -> list[Proposal]:
    rules = tiny_rules(members={"least": 0, "aim": 3}, deputies={"aim": 2})
    strict = tiny_rules(members={"least": 0, "aim": 3}, deputies={"aim": 2}, requirements=[WOMEN])
    return [propose(tiny_pool(16, seed, one), one, seed="x") for seed in range(2) for one in (rules, strict)]


PROPOSALS = proposals()


def less_is_better(values: dict[str, int]) -> tuple[int, ...]:
    return tuple(-value if name in LARGER_IS_BETTER else value for name, value in values.items())


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


def test_effects_are_told_from_the_seats() -> None:
    proposal = PROPOSALS[0]
    key = proposal.at("a", Role.MEMBER)[0].key
    for one in instead(proposal.rows, proposal.chosen, key):
        after = step_values(proposal.rows, one.roster)
        assert {step.name: step.after for step in one.steps}.items() <= after.items()
        assert len(one.moves) == (2 if not one.rises else 3 if one.deputy else 2)
        goals = proposal.rows.goal_standings(one.roster)
        assert all(change.after in goals for change in one.goals)


def test_nobody_instead_of_somebody_without_a_seat() -> None:
    proposal = PROPOSALS[0]
    seated = {seat.key for seat in proposal.seats}
    other = next(one.key for one in proposal.pool.applicants if one.key not in seated)
    with pytest.raises(KeyError):
        instead(proposal.rows, proposal.chosen, other)
