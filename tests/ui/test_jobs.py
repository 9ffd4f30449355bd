"""Jobs in a real worker process: results, errors as they were raised, a stop that keeps what was found."""

import time

import pytest

from selection.errors import ConflictError
from selection.ui.jobs import Jobs
from tests.ui import works


@pytest.fixture
def jobs():
    made = Jobs()
    yield made
    for worker in [*made._idle, *made._working.values()]:
        worker.end()


def until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.005)


def test_a_result_is_kept_and_told_once(jobs):
    saved = []
    job = jobs.start("key", "double", works.double, {"number": 21}, saved.append, of=7)
    until(lambda: job.over)
    assert (job.state, job.step, job.of, saved) == ("done", "doubling", 7, [42])


def test_the_same_thing_is_not_asked_twice(jobs):
    first = jobs.start("key", "wait", works.until_stopped, {})
    assert jobs.start("key", "wait", works.until_stopped, {}) is first
    until(lambda: first.step == "waiting")
    jobs.stop("key")
    until(lambda: first.over)


def test_stop_keeps_what_was_found(jobs):
    found = []
    job = jobs.start("key", "wait", works.until_stopped, {}, found.append)
    until(lambda: job.step == "waiting")
    jobs.stop("key")
    until(lambda: job.over)
    assert (job.state, found) == ("done", ["so far"])
    again = jobs.start("key", "double", works.double, {"number": 1}, found.append)
    until(lambda: again.over)
    assert found == ["so far", 2]


def test_a_second_stop_drops_the_work(jobs):
    found = []
    job = jobs.start("key", "wait", works.forever, {}, found.append)
    until(lambda: job.step == "waiting")
    jobs.stop("key")
    assert job.state == "stopping"
    jobs.stop("key")
    until(lambda: "key" not in jobs._working)
    assert (job.state, found) == ("dropped", [])


def test_an_error_comes_back_whole(jobs):
    job = jobs.start("key", "conflict", works.conflict, {})
    until(lambda: job.over)
    assert job.state == "failed"
    assert isinstance(job.error, ConflictError)
    assert job.error.requirements[0].willing == 3


def test_a_third_job_waits_for_its_turn(jobs):
    held = [jobs.start(number, "wait", works.until_stopped, {}) for number in range(2)]
    until(lambda: all(job.step for job in held))
    third = jobs.start("third", "double", works.double, {"number": 2})
    assert third.state == "queued" and jobs.ahead(third) == 0
    for number in range(2):
        jobs.stop(number)
    until(lambda: third.over)
    assert third.result == 4
