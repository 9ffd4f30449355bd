"""Processes of jobs: forked from this one while it has a single thread, or started anew where none can be forked."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import warnings
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

from selection.jobs.work import NO_MEMORY, be_a_job, inside

if TYPE_CHECKING:
    from typing import IO


class Process(ABC):
    """A job's process; ``connection`` takes its request and gives its answer."""

    connection: socket.socket

    @abstractmethod
    def why(self) -> str:
        """Why it ended without an answer: the kind of a :class:`~selection.jobs.job.JobEnded`. Waits for its end."""

    @abstractmethod
    def end(self) -> None:
        """Kill it and what it started, and wait until it is gone."""


def kind_of(status: int) -> str:
    """Why a process ended without an answer, by its exit status or, negative, the signal that ended it.

    A library that is refused memory aborts; any other end is a fault of the program.
    """
    if -status in (getattr(signal, "SIGXCPU", 24), getattr(signal, "SIGKILL", 9)):
        return "time"
    return "memory" if status in (NO_MEMORY, -signal.SIGABRT) else "broken"


class Forked(Process):
    """A child of this process."""

    def __init__(self, pid: int, connection: socket.socket, group: bool) -> None:
        self.connection = connection
        self._pid, self._group = pid, group
        self._status: int | None = None

    def why(self) -> str:
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return kind_of(self._status)

    def end(self) -> None:
        self.connection.close()
        kill(self._pid, self._group)
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])


def kill(pid: int, group: bool) -> None:
    """Kill a process that was not waited for yet, with its group where it leads one."""
    with contextlib.suppress(OSError):
        if group:
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGKILL)


def forked() -> Process:
    """A fork of this process; a job within a job stays in the outer one's group, and ends with it."""
    ours, theirs = socket.socketpair()
    group = not inside()
    pid = fork(theirs, group)
    theirs.close()
    return Forked(pid, ours, group)


def fork(connection: socket.socket, group: bool) -> int:
    """Fork; the child answers one request on the connection and never returns from here. The child's number."""
    with warnings.catch_warnings():
        # Threads of numeric libraries make Python 3.12 warn; they are never called in a job, and hold no lock of ours.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        if group:
            os.setpgid(0, 0)
        be_a_job(connection)
    if group:
        with contextlib.suppress(OSError):  # the child was first
            os.setpgid(pid, pid)
    return pid


class Spawned(Process):
    """A process started anew, for systems that cannot fork."""

    def __init__(self) -> None:
        self.connection, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "selection.jobs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        for target, stream in ((_feed, self._process.stdin), (_drain, self._process.stdout)):
            threading.Thread(target=target, args=(theirs, stream), daemon=True).start()

    def why(self) -> str:
        return kind_of(self._process.wait())

    def end(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.wait()


def spawned() -> Process:
    """A new interpreter, which takes some tenths of a second to start."""
    return Spawned()


def _feed(connection: socket.socket, stream: IO[bytes]) -> None:
    with contextlib.suppress(OSError, ValueError):
        while part := connection.recv(1 << 20):
            stream.write(part)
            stream.flush()
    with contextlib.suppress(OSError):
        stream.close()


def _drain(connection: socket.socket, stream: IO[bytes]) -> None:
    with contextlib.suppress(OSError, ValueError):
        while part := os.read(stream.fileno(), 1 << 20):
            connection.sendall(part)
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
