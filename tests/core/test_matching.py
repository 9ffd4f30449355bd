"""The least total of a matching, and the one best pairing of members and deputies, against every one there is."""

from __future__ import annotations

import random
from itertools import permutations, product

import pytest

from selection.solving.assignment import least_total
from selection.solving.pairs import Likeness, best_pairs


@pytest.mark.parametrize("seed", range(40))
def test_least_total_equals_brute_force(seed: int) -> None:
    draw = random.Random(seed)
    rows = draw.randint(0, 5)
    columns = rows + draw.randint(0, 2)
    costs = [[draw.randint(0, 9) for _ in range(columns)] for _ in range(rows)]
    every = (sum(costs[row][column] for row, column in enumerate(one)) for one in permutations(range(columns), rows))
    assert least_total(costs) == min(every)


@pytest.mark.parametrize("sizes", [(3, 3), (4, 3), (3, 4), (1, 3), (2, 0), (0, 2)])
@pytest.mark.parametrize("seed", range(6))
def test_pairs_are_the_first_of_the_best(seed: int, sizes: tuple[int, int]) -> None:
    """Each deputy a member, or where there are more deputies each member a deputy; then the first deputy's first member."""
    draw = random.Random(seed)
    profiles = [(draw.choice("ab"), draw.choice("xy"), draw.choice("12"), draw.choice(["o", None])) for _ in range(7)]
    likeness = Likeness(tuple(profiles), (4, 2, 1, 1))
    people = draw.sample(range(7), 7)
    members, deputies = people[: sizes[0]], people[sizes[0] : sum(sizes)]
    alone = len(members)
    best: tuple[int, tuple[int, ...]] | None = None
    for one in product(range(alone + 1), repeat=len(deputies)):
        paired = [place for place in one if place != alone]
        if len(paired) == len(set(paired)) == min(sizes):
            unlike = sum(
                likeness.unlike(members[place], deputy)
                for place, deputy in zip(one, deputies, strict=True)
                if place != alone
            )
            best = min(best or (unlike, one), (unlike, one))
    assert best is not None
    wanted = {deputy: members[place] for place, deputy in zip(best[1], deputies, strict=True) if place != alone}
    assert best_pairs(likeness, members, deputies) == wanted
