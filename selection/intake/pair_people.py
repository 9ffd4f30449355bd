"""The people of a pair: their names and ids, rows that repeat others, and who was selected already."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from selection.errors import Problem
from selection.intake.households import household_columns, household_of
from selection.intake.quotas import cell_text, heads_of
from selection.intake.reader import Book
from selection.model.spelling import folded, spelled

#: Headers of a name, in the order in which its parts are written.
NAMES = (("first_name", "last_name"), ("first name", "last name"), ("name",), ("full_name",), ("nimi",))

#: Headers of a respondent's id, wherever the column stands; the first column may also be called otherwise.
IDS = ("id", "nationbuilder_id", "respondent_id", "person_id", "participant_id", "vastaajatunnus")
FIRST_ID = re.compile(r"(?!.*(house|address|area|talou|alue|osoite))((.*[ _-])?id|.*tunnus|.*tunniste)")

#: Rows listed at most of one fault.
MOST_ROWS = 20


def people_of(respondents: Book, width: int) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty: its number and its cells as written, one for each header."""
    for number, row in enumerate(respondents.sheets[0].rows[1:], start=2):
        cells = [cell_text(cell) for cell in row]
        if any(cells):
            yield number, cells + [""] * (width - len(cells))


def name_columns(heads: Sequence[str]) -> list[int]:
    """The columns of a name, in the order of its parts; the first column where none is called so."""
    return next(([heads.index(part) for part in parts] for parts in NAMES if all(p in heads for p in parts)), [0])


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of the respondents: their column, rows without one, rows that repeat another in every cell (row → that row),
    and ids that stand on rows that differ: one person must not have two seats, or two chances of one.

    ``alike`` are rows that repeat another in a table without ids: they may be two people's."""

    column: int | None = None
    without: tuple[int, ...] = ()
    repeats: Mapping[int, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    alike: tuple[int, ...] = ()


def ids_of(respondents: Book, heads: Sequence[str], categories: Collection[int]) -> Ids:
    column = id_column(heads, categories)
    if column is None:
        first: dict[tuple[str, ...], int] = {}
        people = people_of(respondents, len(heads))
        return Ids(
            alike=tuple(row for row, cells in people if first.setdefault(tuple(map(spelled, cells)), row) != row)
        )
    if heads.count(heads[column]) > 1:
        twice = Problem("sortition_column_twice", {"file": respondents.name, "column": heads[column]})
        return Ids(problems=(twice,))
    rows: dict[str, dict[tuple[str, ...], list[int]]] = {}
    without: list[int] = []
    for number, cells in people_of(respondents, len(heads)):
        if id := spelled(cells[column]):
            rows.setdefault(id, {}).setdefault(tuple(map(spelled, cells)), []).append(number)
        else:
            without.append(number)
    repeats = {row: same[0] for people in rows.values() for same in people.values() for row in same[1:]}
    problems = tuple(
        Problem(
            "sortition_id_twice",
            {
                "file": respondents.name,
                "column": heads[column],
                "rows": rows_text(sorted(row for same in people.values() for row in same)),
            },
        )
        for people in rows.values()
        if len(people) > 1
    )
    return Ids(column, tuple(without), repeats, problems)


def id_column(heads: Sequence[str], categories: Collection[int]) -> int | None:
    column = next((heads.index(name) for name in IDS if name in heads), None)
    if column is None and heads and FIRST_ID.fullmatch(heads[0]):
        column = 0
    return None if column in categories else column


@dataclass(frozen=True, slots=True)
class Selected:
    """People selected already: their ids or names, and their households."""

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    homes: frozenset[tuple[str, ...]] = frozenset()
    count: int = 0

    @classmethod
    def of(cls, selected: Book | None, heads: Sequence[str], ids: int | None) -> Selected:
        """Of a table; ids count where both tables have a column of them, else names."""
        if selected is None:
            return cls()
        own = heads_of(selected)
        column = id_column(own, ())
        people = [cells for _, cells in people_of(selected, len(own))]
        by_id = column is not None and ids is not None and own[column] == heads[ids]
        home = household_columns(own) if household_columns(heads) else ()
        return cls(
            frozenset(spelled(cells[column]) for cells in people if by_id and column is not None and cells[column]),
            frozenset() if by_id else frozenset(_name_of(cells, name_columns(own)) for cells in people) - {""},
            frozenset(lives for cells in people if (lives := household_of(cells, home)) is not None),
            len(people),
        )

    def has(self, cells: Sequence[str], ids: int | None, named: Sequence[int]) -> bool:
        """Whether a respondent is one of them."""
        if self.ids:
            return ids is not None and spelled(cells[ids]) in self.ids
        return _name_of(cells, named) in self.names


def _name_of(cells: Sequence[str], named: Sequence[int]) -> str:
    return folded(" ".join(cells[place] for place in named if cells[place]))


def rows_text(rows: Sequence[int]) -> str:
    """Row numbers in a list, the first of many."""
    return ", ".join(map(str, rows[:MOST_ROWS])) + (" …" if len(rows) > MOST_ROWS else "")
