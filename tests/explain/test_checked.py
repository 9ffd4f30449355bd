"""Every answer is counted from the seats before it is given: a solver that lies is found out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from selection.constraints import build_rows
from selection.errors import SolverError
from selection.explain.alternatives import alternatives
from selection.explain.everybody import never_seated, open_questions
from selection.explain.least_change import fill_vacancies, least_change
from selection.explain.room import room, room_within_steps
from selection.explain.tradeoffs import trade_off
from selection.explain.ways_out import possible
from selection.explain.why import Questions
from selection.proposal import Proposal, propose
from selection.solver import Program
from tests.strategies import tiny_pool, tiny_rules

SERVICES: dict[str, Callable[[Proposal], object]] = {
    "why": lambda it: Questions.of(it).why(it.seats[0].person),
    "why_not": lambda it: Questions.of(it).why_not(*open_questions(it)[0]),
    "why_not_quick": lambda it: Questions.of(it).why_not(*open_questions(it)[0], whole=False),
    "never_seated": lambda it: never_seated(it.rows),
    "room": lambda it: room(it.rows),
    "room_within_steps": room_within_steps,
    "alternatives": alternatives,
    "trade_off": lambda it: trade_off(it, it.rules.changed(steps={"order": "goals_first"})),
    "least_change": lambda it: least_change(it.pool, it.rules, it.seats),
    "fill_vacancies": lambda it: fill_vacancies(it.pool, it.rules, it.seats, [it.seats[0].person]),
    "ways_out": lambda it: possible(build_rows(it.pool, it.rules)),
}


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    rules = tiny_rules(members={"least": 0, "aim": 3}, deputies={"aim": 2})
    return propose(tiny_pool(16, 3, rules), rules, seed="x")


@pytest.mark.parametrize("service", SERVICES)
def test_a_roster_that_breaks_a_requirement_is_never_shown(
    proposal: Proposal, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    SERVICES[service](proposal)
    monkeypatch.setattr(Program, "chosen", lambda self, candidates: (1,) * candidates)
    with pytest.raises(SolverError):
        SERVICES[service](proposal)


@pytest.mark.parametrize("service", ["alternatives", "why_not", "why_not_quick"])
def test_a_roster_that_breaks_a_step_is_never_shown(
    proposal: Proposal, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody seated: every requirement holds here, but the steps do not."""
    monkeypatch.setattr(Program, "chosen", lambda self, candidates: (0,) * candidates)
    with pytest.raises(SolverError):
        SERVICES[service](proposal)
