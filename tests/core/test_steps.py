"""The steps against brute force and against the second solver; the roster is unique and independent of rows."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.constraints import build_rows
from selection.errors import ConflictError, SolverError
from selection.model.locks import Locks, Seated
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.rows import Rows
from selection.proposal import count_steps, propose
from selection.solver import Infeasible, SolverName
from selection.solving.components import parts_of
from selection.solving.conflict import conflict_named
from selection.solving.lottery import lot_order
from selection.solving.objectives import step_names
from selection.solving.pairs import Likeness
from selection.solving.required import required_program
from selection.solving.run import Run
from tests.strategies import random_applicants, tiny_pool, tiny_rules

#: By definition, and not asked of the program.
LARGER_IS_BETTER = frozenset({"members_least", "members", "deputies_least", "deputies"})

SOLVERS: tuple[SolverName, ...] = ("HiGHS", "CBC")


def all_rosters(pool: Pool, choices: Mapping[int, Sequence[int | None]] = MappingProxyType({})):
    """Every way to give each applicant one of their seats or none; or, of some, one of their ``choices``."""
    seats: dict[int, list[int | None]] = {}
    for place, candidate in enumerate(pool.candidates):
        seats.setdefault(candidate.applicant, [None]).append(place)
    for combination in itertools.product(*(choices.get(applicant, places) for applicant, places in seats.items())):
        chosen = [0] * len(pool.candidates)
        for place in combination:
            if place is not None:
                chosen[place] = 1
        yield chosen


def step_values(rows: Rows, chosen: list[int]) -> tuple[int, ...]:
    """The value of each step by definition, seats first, pairs by trying every matching."""
    pool = rows.pool
    bodies = {
        (table, role): [
            c.applicant
            for c, x in zip(pool.candidates, chosen, strict=True)
            if x and (c.table, c.role) == (table, role)
        ]
        for table in range(len(pool.tables))
        for role in (Role.MEMBER, Role.DEPUTY)
    }
    members = [len(bodies[table, Role.MEMBER]) for table in range(len(pool.tables))]
    deputies = [len(bodies[table, Role.DEPUTY]) for table in range(len(pool.tables))]
    values = [min(members), sum(members), min(deputies), sum(deputies)]
    for priority in (1, 2, 3):
        by_table = [
            sum(row.standing(chosen).deviation for row in rows.goals if row.table == table and row.priority == priority)
            for table in pool.tables
        ]
        values += [max(by_table), sum(by_table)]
    values.append(
        sum(
            bool(x) and pool.first_table[c.applicant] not in (None, c.table)
            for c, x in zip(pool.candidates, chosen, strict=True)
        )
    )
    likeness = Likeness.of(pool, rows.rules)
    unlike = 0
    for table in range(len(pool.tables)):
        ours, theirs = bodies[table, Role.MEMBER], bodies[table, Role.DEPUTY]
        unlike += min(
            sum(likeness.unlike(m, d) for m, d in zip(order, theirs, strict=False))
            for order in itertools.permutations(ours, len(theirs))
        )
    values.append(unlike)
    return tuple(values)


def best_of_all(rows: Rows) -> tuple[tuple[int, ...], list[tuple[int, ...]]]:
    """The best values of the steps, in their order, over all rosters that meet the requirements; those that have them."""
    names = step_names(rows.rules.steps.order)
    signs = [-1 if name in LARGER_IS_BETTER else 1 for name in names]
    best: tuple[int, ...] | None = None
    equal: list[tuple[int, ...]] = []
    for chosen in all_rosters(rows.pool):
        if any(row.off(chosen) for row in rows.requirements):
            continue
        by_name = dict(zip(step_names("seats_first"), step_values(rows, chosen), strict=True))
        steps = tuple(sign * by_name[name] for sign, name in zip(signs, names, strict=True))
        if best is None or steps < best:
            best, equal = steps, []
        if steps == best:
            equal.append(tuple(chosen))
    assert best is not None
    return tuple(sign * value for sign, value in zip(signs, best, strict=True)), equal


def best_by(
    rows: Rows, values_of: Callable[[list[int]], Mapping[str, int]]
) -> tuple[dict[str, int], list[tuple[int, ...]]]:
    """The best values of the steps over all rosters that meet the requirements, by somebody's own definition of them, and
    the rosters that have them."""
    names = step_names(rows.rules.steps.order)

    def key(chosen: list[int]) -> tuple[int, ...]:
        values = values_of(chosen)
        return tuple(-values[name] if name in LARGER_IS_BETTER else values[name] for name in names)

    allowed = [chosen for chosen in all_rosters(rows.pool) if not any(row.off(chosen) for row in rows.requirements)]
    keys = [key(chosen) for chosen in allowed]
    best = min(keys)
    equal = [chosen for chosen, one in zip(allowed, keys, strict=True) if one == best]
    return dict(values_of(equal[0])), [tuple(chosen) for chosen in equal]


def left_by_lot(pool: Pool, rosters: Sequence[tuple[int, ...]], seed: str) -> tuple[int, ...]:
    """The roster that the lots leave, by definition: in their order each is seated where that can be, and then gets the
    first of the seats that can be."""
    order = lot_order(pool, seed)
    seats: dict[int, list[int]] = {applicant: [] for applicant in order}
    for place, candidate in enumerate(pool.candidates):
        seats[candidate.applicant].append(place)

    def wish(place: int) -> tuple[int, bool]:
        candidate = pool.candidates[place]
        wishes = pool.applicants[candidate.applicant].wishes
        return (wishes.index(pool.tables[candidate.table]), candidate.role is Role.DEPUTY)

    def luck(chosen: tuple[int, ...]) -> tuple[list[bool], list[list[int]]]:
        held = [[chosen[place] for place in sorted(seats[applicant], key=wish)] for applicant in order]
        return [any(one) for one in held], held

    return max(rosters, key=luck)


@pytest.mark.parametrize("seed", range(12))
def test_steps_and_lots_equal_brute_force(seed: int) -> None:
    rules = tiny_rules()
    pool = tiny_pool(6, seed, rules)
    proposal = propose(pool, rules, seed="x")
    best, rosters = best_of_all(build_rows(pool, rules))
    assert tuple(step.value for step in proposal.steps) == best
    assert proposal.chosen == left_by_lot(pool, rosters, "x")
    assert proposal.proven


@pytest.mark.parametrize("deputies", [0, 1])
@pytest.mark.parametrize("seed", range(8))
def test_goals_first_at_tables_that_share_nobody_equals_brute_force(seed: int, deputies: int) -> None:
    """Each table is a program of its own there: no value of one run may be trusted in the next without its holds."""
    rules = tiny_rules(steps={"order": "goals_first"}, deputies={"aim": deputies}, members={"least": 0, "aim": 3})
    people = random_applicants(4, 300 + seed, ("a",)) + [
        replace(one, key=f"b-{one.key}") for one in random_applicants(3, 400 + seed, ("b",))
    ]
    pool = Pool.build(people, rules)
    rows = build_rows(pool, rules)
    assert len(parts_of(rows)) == 2
    proposal = propose(pool, rules, seed="x")
    best, rosters = best_of_all(rows)
    assert tuple(step.value for step in proposal.steps) == best
    assert proposal.chosen == left_by_lot(pool, rosters, "x")
    assert proposal.proven and not proposal.cut


NOBODY = {
    "requirements": [
        {"id": "none", "field": "gender", "values": ["other"], "body": "each", "at_most": 1},
        {"id": "none-share", "field": "gender", "values": ["other"], "body": "members", "at_most_share": "40 %"},
        {"id": "none-each", "field": "kansalaisuus", "each": True, "body": "members", "at_most": 1},
    ],
    "goals": [
        {"id": "gone", "field": "gender", "priority": 1, "ranges": {"other": {"at_least": 1}, "man": {"at_most": 1}}},
        {"id": "own", "field": "asumismuoto", "priority": 3, "ranges": {"asuntola": {"cover": True}}},
    ],
}


@pytest.mark.parametrize("tables", [("a", "b"), ("a",)])
@pytest.mark.parametrize("order", ["seats_first", "goals_first"])
@pytest.mark.parametrize("solver", ["HiGHS", "CBC"])
def test_rules_that_reach_nobody_equal_brute_force(tables: tuple[str, ...], order: str, solver: SolverName) -> None:
    """Groups and values nobody has, and, where all name the other, a table nobody named; a priority without goals."""
    rules = tiny_rules(**NOBODY, steps={"order": order})
    pool = Pool.build(random_applicants(6, 5, tables), rules)
    proposal = propose(pool, rules, seed="x", solver=solver)
    best, rosters = best_of_all(build_rows(pool, rules))
    assert tuple(step.value for step in proposal.steps) == best
    assert proposal.chosen == left_by_lot(pool, rosters, "x")


def test_a_round_of_nobody_is_an_empty_roster() -> None:
    for solver in SOLVERS:
        proposal = propose(Pool.build([], tiny_rules()), tiny_rules(), solver=solver)
        assert proposal.proven and not proposal.seats


def test_a_group_that_nobody_belongs_to_is_named() -> None:
    least = {"id": "none", "field": "gender", "values": ["other"], "body": "members", "at_least": 1}
    for people in (random_applicants(5, 1), []):
        rules = tiny_rules(requirements=[least], members={"least": 0, "aim": 1})
        with pytest.raises(ConflictError) as caught:
            propose(Pool.build(people, rules), rules)
        assert [(one.id, one.willing) for one in caught.value.requirements] == [("none", 0)]


@pytest.mark.parametrize("seed", range(3))
def test_solvers_agree_on_values_and_people(seed: int) -> None:
    rules = tiny_rules(members={"least": 0, "aim": 6}, deputies={"aim": 4})
    pool = tiny_pool(26, 100 + seed, rules)
    ours = propose(pool, rules, seed="x")
    theirs = propose(pool, rules, seed="x", solver="CBC")
    assert [step.value for step in ours.steps] == [step.value for step in theirs.steps]
    assert ours.seats == theirs.seats


@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_order_of_applicants_changes_nothing(seed: int, shuffle: random.Random) -> None:
    rules = tiny_rules()
    people = random_applicants(10, seed)
    again = list(people)
    shuffle.shuffle(again)
    assert propose(Pool.build(people, rules), rules).seats == propose(Pool.build(again, rules), rules).seats


@given(st.integers(0, 10_000), st.integers(0, 9))
@settings(max_examples=8, deadline=None)
def test_lock_is_kept(seed: int, who: int) -> None:
    rules = tiny_rules()
    pool = tiny_pool(10, seed, rules)
    candidate = next((one for one in pool.candidates if one.applicant == who), None)
    if candidate is None:
        return
    seat = Seated(pool.applicants[who].key, pool.tables[candidate.table], candidate.role)
    locks = Locks(seated=(seat,))
    try:
        seats = propose(pool, rules, locks=locks).seats
    except ConflictError:  # such as a deputy's seat where nobody can be the member: the other solver finds none either
        program = required_program(build_rows(pool, rules, locks.checked(pool, rules)), Run(solver="CBC"))
        with pytest.raises(Infeasible):
            program.minimise({})
        return
    assert any((one.person, one.table, one.role) == (seat.key, seat.table, seat.role) for one in seats)
    out = propose(pool, rules, locks=Locks(kept_out=(seat.key,))).seats
    assert all(one.person != seat.key for one in out)


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_one_more_applicant_never_worsens_the_first_step(seed: int) -> None:
    rules = tiny_rules()
    people = random_applicants(9, seed)
    fewer = propose(Pool.build(people[:-1], rules), rules).steps[0].value
    assert propose(Pool.build(people, rules), rules).steps[0].value >= fewer


def test_steps_are_counted_again_from_the_seats() -> None:
    rules = tiny_rules()
    proposal = propose(tiny_pool(12, 5, rules), rules)
    assert count_steps(proposal) == {step.name: step.value for step in proposal.steps}


def test_conflict_names_a_smallest_set() -> None:
    women = {"id": "women", "field": "gender", "values": ["woman"], "body": "members", "at_least": 2}
    rules = tiny_rules(requirements=[women])
    men = [one for one in random_applicants(30, 1) if one.value("gender") == "man"]
    with pytest.raises(ConflictError) as caught:
        propose(Pool.build(men, rules), rules)
    assert [one.id for one in caught.value.requirements] == ["women"]
    assert caught.value.requirements[0].willing == 0


def test_requirements_that_are_impossible_each_by_itself_are_not_named_together() -> None:
    """Nobody can sit anywhere: either table's size is a smallest set."""
    rules = tiny_rules(requirements=[], members={"least": 1, "aim": 1})
    with pytest.raises(ConflictError) as caught:
        propose(Pool.build([], rules), rules)
    assert [(one.id, one.willing) for one in caught.value.requirements] == [("members", 0)]


