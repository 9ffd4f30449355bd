"""Memo: answers of many cells are alike and are worked out once, for as long as a file is being read and no longer.

What is remembered are people's own words. It is forgotten when the reading ends: a server that reads files for years
neither grows nor holds what was erased from the records.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

T = TypeVar("T")

_remembering: list[_lru_cache_wrapper[object]] = []
_lock = threading.Lock()
_readings = 0


def memo(maxsize: int, *, typed: bool = False) -> Callable[[Callable[..., T]], _lru_cache_wrapper[T]]:
    """Remember up to ``maxsize`` results of a function until :func:`forget`; ``typed`` as in the standard library."""

    def remembering(function: Callable[..., T]) -> _lru_cache_wrapper[T]:
        made = lru_cache(maxsize=maxsize, typed=typed)(function)
        _remembering.append(made)
        return made

    return remembering


@contextmanager
def reading() -> Iterator[None]:
    """While files are read; when the last of several readings at once ends, all is forgotten."""
    global _readings
    with _lock:
        _readings += 1
    try:
        yield
    finally:
        with _lock:
            _readings -= 1
        forget()


def forget() -> None:
    """Forget everything that any function remembers, unless files are being read."""
    with _lock:
        if not _readings:
            for one in _remembering:
                one.cache_clear()


def remembered() -> int:
    """How many results are remembered."""
    return sum(one.cache_info().currsize for one in _remembering)
