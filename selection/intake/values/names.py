"""Names of people as written, and what in a name cell is no name."""

from __future__ import annotations

import re

from selection.intake.memo import memo
from selection.intake.reader import Cell
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, lexicon, tokens, written

#: A name and after it a year, a date or an age.
_WITH_AGE = re.compile(
    r"(?P<name>[^\d(]*?)[\s,;:/(-]+(?:(?:s|synt|syntynyt|f|född|b|born|ikä|ålder|age)\b[.:]?\s*)?"
    r"(?P<age>(?:\d{1,2}\.\s?\d{1,2}\.\s?)?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|'?\d\d|"
    r"\d{1,3}\s?-?(?:v|vuotta|vuotias|år|years?)\b\.?)\s*\)?",
    re.IGNORECASE,
)
LONGEST = 100


def name_and_age(text: str) -> tuple[str, str] | None:
    """``("Maija Virtanen", "1975")`` of a cell that holds both; ``None`` for any other."""
    if len(text) > LONGEST or not re.search(r"\d", text):
        return None
    match = _WITH_AGE.fullmatch(text)
    name = match["name"].strip(" ,;:-") if match is not None else ""
    return (name, match["age"]) if match is not None and re.search(r"[^\W\d_]", name) else None


#: A second person in brackets: ``Aino Koskela (vara: Eero Laine)``.
_DEPUTY_BESIDE = re.compile(
    r"[(\[,]\s*(?:vara\w*|henkilökohtai\w*[^)\]:]*|ersättare|suppleant|deputy|substitute|alternate)\s*[:.–-]?\s*"
    r"[A-ZÅÄÖ]\w+(?:[ -][A-ZÅÄÖ]\w+)+"
)
#: What only organisations are called.
_ORGANISATION = re.compile(
    r"\b(?:ry|rf|r\.y\.|oyj?|ab|tmi|osk|sr|inc|ltd|llc)\b\.?|(?:yhdistys|yhdistyksen|järjestö|liitto|säätiö|seurakunta|osuuskunta|"
    r"toimikunta|kerho|koulu|lukio|opisto|förening|förbund|stiftelse|församling|association|society|foundation|committee)\b",
    re.IGNORECASE,
)


def is_organisation(text: str) -> bool:
    """Whether what stands for a name is called as only organisations are (``Launeen omakotiyhdistys ry``)."""
    return _ORGANISATION.search(text) is not None


#: Words for what was taken out of a file, and words that may stand beside them.
_WITHHELD = re.compile(
    r"anony[mn]\w*|nimetön|nimettömä\w*|redact\w*|poiste\w*|poistet\w*|salat\w*|salain\w*|peitet\w*|suojat\w*|luottamuksel\w*|"
    r"piilotet\w*|turvakiel\w*|tieto|"
    r"borttag\w*|raderad\w*|maskera\w*|dol[dt]\w*|sekretess\w*|skydda\w*|"
    r"remov\w*|delet\w*|withheld|hidden|mask(?:ed)?|confidential|undisclosed|suppressed|unknown|tuntematon|okänd"
)
_OF_NAMES = re.compile(
    r"nim[ie]\w*|etunim\w*|sukunim\w*|hakija\w*|henkilö\w*|namn\w*|person\w*|sökande\w*|name\w*|applicant\w*|respondent\w*|"
    r"on|är|is|ei|the|first|last|full|och|and|ja|by|data|protection|tietosuoja\w*|given|kerrottu|julkinen|public"
)


def is_withheld(name: str) -> bool:
    """Whether a name cell holds no name: no letter at all, one letter again and again, or words for what was taken out
    (``[redacted]``, ``nimi poistettu``)."""
    if fold(name) in ("n/a", "n.a.", "n.n.", "n/n"):
        return True
    words = tokens(name)
    letters = [letter for word in words for letter in word if letter.isalpha()]
    if not letters or (len(letters) > 1 and len(words) == 1 and set(letters) <= {"x", "z"}):
        return not any(map(str.isdigit, name))
    return any(map(_WITHHELD.fullmatch, words)) and all(
        _WITHHELD.fullmatch(word) or _OF_NAMES.fullmatch(word) for word in words
    )


@memo(maxsize=20_000)
def _read(text: str) -> Reading[str]:
    name = " ".join(re.sub(r"\([^()]*\)", " ", text).split()).strip(" ;")
    if is_withheld(name):
        return Reading(None)
    reading = Reading(name)
    if re.match(r"'?[=+@＝＋＠]", name) or (name.startswith("-") and len(name) > 1):
        return reading.but("name_like_formula", name.lstrip("'=+@-＝＋＠ ") or None)
    if re.search(r"\d|@|https?:", name) or len(name) > LONGEST:
        return reading.but("name_unusual")
    if is_organisation(name):
        return reading.but("name_organisation")
    if re.search(r"\s(?:ja|sekä|och|and|tai|eller|or|&|\+)\s|\S\s*[/;|\n]\s*\S", name) or _DEPUTY_BESIDE.search(text):
        return reading.but("name_several")
    letters = [letter for letter in name if letter.isalpha()]
    if len(letters) > 3 and (all(map(str.isupper, letters)) or all(map(str.islower, letters))):
        return reading.but("name_case", _cased(name))
    return reading


def read_name(cell: Cell) -> Reading[str]:
    """A name with its letters as written, one space between its parts."""
    return _read(written(cell))


def _cased(name: str) -> str:
    small = {"von", "af", "de", "van", "der", "al", "bin", "la", "le", "du"}
    words = name.lower().split(" ")
    return " ".join(
        word if word in small and place else re.sub(r"(?<![^\W_])[^\W\d_]", lambda match: match.group().upper(), word)
        for place, word in enumerate(words)
    )


def is_certain_test(name: str) -> bool:
    """Whether every part of a name is a test word (``testi testi``, ``asdf``)."""
    words = tokens(name)
    return bool(words) and all(re.sub(r"\d+$", "", word) in lexicon("values")["test_words"] for word in words)


def is_likely_test(name: str) -> bool:
    """Whether a name is a well-known made-up one, or has a test word in it."""
    words = tokens(name)
    known = {tuple(sorted(tokens(one))) for one in lexicon("values")["test_names"]}
    return tuple(sorted(words)) in known or any(
        word in ("testi", "test", "asdf", "qwerty", "testaaja") for word in words
    )


def is_total(text: str) -> bool:
    """Whether a cell is the label of a totals row (``Yhteensä 163``)."""
    return len(text) < 100 and re.sub(r"[\s\d:.,=]+$", "", fold(text)) in lexicon("values")["totals"]


def looks_like_name(text: str) -> bool:
    """Whether a text could be a person's name and is not a sentence or a note."""
    words = text.split()
    return (
        1 <= len(words) <= 6
        and len(text) <= 60
        and not re.search(r"[\d:!?;@*\"/]|\.\s|\.$", text)
        and any(word[:1].isupper() for word in words)
    )
