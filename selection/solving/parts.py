"""Parts of a round: tables that share no applicant and no rule, each with rows and a pool of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selection.model.pool import Candidate, Pool
from selection.model.rows import Row, Rows
from selection.solving.objectives import OBJECTIVES
from selection.solving.union_find import joined


@dataclass(frozen=True)
class Part:
    """Rows of some tables with a pool of their own; ``candidates`` are the places in the whole pool."""

    rows: Rows
    candidates: tuple[int, ...]


def parts_of(rows: Rows) -> tuple[Part, ...]:
    """The parts of a round, by their first table. One part where everything hangs together."""
    groups = _groups(rows)
    return tuple(_part(rows, tables) for tables in groups) if len(groups) > 1 else (_whole(rows),)


def _groups(rows: Rows) -> list[tuple[int, ...]]:
    """Tables that hang together by an applicant, by a row or by being looked at together in a step."""
    pool = rows.pool
    by_applicant: dict[int, list[int]] = {}
    for candidate in pool.candidates:
        by_applicant.setdefault(candidate.applicant, []).append(candidate.table)

    def tables_of(these: Iterable[Row]) -> list[int]:
        return [pool.candidates[place].table for row in these for place, _ in row.weights]

    together = [tables_of([row]) for row in (*rows.requirements, *rows.goals)]
    together += [tables_of(objective.together(rows)) for objective in OBJECTIVES.values()]
    return joined(len(pool.tables), [*by_applicant.values(), *together])


def _whole(rows: Rows) -> Part:
    return Part(rows, tuple(range(len(rows.pool.candidates))))


def _part(rows: Rows, tables: tuple[int, ...]) -> Part:
    """The rows of some tables, with tables, applicants and candidates counted anew."""
    pool = rows.pool
    here = {table: number for number, table in enumerate(tables)}
    places = tuple(place for place, candidate in enumerate(pool.candidates) if candidate.table in here)
    people = sorted({pool.candidates[place].applicant for place in places})
    person = {one: number for number, one in enumerate(people)}
    number_of = {place: number for number, place in enumerate(places)}
    first = tuple(pool.first_table[one] for one in people)
    smaller = Pool(
        tuple(pool.applicants[one] for one in people),
        tuple(pool.tables[table] for table in tables),
        tuple(
            Candidate(person[candidate.applicant], here[candidate.table], candidate.role)
            for candidate in (pool.candidates[place] for place in places)
        ),
        tuple(None if table is None else here.get(table, len(tables)) for table in first),
        tuple(pool.ages[one] for one in people),
        pool.asked,
        seal=pool.seal,
    )
    names = frozenset(smaller.tables)

    def own(row: Row) -> bool:
        if row.weights:
            return row.weights[0][0] in number_of
        # What binds nobody stands with its table, or with the first part.
        return row.table in names if row.table is not None else tables[0] == 0

    requirements = tuple(row.renumbered(number_of) for row in rows.requirements if own(row))
    goals = tuple(row.renumbered(number_of) for row in rows.goals if own(row))
    return Part(Rows(smaller, rows.rules, requirements, goals, rows.switched_off), places)
