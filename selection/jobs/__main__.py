"""A job where processes cannot be forked: one request on the standard input, its answer on the standard output."""

from __future__ import annotations

import os
import sys

from selection.jobs.work import NO_MEMORY, answer, be_inside


def main() -> None:
    """Answer one request."""
    be_inside()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        answer(sys.stdin.buffer.read, answers.write)
        answers.flush()
    except MemoryError:
        os._exit(NO_MEMORY)
    os._exit(0)


if __name__ == "__main__":
    main()
