"""Goals that count the members of all tables together: by definition over every roster, in both solvers, in words."""

from __future__ import annotations

from typing import Any

import pytest

from selection import why_not
from selection.constraints import build_rows
from selection.explain.room import room
from selection.explain.sentences import answer_sentences
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rows import Rows
from selection.model.rules import Rules
from selection.model.sizes import GoalNote, notes_of
from selection.outputs.figures import goal_lines
from selection.outputs.rule_words import rules_in_words
from selection.outputs.statement import statement
from selection.outputs.workbook import workbook_bytes
from selection.proposal import propose
from selection.solver import SolverName
from selection.solving.objectives import step_names
from selection.solving.step_counts import step_values as counted_apart
from selection.texts import LANGUAGES, in_language
from tests.core.test_steps import best_by, left_by_lot, step_values
from tests.outputs.made import people
from tests.strategies import tiny_pool, tiny_rules

GOALS: list[dict[str, Any]] = [
    {"id": "gender", "field": "gender", "priority": 1, "scope": "round", "ranges": {"woman": {"share": "50 %"}}},
    {"id": "kind", "field": "kind", "priority": 1, "ranges": {"resident": {"at_least": 1, "at_most": 1}}},
    {"id": "own", "field": "asumismuoto", "priority": 2, "scope": "round", "each": {"cover": True}},
    {
        "id": "few",
        "field": "kind",
        "priority": 3,
        "scope": "round",
        "tables": ["b"],
        "ranges": {"resident": {"at_most": 0}},
    },
]


def rules_of(**more: object) -> Rules:
    return tiny_rules(goals=GOALS, **more)


def by_definition(rows: Rows, chosen: list[int]) -> dict[str, int]:
    """The steps; a goal of the round misses seats as those of one table more."""
    values = dict(zip(step_names("seats_first"), step_values(rows, chosen), strict=True))
    pool = rows.pool
    seated = [
        (pool.applicants[c.applicant], pool.tables[c.table])
        for x, c in zip(chosen, pool.candidates, strict=True)
        if x and c.role is Role.MEMBER
    ]
    women = sum(one.value("gender") == "woman" for one, _ in seated)
    residents = [sum(one.value("kind") == "resident" for one, at in seated if at == table) for table in ("a", "b")]
    off = {1: [abs(n - 1) for n in residents] + [max(2 - women, women - 2, 0)]}  # half of the four seats aimed at
    covered = 0
    for kind in ("oma", "vuokra"):
        willing = any(
            pool.applicants[c.applicant].value("asumismuoto") == kind and c.role is Role.MEMBER for c in pool.candidates
        )
        covered += willing and not any(one.value("asumismuoto") == kind for one, _ in seated)
    off[2], off[3] = [covered], [residents[1]]
    for priority, parts in off.items():
        values |= {f"goals_{priority}_worst": max(parts), f"goals_{priority}": sum(parts)}
    return values


@pytest.mark.parametrize("seed", range(10))
def test_steps_and_lots_equal_brute_force(seed: int) -> None:
    rules = rules_of()
    pool = tiny_pool(6, seed, rules)
    rows = build_rows(pool, rules)
    best, equal = best_by(rows, lambda chosen: by_definition(rows, chosen))
    solvers: tuple[SolverName, ...] = ("HiGHS", "CBC")
    for solver in solvers:
        proposal = propose(pool, rules, seed="x", solver=solver)
        assert {step.name: step.value for step in proposal.steps} == best
        assert proposal.chosen == left_by_lot(pool, equal, "x") and proposal.proven
        assert counted_apart(rows, proposal.chosen) == by_definition(rows, list(proposal.chosen))


def test_a_share_is_of_the_sizes_together() -> None:
    sizes = [{"id": "a", "members": {"aim": 3}}, {"id": "b"}]
    rules = rules_of(tables=sizes)
    rows = build_rows(tiny_pool(6, 1, rules), rules)
    (row,) = [row for row in rows.goals if row.id == "gender"]
    assert (row.table, row.at_least, row.at_most) == (None, 2, 3)  # half of 3 + 2
    too_many = rules_of(tables=sizes).model_copy(update={"goals": ()})
    assert notes_of(too_many) == ()
    over = [{**GOALS[0], "ranges": {"woman": {"at_least": 3}, "man": {"at_least": 3}}}]
    (note,) = [one for one in notes_of(tiny_rules(goals=over, tables=sizes)) if isinstance(one, GoalNote)]
    assert (note.aim, note.seats) == (5, 6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_as_a_goal_of_all_tables(language: str) -> None:
    rules = rules_of(title="Koekierros")
    pool = Pool.build(people(), rules)
    with in_language(language):
        made = propose(pool, rules, seed="x")
        together = {"fi": "Kaikki pöydät", "sv": "Alla bord", "en": "All tables"}[language]
        assert [line.values[0] for line in goal_lines(made)].count(together) == 4
        assert statement(made, "a") and workbook_bytes(made)
        assert sum("\n" in one.words for one in rules_in_words(rules)) >= 3
        outside = next(one for one in pool.applicants if one.key not in {seat.person for seat in made.seats})
        answer = why_not(made, outside.key, "a")
        assert answer_sentences(answer, rules, {one.key: one.name for one in pool.applicants})
    found = room(made.rows)
    assert {one.table for one in found if one.id == "gender"} == {None}
