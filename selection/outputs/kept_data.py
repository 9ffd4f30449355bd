"""Data about a round whose applicants were erased: from the counts that were kept, small ones merged as ever."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from selection.model.rules import Publish
from selection.outputs.delimited import csv_bytes
from selection.outputs.round_data import COUNTED, COUNTED_FIELDS, MERGED, Cell, is_small, numbered, told_groups
from selection.texts import text

#: A kept answer that is no group of its own.
UNKNOWN = "unknown"

#: Applicants, members and deputies.
Counts = tuple[int, int, int]


def kept_data_file(statistics: Mapping[str, Any], least: Publish | None = None) -> bytes:
    """The counts of the whole round as a CSV file.

    Parameters
    ----------
    statistics
        As :func:`selection.records.statistics.statistics_of` makes them: group of people → ``n`` and counts by field.
    least
        What the rules of the round say of small counts; without it what stands where rules say nothing.
    """
    header = [text(f"data.column.{name}") for name in COUNTED]
    return csv_bytes(header, [numbered(cell.counted(), COUNTED) for cell in kept_cells(statistics, least)])


def kept_cells(statistics: Mapping[str, Any], least: Publish | None = None) -> list[Cell]:
    """All cells of the whole round, none of them small."""
    least = least or Publish()
    whole = _of_all(statistics)
    cells = []
    for field in ("age", *COUNTED_FIELDS):
        groups = _groups(statistics, field)
        told = None if field == "age" else told_groups(field)
        if set(groups) - {UNKNOWN}:
            cells += [
                Cell(None, field, name, *counts, of=whole) for name, counts in _merged(groups, whole, told, least)
            ]
    return cells


def _columns(statistics: Mapping[str, Any]) -> Iterator[list[Mapping[str, Any]]]:
    """The kept groups of people by column: the applicants, then members and deputies of all tables."""
    for column in ("applicants", "member", "deputy"):
        yield [held for name, held in statistics.items() if name == column or name.endswith(f"/{column}")]


def _of_all(statistics: Mapping[str, Any]) -> Counts:
    applicants, members, deputies = (sum(int(one["n"]) for one in held) for held in _columns(statistics))
    return applicants, members, deputies


def _groups(statistics: Mapping[str, Any], field: str) -> dict[str, Counts]:
    counted = [
        {value: sum(int(one["fields"].get(field, {}).get(value, 0)) for one in held) for value in _values(held, field)}
        for held in _columns(statistics)
    ]
    names = sorted({value for column in counted for value in column})
    return {name: (counted[0].get(name, 0), counted[1].get(name, 0), counted[2].get(name, 0)) for name in names}


def _values(held: list[Mapping[str, Any]], field: str) -> list[str]:
    return sorted({value for one in held for value in one["fields"].get(field, {})})


def _merged(
    groups: Mapping[str, Counts], whole: Counts, named: Collection[str] | None, least: Publish
) -> list[tuple[str, Counts]]:
    """As :func:`selection.outputs.round_data.merged`, by counts: the small and the unknown go together, and so do those
    that are not ``named``."""
    told_apart = [name for name in groups if name != UNKNOWN and (named is None or name in named)]
    kept = sorted(
        (name for name in told_apart if groups[name][0] and not is_small(*groups[name], least)),
        key=lambda name: (-groups[name][0], name),
    )

    def rest() -> Counts:
        applicants, members, deputies = (
            max(whole[column] - sum(groups[name][column] for name in kept), 0) for column in range(3)
        )
        return applicants, members, deputies

    while kept and is_small(*rest(), least):
        kept.pop()
    told = [(name, groups[name]) for name in groups if name in kept]
    return [*told, (MERGED, rest())] if rest()[0] >= least.least_applicants else told
