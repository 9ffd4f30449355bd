"""Jobs: long computations in worker processes, at most two at a time, with progress, a place in the queue, and stop."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import streamlit as st

from selection.ui.job_worker import Ended, Job, Worker
from selection.ui.watchers import this_page

#: Computations at the same time; each takes a core.
AT_ONCE = 2

#: Seconds that a stopped job whose result is only looked at has for it; then its process is ended.
GRACE = 1.2

#: How often it is looked whether anybody still waits.
SWEEP_SECONDS = 5.0


class Jobs:
    """All jobs of this server, by what they are for; a new one for the same thing takes the place of a finished one."""

    def __init__(self) -> None:
        self._jobs: dict[object, Job] = {}
        self._working: dict[object, Worker] = {}
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._waiting: list[tuple[object, Job]] = []
        self._people: dict[object, int | None] = {}
        self._sweeping = False
        self._turn = threading.Condition(self._lock)

    def start(
        self,
        key: object,
        kind: str,
        work: Callable[..., object],
        arguments: dict[str, Any],
        finish: Callable[[Any], object] = lambda result: result,
        of: object = None,
        forget: bool = False,
        by: int | None = None,
        only_looked_at: bool = False,
        watched: bool = False,
    ) -> Job:
        """Begin a job, unless one for the same thing is under way already.

        Parameters
        ----------
        work
            A function of a module, called in the worker with ``arguments`` and ``telling``.
        finish
            Called here with its result, such as to save it: even where nobody watches any more.
        of, by
            Kept in the job.
        forget
            Not to be found again once it is over: only who started it has it.
        only_looked_at
            Stopped, it ends within :data:`GRACE`, and ``finish`` is not called.
        watched
            Dropped once every page that asked for it was closed.
        """
        with self._lock:
            held = self._jobs.get(key)
            if held is None or held.over:
                held = None
                job = self._jobs[key] = Job(kind, of, by, only_looked_at=only_looked_at)
                self._waiting.append((key, job))
            if watched:
                (held or job).watchers.add(this_page())
                self._watch_over()
        if held is not None:
            return held
        threading.Thread(target=self._run, args=(key, job, work, arguments, finish, forget), daemon=True).start()
        return job

    def find(self, key: object) -> Job | None:
        """The job for something, under way or over."""
        return self._jobs.get(key)

    def forget(self, key: object) -> None:
        """Let a job go that is over."""
        with self._lock:
            held = self._jobs.get(key)
            if held is not None and held.over:
                del self._jobs[key]

    def ahead(self, job: Job) -> int:
        """How many jobs, of anybody, wait before this one as things are now; 0 for one that does not wait."""
        with self._lock:
            return next((n for n, (_, one) in enumerate(self._in_turn()) if one is job), 0)

    def stop(self, key: object) -> None:
        """Ask a running job to end with what it has found; one that waits, or was asked before, is dropped."""
        with self._lock:
            job = self._jobs.get(key)
            at_work = self._working.get(key)
            if job is None or job.over:
                return
            first = job.state == "running" and at_work is not None
            job.state = "stopping" if first else "dropped"
            self._turn.notify_all()
        if at_work is not None:
            if first:
                if job.only_looked_at:
                    self._end_late(job, at_work)
                    # Not waited for: the worker may still be reading what it was asked.
                    threading.Thread(target=at_work.stop, args=(at_work.number,), daemon=True).start()
                else:
                    at_work.stop(at_work.number)
            else:
                at_work.end()

    def _end_late(self, job: Job, at_work: Worker) -> None:
        """End the process of a stopped job that has not ended by itself in time."""

        def end() -> None:
            if not job.over:
                at_work.end()

        timer = threading.Timer(GRACE, end)
        timer.daemon = True
        timer.start()

    def drop(self, job: Job) -> None:
        """Give up a job that nobody waits for any more; its worker is ended."""
        for key, held in list(self._jobs.items()):
            if held is job:
                if job.state == "running":
                    self.stop(key)
                self.stop(key)

    def warm(self) -> None:
        """Start a worker ahead of its first job."""
        with self._lock:
            if self._idle or self._working:
                return
            self._idle.append(Worker())

    def sweep(self) -> bool:
        """Drop what nobody waits for any more; whether anybody waits for anything that is not over."""
        with self._lock:
            watched = [job for job in self._jobs.values() if not job.over]
        for job in watched:
            if job.watchers.all_gone():
                self.drop(job)
        return any(not job.over for job in watched)

    def _watch_over(self) -> None:
        """Have a thread look for pages that were closed, as long as anything is under way."""
        if self._sweeping:
            return
        self._sweeping = True

        def look() -> None:
            between = threading.Event()
            while True:
                between.wait(SWEEP_SECONDS)
                under_way = self.sweep()
                with self._lock:
                    if not under_way and all(job.over for job in self._jobs.values()):
                        self._sweeping = False
                        return

        threading.Thread(target=look, name="sweep", daemon=True).start()

    def _in_turn(self) -> list[tuple[object, Job]]:
        """Those who wait, in the order in which their turn comes: each person's first before anybody's second, where
        what is worked on counts too; among equals, first come, first served."""
        taken = Counter(self._people.values())
        turns: list[tuple[int, int, object, Job]] = []
        for key, job in self._waiting:
            turns.append((taken[job.by], len(turns), key, job))
            taken[job.by] += 1
        return [(key, job) for _, _, key, job in sorted(turns, key=lambda turn: turn[:2])]

    def _is_next(self, job: Job) -> bool:
        """Whether a waiting job is the one to begin; none begins before a dropped one for the same thing has ended."""
        if len(self._working) >= AT_ONCE:
            return False
        return next((one for key, one in self._in_turn() if key not in self._working), None) is job

    def _worker(self) -> Worker:
        """One that waits for work, or a new one; those that died meanwhile are left."""
        while self._idle:
            held = self._idle.pop()
            if held.usable:
                return held
        return Worker()

    def _run(
        self,
        key: object,
        job: Job,
        work: Callable[..., object],
        arguments: dict[str, Any],
        finish: Callable[[Any], object],
        forget: bool,
    ) -> None:
        with self._turn:
            self._turn.wait_for(lambda: job.over or self._is_next(job))
            self._waiting.remove((key, job))
            self._turn.notify_all()
            if job.over:
                return
            try:
                at_work = self._working[key] = self._worker()
                self._people[key] = job.by
            except OSError as error:
                job.error, job.state = error, "failed"
                return
            job.state = "running"
        try:
            result = at_work.run(work, arguments, job)
            with self._lock:
                kept = not job.over
                looked_at = job.only_looked_at and job.state == "stopping"
            if kept and looked_at:
                job.result, job.state = result, "stopped"
            elif kept:
                job.result = finish(result)
                job.state = "done"
        except Ended:
            if job.only_looked_at and job.state == "stopping":
                job.state = "stopped"
            elif job.state != "dropped":
                job.state, job.error = "failed", RuntimeError("worker ended")
        except Exception as error:
            # Stopped before anything was found is no failure.
            job.error = error
            job.state = "stopped" if job.only_looked_at and job.state == "stopping" else "failed"
        finally:
            with self._turn:
                del self._working[key], self._people[key]
                self._turn.notify_all()
                if forget and self._jobs.get(key) is job:
                    self._jobs.pop(key, None)
                if at_work.usable:
                    self._idle.append(at_work)


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """The jobs of this server."""
    return Jobs()
