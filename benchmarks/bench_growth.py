"""How time and memory grow with the round: applicants 400 → 4,000 → 20,000, tables 4 → 20 → 100.

    python benchmarks/bench_growth.py                 # many cities of four tables, solved apart over processes
    python benchmarks/bench_growth.py --one-city      # all applicants at the same four tables, one program

A city is a made-up round of Lahti with a seed of its own. Each size runs in a process of its own; memory is that of the
largest process, and of all of them together. The exponent is that of the least squares line through the logarithms.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from benchmarks.make_applications import make_applications, write_xlsx
from selection.intake import read_applications
from selection.model.people import Applicant
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.rules_file import preset
from selection.proposal import propose

#: Applicants and tables of the rounds of many cities, and of one city.
MANY = ((400, 4), (4_000, 20), (20_000, 100))
ONE = ((400, 4), (1_000, 4), (4_000, 4))
CITY = 4


def city(applicants: int, seed: int, rules: Rules) -> tuple[list[Applicant], frozenset[str]]:
    """A city's applicants, read from a made-up file as the product reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "applications.xlsx"
        write_xlsx(make_applications(applicants, seed), path)
        intake = read_applications([path], rules)
    return list(intake.applicants), intake.asked


def round_of(applicants: int, tables: int) -> tuple[Pool, Rules]:
    """A round of ``tables / 4`` cities, each with its own people and its own postal codes."""
    rules = preset("lahti-2021")
    cities = tables // CITY
    people: list[Applicant] = []
    areas = []
    asked: frozenset[str] = frozenset()
    for number in range(cities):
        own, asked = city(applicants // cities, 2021 + number, rules)
        codes: dict[str, str] = {}

        def code_of(code: str, number: int = number, codes: dict[str, str] = codes) -> str:
            return codes.setdefault(code, f"{number:02d}{len(codes):03d}")

        for area in rules.tables:
            areas.append({"id": f"{area.id}-{number}", "postal_codes": [code_of(code) for code in area.postal_codes]})
        for one in own:
            values = {**one.values, "postal_code": tuple(map(code_of, one.values.get("postal_code", ())))}
            wishes = tuple(f"{wish}-{number}" for wish in one.wishes)
            people.append(replace(one, key=f"{number:03d}-{one.key}", wishes=wishes, values=values))
    many = Rules.model_validate({**rules.model_dump(by_alias=True), "tables": areas})
    return Pool.build(people, many, asked), many


def measure(applicants: int, tables: int, seconds: float) -> dict[str, float | bool | int | str]:
    """One round, solved with all cores; what it took and what is proven."""
    pool, rules = round_of(applicants, tables)
    context = multiprocessing.get_context("spawn")
    began, processor = time.perf_counter(), time.process_time()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as executor:
        proposal = propose(pool, rules, time_limit=seconds, executor=executor)
        took = time.perf_counter() - began
    own = time.process_time() - processor
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "applicants": len(pool.applicants),
        "tables": len(pool.tables),
        "seconds": took,
        "processor": own + children.ru_utime,
        "megabytes": largest / 1024,
        "megabytes_in_all": (largest + (os.cpu_count() or 1) * children.ru_maxrss * (tables > CITY)) / 1024,
        "seats": len(proposal.seats),
        "proven": proposal.proven,
        "gaps": ", ".join(f"{one.name} {one.value}/{one.bound}" for one in proposal.steps if not one.proven) or "none",
    }


def exponent(sizes: list[float], times: list[float]) -> float:
    """Slope of the least squares line through the logarithms."""
    logs = [(math.log(size), math.log(took)) for size, took in zip(sizes, times, strict=True)]
    mean_x, mean_y = (sum(one) / len(logs) for one in zip(*logs, strict=True))
    return float(sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs))


def main() -> None:
    parser = argparse.ArgumentParser(description="Time and memory by the size of the round.")
    parser.add_argument("--one-city", action="store_true")
    parser.add_argument("--seconds", type=float, default=600.0, help="time limit of one round")
    parser.add_argument("--measure", nargs=2, type=int, metavar=("APPLICANTS", "TABLES"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure[0], given.measure[1], given.seconds)))
        return
    print(
        "| applicants | tables | seats | seconds | of processor | MB, largest | MB, in all | unproven (value/bound) |"
    )
    print("|---|---|---|---|---|---|---|---|", flush=True)
    done = []
    for applicants, tables in ONE if given.one_city else MANY:
        command = [sys.executable, "-m", "benchmarks.bench_growth", "--measure", str(applicants), str(tables)]
        told = subprocess.run(
            [*command, "--seconds", str(given.seconds)], check=True, stdout=subprocess.PIPE, text=True
        ).stdout.splitlines()[-1]
        one = json.loads(told)
        done.append(one)
        line = "| {applicants:,} | {tables} | {seats:,} | {seconds:.1f} | {processor:.1f} | {megabytes:.0f} |"
        print(line.format(**one) + f" {one['megabytes_in_all']:.0f} | {one['gaps']} |", flush=True)
    power = exponent([one["applicants"] for one in done], [one["processor"] for one in done])
    print(f"\nProcessor time grows as applicants to the power of {power:.2f}.")


if __name__ == "__main__":
    main()
