"""Bench of the intake: from file to findings, 5,000 rows × 30 columns and the sample, wall clock and processor.

    python benchmarks/bench_intake.py --repeats 5

The target is 3 s for 5,000 × 30 on an idle machine. Each reading is a process of its own, as a command's is: its first
use of every word list and pattern is counted. ``parent`` and ``child`` are seconds of the processor; the child parses.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.make_applications import HEADERS, make_applications

ROWS, COLUMNS, TARGET = 5_000, 30, 3.0
SAMPLE = Path(__file__).parent.parent / "sample_applications.xlsx"


def write_large(folder: Path) -> tuple[Path, Path]:
    """The same 5,000 applications of 30 columns as a workbook and as separated text."""
    from openpyxl import Workbook

    rng = Random("bench-intake")
    more = [f"Lisäkysymys {number}" for number in range(1, COLUMNS - len(HEADERS) + 1)]
    rows: list[list[object]] = [[*HEADERS.values(), *more]]
    for application in make_applications(ROWS, "bench-intake"):
        rows.append([*(application[key] for key in HEADERS), *(f"vastaus {rng.randrange(1000)}" for _ in more)])
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Vastaukset")
    for row in rows:
        sheet.append(row)
    book.save(folder / "large.xlsx")
    with (folder / "large.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return folder / "large.xlsx", folder / "large.csv"


def read_once(path: Path) -> dict[str, float]:
    """One reading in this process: rows, findings, and seconds."""
    from selection.intake import read_applications
    from selection.model.rules_file import preset

    rules = preset("lahti-2021")
    wall, parent = time.perf_counter(), time.process_time()
    intake = read_applications([path], rules)
    seconds = {"wall": time.perf_counter() - wall, "parent": time.process_time() - parent}
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        **seconds,
        "child": child.ru_utime + child.ru_stime,
        "rows": intake.rows,
        "findings": len(intake.findings),
        "columns": len(intake.columns),
    }


def measured(path: Path, repeats: int) -> dict[str, float]:
    """Medians of several readings, each in a process of its own."""
    told = [
        json.loads(
            subprocess.run([sys.executable, __file__, "--one", str(path)], capture_output=True, check=True).stdout
        )
        for _ in range(repeats)
    ]
    return {name: statistics.median(one[name] for one in told) for name in told[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        print(json.dumps(read_once(given.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        workbook, text = write_large(Path(folder))
        print("file              rows  columns  findings   wall s  parent s  child s")
        for path in (workbook, text, SAMPLE):
            told = measured(path, given.repeats)
            over = "  OVER THE TARGET" if told["wall"] > TARGET else ""
            print(
                f"{path.name:24.24} {told['rows']:5.0f}  {told['columns']:5.0f} {told['findings']:9.0f}"
                f" {told['wall']:8.2f} {told['parent']:9.2f} {told['child']:8.2f}{over}"
            )


if __name__ == "__main__":
    main()
