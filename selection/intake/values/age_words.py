"""Certainty of an age that was read: nothing else may stand in the answer that could turn it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from selection.intake.values.circumstances import is_of_another
from selection.intake.values.numerals import with_numbered_months
from selection.intake.values.reading import Reading


@dataclass(frozen=True, slots=True)
class Age:
    """A birth year, or the ``(least, most)`` years of age that were stated (``most`` is ``None`` for an open band)."""

    birth_year: int | None = None
    stated: tuple[int, int | None] | None = None


#: The words that go with an age or a year of birth and change nothing of it.
_GOES_WITH = re.compile(
    r"(?:\b(?:v|vv|vuot\w*|vuosi\w*|vuon\w*|vuoden\w*|ikä\w*|ikäi\w*|olen|minä|on|itse|täyttän\w*|täytän|yli|alle|vähintään|"
    r"enintään|korkeintaan|tai|ja|sitä|siitä|vanhem\w*|nuor\w*|enemmän|vähemmän|kuin|ylöspäin|alkaen|noin|n|välil\w*|lu[kv]\w*|"
    r"syn\w*|s|tänä|vuosimalli\w*|kk|pv|klo|"
    r"år\w*|ålder\w*|jag|är|född\w*|f|fyll\w*|över|under|minst|högst|upp|till|eller|och|äldre|yngre|än|mer|mindre|från|uppåt|mellan|"
    r"ca|tal\w*|på|i|den|mitt|min|"
    r"y|yr|yrs|year\w*|yo|old|age\w*|i|i'm|am|my|is|born|b|over|above|below|up|to|at|least|most|than|less|no|upwards|or|and|older|"
    r"younger|more|plus|between|about|in|the|of|on|from|max\w*|s)\b|'s\b|\d+(?:st|nd|rd|th)\b|"
    r"\b(?:ma|ti|ke|to|pe|la|su|mån|tis|ons|tors|fre|lör|sön|mon|tue|wed|thu|fri|sat|sun)\w*\b|\b(?:am|pm|z|utc|gmt|t)\b)"
)
#: A year only as a bound, or what the age is not.
_NOT_IT = re.compile(
    r"\b(?:ei|en|inte|ej|not|ennen|jälkeen|före|innan|efter|before|after|kohta|pian|melkein|lähes|snart|nästan|soon|almost|"
    r"nearly|muutin|flyttade|moved)\b"
)


def certain(reading: Reading[Age], text: str, on: dt.date) -> Reading[Age]:
    """A reading of a folded text that leaves nothing of it unread; else a question, with the year that was read
    suggested."""
    if reading.value is None:
        return reading
    year, stated = reading.value.birth_year, reading.value.stated
    code = "age_unreadable" if year is None else "year_unreadable"
    if _NOT_IT.search(text) or is_of_another(text):
        return Reading.asked(code)
    left = _GOES_WITH.sub(" ", re.sub(r"[^\W\d_]+-?\d+[./-]\d+[./-]\d+", " ", with_numbered_months(text)))
    read = {year, *(stated or ())} | {on.year - one for one in stated or () if one is not None}
    numbers = [int(number) for number in re.findall(r"(?<![0-9])[0-9]{1,3}(?![0-9])", left)]
    others = [number for number in numbers if number not in read and number - 1 not in read]
    more = year is None and others and not reading.remarks
    if more or re.search(r"[^\W\d_]{2,}", left):
        return Reading.asked(code, str(year) if year is not None else None)
    return reading
