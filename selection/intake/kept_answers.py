"""Keeping: the answers of a row as written, without what must not be kept; and what each consent is for."""

from __future__ import annotations

import re

from selection.intake.row import Row
from selection.intake.values.choices import without_special
from selection.intake.values.officials import without_parties
from selection.intake.wording import fold, written

#: Fields of whose answers some words are not kept; see :func:`kept_words`.
_WITHOUT_WORDS = ("official", "situation", "gender")
_NON_DISCLOSURE = ("turvakiel", "spärrmark", "non-disclosure")


def keep_answers(row: Row) -> None:
    """The answers as written, of the columns in use, without what must not be kept."""
    cells = row.sheet.layout.sheet.rows[row.index]
    row.draft.filled = len(cells) - cells.count(None)
    answers = row.draft.answers
    for name, match in row.sheet.kept:
        text = written(row.original(match))
        if text:
            answers[name] = kept_words(match.field, text) if match.field in _WITHOUT_WORDS else text
    addresses = (written(row.original(match)) for match in row.matches("street_address"))
    said = "\n".join((*addresses, *answers.values())).lower()
    row.draft.non_disclosure = any(word in said for word in _NON_DISCLOSURE)


def kept_words(field: str, text: str) -> str:
    """An answer without the words that are not imported: parties, health, origin, a gender in one's own words."""
    if field == "official":
        return without_parties(text)
    if field == "situation":
        return without_special(text)
    if field == "gender":
        return re.sub(r"^(muu|annat|other)\s*[:(,].*$", r"\1", text, flags=re.DOTALL | re.IGNORECASE)
    return text


def consent_purpose(header: str) -> str:
    """What a consent is for: ``publish``, ``retain``, ``post`` or ``privacy``; never one for another."""
    text = fold(header)
    for purpose, words in (
        ("publish", r"julkais|julkise|julkinen|publi[cs]"),
        ("retain", r"säilyt|täydennysval|reservi|varalla|bevara|sparas|komplettering|retain|keep|kept|supplementary"),
        ("privacy", r"tietosuoj|tietoje|rekister|dataskydd|privacy|data protection|uppgifter"),
        ("post", r"tehtäv|jäse|valin|valit|toimi|uppdrag|medlem|post\b|seat|member"),
    ):
        if re.search(words, text):
            return purpose
    return "privacy"
