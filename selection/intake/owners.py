"""Owners of columns: whose column a header says it is, an applicant's, a deputy's or a second person's of the row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selection.intake.columns import ColumnMatch, meaning
from selection.intake.layout import Layout
from selection.intake.values.names import looks_like_name
from selection.intake.wording import fold, is_empty, written

#: Fields that are each person's own; the others of a row are of all its persons, unless they stand more than once.
PERSONAL = (
    "name", "first_name", "last_name", "birth_year", "birth_date", "age", "age_group", "gender", "street_address",
    "postal_code", "municipality", "district", "email", "phone", "mother_tongue", "situation", "official",
    "youth_council", "served_before", "non_disclosure",
)  # fmt: skip
_DEPUTY = re.compile(
    r"\b(?:henkilökohtai\w+ |oma\w* |own |personal |personlig\w* )?"
    r"(?:vara(?:jäsen|henkil|edusta|ehdok)\w*|(?:er|ar)sättar\w*|supplean\w*|\bdeput(?:y|ies)\b(?:'s)?|substitute\w*(?:'s)?|alternate\w*(?:'s)?)"
)
_NOUN = (
    r"(?:hakij|henkilö|ehdok|ehdotetu|jäsen|edustaj|osallistuj|person|applicant|sökande|kandidat|candidate|nominee|member|"
    r"ledam|medlem|representa|participant|deltagar)\w*(?:'s)?"
)
_ORDINALS = (
    r"ensimmäi\w+|första|first|1st",
    r"toi(?:nen|se\w+)|andra|second|2nd",
    r"kolma\w+|tredje|third|3rd",
    r"neljä\w+|fjärde|fourth|4th",
)
_NUMBERED = re.compile(
    rf"(?<!\d)(?P<before>[1-9])\s*[.:)]?\s*{_NOUN}|{_NOUN}\s*(?:nro|nr|no)?\.?\s*#?(?P<after>[1-9])(?!\d)"
)
_ORDERED = tuple(re.compile(rf"\b(?:{words})\s+(?:{_NOUN})") for words in _ORDINALS)
#: A number that a header begins with: of a question, where each has another.
_LEADING = re.compile(r"\s*(\d{1,3})\s*[.):]\s*")
#: Words beside the owner's that ask nothing.
_LEFT = re.compile(
    r"\b(?:ehdo\w*|ehdotet\w*|candidate\w*|kandidat\w*|nominee\w*|proposed|föreslag\w*|förslag\w*|oma\w*|own)\b|[\W_]+"
)
_CHOOSES = re.compile(r"\b(?:vai|tai|eller|or)\b|/")
#: So many of a column's answers look like names of people, and it is a column of persons.
_MOSTLY = 0.8


def owners_of(layout: Layout, columns: Sequence[ColumnMatch]) -> dict[int, tuple[tuple[str, int], str]]:
    """Columns whose headers say whose they are: column → person, and what is asked of that person."""
    leading = [number[1] for match in columns if (number := _LEADING.match(match.header)) is not None]
    numbered = len(leading) > 2 and len(set(leading)) == len(leading)  # the questions' own numbers
    told = ((match.index, owner_of(match, layout, numbered)) for match in columns)
    return {index: owner for index, owner in told if owner is not None}


def owner_of(match: ColumnMatch, layout: Layout, numbered: bool) -> tuple[tuple[str, int], str] | None:
    """Whose column a header says it is, and what it asks of that person; ``None`` for the applicant's own."""
    text = fold(_LEADING.sub("", match.header) if numbered else match.header)
    deputy = _DEPUTY.search(text)
    number = _NUMBERED.search(text)
    place = int(number["before"] or number["after"]) if number is not None else 0
    place = place or next((at for at, words in enumerate(_ORDERED, start=1) if words.search(text)), 0)
    if deputy is None and not place:
        return None
    rest = _DEPUTY.sub(" ", text)
    for pattern in (_NUMBERED, *_ORDERED):
        rest = pattern.sub(" ", rest)
    rest = " ".join(_LEFT.sub(" ", rest).split())
    asked = meaning(rest).field if rest else None
    # "Jäsen vai varajäsen" asks for a seat, whatever stands under it.
    chooses = match.field == "roles" and _CHOOSES.search(text) is not None
    if (asked is None or asked == "roles") and not chooses and _holds_names(layout, match.index):
        asked = "name"
    return (("deputy" if deputy is not None else "", place), asked) if asked in PERSONAL else None


def _holds_names(layout: Layout, index: int) -> bool:
    cells = [written(cell) for cell in layout.column(index) if not is_empty(cell)]
    names = [cell for cell in cells if looks_like_name(cell) and 2 <= len(cell.split()) <= 5 and cell.istitle()]
    return bool(cells) and len(names) >= _MOSTLY * len(cells)
