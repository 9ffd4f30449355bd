"""Solves that are cut: what is told is counted from the seats, bounds are true, and later steps get their time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from selection.constraints import build_rows
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.rules_file import preset
from selection.proposal import Proposal, propose
from selection.solver import Program
from selection.solving.engine import EngineRun, Expression
from selection.solving.highs import Highs
from selection.solving.objectives import OBJECTIVES, step_names
from selection.solving.step_counts import step_values
from selection.solving.steps import KEPT_FOR_EACH, SteppedProgram, turn_of
from tests.browser.scene import understood
from tests.core.test_apart import pool_of_cities, rules_of_cities
from tests.core.test_steps import best_of_all
from tests.strategies import tiny_pool, tiny_rules


def told(proposal: Proposal) -> dict[str, int]:
    return {step.name: step.value for step in proposal.steps}


def check_cut(proposal: Proposal) -> None:
    """What holds of every proposal, cut or not."""
    assert all(one.holds for one in proposal.requirements())
    assert told(proposal) == step_values(proposal.rows, proposal.chosen)
    assert list(told(proposal)) == list(step_names(proposal.rules.steps.order))
    for step in proposal.steps:
        sign = OBJECTIVES[step.name].sign
        assert sign * step.bound <= sign * step.value
    assert proposal.cut != proposal.proven


@pytest.fixture
def cut_runs(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Runs from the given one on end with the worst roster there is for what they look for, and no proof.

    Its deviations stand higher than its seats call for, as those of a run that HiGHS is stopped in do.
    """
    whole = Highs.minimise
    state = {"left": 10**9}

    def minimise(
        self: Highs, expression: Expression, left: float | None, ends: Callable[[bool], bool], *, presolve: bool = True
    ) -> EngineRun | None:
        run = whole(self, expression, left, ends, presolve=presolve)
        state["left"] -= 1
        if state["left"] >= 0 or run is None or run.values is None:
            return run
        small = {variable: -weight for variable, weight in expression.items() if abs(weight) < 10**6}
        limits = [(variable, self.model.getCol(self._columns[variable])) for variable in expression]
        free = [variable for variable, col in limits if col[3] > 1e9]
        for variable in free:
            self.bounds_changed(variable, 0, 9)
        worst = whole(self, small, left, ends, presolve=presolve)
        for variable in free:
            self.bounds_changed(variable, 0, None)
        assert worst is not None and worst.values is not None
        return EngineRun(worst.values, run.bound - 1, False)

    monkeypatch.setattr(Highs, "minimise", minimise)
    return lambda runs: state.update(left=runs)


@pytest.mark.parametrize("order", ["seats_first", "goals_first"])
@pytest.mark.parametrize("runs", range(0, 9, 2))
def test_a_solve_cut_at_any_run_tells_what_its_seats_have(cut_runs, runs: int, order: str) -> None:
    """And of the first step that is not proven no roster is under the bound, all before it at their values."""
    rules = tiny_rules(steps={"order": order})
    pool = tiny_pool(6, 3, rules)
    best, _ = best_of_all(build_rows(pool, rules))
    cut_runs(runs)
    proposal = propose(pool, rules, seed="x")
    check_cut(proposal)
    for step, value in zip(proposal.steps, best, strict=True):
        sign = OBJECTIVES[step.name].sign
        if not step.proven:
            assert sign * step.bound <= sign * value <= sign * step.value
            break
        assert step.value == value


@pytest.mark.parametrize("order", ["seats_first", "goals_first"])
@pytest.mark.parametrize("runs", range(0, 12, 3))
def test_tables_that_share_nobody_cut_at_any_run(cut_runs, runs: int, order: str) -> None:
    rules = rules_of_cities(steps={"order": order})
    pool = pool_of_cities(3, rules)
    cut_runs(runs)
    proposal = propose(pool, rules, seed="x")
    check_cut(proposal)
    assert proposal.cut


def stopped_in_a_run(pool: Pool, rules: Rules, monkeypatch: pytest.MonkeyPatch, step: str) -> Proposal:
    """Stop the solve from within HiGHS, the first time that it asks in this step with a roster at hand."""
    state: dict[str, object] = {"step": ""}
    ends = Program._ends

    def asked(self: Program, solved: bool) -> bool:
        if solved and state["step"] == step:
            self.stopped.set()
            state["interrupted"] = True
        return ends(self, solved)

    monkeypatch.setattr(Program, "_ends", asked)
    proposal = propose(pool, rules, seed="x", progress=lambda name, number, total: state.update(step=name))
    assert state.get("interrupted")
    return proposal


def test_a_stop_ends_the_run_that_highs_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps before it are proven, it is told as its seats have it, and none after it is taken."""
    rules = preset("lahti-2021")
    intake, draw = understood().first, random.Random(4)
    # Few people who name three tables each: HiGHS has much to search from the first goals on.
    people = [
        replace(one, wishes=tuple(draw.sample(rules.table_ids, 3))) for one in draw.sample(list(intake.applicants), 80)
    ]
    pool = Pool.build(people, rules, intake.asked)
    proposal = stopped_in_a_run(pool, rules, monkeypatch, "goals_3")
    check_cut(proposal)
    assert proposal.cut
    # Where it was the check of its proof that was stopped, the step stands.
    assert next(step.name for step in proposal.steps if not step.proven) in ("goals_3", "wishes")


def test_a_roster_known_from_before_does_not_outlive_what_is_held() -> None:
    """A value that is held below what the roster at hand has lets it go."""
    rules = tiny_rules()
    stepped = SteppedProgram(build_rows(tiny_pool(8, 3, rules), rules))
    members = stepped.take("members").value
    program = stepped.program
    program.minimise({place: 1 for place in range(len(stepped.rows.pool.candidates))})
    assert program.known
    stepped.hold("wishes", -1)
    assert not program.known
    assert members > 0


def test_the_time_is_shared_out_over_the_steps() -> None:
    """A step that does not end leaves each run after it a share of the limit; one that ends early leaves it all."""
    names = step_names("seats_first")
    limit, now = 100.0, 1_000.0
    ends = [turn_of(now + limit, limit, left) for left in range(len(names), -1, -1)]
    assert ends[-1] == now + limit
    assert all(later - earlier == pytest.approx(limit * KEPT_FOR_EACH) for earlier, later in pairwise(ends))
    assert ends[0] > now
