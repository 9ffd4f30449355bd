"""How a solve is run: by which solver, for how long, and who hears of it on the way; nothing of what is solved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TypedDict

from selection.solver import SolverName

#: Called before each step with its name, its number from 0, and how many steps there are.
Progress = Callable[[str, int, int], None]

#: Ends a solve from another thread, also a run of HiGHS under way: the best roster so far is taken, with its gaps.
Stop = Callable[[], None]

#: Called with a roster found on the way: 0 or 1 for each candidate.
Found = Callable[[tuple[int, ...]], None]


@dataclass(frozen=True)
class Run:
    """How a solve is run.

    Attributes
    ----------
    threads
        Of one run of the solver; the answer is the same for any number.
    time_limit
        Seconds for all of it; after that the best roster so far is taken, with the gap of each step told. ``None`` for
        no limit.
    progress
        Told which step begins.
    stoppable
        Handed a :data:`Stop` that acts as the time limit would; with an executor when all parts have come to a step
        that joins them.
    found
        Handed the roster after each step, or each few of them.
    executor
        Solves tables that share nothing side by side, in processes or on a cluster; ``None`` takes them one after the
        other, with the same answer.
    """

    solver: SolverName = "HiGHS"
    threads: int = 1
    time_limit: float | None = None
    progress: Progress | None = None
    stoppable: Callable[[Stop], None] | None = None
    found: Found | None = None
    executor: Executor | None = None

    def deadline(self) -> float | None:
        """The moment of :func:`time.monotonic` at which the time of a solve that begins now is up."""
        return None if self.time_limit is None else time.monotonic() + self.time_limit

    @property
    def whole(self) -> Run:
        """The same solver for a small solve that must come to its end: without a limit, a stop, or anybody told."""
        return Run(self.solver, self.threads)

    def stopped(self) -> threading.Event:
        """What is set when the solve is to end; the stop of it is handed out."""
        event = threading.Event()
        if self.stoppable:
            self.stoppable(event.set)
        return event

    def begins(self, step: str, number: int, total: int) -> None:
        """Tell that a step begins."""
        if self.progress:
            self.progress(step, number, total)

    def has(self, chosen: tuple[int, ...]) -> None:
        """Hand on a roster found on the way."""
        if self.found:
            self.found(chosen)


#: HiGHS, without a limit, unheard.
PLAIN = Run()


class RunOptions(TypedDict, total=False):
    """The attributes of :class:`Run` as keywords of a call."""

    solver: SolverName
    threads: int
    time_limit: float | None
    progress: Progress | None
    stoppable: Callable[[Stop], None] | None
    found: Found | None
    executor: Executor | None
