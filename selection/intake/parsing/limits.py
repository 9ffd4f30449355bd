"""The limits on a file from outside, and the error that ends its parsing."""

from __future__ import annotations

from typing import Any

#: Data rows and columns of a sheet; a few more rows may stand above and below the data.
MAX_ROWS, SPARE_ROWS, MAX_COLUMNS = 5_000, 60, 300
#: Cells laid out for one sheet, empty ones between the filled ones included.
MAX_CELLS = 10_000_000
#: Entries of a zipped file, and their bytes in all: a real workbook of 20 MB unpacks to about 150 MB.
MAX_ENTRIES, MAX_UNPACKED = 1_000, 200_000_000
#: Over this size no honest workbook packs better than this ratio.
BOMB_SIZE, BOMB_RATIO = 30_000_000, 100
#: Characters handed to the parent.
MAX_TEXT = 60_000_000

Params = dict[str, Any]


class Refused(Exception):
    """The file cannot be read. ``code`` and ``params`` become those of the parent's ``FileError``."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        super().__init__(code)


def cut(rows: list[list[Any]]) -> None:
    """Take empty cells off the ends of rows, and empty rows off the end, in place."""
    for row in rows:
        while row and (row[-1] is None or (isinstance(row[-1], str) and not row[-1].strip())):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()


def check_size(rows: list[list[Any]], sheet: str, letters: int) -> None:
    """Refuse what is over the limits of rows, columns and text."""
    if sum(1 for row in rows if row) > MAX_ROWS + SPARE_ROWS:
        raise Refused("too_many_rows", sheet=sheet, most=MAX_ROWS)
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        raise Refused("too_many_columns", sheet=sheet, most=MAX_COLUMNS)
    if letters > MAX_TEXT:
        raise Refused("too_much_text", megabytes=MAX_TEXT // 1_000_000)
