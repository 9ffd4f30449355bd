"""Aims taken in one run: the order by weights is the lexicographic order, and no bound is above what can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from selection.constraints import build_rows
from selection.solving.lexicographic import MOST_WEIGHT, Aim, bounds_of, weighed, weights_of
from selection.solving.steps import GOAL_STEPS, SEAT_STEPS, SteppedProgram
from tests.core.test_apart import pool_of_cities, rules_of_cities

SPANS = st.lists(st.tuples(st.integers(-20, 5), st.integers(0, 12)), min_size=1, max_size=4)


def aims_of(spans):
    return [Aim({place: 1}, least, least + span) for place, (least, span) in enumerate(spans)]


@st.composite
def searches(draw):
    """Aims and the values that all solutions there are have in them."""
    aims = aims_of(draw(SPANS))
    point = st.tuples(*(st.integers(aim.least, aim.most) for aim in aims))
    return aims, draw(st.lists(point, min_size=1, max_size=12))


@given(searches())
def test_the_order_of_weighed_sums_is_the_lexicographic_order(search) -> None:
    aims, points = search
    weights = weights_of(aims)
    together = weighed(aims, weights)

    def merit(point):
        return sum(weight * point[variable] for variable, weight in together.items())

    taken = len(weights)
    assert sorted(point[:taken] for point in points) == [point[:taken] for point in sorted(points, key=merit)]


@given(searches(), st.integers(0, 40))
def test_no_bound_is_above_the_best(search, gap: int) -> None:
    aims, points = search
    weights = weights_of(aims)
    taken = len(weights)
    best = min(point[:taken] for point in points)
    sums = [sum(weight * value for weight, value in zip(weights, point, strict=False)) for point in points]
    for point in points:
        bounds = bounds_of(aims, weights, point[:taken], min(sums) - gap)
        for place, (bound, value) in enumerate(zip(bounds, point, strict=False)):
            if point[:place] == best[:place]:
                assert bound <= best[place] <= value
            assert bound <= value
        if gap == 0 and point[:taken] == best:
            assert tuple(bounds) == best


def test_weights_that_are_too_large_are_not_used() -> None:
    aims = aims_of([(0, 300)] * 4)
    assert weights_of(aims) == (301, 1)
    assert weights_of(aims[:1]) == (1,)
    assert weights_of(aims_of([(0, 1), (0, MOST_WEIGHT)])) == (1,)


def test_a_run_takes_the_steps_that_belong_together() -> None:
    """And they are the values that they come to one by one."""
    rules = rules_of_cities()
    rows = rows_of(rules)
    together, alone = SteppedProgram(rows, tightening=True), SteppedProgram(rows)
    names = (*SEAT_STEPS, *GOAL_STEPS)
    taken, sizes = [], []
    while len(taken) < len(names):
        some = together.take_together(together.together(names[len(taken) :]))
        sizes.append(len(some))
        taken += some
    assert sizes == [4, 1, 1, 1, 1, 1, 1]
    assert [(step.name, step.value, step.bound) for step in taken] == [
        (step.name, step.value, step.bound) for step in map(alone.take, names)
    ]


def rows_of(rules):
    return build_rows(pool_of_cities(3, rules), rules)
