"""Times of answering: one format for the whole column, never cell by cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from selection.intake.reader import Cell
from selection.intake.values.numerals import with_numbered_months
from selection.intake.values.reading import Reading
from selection.intake.values.zones import NAMES, at_home, zone_of
from selection.intake.wording import fold, written

_TEXT = re.compile(
    r"^(?:[^\W\d]{2,12}\.?,?\s+)?(?:den\s+)?(?P<a>\d{1,4})(?P<mark>[./-])(?P<b>\d{1,2})[./-](?P<c>\d{2,4})"
    r"(?:(?:,|\s|t|klo|kello|kl\.?|at)*(?P<h>\d{1,2})[.:](?P<m>\d{2})(?:[.:](?P<s>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<half>am|pm|a\.m\.|p\.m\.|ap\.?|ip\.?|fm|em)?\s*\(?(?P<zone>(?:utc|gmt)?\s*[+-]\d{1,2}(?::?\d{2})?|"
    + NAMES
    + r")?\)?$"
)
_SERIAL = re.compile(r"^[2-7]\d{4}(?:[.,]\d+)?$")
_EPOCH = dt.datetime(1899, 12, 30)


def read_moments(cells: Sequence[Cell], zone: dt.tzinfo | None = None) -> tuple[list[Reading[dt.datetime]], bool]:
    """Each cell's moment, and whether day and month could be told apart only by assumption.

    Dates with dots are day first, ISO dates year first. For slashes the column decides: a first number over 12 means
    day first, a second one over 12 means month first; with neither, month first as the form services export it.
    """
    matches = [_match(cell) if isinstance(cell, str) else None for cell in cells]
    slashed = [match for match in matches if match is not None and match["mark"] == "/" and len(match["a"]) < 3]
    day_first = any(int(match["a"]) > 12 for match in slashed)
    month_first = any(int(match["b"]) > 12 for match in slashed)
    assumed = bool(slashed) and not day_first and not month_first and any(match["a"] != match["b"] for match in slashed)
    readings = [_read(cell, match, day_first, zone) for cell, match in zip(cells, matches, strict=True)]
    return readings, assumed or (day_first and month_first)


def _match(cell: str) -> re.Match[str] | None:
    text = fold(written(cell))
    return _TEXT.match(text) or _TEXT.match(with_numbered_months(text))


def _read(cell: Cell, match: re.Match[str] | None, day_first: bool, zone: dt.tzinfo | None) -> Reading[dt.datetime]:
    if isinstance(cell, dt.datetime):
        return Reading(at_home(cell.replace(tzinfo=None), zone))
    if isinstance(cell, dt.date):
        return Reading(dt.datetime.combine(cell, dt.time()))
    text = fold(written(cell)) if not isinstance(cell, dt.time) else ""
    if not text:
        return Reading(None)
    if match is not None:
        moment = _moment(match, day_first, zone)
        return Reading(moment) if moment is not None else Reading.asked("time_unreadable")
    if _SERIAL.match(text):
        moment = _EPOCH + dt.timedelta(days=float(text.replace(",", ".")))
        return Reading(at_home(moment.replace(microsecond=0), zone))
    return Reading.asked("time_unreadable")


def _moment(match: re.Match[str], day_first: bool, zone: dt.tzinfo | None) -> dt.datetime | None:
    a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
    if len(match["a"]) == 4:
        year, month, day = a, b, c
    else:
        year = c if c > 99 else 2000 + c
        day, month = (a, b) if match["mark"] != "/" or day_first else (b, a)
        if month > 12 >= day and match["mark"] == "/":
            day, month = month, day
    hour = int(match["h"] or 0)
    half = (match["half"] or "").replace(".", "")
    if half in ("pm", "ip", "em") and hour < 12:
        hour += 12
    elif half in ("am", "ap", "fm") and hour == 12:
        hour = 0
    try:
        moment = dt.datetime(year, month, day, hour, int(match["m"] or 0), int(match["s"] or 0))
    except ValueError:
        return None
    return at_home(moment, zone_of(match["zone"]) if match["zone"] else zone)
