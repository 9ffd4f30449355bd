"""The sample round: two solvers, every step proven, every roster the same whatever does not matter."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from selection.constraints import build_rows
from selection.intake import read_applications
from selection.pool import Pool
from selection.proposal import propose
from selection.rules_file import preset
from selection.steps import SteppedProgram, step_names

SAMPLE = Path(__file__).parents[2] / "sample_applications.xlsx"


@cache
def sample(name: str = "lahti-2021") -> Pool:
    """The sample's pool under a preset."""
    rules = preset(name)
    intake = read_applications([SAMPLE], rules)
    return Pool.build(intake.applicants, rules, intake.asked)


def test_solvers_agree_on_the_steps() -> None:
    rows = build_rows(sample(), preset("lahti-2021"))
    values = []
    for solver in ("HiGHS", "CBC"):
        stepped = SteppedProgram(rows, solver=solver)
        values.append([stepped.take(name).value for name in step_names("seats_first")[:-1]])
    assert values[0] == values[1]


@pytest.mark.soak
def test_solvers_agree_on_pairs() -> None:
    rows = build_rows(sample(), preset("lahti-2021"))
    values = []
    for solver in ("HiGHS", "CBC"):
        stepped = SteppedProgram(rows, solver=solver)
        values.append([stepped.take(name).value for name in step_names("seats_first")])
    assert values[0] == values[1]


def test_threads_change_nothing_and_all_is_proven() -> None:
    rules = preset("lahti-2021")
    one, two = (propose(sample(), rules, threads=threads) for threads in (1, 2))
    assert one.seats == two.seats
    assert one.proven and all(step.proven for step in one.steps)


@pytest.mark.parametrize("name", ["lahti-2023", "lahti-2025"])
def test_other_presets_are_proven(name: str) -> None:
    proposal = propose(sample(name), preset(name))
    assert proposal.proven
    assert all(one.holds for one in proposal.requirements())


def test_tightening_changes_no_value() -> None:
    rows = build_rows(sample(), preset("lahti-2021"))
    values = []
    for tightening in (False, True):
        stepped = SteppedProgram(rows, tightening=tightening)
        values.append([stepped.take(name).value for name in step_names("seats_first")])
    assert values[0] == values[1]


def test_goals_first_puts_the_goals_before_the_seats() -> None:
    rules = preset("lahti-2021").changed(steps={"order": "goals_first"})
    stepped = SteppedProgram(build_rows(sample(), rules))
    names = step_names("goals_first")
    first = [stepped.take(name) for name in names[:2]]
    seats_first = SteppedProgram(build_rows(sample(), preset("lahti-2021")))
    after_seats = {name: seats_first.take(name).value for name in step_names("seats_first")[:6]}
    assert [step.name for step in first] == ["goals_1_worst", "goals_1"]
    assert first[0].value <= after_seats["goals_1_worst"]
