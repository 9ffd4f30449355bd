"""The city's population by group, from a CSV: the city's own, ``field;group;people``, or the round's open data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from selection import jobs
from selection.errors import FileError
from selection.model.ages import age_band
from selection.model.rules import Population
from selection.model.vocabulary import VOCABULARY
from selection.outputs.round_data import MERGED
from selection.texts import LANGUAGES, has_text, in_language, label, text

#: More is no table of groups.
_MOST = 1_000_000
#: Letters of a cell that an error quotes.
QUOTED = 40
#: What its reading may take; a table of a city's groups takes a hundredth of a second.
LIMITS = jobs.Limits(seconds=10.0, processor=8, memory=300_000_000, answer=5_000_000)
_MARKS = (b"\xff\xfe", b"\xfe\xff")

#: The number of a row from 1, and its cells.
Row = tuple[int, list[str]]


class _Columns(NamedTuple):
    """Where the cells of a row stand; ``table``: rows of a single table say nothing of the city."""

    field: int
    group: int
    people: int
    table: int | None = None


def population_of_csv(content: bytes, *, file: str) -> Population:
    """The population of a CSV; fields and groups by the product's own ids or words, in any of its languages.

    Three columns with or without a header row; or the data of a round as :mod:`selection.outputs.round_data` writes
    them, of which the rows of the whole round are taken.

    Raises
    ------
    FileError
        if the file is no such table; ``row``, ``column`` and ``found`` name the first cell that cannot be used.
    """
    with jobs.named_limits([file]):
        found: Population = jobs.run(_read, content[: _MOST + 1], file, limits=LIMITS)
    return found


def _read(content: bytes, file: str) -> Population:
    rows = _rows(content, file)
    known = _known_columns(rows[0][1])
    columns = known or _Columns(0, 1, 2)
    if known or _is_header(rows[0][1]):
        rows = rows[1:]
    every = _in_any_language("data.all_tables")
    groups: dict[str, dict[str, int]] = {}
    for number, cells in rows:
        if len(cells) <= max(place for place in columns if place is not None):
            raise FileError("population_row", file=file, row=number, found=";".join(cells)[:QUOTED])
        if columns.table is not None and cells[columns.table].casefold() not in every:
            continue
        if known and not cells[columns.people]:
            continue  # a group whose population is not known
        field, group, people = _row(number, cells, columns, file)
        groups.setdefault(field, {})[group] = groups.get(field, {}).get(group, 0) + people
    if not groups:
        raise FileError("population_nowhere" if known else "population_unreadable", file=file)
    return Population(source=file, groups=groups)


def _rows(content: bytes, file: str) -> list[Row]:
    """The rows that hold anything."""
    try:
        if len(content) > _MOST:
            raise ValueError
        written = _decoded(content)
        first = next(line for line in written.splitlines() if line.strip())
        separator = ";" if ";" in first else "\t" if "\t" in first else ","
        read = list(csv.reader(io.StringIO(written, newline=""), delimiter=separator))
    except (ValueError, StopIteration, csv.Error):
        raise FileError("population_unreadable", file=file) from None
    rows = [(number, [" ".join(cell.split()) for cell in cells]) for number, cells in enumerate(read, start=1)]
    return [(number, cells) for number, cells in rows if any(cells)]


def _decoded(content: bytes) -> str:
    """As text: UTF-8, UTF-16 with its mark, or what Excel's plain csv of a Finnish Windows is.

    Raises
    ------
    ValueError
        if it is none of them.
    """
    if content.startswith(_MARKS):
        return content.decode("utf-16")
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        written = content.decode("cp1252")
    if "\x00" in written:
        raise ValueError
    return written


def _known_columns(header: Sequence[str]) -> _Columns | None:
    """The columns of a header row of the round's own data, in whichever language; ``None`` for any other row."""
    names = [cell.casefold() for cell in header]
    for language in LANGUAGES:
        with in_language(language):
            titles = {name: text(f"data.column.{name}") for name in ("field", "group", "population", "table")}
        places = {name: names.index(title) for name, title in titles.items() if title in names}
        if {"field", "group", "population"} <= places.keys():
            return _Columns(places["field"], places["group"], places["population"], places.get("table"))
    return None


def _is_header(cells: list[str]) -> bool:
    """Whether a first row names columns: a row of data has a number in its third cell."""
    return len(cells) < 3 or not cells[2].replace(" ", "").isdecimal()


def _row(number: int, cells: Sequence[str], columns: _Columns, file: str) -> tuple[str, str, int]:
    """Field, group and people of a row."""

    def refused(code: str, column: int, **more: str) -> FileError:
        return FileError(code, file=file, row=number, column=column + 1, found=cells[column][:QUOTED], **more)

    field = _field(cells[columns.field])
    if field is None:
        raise refused(
            "population_field",
            columns.field,
            known=", ".join(_name(name) for name in ("age", *VOCABULARY)),
        )
    group = _group(field, cells[columns.group])
    if group is None:
        known = "18–29, 75+" if field == "age" else ", ".join(label(field, value) for value in VOCABULARY[field])
        raise refused("population_group", columns.group, known=known)
    count = cells[columns.people].replace(" ", "")
    if not (count.isascii() and count.isdecimal()) or len(count) > 12:
        raise refused("population_count", columns.people)
    return field, group, int(count)


def _field(written: str) -> str | None:
    known = ("age", *VOCABULARY)
    if written in known:
        return written
    said = written.casefold()
    return next((name for name in known for code in _codes(name) if said in _in_any_language(code)), None)


def _group(field: str, written: str) -> str | None:
    if written.casefold() in _in_any_language("data.merged"):
        return MERGED
    if field == "age":
        band = written.replace("-", "–")
        return band if age_band(band) is not None else None
    if written in VOCABULARY[field]:
        return written
    for language in LANGUAGES:
        with in_language(language):
            for name in VOCABULARY[field]:
                if label(field, name).casefold() == written.casefold():
                    return name
    return None


def _codes(field: str) -> tuple[str, str]:
    """The texts that name a field: in open data, and among the columns of an application file."""
    return f"data.field.{field}", f"field.{field}"


def _name(field: str) -> str:
    """A field in words that :func:`_field` reads."""
    return text(next(code for code in _codes(field) if has_text(code)))


@lru_cache(maxsize=32)
def _in_any_language(code: str) -> frozenset[str]:
    """The words of a code in every language, folded."""
    return frozenset(_words(code))


def _words(code: str) -> Iterator[str]:
    for language in LANGUAGES:
        with in_language(language):
            if has_text(code):
                yield text(code).casefold()
