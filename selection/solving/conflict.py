"""Conflicts: a smallest set of requirements that cannot hold together, found by a deletion filter over rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from selection.errors import ConflictError, Conflicting, SolverError
from selection.model.rows import Row, RowKey, Rows
from selection.model.source import Source
from selection.solver import Infeasible, Program


@contextmanager
def conflict_named(rows: Rows) -> Iterator[None]:
    """Within the block a program of these rows without a solution becomes an error that names the requirements.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    SolverError
        if they can: then the solver failed at a step.
    """
    try:
        yield
    except Infeasible:
        named = conflicting(rows)
        if not named:
            raise SolverError("solver_lost_roster") from None
        raise ConflictError(named) from None


def conflicting(rows: Rows) -> tuple[Conflicting, ...]:
    """A smallest set of requirements that cannot hold together; smallest in that each of them is needed. Empty where
    all of them can. What a question supposes is not named.

    The deletion filter of Chinneck and Dravnieks (1991), over whole requirements at a table rather than single rows.
    """
    groups: dict[RowKey, list[Row]] = {}
    always: list[Row] = []
    for row in rows.requirements:
        if row.source is Source.ONE_SEAT:  # not a city's choice: it stays in every try
            always.append(row)
        elif row.binding:
            groups.setdefault(row.key, []).append(row)
    program = Program(len(rows.pool.candidates))
    for row in always:
        program.add(row)
    numbers = {key: [(program.add(row), row) for row in group] for key, group in groups.items()}
    if _possible(program):
        return ()
    needed: list[RowKey] = []
    tables = {key.table for key in groups}
    # Whole tables first: most conflicts lie within one.
    for table in sorted(tables, key=str):
        batch = [key for key in groups if key.table == table]
        _switch(program, numbers, batch, False)
        if _possible(program):
            _switch(program, numbers, batch, True)
            needed += batch
    for key in list(needed):
        _switch(program, numbers, [key], False)
        if _possible(program):
            _switch(program, numbers, [key], True)
        else:
            needed.remove(key)
    return tuple(_told(rows, key, groups[key]) for key in needed if key.source is not Source.SUPPOSED)


def _switch(
    program: Program,
    numbers: dict[RowKey, list[tuple[int | None, Row]]],
    keys: list[RowKey],
    on: bool,
) -> None:
    for key in keys:
        for number, row in numbers[key]:
            if number is not None:
                program.set_row_bounds(number, row.lower if on else None, row.upper if on else None)


def _possible(program: Program) -> bool:
    try:
        program.minimise({})
    except Infeasible:
        return False
    return True


def _told(rows: Rows, key: RowKey, group: list[Row]) -> Conflicting:
    # Of the values of a field the one that cannot be says more than all of them together.
    lacking = next((one for one in group if one.value and _willing(rows, [one]) < (one.at_least or 0)), None)
    row = lacking or group[0]
    willing = _willing(rows, group if lacking is None else [lacking])
    limits = row.limits
    value = lacking.value if lacking is not None and key.source is not Source.LOCK else None
    where = (key.id, key.table, key.role)
    shares = (limits.least_share, limits.most_share)
    return Conflicting(*where, row.at_least, row.at_most, willing, *shares, key.lock, value, limits.words())


def _willing(rows: Rows, some: list[Row]) -> int:
    """How many applicants the rows count, each once."""
    return len({rows.pool.candidates[place].applicant for one in some for place in one.counted})
