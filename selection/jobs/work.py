"""What a job's process does: bound itself, take one request, answer it, and end."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import socket
import sys
from typing import TYPE_CHECKING, Any

from selection.jobs.limits import bound
from selection.jobs.messages import packed, read_whole, request_in, told
from selection.texts import use_language

if TYPE_CHECKING:
    from collections.abc import Callable

#: Exit status of a process that had not even the memory to say that memory had run out.
NO_MEMORY = 12

_inside = False


def inside() -> bool:
    """Whether this process is a job's own."""
    return _inside


def be_inside() -> None:
    """Say that this process is a job's own."""
    global _inside
    _inside = True


def be_a_job(connection: socket.socket) -> None:
    """In a forked process: let go of everything that is the parent's, do the one work asked for, and end."""
    status = 1
    try:
        be_inside()
        gc.freeze()  # what was the parent's is never looked through, which would copy it page by page
        _let_go(connection.fileno())
        answer(connection.recv, connection.sendall)
        status = 0
    except MemoryError:
        status = NO_MEMORY
    finally:
        os._exit(status)  # nothing of the parent's is flushed, closed or called here


def answer(read: Callable[[int], bytes], write: Callable[[bytes], object]) -> None:
    """Read one request, and write its answer."""
    content = read_whole(read)
    if content is None:
        return
    function, arguments, limits, language, path, folder = request_in(content)
    del content
    use_language(language)
    sys.path[:] = path
    with contextlib.suppress(OSError):
        os.chdir(folder)
    bound(limits)
    message: tuple[str, object]
    try:
        message = ("done", _named(function)(*arguments))
        written = packed(message)
    except BaseException as error:  # also a library's panic, which is no Exception
        written = packed(told(error))
    write(written)


def _named(function: str) -> Any:
    """The function of ``module:name``."""
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)


def _let_go(kept: int) -> None:
    """Close whatever the parent has open; nothing is read from its input or written to its output."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    most = os.sysconf("SC_OPEN_MAX")
    os.closerange(3, kept)
    os.closerange(kept + 1, min(most, 65_536) if most > 0 else 65_536)
