"""Persons of a row: where a row holds several, which columns are whose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from selection.errors import FileError
from selection.intake.column_fields import Matcher
from selection.intake.columns import ColumnMatch, Header, forms, meaning, normalised, split_option, turned
from selection.intake.field_parts import field_of_part
from selection.intake.identity import name_tokens
from selection.intake.layout import Layout
from selection.intake.owners import PERSONAL, are_names, asked_by_ends, owners_of
from selection.intake.values.names import looks_like_name
from selection.intake.values.placeholders import says_nobody
from selection.intake.wording import fold, is_empty, tokens, written
from selection.model.people import Role

_NAMES = ("name", "last_name", "first_name")


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of one of the persons of a row, with the shared ones.

    ``own`` are the indices of those that are this person's alone; ``roles`` and ``table`` what the headers say of the
    person.
    """

    columns: tuple[ColumnMatch, ...]
    own: frozenset[int]
    roles: frozenset[Role] | None = None
    table: str | None = None

    def is_filled(self, layout: Layout, row: int) -> bool:
        """Whether a row holds anything of this person: more than a word that there is nobody, or nothing to say."""
        cells = (layout.cell(row, index) for index in self.own)
        return any(not is_empty(cell) and not says_nobody(written(cell)) for cell in cells)


def blocks_of(
    layout: Layout, columns: Sequence[ColumnMatch], matcher: Matcher, file: str, persons: int | None = None
) -> tuple[Block, ...]:
    """The persons of each row of a sheet; none where a row is one person's.

    Parameters
    ----------
    persons
        How many a row holds, where a person said so.

    Raises
    ------
    FileError
        where rows seem to hold several persons that cannot be told apart, or another number than was said.
    """
    owners = owners_of(layout, columns)
    unnumbered = any(match.used and match.field in _NAMES and match.index not in owners for match in columns)
    if persons == 1 and unnumbered:
        return ()
    proposed = [_proposed(layout, columns, owners, owner) for owner in dict.fromkeys(owners.values())]
    named = [one for one in proposed if one is not None]
    base = [match for match in columns if not any(match.index in one.own for one in named)]
    named, base = _with_copies(named, base)
    if persons == 1:
        named = named[:1]
    beside = _beside(layout, base, matcher, file, persons) if persons != 1 else []
    if not named and len(beside) < 2:
        if persons is not None:
            raise FileError("several_persons", file=file, sheet=layout.sheet.name or file, found="–")
        return ()
    shared, first = _shared(base, beside)
    # Who is named by no header at all is nobody, and what is asked of that person goes with the others' own.
    others = beside or ([first] if any(match.field in _NAMES for match in first) else [])
    blocks = [_block(shared, mine, _roles_of(mine, bool(named)), matcher) for mine in others]
    blocks += [
        _block(shared, [match for match in one.columns if match.index in one.own], one.roles, matcher) for one in named
    ]
    if persons is not None and persons != len(blocks):
        raise _unclear(layout, file, [match for block in blocks for match in block.columns if match.field in _NAMES])
    return tuple(blocks)


def columns_of_persons(
    columns: Sequence[ColumnMatch], blocks: Sequence[Block], layout: Layout
) -> tuple[ColumnMatch, ...]:
    """The columns as the persons' rows are read; those of somebody without a column of names are out of use."""
    taken = {index for block in blocks for index in block.own}
    each = {match.index: match for block in blocks for match in block.columns if match.index in block.own}
    columns = [each.get(match.index, match) for match in columns]
    owners = owners_of(layout, columns)
    others = {
        index for index, ((whose, _), _) in owners.items() if index not in taken and (blocks or whose == "deputy")
    }
    if all(match.index in others for match in columns if match.used and match.field in _NAMES):
        return tuple(columns)  # nobody else's: else the sheet had no applicant
    return tuple(
        replace(match, used=False, field=None, reason="another_question", confidence="check")
        if match.index in others and match.field != "roles" and match.option is None
        else match
        for match in columns
    )


