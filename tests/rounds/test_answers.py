"""What workers compute: a stop ends each of it with the best so far, or with no roster where none was found."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from selection.errors import TimeLimitError
from selection.explain.roster_steps import broken
from selection.jobs.worker import Telling
from selection.model.locks import Locks
from selection.model.roster import Seat
from selection.proposal import chosen_of, propose
from selection.rounds import answers, tasks
from selection.rounds.given import Given
from tests.strategies import tiny_pool, tiny_rules


class Stopping(Telling):
    """Is stopped once so many steps were told."""

    def __init__(self, count: int) -> None:
        super().__init__(BytesIO())
        self.count = count
        self.told: list[str] = []
        if not count:
            self.stop()

    def progress(self, name: str, number: int, total: int) -> None:
        self.told.append(name)
        if len(self.told) == self.count:
            self.stop()


RULES = tiny_rules(members={"least": 1, "aim": 2}, deputies={"aim": 1})
GIVEN = Given(RULES, tiny_pool(12, 1, RULES).applicants, None, Locks())


@pytest.fixture(scope="module")
def seats() -> tuple[Seat, ...]:
    return propose(GIVEN.pool, RULES, seed="x").seats


def least(seats: tuple[Seat, ...], telling: Telling) -> Any:
    return answers.least(GIVEN, seats, "composition", telling)


def fill(seats: tuple[Seat, ...], telling: Telling) -> Any:
    return answers.fill(GIVEN, seats, [seats[0].person], None, True, telling)


def tradeoff(seats: tuple[Seat, ...], telling: Telling) -> Any:
    return answers.tradeoff(GIVEN, seats, RULES.changed(name="other"), telling)


@pytest.mark.parametrize("work", [least, fill, tradeoff])
def test_a_stop_ends_what_is_worked_out_with_the_best_so_far(work: Callable[..., Any], seats: tuple[Seat, ...]) -> None:
    assert work(seats, Stopping(-1)).proven
    found = work(seats, Stopping(3))
    assert not found.proven
    if work is not tradeoff:
        rows = GIVEN.proposal((*seats, *found.roster.seats)).rows
        assert not broken(rows, chosen_of(rows.pool, found.roster.seats))
    with pytest.raises(TimeLimitError):
        work(seats, Stopping(0))


def test_a_stop_ends_answers_with_those_so_far(seats: tuple[Seat, ...]) -> None:
    assert answers.alternatives(GIVEN, seats, Stopping(0)) == ()
    opened = answers.opened(GIVEN, seats, Stopping(-1))
    assert answers.chunk(GIVEN, seats, opened.questions, Stopping(0)) == ()
    whole = answers.chunk(GIVEN, seats, opened.questions, Stopping(-1))
    assert len(whole) == len(opened.questions) and "open" not in {answer.verdict for answer in whole}
    assert {answer.verdict for answer in tasks.why(GIVEN, seats, seats[0].person, Stopping(0))} == {"open"}
    with pytest.raises(TimeLimitError):
        tasks.room(GIVEN, Stopping(0))
