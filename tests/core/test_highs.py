"""A round on which HiGHS 1.16 called a program infeasible whose solution was at hand; and what is counted here anew."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import selection.solving.engine
import selection.solving.highs
from selection.errors import SolverError
from selection.intake import read_applications
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.rules_file import preset
from selection.proposal import Proposal, propose
from selection.solver import Infeasible, Program

SAMPLE = Path(__file__).parents[2] / "sample_applications.xlsx"


@pytest.fixture(scope="module")
def corrected() -> tuple[Pool, Rules]:
    """The sample once its one unreadable postal code is corrected."""
    rules = preset("lahti-2021")
    intake = read_applications([SAMPLE], rules)
    unclear = {one.person for one in intake.findings if one.code == "postal_code_letters"}
    assert len(unclear) == 1
    people = [
        replace(one, values={**one.values, "postal_code": ("15100",)}) if one.key in unclear else one
        for one in intake.applicants
    ]
    return Pool.build(people, rules, intake.asked), rules


@pytest.fixture(scope="module")
def sound(corrected: tuple[Pool, Rules]) -> Proposal:
    return propose(*corrected)


def test_the_presolve_rule_that_failed_is_off(sound: Proposal) -> None:
    assert sound.proven


def test_a_verdict_that_the_solution_at_hand_contradicts_is_not_believed(
    corrected: tuple[Pool, Rules], sound: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection.solving.highs, "DOUBLETON_EQUATION", 0)
    assert propose(*corrected).seats == sound.seats


@pytest.mark.parametrize("compacted", [False, True])
def test_solutions_are_counted_against_bounds_and_rows(compacted: bool) -> None:
    program = Program(3)
    program.add_row({0: 1, 1: 1, 2: 1}, 1, 2)
    program.set_bounds(2, 1, 1)
    program.minimise({0: -1})
    if compacted:
        program.compact()
    engine = program._engine
    assert engine.satisfied_by([1.0, 0.0, 1.0])
    assert not engine.satisfied_by([1.0, 1.0, 1.0])
    assert not engine.satisfied_by([2.0, -1.0, 1.0])


def test_what_cannot_be_is_told_after_compacting_too() -> None:
    program = Program(3)
    program.add_row({0: 1, 1: 1, 2: 1}, 2, 2)
    program.set_bounds(2, 0, 0)
    program.minimise({0: 1})
    program.compact()
    assert program.minimise({0: 1}).value == 1
    assert program.values == [1.0, 1.0, 0.0]
    program.set_bounds(0, 0, 0)
    with pytest.raises(Infeasible):
        program.minimise({1: 1})


def test_the_solver_says_nothing_on_standard_output() -> None:
    code = "from selection.solver import Program; program = Program(1); program.minimise({0: 1})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_what_presolve_gets_wrong_is_asked_again_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    run = selection.solving.highs.Highs.minimise

    def failing(
        self: selection.solving.highs.Highs, *asked: Any, presolve: bool = True
    ) -> selection.solving.engine.EngineRun | None:
        if presolve:
            raise SolverError("solver_failed", status="HighsModelStatus.kSolveError")
        return run(self, *asked, presolve=False)

    monkeypatch.setattr(selection.solving.highs.Highs, "minimise", failing)
    program = Program(2)
    program.add_row({0: 1, 1: 1}, 1, 1)
    assert program.minimise({0: -1}).value == -1
