"""Numerals: ages in words, and dates with the month's name, put in digits."""

from __future__ import annotations

import re
from functools import lru_cache

from selection.intake.memo import memo

_FINNISH = ("yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän")
_SWEDISH = ("ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = {
    10: ("kymmenen", "tio", "ten"),
    11: ("yksitoista", "elva", "eleven"),
    12: ("kaksitoista", "tolv", "twelve"),
    13: ("kolmetoista", "tretton", "thirteen"),
    14: ("neljätoista", "fjorton", "fourteen"),
    15: ("viisitoista", "femton", "fifteen"),
    16: ("kuusitoista", "sexton", "sixteen"),
    17: ("seitsemäntoista", "sjutton", "seventeen"),
    18: ("kahdeksantoista", "arton", "eighteen"),
    19: ("yhdeksäntoista", "nitton", "nineteen"),
}
_TENS = {
    20: ("kaksikymmentä", "tjugo", "twenty"),
    30: ("kolmekymmentä", "trettio", "thirty"),
    40: ("neljäkymmentä", "fyrtio", "forty"),
    50: ("viisikymmentä", "femtio", "fifty"),
    60: ("kuusikymmentä", "sextio", "sixty"),
    70: ("seitsemänkymmentä", "sjuttio", "seventy"),
    80: ("kahdeksankymmentä", "åttio", "eighty"),
    90: ("yhdeksänkymmentä", "nittio", "ninety"),
}
#: Each month's names, whole or cut short, in any case.
_MONTHS = (
    r"tammik\w*|jan(?:uar[iy])?",
    r"helmik\w*|feb(?:ruar[iy])?",
    r"maalisk\w*|mar(?:s|ch)?",
    r"huhtik\w*|apr(?:il)?",
    r"toukok\w*|ma[jy]",
    r"kesäk\w*|jun[ie]?",
    r"heinäk\w*|jul[iy]?",
    r"elok\w*|aug(?:ust\w*)?",
    r"syysk\w*|sept?(?:ember)?",
    r"lokak\w*|o[kc]t(?:ober)?",
    r"marrask\w*|nov(?:ember)?",
    r"jouluk\w*|dec(?:ember)?",
)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\b\.?"
_DAY_FIRST = re.compile(
    rf"(?<!\w)(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|:e)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}}|\d{{2}})(?!\d)"
)
_MONTH_FIRST = re.compile(rf"(?<!\w){_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)")


@lru_cache(maxsize=1)
def _spelt() -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern of the numbers from 10 to 99 in words, longest first, and what each is; joined, apart or hyphened."""
    numbers = {word: number for number, words in _TEENS.items() for word in words}
    for ten, words in _TENS.items():
        for word, language in zip(words, (_FINNISH, _SWEDISH, _ENGLISH), strict=True):
            numbers |= {word: ten} | {word + unit: ten + place for place, unit in enumerate(language, start=1)}
    tens = "|".join(word for words in _TENS.values() for word in words)
    units = "|".join((*_FINNISH, *_SWEDISH, *_ENGLISH))
    teens = "|".join(sorted((word for words in _TEENS.values() for word in words), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:(?:{tens})(?:[ -]?(?:{units}))?|{teens})(?=\b|vuoti|årig)"), numbers


@memo(maxsize=2_000)
def with_digits(text: str) -> str:
    """A folded text with its numbers in words as digits: ``kolmekymmentäviisi vuotta`` → ``35 vuotta``."""
    pattern, numbers = _spelt()

    def digits(match: re.Match[str]) -> str:
        number = numbers.get(re.sub("[ -]", "", match.group()))
        if number is None:  # words of two languages
            return match.group()
        return f"{number}-" if text[match.end() : match.end() + 1].isalpha() else str(number)

    return pattern.sub(digits, text)


@memo(maxsize=20_000)
def with_numbered_months(text: str) -> str:
    """A folded text with dates of named months in digits: ``ma 5. kesäkuuta 1975`` → ``ma 5.6.1975``."""

    def numbered(match: re.Match[str]) -> str:
        names = (number for number, names in enumerate(_MONTHS, start=1) if re.fullmatch(names, match["month"]))
        return f"{match['day']}.{next(names)}.{match['year']}"

    return _MONTH_FIRST.sub(numbered, _DAY_FIRST.sub(numbered, text))
