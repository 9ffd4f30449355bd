"""Turns: how many jobs run at the same time in a process that serves many, and whose is next."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable


class Turns:
    """At most ``at_once`` turns in all, one fewer for one person; each person's first comes before anybody's second.

    Who is nobody (``None``), as alone on one machine, has all of them.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._turn = threading.Condition()
        self._waiting: list[tuple[object, object]] = []
        self._taken: Counter[object] = Counter()

    def take(self, whose: object, look: Callable[[], object], every: float) -> None:
        """Wait for a turn; ``look`` is called every so many seconds meanwhile; what it raises gives up the place."""
        place = (object(), whose)
        with self._turn:
            self._waiting.append(place)
        try:
            while True:
                with self._turn:
                    if self._is_next(place) or (self._turn.wait(every) and self._is_next(place)):
                        self._taken[whose] += 1
                        return
                look()
        finally:
            with self._turn:
                self._waiting.remove(place)
                self._turn.notify_all()

    def give_back(self, whose: object) -> None:
        """A turn is over."""
        with self._turn:
            self._taken[whose] -= 1
            if not self._taken[whose]:
                del self._taken[whose]
            self._turn.notify_all()

    def _is_next(self, place: tuple[object, object]) -> bool:
        if self._taken.total() >= self._at_once:
            return False
        most = {whose: self._at_once - (whose is not None) for _, whose in self._waiting}
        may = [one for one in self._waiting if self._taken[one[1]] < most[one[1]]]
        return min(may, key=lambda one: self._taken[one[1]], default=None) is place
