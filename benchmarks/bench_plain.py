"""The steps beside the plain model: one weighted sum of fractional deviations, sizes free, by the same solver.

The plain model is what one writes first: the same requirements, and one objective. Of each goal that speaks of a share
s it counts |count − s·n| with n, the members that the table gets, free (on one side only for "at least" and "at most");
of a goal in whole seats the seats that are wanting or too many; weighted by priority. It then leaves as many seats
vacant as it may, so it is run in a second form too, told without a limit, in which a seat less than the steps fill
costs something. (Less than those and not than those aimed at: seats that nobody can fill would be a constant, of which
1 % is much.) Wishes, pairs and lots are not asked of it, though the steps have the first two. It is handed to HiGHS by
PuLP with their default options but for the gap at which it may stop.

All are run by turns, each from the rows to its end, and told as medians.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulp

from selection.constraints import build_rows
from selection.intake import read_applications
from selection.model.criteria import Range
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rows import Row, Rows
from selection.model.rules_file import preset
from selection.solving.steps import SteppedProgram, step_names

ROOT = Path(__file__).parents[1]

#: What one person's deviation weighs in the plain model, by priority; and a vacant seat in its second form.
WEIGHTS = {1: 9, 2: 3, 3: 1}
VACANT = 30

#: The gap at which the plain model may stop.
GAP = 0.01

#: How many times as long it may take at least, for the benchmark to be met.
RATIO = 10.0


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds by the clock and of the processor, whether it came to its end, and its gap (0 for the steps)."""

    clock: float
    processor: float
    ended: bool
    gap: float
    seats: int


class Plain:
    """The plain model of a round; ``filled`` seats cost nothing, and each one less ``vacant``."""

    def __init__(self, rows: Rows, vacant: int, filled: int) -> None:
        self.rows = rows
        self.problem = pulp.LpProblem("plain", pulp.LpMinimize)
        self.seats = [pulp.LpVariable(f"x{place}", cat=pulp.LpBinary) for place in range(len(rows.pool.candidates))]
        for row in rows.requirements:
            if row.binding:
                self._hold(row)
        self.problem += pulp.lpSum(self._goals()) + vacant * (filled - pulp.lpSum(self.seats))

    def _sum(self, places: Any) -> Any:
        return pulp.lpSum(self.seats[place] for place in places)

    def _hold(self, row: Row) -> None:
        counted = pulp.lpSum(weight * self.seats[place] for place, weight in row.weights)
        if row.lower is not None:
            self.problem += counted >= row.lower
        if row.upper is not None:
            self.problem += counted <= row.upper

    def _goals(self) -> Iterator[Any]:
        goals = {goal.id: goal for goal in self.rows.rules.goals}
        tables = self.rows.pool.tables
        for number, row in enumerate(self.rows.goals):
            goal = goals[row.id]
            wanted = goal.ranges.get(str(row.value), goal.each)
            assert wanted is not None and row.table is not None
            size = self._sum(self.rows.by_body[tables.index(row.table), Role.MEMBER])
            count = pulp.lpSum(weight * self.seats[place] for place, weight in row.weights)
            off = pulp.LpVariable(f"d{number}", 0)
            for least in _least(wanted, row, size):
                self.problem += off >= least - count
            for most in _most(wanted, size):
                self.problem += off >= count - most
            yield WEIGHTS[goal.priority] * off

    def solve(self, limit: float) -> tuple[bool, float]:
        """Whether the gap was reached in time, and the gap at the end."""
        self.problem.solve(pulp.HiGHS(msg=False, gapRel=GAP, timeLimit=limit))
        gap = float(self.problem.solverModel.getInfo().mip_gap)
        return gap <= GAP, gap

    @property
    def taken(self) -> int:
        """Seats of its roster."""
        return sum(round(one.varValue or 0) for one in self.seats)


def _least(wanted: Range, row: Row, size: Any) -> Iterator[Any]:
    """What a count should be at least: shares of the size, then whole seats."""
    yield from (float(share) * size for share in (wanted.share, wanted.at_least_share) if share is not None)
    if wanted.at_least is not None:
        yield wanted.at_least
    if wanted.cover and row.at_least:
        yield 1


def _most(wanted: Range, size: Any) -> Iterator[Any]:
    """What a count should be at most."""
    yield from (float(share) * size for share in (wanted.share, wanted.at_most_share) if share is not None)
    if wanted.at_most is not None:
        yield wanted.at_most


def steps(rows: Rows) -> Run:
    """All twelve steps, each proven before the next."""
    began, busy = time.perf_counter(), time.process_time()
    stepped = SteppedProgram(rows, tightening=True)
    taken = [stepped.take(name) for name in step_names(rows.rules.steps.order)]
    clock, processor = time.perf_counter() - began, time.process_time() - busy
    seats = sum(stepped.program.chosen(len(rows.pool.candidates)))
    return Run(clock, processor, all(step.proven for step in taken), 0.0, seats)


def plain(rows: Rows, limit: float, vacant: int, filled: int) -> Run:
    """The plain model until its gap or its limit."""
    began, busy = time.perf_counter(), time.process_time()
    model = Plain(rows, vacant, filled)
    ended, gap = model.solve(limit)
    return Run(time.perf_counter() - began, time.process_time() - busy, ended, gap, model.taken)


def told(name: str, runs: list[Run]) -> float:
    """Print a model's medians; that of the clock."""
    clock, busy, gap = (statistics.median(getattr(run, what) for run in runs) for what in ("clock", "processor", "gap"))
    ended = sum(run.ended for run in runs)
    print(
        f"{name}: median {clock:.2f} s by the clock, {busy:.2f} s of processor; {ended} of {len(runs)} ended; "
        f"median gap {gap:.1%}; {runs[-1].seats} seats"
    )
    return float(clock)


def main() -> int:
    """Measure, print, and end with 1 if the steps are not so many times as fast."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for the plain model")
    given = parser.parse_args()
    print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    rules = preset("lahti-2021")
    intake = read_applications([ROOT / "sample_applications.xlsx"], rules)
    rows = build_rows(Pool.build(intake.applicants, rules, intake.asked), rules)
    print(f"{len(rows.pool.applicants)} applicants, {len(rows.pool.candidates)} candidates, {len(rows.goals)} goals")
    ours: list[Run] = []
    theirs: dict[int, list[Run]] = {0: [], VACANT: []}
    for _ in range(given.repeats):
        ours.append(steps(rows))
        for vacant, runs in theirs.items():
            runs.append(plain(rows, given.limit, vacant, ours[-1].seats))
    mine = told("steps 1 to 12, each proven", ours)
    good = all(run.ended for run in ours)
    for vacant, runs in theirs.items():
        other = told(f"plain model to a gap of {GAP:.0%}, a vacant seat costs {vacant}", runs)
        over = "" if all(run.ended for run in runs) else "over "
        print(f"ratio {over}{other / mine:.1f}{'' if vacant else f' (at least {RATIO:g})'}")
        good = good and (vacant > 0 or other >= RATIO * mine)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
