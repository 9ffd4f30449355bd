"""What a person who writes a rules file by hand may have meant: keys tried in a wrong place, words for values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from selection.model.vocabulary import VOCABULARY
from selection.texts import LANGUAGES, catalogue

#: Keys that a newcomer tries, by the section they are tried in: how the rules say what is meant.
HINTS = {
    ("requirements", "cover"): "requirement_cover",
    ("requirements", "share"): "requirement_share",
    ("requirements", "priority"): "requirement_priority",
    ("goals", "body"): "goal_body",
    ("goals", "at_least"): "goal_bounds",
    ("goals", "at_most"): "goal_bounds",
    ("goals", "values"): "goal_bounds",
    ("deputies", "ordered"): "deputies_ordered",
    ("tables", "least"): "table_size",
    ("tables", "aim"): "table_size",
    ("tables", "size"): "table_size",
}


def nearest(found: str, known: Sequence[str]) -> str:
    """What is known and most like what was found."""
    best = process.extractOne(found, known, scorer=fuzz.ratio, processor=str.casefold)
    return str(best[0]) if best else "–"


def slug(found: str) -> str:
    """An id that may stand, made from one that may not."""
    return re.sub(r"[^\w-]+", "-", found.strip()).strip("-") or "–"


def code_of_word(field: str, found: str) -> str | None:
    """The value of the product's vocabulary that a word in one of its languages means: ``woman`` for ``nainen``."""
    for language in LANGUAGES:
        words = catalogue(language)
        for code in VOCABULARY.get(field, ()):
            if words.get(f"value.{field}.{code}", ("",))[0].casefold() == found.strip().casefold():
                return code
    return None
