"""What a cell, a note on it or a mark says of an application that was taken back."""

from __future__ import annotations

import re
from functools import lru_cache

from selection.intake.memo import memo
from selection.intake.wording import fold, lexicon

#: A denial of what was taken back; "no longer" is none.
_DENIED = re.compile(
    r"\b(?:en|ei|inte|ej|not|never)\b(?! (?:enää|voi|halua|pääse|ole (?:enää|käytettävissä)|längre|any))"
)
#: That somebody is there no more, and what for; no more somewhere else is another matter.
_NO_MORE = re.compile(
    r"\b(?:ei|en|ettei|eivät|etten)\b[^.;]{0,25}\benää\b|\binte längre\b|\bno longer\b|\bnot\b[^.;]{0,25}\bany ?more\b"
)
_STANDS = re.compile(
    r"käytettäv|muka(?:na|an)|kiinnost|hakija|\bhae\b|haluk|halua|pysty|\bvoi\b|ehdi|ehdolla|jaksa|pääse|\baio\b|enää\s*$|"
    r"tillgäng|intress|aktuell|\bvill\b|\bkan\b|\bmed\b|kandid|söker|längre\s*$|"
    r"availab|interest|applying|\bwant|\bwish|\bable|\bcan\b|candida|standing|longer\s*$|more\s*$"
)
#: Leaving, in words of two parts.
_LEFT = re.compile(
    r"\b(?:jäi|jää|jäänyt|jäävät|jättäytyi|jättäytynyt|vedetty|veti|vetänyt|astui|lähti) pois\b|"
    r"\bdro?g?a?r? sig (?:ur|tillbaka)\b|\bdrar (?:härmed )?(?:tillbaka|ur)\b|"
    r"\bdragit sig\b|\bhoppa(?:t|de|r) av\b|\bavs(?:agt|äger|tår|tod|tått)\b|"
    r"\b(?:dropped|backed|pulled|opted|bowed) out\b|\bstep(?:s|ped) (?:down|aside)\b"
)
#: What was taken back, in a longer remark.
_WHAT = re.compile(r"hakemu|\bhaku|\bhaus|ehdokkuu|ehdolla|hakija|ansök|kandidat|ansøk|applica|candida|nominat")
#: What leaves open whether the application at hand was taken back: another one, something else, perhaps.
_UNSURE = re.compile(
    r"\b(?:saatta\w*|perumi\w*|ehkä|mahdollis\w*|harkit\w*|miett\w*|aiko\w*|jos|mikäli|mutta|kuitenkin|sittenkin|uudelleen|uusi|uuden|"
    r"voimassa|jatka\w*|toise\w*|ensimmäise\w*|aiemma\w*|edellise\w*|lautaku\w*|kokou\w*|tapaami\w*|tilaisu\w*|"
    r"kanske|eventuellt|överväg\w*|om|men|ändå|igen|nya?|andra|första|tidigare|möte\w*|nämnd\w*|"
    r"(?<!\d )may(?! \d)|might|perhaps|maybe|consider\w*|if|but|still|again|new|"
    r"second|first|previous|earlier|meeting\w*|other)\b"
)
#: What a header may say beside the word of taking back.
_ASKED_OF = re.compile(
    r"\0\w{0,5}(?:päivä\w*|pvm|datum|dag)?(?!\w)|\b(?:hakemu\w*|ehdokkuu\w*|ansök\w*|application|candidacy|by|on|har|has|"
    r"is|är|pvm|päivä\w*|datum|date|applicant|hakija|the|their|sin|oma\w*)\b"
)
#: A remark of so many letters says nothing else.
_SHORT = 40
#: The longest remark that is looked at for doubt.
_LONG = 300
#: Why an application may not stand for other reasons.
_DOUBT = re.compile(
    r"\bkuol|\bmenehty|\bedesmen|\bpoisnuk|\bpois nukku|\bvainaja|bortgång|\bgått bort\b|\bpassed away\b|"
    r"\bhylät|\bhylkä|kelpoi|kelpaa|\bmuutt?anut\b|\bmuutti\b|avlid|avslag|avslå|inte behörig|flytta|"
    r"reject|ineligib|not eligible|deceas|\bdied\b|moved away|dismiss"
)


