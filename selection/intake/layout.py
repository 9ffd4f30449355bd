"""Layout of a sheet: which rows are the header, where the data begins, and what stands in each data row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from selection.intake.column_hints import ANY_ANSWER, describes_columns
from selection.intake.columns import Header, meaning
from selection.intake.reader import Cell, Sheet
from selection.intake.wording import clean, fold, is_decoded_twice, is_empty, mended, written

#: How far down the header may stand, in rows that hold anything.
SEARCHED_ROWS = 20
#: Letters of a header; what is longer is no header, and need not be searched for words.
HEADER_LETTERS = 1_000
#: A row that scores this high is the header unless one of the two rows below it scores higher.
CLEAR_SCORE = 9.0

_DATA_LIKE = re.compile(r"@|\d{4,}|^\W*\d+\W*$")
#: What spreadsheet programs show in place of a value, in the languages of their users.
_ERROR = re.compile(
    r"#(?:REF|VALUE|NUM|NULL|DIV/0|SPILL|CALC|VIITTAUS|ARVO|LUKU|TYHJÄ|JAKO/0|REFERENS|VÄRDEFEL|OGILTIGT|SKÄRNING|DIVISION/0)!|"
    r"#(?:NAME|NIMI|NAMN)\?|#N/A|#PUUTTUU!?|#SAKNAS!?|Err:\d{3}"
)
#: The number of a choice, under the question that asks for several in order.
_ORDINAL = re.compile(r"\d\s*\.?")


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
    columns
        The data cells, column by column.
    score
        How strongly the header row's texts are those of an application form.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    headers: tuple[Header, ...]
    data_rows: tuple[int, ...]
    columns: tuple[tuple[Cell, ...], ...]
    score: float

    def cell(self, row: int, column: int) -> Cell:
        """The cell at 0-based ``row`` and ``column``; ``None`` beyond the row's end."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def column(self, index: int) -> tuple[Cell, ...]:
        """A column's data cells, from the top."""
        return self.columns[index] if index < len(self.columns) else (None,) * len(self.data_rows)


def merged_cells(layout: Layout) -> dict[tuple[int, int], Cell]:
    """Row and column → the value of the merged cell that covers the place from above, in one column."""
    first = layout.header_rows[-1] + 1
    merged: dict[tuple[int, int], Cell] = {}
    for top, left, bottom, right in layout.sheet.merged:
        if top >= first and bottom > top and left == right and bottom < len(layout.sheet.rows):
            for row in range(top + 1, bottom + 1):
                merged[row, left] = layout.cell(top, left)
    return merged


