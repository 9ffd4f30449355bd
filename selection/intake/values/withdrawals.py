"""What a cell, a note on it or a mark says of an application that was taken back."""

from __future__ import annotations

import re

from selection.intake.memo import memo
from selection.intake.wording import fold, lexicon

#: A denial of what was taken back; "no longer" is none.
_DENIED = re.compile(
    r"\b(?:en|ei|inte|ej|not|never)\b(?! (?:enää|voi|halua|pääse|ole (?:enää|käytettävissä)|längre|any))"
)
#: What was taken back, in a longer remark.
_WHAT = re.compile(r"hakemu|\bhaku|\bhaus|ehdokkuu|ehdolla|hakija|ansök|kandidat|ansøk|applica|candida|nominat")
#: A remark of so many letters says nothing else.
_SHORT = 40
#: Why an application may not stand for other reasons.
_DOUBT = re.compile(
    r"\bkuol|\bmenehty|\bhylät|\bhylkä|kelpoi|kelpaa|\bmuutt?anut\b|\bmuutti\b|avlid|avslag|avslå|inte behörig|flytta|"
    r"reject|ineligib|not eligible|deceas|\bdied\b|moved away|dismiss"
)


@memo(maxsize=20_000)
def is_withdrawn(text: str) -> bool:
    """Whether a status, a remark or a note says that the application was taken back."""
    folded = fold(text)
    stems = tuple(lexicon("values")["withdrawn"])
    places = [folded.find(stem) for stem in stems]
    if all(place < 0 for place in places) or _DENIED.search(folded):
        return False
    starts = any(re.search(rf"(?<!\w){re.escape(stem)}", folded) for stem in stems)
    return starts and (len(folded) <= _SHORT or folded.startswith(stems) or _WHAT.search(folded) is not None)


def is_doubtful(text: str) -> bool:
    """Whether a status gives another reason why somebody may not stand: death, a move, a refusal."""
    return len(text) <= _SHORT and _DOUBT.search(fold(text)) is not None


#: What may part a name from what is said beside it.
_PARTED = re.compile(r"[(\[,;:\n–—-]")


@memo(maxsize=20_000)
def said_beside(text: str) -> str:
    """What stands beside a name or another short answer: in brackets, or after a dash, a comma or a line's end."""
    if not _PARTED.search(text):
        return ""
    brackets = re.findall(r"[(\[]([^()\[\]]*)[)\]]", text)
    parts = re.split(r"\s[-–—]\s|[-–—]\s*(?=[A-ZÅÄÖ]{4,})|[,;:\n]", re.sub(r"[(\[][^()\[\]]*[)\]]", " ", text))
    return "; ".join(one.strip() for one in (*brackets, *parts[1:]) if one.strip())


def without_withdrawal(text: str) -> str:
    """A name without what is said beside it of an application taken back."""
    if not is_withdrawn(said_beside(text)):
        return text
    bare = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", text)
    parts = [one for one in re.split(r"\s[-–—]\s|[-–—]\s*(?=[A-ZÅÄÖ]{4,})|[,;:\n]", bare) if not is_withdrawn(one)]
    return " ".join(" ".join(parts).split())
