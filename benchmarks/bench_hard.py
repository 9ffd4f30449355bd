"""The first ten steps beside the same steps by plain HiGHS: rounds of few people who name several tables, and others.

Plain HiGHS has its default settings but for one thread and the gap of under a seat that is a proof; it has the same
rows, takes the same steps one by one, and holds each value with half a seat of room. Ours proves each value twice. Both
run by turns in one process. A run that does not end within the limit counts as the limit, and a round that plain HiGHS
alone proves fails.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import highspy

from selection.constraints import build_rows
from selection.intake import read_applications
from selection.model.people import Applicant
from selection.model.pool import Pool
from selection.model.rows import Row, Rows
from selection.model.rules import Rules
from selection.model.rules_file import preset
from selection.solver import PROVEN_GAP, OutOfTime
from selection.solving.objectives import OBJECTIVES, step_names
from selection.solving.steps import SteppedProgram

ROOT = Path(__file__).parents[1]
#: How many times as long as plain HiGHS a round may take, and all of them in the geometric mean.
MOST, MEAN = 1.2, 0.5
STEPS = 10

#: The value of each step, as far as they were proven, and the seconds they took.
Run = tuple[dict[str, int], float]


class Plain:
    """A model of plain HiGHS that the steps are written into."""

    def __init__(self, rows: Rows) -> None:
        make: Any = highspy.Highs
        self.model: Any = make()
        for name, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", PROVEN_GAP)):
            self.model.setOptionValue(name, value)
        for place in range(len(rows.pool.candidates)):
            self.model.addVar(0, 1)
            self.model.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        for row in rows.requirements:
            if row.binding:
                self.add_row(dict(row.weights), row.lower, row.upper)
        self.deviations: dict[int, Row] = {}
        for row in rows.goals:
            deviation = self.add_variable(0, None)
            if row.lower is not None:
                self.add_row({**dict(row.weights), deviation: 1}, row.lower, None)
            if row.upper is not None:
                self.add_row({**dict(row.weights), deviation: -1}, None, row.upper)
            self.deviations[deviation] = row

    def add_variable(self, lower: int, upper: int | None, *, whole: bool = False) -> int:
        """A variable; its number."""
        self.model.addVar(lower, highspy.kHighsInf if upper is None else upper)
        return int(self.model.getNumCol()) - 1

    def add_row(self, expression: Mapping[int, int], lower: float | None, upper: float | None) -> None:
        """A row."""
        infinity = highspy.kHighsInf
        low, high = (-infinity if lower is None else lower), (infinity if upper is None else upper)
        self.model.addRow(low, high, len(expression), list(expression), [float(n) for n in expression.values()])

    def minimise(self, expression: Mapping[int, int], seconds: float) -> int | None:
        """The least value; ``None`` if it is not proven in time."""
        for column in range(self.model.getNumCol()):
            self.model.changeColCost(column, float(expression.get(column, 0)))
        self.model.setOptionValue("time_limit", self.model.getRunTime() + seconds)
        self.model.run()
        proven = self.model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return round(self.model.getObjectiveValue()) if proven else None


def plain(rows: Rows, limit: float) -> Run:
    """The steps by plain HiGHS."""
    began = time.perf_counter()
    model, values = Plain(rows), dict[str, int]()
    for name in step_names(rows.rules.steps.order)[:STEPS]:
        expression = OBJECTIVES[name].written(model, rows, model.deviations).expression  # type: ignore[arg-type]
        left = limit - (time.perf_counter() - began)
        value = model.minimise(expression, left) if left > 0 else None
        if value is None:
            return values, limit
        values[name] = OBJECTIVES[name].minimised(value)
        model.add_row(expression, None, value + 0.5)
    return values, time.perf_counter() - began


def ours(rows: Rows, limit: float) -> Run:
    """The steps as the product takes them."""
    began = time.perf_counter()
    stepped = SteppedProgram(rows, deadline=time.monotonic() + limit, tightening=True)
    values: dict[str, int] = {}
    for name in step_names(rows.rules.steps.order)[:STEPS]:
        try:
            step = stepped.take(name)
        except OutOfTime:
            return values, limit
        if not step.proven:
            return values, limit
        values[name] = step.value
    return values, time.perf_counter() - began


def of_files(files: list[Path]) -> Iterator[tuple[str, Rows]]:
    """The rounds of files with applications, under the default rules."""
    rules = preset("lahti-2021")
    for file in files:
        read = read_applications([file], rules)
        yield file.parent.name, build_rows(Pool.build(list(read.applicants), rules, read.asked), rules)


def rounds(seeds: int, *, large: bool) -> Iterator[tuple[str, Rows]]:
    """The rounds, each with a name."""
    rules = preset("lahti-2021")
    sample = read_applications([ROOT / "sample_applications.xlsx"], rules)
    people = sample.applicants

    def rows(some: Rules, those: list[Applicant]) -> Rows:
        return build_rows(Pool.build(those, some, sample.asked), some)

    yield "the sample", rows(rules, list(people))
    few = rules.model_copy(update={"members": rules.members.model_copy(update={"least": 4})})
    for count in (60, 80, 100, 120):
        for wishes in (2, 3, 4):
            for seed in range(1, seeds + 1):
                rng = Random(f"{count}-{wishes}-{seed}")
                chosen = rng.sample(people, count)
                yield (
                    f"{count} people, {wishes} wishes, seed {seed}",
                    rows(few, [replace(one, wishes=tuple(rng.sample(rules.table_ids, wishes))) for one in chosen]),
                )
    for tables in (4, 8, 12, 20, 40) if large else (4, 8):
        for seed in range(1, seeds + 1):
            yield f"{tables} coupled tables of 12, seed {seed}", rows(*_coupled(rules, people, tables, seed))
    for seed in range(1, seeds + 1):
        yield f"400 people, half women and half men, seed {seed}", rows(*_halves(rules, people, seed))
    free = rules.model_copy(update={"requirements": ()})
    alike = [replace(people[0], key=f"k{number}", wishes=rules.table_ids) for number in range(120)]
    yield "120 people who are all alike", rows(free, alike)


def _coupled(rules: Rules, people: tuple[Applicant, ...], tables: int, seed: int) -> tuple[Rules, list[Applicant]]:
    """Tables of twelve with three wishes of each of some fifteen people a table, each wish anywhere."""
    rng, names = Random(f"coupled-{tables}-{seed}"), [f"t{number:02d}" for number in range(tables)]
    content = rules.model_dump(mode="json", by_alias=True)
    content["tables"] = [{"id": name} for name in names]
    content["members"], content["deputies"] = {"least": 4, "aim": 12}, {"aim": 0}
    content["goals"] = [goal for goal in content["goals"] if goal["among"] == "pool"]
    made = [
        replace(rng.choice(people), key=f"k{number}", wishes=tuple(rng.sample(names, 3)), wishes_ordered=True)
        for number in range(15 * tables)
    ]
    return Rules.model_validate(content), made


def _halves(rules: Rules, people: tuple[Applicant, ...], seed: int) -> tuple[Rules, list[Applicant]]:
    rng, content = Random(f"halves-{seed}"), rules.model_dump(mode="json", by_alias=True)
    for rule in content["requirements"]:
        if rule["at_least_share"]:
            rule["at_least_share"] = "50 %"
    made = [
        replace(rng.choice(people), key=f"k{number}", wishes=tuple(rng.sample(rules.table_ids, 2)))
        for number in range(400)
    ]
    return Rules.model_validate(content), made


def main() -> int:
    """Measure, print, and end with 1 where a round takes too long, or all of them together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds a run")
    parser.add_argument("--seeds", type=int, default=1, help="rounds of each kind")
    parser.add_argument("--large", action="store_true", help="with 12, 20 and 40 coupled tables")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--files", type=Path, nargs="+", help="only the rounds of these files with applications")
    given = parser.parse_args()
    print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    ratios, good = [], True
    for name, rows in of_files(given.files) if given.files else rounds(given.seeds, large=given.large):
        mine, other = list[float](), list[float]()
        proven = (dict[str, int](), dict[str, int]())
        for _ in range(given.repeats):
            for kind, runs, values in ((ours, mine, proven[0]), (plain, other, proven[1])):
                told, seconds = kind(rows, given.limit)
                values.update(told)
                runs.append(seconds)
        same = all(proven[0][step] == proven[1][step] for step in proven[0].keys() & proven[1].keys())
        alone = len(proven[0]) < STEPS <= len(proven[1])
        ratios.append(statistics.median(mine) / statistics.median(other))
        good = good and same and not alone and ratios[-1] <= MOST
        print(
            f"{name}: ours {statistics.median(mine):.2f} s ({len(proven[0])} steps), plain "
            f"{statistics.median(other):.2f} s ({len(proven[1])}), ratio {ratios[-1]:.2f}"
            f"{'' if same else ', OTHER VALUES'}",
            flush=True,
        )
    mean = math.exp(statistics.fmean(map(math.log, ratios)))
    print(f"geometric mean {mean:.2f} (at most {MEAN:g}), largest {max(ratios):.2f} (at most {MOST:g})")
    return 0 if good and mean <= MEAN else 1


if __name__ == "__main__":
    sys.exit(main())