def test_locks_of_a_conflict_are_told_one_by_one() -> None:
    """Three of four people are kept out where two have to sit: with one lock less they can."""
    rules = tiny_rules(requirements=[], members={"least": 1, "aim": 1}, deputies={"aim": 0})
    pool = Pool.build(
        [Applicant(f"k{n}", f"N{n}", wishes=(table,)) for n, table in enumerate(("a", "a", "b", "b"))], rules
    )
    with pytest.raises(ConflictError) as caught:
        propose(pool, rules, locks=Locks(kept_out=("k0", "k1", "k3")))
    assert {(one.id, one.table, one.lock) for one in caught.value.requirements} == {
        ("members", "a", None),
        ("kept_out", None, "k0"),
        ("kept_out", None, "k1"),
    }


def test_a_share_of_a_conflict_is_told_as_a_share() -> None:
    share = {"id": "women", "field": "gender", "values": ["woman"], "body": "members", "at_least_share": "40 %"}
    rules = tiny_rules(requirements=[share], members={"least": 1, "aim": 2})
    men = [one for one in random_applicants(30, 1) if one.value("gender") == "man"]
    with pytest.raises(ConflictError) as caught:
        propose(Pool.build(men, rules), rules)
    told = {one.id: one.at_least_share for one in caught.value.requirements}
    assert told == {"women": Fraction(2, 5), "members": None}


def test_requirements_that_have_a_roster_are_never_called_a_conflict() -> None:
    rules = tiny_rules()
    rows = build_rows(tiny_pool(8, 1, rules), rules)
    with pytest.raises(SolverError, match="solver_lost_roster"), conflict_named(rows):
        raise Infeasible
