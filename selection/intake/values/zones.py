"""Zones of times: of a time itself, of a column by its header or by what the form service says of it; all as Finnish
time, which the call's closing is in."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from selection.intake.wording import fold

HOME = "Europe/Helsinki"
#: Zones by their letters, in hours east of Greenwich; those of Finland are its own clock at any time of the year.
_LETTERS = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "wet": 0,
    "bst": 1,
    "west": 1,
    "cet": 1,
    "met": 1,
    "cest": 2,
    "mest": 2,
    "msk": 3,
}
_LETTERS |= {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_HOME_LETTERS = ("eet", "eest", "suomen aikaa", "finsk tid", "finnish time")
NAMES = "|".join(sorted((*_LETTERS, *_HOME_LETTERS), key=lambda name: (-len(name), name)))
_OFFSET = re.compile(r"(?:utc|gmt)?\s*(?P<sign>[+\-\u2212])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")
_PLACE = re.compile(
    r"\b(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc|US)/[A-Za-z_/+-]+\d*"
)
#: As Qualtrics tells it under the header.
_TOLD = re.compile(r'"time_?zone"\s*:\s*"(?P<zone>[^"]{1,60})"', re.IGNORECASE)
_IN_HEADER = re.compile(rf"(?:utc|gmt)\s*[+\-]\s*\d{{1,2}}(?::?\d{{2}})?|\b(?:{NAMES})\b")


def zone_of(text: str | None) -> dt.tzinfo | None:
    """The zone that a text names (``Z``, ``UTC+2``, ``+03:00``, ``CET``); ``None`` for Finland's own, or for none."""
    name = fold(text or "")
    if not name or name in _HOME_LETTERS:
        return None
    if name in _LETTERS:
        return dt.timezone(dt.timedelta(hours=_LETTERS[name]))
    offset = _OFFSET.fullmatch(name)
    if offset is None:
        return None
    minutes = 60 * int(offset["hours"]) + int(offset["minutes"] or 0)
    if minutes >= 24 * 60:
        return None
    return dt.timezone(dt.timedelta(minutes=minutes if offset["sign"] == "+" else -minutes))


def zone_of_column(header: str, described: str) -> dt.tzinfo | None:
    """The zone of all times of a column: named in its header, or in what the service says of the column under it."""
    told = _TOLD.search(described)
    place = told["zone"] if told is not None else next(iter(_PLACE.findall(f"{described} {header}")), None)
    if place is not None:
        try:
            return ZoneInfo(place)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return zone_of(place)
    named = _IN_HEADER.search(fold(header))
    return None if named is None else zone_of(named.group())


def at_home(moment: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """A moment of a zone as Finnish time, without one."""
    if zone is None:
        return moment
    try:
        return moment.replace(tzinfo=zone).astimezone(ZoneInfo(HOME)).replace(tzinfo=None)
    except OverflowError:
        return moment
