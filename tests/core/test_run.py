"""How a solve is run: one object, or its attributes by name; both reach the solver."""

from __future__ import annotations

import pytest

from selection.errors import TimeLimitError
from selection.explain.alternatives import alternatives
from selection.explain.everybody import why_not_all
from selection.explain.least_change import least_change
from selection.explain.room import room
from selection.explain.tradeoffs import trade_off
from selection.explain.ways_out import ways_out
from selection.explain.why import Questions
from selection.proposal import Proposal, propose
from selection.solving.run import Run, Stop
from tests.strategies import tiny_pool, tiny_rules


@pytest.mark.parametrize("by_name", [True, False])
def test_a_run_names_the_solver_and_is_told_of_every_step_and_roster(by_name: bool) -> None:
    rules = tiny_rules()
    pool = tiny_pool(6, 1, rules)
    steps: list[str] = []
    rosters: list[tuple[int, ...]] = []
    run = Run(solver="CBC", progress=lambda name, number, total: steps.append(name), found=rosters.append)
    if by_name:
        made = propose(pool, rules, seed="x", solver="CBC", progress=run.progress, found=run.found)
    else:
        made = propose(pool, rules, seed="x", run=run)
    assert made.solver == "CBC"
    assert steps == [*(step.name for step in made.steps), "lots"]
    assert rosters and all(len(roster) == len(pool.candidates) for roster in rosters)
    assert propose(pool, rules, seed="x", run=run, solver="HiGHS").solver == "HiGHS"


def test_a_stop_ends_the_search_for_the_nearest_roster_and_for_a_trade_off() -> None:
    rules = tiny_rules()
    pool = tiny_pool(6, 1, rules)
    made = propose(pool, rules, seed="x")
    stopped = Run(stoppable=lambda stop: stop())
    with pytest.raises(TimeLimitError):
        least_change(pool, rules, made.seats, run=stopped)
    with pytest.raises(TimeLimitError):
        trade_off(made, rules, run=stopped)
    assert least_change(pool, rules, made.seats, solver="CBC").proposal.solver == "CBC"


def tiny_proposal() -> Proposal:
    rules = tiny_rules(members={"least": 1, "aim": 2}, deputies={"aim": 2})
    return propose(tiny_pool(12, 1, rules), rules, seed="x")


def stopped_at(count: int) -> tuple[Run, list[tuple[str, int, int]]]:
    """A run that is stopped when so many steps were told, and what was told."""
    stops: list[Stop] = []
    told: list[tuple[str, int, int]] = []

    def progress(name: str, number: int, total: int) -> None:
        told.append((name, number, total))
        if len(told) == count:
            stops[-1]()

    return Run(progress=progress, stoppable=stops.append), told


def test_a_stop_ends_questions_with_those_answered_so_far() -> None:
    made = tiny_proposal()
    whole = why_not_all(made)
    assert len(whole) > 4
    run, told = stopped_at(1)
    found = why_not_all(made, run=run)
    assert found == whole[: len(found)] and 0 < len(found) < len(whole)
    assert told == [("questions", len(found), len(whole))]
    assert why_not_all(made, run=Run(stoppable=lambda stop: stop())) == ()


def test_a_stop_ends_a_question_as_its_time_would() -> None:
    made = tiny_proposal()
    key = made.seats[0].person
    questions = Questions.of(made, run=Run(stoppable=lambda stop: stop()))
    answer = questions.why(key)
    assert (answer.verdict, answer.steps) == ("open", ())
    questions.run_by(Run())
    assert questions.why(key) == Questions.of(made).why(key) != answer


def test_a_stop_ends_room_with_what_was_seen() -> None:
    made = tiny_proposal()
    exact = room(made.rows, roster=made.chosen)
    run, told = stopped_at(1)
    found = room(made.rows, roster=made.chosen, run=run)
    assert [(one.id, one.table) for one in found] == [(one.id, one.table) for one in exact]
    for one, true in zip(found, exact, strict=True):
        assert one.least_bound <= true.least <= one.least and one.most <= true.most <= one.most_bound
    assert any(not one.proven for one in found)
    assert told[-1] == ("room", len(told), len(told))
    with pytest.raises(TimeLimitError):
        room(made.rows, run=Run(stoppable=lambda stop: stop()))


def test_a_stop_ends_alternatives_and_ways_out_with_those_found() -> None:
    made = tiny_proposal()
    assert alternatives(made, count=2)
    assert alternatives(made, run=Run(stoppable=lambda stop: stop())) == ()
    rules = made.rules.changed(requirements=[{"id": "all", "field": "gender", "values": ["woman"], "at_least": 99}])
    assert ways_out(made.pool, rules)
    assert ways_out(made.pool, rules, run=Run(stoppable=lambda stop: stop())) == ()
