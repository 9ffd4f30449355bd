"""CSV files that Excel opens as they are: UTF-8 with a byte order mark, semicolons, no cell that acts as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from selection.outputs.sheets import ACTIVE, Value, clean


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The file. Text that a spreadsheet program would take for a formula gets an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(cell) for cell in header])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _safe(cell: Value) -> str:
    """One cell as text. Line breaks become spaces: what follows one would be a cell's beginning to some programs."""
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    written = " ".join(clean(cell).split())
    return f"'{written}" if written.startswith(ACTIVE) else written
