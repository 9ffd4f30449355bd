"""The steps as objects: value of a roster, expression in a program and independent count say the same."""

from __future__ import annotations

import ast
import itertools
from pathlib import Path

import pytest

import selection
from selection.constraints import build_rows
from selection.solving.objectives import OBJECTIVES, Tally, step_names
from selection.solving.step_counts import step_values as counted_apart
from selection.solving.stepped import SteppedProgram
from selection.texts import text
from tests.core.test_steps import LARGER_IS_BETTER, all_rosters, step_values
from tests.strategies import tiny_pool, tiny_rules


@pytest.mark.parametrize("seed", range(4))
def test_the_value_of_every_step_is_that_by_definition(seed: int) -> None:
    rules = tiny_rules()
    pool = tiny_pool(5, seed, rules)
    rows = build_rows(pool, rules)
    allowed = (chosen for chosen in all_rosters(pool) if not any(row.off(chosen) for row in rows.requirements))
    for chosen in itertools.islice(allowed, 0, None, 7):
        values = dict(zip(step_names("seats_first"), step_values(rows, chosen), strict=True))
        tally = Tally.of(rows, chosen)
        assert {name: objective.value(tally) for name, objective in OBJECTIVES.items()} == values
        assert counted_apart(rows, chosen) == values


@pytest.mark.parametrize("seed", range(4))
def test_the_expression_of_a_step_has_the_value_of_the_roster(seed: int) -> None:
    rules = tiny_rules(requirements=[])
    pool = tiny_pool(5, seed, rules)
    rows = build_rows(pool, rules)
    stepped = SteppedProgram(rows)
    for chosen in itertools.islice(all_rosters(pool), 0, None, 11):
        stepped.start_from(chosen)
        values = counted_apart(rows, chosen)
        for name, objective in OBJECTIVES.items():
            if not objective.late:
                told = stepped.program.evaluate(stepped.expression(name))
                assert objective.minimised(told) == values[name], name


def test_a_step_knows_which_value_is_better_and_how_parts_join() -> None:
    for name, objective in OBJECTIVES.items():
        larger = name in LARGER_IS_BETTER
        assert objective.worse_by(3, 5) == (-2 if larger else 2)
        assert objective.minimised(objective.minimised(4)) == 4
        assert objective.joins == name.endswith(("_least", "_worst"))
        assert objective.joined([2, 5]) == ((2 if larger else 5) if objective.joins else 7)
        rules = tiny_rules()
        best = {"members_least": 2, "members": 4, "deputies_least": 1, "deputies": 2}
        assert objective.best(rules) == best.get(name, 0)


def test_a_new_step_is_made_in_two_files() -> None:
    """No module but the objectives and the independent count names a step of seats or goals."""
    package = Path(selection.__file__).parent
    named = ("members_least", "deputies_least", "goals_", "_worst")

    def names_a_step(path: Path) -> bool:
        return any(
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and (node.value in named or node.value.startswith("goals_1"))
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )

    core = [
        package / "proposal.py",
        *(path for part in ("solving", "explain", "fair") for path in (package / part).rglob("*.py")),
    ]
    assert {path.name for path in core if names_a_step(path)} == {"objectives.py", "step_counts.py"}


def test_every_step_has_its_words() -> None:
    for name in (*step_names("seats_first"), *step_names("goals_first")):
        assert text(f"step.{name}")
    assert set(step_names("seats_first")) == set(step_names("goals_first")) == set(OBJECTIVES)
