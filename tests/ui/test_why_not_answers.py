"""Everybody's why not in small jobs: at most two at a time, shared by all visitors, dropped when something changes."""

from dataclasses import replace

import pytest

from selection.explain.everybody import open_questions, why_not_all
from selection.model.locks import Locks
from selection.proposal import propose
from selection.rounds.given import Given
from selection.ui import watchers
from selection.ui.job_worker import Job
from selection.ui.why_not_answers import KEPT, Asking, Askings
from tests.strategies import tiny_pool, tiny_rules


class Telling:
    """Of a work that nobody stops."""

    def progress(self, name, number, total):
        pass

    def stoppable(self, stop):
        pass


class Queue:
    """Jobs that run when a test says so, in the order in which they were handed in."""

    def __init__(self):
        self.waiting = []
        self.stopped = []

    def start(self, key, kind, work, arguments, finish, of=None, forget=False, by=None):
        job = Job(kind)
        self.waiting.append((key, job, work, arguments, finish))
        return job

    def stop(self, key):
        self.stopped.append(key)
        for one in [one for one in self.waiting if one[0] == key]:
            one[1].state = "dropped"
            self.waiting.remove(one)

    def run(self):
        _, job, work, arguments, finish = self.waiting.pop(0)
        job.result = finish(work(**arguments, telling=Telling()))
        job.state = "done"

    def fail(self):
        job = self.waiting.pop(0)[1]
        job.error, job.state = RuntimeError("worker ended"), "failed"


@pytest.fixture(scope="module")
def proposal():
    rules = tiny_rules()
    return propose(tiny_pool(24, 2, rules), rules, seed="x")


@pytest.fixture(scope="module")
def given(proposal):
    return Given(proposal.rules, proposal.pool.applicants, proposal.pool.asked, Locks())


def test_the_answers_are_those_of_all_questions_at_once_and_two_jobs_at_most_are_handed_in(given, proposal):
    queue = Queue()
    asking = Asking(queue, given, proposal.seats)
    most = []
    while queue.waiting:
        assert not asking.over
        queue.run()
        most.append(len(queue.waiting))
    assert max(most) == 2 and len(most) > 3
    assert asking.over and asking.failed is None
    assert asking.done == asking.total == len(open_questions(proposal))
    assert asking.result.answers == why_not_all(proposal)
    assert asking.result.left == 0


def test_it_stops_once_every_page_that_had_it_in_sight_was_closed(given, proposal, monkeypatch):
    queue, at, there = Queue(), [0.0], {"page"}
    monkeypatch.setattr(watchers, "is_open", there.__contains__)
    monkeypatch.setattr(watchers, "now", lambda: at[0])
    asking = Asking(queue, given, proposal.seats)
    asking.watchers.add("page")
    queue.run()
    queue.run()
    there.clear()
    queue.run()
    assert queue.waiting and not asking.stopping, "a connection that was lost may come back"
    at[0] += watchers.GRACE + 1
    queue.run()
    assert asking.stopping and asking.over and not queue.waiting
    assert 0 < asking.done < asking.total


def test_what_others_hand_in_comes_before_the_next_chunks(given, proposal):
    queue = Queue()
    asking = Asking(queue, given, proposal.seats)
    queue.run()
    others = []
    queue.start("other", "why", lambda telling: others.append(asking.done), {}, lambda found: found)
    for _ in range(3):
        queue.run()
    assert others == [8] and not asking.over


def test_stopped_it_keeps_what_was_found(given, proposal):
    queue = Queue()
    asking = Asking(queue, given, proposal.seats)
    for _ in range(3):
        queue.run()
    asking.stop()
    assert asking.over and asking.stopping and not queue.waiting
    found = asking.result
    assert len(found.answers) == 8 and found.left == asking.total - 8
    assert found.answers == why_not_all(proposal)[:8]


def test_a_job_that_fails_ends_it(given, proposal):
    queue = Queue()
    asking = Asking(queue, given, proposal.seats)
    queue.run()
    queue.fail()
    assert not asking.over
    queue.run()
    assert asking.over and not queue.waiting
    assert str(asking.failed.error) == "worker ended"


def test_a_failure_before_the_questions_are_known_ends_it_too(given, proposal):
    queue = Queue()
    asking = Asking(queue, given, proposal.seats)
    queue.fail()
    assert asking.over and asking.failed


def test_equal_questions_of_other_visitors_find_the_same_asking(given, proposal):
    askings = Askings(Queue())
    begun = askings.begin(1, 5, given, proposal.seats)
    again = Given(given.rules.model_copy(deep=True), tuple(given.applicants), given.asked, Locks())
    assert askings.find(1, 5, again, list(proposal.seats)) is begun
    assert askings.begin(1, 6, again, proposal.seats) is begun
    assert askings.find(2, 5, given, proposal.seats) is None
    assert askings.find(1, 6, given, proposal.seats[1:]) is None


def test_a_change_of_the_round_drops_and_stops_it(given, proposal):
    queue = Queue()
    askings = Askings(queue)
    begun = askings.begin(1, 5, given, proposal.seats)
    changed = replace(given, locks=Locks(kept_out=(proposal.seats[0].person,)))
    assert askings.find(1, 6, changed, proposal.seats) is None
    assert begun.stopping and begun.over
    assert askings.find(1, 7, given, proposal.seats) is None


def test_a_page_drawn_before_the_change_does_not_drop_what_is_asked_after_it(given, proposal):
    askings = Askings(Queue())
    changed = replace(given, locks=Locks(kept_out=(proposal.seats[0].person,)))
    begun = askings.begin(1, 6, changed, proposal.seats)
    assert askings.find(1, 5, given, proposal.seats) is None
    assert askings.find(1, 6, changed, proposal.seats) is begun and not begun.stopping


def test_what_was_stopped_is_asked_anew_and_few_are_kept(given, proposal):
    askings = Askings(Queue())
    first = askings.begin(1, 5, given, proposal.seats)
    first.stop()
    second = askings.begin(1, 5, given, proposal.seats)
    assert second is not first and askings.find(1, 5, given, proposal.seats) is second
    for number in range(1, KEPT + 1):
        askings.begin(1, 5, given, proposal.seats[number:])
    assert askings.find(1, 5, given, proposal.seats) is None and second.stopping


def test_a_round_whose_applicants_are_erased_is_forgotten(given, proposal):
    queue = Queue()
    askings = Askings(queue)
    begun, other = askings.begin(1, 5, given, proposal.seats), askings.begin(2, 5, given, proposal.seats)
    askings.forget(1)
    assert begun.stopping and not other.stopping
    assert askings.find(1, 5, given, proposal.seats) is None
    assert askings.find(2, 5, given, proposal.seats) is other
