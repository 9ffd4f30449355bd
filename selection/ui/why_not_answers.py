"""Asking: why not, of everybody not proposed, in small jobs on both workers; kept for all visitors of a round."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

import streamlit as st

from selection.explain.everybody import Question
from selection.explain.why import Answer
from selection.model.roster import Seat
from selection.rounds import answers
from selection.rounds.given import Given
from selection.ui.job_worker import Job
from selection.ui.jobs import AT_ONCE, Jobs, jobs
from selection.ui.watchers import Watchers

#: Questions in one job: a second or two, so that what others ask meanwhile comes between.
CHUNK = 4

#: Askings kept of one round: the draft's and those of trial versions.
KEPT = 4


@dataclass(frozen=True, slots=True)
class Everybody:
    """Why not, of everybody not proposed; ``left`` questions were not asked, as the work was stopped."""

    never: tuple[str, ...]
    answers: tuple[Answer, ...]
    left: int


class Asking:
    """Everybody's questions about one roster. As each of its jobs ends the next is handed in, so that never more than
    two of them wait in the queue or are at work, and whoever else asks something waits for one of them at most. It
    stops where no page that had it in sight is open any more."""

    def __init__(self, queue: Jobs, given: Given, seats: tuple[Seat, ...], by: int | None = None) -> None:
        self.by = by
        self.watchers = Watchers()
        self.given = given
        self.seats = seats
        self._queue = queue
        self._name = uuid4().hex
        self._lock = threading.Lock()
        self._jobs: dict[int, Job] = {}
        self._never: tuple[str, ...] = ()
        self._chunks: list[tuple[Question, ...]] = []
        self._answers: dict[int, tuple[Answer, ...]] = {}
        self._handed = 0
        self._opened = False
        self._stopped = False
        arguments = {"given": given, "seats": seats}
        self._hand(-1, answers.opened, arguments, self._open)

    def _hand(self, number: int, work: Callable[..., object], arguments: dict[str, Any], finish: Any) -> None:
        key = (self._name, number)
        self._jobs[number] = self._queue.start(key, "everybody", work, arguments, finish, forget=True, by=self.by)

    def _open(self, found: answers.Opened) -> None:
        with self._lock:
            self._never = found.never
            self._chunks = [found.questions[at : at + CHUNK] for at in range(0, len(found.questions), CHUNK)]
            self._opened = True
        for _ in range(AT_ONCE):
            self._next()

    def _next(self) -> None:
        with self._lock:
            if self._stopped or self._handed == len(self._chunks) or self._ended_as("failed"):
                return
            number = self._handed
            self._handed += 1
            wanted = self._chunks[number]
            # Under the lock, so that whoever looks sees a job for each chunk that was handed in.
            arguments = {"given": self.given, "seats": self.seats, "wanted": wanted}
            self._hand(number, answers.chunk, arguments, partial(self._take, number))

    def _take(self, number: int, found: tuple[Answer, ...]) -> None:
        with self._lock:
            self._answers[number] = found
        if self.watchers.all_gone():
            self.stop()
        self._next()

    def stop(self) -> None:
        """End with what has been found; those under way are asked to leave off."""
        with self._lock:
            self._stopped = True
            under_way = [number for number, job in self._jobs.items() if not job.over]
        for number in under_way:
            self._queue.stop((self._name, number))

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stopped

    @property
    def failed(self) -> Job | None:
        """A job that failed, and with it the whole."""
        with self._lock:
            return self._ended_as("failed")

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        with self._lock:
            waiting = any(not job.over for job in self._jobs.values())
            to_come = self._opened and not self._stopped and self._handed < len(self._chunks)
            lost = self._ended_as("failed", "dropped") is not None
        return not waiting and (lost or not to_come)

    def _ended_as(self, *states: str) -> Job | None:
        return next((job for job in self._jobs.values() if job.state in states), None)

    @property
    def done(self) -> int:
        """Questions answered."""
        with self._lock:
            return sum(len(found) for found in self._answers.values())

    @property
    def total(self) -> int:
        """Questions in all; 0 before they are known."""
        return sum(len(one) for one in self._chunks)

    @property
    def result(self) -> Everybody:
        """What has been found, in the order of the questions."""
        with self._lock:
            found = tuple(answer for number in sorted(self._answers) for answer in self._answers[number])
        return Everybody(self._never, found, self.total - len(found))


class Askings:
    """The askings of this server, by round; one that is about something else than the round as it is now is dropped."""

    def __init__(self, queue: Jobs) -> None:
        self._queue = queue
        self._held: dict[int, list[tuple[int, Asking]]] = {}
        self._lock = threading.Lock()

    def find(self, round_id: int, revision: int, given: Given, seats: Sequence[Seat]) -> Asking | None:
        """The asking about this roster, whoever began it; those that an earlier revision left behind are dropped."""
        with self._lock:
            return self._find(round_id, revision, given, tuple(seats))

    def begin(self, round_id: int, revision: int, given: Given, seats: Sequence[Seat], by: int | None = None) -> Asking:
        """Ask, unless it is being asked already; what was stopped or failed is asked anew. ``by`` is the id of the user
        who asks: the answers are for everybody at the round, a failure is news for them alone."""
        with self._lock:
            found = self._find(round_id, revision, given, tuple(seats))
            held = self._held.setdefault(round_id, [])
            if found is not None and not (found.stopping or found.failed):
                return found
            held[:] = [one for one in held if one[1] is not found]
            made = Asking(self._queue, given, tuple(seats), by)
            held.append((revision, made))
            for _, old in held[:-KEPT]:
                old.stop()
            del held[:-KEPT]
            return made

    def forget(self, round_id: int) -> None:
        """Drop all askings of a round, whose applicants are to be gone."""
        with self._lock:
            for _, one in self._held.pop(round_id, ()):
                one.stop()

    def _find(self, round_id: int, revision: int, given: Given, seats: tuple[Seat, ...]) -> Asking | None:
        kept: list[tuple[int, Asking]] = []
        found: Asking | None = None
        for seen, one in self._held.get(round_id, ()):
            if one.given == given:
                kept.append((max(seen, revision), one))
                found = one if one.seats == seats else found
            elif seen >= revision:  # a page drawn a moment ago knows less than this asking
                kept.append((seen, one))
            else:
                one.stop()
        self._held[round_id] = kept
        return found


@st.cache_resource(show_spinner=False)
def askings() -> Askings:
    """The askings of this server."""
    return Askings(jobs())
