"""Branches: columns in which a form's branch asks of its own applicants what another column asks of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selection.intake.columns import ColumnMatch, normalised, turned
from selection.intake.layout import Layout
from selection.intake.owners import PERSONAL, are_names, asked_by_ends, owner_of
from selection.intake.wording import is_empty, tokens

_NAMES = ("name", "first_name", "last_name")


def with_branches(layout: Layout, columns: Sequence[ColumnMatch]) -> list[ColumnMatch]:
    """The columns, those of a branch in use beside the ones that they complete.

    A header that ends in a known one (``Yhteisö: edustajan nimi``) is of a branch where its column holds names, and no
    row has a name in both; what else it asks of the same person, by a word in common, follows. A sheet without any
    other column of names has its applicants in that one.
    """
    columns = list(columns)
    found = [match for match in columns if _ends_in_name(layout, match)]
    known = [match for match in columns if match.used and match.field in _NAMES]
    branches = [match for match in found if match not in known and not _meet(layout, match, known)]
    if not known and len(branches) > 1:
        branches = branches if not _meet_each_other(layout, branches) else []
    if not known and not branches:
        branches = _only_names(layout, columns)
    for branch in branches:
        columns[columns.index(branch)] = _taken(branch, "name")
        for match in list(columns):
            field = _asked_of(match, branch)
            if field is not None and not _meet(
                layout, match, [one for one in columns if one.used and one.field == field]
            ):
                columns[columns.index(match)] = _taken(match, field)
    return columns


def _taken(match: ColumnMatch, field: str) -> ColumnMatch:
    return replace(match, field=field, used=True, confidence="check", reason="branch", option=None, suggestion=None)


def _ends_in_name(layout: Layout, match: ColumnMatch) -> bool:
    """Whether a column whose header does not surely say so holds names, and its header ends in the word of them."""
    unsure = match.reason != "confirmed" and match.sensitive is None and match.option is None
    return (
        unsure
        and match.field in (None, "organisation")
        and asked_by_ends(normalised(match.header)) == "name"
        and turned(match.header, "name") is None
        and owner_of(match, layout, False) is None
        and are_names(layout.column(match.index))
    )


def _only_names(layout: Layout, columns: Sequence[ColumnMatch]) -> list[ColumnMatch]:
    """The one column of a sheet that holds names of people under a header not known; none where two do."""
    if sum(match.used for match in columns) < 2:
        return []  # the row above the names is perhaps no header
    found = [
        match
        for match in columns
        if match.field is None
        and match.reason == "unknown"
        and match.header
        and not are_names([match.header])
        and turned(match.header, "name") is None
        and len([cell for cell in layout.column(match.index) if not is_empty(cell)]) == len(layout.data_rows)
        and are_names(layout.column(match.index))
    ]
    return found if len(found) == 1 else []


def _asked_of(match: ColumnMatch, branch: ColumnMatch) -> str | None:
    """What a column left out asks of a branch's person; ``None`` for another's, or nothing."""
    if (match.field is not None and match.used) or match.sensitive is not None or match.reason == "confirmed":
        return None
    field = asked_by_ends(normalised(match.header))
    shared = set(tokens(match.header)) & set(tokens(branch.header))
    return field if field in PERSONAL and field not in _NAMES and shared else None


def _meet(layout: Layout, match: ColumnMatch, others: Sequence[ColumnMatch]) -> bool:
    """Whether a row has an answer in a column and in one of others."""
    mine = layout.column(match.index)
    return any(
        not is_empty(cell) and not is_empty(other)
        for one in others
        for cell, other in zip(mine, layout.column(one.index), strict=True)
    )


def _meet_each_other(layout: Layout, columns: Sequence[ColumnMatch]) -> bool:
    return any(_meet(layout, match, columns[:at]) for at, match in enumerate(columns))
