"""Answers in place of an organisation: oneself, nobody, a reference to another answer, a ditto mark.

They are told by what their words are, not by whole answers: an answer all of whose words are of oneself, of living
somewhere, of a no, or small words, names no organisation, however it is put together.
"""

from __future__ import annotations

import re
from typing import Literal

from selection.intake.memo import memo
from selection.intake.wording import fold

#: Words of oneself, and of a person who is nothing but a resident.
_SELF = re.compile(
    r"itse\w*|omat?|oman\w*|omaa|omasta|minä|minua|minun|minut|mä|perhee\w+|"
    r"mig|mej|jag|själv|egen|eget|egna|min|mitt|"
    r"me|myself|self(?:-\w+)?|my|own|i|"
    r"asuk(?:as|ka\w*)|(?:kunta|kansa|kaupunki|rivikansa|lahte|kylä)l[aä]i(?:nen|sen\w*|se[et]|sia|siä|seksi)|tavis|"
    r"invånar\w*|(?:stads|kommun|med)?borgare\w*|kommuninvånar\w*|boende|"
    r"residents?|citizens?|inhabitants?|individuals?|personal|"
    r"yksityi\w+|yksin\w*|privat\w*|private\w*"
)
#: Words of a no.
_NONE = re.compile(
    r"ei|en|eikä|ketään|keneenkään|kenenkään|kukaan|mitään|mikään|minkään|mihinkään|"
    r"nej|inte|ej|ingen\w*|inget|inga|ingenting|icke|"
    r"no|not|none|nothing|nobody|nil|null|na|any(?:one|body|thing)?"
)
#: Small words that may stand beside them.
_SMALL = re.compile(
    r"edusta\w*|pelk(?:kä|ästään)|rivi|ihmi\w+|veronmaksaja|olen|ole|oo|vain|vaan|ihan|tavalli\w+|kuin|ja|tai|puolesta\w*|toimin\w*|toimi|hen?kilö\w*|kuulu|koske|"
    r"nimissä\w*|sovellu|mukana|jäsen\w*|tällä|hetkellä|"
    r"är|som|ett|för|bara|endast|enbart|vanlig\w*|representer\w*|företräd\w*|person\w*|räkning|tillhör\w*|"
    r"am|im|plain|local|taxpayer|a|an|as|the|just|only|ordinary|normal|regular|represent\w*|for|of|on|in|behalf|one|body|party|applicable|capacity|city|town|"
    r"kunnan|kaupungin|kommunens|stadens|aktuellt|gäller|alls"
)
#: Words for organisations in general: small beside a no, else they may be a name.
_ORGANISATIONS = re.compile(
    r"\w*(?:yhdisty|yhteisö|järjestö|organisaatio)\w*|taho\w*|förening\w*|organi[sz]ation\w*|association\w*|seura\w*"
)
#: Words and stems that only an organisation's name has.
_ORGANISATION = re.compile(
    r"yhdisty|järjestö|\bseura|seura\b|kerho|klubi|liitto|\bliiton\b|toimikun|neuvosto|säätiö|osuuskun|koulu|lukio|opisto|"
    r"seurakun|yrity|yhtiö|\b(?:ry|rf|oy|ab|oyj|tmi|sr|rs)\b|"
    r"förening|förbund|klubb|sällskap|stiftelse|församling|skola|gille|"
    r"association|society|club|union|council|foundation|school|parish|company|church|\bltd\b|\binc\b"
)
#: Words for standing for somebody: denied, they say that there is no organisation.
_STANDS_FOR = re.compile(r"\b(?:edust|representer|represent|företräd|kuulu\b|tillhör|belong)")
_ONESELF = re.compile(r"\b(?:itseä\w*|myself|mig själv)\b")
#: What points to another answer in place of one.
_REFERENCE = re.compile(
    r"^(?:ks|kts|katso|see|jfr|vrt|cf)\b(?!\s*$)|^(?:sama[nt]?|samma|same|idem|samat)\b|"
    r"\b(?:yllä\w*|edelli\w+|edellä|ylempänä|liit(?:e|teessä|teenä)|ovan\w*|föregående|bilag[ao]\w*|"
    r"above|previous\w*|attach\w*|preceding)\b"
)
_DITTO_WORD = re.compile(r"(?:dito|ditto|idem|do|id)\W*")
_DITTO_MARK = re.compile(r"[\s.,\-–—_]*(?:[\"”“„″〃»«]|''|’’|,,|´´)[\s.,\-–—_]*")


def is_ditto(text: str) -> bool:
    """Whether an answer is a mark that repeats the one above: ``"``, ``-”-``, ``〃``, ``dito``."""
    return len(text) < 12 and (_DITTO_MARK.fullmatch(text) or _DITTO_WORD.fullmatch(fold(text))) is not None


@memo(maxsize=20_000)
def placeholder(text: str) -> Literal["none", "unclear"] | None:
    """What stands in place of an organisation: ``none`` where the answer says that there is none, ``unclear`` where it
    points elsewhere or says more than that; ``None`` for a name."""
    folded = re.sub(r"\b(?:n/a|n\.a\.|ei/en)", "na", fold(text))
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", folded)
    if not words:
        return None
    if is_ditto(text):
        return "unclear"
    named = _ORGANISATION.search(folded) is not None
    plain = [word for word in words if _SELF.fullmatch(word) or _NONE.fullmatch(word)]
    denied = any(map(_NONE.fullmatch, words))
    others = [word for word in words if word not in plain and not _SMALL.fullmatch(word)]
    if plain and all(_ORGANISATIONS.fullmatch(word) for word in others):
        return "none" if denied or not others else "unclear"
    if _REFERENCE.search(folded) and len(words) <= 6 and not re.search(r"\b(?:ry|rf|oy|ab)\b", folded):
        return "unclear"
    if named:
        return "unclear" if _ONESELF.search(folded) else None
    if denied:
        names = re.search(r"(?<=\s)[^\W\d_a-zåäö]", text) is not None
        return "none" if _STANDS_FOR.search(folded) and not names else "unclear"
    begins = _SELF.fullmatch(words[0]) or (_SMALL.fullmatch(words[0]) and plain)
    return "unclear" if begins and any(map(_SELF.fullmatch, words)) else None


#: Words of a place left open, in one of names.
_OPEN = re.compile(
    r"avoin|avoinna|auki|puuttuu|tyhjä|myöhemmin|ilmoitetaan|nimetään|valitaan|vakant|öppen|senare|saknas|tom|meddelas|utses|"
    r"vacant|open|missing|later|tba|tbd|tbc|pending|x|xx|xxx|na"
)


@memo(maxsize=20_000)
def says_nobody(text: str) -> bool:
    """Whether an answer in place of a name, or beside it, says that there is nobody: a dash, a no, left open."""
    folded = re.sub(r"\b(?:n/a|n\.a\.)", "na", fold(text))
    words = re.findall(r"[^\W_]+", folded)
    if not words:
        return True
    if any(word[:1].isupper() for word in text.split()[1:]):
        return False
    return _NONE.fullmatch(words[0]) is not None or all(map(_OPEN.fullmatch, words))


def is_common_word(text: str) -> bool:
    """Whether an answer is a single word that nothing marks as a name: no capitals throughout, no digit, no word that
    only organisations have (``Eläkeläinen``, ``puuttuu``)."""
    word = text.strip(" .!?")
    return word.isalpha() and not word.isupper() and _ORGANISATION.search(fold(word)) is None
