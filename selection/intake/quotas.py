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
    """At least and at most so many of one value of a category."""

    category: str
    value: str
    least: int
    most: int

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


def read_quotas(book: Book) -> tuple[tuple[Quota, ...], list[Problem]]:
    """The quotas that can be read, and every faulty row. A category spelled in two ways is one.

    Raises
    ------
    FileError
        if there is no row under the headers.
    """
    columns = quota_columns(heads_of(book))
    assert columns is not None
    quotas: list[Quota] = []
    problems: list[Problem] = []
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
        problems += faults
        if category and value and known == number:
            quotas.append(Quota(category, value, *((0, 0) if faults else (int(spelled(least)), int(spelled(most))))))
    if not quotas and not problems:
        raise FileError("sortition_empty", file=book.name)
    return tuple(quotas), problems


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
