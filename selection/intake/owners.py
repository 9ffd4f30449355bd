"""Owners of columns: whose column a header says it is, an applicant's, a deputy's or a second person's of the row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selection.intake.columns import ColumnMatch, meaning, normalised, turned
from selection.intake.layout import Layout
from selection.intake.reader import Cell
from selection.intake.series import series_of
from selection.intake.values.names import looks_like_name
from selection.intake.values.placeholders import says_nobody
from selection.intake.values.several_names import people_named
from selection.intake.wording import fold, is_empty, tokens, written

#: Fields that are each person's own; the others of a row are of all its persons, unless they stand more than once.
PERSONAL = (
    "name", "first_name", "last_name", "birth_year", "birth_date", "age", "age_group", "gender", "street_address",
    "postal_code", "municipality", "district", "email", "phone", "mother_tongue", "situation", "official",
    "youth_council", "served_before", "non_disclosure",
)  # fmt: skip
_NAMES = ("name", "first_name", "last_name")
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
#: What stands between the two names that one header asks for.
_AND = re.compile(r"[/,&+]|\b(?:ja|sekä|och|samt|and|plus)\b")
_CHOOSES = re.compile(r"\b(?:vai|tai|eller|or)\b|/")
#: So many of a column's answers look like names of people, and it is a column of persons.
_MOSTLY = 0.8


def owners_of(layout: Layout, columns: Sequence[ColumnMatch]) -> dict[int, tuple[tuple[str, int], str]]:
    """Columns whose headers say whose they are: column → person, and what is asked of that person."""
    leading = [number[1] for match in columns if (number := _LEADING.match(match.header)) is not None]
    numbered = len(leading) > 2 and len(set(leading)) == len(leading)  # the questions' own numbers
    told = ((match.index, owner_of(match, layout, numbered)) for match in columns)
    return {index: owner for index, owner in told if owner is not None} | _in_series(layout, columns)


def _in_series(layout: Layout, columns: Sequence[ColumnMatch]) -> dict[int, tuple[tuple[str, int], str]]:
    """Columns of a series of persons: of headers that differ by a number alone, where some hold names.

    What stands beside the names in a series of its own is each person's own, too, where its header shares a word with
    theirs, or asks what only a person has.
    """
    series = series_of(columns)
    if not series:
        return {}
    by_index = {match.index: match for match in columns}
    asked = {index: _asked_in_series(by_index[index], rest, layout) for index, (_, rest) in series.items()}
    whole = [index for index, field in asked.items() if field == "name" and are_names(layout.column(index))]
    parts = {field: [index for index in asked if asked[index] == field] for field in ("first_name", "last_name")}
    names = whole or ([*parts["first_name"], *parts["last_name"]] if all(parts.values()) else [])
    if len({series[index][0] for index in names}) < 2:
        return {}
    words = set.intersection(*(set(tokens(series[index][1])) for index in names))
    return {
        index: (("", place), field)
        for index, (place, rest) in series.items()
        if (field := asked[index]) is not None
        and (index in names or field not in _NAMES)
        and (field in PERSONAL or words & set(tokens(rest)))
    }


def _asked_in_series(match: ColumnMatch, rest: str, layout: Layout) -> str | None:
    """What a header of a series asks: by its words without the place, by the column's own match, or by its names."""
    text = " ".join(rest.replace("\0", " ").split())
    field = asked_by_ends(text) or meaning(text).field or match.field
    unknown = field is None and match.sensitive is None and turned(match.header, "name") is None
    return "name" if unknown and are_names(layout.column(match.index)) else field


def asked_by_ends(text: str) -> str | None:
    """The field of the longest end, else the longest beginning, of a header that is known as a header by itself:
    ``edustajan nimi`` asks a name, ``date of birth of the nominee`` a date of birth."""
    words = text.split()
    ends = [words[place:] for place in range(len(words))] + [words[:place] for place in range(len(words) - 1, 0, -1)]
    known = (meaning(" ".join(part), fuzzy=False) for part in ends)
    return next((found.field for found in known if found.reason in ("exact", "weak") and found.field), None)


def names_deputy_second(header: str) -> bool:
    """Whether a header asks for somebody's name and for the deputy's beside it (``Nimi ja varajäsenen nimi``)."""
    text = fold(header)
    deputy = _DEPUTY.search(text)
    if deputy is None or not _AND.search(text[: deputy.start()]):
        return False
    return re.search(rf"\b(?:nim[ie]|namn|name|{_NOUN})", _AND.split(text[: deputy.start()])[0]) is not None


def owner_of(match: ColumnMatch, layout: Layout, numbered: bool) -> tuple[tuple[str, int], str] | None:
    """Whose column a header says it is, and what it asks of that person; ``None`` for the applicant's own."""
    text = fold(_LEADING.sub("", match.header) if numbered else match.header)
    deputy = _DEPUTY.search(text)
    number = _NUMBERED.search(text)
    place = int(number["before"] or number["after"]) if number is not None else 0
    place = place or next((at for at, words in enumerate(_ORDERED, start=1) if words.search(text)), 0)
    if (deputy is None and not place) or names_deputy_second(match.header):
        return None
    rest = _DEPUTY.sub(" ", text)
    for pattern in (_NUMBERED, *_ORDERED):
        rest = pattern.sub(" ", rest)
    rest = " ".join(_LEFT.sub(" ", rest).split())
    asked = (meaning(rest).field or asked_by_ends(normalised(rest))) if rest else None
    # "Jäsen vai varajäsen" asks for a seat, whatever stands under it.
    chooses = match.field == "roles" and _CHOOSES.search(text) is not None
    if (asked is None or asked == "roles") and not chooses and _holds_names(layout, match.index):
        asked = "name"
    return (("deputy" if deputy is not None else "", place), asked) if asked in PERSONAL else None


def _holds_names(layout: Layout, index: int) -> bool:
    return are_names(layout.column(index))


def are_names(column: Sequence[Cell]) -> bool:
    """Whether nearly all cells of a column look like names of people, of one or of several in a cell."""
    cells = [written(cell) for cell in column if not is_empty(cell) and not says_nobody(written(cell))]
    names = [
        cell
        for cell in cells
        if (looks_like_name(cell) and 2 <= len(cell.split()) <= 5 and cell.istitle()) or people_named(cell)
    ]
    return bool(cells) and len(names) >= _MOSTLY * len(cells)
