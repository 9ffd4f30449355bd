"""Values of a column of the city's own: one, or several in a cell, split as the rules name them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selection.intake.reader import Cell
from selection.intake.values.reading import Reading
from selection.intake.wording import written
from selection.model.counting import CROSS
from selection.model.rules import Rules
from selection.model.spelling import Spellings

#: What always parts answers, as form services write several choices; a trailing one is left.
_PARTS = re.compile(r"\s*(?:[;|\n]|\s·\s|•)\s*")
#: What may part them, or stand within one: it parts where the rules name a piece.
_MAY_PART = re.compile(r"(\s*,\s*|\s*/\s*|\s*\+\s*|\s*&\s*|\s+(?:ja|sekä|och|samt|and)\s+)")


def named_values(rules: Rules, field: str) -> Spellings:
    """The values of a field that any rule names, as what finds the one that a spelling means."""
    found: dict[str, None] = {}
    for count in (count for rule in rules.rules for count in rule.counts if field in count.fields):
        place = count.fields.index(field)
        for name in count.mentioned:
            parts = name.split(CROSS) if len(count.fields) > 1 else [name]
            if place < len(parts):
                value = parts[place]
                found.update(dict.fromkeys(count.groups.get(value, (value,))))
    return Spellings(found)


def read_own(cell: Cell, known: Spellings) -> Reading[tuple[str, ...]]:
    """The values of a cell. A value that the rules name stays whole whatever signs it holds; else the cell is parted at
    semicolons and lines, and at commas and joining words where that gives a value that the rules name."""
    text = written(cell)
    whole = known.find(" ".join(text.split()))
    if whole is not None:
        return Reading((whole,))
    found: list[str] = []
    odd = False
    for part in _PARTS.split(text):
        if part := " ".join(part.split()):
            values, left = _values(part, known)
            found += values
            odd = odd or left
    reading: Reading[tuple[str, ...]] = Reading(tuple(dict.fromkeys(found)) or None)
    return reading.but("own_values_split", values="; ".join(found)) if odd else reading


def _values(part: str, known: Spellings) -> tuple[list[str], bool]:
    """The values of a part, and whether some of its pieces are none that the rules name while others are."""
    named = known.find(part)
    if named is not None:
        return [named], False
    pieces = _MAY_PART.split(part)
    values: list[str] = []
    unknown: list[str] = []
    at = 0
    while at < len(pieces):
        end, value = _longest(pieces, at, known)
        if value is None:
            value = pieces[at].strip()
            unknown += [value] if value else []
        values += [value] if value else []
        at = end + 2
    if len(unknown) == len(values):
        return [part], False
    return values, bool(unknown)


def _longest(pieces: Sequence[str], at: int, known: Spellings) -> tuple[int, str | None]:
    """The longest run of pieces from one on that is a value by name: its last piece, and the value."""
    for end in range(len(pieces) - 1 - (len(pieces) - 1 - at) % 2, at - 1, -2):
        value = known.find("".join(pieces[at : end + 1]).strip())
        if value is not None:
            return end, value
    return at, None
