"""Quotas of the sortition field (categories.csv): at least and at most so many of each value of a category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selection.errors import FileError, Problem
from selection.intake.reader import Book, Cell
from selection.model.spelling import folded, spelled

#: Headers of the quotas, as the field's tools write and read them.
CATEGORY = ("category", "feature")
VALUE = ("name", "value", "category value", "category_value", "category-value")
LEAST, MOST, FLEX = "min", "max", ("min_flex", "max_flex")


@dataclass(frozen=True, slots=True)
class Quota:
    """At least and at most so many of one value of a category; ``flex``: no way out of a conflict goes beyond."""

    category: str
    value: str
    least: int
    most: int
    least_flex: int | None = None
    most_flex: int | None = None

    @property
    def field(self) -> str:
        """The pool's field: apart from the product's own fields, which may have the same name."""
        return f"category.{self.category}"


def heads_of(book: Book) -> list[str]:
    """The headers of a file's first row, in one spelling."""
    rows = book.sheets[0].rows if book.sheets else ()
    return [folded(cell_text(cell)) for cell in rows[0]] if rows else []


def cell_text(cell: Cell) -> str:
    """What is written in a cell; a whole number without decimals."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


def quota_columns(heads: Sequence[str]) -> tuple[int, int, int, int] | None:
    """The columns of category, value, least and most; ``None`` if these are not quotas."""
    category = next((heads.index(name) for name in CATEGORY if name in heads), None)
    value = next((heads.index(name) for name in VALUE if name in heads), None)
    if category is None or value is None or LEAST not in heads or MOST not in heads:
        return None
    return category, value, heads.index(LEAST), heads.index(MOST)


def is_quotas(heads: Sequence[str]) -> bool:
    """Whether a table's headers are those of quotas."""
    return quota_columns(heads) is not None


def _columns_twice(book: Book, heads: Sequence[str]) -> list[Problem]:
    """A problem for each column of which there are two, as nobody can tell which counts."""
    known = (*CATEGORY, *VALUE, LEAST, MOST, *FLEX)
    twice = [name for name in known if heads.count(name) > 1]
    twice += [" / ".join(names) for names in (CATEGORY, VALUE) if sum(name in heads for name in names) > 1]
    return [Problem("sortition_column_twice", {"file": book.name, "column": name}) for name in twice]


def read_quotas(book: Book) -> tuple[tuple[Quota, ...], list[Problem]]:
    """The quotas that can be read, and every faulty row. A category spelled in two ways is one.

    Raises
    ------
    FileError
        if there is no row under the headers.
    """
    heads = heads_of(book)
    columns = quota_columns(heads)
    assert columns is not None
    flex = tuple(heads.index(name) for name in FLEX) if set(FLEX) <= set(heads) else ()
    quotas: list[Quota] = []
    problems = _columns_twice(book, heads)
    category_names: dict[str, str] = {}
    rows_of: dict[tuple[str, str], int] = {}
    for number, row in enumerate(book.sheets[0].rows[1:], start=2):
        category, value, least, most = (cell_text(row[column]) if column < len(row) else "" for column in columns)
        if not any((category, value, least, most)):
            continue
        place = {"file": book.name, "row": number}
        faults: list[Problem] = []
        category = category_names.setdefault(folded(category), category)
        known = rows_of.setdefault((category, spelled(value)), number)
        if not category or not value:
            faults.append(Problem("sortition_value", place))
        elif known != number:
            faults.append(Problem("sortition_value_twice", {**place, "other": known}))
        for header, written in ((LEAST, least), (MOST, most)):
            if not re.fullmatch(r"\d{1,6}", spelled(written)):
                faults.append(Problem("sortition_number", {**place, "column": header}))
        if not faults and int(spelled(least)) > int(spelled(most)):
            faults.append(
                Problem("sortition_least_over_most", {**place, "least": spelled(least), "most": spelled(most)})
            )
        beyond: tuple[int | None, int | None] = (None, None)
        if not faults and flex:
            beyond, faults = _flex(row, flex, place, int(spelled(least)), int(spelled(most)))
        problems += faults
        if category and value and known == number:
            numbers = (0, 0) if faults else (int(spelled(least)), int(spelled(most)))
            quotas.append(Quota(category, value, *numbers, *beyond))
    if not quotas and not problems:
        raise FileError("sortition_empty", file=book.name)
    return tuple(quotas), problems


def _flex(
    row: Sequence[Cell], columns: Sequence[int], place: dict[str, object], least: int, most: int
) -> tuple[tuple[int | None, int | None], list[Problem]]:
    """How far the numbers of a row may be loosened, an empty cell without a limit, and what is wrong with that."""
    written = [spelled(cell_text(row[column])) if column < len(row) else "" for column in columns]
    faults = [
        Problem("sortition_number", {**place, "column": header})
        for header, text in zip(FLEX, written, strict=True)
        if text and not re.fullmatch(r"\d{1,6}", text)
    ]
    if faults:
        return (None, None), faults
    low, high = (int(text) if text else None for text in written)
    if (low is not None and low > least) or (high is not None and high < most):
        return (None, None), [Problem("sortition_flex_inside", dict(place))]
    return (low, high), []


def size_by_quotas(quotas: Sequence[Quota], file: str) -> int:
    """The one size that the sums of all categories' quotas allow.

    Raises
    ------
    FileError
        if they allow none or several.
    """
    sums = [
        (
            sum(quota.least for quota in quotas if quota.category == name),
            sum(quota.most for quota in quotas if quota.category == name),
        )
        for name in dict.fromkeys(quota.category for quota in quotas)
    ]
    low, high = max(least for least, _ in sums), min(most for _, most in sums)
    if low > high:
        raise FileError("sortition_sums", file=file, least=low, most=high)
    if low < high:
        raise FileError("sortition_size", file=file, least=low, most=high)
    return low
