"""The sample round: two solvers, every step proven, every roster the same whatever does not matter."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from selection.constraints import build_rows
from selection.intake import read_applications
from selection.model.pool import Pool
from selection.model.rules_file import preset
from selection.proposal import Proposal, propose
from selection.solving.steps import SteppedProgram, step_names

SAMPLE = Path(__file__).parents[2] / "sample_applications.xlsx"


@cache
def sample(name: str = "lahti-2021") -> Pool:
    """The sample's pool under a preset."""
    rules = preset(name)
    intake = read_applications([SAMPLE], rules)
    return Pool.build(intake.applicants, rules, intake.asked)


@cache
def solved() -> Proposal:
    """The sample's proposal by HiGHS, on one thread."""
    return propose(sample(), preset("lahti-2021"), threads=1)


def values() -> list[int]:
    """Its value of each step."""
    return [step.value for step in solved().steps]


def test_solvers_agree_on_the_steps() -> None:
    stepped = SteppedProgram(build_rows(sample(), preset("lahti-2021")), solver="CBC")
    names = step_names("seats_first")[:-1]
    assert [stepped.take(name).value for name in names] == values()[: len(names)]


@pytest.mark.soak
def test_solvers_agree_on_pairs() -> None:
    stepped = SteppedProgram(build_rows(sample(), preset("lahti-2021")), solver="CBC")
    assert [stepped.take(name).value for name in step_names("seats_first")] == values()


def test_threads_change_nothing_and_all_is_proven() -> None:
    one, two = solved(), propose(sample(), preset("lahti-2021"), threads=2)
    assert one.seats == two.seats
    assert one.proven and all(step.proven for step in one.steps)


@pytest.mark.parametrize("name", ["lahti-2023", "lahti-2025"])
def test_other_presets_are_proven(name: str) -> None:
    proposal = propose(sample(name), preset(name))
    assert proposal.proven
    assert all(one.holds for one in proposal.requirements())


def test_tightening_changes_no_value() -> None:
    stepped = SteppedProgram(build_rows(sample(), preset("lahti-2021")), tightening=False)
    assert [stepped.take(name).value for name in step_names("seats_first")] == values()


def test_goals_first_puts_the_goals_before_the_seats() -> None:
    rules = preset("lahti-2021").changed(steps={"order": "goals_first"})
    stepped = SteppedProgram(build_rows(sample(), rules))
    names = step_names("goals_first")
    first = [stepped.take(name) for name in names[:2]]
    after_seats = dict(zip(step_names("seats_first"), values(), strict=False))
    assert [step.name for step in first] == ["goals_1_worst", "goals_1"]
    assert first[0].value <= after_seats["goals_1_worst"]
