"""Reserves: taken last, in lot order, so that each table holds a woman and a man, a resident and a representative."""

from __future__ import annotations

from collections.abc import Sequence

from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.solver import Program, SolverName, total
from selection.solving.union_find import joined

#: What the reserves of a table should hold wherever the pool allows.
WANTED = (("gender", "woman"), ("gender", "man"), ("kind", "resident"), ("kind", "representative"))


def choose_reserves(
    pool: Pool,
    rules: Rules,
    unavailable: frozenset[int],
    order: Sequence[int],
    *,
    barred: frozenset[tuple[int, int]] = frozenset(),
    solver: SolverName = "HiGHS",
) -> dict[int, tuple[int, ...]]:
    """Table → reserves (places of applicants) in lot order.

    ``unavailable`` are those who sit or are kept out, ``barred`` applicants with a table that each is kept out of.
    First as many reserves as there can be, then as many of :data:`WANTED` as there can be, then the order of lots.
    """
    lot = {applicant: number for number, applicant in enumerate(order)}
    chances = sorted(
        {(one.applicant, one.table) for one in pool.candidates if one.applicant not in unavailable} - barred,
        key=lambda chance: (lot[chance[0]], _wish(pool, *chance), chance[1]),
    )
    tables_of: dict[int, list[int]] = {}
    for applicant, table in chances:
        tables_of.setdefault(applicant, []).append(table)
    reserves: dict[int, tuple[int, ...]] = {table: () for table in range(len(pool.tables))}
    if not rules.reserves.aim:
        return reserves
    for tables in joined(len(pool.tables), tables_of.values()):
        here = [chance for chance in chances if chance[1] in tables]
        if here:
            reserves |= _drawn(pool, rules.reserves.aim, here, solver)
    return reserves


def _drawn(pool: Pool, aim: int, chances: Sequence[tuple[int, int]], solver: SolverName) -> dict[int, tuple[int, ...]]:
    """The reserves of tables that share applicants with no other; ``chances`` are (applicant, table) in lot order."""
    from selection.solving.lottery import answer_in_order

    program = Program(len(chances), solver=solver)
    people: dict[int, list[int]] = {}
    at: dict[int, list[int]] = {}
    for variable, (applicant, table) in enumerate(chances):
        people.setdefault(applicant, []).append(variable)
        at.setdefault(table, []).append(variable)
    for variables in people.values():
        program.add_row(total(variables), None, 1)
    covered: list[int] = []
    for _, here in sorted(at.items()):
        program.add_row(total(here), None, aim)
        for field, value in WANTED:
            holders = [variable for variable in here if pool.holds(chances[variable][0], field, (value,))]
            if holders:
                flag = program.add_variable(0, 1, whole=True)
                program.add_row({**total(holders), flag: -1}, 0, None)
                covered.append(flag)
    every = total(range(len(chances)), -1)
    for expression in (every, total(covered, -1)):
        program.at_most(expression, program.minimise(expression).value)
    answer_in_order(program, [(variables,) for variables in people.values()], most=-program.evaluate(every))
    # Whoever gets none of the others has the last one.
    answer_in_order(program, [[(variable,) for variable in variables[:-1]] for variables in people.values()])
    taken = program.chosen(len(chances))
    return {
        table: tuple(chances[variable][0] for variable in here if taken[variable]) for table, here in sorted(at.items())
    }


def _wish(pool: Pool, applicant: int, table: int) -> int:
    wishes = pool.applicants[applicant].wishes
    return wishes.index(pool.tables[table]) if pool.tables[table] in wishes else 0
