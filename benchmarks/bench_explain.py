"""The optimiser's answers: one why-not beside a full solve, everybody's why-nots, room, and a conflict at 400.

Each figure is told in seconds by the clock and by the processor: on a machine that does other work too, only the latter
says something. The limits are of an idle machine with two cores.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from selection.constraints import build_rows
from selection.explain.alternatives import alternatives
from selection.explain.everybody import Question, open_questions, why_not_all
from selection.explain.least_change import least_change
from selection.explain.room import room, room_within_steps
from selection.explain.tradeoffs import trade_off
from selection.explain.ways_out import ways_out
from selection.explain.why import Questions
from selection.intake import read_applications
from selection.model.locks import Locks
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.rules_file import preset
from selection.proposal import Proposal, propose
from selection.solving.conflict import conflicting

ROOT = Path(__file__).parents[1]
ASKED = 24
WHY_NOTS = 150


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock, and of all processors that this program and its finished children used."""

    clock: float
    processor: float


def took(work: Callable[[], object]) -> Took:
    """How long something takes."""
    began, busy = time.perf_counter(), _processor()
    work()
    return Took(time.perf_counter() - began, _processor() - busy)


def _processor() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def pool_of(path: Path, rules: Rules) -> Pool:
    """The pool of an application file."""
    intake = read_applications([path], rules)
    return Pool.build(intake.applicants, rules, intake.asked)


def told(what: str, found: Took, limit: float) -> bool:
    """Print a figure beside its limit."""
    print(f"{what}: {found.clock:.2f} s by the clock, {found.processor:.2f} s of processors (at most {limit:g} s)")
    return found.clock <= limit


def compared(pool: Pool, rules: Rules) -> tuple[Proposal, bool]:
    """Why-nots beside full solves, by turns in one run; the ratio of their medians, in processor seconds."""
    proposal = propose(pool, rules)
    questions = Questions.of(proposal)
    asked = open_questions(proposal)
    questions.why_not(*asked[0])  # makes the programs, which later questions share
    some = asked[1 :: max(1, len(asked) // ASKED)]
    solves, whys = [], []
    for number, one in enumerate(some):
        if number % 8 == 0:
            solves.append(took(lambda: propose(pool, rules)))
        whys.append(took(partial(questions.why_not, *one)))
    full = statistics.median(one.processor for one in solves)
    each = statistics.median(one.processor for one in whys)
    worst = max(one.processor for one in whys)
    print(f"full solve of {len(pool.applicants)} applicants, median of {len(solves)}: {full:.2f} s of processors")
    print(f"one why-not with all its changes, median of {len(whys)}: {each:.2f} s (the longest {worst:.2f} s)")
    print(f"ratio {each / full:.2f} (at most {1 / 3:.2f})")
    return proposal, each <= full / 3


def everybody(proposal: Proposal, some: Sequence[Question]) -> Took:
    """Why-nots on two processes; theirs is counted too, as they have ended by then."""

    def work() -> None:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
            why_not_all(proposal, questions=some, executor=executor)

    return took(work)


def main() -> int:
    """Measure, print, and end with 1 if a limit is passed."""
    print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    rules = preset("lahti-2021")
    pool = pool_of(ROOT / "sample_applications.xlsx", rules)
    proposal, quick = compared(pool, rules)
    some = open_questions(proposal)[:WHY_NOTS]
    good = [quick, told(f"{len(some)} why-nots, two processes", everybody(proposal, some), 60)]
    good.append(told("room of all requirements and goals", took(lambda: room(proposal.rows)), 20))
    good.append(told("the same with better steps kept", took(lambda: room_within_steps(proposal)), 60))
    good.append(told("two alternatives", took(lambda: alternatives(proposal)), 20))
    goals = [goal.model_dump(by_alias=True) for goal in rules.goals]
    goals[0]["priority"] = 3
    cheaper = rules.changed(goals=goals)
    good.append(told("a trade-off", took(lambda: trade_off(proposal, cheaper)), 20))
    gone = Locks(kept_out=(proposal.seats[0].person,))
    good.append(told("a least change", took(lambda: least_change(pool, rules, proposal.seats, locks=gone)), 20))

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "applications.xlsx"
        maker = [sys.executable, str(ROOT / "benchmarks" / "make_applications.py")]
        subprocess.run([*maker, "--applicants", "400", "--seed", "1", "--out", str(path)], check=True, cwd=ROOT)
        young = {"id": "young", "field": "age", "values": ["18–29"], "body": "members", "at_least": 12}
        written = [one.model_dump(by_alias=True) for one in rules.requirements]
        strict = rules.changed(requirements=[*written, young])
        large = pool_of(path, strict)
    rows = build_rows(large, strict)
    good.append(told("conflict named at 400 applicants", took(lambda: conflicting(rows)), 3))
    good.append(told("its ways out, each verified", took(lambda: ways_out(large, strict)), 20))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
