"""Budget: how long the search for a distribution goes on, counted in work, which is the same on every machine, or in
seconds."""

from __future__ import annotations

import math
import time

from selection.solving.run import PLAIN, Run

#: Work of a search by default. A unit is about a tenth of a millisecond of a usual laptop: a minute in all.
WORK = 600_000

#: Least work of a node of branch and bound, of which the nodes of one run are limited.
NODE = 100

#: Work of a run of the solver beside its iterations.
RUN = 20


class Budget:
    """What is left of a search's limits.

    Parameters
    ----------
    run
        Its time limit, by the clock, and its stop: what is found then depends on the machine.
    work
        Units of work; ``None`` for no such limit. What is found is the same on every machine.

    Attributes
    ----------
    met
        Whether a limit ended something that would have gone on.
    """

    def __init__(self, run: Run = PLAIN, *, work: int | None = None) -> None:
        self.deadline = run.deadline()
        self.stopped = run.stopped()
        self.work = work
        self.spent = 0
        self.met = False

    def spend(self, work: float) -> None:
        """Count work that was done."""
        self.spent += math.ceil(work)

    def over(self) -> bool:
        """Whether nothing is left; asked only where there is something to do, so that it then counts as met."""
        late = self.stopped.is_set() or (self.deadline is not None and time.monotonic() >= self.deadline)
        over = late or (self.work is not None and self.spent >= self.work)
        self.met = self.met or over
        return over

    @property
    def by_work(self) -> bool:
        """Whether only work can have ended the search: neither the clock nor a stop."""
        return self.deadline is None and not self.stopped.is_set()

    def seconds_left(self) -> float | None:
        """Seconds for a run of the solver; ``None`` without a limit."""
        return None if self.deadline is None else max(self.deadline - time.monotonic(), 0.01)

    def nodes_left(self) -> int | None:
        """Nodes of branch and bound for a run of the solver; ``None`` without a limit."""
        return None if self.work is None else max((self.work - self.spent) // NODE, 1)
