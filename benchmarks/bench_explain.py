"""The optimiser's answers: one why-not beside a full solve, everybody's why-nots, room, and a conflict at 400."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from selection.conflict import conflicting
from selection.constraints import build_rows
from selection.explain import Questions, open_questions, room, room_within_steps, ways_out, why_not_all
from selection.intake import read_applications
from selection.pool import Pool
from selection.proposal import propose
from selection.rules import Rules
from selection.rules_file import preset

ROOT = Path(__file__).parents[1]
ASKED = 24
WHY_NOTS = 150


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def pool_of(path: Path, rules: Rules) -> Pool:
    """The pool of an application file."""
    intake = read_applications([path], rules)
    return Pool.build(intake.applicants, rules, intake.asked)


def told(what: str, found: float, limit: float, unit: str = "s") -> bool:
    """Print a figure beside its limit."""
    print(f"{what}: {found:.2f} {unit} (at most {limit:g} {unit})")
    return found <= limit


def main() -> int:
    """Measure, print, and end with 1 if a limit is passed."""
    print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    rules = preset("lahti-2021")
    pool = pool_of(ROOT / "sample_applications.xlsx", rules)
    solves = []
    for _ in range(3):
        began = time.perf_counter()
        proposal = propose(pool, rules)
        solves.append(time.perf_counter() - began)
    full = statistics.median(solves)
    print(f"full solve of {len(pool.applicants)} applicants, median of 3: {full:.2f} s")

    questions = Questions.of(proposal)
    asked = open_questions(proposal)
    questions.why_not(*asked[0])  # makes the programs, which later questions share
    whys = [seconds(partial(questions.why_not, *one)) for one in asked[:: max(1, len(asked) // ASKED)]]
    good = [told("one why-not with all its changes, median", statistics.median(whys) / full, 1 / 3, "of a full solve")]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        some = asked[:WHY_NOTS]
        took = seconds(lambda: why_not_all(proposal, questions=some, executor=executor))
    good.append(told(f"{len(some)} why-nots, two processes", took, 60))
    good.append(told("room of all requirements and goals", seconds(lambda: room(proposal.rows)), 20))
    good.append(told("the same with better steps kept", seconds(lambda: room_within_steps(proposal)), 60))

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "applications.xlsx"
        maker = [sys.executable, str(ROOT / "benchmarks" / "make_applications.py")]
        subprocess.run([*maker, "--applicants", "400", "--seed", "1", "--out", str(path)], check=True, cwd=ROOT)
        young = {"id": "young", "field": "age", "values": ["18–29"], "body": "members", "at_least": 12}
        written = [one.model_dump(by_alias=True) for one in rules.requirements]
        strict = rules.changed(requirements=[*written, young])
        large = pool_of(path, strict)
    rows = build_rows(large, strict)
    good.append(told("conflict named at 400 applicants", seconds(lambda: conflicting(rows)), 3))
    print(f"its ways out: {seconds(lambda: ways_out(large, strict)):.2f} s")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