def _proposed(
    layout: Layout,
    columns: Sequence[ColumnMatch],
    owners: dict[int, tuple[tuple[str, int], str]],
    owner: tuple[tuple[str, int], str],
) -> Block | None:
    """The columns of a person whom the headers name; ``None`` where none of them holds names."""
    who = owner[0]
    mine = [
        replace(match, field=owners[match.index][1], used=True, option=None, reason="person", confidence="sure")
        for match in columns
        if match.index in owners and owners[match.index][0] == who
    ]
    if owner != next(one for one in owners.values() if one[0] == who):
        return None  # made of the first of the person's columns
    if not any(
        match.field in _NAMES and any(not is_empty(cell) for cell in layout.column(match.index)) for match in mine
    ):
        return None
    roles = frozenset({Role.DEPUTY}) if who[0] == "deputy" else None
    return Block(tuple(mine), frozenset(match.index for match in mine), roles)


def _with_copies(named: Sequence[Block], base: Sequence[ColumnMatch]) -> tuple[list[Block], list[ColumnMatch]]:
    """The persons whom headers name with the columns after their names whose headers stand before it as well."""
    asked = [_asks(match) for match in base if match.field in PERSONAL]
    starts = sorted(
        [(match.index, None) for match in base if match.field in _NAMES]
        + [(match.index, at) for at, one in enumerate(named) for match in one.columns if match.field in _NAMES],
        key=lambda start: start[0],
    )
    mine: dict[int, list[ColumnMatch]] = {at: list(one.columns) for at, one in enumerate(named)}
    left = []
    for match in base:
        copied = match.field in PERSONAL and match.field not in _NAMES and asked.count(_asks(match)) > 1
        whose = next((at for index, at in reversed(starts) if index < match.index), None) if copied else None
        if whose is None:
            left.append(match)
        else:
            mine[whose].append(replace(match, used=True))
    blocks = [
        replace(one, columns=tuple(mine[at]), own=frozenset(match.index for match in mine[at]))
        for at, one in enumerate(named)
    ]
    taken = {match.index for one in blocks for match in one.columns}
    free = {match.field for match in base if match.index in taken}
    return blocks, [replace(match, used=True) if match.field in free and not match.used else match for match in left]


def _beside(
    layout: Layout, columns: Sequence[ColumnMatch], matcher: Matcher, file: str, persons: int | None
) -> list[list[ColumnMatch]]:
    """Each person's own columns, where persons stand beside each other under the same headers; empty for one person.

    Raises
    ------
    FileError
        where two columns of names hold different people's, and nothing tells their other columns apart.
    """
    known = [(match, field) for match in columns if (field := _personal_field(match)) is not None]
    login = matcher.login_columns(columns)
    names = [match for match, field in known if field in _NAMES and match.index not in login]
    unsure = _unsure_names(layout, columns, names)
    known, names = [*known, *((match, "name") for match in unsure)], [*names, *unsure]
    starts = [match for match in names if _asks(match) == _asks(names[0])] if names else []
    if len(starts) < 2 or not _are_others(layout, starts):
        unlike = [match for match in names if match.field == "name"]
        if len(unlike) < 2 or not _are_others(layout, unlike):
            return []
        if persons != len(unlike):
            raise _unclear(layout, file, unlike)
        starts = unlike
        known += [(match, field) for match in columns if (field := _of_the_next(match, starts)) is not None]
    asked = [_asks(match) for match, _ in known if match.index not in login]
    repeated = {one for one in asked if asked.count(one) > 1} - {_asks(starts[0])}
    if not repeated and persons != len(starts):
        raise _unclear(layout, file, starts)
    fields = {match.index: field for match, field in known}
    edges = [match.index for match in starts]
    everything = {match.index: _asks(match) for match in columns}
    counted = list(everything.values())
    found: list[list[ColumnMatch]] = []
    for left, right in pairwise([*edges, max(everything) + 1]):
        mine = []
        for match in columns:
            field = fields.get(match.index, match.field)
            again = counted.count(everything[match.index]) > 1
            if left <= match.index < right and field is not None and (match.index in fields or again):
                mine.append(replace(match, field=field, used=True))
        found.append(mine)
    return found


def _unsure_names(layout: Layout, columns: Sequence[ColumnMatch], names: Sequence[ColumnMatch]) -> list[ColumnMatch]:
    """Columns beside those of names that hold other people's, under headers that end in the word of a name."""
    found = [
        replace(match, field="name")
        for match in columns
        if match.field is None
        and match.reason == "unknown"
        and match.sensitive is None
        and asked_by_ends(normalised(match.header)) == "name"
        and turned(match.header, "name") is None
        and are_names(layout.column(match.index))
    ]
    return [match for match in found if any(_are_others(layout, [one, match]) for one in names)]


