"""The fork server: a process with one thread that has the parsers loaded, and forks a job's process in milliseconds.

A server with many threads must not fork itself, and starting an interpreter anew takes longer than most files do. The
server sends it two ends for each job: the connection, and where to tell how the process ended. When the server
lets go of the connection, or is gone, the fork server kills the job with all it started.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import subprocess
import sys
import threading
from pathlib import Path

from selection.jobs.processes import Process, kind_of

#: Loaded before the first job; names only, as this package knows nothing of what it runs.
_preload: tuple[str, ...] = ()
_lock = threading.Lock()
_running: tuple[subprocess.Popen[bytes], socket.socket] | None = None

#: Seconds within which a job's end is told.
START_SECONDS = 60


def possible() -> bool:
    """Whether this system can fork, and hand on open connections."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and hasattr(select, "poll")


def warm(*modules: str) -> None:
    """Start the fork server ahead of its first job, with these modules loaded."""
    global _preload
    _preload = tuple(dict.fromkeys((*_preload, *modules)))
    if possible():
        with _lock:
            _control()


class ForkedThere(Process):
    """A child of the fork server."""

    def __init__(self, connection: socket.socket, status: int) -> None:
        self.connection, self._status = connection, status

    def why(self) -> str:
        if not select.select([self._status], [], [], START_SECONDS)[0]:
            return "lost"
        told = os.read(self._status, 8)
        return kind_of(int(told)) if told else "lost"

    def end(self) -> None:
        self.connection.close()
        os.close(self._status)


def forked_there() -> Process:
    """A job's process, forked by the fork server, which is started anew where it has died."""
    ours, theirs = socket.socketpair()
    status, telling = os.pipe()
    try:
        for _ in range(2):
            with _lock, contextlib.suppress(OSError):
                socket.send_fds(_control(), [b"j"], [theirs.fileno(), telling])
                break
            _forget()
    finally:
        theirs.close()
        os.close(telling)
    return ForkedThere(ours, status)


def _control() -> socket.socket:
    """The way to the fork server, which is started where there is none."""
    global _running
    if _running is not None and _running[0].poll() is None:
        return _running[1]
    ours, theirs = socket.socketpair()
    # Numeric libraries start no threads there: none of them would live on in a fork.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "selection.jobs.forker", str(theirs.fileno()), *_preload]
    process = subprocess.Popen(
        command,
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=environment,
        cwd=Path(__file__).parents[2],
        start_new_session=True,
    )
    theirs.close()
    _running = (process, ours)
    return ours


def _forget() -> None:
    """Let go of a fork server that has died."""
    global _running
    with _lock:
        if _running is not None:
            _running[1].close()
            _running[0].kill()
            _running[0].wait()
            _running = None
