"""What is handed out as a proposal: counted from the seats, in an order without merit, its pairs by what is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from selection import proposal as made
from selection.checking import check
from selection.errors import SolverError
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.proposal import left_out_steps, propose
from selection.solver import Program
from selection.solving.pairs import Likeness
from selection.solving.steps import Solution, Step
from tests.strategies import random_applicants, tiny_pool, tiny_rules


def solved_as(monkeypatch: pytest.MonkeyPatch, **other: Any) -> None:
    """Have the solver give another solution than it found."""
    solve = made.solve_apart

    def lying(*args: Any, **options: Any) -> Solution:
        found = solve(*args, **options)
        return replace(found, **{name: change(found) for name, change in other.items()})

    monkeypatch.setattr(made, "solve_apart", lying)


def test_a_roster_that_breaks_a_requirement_is_never_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tiny_rules()
    pool = tiny_pool(12, 5, rules)
    first = {one.applicant: place for place, one in reversed(list(enumerate(pool.candidates)))}
    solved_as(
        monkeypatch, chosen=lambda _: tuple(int(first[one.applicant] == i) for i, one in enumerate(pool.candidates))
    )
    with pytest.raises(SolverError, match="roster_breaks_requirement"):
        propose(pool, rules)


def test_a_value_that_the_seats_do_not_have_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tiny_rules()
    solved_as(monkeypatch, steps=lambda found: (*found.steps[:-1], Step("pairs", 99, 99, 0.0)))
    with pytest.raises(SolverError, match="roster_breaks_step"):
        propose(tiny_pool(12, 5, rules), rules)


def test_half_a_person_is_no_answer() -> None:
    program = Program(2)
    program.values = [1.0, 0.5]
    with pytest.raises(SolverError, match="solver_not_whole"):
        program.chosen(2)


def test_a_step_not_taken_is_told_with_the_best_that_any_roster_could_have() -> None:
    """Two tables of two members and one deputy each; of a goal no roster is better than met."""
    rules = tiny_rules()
    proposal = propose(tiny_pool(12, 5, rules), rules)
    left = left_out_steps(proposal, ["members_least", "members", "deputies_least", "deputies", "goals_1"])
    assert [step.bound for step in left] == [2, 4, 1, 2, 0]
    values = {step.name: step.value for step in proposal.steps}
    assert [step.value for step in left] == [values[step.name] for step in left]


def test_no_order_of_merit_can_be_read_into_the_seats() -> None:
    """By name, whatever the lot; deputies follow their members."""
    rules = tiny_rules(members={"least": 0, "aim": 6}, deputies={"aim": 4})
    people = [replace(one, name=f"{'zaå'[n % 3]}{n}") for n, one in enumerate(random_applicants(26, 100))]
    names = {one.key: one.name for one in people}
    proposal = propose(Pool.build(people, rules), rules)
    for table in proposal.pool.tables:
        members = [seat.person for seat in proposal.at(table, Role.MEMBER)]
        assert len(members) > 3
        assert members == sorted(members, key=names.__getitem__)
        beside = [seat.deputy_of for seat in proposal.at(table, Role.DEPUTY)]
        assert beside == [key for key in members if key in beside]


def test_a_reserve_who_sits_has_two_seats() -> None:
    person = Applicant("k", "N", wishes=("a",))
    twice = [Seat("k", "a", Role.MEMBER), Seat("k", "b", Role.RESERVE)]
    checked = check(twice, [person], tiny_rules())
    assert [(one.id, one.count) for one in checked.requirements if not one.holds] == [("one_seat", 2)]
    assert check(twice[:1], [person], tiny_rules()).holds


def test_unknown_is_like_nothing_and_no_organisation_like_none() -> None:
    """Kind 4, organisation 2, postal code 2, age 1; what the form did not ask weighs nothing."""
    full = {"kind": ("resident",), "postal_code": ("10000",)}
    people = [
        Applicant("k1", "A", birth_year=1990, values=full),
        Applicant("k2", "B", birth_year=1989, values=full),
        Applicant("k3", "C"),
        Applicant("k4", "D"),
        Applicant("k5", "E", birth_year=1940, values={**full, "organisation": ("o",)}),
    ]
    rules = tiny_rules()
    likeness = Likeness.of(Pool.build(people, rules), rules)
    assert [likeness.unlike(0, other) for other in range(5)] == [0, 0, 7, 7, 3]
    assert likeness.unlike(2, 3) == 7
    asked = Likeness.of(Pool.build(people, rules, ["kind", "organisation"]), rules)
    assert [asked.unlike(0, other) for other in range(5)] == [0, 0, 4, 4, 2]
