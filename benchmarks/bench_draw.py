"""The fair draw beside sortition-algorithms 0.12: smallest chance, times and their ratios on pools from a seed.

    python benchmarks/bench_draw.py [--instances 0,1] [--repeats 3] [--limit 600]

The peer (GPL-3) is installed into a temporary environment of its own and run as a program of its own with its HiGHS
solver and maximin; nothing of it is imported here. Both stop at a smallest chance within 0.05 percentage points of
their bound (0.0005: the peer's own constant). Times are of the search, without starting Python or reading files; the
two take turns.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.sortition_pools import INSTANCES, Instance, write
from selection.fair import fair_distribution
from selection.intake.sortition import read_sortition
from selection.model.pool import Pool

PEER = "sortition-algorithms==0.12.15"
TOLERANCE = 0.0005

#: Run by the peer's own Python: categories, respondents, size → one line of JSON.
RUNNER = """
import csv, json, sys, time
from sortition_algorithms.committee_generation import find_distribution_maximin
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.settings import Settings
categories, respondents, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
rows = csv.DictReader(open(categories, newline="", encoding="utf-8"))
features = read_in_features(rows.fieldnames, list(rows), size)[0]
rows = csv.DictReader(open(respondents, newline="", encoding="utf-8"))
people = read_in_people(rows.fieldnames, list(rows), features, Settings(id_column="id", columns_to_keep=["name"]))[0]
began, busy = time.perf_counter(), time.process_time()
panels, shares, _ = find_distribution_maximin(features, people, size, [], "highspy")
seconds, cpu = time.perf_counter() - began, time.process_time() - busy
chances = {key: 0.0 for key in people}
for panel, share in zip(panels, shares):
    for key in panel:
        chances[key] += share
print(json.dumps({"seconds": seconds, "cpu": cpu, "smallest": min(chances.values())}))
"""


def peer_python(folder: Path) -> Path:
    """A Python with the peer installed, in an environment of its own."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", PEER], check=True)
    return python


def ours(paths: list[Path], size: int) -> tuple[float, float, float, float]:
    """Seconds, smallest chance, the proven bound of it, and seconds of the processor."""
    read = read_sortition(paths, size=size)
    assert read is not None
    rules, intake = read
    pool = Pool.build(intake.applicants, rules, intake.asked)
    began, busy = time.perf_counter(), time.process_time()
    _, _, found = fair_distribution(pool, rules, leximin=False, tolerance=TOLERANCE)
    return time.perf_counter() - began, found.smallest, found.bound, time.process_time() - busy


def theirs(python: Path, paths: list[Path], size: int, limit: float) -> tuple[float, float | None, float]:
    """Seconds, smallest chance, seconds of the processor; the limit and ``None`` where it was not enough."""
    command = [str(python), "-c", RUNNER, *map(str, paths), str(size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=True)
    except subprocess.TimeoutExpired:
        return limit, None, math.nan
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return answer["seconds"], answer["smallest"], answer["cpu"]


def side_by_side(instance: Instance, python: Path, folder: Path, repeats: int, limit: float) -> float:
    """Run both in turns, print their medians, and return the ratio of times (a lower bound after a time-out)."""
    paths = write(instance, folder)
    mine: list[tuple[float, float, float, float]] = []
    other: list[tuple[float, float | None, float]] = []
    for _ in range(repeats):
        mine.append(ours(paths, instance.panel))
        other.append(theirs(python, paths, instance.panel, limit))
        if other[-1][1] is None:
            break
    seconds, peer_seconds = statistics.median(one[0] for one in mine), statistics.median(one[0] for one in other)
    smallest, bound, reached = mine[0][1], mine[0][2], other[0][1]
    busy, peer_busy = statistics.median(one[3] for one in mine), statistics.median(one[2] for one in other)
    over = "over " if reached is None else ""
    told = "–" if reached is None else f"{reached:.5f}"
    print(
        f"| {instance.name} | {smallest:.5f} | {bound:.5f} | {seconds:.2f} s | {told} | {over}{peer_seconds:.1f} s "
        f"| {over}{peer_seconds / seconds:.1f}× | {busy:.2f} s / {peer_busy:.1f} s | {len(mine)} |",
        flush=True,
    )
    return peer_seconds / seconds


def main() -> None:
    """Print a table of all instances, and the geometric mean of the ratios."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--instances", default=",".join(map(str, range(len(INSTANCES)))))
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--limit", type=float, default=600.0)
    options.add_argument("--peer-python", type=Path, help="a Python that has the peer already")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = chosen.peer_python or peer_python(folder / "peer")
        print("| pool→panel | smallest | bound | ours | peer's smallest | peer | ratio | processor | runs |")
        print("|---|---|---|---|---|---|---|---|---|")
        ratios = [
            side_by_side(INSTANCES[int(one)], python, folder, chosen.repeats, chosen.limit)
            for one in chosen.instances.split(",")
        ]
    print(f"\nGeometric mean of the ratios: {math.exp(statistics.fmean(map(math.log, ratios))):.1f}×")


if __name__ == "__main__":
    main()
