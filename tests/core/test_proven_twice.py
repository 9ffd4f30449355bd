"""A value that a solver calls proven is asked about a second time by other means."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from selection.constraints import build_rows
from selection.proposal import propose
from selection.solving.engine import EngineRun, Expression
from selection.solving.highs import Highs
from tests.core.test_steps import best_of_all
from tests.strategies import tiny_pool, tiny_rules


@pytest.mark.parametrize("seed", range(4))
def test_a_wrong_proof_with_presolve_on_is_found_out(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Every run with presolve tells a worse roster than there is, where there is one, as proven (seen: HiGHS 1.16)."""
    rules = tiny_rules()
    pool = tiny_pool(6, seed, rules)
    best, _ = best_of_all(build_rows(pool, rules))
    whole = Highs.minimise
    lied: list[float] = []

    def minimise(
        self: Highs, expression: Expression, left: float | None, ends: Callable[[bool], bool], *, presolve: bool = True
    ) -> EngineRun | None:
        run = whole(self, expression, left, ends, presolve=presolve)
        # The sum of a goal's deviations: several variables, each with the weight 1.
        goals = len(expression) > 1 and set(expression.values()) == {1}
        if not presolve or not goals or run is None or run.values is None or self._compacted:
            return run
        wrong = list(run.values)
        for variable in list(expression)[:1]:
            wrong[variable] += 1
        lied.append(run.bound)
        return EngineRun(wrong, run.bound + 1, True)

    monkeypatch.setattr(Highs, "minimise", minimise)
    proposal = propose(pool, rules, seed="x")
    assert tuple(step.value for step in proposal.steps) == best
