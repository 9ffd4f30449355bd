"""Readiness: the records are read and six people are seated, each time anew where that is cheap."""

from __future__ import annotations

import pytest

from selection import jobs
from selection.serving import readiness


def test_six_people_are_seated_in_a_process_apart() -> None:
    assert readiness.solved() == [3, 2, 1]
    assert readiness.solves()


@pytest.mark.parametrize("ends", [jobs.JobEnded("time"), OSError("no process"), None])
def test_a_solve_that_does_not_end_or_ends_otherwise_is_not_ready(
    ends: Exception | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ended:
        def result(self) -> object:
            if ends is not None:
                raise ends
            return [3, 2, 0]

    monkeypatch.setattr(jobs, "start", lambda *_arguments, **_more: Ended())
    assert not readiness.solves()


def test_solving_is_tried_now_and_then_only() -> None:
    answers, at = [False, True, True], [0.0]
    held = readiness.Held(lambda: answers.pop(0), lambda: at[0])
    assert [held(), held()] == [False, False]
    at[0] += readiness.FAILED_SECONDS
    assert [held(), held()] == [True, True]
    at[0] += readiness.HOLDS_SECONDS - 1
    assert held() and answers == [True]
    at[0] += 1
    assert held() and answers == []
