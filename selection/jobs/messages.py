"""Messages between a process and its jobs: length-prefixed pickles, of which an answer may hold plain values only.

What comes back from a job may have been made by what a stranger wrote. So an answer is unpickled without the means to
call anything: values of the standard library that hold data, and the package's own classes.
"""

from __future__ import annotations

import io
import pickle  # nosec B403 - an answer is read by an unpickler that finds classes of data alone
import struct
import sys
from collections.abc import Callable
from dataclasses import is_dataclass
from enum import Enum
from typing import Any

from selection.errors import SelectionError

HEAD = struct.Struct("!Q")

#: Classes of the standard library that an answer may hold beside what pickle itself writes.
PLAIN = frozenset(
    {
        ("builtins", "bytearray"),
        ("builtins", "frozenset"),
        ("builtins", "range"),
        ("builtins", "set"),
        ("collections", "Counter"),
        ("collections", "OrderedDict"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
        ("fractions", "Fraction"),
    }
)
#: Packages whose modules hold values and do nothing when they are imported: an answer's classes are looked up in them
#: though nobody has imported them yet. Of other packages the modules are there already.
VALUES = ("selection.intake.", "selection.model.")


class NotPlain(Exception):
    """An answer holds something that no answer holds."""


def _holds_values(found: object) -> bool:
    """Whether it is a class that holds values: making one, with whatever a stranger wrote, does nothing else."""
    if not isinstance(found, type):
        return False
    of_values = is_dataclass(found) or hasattr(found, "__pydantic_fields__")
    return of_values or issubclass(found, tuple | Enum | SelectionError)


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if module.startswith(VALUES) or (module.startswith("selection.") and module in sys.modules):
            found = super().find_class(module, name)
            if _holds_values(found) and found.__module__ == module:
                return found
        raise NotPlain(f"{module}.{name}")


def packed(message: object) -> bytes:
    """A message as it travels."""
    content = pickle.dumps(message, protocol=5)
    return HEAD.pack(len(content)) + content


def request_in(content: bytes) -> Any:
    """A request, made by the process that started this one."""
    return pickle.loads(content)  # nosec B301


def answer_in(content: bytes) -> Any:
    """An answer; raises :class:`NotPlain` or another error where it holds more than values."""
    return _Plain(io.BytesIO(content)).load()


def told(error: BaseException) -> tuple[str, object]:
    """An error as it travels: one of the package whole, of any other its kind and the place where it arose."""
    if isinstance(error, SelectionError):
        return "failed", (type(error), error.args, vars(error))
    if isinstance(error, MemoryError):
        return "ended", "memory"
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename.rpartition('/')[2]}:{place.tb_lineno}" if place is not None else "?"
    return "broken", f"{type(error).__name__} at {where}"


def rebuilt(failed: tuple[type[SelectionError], tuple[object, ...], dict[str, Any]]) -> SelectionError:
    """The error of a ``failed`` answer, made without its constructor, whose parameters differ from class to class."""
    kind, arguments, fields = failed
    if not issubclass(kind, SelectionError):
        raise NotPlain(kind.__name__)
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(fields)
    return error


def read_whole(read: Callable[[int], bytes]) -> bytes | None:
    """One message's content by a function that gives up to so many bytes; ``None`` where it ends before."""
    head = _exactly(read, HEAD.size)
    return None if head is None else _exactly(read, HEAD.unpack(head)[0])


def _exactly(read: Callable[[int], bytes], size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        part = read(min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
