"""Guards: a solver that contradicts itself is not believed, and goals whose settling was cut are left open."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from selection.constraints import build_rows
from selection.errors import SolverError
from selection.explain.known_program import KnownProgram
from selection.explain.why import Questions
from selection.proposal import propose
from selection.solver import Infeasible, Minimum, Program
from selection.solving import highs
from selection.solving.components import Stretch
from selection.solving.objectives import GOAL_STEPS, step_names
from selection.solving.stepped import SteppedProgram
from tests.strategies import tiny_pool, tiny_rules


def contradicted(monkeypatch: pytest.MonkeyPatch, times: int) -> list[int]:
    """The first so many values that are counted of HiGHS's solutions differ from what it says; all runs counted."""
    runs: list[int] = []
    counted = highs.value_of

    def value_of(values, expression):
        runs.append(len(runs))
        return counted(values, expression) + (1 if len(runs) <= times else 0)

    monkeypatch.setattr(highs, "value_of", value_of)
    return runs


def two_of_three() -> Program:
    program = Program(3)
    program.add_row({0: 1, 1: 1, 2: 1}, 2, None)
    return program


def test_a_value_that_is_not_that_of_the_solution_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = contradicted(monkeypatch, 1)
    assert two_of_three().minimise({0: 1, 1: 1, 2: 3}) == Minimum(2, 2, True)
    assert len(runs) == 2


def test_a_solver_that_contradicts_itself_twice_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    contradicted(monkeypatch, 2)
    with pytest.raises(SolverError) as told:
        two_of_three().minimise({0: 1, 1: 1, 2: 3})
    assert told.value.code == "solver_contradicts_itself"


def test_a_question_whose_answers_contradict_each_other_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """No roster keeps the steps, says one run; none of them gets worse, says the other."""
    rules = tiny_rules()
    proposal = propose(tiny_pool(6, 1, rules), rules, seed="x")
    questions = Questions(proposal.rows, proposal.chosen)

    def infeasible(*said, **more):
        raise Infeasible

    monkeypatch.setattr(KnownProgram, "least_worse", infeasible)
    monkeypatch.setattr(KnownProgram, "first_worse", lambda self: None)
    with pytest.raises(SolverError) as told:
        questions.why(proposal.seats[0].person)
    assert told.value.code == "solver_contradicts_itself"


def held_to_goals(stepped: SteppedProgram) -> None:
    for name in step_names("goals_first")[: len(GOAL_STEPS)]:
        stepped.take(name)


def test_settling_that_is_cut_fixes_no_deviation(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tiny_rules(steps={"order": "goals_first"})
    rows = build_rows(tiny_pool(6, 1, rules), rules)
    stepped = SteppedProgram(rows)
    held_to_goals(stepped)
    before = [stepped.program.bounds(deviation) for deviation in stepped.deviations]
    with monkeypatch.context() as cut:
        cut.setattr(stepped.program, "minimise", lambda expression: Minimum(0, -1, False))
        assert stepped.settle_goals() == 0
    assert [stepped.program.bounds(deviation) for deviation in stepped.deviations] == before
    assert stepped.settle_goals() > 0  # with time some are fixed: the guard is what left them open
    assert [stepped.program.bounds(deviation) for deviation in stepped.deviations] != before


def test_a_part_that_is_stopped_while_it_takes_up_what_is_held_keeps_its_roster() -> None:
    rules = tiny_rules(steps={"order": "goals_first"})
    pool = tiny_pool(6, 1, rules)
    made = propose(pool, rules, seed="x")
    names = step_names("goals_first")
    held = tuple((step.name, step.value) for step in made.steps[: len(GOAL_STEPS)])
    stretch = Stretch(made.rows, held, names[len(GOAL_STEPS) :], None, "HiGHS", 1, 0.0, None, made.chosen)
    stopped = threading.Event()
    stopped.set()
    for one in (stretch, replace(stretch, seconds=None)):
        answer = one.walk(stopped)
        assert answer.chosen == made.chosen
        assert not answer.drawn
