"""Sizes of a table's own: against every roster of tiny pools, in both solvers, in words, and refused where they cannot be."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from selection.constraints import build_rows
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rows import Rows
from selection.model.rules import Rules
from selection.model.rules_file import RulesFileError, parse_rules
from selection.model.sizes import GoalNote, SizeNote, notes_of
from selection.outputs.rule_words import rules_in_words
from selection.proposal import propose
from selection.solver import SolverName
from selection.solving.components import parts_of
from selection.solving.objectives import OBJECTIVES, Tally, step_names
from selection.solving.step_counts import step_values as counted_apart
from selection.solving.stepped import SteppedProgram
from selection.texts import in_language
from tests.core.test_steps import all_rosters, best_by, left_by_lot, step_values
from tests.strategies import random_applicants, tiny_pool, tiny_rules

SIZES = {
    "a": {"id": "a", "members": {"least": 0, "aim": 1}, "deputies": {"aim": 0}, "reserves": {"aim": 2}},
    "b": {"id": "b", "members": {"least": 1, "aim": 3}},
}


def own_sizes(**more: object) -> Rules:
    return tiny_rules(tables=list(SIZES.values()), reserves={"aim": 1}, **more)


def by_definition(rows: Rows, chosen: list[int]) -> dict[str, int]:
    """The steps by definition: the least filled table lacks most seats of its own size."""
    values = dict(zip(step_names("seats_first"), step_values(rows, chosen), strict=True))
    for role, name, aims in ((Role.MEMBER, "members", (1, 3)), (Role.DEPUTY, "deputies", (0, 1))):
        taken = [
            sum(x for x, c in zip(chosen, rows.pool.candidates, strict=True) if (c.table, c.role) == (table, role))
            for table in (0, 1)
        ]
        values[f"{name}_least"] = min(size - aim for size, aim in zip(taken, aims, strict=True))
    return values


def test_each_table_has_its_sizes() -> None:
    rules = own_sizes()
    assert [rules.aims(role) for role in (Role.MEMBER, Role.DEPUTY, Role.RESERVE)] == [(1, 3), (0, 1), (2, 1)]
    assert (rules.least("a"), rules.least("b")) == (0, 1)
    pool = tiny_pool(6, 3, rules)
    rows = build_rows(pool, rules)
    limits = {(row.id, row.table): (row.at_least, row.at_most) for row in rows.requirements if row.id == "members"}
    assert limits == {("members", "a"): (0, 1), ("members", "b"): (1, 3)}
    assert not any(c.role is Role.DEPUTY and pool.tables[c.table] == "a" for c in pool.candidates)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("order", ["seats_first", "goals_first"])
def test_steps_and_lots_equal_brute_force(seed: int, order: str) -> None:
    rules = own_sizes(steps={"order": order})
    pool = tiny_pool(6, seed, rules)
    rows = build_rows(pool, rules)
    best, equal = best_by(rows, lambda chosen: by_definition(rows, chosen))
    solvers: tuple[SolverName, ...] = ("HiGHS", "CBC")
    for solver in solvers:
        proposal = propose(pool, rules, seed="x", solver=solver)
        assert {step.name: step.value for step in proposal.steps} == best
        assert proposal.chosen == left_by_lot(pool, equal, "x") and proposal.proven
    reserves = {table: len(proposal.at(table, Role.RESERVE)) for table in pool.tables}
    assert reserves["a"] <= 2 and reserves["b"] <= 1


@pytest.mark.parametrize("seed", range(4))
def test_a_step_has_one_value_in_the_program_in_the_tally_and_counted_apart(seed: int) -> None:
    rules = own_sizes()
    pool = tiny_pool(5, seed, rules)
    rows = build_rows(pool, rules)
    stepped = SteppedProgram(rows)
    allowed = (chosen for chosen in all_rosters(pool) if not any(row.off(chosen) for row in rows.requirements))
    for chosen in itertools.islice(allowed, 0, None, 3):
        values = by_definition(rows, chosen)
        assert counted_apart(rows, chosen) == values
        tally = Tally.of(rows, chosen)
        assert {name: objective.value(tally) for name, objective in OBJECTIVES.items()} == values
        stepped.start_from(chosen)
        for name, objective in OBJECTIVES.items():
            if not objective.late:
                assert objective.minimised(stepped.program.evaluate(stepped.expression(name))) == values[name], name
    assert OBJECTIVES["members_least"].best(rules) == 0 and OBJECTIVES["members"].best(rules) == 4


def test_tables_that_share_nobody_are_measured_against_the_sizes_of_all() -> None:
    """A part of the round with one table knows that the others have another size."""
    rules = own_sizes()
    people = random_applicants(2, 5, ("a",)) + [replace(x, key=f"b-{x.key}") for x in random_applicants(2, 6, ("b",))]
    pool = Pool.build(people, rules)
    rows = build_rows(pool, rules)
    assert len(parts_of(rows)) == 2
    proposal = propose(pool, rules, seed="x")
    assert {s.name: s.value for s in proposal.steps} == by_definition(rows, list(proposal.chosen))
    assert proposal.proven and proposal.steps[0].value < 0


def test_the_rules_are_told_of_each_table() -> None:
    rules = own_sizes()
    with in_language("en"):
        told = [setting.words for setting in rules_in_words(rules)]
    assert "A: at least 0, aim 1; B: at least 1, aim 3" in told
    assert any(words.startswith("A: no deputies; B: aim 1") for words in told) and "A: 2; B: 1" in told


def test_notes_are_of_the_tables_own_size() -> None:
    share = {"field": "gender", "body": "members", "at_least_share": "40 %"}
    rules = own_sizes(
        requirements=[
            {"id": "women", "values": ["woman"], **share},
            {"id": "men", "values": ["man"], **share},
        ],
        goals=[{"id": "ages", "field": "age", "priority": 1, "ranges": {"18–29": {"at_least": 2}}}],
    )
    notes = notes_of(rules)
    assert {(n.table, n.aim, n.sizes) for n in notes if isinstance(n, SizeNote) and n.role is Role.MEMBER} == {
        ("a", 1, ()),
        ("b", 3, (2,)),
    }
    assert [n.aim for n in notes if isinstance(n, GoalNote)] == [1]


def test_a_table_whose_least_is_over_its_size_is_refused_at_its_line() -> None:
    text = (
        'name = "x"\n[[tables]]\nid = "a"\n[[tables]]\nid = "b"\nmembers = { aim = 2 }\n'
        "[members]\nleast = 3\naim = 5\n[eligibility]\nage_on = 2025-01-01\n"
    )
    with pytest.raises(RulesFileError) as refused:
        parse_rules('schema = "selection.rules/1"\n' + text, "city.toml")
    (problem,) = refused.value.problems
    assert (problem.code, problem.line) == ("rules_table_least_over_aim", 7)
    assert (problem.params["table"], problem.params["least"], problem.params["aim"]) == ("b", 3, 2)


def test_a_table_with_too_few_applicants_is_below_zero() -> None:
    """The least filled table cannot be filled: its value is below zero in every roster, and the sum still counts."""
    sizes = [{"id": "a", "members": {"aim": 5}}, {"id": "b", "members": {"aim": 2}}]
    rules = tiny_rules(tables=sizes, requirements=[], goals=[])
    people = random_applicants(3, 11, ("a",)) + [replace(x, key=f"b-{x.key}") for x in random_applicants(4, 12, ("b",))]
    everything = frozenset({Role.MEMBER, Role.DEPUTY})
    shared = replace(people[-1], key="both", wishes=("a", "b"), roles=everything)
    pool = Pool.build([replace(one, roles=everything) for one in (*people, shared)], rules)
    proposal = propose(pool, rules, seed="x")
    values = {step.name: step.value for step in proposal.steps}
    assert (values["members_least"], values["members"]) == (-1, 6)
