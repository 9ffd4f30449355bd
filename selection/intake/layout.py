"""Layout of a sheet: which rows are the header, where the data begins, and what stands in each data row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selection.intake.columns import Header, meaning
from selection.intake.reader import Cell, Sheet
from selection.intake.wording import clean, fold, is_decoded_twice, is_empty, mended, written

#: How far down the header may stand, in rows that hold anything.
SEARCHED_ROWS = 20
#: A row that scores this high is the header unless one of the two rows below it scores higher.
CLEAR_SCORE = 9.0

_DATA_LIKE = re.compile(r"@|\d{4,}|^\W*\d+\W*$")


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet read as a table.

    Attributes
    ----------
    header_rows
        Indices of the one or two header rows.
    headers
        One for each column that has a header or data.
    data_rows
        Indices of the rows under the header that hold anything, in the sheet's order.
    score
        How strongly the header row's texts are those of an application form.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    headers: tuple[Header, ...]
    data_rows: tuple[int, ...]
    score: float

    @property
    def names_people(self) -> bool:
        """Whether a column of names is there."""
        fields = {meaning(header.text).field for header in self.headers}
        fields |= {meaning(header.option).field for header in self.headers if header.option}
        return bool(fields & {"name", "first_name", "last_name"})

    def cell(self, row: int, column: int) -> Cell:
        """The cell at 0-based ``row`` and ``column``; ``None`` beyond the row's end."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def column(self, index: int) -> list[Cell]:
        """A column's data cells, from the top."""
        rows = self.sheet.rows
        return [rows[row][index] if index < len(rows[row]) else None for row in self.data_rows]


def address(row: int, column: int) -> str:
    """Row 11, column 5, both counted from 0 → ``F12``."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def repaired(sheet: Sheet) -> tuple[Sheet, int]:
    """The sheet with text decoded twice put right, and how many cells that changed."""
    changed = 0
    rows = []
    for row in sheet.rows:
        if any(isinstance(cell, str) and is_decoded_twice(cell) for cell in row):
            better = tuple(mended(cell) if isinstance(cell, str) else cell for cell in row)
            changed += sum(1 for old, new in zip(row, better, strict=True) if old != new)
            row = better
        rows.append(row)
    if not changed:
        return sheet, 0
    from dataclasses import replace

    return replace(sheet, rows=tuple(rows)), changed


def layout_of(sheet: Sheet, header_row: int | None = None) -> Layout | None:
    """The most likely layout of a sheet; ``None`` for an empty sheet.

    ``header_row`` (0-based) is a person's choice, and then taken.
    """
    filled = [number for number, row in enumerate(sheet.rows) if not all(map(is_empty, row))]
    if not filled:
        return None
    candidates = [header_row] if header_row is not None else filled[:SEARCHED_ROWS]
    best: tuple[float, bool, int, tuple[int, ...], tuple[Header, ...]] | None = None
    for place, top in enumerate(candidates):
        if best is not None and best[0] >= CLEAR_SCORE and place > 2 - best[2]:
            break
        found: list[tuple[tuple[int, ...], tuple[Header, ...]]] = [((top,), _single(sheet, top))]
        double = _double(sheet, top)
        if double is not None:
            found.append(((top, top + 1), double))
        for rows, headers in found:
            # A title above the header adds nothing to it: of two layouts that tell as much, the one row is the header.
            rank = (round(_score(headers), 6), len(rows) == 1, -place)
            if best is None or rank > best[:3]:
                best = (*rank, rows, headers)
    assert best is not None
    score, _, _, rows, headers = best
    data = tuple(number for number in filled if number > rows[-1])
    return Layout(sheet, rows, _with_data(sheet, headers, data), data, score)


def _with_data(sheet: Sheet, headers: Sequence[Header], data: Sequence[int]) -> tuple[Header, ...]:
    """The headers, and an empty one for each column that holds data under none."""
    known = {header.index for header in headers}
    bare = {
        number
        for row in data
        for number, cell in enumerate(sheet.rows[row])
        if number not in known and not is_empty(cell)
    }
    return tuple(sorted([*headers, *(Header(number, "") for number in sorted(bare))], key=lambda header: header.index))


def _single(sheet: Sheet, row: int) -> tuple[Header, ...]:
    return tuple(Header(number, written(cell)) for number, cell in enumerate(sheet.rows[row]) if not is_empty(cell))


def _double(sheet: Sheet, top: int) -> tuple[Header, ...] | None:
    """Two header rows joined, where the second can only be options or parts of the first's questions."""
    if top + 1 >= len(sheet.rows):
        return None
    first, second = sheet.rows[top], sheet.rows[top + 1]
    if not any(not is_empty(cell) for cell in second) or any(
        not is_empty(cell) and not isinstance(cell, str) for cell in second
    ):
        return None
    spans = {
        column: left
        for row, left, last_row, right in sheet.merged
        if row == top and last_row == top and right > left
        for column in range(left, right + 1)
    }
    headers: list[Header] = []
    question = ""
    joined = False
    for number in range(max(len(first), len(second))):
        upper = clean(str(first[number])) if number < len(first) and not is_empty(first[number]) else ""
        lower = clean(str(second[number])) if number < len(second) and not is_empty(second[number]) else ""
        if _DATA_LIKE.search(lower):
            return None
        if upper:
            question = upper
        spanned = number in spans
        if lower and upper and not spanned:
            after = number + 1
            grouped = (
                not (after < len(first) and not is_empty(first[after]))
                and after < len(second)
                and not is_empty(second[after])
            )
            if not grouped:
                return None
        if lower and question:
            joined = True
            headers.append(Header(number, f"{question} – {lower}", question, lower))
        elif lower or upper:
            headers.append(Header(number, lower or upper))
    return tuple(headers) if joined else None


def _score(headers: Sequence[Header]) -> float:
    """Sum of the weights of distinct fields and texts of a row taken as the header."""
    score = 0.0
    seen: set[str] = set()
    for header in headers:
        key = fold(header.text)
        if not key or key in seen:
            continue
        seen.add(key)
        if len(key) <= 40 and _DATA_LIKE.search(key) and not re.search(r"[^\W\d]{3}", key):
            score -= 1.0
            continue
        weight = meaning(header.text, fuzzy=False).weight
        if header.question is not None and header.option is not None:
            part = meaning(header.option, fuzzy=False)
            weight = max(weight, part.weight if part.field else 0.0, meaning(header.question, fuzzy=False).weight)
        score += weight or 0.1
    return score
