"""Names of organisations made comparable; answers that name none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selection.intake.memo import memo
from selection.intake.reader import Cell
from selection.intake.values.placeholders import is_common_word, is_ditto, placeholder
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, lexicon, written


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation's normalised key and its name as written."""

    key: str
    name: str


@memo(maxsize=20_000)
def organisation_key(name: str) -> str:
    """A name for comparing: folded, without legal forms (ry, oy, …) and punctuation."""
    words = lexicon("values")
    marks = "|".join(
        re.escape(mark) for mark in sorted(words["organisation_marks"], key=lambda mark: (-len(mark), mark))
    )
    text = re.sub(rf"(?<![\w.])(?:{marks})(?![\w])\.?", " ", fold(name))
    return re.sub(r"[^\w]+", " ", text).strip()


@memo(maxsize=20_000)
def expanded(name: str) -> str:
    """A key with the usual abbreviations written out, for finding likely equals."""
    text = fold(name)
    for short, long in lexicon("values")["organisation_abbreviations"].items():
        text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", f" {long} ", text)
    return organisation_key(text)


#: Words that join others and tell no two organisations apart.
_JOINING = frozenset({"ja", "och", "and", "the", "of", "i", "för", "r", "f"})
_ROMAN = re.compile(r"[ivx]+")
#: A word of fewer letters than this is misspelt by one letter, a longer one by two.
_LONG_WORD = 6


def are_distinct(one: str, other: str) -> bool:
    """Whether two names that look alike differ in what tells organisations apart: a digit, a numeral, a letter, another
    word (``kylä 1``, ``kylä 2``; ``osasto I``, ``osasto II``; ``itä``, ``länsi``), rather than in how they are spelt.

    Both as :func:`expanded` makes them.
    """
    first, second = one.split(), other.split()
    if "".join(first) == "".join(second):
        return False
    left = [word for word in first if word not in second]
    right = [word for word in second if word not in first]
    if sorted(first) != sorted(second) and not (left or right):
        return True  # a word more of one that both have, such as kylä 1 1
    if any(_tells(word) for word in (*left, *right)):
        return True
    left, right = ([word for word in words if word not in _JOINING] for words in (left, right))
    if len(left) == len(right):
        pairs = zip(sorted(left), sorted(right), strict=True)
        return any(not _misspelt(word, twin) for word, twin in pairs)
    return not _misspelt("".join(left), "".join(right))


def _tells(word: str) -> bool:
    """Whether a word is a number, a numeral or a letter by itself."""
    if word in _JOINING and word != "i":
        return False
    return len(word) <= 1 or any(letter.isdigit() for letter in word) or _ROMAN.fullmatch(word) is not None


def _side(word: str) -> str:
    """The beginning of a word that tells places or bodies apart, such as ``ylä``; empty without one."""
    return next((side for side in lexicon("values")["organisation_sides"] if word.startswith(side)), "")


def _misspelt(word: str, twin: str) -> bool:
    """Whether two words are one, spelt in two ways: a letter or two apart, and of one side or size."""
    from rapidfuzz.distance import DamerauLevenshtein

    if _side(word) != _side(twin):
        return False
    short, long = sorted((word, twin), key=len)
    if len(short) > 3 and long.removeprefix(short) in ("n", "en", "in", "an", "än", "s", "ens", "et", "na", "nas"):
        return True  # a genitive, or a definite form
    allowed = 1 if min(len(word), len(twin)) < _LONG_WORD else 2
    return DamerauLevenshtein.distance(word, twin, score_cutoff=allowed) <= allowed


def read_organisation(cell: Cell) -> Reading[Organisation]:
    """The organisation a person represents; ``None`` where the answer says there is none."""
    return _read(written(cell))


@memo(maxsize=20_000)
def _read(text: str) -> Reading[Organisation]:
    name = " ".join(text.split())
    folded = fold(name).strip(" .!")
    words = lexicon("values")
    if folded in words["unclear_organisation"]:
        return Reading.asked("organisation_unclear")
    if not folded or folded in words["no_organisation"] or folded in words["kind"]["resident"]:
        return Reading(None)
    agreed = re.match(r"(?:kyllä|joo|ja|yes)\s*[,:;.]\s*(?=\w)", name, re.IGNORECASE)
    if agreed is not None:
        return _read(name[agreed.end() :])
    instead = placeholder(name)
    if instead is not None:
        return Reading(None) if instead == "none" else Reading.asked("organisation_unclear")
    key = organisation_key(name)
    if not re.search(r"[^\W\d_]", key):
        return Reading.asked("organisation_unclear") if is_ditto(name) else Reading(None)
    reading = Reading(Organisation(key, name))
    return reading.but("organisation_one_word") if is_common_word(name) else reading