def _of_the_next(match: ColumnMatch, starts: Sequence[ColumnMatch]) -> str | None:
    """The field that a header asks of the second or a later person: that of its end, where its other words stand before
    the person's name as well."""
    if match.field is not None or match.sensitive is not None:
        return None
    begins = next((fold(start.header) for start in reversed(starts[1:]) if start.index < match.index), None)
    first = tokens(match.header)[:1]
    field = asked_by_ends(normalised(match.header))
    return field if begins is not None and first == tokens(begins)[:1] and field in PERSONAL else None


def _asks(match: ColumnMatch) -> str:
    """What a header asks, without the number of its copy and the heading over it."""
    if field_of_part(match.header) is not None:
        return normalised(match.header)  # a first and a last name under one question are one person's
    split = split_option(_header_of(match))
    text = split[1] if split is not None and meaning(split[1], fuzzy=False).field is not None else match.header
    return min(forms(text), key=len, default="")


def _header_of(match: ColumnMatch) -> Header:
    parts = match.header.split(" – ", 1)
    return Header(match.index, match.header, *(parts if len(parts) == 2 else ()))


def _personal_field(match: ColumnMatch) -> str | None:
    """The field of a person that a column answers, in use or only a further one of its kind."""
    if match.option is not None and match.reason != "part":
        return None
    return match.field if match.field in PERSONAL else None


def _are_others(layout: Layout, names: Sequence[ColumnMatch]) -> bool:
    """Whether columns of names hold different people's in the same rows; a first and a last name are one's."""
    apart = alike = 0
    for row in layout.data_rows:
        said = [written(layout.cell(row, match.index)) for match in names]
        whole = all(match.field == "name" for match in names)
        told = [set(name_tokens(one)) for one in said if looks_like_name(one)]
        filled = [one for one in told if len(one) > 1 or not whole]
        if len(filled) > 1:
            apart += all(not one & other for at, one in enumerate(filled) for other in filled[at + 1 :])
            alike += any(one & other for at, one in enumerate(filled) for other in filled[at + 1 :])
    return apart > alike


def _shared(
    base: Sequence[ColumnMatch], beside: Sequence[Sequence[ColumnMatch]]
) -> tuple[list[ColumnMatch], list[ColumnMatch]]:
    """The columns that all persons of a row share, and those of the one whom no header names."""
    own = {match.index for mine in beside for match in mine}
    if own:
        return [match for match in base if match.index not in own], []
    personal = [match for match in base if match.field in PERSONAL or match.field in ("roles", "remarks", "motivation")]
    alone = {match.index for match in personal}
    return [match for match in base if match.index not in alone], personal


def _block(
    shared: Sequence[ColumnMatch], mine: Sequence[ColumnMatch], roles: frozenset[Role] | None, matcher: Matcher
) -> Block:
    columns = sorted([*shared, *mine], key=lambda match: match.index)
    tables = {table for match in mine if (table := matcher.names.titled(match.header.split(" – ")[0])) is not None}
    return Block(
        tuple(columns), frozenset(match.index for match in mine), roles, tables.pop() if len(tables) == 1 else None
    )


def _roles_of(mine: Sequence[ColumnMatch], with_deputies: bool) -> frozenset[Role] | None:
    """A member where the header of the name says so, beside one that names a deputy."""
    heads = [fold(match.header) for match in mine if match.field in _NAMES]
    member = any(re.search(r"\b(?:jäsen|ledamot|medlem|member)", head) for head in heads)
    return frozenset({Role.MEMBER}) if with_deputies and member else None


def _unclear(layout: Layout, file: str, names: Sequence[ColumnMatch]) -> FileError:
    headers = dict.fromkeys(" ".join(match.header.split())[:40] for match in names)
    found = ", ".join(header for header in headers if normalised(header)) or "–"
    return FileError("several_persons", file=file, sheet=layout.sheet.name or file, found=found)


def letters(count: int) -> Iterator[str]:
    """The letters of a row's persons, in the order of their columns."""
    return (chr(ord("a") + number) for number in range(count))
