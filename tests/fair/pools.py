"""Small pools with quotas, and every panel of them by brute force."""

from __future__ import annotations

import itertools
import random
from typing import Any

import highspy
import numpy as np

from selection.model.people import Applicant
from selection.model.pool import Pool
from selection.model.rules import Rules


def quota_rules(size: int, quotas: dict[str, dict[str, tuple[int, int]]], **parts: Any) -> Rules:
    """One table of ``size`` with at least and at most so many of each value."""
    requirements = [
        {"id": f"{name}-{value}", "field": name, "values": [value], "body": "members", "at_least": low, "at_most": high}
        for name, values in quotas.items()
        for value, (low, high) in values.items()
    ]
    content: dict[str, Any] = {
        "name": "panel",
        "tables": [{"id": "panel"}],
        "members": {"least": size, "aim": size},
        "eligibility": {"age_on": "2026-01-01"},
        "requirements": requirements,
    }
    return Rules.model_validate({**content, **parts})


def people(count: int, values: dict[str, list[str]], seed: int) -> list[Applicant]:
    """Applicants whose values are drawn at random, the first ones of each list more often."""
    draw = random.Random(seed)
    return [
        Applicant(
            f"key{number:03d}",
            f"Name {number}",
            None,
            ("panel",),
            values={
                name: (draw.choices(known, [len(known) - one for one in range(len(known))])[0],)
                for name, known in values.items()
            },
        )
        for number in range(count)
    ]


def random_panel(seed: int, *, people_count: int = 9, size: int = 3) -> tuple[Pool, Rules] | None:
    """A tiny pool with tight quotas around one random panel, so that there is at least one."""
    draw = random.Random(seed)
    values = {"g": ["a", "b"], "h": ["x", "y", "z"]}
    pool = people(people_count, values, seed)
    model = draw.sample(pool, size)
    quotas = {
        name: {
            value: (
                max(0, sum(one.value(name) == value for one in model) - draw.randint(0, 1)),
                sum(one.value(name) == value for one in model) + draw.randint(0, 1),
            )
            for value in known
        }
        for name, known in values.items()
    }
    rules = quota_rules(size, quotas)
    return Pool.build(pool, rules), rules


def all_panels(pool: Pool, rules: Rules) -> np.ndarray[Any, Any]:
    """Every panel that keeps the requirements, as rows of 0 and 1; by counting, not by the program's rows."""
    size = rules.members.aim
    found = []
    for panel in itertools.combinations(range(len(pool.applicants)), size):
        counts = [
            sum(pool.applicants[one].value(rule.fields[0]) in rule.values for one in panel)
            for rule in rules.requirements
        ]
        if all(
            (rule.at_least or 0) <= count <= (size if rule.at_most is None else rule.at_most)
            for rule, count in zip(rules.requirements, counts, strict=True)
        ):
            found.append([float(one in panel) for one in range(len(pool.applicants))])
    return np.array(found)


def leximin_of(panels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Leximin chances over all panels: of each level, whoever cannot be raised alone is fixed (the definition)."""
    count = panels.shape[1]
    fixed: dict[int, float] = {}
    while len(fixed) < count:
        rising = [one for one in range(count) if one not in fixed]
        level = _highest(panels, fixed, rising)
        stuck = [
            one
            for one in rising
            if _highest(panels, {**fixed, **{other: level for other in rising if other != one}}, [one]) < level + 1e-7
        ]
        fixed |= dict.fromkeys(stuck, level)
    return np.array([fixed[one] for one in range(count)])


def _highest(panels: np.ndarray[Any, Any], floors: dict[int, float], rising: list[int]) -> float:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.addVar(0.0, 1.0)
    solver.changeColCost(0, -1.0)
    for _ in panels:
        solver.addVar(0.0, 1.0)
    columns = np.arange(1, len(panels) + 1, dtype=np.int32)
    solver.addRow(1.0, 1.0, len(columns), columns, np.ones(len(columns)))
    for one, floor in floors.items():
        solver.addRow(floor - 1e-10, highspy.kHighsInf, len(columns), columns, panels[:, one].copy())
    for one in rising:
        index = np.append(columns, 0).astype(np.int32)
        solver.addRow(0.0, highspy.kHighsInf, len(index), index, np.append(panels[:, one], -1.0))
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return -float(solver.getInfo().objective_function_value)
