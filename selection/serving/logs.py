"""The log of the server and its workers: what happened and where, with no traceback and no text of a stranger.

An error's text may hold what somebody wrote. So of an error its kind and place are logged, and what other libraries
say is cut to its first line, without the texts filled into it. ``SELECTION_DEBUG=1`` logs everything.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

#: Loggers whose texts are the program's own: they name ids, counts and places only.
OWN = "selection"
#: Letters of a line of another library.
LONGEST = 200

_made = logging.LogRecord


class _Untold:
    """What stands in place of a text."""

    def __repr__(self) -> str:
        return "…"


_UNTOLD = _Untold()


def kept_apart() -> bool:
    """Whether strangers' texts stay out of the log."""
    return os.environ.get("SELECTION_DEBUG") != "1"


def install() -> None:
    """Have every log of this process, and what ends a thread, told this way."""
    logging.setLogRecordFactory(record)
    threading.excepthook = _of_thread
    sys.excepthook = _of_process
    sys.unraisablehook = _of_finaliser


def record(*arguments: Any, **more: Any) -> logging.LogRecord:
    """A log record as it may be written."""
    made = _made(*arguments, **more)
    if not kept_apart():
        return made
    error = made.exc_info[1] if made.exc_info else None
    if made.name != OWN and not made.name.startswith(f"{OWN}."):
        made.msg = _plain(made)
        made.args = ()
    if error is not None:
        made.msg = f"{made.msg} ({kind_of(error)})" if not made.args else made.msg
    made.exc_info, made.exc_text, made.stack_info = None, None, None
    return made


def kind_of(error: BaseException) -> str:
    """An error's kind and the place where it arose, without its text."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place is not None else "?"
    return f"{type(error).__name__} at {where}"


def _plain(made: logging.LogRecord) -> str:
    """Another library's line: numbers are filled in, texts are not."""
    said = str(made.msg) if isinstance(made.msg, str) else type(made.msg).__name__
    line = said.partition("\n")[0][:LONGEST]
    if not made.args or not isinstance(made.args, tuple):
        return line
    try:
        return line % tuple(one if isinstance(one, int | float) else _UNTOLD for one in made.args)
    except (TypeError, ValueError):
        return line


def _tell(error: BaseException | None) -> None:
    if error is not None:
        logging.getLogger(OWN).error("ended by %s", kind_of(error))


def _of_thread(ended: threading.ExceptHookArgs) -> None:
    if kept_apart():
        _tell(ended.exc_value)
    else:
        threading.__excepthook__(ended)


def _of_process(kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
    if kept_apart() and not issubclass(kind, KeyboardInterrupt):
        _tell(error)
    else:
        sys.__excepthook__(kind, error, place)


def _of_finaliser(ended: Any) -> None:
    if kept_apart():
        _tell(ended.exc_value)
    else:
        sys.__unraisablehook__(ended)
