"""The least total of a matching against every matching."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from selection.explain.matching import least_total


@pytest.mark.parametrize("seed", range(40))
def test_least_total_equals_brute_force(seed: int) -> None:
    draw = random.Random(seed)
    rows = draw.randint(0, 5)
    columns = rows + draw.randint(0, 2)
    costs = [[draw.randint(0, 9) for _ in range(columns)] for _ in range(rows)]
    every = (sum(costs[row][column] for row, column in enumerate(one)) for one in permutations(range(columns), rows))
    assert least_total(costs) == min(every)
