"""A time limit at any moment gives the best so far: a roster that holds, and bounds that the true best does not pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from selection.commands.answers_json import answer_json
from selection.errors import TimeLimitError
from selection.explain.alternatives import alternatives
from selection.explain.everybody import open_questions
from selection.explain.least_change import least_change
from selection.explain.room import room, room_within_steps
from selection.explain.roster_steps import AtLeast, broken, step_values
from selection.explain.roster_words import gap_sentences
from selection.explain.sentences import answer_sentences
from selection.explain.tradeoffs import trade_off
from selection.explain.why import Answer, Questions
from selection.model.locks import Locks
from selection.proposal import Proposal, propose
from selection.solving import run
from selection.solving.engine import EngineRun, Expression
from selection.solving.highs import Highs
from selection.solving.objectives import OBJECTIVES
from tests.clock import Clock, clock_in
from tests.strategies import tiny_pool, tiny_rules

#: Looks at the clock before the time is up.
LOOKS = (0, 1, 2, 3, 4, 5, 7, 9, 12, 16, 22, 30, 45)
MODULES = ("explain.least_change", "explain.why", "solving.run", "solver")


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    rules = tiny_rules(members={"least": 0, "aim": 3}, deputies={"aim": 2})
    return propose(tiny_pool(16, 3, rules), rules, seed="x")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return clock_in(monkeypatch, *(f"selection.{name}" for name in MODULES))


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Callable[[int, float], None]:
    """Lets so many runs of the solver come to their end; the next has no solution and a bound so far from its value, and
    then the time is up."""
    whole = Highs.minimise
    state = {"left": 0, "short": 0.0}

    def minimise(
        self: Highs, expression: Expression, left: float | None, ends: Any, *, presolve: bool = True
    ) -> EngineRun | None:
        run = whole(self, expression, left, ends, presolve=presolve)
        state["left"] -= 1
        if run is None or state["left"] >= 0:
            return run
        clock.looks = 0
        return EngineRun(None, run.bound - state["short"], False)

    monkeypatch.setattr(Highs, "minimise", minimise)

    def after(runs: int, short: float) -> None:
        clock.looks = 10**9
        state.update(left=runs, short=short)

    return after


def certain(one: AtLeast, exact: Answer, order: list[str]) -> None:
    """What is said to be proven holds for the exact answer."""
    assert one.worse_by > 0
    if exact.verdict == "conflict":
        assert not one.decides
        return
    decisive = exact.decisive
    assert decisive is not None
    assert one.name == decisive.name if one.decides else order.index(one.name) >= order.index(decisive.name)
    if one.name == decisive.name:
        assert one.worse_by <= decisive.worse_by


def test_least_change(proposal: Proposal, clock: Clock) -> None:
    locks = Locks(kept_out=(proposal.seats[0].person,))
    best = least_change(proposal.pool, proposal.rules, proposal.seats, locks=locks)
    assert best.proposal.proven
    kept = {step.name: step.value for step in best.keeping}
    ended = set()
    for looks in LOOKS:
        clock.looks = looks
        try:
            found = least_change(proposal.pool, proposal.rules, proposal.seats, locks=locks, time_limit=5)
        except TimeLimitError:
            ended.add("nothing")
            continue
        assert not broken(found.proposal.rows, found.proposal.chosen)
        assert {step.name for step in found.proposal.steps} == {step.name for step in best.proposal.steps}
        for step in found.keeping:
            assert step.value <= step.bound and (step.name != "people" or step.value <= kept["people"] <= step.bound)
        if found.proposal.proven:
            assert found.proposal.seats == best.proposal.seats
            ended.add("proven")
        else:
            lines = gap_sentences((*found.keeping, *found.proposal.steps), proven=False)
            assert lines and lines != gap_sentences((), proven=True)
            ended.add("so far")
    assert {"nothing", "so far"} <= ended


def test_trade_off(proposal: Proposal, clock: Clock) -> None:
    goals = [one.model_dump(by_alias=True) for one in proposal.rules.goals]
    goals[0]["priority"], goals[2]["priority"] = 3, 1
    rules = proposal.rules.changed(goals=goals)
    best = {one.name: one.after for one in trade_off(proposal, rules).steps}
    ended = set()
    for looks in LOOKS:
        clock.looks = looks
        try:
            found = trade_off(proposal, rules, time_limit=5)
        except TimeLimitError:
            continue
        ended.add(found.proven)
        first_open = next((one for one in found.steps if one.after != one.bound), None)
        if first_open is not None:
            sign = OBJECTIVES[first_open.name].sign
            assert sign * first_open.bound <= sign * best[first_open.name] <= sign * first_open.after
        if found.proven:
            assert {one.name: one.after for one in found.steps} == best
    assert False in ended


def test_room(proposal: Proposal, clock: Clock) -> None:
    rows = proposal.rows
    exact, within = room(rows), room_within_steps(proposal)
    assert all(one.proven for one in (*exact, *within))
    ended = set()
    for looks in LOOKS:
        clock.looks = looks
        for true, ask in (
            (exact, lambda: room(rows, time_limit=5)),
            (within, lambda: room_within_steps(proposal, time_limit=5)),
        ):
            clock.looks = looks
            try:
                found = ask()
            except TimeLimitError:
                continue
            for one, other in zip(found, true, strict=True):
                assert one.least_bound <= other.least <= one.least
                assert one.most <= other.most <= one.most_bound
                ended.add(one.proven)
    assert ended == {True, False}


def test_alternatives(proposal: Proposal, clock: Clock) -> None:
    best = alternatives(proposal, count=2)
    assert best and all(one.unlike == one.most for one in best)
    known = step_values(proposal.rows, proposal.chosen)
    for looks in LOOKS:
        clock.looks = looks
        found = alternatives(proposal, count=2, time_limit=5)
        for one in found:
            after = step_values(proposal.rows, one.roster)
            assert not broken(proposal.rows, one.roster)
            assert {name for name in known if after[name] != known[name]} <= {"wishes", "pairs"}
            assert one.unlike <= one.most
        if found:
            assert best[0].unlike <= found[0].most


@pytest.mark.parametrize("whole", [True, False])
def test_why_not(proposal: Proposal, clock: Clock, whole: bool) -> None:
    names = {one.key: one.name for one in proposal.pool.applicants}
    asked = open_questions(proposal)
    true = {one: Questions.of(proposal).why_not(*one) for one in asked}
    questions = Questions.of(proposal, time_limit=5)
    verdicts = set()
    for looks in LOOKS[:9]:
        for one in asked:
            clock.looks = looks
            answer = questions.why_not(*one, whole=whole)
            verdicts.add(answer.verdict)
            assert names[answer.key] in answer_sentences(answer, proposal.rules, names)[0]
            if answer.at_least is not None:
                certain(answer.at_least, true[one], list(questions.known))
            if answer.verdict != "open":
                assert answer.at_least is None
                assert (answer.verdict, answer.decisive) == (true[one].verdict, true[one].decisive)
            elif answer.steps and true[one].decisive is not None:
                order = list(questions.known)
                worst, exact = answer.steps[0], true[one].decisive
                assert order.index(worst.name) <= order.index(exact.name)
                assert worst.name != exact.name or worst.worse_by >= exact.worse_by
    assert "open" in verdicts and verdicts - {"open"}


@pytest.mark.parametrize("short", [0.5, 1.0])
def test_what_is_proven_of_a_question_cut_short(
    proposal: Proposal, cut: Callable[[int, float], None], short: float
) -> None:
    names = {one.key: one.name for one in proposal.pool.applicants}
    asked = [(seat.person, None) for seat in proposal.seats if seat.role != "reserve"] + list(open_questions(proposal))
    order = list(Questions.of(proposal).known)

    def ask(questions: Questions, key: str, table: str | None) -> Answer:
        return questions.why(key) if table is None else questions.why_not(key, table)

    found: set[tuple[bool, bool]] = set()
    questions = Questions.of(proposal)
    cut(10**9, short)
    true = {one: ask(questions, *one) for one in asked}
    questions.run_by(run.Run(time_limit=5))
    for runs in range(6):
        for one in asked:
            cut(runs, short)
            answer = ask(questions, *one)
            if answer.at_least is None:
                continue
            certain(answer.at_least, true[one], order)
            decisive = true[one].decisive
            exact = decisive is not None and decisive.worse_by == answer.at_least.worse_by
            found.add((answer.at_least.decides, exact))
            said = answer_sentences(answer, proposal.rules, names)
            assert said[1].startswith("Varmaa on") and "vähintään" in said[1]
            told = answer_json(answer, said, names)["at_least"]
            assert told == {
                "name": answer.at_least.name,
                "worse_by": answer.at_least.worse_by,
                "decides": answer.at_least.decides,
            }
    assert {(True, True), (False, True)} <= found