def address(row: int, column: int) -> str:
    """Row 11, column 5, both counted from 0 → ``F12``."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def prepared(sheet: Sheet) -> tuple[Sheet, int, int]:
    """The sheet with blank text and errors of formulas as no cell, and text decoded twice put right.

    Also how many cells were put right, and how many have lost letters for good.
    """
    mended_cells = lost_cells = 0
    rows: list[tuple[Cell, ...]] = []
    errors = list(sheet.errors)
    for place, row in enumerate(sheet.rows):
        cells = list(row)
        for number, cell in enumerate(cells):
            if isinstance(cell, str):
                if is_empty(cell):
                    cells[number] = None
                elif cell[0] in "#E" and _ERROR.fullmatch(cell.strip()):  # as text files have it
                    errors.append((place, number, cell.strip()))
                    cells[number] = None
                elif not cell.isascii():
                    lost_cells += "\ufffd" in cell
                    if is_decoded_twice(cell):
                        cells[number] = mended(cell)
                        mended_cells += cells[number] != cell
        rows.append(tuple(cells))
    return replace(sheet, rows=tuple(rows), errors=tuple(errors)), mended_cells, lost_cells


def layout_of(sheet: Sheet, header_row: int | None = None, depth: int | None = None) -> Layout | None:
    """The most likely layout of a :func:`prepared` sheet; ``None`` for an empty one.

    ``header_row`` (0-based) and ``depth``, how many header rows there are, are a person's choice, and then taken.
    """
    filled = [number for number, row in enumerate(sheet.rows) if any(cell is not None for cell in row)]
    if not filled:
        return None
    candidates = [header_row] if header_row is not None else filled[:SEARCHED_ROWS]
    best: tuple[float, bool, int, tuple[int, ...], tuple[Header, ...]] | None = None
    for place, top in enumerate(candidates):
        if best is not None and best[0] >= CLEAR_SCORE and place > 2 - best[2]:
            break
        found: list[tuple[tuple[int, ...], tuple[Header, ...]]] = [((top,), _single(sheet, top))]
        double = _double(sheet, top) if depth is None else None
        if depth is not None and depth > 1:
            found = [(tuple(range(top, min(top + depth, len(sheet.rows)))), _stacked(sheet, top, depth))]
        if double is not None:
            found.append(((top, top + 1), double))
        for rows, headers in found:
            # A title above the header adds nothing to it: of two layouts that tell as much, the one row is the header.
            rank = (round(_score(headers), 6), len(rows) == 1, -place)
            if best is None or rank > best[:3]:
                best = (*rank, rows, headers)
    assert best is not None
    score, _, _, rows, headers = best
    for number in filled:
        if number > rows[-1]:
            if not describes_columns(sheet.rows[number]):
                break
            rows = (*rows, number)
    data = tuple(number for number in filled if number > rows[-1])
    columns = tuple(zip_longest(*(sheet.rows[row] for row in data)))
    return Layout(sheet, rows, _with_data(headers, columns), data, columns, score)


def _with_data(headers: Sequence[Header], columns: Sequence[Sequence[Cell]]) -> tuple[Header, ...]:
    """The headers, and an empty one for each column that holds data under none."""
    known = {header.index for header in headers}
    bare = [
        Header(number, "")
        for number, cells in enumerate(columns)
        if number not in known and any(cell is not None for cell in cells)
    ]
    return tuple(sorted([*headers, *bare], key=lambda header: header.index))


def _single(sheet: Sheet, row: int) -> tuple[Header, ...]:
    cells = enumerate(sheet.rows[row])
    return tuple(Header(number, written(cell)[:HEADER_LETTERS]) for number, cell in cells if not is_empty(cell))


def _stacked(sheet: Sheet, top: int, depth: int) -> tuple[Header, ...]:
    """Several header rows joined as a person said: each text of an upper row holds to the next one on its right."""
    rows = sheet.rows[top : top + depth]
    headers: list[Header] = []
    carried = [""] * len(rows)
    for number in range(max(map(len, rows), default=0)):
        own = [_header_text(cells, number) for cells in rows]
        carried = [said or held for said, held in zip(own, carried, strict=True)]
        upper = list(dict.fromkeys(said for said in carried[:-1] if said))
        lower = "" if ANY_ANSWER.fullmatch(fold(own[-1])) else own[-1]
        question = " – ".join(upper)
        if lower and question and lower not in upper:
            headers.append(Header(number, f"{question} – {lower}", question, lower))
        elif any(own):
            headers.append(Header(number, lower or question))
    return tuple(headers)


def _double(sheet: Sheet, top: int) -> tuple[Header, ...] | None:
    """Two header rows joined, where the second can only be options or parts of the first's questions."""
    if top + 1 >= len(sheet.rows):
        return None
    first, second = sheet.rows[top], sheet.rows[top + 1]
    if not any(not is_empty(cell) for cell in second) or any(
        not is_empty(cell) and not isinstance(cell, str) for cell in second
    ):
        return None
    width = max(len(first), len(second))
    upper_cells = [number for number in range(len(first)) if not is_empty(first[number])]
    lower_cells = [number for number in range(len(second)) if not is_empty(second[number])]
    if len(upper_cells) == 1 and len(lower_cells) > 1 and upper_cells[0] <= lower_cells[0]:
        return None  # one text over the whole table is its title
    spans = {
        column: left
        for row, left, last_row, right in sheet.merged
        if row == top and last_row == top and right > left
        for column in range(left, right + 1)
    }
    headers: list[Header] = []
    question = ""
    joined = False
    for number in range(width):
        upper, lower = _header_text(first, number), _header_text(second, number)
        if upper:
            question = upper
        elif number not in spans and number - 1 in spans:
            question = ""  # a merged question ends with its cell
        spanned = number in spans
        if _DATA_LIKE.search(lower) and not (question and _ORDINAL.fullmatch(lower)):
            return None
        if lower and ANY_ANSWER.fullmatch(fold(lower)):
            joined = joined or bool(upper)
            lower = ""
        repeated = upper and fold(upper) in (_near(first, number - 1), _near(first, number + 1))
        if lower and upper and not spanned and not repeated:
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


def _near(cells: Sequence[Cell], number: int) -> str:
    """The folded text of a header cell, empty beyond the row's ends."""
    return fold(_header_text(cells, number)) if 0 <= number < len(cells) else ""


def _header_text(cells: Sequence[Cell], number: int) -> str:
    cell = cells[number] if number < len(cells) else None
    return clean(str(cell)[:HEADER_LETTERS]) if not is_empty(cell) else ""


def holds_data(cells: Sequence[Cell]) -> bool:
    """Whether a row holds what hardly stands in a header: a number, a date, an e-mail address, a postal code."""
    return any(not isinstance(cell, str) or _DATA_LIKE.search(cell) is not None for cell in cells if cell is not None)


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
