"""Narrowed programs beside every solution written out: the least value, and which solutions stay."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.solver import Infeasible, OutOfTime, Program
from selection.solving.narrowing import narrow_to_least, tighten

SIZE = 6
weights = st.lists(st.integers(-3, 3), min_size=SIZE, max_size=SIZE)
limits = st.tuples(st.integers(-4, 2), st.integers(0, 4))


def solutions(rows: list[tuple[list[int], tuple[int, int]]]) -> list[tuple[int, ...]]:
    return [
        one
        for one in product((0, 1), repeat=SIZE)
        if all(lower <= value(one, row) <= lower + more for row, (lower, more) in rows)
    ]


def value(one: tuple[int, ...], row: list[int]) -> int:
    return sum(weight * chosen for weight, chosen in zip(row, one, strict=True))


def program_of(rows: list[tuple[list[int], tuple[int, int]]]) -> Program:
    program = Program(SIZE)
    for row, (lower, more) in rows:
        program.add_row(dict(enumerate(row)), lower, lower + more)
    return program


def stays(program: Program, one: tuple[int, ...]) -> bool:
    bounds = map(program.bounds, range(SIZE))
    return all(lower <= chosen <= upper for chosen, (lower, upper) in zip(one, bounds, strict=True))


@given(st.lists(st.tuples(weights, limits), max_size=3), weights)
def test_the_least_value_is_found_and_every_solution_of_it_stays(
    rows: list[tuple[list[int], tuple[int, int]]], wanted: list[int]
) -> None:
    program, expression = program_of(rows), dict(enumerate(wanted))
    known = solutions(rows)
    if not known:
        with pytest.raises(Infeasible):
            narrow_to_least(program, expression)
        return
    least = min(value(one, wanted) for one in known)
    found = narrow_to_least(program, expression)
    assert (found.value, found.bound, found.proven) == (least, least, True)
    assert program.evaluate(expression) == least
    assert all(stays(program, one) for one in known if value(one, wanted) == least)
    assert stays(program, program.chosen(SIZE))


@given(st.lists(st.tuples(weights, limits), max_size=3), weights, st.integers(-6, 6))
def test_what_is_fixed_keeps_all_solutions_of_at_most_the_value(
    rows: list[tuple[list[int], tuple[int, int]]], wanted: list[int], most: int
) -> None:
    program = program_of(rows)
    fixed = tighten(program, dict(enumerate(wanted)), most)
    assert fixed == sum(not program.is_open(variable) for variable in range(SIZE))
    assert all(stays(program, one) for one in solutions(rows) if value(one, wanted) <= most)


@pytest.mark.parametrize("triangles", range(1, 7))
def test_a_relaxation_far_below_the_least_value(triangles: int) -> None:
    """Of three that exclude one another the relaxation takes half of each: half a seat too many in each triangle."""
    program = Program(3 * triangles)
    for first in range(0, 3 * triangles, 3):
        for one, other in ((0, 1), (1, 2), (0, 2)):
            program.add_row({first + one: 1, first + other: 1}, None, 1)
    assert narrow_to_least(program, dict.fromkeys(range(3 * triangles), -1)).value == -triangles
    assert all(map(program.is_open, range(3 * triangles)))


def test_what_is_left_when_time_is_up_is_no_better_than_known() -> None:
    program = Program(2)
    program.add_row({0: 1, 1: 1}, 1, None)
    program.deadline = 0.0
    with pytest.raises(OutOfTime) as late:
        narrow_to_least(program, {0: 1, 1: 3})
    assert late.value.bound <= 1
    program.values = [1.0, 1.0]
    found = narrow_to_least(program, {0: 1, 1: 3})
    assert (found.value, found.proven) == (4, False)
    assert found.bound <= 1
    assert program.is_open(0) and program.is_open(1)


def test_nothing_to_minimise_needs_no_relaxation() -> None:
    program = Program(2)
    assert narrow_to_least(program, {}).value == 0
    assert tighten(program, {}, 0) == 0
