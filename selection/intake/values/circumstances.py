"""Circumstances of what an answer names: another person's, of an earlier or a later time, or only perhaps so.

Every function takes a folded clause (:func:`selection.intake.wording.fold`) in Finnish, Swedish or English. What one of
them finds is never the applicant's own present state.
"""

from __future__ import annotations

import re

#: Kin, household and acquaintances: with the ending or the word of a first person, or as the subject of the clause.
_KIN = (
    r"puoliso|avopuoliso|aviopuoliso|vaimo|avovaimo|mies|mieh|aviomies|avomies|isä|äiti|isovanhem|isoisä|isoäiti|mummo|ukki|"
    r"vaari|pappa|veli|velje|sisar|sisko|poika|poja|tytär|tyttär|lapse|appi|appiukko|anoppi|serkku|serku|setä|sedä|"
    r"eno|täti|kumppani|naapuri|kaveri|ystävä|tuttava|sukulai|perheenjäse|vanhem"
)
_KIN_SWEDISH = (
    r"man|fru|hustru|make|maka|mor|mamma|far|pappa|bror|syster|son|dotter|barn|sambo|granne|vän|kusin|svärfar|svärmor|"
    r"partner|mormor|morfar|farmor|farfar"
)
_KIN_ENGLISH = (
    r"wife|husband|spouse|partner|mother|mom|mum|father|dad|brother|sister|son|daughter|child|children|neighbou?r|"
    r"friend|cousin|uncle|aunt|grand\w+|\w+-in-law|family"
)
_ANOTHER_PERSON = re.compile(
    rf"\b(?:{_KIN})\w*(?:ni|mme|llani|lläni|nsa|nsä)\b|"
    rf"^\W*(?:{_KIN})\w{{0,4}}\s+(?:on|oli|ovat|istuu|istui|toimii|toimi|kuuluu)\b|"
    r"\b(?:vaimo|puoliso|avopuoliso|aviomies|avovaimo|naapuri|appiukko|anoppi|isä|äiti|veli|sisko|sisar|serkku)\b|"
    rf"\b(?:min|mitt|mina|vår|vårt|våra|hans|hennes)\s+(?:{_KIN_SWEDISH})(?:s|en|et)?\b|"
    rf"\b(?:my|our|his|her)\s+(?:\w+\s+)?(?:{_KIN_ENGLISH})(?:'s)?\b"
)
_EARLIER = re.compile(
    r"\bent(?:inen|isen|istä|isenä|iset|\.)(?!\w)|\b(?:ex|eks)\b|\baiem(?:pi|min|mat)\b|\baikaisem\w*|\bedelli\w*|"
    r"\b(?:olin|oli|olimme|ollut|olleet|istuin|istunut|kuuluin|luovu\w*|erosin|eronnut|jäin|jättäydyin|lopetin|kävin)\b|"
    r"\bviime (?:kau|vuo|vaali)\w*|\bviimeksi\b|\bennen\b(?! kaikkea)|\baikoinaan\b|\baikanaan\b|\bmenneel\w*|"
    r"\w+luvu(?:lla|illa|n|lta)\b|\b\d0-?luvu\w*|"
    r"\btidigare\b|\bföre detta\b|(?<!\w)f\.? ?d\.?(?!\w)|\bvar\b(?! med i dag)|\bsatt\b|\bsuttit\b|\bförra\b|\bförr\b|"
    r"\bföregående\b|\bslutade\b|\bavgick\b|\bavgått\b|\d0-tal\w*|"
    r"\bformer(?:ly)?\b|\bused to\b|\b(?:was|were|served|sat|had been)\b|\bretired (?:councill|member|politic)\w*|"
    r"\bprevious(?:ly)?\b|\bearlier\b|\bpast\b|\bresigned\b|\bstepped down\b|\bback in\b|\d0'?s\b"
)
_STILL = re.compile(
    r"\bnyky\w*|\bnyt\b|\bedelleen\b|\byhä\b|\b(?:alkaen|lähtien|saakka nyt)\b|\bvuodesta\b|"
    r"\bnuvarande\b|\bfortfarande\b|"
    r"\bsedan (?:år )?(?:19|20)\d\d|\bcurrent\w*|\bstill\b|\bsince\b|\bat present\b|\bnow\b|\bkahdetta|\bkolmatta|"
    r"\btoista kautta"
)
_LATER = re.compile(
    r"\b(?:kohta|pian|tulevaisuu\w*|tuleva\w*|myöhemmin|jään|jäämässä|siirryn|aloitan|alan|aion|aiko\w*|"
    r"ensi (?:vuo|syk|kevä|kesä|syys)\w*)\b|"
    r"\b(?:snart|nästa (?:år|höst|vår|vecka)|framtid\w*|blir|ska|kommer att|blivande|börjar|går i)\b|"
    r"\b(?:soon|next (?:year|autumn|spring|summer|month)|will|going to|about to|to be(?:come)?|"
    r"in the future|upcoming)\b"
)
_PERHAPS = re.compile(
    r"\b(?:ehkä|kenties|mahdollisesti|kaiketi|kai|luultavasti|kanske|eventuellt|möjligen|troligen|maybe|perhaps|possibly|"
    r"probably|melkein|lähes|nästan|almost|nearly)\b|\?"
)


def is_of_another(clause: str) -> bool:
    """Whether a clause tells of somebody else: kin, a neighbour, a friend."""
    return _ANOTHER_PERSON.search(clause) is not None


def is_earlier(clause: str) -> bool:
    """Whether a clause tells of what was and, as far as it says, is no more."""
    return _EARLIER.search(clause) is not None and _STILL.search(clause) is None


def is_still(clause: str) -> bool:
    """Whether a clause says that something began and goes on."""
    return _STILL.search(clause) is not None


def is_later(clause: str) -> bool:
    """Whether a clause tells of what is only to come."""
    return _LATER.search(clause) is not None


def is_perhaps(clause: str) -> bool:
    """Whether a clause leaves open whether it is so."""
    return _PERHAPS.search(clause) is not None


def is_own_now(clause: str) -> bool:
    """Whether nothing in a clause says that it is of another person or another time."""
    return not (is_of_another(clause) or is_earlier(clause) or is_later(clause))
