"""Limits: what is written in the program and what is counted from a roster are the same, for every roster."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest

from selection.explain.sentences import phrases_text
from selection.model.limits import Count, Limits, NoMoreThan, ShareOf
from selection.model.rows import Row
from selection.texts import in_language

BODY = tuple(range(6))
GROUP = (0, 2, 3)

LIMITS: Sequence[tuple[Limits, tuple[int, ...]]] = [
    (Count(), GROUP),
    (Count(1), GROUP),
    (Count(None, 2), GROUP),
    (Count(1, 2), GROUP),
    *((ShareOf(BODY, Fraction(2, 5), None, rounding), GROUP) for rounding in ("up", "nearest")),
    *((ShareOf(BODY, None, Fraction(2, 5), rounding), GROUP) for rounding in ("up", "nearest")),
    (NoMoreThan((1, 4, 5)), GROUP),
]


def row_of(limits: Limits, counted: tuple[int, ...]) -> Row:
    return Row.of("rule", "a", "member", counted, limits)


@pytest.mark.parametrize(("limits", "counted"), LIMITS)
def test_a_roster_keeps_the_row_just_where_it_keeps_the_limits(limits: Limits, counted: tuple[int, ...]) -> None:
    row = row_of(limits, counted)
    for chosen in product((0, 1), repeat=len(BODY)):
        assert (row.off(chosen) == 0) == row.standing(chosen).holds


@pytest.mark.parametrize(("limits", "counted"), LIMITS)
def test_a_unit_of_the_row_is_one_person(limits: Limits, counted: tuple[int, ...]) -> None:
    row = row_of(limits, counted)
    for chosen in product((0, 1), repeat=len(BODY)):
        assert -(-row.off(chosen) // limits.unit) == row.standing(chosen).deviation


@pytest.mark.parametrize(("limits", "counted"), LIMITS)
def test_other_numbers_of_the_candidates_change_nothing(limits: Limits, counted: tuple[int, ...]) -> None:
    row = row_of(limits, counted)
    moved = row.renumbered({place: 5 - place for place in BODY})
    for chosen in product((0, 1), repeat=len(BODY)):
        assert row.off(chosen) == moved.off(chosen[::-1])
        assert row.standing(chosen) == moved.standing(chosen[::-1])


def test_a_number_loosened_by_seats_is_told_as_it_would_be() -> None:
    assert Count(3, 5).loosened("least", 2, [(1, 0)]) == ("at_least", 3, 1)
    assert Count(3, 5).loosened("most", 2, [(7, 0)]) == ("at_most", 5, 7)
    forty = Fraction(2, 5)
    assert ShareOf(BODY, forty).loosened("least", 1, [(1, 3), (2, 5)]) == ("at_least_share", forty, Fraction(33, 100))
    assert ShareOf(BODY, None, forty).loosened("most", 1, [(2, 3)]) == ("at_most_share", forty, Fraction(67, 100))


def test_limits_are_said_in_words() -> None:
    with in_language("en"):
        said = [phrases_text(limits.words()) for limits, _ in LIMITS]
    assert said == [
        "",
        "at least 1",
        "at most 2",
        "1–2",
        "at least 40%",
        "at least 40%",
        "at most 40%",
        "at most 40%",
        "",
    ]