@lru_cache(maxsize=1)
def _stems() -> re.Pattern[str]:
    """A pattern of the beginnings of words of taking back."""
    return re.compile("|".join(rf"(?<!\w){re.escape(stem)}" for stem in lexicon("values")["withdrawn"]))


@memo(maxsize=20_000)
def _taken_back(text: str) -> bool | None:
    """Whether a remark says that the application was taken back; ``None`` where it speaks of it and is not certain."""
    folded = fold(text)
    no_more = _NO_MORE.search(folded)
    stands = no_more is not None and _STANDS.search(folded) is not None
    words = [match for match in _stems().finditer(folded) if not match.group().startswith(("no longer", "inte längre"))]
    if not (words or stands or _LEFT.search(folded)):
        return None if no_more is not None and len(folded) <= _SHORT else False
    denied = _DENIED.search(folded) is not None and not stands
    if denied or _UNSURE.search(folded) or len(words) > 1:
        return None
    first = words[0].start() if words else 0
    return True if first == 0 or len(folded) <= _SHORT or _WHAT.search(folded) else None


def is_withdrawn(text: str) -> bool:
    """Whether a status, a remark or a note says that the application was taken back."""
    return _taken_back(text) is True


def is_doubtful(text: str) -> bool:
    """Whether a status or a remark gives another reason why somebody may not stand (death, a move, a refusal), or
    speaks of taking back without saying so of this application for certain."""
    if len(text) <= _SHORT and _DOUBT.search(fold(text)) is not None:
        return True
    return len(text) <= _LONG and _taken_back(text) is None


def is_header_of_withdrawal(header: str) -> bool:
    """Whether a column's header asks whether the application was taken back, so that a tick or a date says so."""
    left = _ASKED_OF.sub(" ", _stems().sub("\0", fold(header)))
    return len(header) <= _SHORT and is_withdrawn(header) and re.search(r"[^\W\d_]{2,}", left) is None


#: What may part a name from what is said beside it.
_PARTED = re.compile(r"[(\[,;:\n–—/*-]")
_APART = re.compile(r"\s[-–—]\s|[-–—]\s*(?=[A-ZÅÄÖ]{4,})|[,;:\n/*]")
#: Forms that no name has, wherever they stand beside one.
_PLAIN = re.compile(
    r"(?<!\w)(?:perut(?:tu|ut)|perunut|perui|peruut(?:ettu|ti|tanut)|vetäyty(?:i|nyt)|luopunut|luopui|återta(?:git|gen|get)|"
    r"återtog|withdr(?:awn|ew)|cancell?ed)(?!\w)",
    re.IGNORECASE,
)


@memo(maxsize=20_000)
def said_beside(text: str) -> str:
    """What stands beside a name or another short answer: in brackets, or after a dash, a comma or a line's end."""
    brackets = re.findall(r"[(\[]([^()\[\]]*)[)\]]", text) if _PARTED.search(text) else []
    first, *parts = _APART.split(re.sub(r"[(\[][^()\[\]]*[)\]]", " ", text)) if _PARTED.search(text) else [text]
    plain = _PLAIN.search(first)
    return "; ".join(one.strip() for one in (*brackets, *parts, plain.group() if plain else "") if one.strip())


def without_withdrawal(text: str) -> str:
    """A name without what is said beside it of an application taken back."""
    if not is_withdrawn(said_beside(text)):
        return text
    bare = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", text)
    first, *others = _APART.split(bare)
    parts = [_PLAIN.sub(" ", first), *(one for one in others if not is_withdrawn(one))]
    return " ".join(" ".join(parts).split())
