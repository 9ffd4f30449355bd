"""Postal codes and districts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from selection.intake.memo import memo
from selection.intake.reader import Cell
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, lexicon, written

_FIVE = re.compile(r"(?<!\d)(\d{5})(?!\d)")
_SPACED = re.compile(r"(?<!\d)(\d{2,3})\s(\d{2,3})(?!\d)")
_LOOKALIKE = str.maketrans("lioszb", "110528")


@memo(maxsize=20_000)
def _read(text: str, known: tuple[str, ...]) -> Reading[str]:
    folded = fold(text).lstrip("'")
    if not folded or folded in ("-", "?", "ei tietoa", "en halua kertoa"):
        return Reading(None)
    folded = re.sub(r"[.,]0+$", "", folded)
    folded = re.sub(r"^(?:fi|fin|f)\s*-?\s*(?=\d)", "", folded)
    codes = dict.fromkeys(_FIVE.findall(folded))
    if len(codes) > 1:
        return Reading.asked("postal_code_several")
    if codes:
        return Reading(next(iter(codes)))
    spaced = _SPACED.search(folded)
    if spaced is not None and len(spaced.group(1) + spaced.group(2)) == 5:
        return Reading(spaced.group(1) + spaced.group(2))
    digits = re.sub(r"\D", "", folded)
    if re.fullmatch(r"[\d ]+", folded):
        if len(digits) == 6:
            return Reading.asked("postal_code_long", _one_digit_off(digits, known))
        if 3 <= len(digits) <= 4:
            return Reading.asked(
                "postal_code_short", _one_digit_off(digits, known) or digits.zfill(5), padded=digits.zfill(5)
            )
        return Reading.asked("postal_code_unreadable")
    word = re.match(r"[\dlioszb]{5}(?!\w)", folded)
    if word is not None and re.search(r"\d", word.group()):
        return Reading.asked("postal_code_letters", word.group().translate(_LOOKALIKE))
    return Reading.asked("postal_code_unreadable")


def read_postal_code(cell: Cell, known: Sequence[str]) -> Reading[str]:
    """Five digits, from a number, a text or a whole address.

    ``known`` are the codes of the round's tables: a code with a digit too few or too many is compared with them for a
    suggestion, never changed.
    """
    return _read(written(cell), tuple(known))


def _one_digit_off(digits: str, known: Sequence[str]) -> str | None:
    """The first known code that one added or one dropped digit makes of ``digits``."""

    def within(short: str, long: str) -> bool:
        return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))

    near = [code for code in known if (within(digits, code) if len(digits) < 5 else within(code, digits))]
    return near[0] if near else None


def is_post_office_box(code: str) -> bool:
    """Whether a Finnish code is of post-office boxes or parcel lockers: those end in 1, 4 or 7."""
    return code[-1] in "147"


@lru_cache(maxsize=1)
def _districts() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    stems = [(stem, name, code) for name, (code, many) in lexicon("districts").items() for stem in many]
    stems.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    return tuple((re.compile(rf"(?<!\w){re.escape(stem)}\w*"), name, code) for stem, name, code in stems)


@memo(maxsize=20_000)
def district_of(text: str) -> tuple[str, str] | None:
    """``(name, postal code or "")`` of the first known district named in a text, inflected or not."""
    folded = fold(text)
    found = [
        (match.start(), name, code)
        for pattern, name, code in _districts()
        if (match := pattern.search(folded)) is not None
    ]
    return min(found)[1:] if found else None


def read_district(cell: Cell) -> str | None:
    """The known district that a text names, or the text itself without a trailing postal code."""
    text = " ".join(written(cell).split())
    if not text or text in ("-", "?"):
        return None
    known = district_of(text)
    if known is not None:
        return known[0]
    rest = _FIVE.sub("", text).strip(" ,;")
    return rest if re.search(r"[^\W\d_]{2}", rest) else None
