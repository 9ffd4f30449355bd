"""Whether a person sat at a table in an earlier term."""

from __future__ import annotations

import re

from selection.intake.reader import Cell
from selection.intake.values.choices import is_negated, yes_no, yes_or_no
from selection.intake.values.circumstances import is_of_another
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, written

#: Who applied before, or applies for the first time, has not sat for that.
_APPLIED = re.compile(r"\b(?:hain|haki\w*|ehdokk\w*|ehdol\w*|sökte|kandid\w*|applied|candidate)\b")
_FIRST_TIME = re.compile(
    r"\b(?:uusi|ensimmäi\w*|eka(?:a|n)? ?kerta\w*|ensikerta\w*|ny\b(?! period)|första gång\w*|"
    r"new\b(?! term)|first[- ]tim\w*)"
)
#: Who would like to sit, was a guest, or was put on a list, has not sat.
_WANTED = re.compile(
    r"\bhalua\w*|\bhaluais\w*|\btoivo\w*|\bolisin\b|\bvoisin\b|\bkiinnost\w*|\bvill\b|\bskulle\b|\bhoppas\b|\bintress\w*|"
    r"\bwould\b|\bwant\b|\bhop(?:e|ing)\b|\binterested\b|\bvarasija\w*|\breservplats\w*|\bwaiting list\b"
)
_VISITED = re.compile(
    r"\bviera\w*|\byleisö\w*|\bkuuntel\w*|\bseura(?:n|sin|nnut)\b|\btutustu\w*|\bkuulija\w*|"
    r"\bgäst\w*|\båhör\w*|\blyssna\w*|\bbesök\w*|"
    r"\bguest\w*|\bvisit\w*|\baudience\b|\blisten\w*|\bobserv\w*"
)
_SAT = re.compile(
    r"jäsen|puheenjoht|\bpj\b|medlem|ledamot|ersättar|suppleant|ordförande|member|deputy|pöy[dt]|\bbord|\btable|\bvara"
)
_TERM = re.compile(r"20\d\d|\b(?:olin|olen ollut|toimin|olen toiminut|satt|var med|har varit|served|sat|have been)\b")


def read_served(cell: Cell) -> Reading[tuple[str, ...]]:
    """Whether the person sat at a table in an earlier term; of several clauses one that says so is enough."""
    text = written(cell)
    folded = fold(text)
    if not folded:
        return Reading(None)
    if re.search(r"aluejohtokun|lautakun|toimikun(?!nan varaj)", folded) and not re.search(r"pöy[dt]", folded):
        return yes_no(False).but("served_elsewhere")
    whole = yes_or_no(text)
    clauses = [one.strip() for one in re.split(r"[;\n,.]|\b(?:mutta|vaan|men|utan|but)\b", folded) if one.strip()]
    if len(clauses) <= 1 and whole is not None and not _SAT.search(folded):
        return yes_no(whole)
    sat = denied = unsure = False
    for clause in clauses:
        answer = yes_or_no(clause)
        if answer is None and (is_of_another(clause) or _VISITED.search(clause)):
            continue
        if answer is False or (is_negated(clause) and answer is not True):
            denied = denied or answer is False or _SAT.search(clause) is not None or _TERM.search(clause) is not None
        elif _FIRST_TIME.search(clause):
            denied = True
        elif _APPLIED.search(clause) or (answer is None and _WANTED.search(clause)):
            continue
        elif answer or _SAT.search(clause):
            sat = True
        elif _TERM.search(clause):
            unsure = True
    if sat or (unsure and not denied):
        return yes_no(True)
    if denied and not unsure:
        return yes_no(False)
    if not unsure and _APPLIED.search(folded):
        return yes_no(False)
    return yes_no(None)
