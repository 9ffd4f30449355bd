"""Jobs in a real worker process: results, errors as they were raised, a stop that keeps what was found."""

import time

import pytest

from selection.errors import ConflictError
from selection.ui import watchers
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


@pytest.mark.parametrize(
    ("work", "result"), [(works.found_then_until_stopped, "so far"), (works.found_then_deaf, None)]
)
def test_a_stopped_job_that_is_only_looked_at_changes_nothing(jobs, monkeypatch, work, result):
    """Also where the work does not hear the stop: its process is ended, and what it had told is left."""
    monkeypatch.setattr("selection.ui.jobs.GRACE", 0.05 if result is None else 60.0)
    saved = []
    job = jobs.start("key", "wait", work, {}, saved.append, only_looked_at=True)
    until(lambda: job.step == "waiting")
    jobs.stop("key")
    until(lambda: job.over)
    assert (job.state, job.result, job.found, saved) == ("stopped", result, "so far", [])
    again = jobs.start("key", "double", works.double, {"number": 3}, saved.append)
    until(lambda: again.over)
    assert saved == [6]


def test_a_job_that_is_only_looked_at_when_stopped_is_finished_else(jobs):
    saved = []
    job = jobs.start("key", "double", works.double, {"number": 3}, saved.append, only_looked_at=True)
    until(lambda: job.over)
    assert (job.state, saved) == ("done", [6])


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


def test_those_who_wait_see_their_place_and_keep_it(jobs):
    """Five rounds of five people: two are worked on, three wait in the order in which they asked."""
    held = [jobs.start(f"round {number}", "wait", works.until_stopped, {}) for number in range(2)]
    until(lambda: all(job.step for job in held))
    order = []
    third, fourth, fifth = (
        jobs.start(f"round {number}", "double", works.double, {"number": number}, order.append) for number in (3, 4, 5)
    )
    assert [jobs.ahead(job) for job in (third, fourth, fifth)] == [0, 1, 2]
    assert jobs.ahead(held[0]) == 0 and len(jobs._working) == 2
    jobs.stop("round 4")
    assert fourth.state == "dropped"
    until(lambda: jobs.ahead(fifth) == 1)
    jobs.stop("round 0")
    until(lambda: third.over and fifth.over)
    assert order == [6, 10]
    assert (held[1].state, len(jobs._working)) == ("running", 1)
    jobs.stop("round 1")
    until(lambda: held[1].over)


def test_a_person_who_asks_for_much_holds_up_nobody_else(jobs):
    """Two of Anna's are worked on and three wait; Bert's one comes before them, Cleo's second after Anna's first."""
    held = [jobs.start(f"anna {number}", "wait", works.until_stopped, {}, by=1) for number in range(2)]
    until(lambda: all(job.step for job in held))
    order = []

    def asks(name, by):
        return jobs.start(name, "double", works.double, {"number": 1}, lambda _: order.append(name), by=by)

    anna = [asks(f"anna {number}", 1) for number in (2, 3, 4)]
    bert, cleo = asks("bert 1", 2), [asks(f"cleo {number}", 3) for number in (1, 2, 3)]
    assert [jobs.ahead(job) for job in (bert, *cleo, *anna)] == [0, 1, 2, 4, 3, 5, 6]
    jobs.stop("anna 0")
    until(lambda: all(job.over for job in (*anna, bert, *cleo)))
    # One of Anna's goes on all the while, and counts as hers.
    assert order == ["bert 1", "cleo 1", "cleo 2", "cleo 3", "anna 2", "anna 3", "anna 4"]
    jobs.stop("anna 1")
    until(lambda: held[1].over)


def test_what_nobody_waits_for_any_more_is_dropped(jobs, monkeypatch):
    at, there = [0.0], {"anna", "bert"}
    monkeypatch.setattr(watchers, "is_open", there.__contains__)
    monkeypatch.setattr(watchers, "now", lambda: at[0])

    def asks(key, page, watched=True):
        monkeypatch.setattr("selection.ui.jobs.this_page", lambda: page)
        return jobs.start(key, "wait", works.forever, {}, watched=watched)

    both, alone, kept, waiting = (
        asks("both", "anna"),
        asks("alone", "anna"),
        asks("kept", "anna", False),
        asks("w", "anna"),
    )
    assert asks("both", "bert") is both
    until(lambda: both.step and alone.step)
    there.remove("anna")
    assert jobs.sweep()
    assert not any(job.over for job in (both, alone, kept, waiting)), "the connection may come back"
    at[0] += watchers.GRACE + 1
    jobs.sweep()
    assert [job.state for job in (alone, waiting)] == ["dropped", "dropped"]
    assert not both.over
    until(lambda: kept.step)
    there.clear()
    at[0] += watchers.GRACE + 1
    jobs.sweep()
    assert both.state == "dropped" and not kept.over
    jobs.drop(kept)
    until(lambda: not jobs._working)


def test_asked_again_while_the_dropped_one_ends(jobs):
    first = jobs.start("key", "wait", works.forever, {})
    until(lambda: first.step == "waiting")
    jobs.stop("key")
    jobs.stop("key")
    again = jobs.start("key", "double", works.double, {"number": 4})
    until(lambda: again.over)
    assert (first.state, again.state, again.result) == ("dropped", "done", 8)
    until(lambda: not jobs._working)


def test_a_worker_that_dies_fails_its_own_job_alone(jobs):
    killed = jobs.start("killed", "wait", works.forever, {})
    until(lambda: killed.step == "waiting")
    jobs._working["killed"].end()
    until(lambda: killed.over)
    assert killed.state == "failed"
    after = jobs.start("after", "double", works.double, {"number": 1})
    until(lambda: after.over)
    assert after.result == 2
    # One that died while it waited for work, such as for want of memory, is not given any.
    until(lambda: jobs._idle)
    jobs._idle[0].process.kill()
    jobs._idle[0].process.wait()
    last = jobs.start("last", "double", works.double, {"number": 2})
    until(lambda: last.over)
    assert last.result == 4


def test_all_sessions_share_one_queue():
    from streamlit.testing.v1 import AppTest

    script = "import streamlit as st\nfrom selection.ui.jobs import jobs\nst.session_state['queue'] = jobs()"
    first, second = (AppTest.from_string(script).run(timeout=30) for _ in range(2))
    assert first.session_state["queue"] is second.session_state["queue"]
