"""Several names: the people whom one cell names, the second of them perhaps as the deputy of the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selection.intake.memo import memo
from selection.intake.values.names import is_organisation
from selection.intake.wording import fold


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """One of the people whom a cell names.

    Attributes
    ----------
    text
        What the cell says of this person: the name, and what stands beside it, such as a year of birth.
    seat
        ``member`` or ``deputy`` where the cell says it, else ``None``.
    """

    text: str
    seat: str | None = None


#: Longest cell that is looked at, in letters.
LONGEST = 200
#: Words that say which seat a name is proposed for.
_DEPUTY = (
    r"(?:henkilökohtai\w+\s+|oma\s+|personlig\w*\s+|personal\s+|own\s+)?"
    r"(?:vara(?:lla|lle|jäsen\w*|henkilö\w*|edustaja\w*|ehdokas\w*|ehdokkaa\w*)|vara(?=\s*(?:[:.–—-]|$))|(?-i:vara)|v\.?\s?j(?:äsen)?\.?|(?:er|ar)sättare\w*|suppleant\w*|"
    r"deputy(?:\s+member)?|substitute(?:\s+member)?|alternate(?:\s+member)?|stand-?in|reserve(?:\s+member)?|reserv)"
)
_MEMBER = (
    r"(?:varsinai(?:nen|sena|seksi)(?:\s+jäsen\w*)?|jäsen(?:ehdokas|eksi|enä)?|ordinarie(?:\s+(?:ledamot|medlem))?|"
    r"ledamot|medlem|(?:full\s+|proper\s+)?member)"
)
#: A seat before the name it is said of (``vara: Eero Lahti``), and one that stands alone, after it.
_SEAT_BEFORE = re.compile(
    rf"^\s*(?:(?P<deputy>{_DEPUTY})|(?P<member>{_MEMBER}))\b\.?\s*[:.–—-]?\s+(?=\S)", re.IGNORECASE
)
_SEAT_ALONE = re.compile(rf"^\s*(?:(?P<deputy>{_DEPUTY})|(?P<member>{_MEMBER}))\s*\.?\s*$", re.IGNORECASE)
#: A name of the same person: of birth, of before, of every day.
_SAME_PERSON = re.compile(
    r"^\s*(?:o\.?\s?s\.?|omaa sukua|ent\.?|entinen|aik\.?|aiemmin|aikaisemmin|e\.|f\.?|f\.\s?d\.?|född|tidigare|"
    r"n[ée]e|born|formerly|maiden|alias|eli|aka|a\.k\.a\.?|kutsumanim\w*|tunnet\w*|tilltals\w*|known as|kallad|called|"
    r"s\.|synt\.?)\s*[:.]?\s",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
#: What stands between two names for certain, and what may also stand between a last and a first name.
_BETWEEN = re.compile(
    r"\s*[;|\n&+]\s*|\s*/\s*|\s+[–—-]\s+(?=[^\W\d_]+\W+[^\W\d_])|"
    r"\s+(?:ja|sekä|ynnä|och|samt|and|plus|tai|eller|or)\s+",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*,\s*")
_ONE_WORD_APART = re.compile(r"/")
#: A quick look, before anything is taken apart.
_MAYBE = re.compile(
    r"[/&+;|\n,(\[]|\s(?:ja|sekä|ynnä|och|samt|and|plus|tai|eller|or)\s|\s[–—-]\s|\bvara|ersätt|suppleant|deputy|"
    r"substitute|alternate",
    re.IGNORECASE,
)
#: Words that may begin with a small letter in a name.
_PARTICLE = frozenset(
    ("von", "af", "de", "van", "der", "den", "al", "bin", "ibn", "la", "le", "du", "di", "da", "el", "zu")
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*\.?")
_AFTER_NAME = re.compile(
    r"[\s,:(-]*(?:\b(?:s|synt|syntynyt|f|född|b|born|ikä|ålder|age)\b[.:]?\s*)?\d[\d.\s/-]*(?:v|år|y)?\.?\)?\s*$",
    re.IGNORECASE,
)
#: Fewest and most words of one person's name.
MOST_WORDS = 5


@memo(maxsize=20_000)
def people_named(text: str, commas: bool = True) -> tuple[NamedPerson, ...]:
    """The people whom a cell of names names, at least two; empty where it is one person's, or not certain.

    A second last name, a name of birth or of before (``os. Virtanen``), a nickname in brackets and an organisation are
    nobody else.

    Parameters
    ----------
    commas
        Whether a comma may stand between people; in a column of ``Last, First`` it does not.
    """
    if len(text) > LONGEST or not _MAYBE.search(text):
        return ()
    outside, inside = _without_brackets(text)
    pieces = [piece for piece in _BETWEEN.split(outside) if piece.strip(" ,")]
    slashed = _ONE_WORD_APART.search(outside) is not None
    pieces = [part for piece in pieces for part in (_by_comma(piece) if commas else _by_seat(piece))]
    people: list[NamedPerson] = []
    for piece in pieces:
        if _SAME_PERSON.match(piece):
            continue
        alone = _SEAT_ALONE.match(piece)
        if alone is not None and people:
            people[-1] = replace(people[-1], seat="deputy" if alone["deputy"] else "member")
            continue
        for place, bracket in list(inside.items()):
            if f"\0{place}\0" in piece:
                piece = piece.replace(f"\0{place}\0", " ")
                seat = _SEAT_ALONE.match(bracket)
                person = _person(piece, None)
                if person is None:
                    return ()
                people.append(replace(person, seat=_seat(seat)) if seat is not None else person)
                people += _deputies(bracket)
                break
        else:
            person = _person(piece, None)
            if person is None:
                return ()
            people.append(person)
    return _of_one_family(people, slashed) if len(people) > 1 else ()


def _without_brackets(text: str) -> tuple[str, dict[int, str]]:
    """A text with a mark in place of each bracket that says something of a seat, or of a year; others are left out."""
    inside: dict[int, str] = {}

    def mark(match: re.Match[str]) -> str:
        said = match[1]
        if re.search(r"\d", said) and not re.search(r"[^\W\d_]{3}", said):
            return f" {said} "
        if _SEAT_ALONE.match(said) or _deputies(said):
            inside[len(inside)] = said
            return f" \0{len(inside) - 1}\0 "
        return " "

    return _BRACKET.sub(mark, text), inside


def _deputies(bracket: str) -> list[NamedPerson]:
    """The deputies whom a bracket names (``vara: Eero Lahti``)."""
    seat = _SEAT_BEFORE.match(bracket)
    if seat is None or not seat["deputy"]:
        return []
    found = [
        _person(piece, "deputy") for piece in re.split(rf"{_BETWEEN.pattern}|\s*,\s*", bracket[seat.end() :]) if piece
    ]
    return [one for one in found if one is not None] if all(found) else []


def _by_comma(piece: str) -> list[str]:
    """Parts between commas, where each holds a first and a last name, or says who the one before is."""
    parts = [part for part in _COMMA.split(piece) if part]
    names = [part for part in parts if not _SAME_PERSON.match(part) and not _SEAT_ALONE.match(part)]
    whole = all(len(_words(_SEAT_BEFORE.sub("", part))) > 1 for part in names)
    particles = any(
        part.split()[0].casefold() in _PARTICLE and not part[:1].isupper() for part in names if part.split()
    )
    if len(parts) > 1 and whole and not particles:
        return parts
    return _by_seat(piece)


def _by_seat(piece: str) -> list[str]:
    """Parts of a piece in which a comma, or nothing, stands before the seat of a second person."""
    parts = [part for part in re.split(rf",?\s+(?={_DEPUTY}\b\.?\s*[:–—-]?\s+[A-ZÅÄÖ])", piece) if part.strip(" ,")]
    return parts or [piece]


def _person(piece: str, seat: str | None) -> NamedPerson | None:
    """The person of a piece; ``None`` where it holds no name, or more than one."""
    said = _SEAT_BEFORE.match(piece)
    if said is not None and _words(piece[said.end() :]):
        piece, seat = piece[said.end() :], _seat(said)
    piece = re.sub(r"\s+(?:with|med)$", "", re.sub(r"\0\d+\0", " ", piece).strip(" ,;:"))
    words = _words(piece)
    if not words or len(words) > MOST_WORDS or is_organisation(piece):
        return None
    rest = _WORD.sub(" ", _AFTER_NAME.sub("", piece))
    if re.search(r"[^\s,.'’-]", rest):
        return None
    capital = [word for word in words if word[:1].isupper()]
    lower = [word for word in words if not word[:1].isupper() and word.casefold() not in _PARTICLE]
    if (capital and lower) or (not capital and len(words) == 1) or max(map(len, words)) < 3:
        return None  # a sentence, a note, or letters
    return NamedPerson(" ".join(piece.split()), seat)


def _words(piece: str) -> list[str]:
    """The words of a name, without what stands after it of age."""
    return _WORD.findall(_AFTER_NAME.sub("", piece))


def _seat(match: re.Match[str]) -> str:
    return "deputy" if match["deputy"] else "member"


def _of_one_family(people: Sequence[NamedPerson], slashed: bool) -> tuple[NamedPerson, ...]:
    """The people with the last name that they share; none where one word beside a slash may be a second last name."""
    counts = [len(_words(one.text)) for one in people]
    if 1 in counts and slashed:
        return ()
    if len({fold(one.text) for one in people}) < len(people):
        return ()
    if counts[-1] > 1 and set(counts[:-1]) == {1}:  # Anna ja Kalle Mäki
        last = " ".join(_words(people[-1].text)[1:])
        return (*(replace(one, text=f"{one.text} {last}") for one in people[:-1]), people[-1])
    return tuple(people)
