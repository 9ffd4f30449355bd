"""The fork server's own process: forks a job for each request, and kills those whose asker has gone."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys

from selection.jobs.processes import fork, kill

#: How much later jobs of a server get their turn than its pages.
NICE = 5


class _Forker:
    """The loop of :func:`main`."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        #: Connection → the child's number, and where its end is told.
        self._jobs: dict[int, tuple[socket.socket, int, int]] = {}
        self._poll = select.poll()
        self._poll.register(control.fileno(), select.POLLIN)
        ended, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._ended = ended
        self._poll.register(ended, select.POLLIN)

    def serve(self) -> None:
        """Fork jobs until the server is gone; then everything ends."""
        while True:
            for place, _ in self._poll.poll():
                if place == self._ended:
                    os.read(self._ended, 4096)
                    self._collect()
                elif place == self._control.fileno():
                    if not self._begin():
                        for connection in list(self._jobs):
                            self._end(connection)
                        return
                elif place in self._jobs:
                    self._end(place)

    def _begin(self) -> bool:
        message, places, _, _ = socket.recv_fds(self._control, 1, 2)
        if not message:
            return False
        connection, telling = socket.socket(fileno=places[0]), places[1]
        pid = self._forked(connection)
        self._jobs[connection.fileno()] = (connection, pid, telling)
        self._poll.register(connection.fileno(), 0)  # only its end is looked for: what it says is the job's
        return True

    def _forked(self, connection: socket.socket) -> int:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        try:
            return fork(connection, group=True)
        finally:
            signal.signal(signal.SIGCHLD, lambda *_: None)
            signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
            os.write(self._wake, b"c")  # one may have ended meanwhile

    def _collect(self) -> None:
        """Tell of those that have ended."""
        for place, (_, pid, _) in list(self._jobs.items()):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
                self._end(place)

    def _end(self, place: int) -> None:
        connection, pid, telling = self._jobs.pop(place)
        self._poll.unregister(place)
        kill(pid, group=True)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with contextlib.suppress(OSError):
            os.write(telling, str(status).encode())
        os.close(telling)
        connection.close()


def main() -> None:
    """Load what jobs use, then serve the connection of the given number."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    for module in sys.argv[2:]:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    with contextlib.suppress(OSError):
        os.nice(NICE)
    gc.collect()
    gc.freeze()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    _Forker(control).serve()
    os._exit(0)


if __name__ == "__main__":
    main()
