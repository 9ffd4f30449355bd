"""A worker process for long computations: the server stays quick, and a computation can be stopped at any moment.

Run as ``python -m selection.jobs.worker MODULE[:FUNCTION]…``, with what it loads and calls at once. Requests and
answers are length-prefixed pickles over the standard streams of a process that this program itself started; nothing
from outside is ever unpickled. What the worker is given holds personal data and is written nowhere.
"""

from __future__ import annotations

import importlib
import os
import pickle  # nosec B403 - only messages of a process of our own
import queue
import struct
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

HEAD = struct.Struct("!Q")
#: A request that ends the work under way: what has been found so far is the answer.
STOP = "stop"


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(HEAD.pack(len(content)) + content)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read one message.

    Raises
    ------
    EOFError
        if the other side is gone.
    """
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    (size,) = HEAD.unpack(head)
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return pickle.loads(content)  # nosec B301 - only messages of a process of our own


class Telling:
    """What a work can tell and be told while it runs."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._stop: Callable[[], None] | None = None
        self._stopped = False

    def progress(self, name: str, number: int, total: int) -> None:
        """Tell which step begins."""
        send(self._answers, ("step", name, number, total))

    def found(self, result: object) -> None:
        """Tell what the work would come to if it ended now."""
        send(self._answers, ("found", result))

    def stoppable(self, stop: Callable[[], None]) -> None:
        """Take what ends the work before its time."""
        self._stop = stop
        if self._stopped:
            stop()

    def stop(self) -> None:
        """End the work with what it has found; at once or as soon as it can be."""
        self._stopped = True
        if self._stop is not None:
            self._stop()


def serve(requests: BinaryIO, answers: BinaryIO, gone: Callable[[], None] = lambda: None) -> None:
    """Answer requests ``(number, function, arguments)`` until the other side is gone; then ``gone`` is called at once.

    Answers are ``("step", name, number, total)`` and ``("found", result)`` while at work, then ``("done", result)`` or
    ``("failed", error)``.
    A request ``("stop", number)`` ends the work of that number early.
    """
    waiting: queue.SimpleQueue[tuple[int, Callable[..., object], dict[str, Any]] | None] = queue.SimpleQueue()
    at_work: dict[int, Telling] = {}
    threading.Thread(target=_listen, args=(requests, waiting, at_work, answers, gone), daemon=True).start()
    while (request := waiting.get()) is not None:
        number, work, arguments = request
        answer = _answer(work, arguments, at_work[number])
        del at_work[number]
        try:
            send(answers, answer)
        except BrokenPipeError:  # nobody is there to be told
            return


def _listen(
    requests: BinaryIO,
    waiting: queue.SimpleQueue[Any],
    at_work: dict[int, Telling],
    answers: BinaryIO,
    gone: Callable[[], None],
) -> None:
    while True:
        try:
            message = receive(requests)
        except EOFError:
            gone()
            waiting.put(None)
            return
        if message[0] == STOP:
            telling = at_work.get(message[1])
            if telling is not None:
                telling.stop()
        else:
            at_work[message[0]] = Telling(answers)
            waiting.put(message)


def _answer(work: Callable[..., object], arguments: dict[str, Any], telling: Telling) -> tuple[str, object]:
    try:
        return ("done", work(**arguments, telling=telling))
    except Exception as error:  # whatever went wrong is told to the one who asked
        return ("failed", (type(error), error.args, vars(error)))


def rebuilt(told: tuple[type[Exception], tuple[object, ...], dict[str, Any]]) -> Exception:
    """The error of a ``failed`` answer. Made without its constructor, as errors with parameters cannot be pickled."""
    kind, arguments, fields = told
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(fields)
    return error


def main() -> None:
    """Serve, with the standard output kept for answers: whatever prints goes to the error stream."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for entry in sys.argv[1:]:
        module, _, function = entry.partition(":")
        loaded = importlib.import_module(module)
        if function:
            getattr(loaded, function)()

    # Nobody waits for what is under way once the server is gone, also where it was killed.
    serve(sys.stdin.buffer, answers, gone=lambda: os._exit(0))
    # At once: a thread still reads the standard input, which an orderly end would wait for.
    os._exit(0)


if __name__ == "__main__":
    main()
