"""The limits of a draw: counted in work they end it at the same place everywhere, and what they ended is said."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from selection.cli import app
from selection.constraints import build_rows
from selection.errors import DrawLimitError, InputError
from selection.fair import Search, draw, fair_distribution
from selection.fair import budget as budgets
from selection.fair.budget import Budget
from selection.fair.held import held_types
from selection.fair.seed import public_seed
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.rules_file import preset
from selection.solving.run import Run
from tests.fair.pools import people, quota_rules

QUOTAS = {
    "g": {"a": (2, 3), "b": (2, 3)},
    "h": {"x": (1, 2), "y": (1, 2), "z": (1, 2)},
    "i": {"p": (2, 3), "q": (2, 3)},
}


def wide() -> tuple[Pool, Rules]:
    """A pool whose fair distribution needs many panels."""
    rules = quota_rules(5, QUOTAS)
    return Pool.build(people(40, {"g": ["a", "b"], "h": ["x", "y", "z"], "i": ["p", "q"]}, 5), rules), rules


def uneven(**limits: float) -> Search:
    """A search whose other chances take long to even out: relaxed chances cannot be had."""
    values = {"g": ["a", "b"], "h": ["x", "y", "z"], "i": ["p", "q", "r", "s"]}
    quotas = {
        "g": {"a": (4, 4), "b": (1, 1)},
        "h": {"x": (2, 3), "y": (2, 2), "z": (0, 1)},
        "i": {"p": (1, 2), "q": (1, 3), "r": (2, 3), "s": (0, 0)},
    }
    rules = quota_rules(5, quotas)
    _, types = held_types(build_rows(Pool.build(people(16, values, 46), rules), rules))
    return Search(types, size=5, **limits)  # type: ignore[arg-type]


def test_little_work_ends_the_search_at_the_same_place() -> None:
    pool, rules = wide()
    found = [fair_distribution(pool, rules, work=30)[2] for _ in range(2)]
    assert replace(found[0], seconds=0.0, types=found[1].types).panels == found[1].panels
    assert (found[0].shares, found[0].cut, found[0].repeatable) == (found[1].shares, True, True)
    whole = fair_distribution(pool, rules)[2]
    assert not whole.cut and whole.gap < 1e-6 < found[0].gap
    assert len(whole.panels) > len(found[0].panels)


def test_a_limit_of_time_is_not_repeatable() -> None:
    pool, rules = wide()
    found = fair_distribution(pool, rules, time_limit=0.0)[2]
    assert found.cut and not found.repeatable and found.panels
    assert fair_distribution(pool, rules, time_limit=1e6)[2].repeatable


def test_a_stop_ends_the_search_and_is_not_repeatable() -> None:
    pool, rules = wide()
    found = fair_distribution(pool, rules, work=10**9, run=Run(stoppable=lambda stop: stop()))[2]
    assert found.cut and not found.repeatable and found.panels
    assert fair_distribution(pool, rules, work=10**9, run=Run(stoppable=lambda stop: None))[2].repeatable


@pytest.mark.parametrize("limits", [{"work": 10**9}, {"time_limit": 1e6}])
def test_a_limit_that_ends_leximin_is_told(limits: dict[str, float]) -> None:
    """The smallest chance is proven, and nothing is left for the others."""
    made = uneven(**limits)
    best = made.maximin()
    assert best.gap < 1e-6 and not best.cut
    made.budget.work, made.budget.deadline = made.budget.spent, None if "work" in limits else 0.0
    refined = made.leximin(best)
    assert refined.cut and refined.gap < 1e-6
    assert refined.short is None or refined.short > 1e-6
    assert refined.repeatable == ("work" in limits)


def test_nothing_is_drawn_where_the_smallest_chance_may_be_far_too_small() -> None:
    pool, rules = wide()
    with pytest.raises(DrawLimitError) as caught:
        draw(pool, rules, seed="s", work=30, most_gap=0.005)
    assert (caught.value.code, caught.value.exit_status) == ("draw_limit", 4)
    assert draw(pool, rules, seed="s", work=30).seats
    assert draw(pool, rules, seed="s", most_gap=0.005).seats


def test_a_budget_counts_work_and_tells_when_it_was_met() -> None:
    budget = Budget(work=250)
    assert (budget.over(), budget.nodes_left(), budget.seconds_left()) == (False, 2, None)
    budget.spend(249.5)
    assert budget.over() and budget.met and budget.nodes_left() == 1
    assert Budget().nodes_left() is None and not Budget().over()


RULES = """
name = "panel"
[[tables]]
id = "paneeli"
[members]
least = 4
aim = 4
[eligibility]
age_on = 2026-01-01
"""


def files(folder: Path, seed: str = "") -> list[str]:
    rules, applications = folder / "rules.toml", folder / "hakemukset.csv"
    rules.write_text(RULES + seed, "utf-8")
    applications.write_text("\n".join(["Nimi", *(f"Henkilö {name}" for name in "ABCDEFGHIJKL")]) + "\n", "utf-8")
    return [str(applications), "--rules", str(rules)]


def run(*arguments: object) -> int:
    return CliRunner().invoke(app, ["draw", *map(str, arguments)], catch_exceptions=False).exit_code


def test_the_command_draws_nothing_at_its_limit_unless_the_gap_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool, _ = wide()
    rows = [",".join((one.key, one.name, *(one.value(name) or "" for name in "ghi"))) for one in pool.applicants]
    limits = [f"{name},{value},{low},{high}" for name, of in QUOTAS.items() for value, (low, high) in of.items()]
    paths = [tmp_path / "categories.csv", tmp_path / "respondents.csv", "--size", 5]
    for path, lines in zip(paths, (["category,name,min,max", *limits], ["id,name,g,h,i", *rows]), strict=False):
        Path(str(path)).write_text("\n".join(lines), "utf-8")
    monkeypatch.setattr(budgets, "WORK", 1)
    target = tmp_path / "d.json"
    with pytest.raises(DrawLimitError):
        run(*paths, "--seed", "s", "--json", target)
    assert not target.exists()
    assert run(*paths, "--seed", "s", "--json", target, "--accept-gap") == 0
    told = json.loads(target.read_text("utf-8"))
    assert told["cut_by_time_limit"] and told["repeatable"] and told["gap_accepted"]
    assert told["bound"] - told["smallest_chance"] > 0.005
    assert told["limit"] == {"work": 1}


@pytest.mark.parametrize("seed", ["", '[lottery]\nseed = "2021"\n', '[lottery]\nseed = " "\n'])
def test_a_draw_without_a_seed_of_its_own_is_refused(tmp_path: Path, seed: str) -> None:
    arguments = files(tmp_path, seed)
    with pytest.raises(InputError) as caught:
        run(*arguments)
    assert (caught.value.code, caught.value.exit_status) == ("draw_no_seed", 2)
    assert run(*arguments, "--seed", "2021") == 0


def test_the_seed_of_own_rules_counts_and_of_a_preset_does_not() -> None:
    rules = quota_rules(3, {})
    assert public_seed(rules, "given") == "given"
    assert public_seed(quota_rules(3, {}, lottery={"seed": "own"})) == "own"
    for shared in (rules, preset("lahti-2021"), preset("lahti-2025")):
        with pytest.raises(InputError):
            public_seed(shared)
        with pytest.raises(InputError):
            public_seed(shared, "  ")
