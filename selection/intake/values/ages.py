"""Birth years, ages and age bands, in whichever column and form they were given."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from selection.intake.memo import memo
from selection.intake.reader import Cell
from selection.intake.values.age_words import Age, certain
from selection.intake.values.numerals import with_digits, with_numbered_months
from selection.intake.values.reading import Reading, Remark
from selection.intake.wording import fold, lexicon, written

OLDEST = 110
#: The day before the first that spreadsheets count.
_SERIAL_ZERO = dt.date(1899, 12, 30)


_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{0,12})?", re.ASCII)
_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})")
_COMPACT = re.compile(r"^(?:(?:[0-3]\d[01]\d)?((?:19|20)\d\d)|((?:19|20)\d\d)[01]\d[0-3]\d)$")
_SHORT_YEAR = re.compile(r"^(?:['\-]|v\.?\s*-?)\s*(\d{2})$")
_AGE_WORD = re.compile(
    r"^(\d{1,3})(?:[.,]\d+)?\s*-?\s*(?:v\.?|vuotta?|vuotias|vuotinen|år(?:ing)?|y(?:ears?)?(?: old)?|yrs)\b"
)
_BAND = re.compile(r"^(\d{1,3})\s*(?:-|\.\.\.?|/|–|to|till)\s*(\d{1,3})(?!\d)")
_YEAR_BAND = re.compile(
    r"^(19\d\d|20\d\d)\s*-\s*(19\d\d|20\d\d)\b|"
    r"^(?:(?:the|född på|syntynyt)\s+)?(19\d0|20\d0)\s*-?\s*(?:lu[kv]\w*|tal\w*|'?s)\b"
)
_OPEN = re.compile(
    r"^(?:>=?|≥|yli|över|over|above|vähintään|minst|at least|från|alkaen|fyllt)\s*(\d{1,3})(?!\s*-\s*\d)|"
    r"^(\d{1,3})\s*(?:-?\s*(?:v\.?|vuotta|vuotiaa?t|vuotias|år(?:ing\w*)?|years?|yrs))?\s*"
    r"(?:\+|plus\b|-$|→|->|\.\.+$|täyttäneet|(?:tai|ja) (?:yli|(?:sitä )?vanhem|enemm|siitä)|"
    r"(?:och )?uppåt|ylöspäin|upwards|(?:<=|≤)$|"
    r"(?:eller|och) (?:äldre|över|mer)|(?:or|and) (?:over|older|more|above|up))"
)
#: Open bands as a question with bands writes them: a dash without an end, or the age that was reached.
_OPEN_BAND = re.compile(
    r"^(\d{1,3})\s*-\s*(?:v\.?|vuotta|år|years?|yrs)?$|^(\d{1,3})\s*-?\s*(?:v\.?|vuotta|år)?\s*(?:täyttän\w*|fyllda)$"
)
#: The dash of an open band, which no compound has (``65- v``, unlike ``65-v``).
_DASHED = re.compile(r"\s*\d{1,3}\s*(?:[–—]|-\s)\s*[^\W\d]")
#: The letter or number of an option.
_OPTION = re.compile(r"^(?:[a-zåäö]|\d{1,2})\s*\)\s*(?=[<>≥]?\s*\w)")
#: The same with a full stop, or the question's word, before a band.
_MARKED = re.compile(
    r"^(?:\(?(?:[a-zåäö]|[ivx]{1,4}|\d{1,2})[.):]\s+(?=\D{0,12}\d{1,3}\s*(?:[-+–]|\D{2,}$)|\D+\d{1,3}\D*$)|"
    r"\(\w{1,2}\)\s*)?"
    r"(?:(?:aged|age|ages|ikä|ikäryhmä|ålder|åldersgrupp)\b\s*:?\s*)?"
)
#: A band between two ages told in words.
_NAMED = re.compile(r"^(?:mellan|between|from)\s+(?P<least>\d{1,3})\s+(?:och|and|to|till)\s+(?P<most>\d{1,3})\b")
#: A month and a year, without a day.
_MONTH = re.compile(r"^(?:(?:0?[1-9]|1[0-2])\s*[./-]\s*((?:19|20)\d\d)|((?:19|20)\d\d)\s*[./-]\s*(?:0?[1-9]|1[0-2]))$")
_UNDER = re.compile(
    r"^(?:<(?!=)|alle|under|below|less than|younger than|yngre än|nuorempi kuin)\s*(\d{1,3})(?!\s*-\s*\d)"
)
#: Bands up to an age that still belongs to them.
_UP_TO = re.compile(
    r"^(?:<=|≤|max\w*\.?|korkeintaan|enintään|högst|upp till|up to|at most|no more than)\s*(\d{1,3})(?!\s*-\s*\d)|"
    r"^(\d{1,3})\s*-?\s*(?:v\.?|vuotta|vuotiaa?t|vuotias|år|years?|yrs)?\s*"
    r"(?:(?:tai|ja) (?:alle|nuor\w*|vähemm\w*)|"
    r"(?:eller|och) (?:yngre|under|mindre)|(?:or|and) (?:younger|under|less|below))"
)
_WITHHELD = re.compile(
    r"(?:en|ei) (?:halua|tahdo|kerro)\b|vill (?:inte|ej)\b|(?:prefer|rather) not\b|i(?:'d| would) rather not\b"
)
#: An age in a sentence, or the age that somebody turns within the year; "next year" or "soon" is neither.
_IN_WORDS = re.compile(
    r"(?:minä |jag |i )?(?:(?P<turns>täytän|fyller|turn|i'm turning)|olen|är|am|i'm|ikä(?:ni)?(?: on)?|ålder|"
    r"min ålder är|age|my age is)(?: (?:tänä vuonna|i år|this year))?:? "
    r"(?P<age>\d{1,3})(?: (?:tänä vuonna|i år|this year))?"
    r"(?:\s*-?\s*(?:v|vuotta|vuotias|år|years?(?: old)?))?[.!]?"
)
_LOOKALIKE = str.maketrans("lioö", "1100")


def read_age(cell: Cell, column: str, on: dt.date) -> Reading[Age]:
    """What a cell says of age.

    Parameters
    ----------
    column
        ``birth_year``, ``birth_date``, ``age`` or ``age_group``: what the header asks for.
    on
        The day on which ages count; nobody is born after it.
    """
    if isinstance(cell, dt.time):
        return Reading.asked("age_unreadable")
    if isinstance(cell, dt.date):
        return _from_date(cell, column, on)
    return _from_text(written(cell), column, on)


def _from_date(day: dt.date, column: str, on: dt.date) -> Reading[Age]:
    if (
        years := day.toordinal() - _SERIAL_ZERO.toordinal()
    ) <= 2_100 and day.year < on.year - OLDEST:  # 1952 in a cell formatted as a date
        return Reading.asked("year_was_date", str(years))
    if column in ("age", "age_group"):  # Excel took the band 10–17 for 17 October
        least, most = sorted((day.day, day.month))
        return Reading(Age(stated=(least, most)), (Remark("band_was_date", f"{least}–{most}"),))
    return _year(day.year, on)


def _year(year: int, on: dt.date) -> Reading[Age]:
    if year > on.year or year < on.year - OLDEST:
        return Reading.asked("year_out_of_range")
    return Reading(Age(birth_year=year))


@memo(maxsize=20_000)
def _from_text(text: str, column: str, on: dt.date) -> Reading[Age]:
    folded = fold(text)
    if not folded:
        return Reading(None)
    if folded in lexicon("values")["age_unknown"] or folded.strip("*-. ") == "" or _WITHHELD.match(folded):
        return Reading(None)
    folded = _OPTION.sub("", folded)
    if column in ("age", "age_group"):
        folded = _NAMED.sub(r"\g<least>-\g<most>", _MARKED.sub("", folded))
    opened = _OPEN_BAND.match(folded) if column == "age_group" or _DASHED.match(text) else None
    if opened is not None and 0 < int(opened.group(1) or opened.group(2)) <= OLDEST:
        return Reading(Age(stated=(int(opened.group(1) or opened.group(2)), None)))
    read = _age_or_band if column in ("age", "age_group") else _birth
    reading = certain(read(folded, on), folded, on)
    if reading.value is not None or reading.remarks[0].suggestion is not None:
        return reading
    return _in_words(with_digits(folded), folded, read, on) or reading


def _in_words(
    text: str, as_said: str, read: Callable[[str, dt.date], Reading[Age]], on: dt.date
) -> Reading[Age] | None:
    """An age told in a sentence or spelt out, as a suggestion; ``None`` where that is not certain."""
    told = _IN_WORDS.fullmatch(text)
    if told is not None and 0 < int(told["age"]) <= OLDEST:
        age = int(told["age"])
        if read is _age_or_band:
            return Reading.asked("age_unreadable", str(age))
        return Reading.asked("year_unreadable", str(on.year - age) if told["turns"] else f"{age} v")
    if text == as_said:
        return None
    reading = read(text, on)
    if reading.value is not None:
        return Reading.asked("age_unreadable" if read is _age_or_band else "year_unreadable", text)
    return reading if reading.remarks[0].suggestion is not None else None


def _birth(text: str, on: dt.date) -> Reading[Age]:
    text = with_numbered_months(text)
    month = _MONTH.match(text)
    if month is not None:
        return _year(int(month.group(1) or month.group(2)), on)
    years = _YEAR_BAND.match(text)
    if years is not None:
        return _born_within(years, on).but("age_in_year_column")
    number = _number(text)
    if number is not None:
        return _birth_number(number, text, on)
    for pattern, place in ((_ISO, 1), (_DATE, 3)):
        match = pattern.search(text)
        if match is not None:
            return _full_year(match.group(place), on)
    compact = _COMPACT.match(text)
    if compact is not None:
        return _year(int(compact.group(1) or compact.group(2)), on)
    short = _SHORT_YEAR.match(text)
    if short is not None:
        return Reading.asked("two_digit_year", str(_century(int(short.group(1)), on)))
    named = dict.fromkeys(int(year) for year in _YEAR.findall(text))
    if len(named) == 1:
        found = _year(next(iter(named)), on)
        unsure = re.search(r"\b(noin|n\.|ehkä|ca|about)|\?", text) is not None
        return found.but("year_unsure", str(next(iter(named)))) if unsure and found.value else found
    if _AGE_WORD.match(text) or _BAND.match(text) or _OPEN.match(text):
        aged = _age_or_band(text, on)
        return aged.but("age_in_year_column") if aged.value is not None else aged
    likely = text.translate(_LOOKALIKE).replace(" ", "")
    if likely != text and _YEAR.fullmatch(likely):
        return Reading.asked("year_unreadable", likely)
    return Reading.asked("year_unreadable")


def _born_within(years: re.Match[str], on: dt.date) -> Reading[Age]:
    """The ages of people born in these years, or in this decade."""
    first = int(years.group(1) or years.group(3))
    last = int(years.group(2) or first + 9)
    if not on.year - OLDEST <= first <= last or first > on.year:
        return Reading.asked("age_unreadable")
    return Reading(Age(stated=(max(on.year - last, 0), on.year - first)))


def _full_year(digits: str, on: dt.date) -> Reading[Age]:
    if len(digits) == 4:
        return _year(int(digits), on)
    year = _century(int(digits), on)
    return Reading(Age(birth_year=year), (Remark("two_digit_year", str(year)),))


def _century(two_digits: int, on: dt.date) -> int:
    """The later of 19xx and 20xx that makes a person at least ten years old."""
    return 2000 + two_digits if 2000 + two_digits <= on.year - 10 else 1900 + two_digits


def _number(text: str) -> float | None:
    number = text.replace(",", ".").replace(" ", "")
    return float(number) if _NUMBER.fullmatch(number) else None


def _birth_number(number: float, text: str, on: dt.date) -> Reading[Age]:
    whole = int(number)
    if number != whole:
        return Reading.asked("year_unreadable")
    if whole < 0 and 0 < -whole < 100:
        return Reading.asked("two_digit_year", str(_century(-whole, on)))
    if 0 <= whole <= OLDEST:
        # 75 may be the year 1975 or an age: nobody but the person knows.
        return Reading.asked("year_or_age", str(1900 + whole) if 46 <= whole < 100 else str(on.year - whole))
    if 1000 <= whole <= 9999:
        return _year(whole, on)
    if 10_000 <= whole <= 45_000 and len(text) == 5:
        year = (_SERIAL_ZERO + dt.timedelta(days=whole)).year
        return Reading.asked("year_was_serial", str(year))
    compact = _COMPACT.match(text.replace(" ", ""))
    if compact is not None:
        return _year(int(compact.group(1) or compact.group(2)), on)
    return Reading.asked("year_out_of_range")


def _age_or_band(text: str, on: dt.date) -> Reading[Age]:
    month = _MONTH.match(text)
    if month is not None:
        return _year(int(month.group(1) or month.group(2)), on).but("year_in_age_column")
    number = _number(text)
    if number is not None:
        whole = int(number)
        if on.year - OLDEST <= whole <= on.year:
            return _year(whole, on).but("year_in_age_column")
        if not 0 < whole <= OLDEST:
            return Reading.asked("age_out_of_range")
        aged = Reading(Age(stated=(whole, whole)))
        return aged if number == whole else aged.but("age_fraction", str(whole))
    years = _YEAR_BAND.match(text)
    if years is not None:
        return _born_within(years, on)
    band = _BAND.match(text)
    if band is not None:
        least, most = int(band.group(1)), int(band.group(2))
        return Reading(Age(stated=(least, most))) if least <= most else Reading.asked("age_unreadable")
    opened = _OPEN.match(text)
    if opened is not None:
        return Reading(Age(stated=(int(opened.group(1) or opened.group(2)), None)))
    up_to = _UP_TO.match(text)
    if up_to is not None:
        return Reading(Age(stated=(0, int(up_to.group(1) or up_to.group(2)))))
    under = _UNDER.match(text)
    if under is not None:
        return Reading(Age(stated=(0, max(int(under.group(1)) - 1, 0))))
    word = _AGE_WORD.match(text) or re.match(r"^(?:noin|n\.|ca|about)\s*(\d{1,3})", text)
    if word is not None and 0 < int(word.group(1)) <= OLDEST:
        return Reading(Age(stated=(int(word.group(1)), int(word.group(1)))))
    named = dict.fromkeys(int(year) for year in _YEAR.findall(text))
    if len(named) == 1:
        return _year(next(iter(named)), on).but("year_in_age_column")
    return Reading.asked("age_unreadable")
