"""How a solve is run: one object, or its attributes by name; both reach the solver."""

from __future__ import annotations

import pytest

from selection.errors import TimeLimitError
from selection.explain.least_change import least_change
from selection.explain.tradeoffs import trade_off
from selection.proposal import propose
from selection.solving.run import Run
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
