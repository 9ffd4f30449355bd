"""Values of a workbook's cells, through calamine: formulas give what was computed, macros are not looked at."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from .limits import MAX_CELLS, MAX_ROWS, Params, Refused, check_size, cut


def sheets_of(data: bytes, marks: dict[str, Params]) -> list[Params]:
    """All worksheets' cells from A1 on, the empty tail cut off.

    Raises
    ------
    Refused
        if calamine cannot read the file, or a sheet is over the limits.
    """
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        found = [
            (meta.name, not str(meta.visible).endswith(".Visible"), book.get_sheet_by_name(meta.name))
            for meta in book.sheets_metadata
            if str(meta.typ).endswith(".WorkSheet")
        ]
    except MemoryError:
        raise
    except python_calamine.PasswordError:
        raise Refused("encrypted") from None
    except Exception:
        raise Refused("damaged") from None
    sheets = []
    letters = 0
    for name, hidden, sheet in found:
        if sheet.end is not None and (sheet.end[0] + 1) * (sheet.end[1] + 1) > MAX_CELLS:
            raise Refused("too_many_rows", sheet=name, most=MAX_ROWS)
        rows = (
            []
            if sheet.end is None
            else [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        )
        cut(rows)
        letters += sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        check_size(rows, name, letters)
        merged = [[*start, *end] for start, end in (sheet.merged_cell_ranges or ())]
        sheets.append({"name": name, "hidden": hidden, "rows": rows, "merged": merged, **marks.get(name, {})})
    return sheets


def plain(cell: Any) -> Any:
    """A cell as text, number, truth value, ``{"t": ISO}`` for a moment, or ``None``."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, float):
        if cell != cell or abs(cell) > 1e300:  # no JSON number
            return None
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, dt.date | dt.time):
        return {"t": cell.isoformat()}
    return cell if cell is None or isinstance(cell, int | bool) else str(cell)
