"""Twelve people at once, two hundred changes each: none lost, no error shown, and how long one change takes.

    python benchmarks/bench_writers.py [--writers 12] [--changes 200] [--where URL]

Each writer is a process of its own, as several servers of one installation would be. Prints one line of figures and
ends with status 1 if a change was lost or an error was raised.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from multiprocessing import get_context

from selection import actions as do
from selection.model.people import Applicant, Origin
from selection.presets import preset_text


def write(job: tuple[str, int, int, int]) -> tuple[list[float], int]:
    """One writer: seconds of each change, and how many raised."""
    where, round_id, person, changes = job
    store = do.open_store(where)
    user = do.local_user(store)
    times, errors = [], 0
    for number in range(changes):
        note = do.AddNote(round_id=round_id, application_id=person, text=f"{person}/{number}")
        started = time.perf_counter()
        try:
            do.perform(store, user, note, idempotency_key=f"{person}-{number}")
        except Exception as error:
            errors += 1
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        times.append(time.perf_counter() - started)
    store.close()
    return times, errors


def main() -> int:
    """Run the writers and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--writers", type=int, default=12)
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--where", help="an empty PostgreSQL database; without it SQLite in a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kokoonpano-writers-") as folder:
        where = options.where or folder
        store = do.open_store(where)
        user = do.local_user(store)
        here = do.perform(store, user, do.CreateRound(name="Kirjoittajat", rules=preset_text("lahti-2021"))).round_id
        assert here is not None
        people = tuple(
            do.ApplicationIn(applicant=Applicant(f"key-{n}", f"Testinen {n}", Origin("a.xlsx", "Vastaukset", n + 2)))
            for n in range(options.writers)
        )
        do.perform(
            store, user, do.ImportFile(round_id=here, file=do.FileIn(name="a.xlsx", content=b""), applications=people)
        )
        rows = do.applications(store, user, here)
        before = do.round_row(store, user, here).revision
        started = time.perf_counter()
        jobs = [(where, here, row.id, options.changes) for row in rows]
        with get_context("spawn").Pool(options.writers) as pool:
            done = pool.map(write, jobs, chunksize=1)
        seconds = time.perf_counter() - started
        wanted = options.writers * options.changes
        kept = sum(len(row.notes) for row in do.applications(store, user, here))
        lost = wanted - kept + wanted - (do.round_row(store, user, here).revision - before)
        errors = sum(found for _, found in done)
        whole = do.verify_log(store).whole
        store.close()
    times = sorted(second for found, _ in done for second in found)
    print(
        f"{'PostgreSQL' if options.where else 'SQLite'}: {options.writers} writers × {options.changes} changes in "
        f"{seconds:.1f} s: {lost} lost, {errors} errors, log {'whole' if whole else 'BROKEN'}; one change "
        f"{1000 * statistics.median(times):.0f} ms (median), {1000 * times[int(0.95 * len(times))]:.0f} ms (95 %)"
    )
    return 0 if whole and not lost and not errors else 1


if __name__ == "__main__":
    sys.exit(main())
