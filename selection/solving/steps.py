"""The steps in order of importance: each is proven before the next may choose among what is left."""

from __future__ import annotations

import time
from dataclasses import dataclass

from selection.errors import TimeLimitError
from selection.model.rows import Rows
from selection.solver import Infeasible, OutOfTime
from selection.solving.objectives import GOAL_STEPS, LAST_STEPS, OBJECTIVES, SEAT_STEPS, step_names
from selection.solving.run import PLAIN, Found, Progress, Run, Stop
from selection.solving.stepped import Step, SteppedProgram

#: What of the time limit is kept for each run after the one under way, so that no later step is left as it fell.
KEPT_FOR_EACH = 0.05


@dataclass(frozen=True)
class Solution:
    """The roster that the steps and the lots leave: 0 or 1 for each candidate of the pool.

    ``left_out`` are the steps that the time limit left no time for. Lots are drawn once every step is proven.
    """

    chosen: tuple[int, ...]
    steps: tuple[Step, ...]
    seconds: float
    drawn: bool
    left_out: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether every step is proven optimal and the lots were drawn to the end."""
        return self.drawn and not self.left_out and all(step.proven for step in self.steps)


def solve(
    rows: Rows,
    seed: str,
    run: Run = PLAIN,
) -> Solution:
    """Take all steps and draw the lots.

    Parameters
    ----------
    seed
        Of the order of lots.

    Raises
    ------
    Infeasible
        if the requirements cannot hold together.
    TimeLimitError
        if no roster was found in time.
    """
    began = time.perf_counter()
    time_limit = run.time_limit
    stepped = SteppedProgram.run_by(rows, run, tightening=True)
    program, deadline = stepped.program, stepped.program.deadline
    names = step_names(rows.rules.steps.order)
    steps: list[Step] = []
    chosen: tuple[int, ...] | None = None
    for number, name in enumerate(names):
        if program.out_of_time():
            break
        run.begins(name, number, len(names) + 1)
        if deadline is not None and time_limit is not None:
            program.turn = turn_of(deadline, time_limit, len(names) - number)
        try:
            steps.append(stepped.take(name))
        except OutOfTime:
            break
        chosen = stepped.roster()
        run.has(chosen)
    if chosen is None:
        raise TimeLimitError("time_limit_no_roster")
    drawn = False
    program.turn = None
    if len(steps) == len(names) and all(step.proven for step in steps) and not program.out_of_time():
        run.begins("lots", len(names), len(names) + 1)
        drawn = stepped.draw(seed)
        chosen = stepped.roster()
    return Solution(chosen, tuple(steps), time.perf_counter() - began, drawn, names[len(steps) :])


def turn_of(deadline: float, time_limit: float, runs: int) -> float:
    """Until when a step may be looked for: the deadline, less what is kept for the runs after it."""
    return deadline - time_limit * KEPT_FOR_EACH * runs


__all__ = [
    "GOAL_STEPS",
    "LAST_STEPS",
    "OBJECTIVES",
    "SEAT_STEPS",
    "Found",
    "Infeasible",
    "Progress",
    "Run",
    "Solution",
    "Step",
    "SteppedProgram",
    "Stop",
    "solve",
    "step_names",
    "turn_of",
]
