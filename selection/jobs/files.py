"""Jobs on files: the end of a job over a limit told as an error of the files it worked on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from selection.errors import FileError
from selection.jobs.job import JobEnded


@contextmanager
def named_limits(files: Iterable[str]) -> Iterator[None]:
    """Within the block a job that ends without an answer is an error of these files.

    Raises
    ------
    FileError
        ``reader_timeout`` or ``reader_memory``; ``reader_broken`` where the program's own fault ended it.
    """
    try:
        yield
    except JobEnded as ended:
        file = ", ".join(files)
        if ended.kind == "time":
            raise FileError("reader_timeout", file=file, seconds=ended.seconds) from None
        if ended.own_fault:
            raise FileError("reader_broken", file=file) from None
        raise FileError("reader_memory", file=file) from None
