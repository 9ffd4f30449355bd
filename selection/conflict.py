"""Conflicts: a smallest set of requirements that cannot hold together, found by a deletion filter over rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from selection.errors import ConflictError, Conflicting
from selection.rows import Row, Rows, share_limits
from selection.solver import Infeasible, Program

#: Rows that are not a city's choice: they stay in every try.
ALWAYS = ("one_seat",)


@contextmanager
def conflict_named(rows: Rows) -> Iterator[None]:
    """Within the block a program of these rows without a solution becomes an error that names the requirements.

    Raises
    ------
    ConflictError
        if the requirements cannot hold together.
    """
    try:
        yield
    except Infeasible:
        raise ConflictError(conflicting(rows)) from None


def conflicting(rows: Rows) -> tuple[Conflicting, ...]:
    """A smallest set of requirements that cannot hold together; smallest in that each of them is needed.

    The deletion filter of Chinneck and Dravnieks (1991), over whole requirements at a table rather than single rows.
    """
    groups: dict[tuple[str, str | None, str | None], list[Row]] = {}
    always: list[Row] = []
    for row in rows.requirements:
        if row.id in ALWAYS:
            always.append(row)
        elif row.binding:
            groups.setdefault((row.id, row.table, row.role), []).append(row)
    program = Program(len(rows.pool.candidates))
    for row in always:
        program.add(row)
    numbers = {key: [(program.add(row), row) for row in group] for key, group in groups.items()}
    needed: list[tuple[str, str | None, str | None]] = []
    tables = {key[1] for key in groups}
    # Whole tables first: most conflicts lie within one.
    for table in sorted(tables, key=str):
        batch = [key for key in groups if key[1] == table]
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
    return tuple(_told(rows, key, groups[key]) for key in needed)


def _switch(
    program: Program,
    numbers: dict[tuple[str, str | None, str | None], list[tuple[int | None, Row]]],
    keys: list[tuple[str, str | None, str | None]],
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


def _told(rows: Rows, key: tuple[str, str | None, str | None], group: list[Row]) -> Conflicting:
    row = group[0]
    willing = len({rows.pool.candidates[place].applicant for one in group for place in one.counted})
    at_least, at_most = row.at_least, row.at_most
    if row.share is not None and row.id != "personal_deputies" and row.role == "member":
        at_least, at_most = share_limits(row.share, rows.rules.members.least)
    return Conflicting(key[0], key[1], key[2], at_least, at_most, willing)
