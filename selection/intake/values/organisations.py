"""Names of organisations made comparable; answers that name none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selection.intake.memo import memo
from selection.intake.reader import Cell
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


def read_organisation(cell: Cell) -> Reading[Organisation]:
    """The organisation a person represents; ``None`` where the answer says there is none."""
    return _read(written(cell))


@memo(maxsize=20_000)
def _read(text: str) -> Reading[Organisation]:
    name = " ".join(text.split())
    folded = fold(name).strip(" .!")
    words = lexicon("values")
    if (
        not folded
        or folded in words["no_organisation"]
        or folded in words["kind"]["resident"]
        or re.match(r"(en|ei|inte|ingen|nej)\b(?!.*\b(ry|oy|yhdistys)\b)", folded)
    ):
        return Reading(None) if folded not in words["unclear_organisation"] else Reading.asked("organisation_unclear")
    if re.match(
        r"(edustan )?(vain )?(itseäni|minä itse|itse)\b|(i )?(represent )?(only |just )?myself\b|(bara )?mig själv\b",
        folded,
    ):
        return Reading(None)
    agreed = re.match(r"(?:kyllä|joo|ja|yes)\s*[,:;.]\s*(?=\w)", name, re.IGNORECASE)
    if agreed is not None:
        return _read(name[agreed.end() :])
    key = organisation_key(name)
    if not re.search(r"[^\W\d_]", key):
        return Reading(None)
    return Reading(Organisation(key, name))
