"""Shared cells: the people whom one cell of a row names, and what the row's other cells say of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selection.intake.columns import ColumnMatch
from selection.intake.owners import PERSONAL
from selection.intake.reader import Cell
from selection.intake.values.several_names import NamedPerson
from selection.intake.wording import is_empty, tokens, written
from selection.model.people import Role

_NAMES = ("name", "last_name", "first_name")
#: Answers of a home, which people who apply in one cell of a row have in common.
_OF_A_HOME = ("street_address", "postal_code", "municipality", "district", "phone", "email")
#: What parts the answers of several people in one cell, each kind by itself.
_PARTS = (
    r"\s*/\s*",
    r"\s*;\s*",
    r"\s*\n\s*",
    r"\s*\|\s*",
    r"\s*&\s*",
    r"\s+(?:ja|sekä|och|and)\s+",
    r"\s*,\s*",
    r"\s*\+\s*",
)
_BRACKETED = re.compile(r"^(?P<first>[^()]+?)\s*\((?P<second>[^()]+)\)\s*$")


@dataclass(frozen=True, slots=True)
class CellPerson:
    """One of several people whom a row names in one cell.

    Attributes
    ----------
    place
        Which of them, from 0.
    people
        All of them, with the seats that the cell or its header tells.
    column
        Index of the column of names.
    """

    place: int
    people: tuple[NamedPerson, ...]
    column: int

    @property
    def text(self) -> str:
        """What the cell says of this person."""
        return self.people[self.place].text

    @property
    def roles(self) -> frozenset[Role] | None:
        """The seat that is told beside the name."""
        seat = self.people[self.place].seat
        return None if seat is None else frozenset({Role(seat)})

    def answer(self, match: ColumnMatch, cell: Cell) -> tuple[Cell, bool]:
        """What a cell says of this person, and whether it leaves open whose it is."""
        if match.index == self.column:
            return self.text, False
        if match.field in _NAMES:
            return self._given_name(cell), False
        if is_empty(cell) or match.option is not None or match.field not in (*PERSONAL, "roles"):
            return cell, False
        parts = _parts(written(cell), self.people)
        if parts is not None:
            return parts[self.place], False
        if any(one.seat == "deputy" for one in self.people):
            mine = self.people[self.place].seat != "deputy" and sum(one.seat != "deputy" for one in self.people) == 1
            return (cell if mine else None), False
        if match.field in _OF_A_HOME or match.field == "roles":
            return cell, False
        return None, True

    def _given_name(self, cell: Cell) -> Cell:
        """The other column of a name in two: its own part for each person, or one that all share."""
        parts = _parts(written(cell), self.people)
        return cell if parts is None else parts[self.place]


def are_last_first(cells: Sequence[Cell]) -> bool:
    """Whether a comma in a column of names stands between a last and a first name (``Mäki, Anna``)."""
    with_comma = [cell.split(",") for cell in cells if isinstance(cell, str) and "," in cell]
    return any(len(parts) == 2 and any(len(tokens(part)) == 1 for part in parts) for parts in with_comma)


def _parts(text: str, people: Sequence[NamedPerson]) -> list[str] | None:
    """The part of a cell that is each person's, in the order of the names or beside their first names; ``None`` where
    it has no part for each."""
    for pattern in _PARTS:
        parts = [part for part in re.split(pattern, text) if part]
        if len(parts) == len(people):
            return _beside_names(parts, people)
    bracket = _BRACKETED.match(text) if len(people) == 2 else None
    return None if bracket is None else [bracket["first"], _without_mark(bracket["second"])]


def _without_mark(text: str) -> str:
    """A part without the word of the seat before it (``vara: 1980``)."""
    return re.sub(r"^\s*[^\W\d_]+\s*[:.]\s*", "", text)


def _beside_names(parts: Sequence[str], people: Sequence[NamedPerson]) -> list[str]:
    """Parts that name whose they are, in the order of the people; other parts in their own order."""
    named = [[at for at, one in enumerate(people) if set(tokens(one.text)) & set(tokens(part)[:2])] for part in parts]
    if sorted(at for found in named for at in found) != list(range(len(people))) or any(len(one) != 1 for one in named):
        return list(parts)
    ordered = [""] * len(people)
    for part, (at,) in zip(parts, named, strict=True):
        mine = set(tokens(people[at].text))
        ordered[at] = " ".join(word for word in part.split() if not set(tokens(word)) & mine) or part
    return ordered
