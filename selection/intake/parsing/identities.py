"""Personal identity codes: blanked in every cell before the parent process sees it; only the birth year is kept."""

from __future__ import annotations

import re
from typing import Any

#: What stands in place of a code.
BLANK = "******-****"

_CODE = re.compile(
    r"(?<![0-9A-Za-z])(\d{2})(\d{2})(\d{2})\s?([-+A-FU-Ya-fu-y\u2013\u2212]?)\s?(\d{3})([0-9A-Za-z])(?![0-9A-Za-z])"
)
_MAYBE = re.compile(r"\d{6}\s?(?:[-+A-FU-Ya-fu-y]|\\u2013|\\u2212)?\s?\d{3}[0-9A-Za-z]")


def may_hold_identities(json: str) -> bool:
    """Whether the answer's text has anything of an identity code's form."""
    return _MAYBE.search(json) is not None


def blank_identities(sheets: list[dict[str, Any]]) -> bool:
    """Replace identity codes in all cells, in place; whether there were any.

    Each sheet gets ``identities``: row, column, birth year, and whether the cell held nothing else.
    """
    for sheet in sheets:
        sheet["identities"] = []
        for number, row in enumerate(sheet["rows"]):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and len(cell) >= 10:
                    text, years = without_identities(cell)
                    if years:
                        row[column] = text
                        sheet["identities"] += [[number, column, year, text.strip() == BLANK] for year in years]
    return any(sheet["identities"] for sheet in sheets)


def without_identities(text: str) -> tuple[str, list[int]]:
    """A text with its identity codes blanked, and the birth year of each."""
    years: list[int] = []

    def replace(match: re.Match[str]) -> str:
        year = _birth_year(match)
        if year is None:
            return match.group(0)
        years.append(year)
        return BLANK

    return _CODE.sub(replace, text), years


def _birth_year(match: re.Match[str]) -> int | None:
    """The birth year of an identity code, also of one with a typing error; ``None`` for a telephone number."""
    from stdnum.fi import hetu

    day, month, year, mark, number, check = match.groups()
    mark = "-" if mark in ("", "\u2013", "\u2212") else mark.upper()
    valid = bool(hetu.is_valid(f"{day}{month}{year}{mark}{number}{check.upper()}"))
    written_out = match.group(4) != ""
    a_date = 1 <= int(day) <= 31 and 1 <= int(month) <= 12
    if not valid and (check.isdigit() or not written_out or not a_date):
        return None
    if valid and not written_out and check.isdigit():  # ten digits in a row are a telephone number
        return None
    century = {"+": 1800, "-": 1900}.get(mark, 1900 if mark in "UVWXY" else 2000)
    return century + int(year)
