"""How a solve is run: one object, or its attributes by name; both reach the solver."""

from __future__ import annotations

import pytest

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
