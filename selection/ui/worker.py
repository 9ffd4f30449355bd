"""A worker process for long computations: the server stays quick, and a computation can be stopped at any moment.

Run as ``python -m selection.ui.worker``. Requests and answers are length-prefixed pickles over the standard streams of
a process that this program itself started; nothing from outside is ever unpickled. What the worker is given holds
personal data and is written nowhere.
"""

from __future__ import annotations

import os
import pickle  # nosec B403 - only messages of a process of our own
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

HEAD = struct.Struct("!Q")


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


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests ``(function, arguments)`` until the other side is gone.

    Answers are ``("step", name, number, total)`` while at work, then ``("done", result)`` or ``("failed", error)``.
    """
    while True:
        try:
            work, arguments = receive(requests)
        except EOFError:
            return

        def progress(name: str, number: int, total: int) -> None:
            send(answers, ("step", name, number, total))

        send(answers, _answer(work, arguments, progress))


def _answer(work: Callable[..., object], arguments: dict[str, Any], progress: object) -> tuple[str, object]:
    try:
        return ("done", work(**arguments, progress=progress))
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
    import selection.ui.tasks  # noqa: F401 - loaded before the first request, which then starts at once

    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
