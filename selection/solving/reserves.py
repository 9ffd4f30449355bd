"""Reserves: taken last, in lot order, so that those of each table hold what the rules ask of them."""

from __future__ import annotations

from collections.abc import Sequence

from selection.model.holders import Holders
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.solver import Program, SolverName, total
from selection.solving.union_find import joined


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
    First as many reserves as there can be, none over a most of ``reserves.hold``; then as many of what it wants as
    there can be; then the order of lots.
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
    if not rules.has(Role.RESERVE):
        return reserves
    for tables in joined(len(pool.tables), tables_of.values()):
        here = [chance for chance in chances if chance[1] in tables]
        if here:
            reserves |= _drawn(pool, rules, here, solver)
    return reserves


def _drawn(
    pool: Pool, rules: Rules, chances: Sequence[tuple[int, int]], solver: SolverName
) -> dict[int, tuple[int, ...]]:
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
    holders_of = Holders(pool)
    asked = rules.reserves.hold
    groups = [holders_of.group(hold) for hold in asked]
    for table, here in sorted(at.items()):
        program.add_row(total(here), None, rules.aim(pool.tables[table], Role.RESERVE))
        for hold, group in zip(asked, groups, strict=True):
            holders = [variable for variable in here if chances[variable][0] in group]
            if holders and hold.wanted:
                reached = program.add_variable(0, hold.wanted, whole=True)
                program.add_row({**total(holders), reached: -1}, 0, None)
                covered.append(reached)
            if holders and hold.at_most is not None:
                program.add_row(total(holders), None, hold.at_most)
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
