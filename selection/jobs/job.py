"""A job: one call of a named function in a process of its own, to wait for, or to stop at any moment."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from selection.jobs import fork_server
from selection.jobs.limits import Limits
from selection.jobs.messages import HEAD, answer_in, packed, rebuilt
from selection.jobs.processes import Process, forked, spawned
from selection.jobs.turns import Turns
from selection.jobs.work import inside
from selection.texts import language

#: How often whoever waits is asked whether to wait on.
LOOK_SECONDS = 0.1
#: Jobs at the same time in a process that serves many; the others wait, and their time runs from their own start.
AT_ONCE = 4

Function = str | Callable[..., object]


def _patiently() -> object:
    return None


def _folder() -> str:
    """The folder that relative paths are of; the root where it was removed."""
    try:
        return os.getcwd()
    except OSError:
        return os.sep


_look: Callable[[], object] = _patiently
_whose: Callable[[], object] = _patiently
_turns = Turns(AT_ONCE)


class JobEnded(Exception):
    """A job ended without an answer.

    ``kind`` is ``time``, ``memory``, ``answer`` (too large), ``broken`` (by a fault of its function, or with an answer
    that is no values), or ``lost`` (the fork server has died).
    """

    def __init__(self, kind: str, seconds: int = 0) -> None:
        self.kind, self.seconds = kind, seconds
        super().__init__(kind)

    @property
    def own_fault(self) -> bool:
        """Whether it was no limit that ended the job, but a fault of the program."""
        return self.kind in ("broken", "lost")


class Job:
    """One call that was started; use :func:`start`."""

    def __init__(self, function: str, arguments: tuple[object, ...], limits: Limits) -> None:
        self.function, self.limits = function, limits
        self._turn = False
        self._who: object = None
        self._process: Process | None = None
        # The way in: what this process may import and the folder it works in are its child's too.
        self._request = packed((function, arguments, limits, language(), list(sys.path), _folder()))
        self._until = 0.0

    def begin(self) -> Job:
        """Start the process."""
        if inside() or (threading.active_count() == 1 and hasattr(os, "fork")):
            self._process = forked()
        elif fork_server.possible():
            self._process = fork_server.forked_there()
        else:
            self._process = spawned()
        self._until = time.monotonic() + self.limits.seconds
        with contextlib.suppress(OSError):  # it has ended: its status says how
            self._process.connection.sendall(self._request)
        self._request = b""
        return self

    def result(self) -> Any:
        """Wait for the answer; the process is gone afterwards, however this ends.

        Raises
        ------
        SelectionError
            what the function raised.
        JobEnded
            if there is no answer.
        """
        try:
            kind, value = self._answer()
        finally:
            self.stop()
        if kind == "done":
            return value
        if kind == "failed":
            raise rebuilt(value)
        if kind == "broken":
            logging.getLogger("selection.jobs").error("job failed: %s: %s", self.function, value)
            raise JobEnded("broken")
        if value == "broken":
            logging.getLogger("selection.jobs").error(
                "job failed: %s: its process ended without an answer", self.function
            )
        raise JobEnded(value, int(self.limits.seconds))

    def stop(self) -> None:
        """End the process, if it still runs."""
        if self._process is not None:
            self._process.end()
            self._process = None
        if self._turn:
            self._turn = False
            _turns.give_back(self._who)

    def _answer(self) -> tuple[str, Any]:
        process = self._process
        if process is None:
            return "ended", "broken"
        content = bytearray()
        size = HEAD.size
        while len(content) < size:
            _look()
            left = self._until - time.monotonic()
            if left <= 0:
                return "ended", "time"
            if not select.select([process.connection], [], [], min(left, LOOK_SECONDS))[0]:
                continue
            try:
                part = process.connection.recv(1 << 20)
            except OSError:
                part = b""
            if not part:
                return "ended", process.why()
            content += part
            if size == HEAD.size and len(content) >= HEAD.size:
                size += HEAD.unpack(content[: HEAD.size])[0]
                if size > self.limits.answer:
                    return "ended", "answer"
        try:
            kind, value = answer_in(bytes(content[HEAD.size :]))
        except Exception:  # whatever bytes that are no answer make the unpickler meet
            return "ended", "broken"
        return str(kind), value

    def take_turn(self) -> None:
        """Wait until fewer than :data:`AT_ONCE` jobs run, each person's in turn; only where many share a process."""
        if inside() or threading.active_count() == 1:
            return
        self._who = _whose()
        _turns.take(self._who, _look, LOOK_SECONDS)
        self._turn = True


def on_waiting(look: Callable[[], object], whose: Callable[[], object] = _patiently) -> None:
    """Have ``look`` called again and again while anybody waits for a job; what it raises ends the job.

    The review app looks whether the page is still there. ``whose`` tells for whom a job is, so that nobody's many files
    hold up another's one; ``None`` where all are one person's.
    """
    global _look, _whose
    _look, _whose = look, whose


def start(function: Function, *arguments: object, limits: Limits | None = None) -> Job:
    """Start a call of a function beside other work; :meth:`Job.result` or :meth:`Job.stop` must follow."""
    return Job(_name(function), arguments, limits or Limits()).begin()


def run(function: Function, *arguments: object, limits: Limits | None = None) -> Any:
    """Call a function of a module with plain arguments in a process of its own, and give its result.

    Parameters
    ----------
    function
        ``module:name``, or the function itself, of which only the name is handed on.

    Raises
    ------
    SelectionError
        what the function raised.
    JobEnded
        if it went over a limit or failed.
    """
    try:
        return _run(function, arguments, limits)
    except JobEnded as ended:
        if ended.kind != "lost":
            raise
        return _run(function, arguments, limits)  # by another fork server


def _run(function: Function, arguments: tuple[object, ...], limits: Limits | None) -> Any:
    job = Job(_name(function), arguments, limits or Limits())
    with contextlib.ExitStack() as ending:
        ending.callback(job.stop)
        job.take_turn()
        return job.begin().result()


def _name(function: Function) -> str:
    return function if isinstance(function, str) else f"{function.__module__}:{function.__qualname__}"
