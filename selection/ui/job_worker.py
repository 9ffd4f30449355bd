"""One computation, and the worker process that does it."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from selection.jobs import worker
from selection.ui.watchers import Watchers


@dataclass(eq=False)
class Job:
    """One computation. Its fields are written by one thread of its own and read by pages.

    ``state`` goes from queued over running (and stopping, where it was asked to end early) to done, failed or dropped.
    One that is ``only_looked_at`` when stopped ends as stopped: its result, or else what it last ``found``, is kept for
    people to look at, and nothing is done with it.
    ``of`` is what it was asked of, such as the revision of a round, ``by`` the id of the user who asked: how it ended
    is news for nobody else. ``watchers`` are the pages that wait for it, where it is of no use without them.
    """

    kind: str
    of: object = None
    by: int | None = None
    state: str = "queued"
    step: str = ""
    number: int = 0
    total: int = 1
    began: float = field(default_factory=time.monotonic)
    result: Any = None
    found: Any = None
    only_looked_at: bool = False
    error: Exception | None = None
    seen: bool = False
    watchers: Watchers = field(default_factory=Watchers)

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ("done", "failed", "dropped", "stopped")

    @property
    def seconds(self) -> float:
        """How long ago it was asked for."""
        return time.monotonic() - self.began


class Ended(Exception):
    """The worker process was ended."""


class Worker:
    """A worker process, kept between jobs as starting one takes a second."""

    def __init__(self) -> None:
        command = [
            sys.executable,
            "-m",
            "selection.jobs.worker",
            "selection.serving.logs:install",
            "selection.rounds.tasks",
        ]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._numbers = itertools.count(1)
        self._number = 0
        self._writing = threading.Lock()
        self._ended = False

    @property
    def usable(self) -> bool:
        """Whether it can take another job. The process's own answer can be late where another thread waits for it."""
        return not self._ended and self.process.poll() is None

    def run(self, work: Callable[..., object], arguments: dict[str, Any], job: Job) -> object:
        """Let the process do the work, noting its steps in the job.

        Raises
        ------
        Ended
            if the process was ended meanwhile.
        Exception
            whatever the work raised.
        """
        try:
            self._number = next(self._numbers)
            self._send((self._number, work, arguments))
            while True:
                kind, *rest = worker.receive(self.process.stdout)  # type: ignore[arg-type]
                if kind == "step":
                    job.step, job.number, job.total = rest
                elif kind == "found":
                    job.found = rest[0]
                elif kind == "done":
                    return rest[0]
                else:
                    raise worker.rebuilt(rest[0])
        except (EOFError, OSError) as error:
            self._ended = True
            raise Ended from error

    @property
    def number(self) -> int:
        """Of the work that it was asked last."""
        return self._number

    def stop(self, number: int) -> None:
        """Ask the work of this number to end with what it has found."""
        try:
            self._send((worker.STOP, number))
        except OSError:
            return  # it has ended by itself

    def _send(self, message: object) -> None:
        with self._writing:
            worker.send(self.process.stdin, message)  # type: ignore[arg-type]

    def end(self) -> None:
        """End the process."""
        self._ended = True
        self.process.kill()
        self.process.wait()
