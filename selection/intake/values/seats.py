"""Whether a person is willing as a member, as a deputy, or as both."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selection.intake.memo import memo
from selection.intake.reader import Cell
from selection.intake.values.choices import yes_or_no
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, lexicon, written
from selection.model.people import Role

BOTH = frozenset({Role.MEMBER, Role.DEPUTY})
#: Who says no to both, or no and not to what: nobody is seated against their word.
NEITHER: frozenset[Role] = frozenset()
_DEPUTY = re.compile(
    r"\bvara-?(?:jäse\w*|j\b\.?|lla|lle|\b)|\bvj\b|ersättar\w*|supplean\w*|\bdeput\w*|\bsubstitut\w*|\bstand-?ins?\b"
)
_MEMBER = re.compile(r"\bjäse\w*|\bjäs\b\.?|\bvarsinai\w*|\bordinarie\w*|\bmedlem\w*|\bledam\w*|\b(?:full )?member\w*")
_BOTH = re.compile(
    r"\bmolem\w*|\bbåde\b|\bkumpi\w*|\bkumpaan (?:tahansa|va[ai]n)\b|\bkumma\w*|"
    r"\bbåda\w*|\beither\w*|\bboth\w*|\bei väliä\b|\bkaikki käy\b"
)
_NEGATED_DEPUTY = re.compile(
    r"\b(?:en|ei|inte|ej|not|no)\b[^,.;]*\b(?:vara\w*|ersättar\w*|deput\w*|stand-?in)|"
    r"\bvain (?:varsinai\w*|jäse\w*)|\bendast (?:ordinarie|medlem)|\bvara\w*:? (?:en|ei)\b"
)
_NEGATED_MEMBER = re.compile(
    r"\bvain vara\w*|\bendast (?:som )?ersättar\w*|\bonly (?:as )?(?:a )?(?:deput\w*|stand-?in)|"
    r"(?<!jos )\b(?:en|ei)\b[^,.;]*\b(?:varsinai\w*|jäsenek\w*)|\b(?:varsinai|jäse)\w*:? (?:en|ei)\b"
)
#: Neither will do. What stands between is bounded: long answers take no quadratic time.
_REFUSED = re.compile(
    r"\b(?:en|ei)\b[^.;]{0,40}\bkum(?:pi|paan|mas|mat|mista)\w*kaan\b|\bkumpikaan ei\b|\binge(?:n|t)(?:dera)? av\b|"
    r"\binte\b[^.;]{0,40}\bnågo(?:n|t)(?:dera)?\b|\bneither\b|\bnot\b[^.;]{0,40}\beither\b|\bvarken\b|"
    r"\b(?:en|ei)\b[^.;]{0,40}\b(?:varsinai|jäse)[^.;]{0,40}\b(?:enkä|eikä)\b[^.;]{0,40}\bvara|"
    r"\b(?:en|ei)\b[^.;]{0,40}\bvara[^.;]{0,40}\b(?:enkä|eikä)\b[^.;]{0,40}\b(?:varsinai|jäse)|"
    r"\b(?:varsinai|jäse)\w*:? (?:en|ei)\b[^.]{0,40}\bvara\w*:? (?:en|ei)\b"
)
#: How an answer goes on that begins like a no and is none.
_UNDECIDED = re.compile(
    r"(?:en|ei|inte|no|not)\b.*\b(?:tiedä|osaa|väl\w*|merkity\w*|haittaa|vielä|vet|matter\w*|sure|prefer\w*)\b"
)
#: What a header may say beside the seat that it asks of.
_ASKING = re.compile(
    r"\b(?:haen|haetko|haluan|haluatko|voin|voitko|olen|oletko|suostun|suostutko|käytettävissä|toimia|toimin|toimimaan|myös|"
    r"jag|du|kan|söker|vara|vill|är|som|också|ordinarie|i|you|want|to|be|can|am|are|do|would|like|available|willing|apply|"
    r"applying|as|a|also|full)\b"
)
#: A header that asks which of the two, so that a bare no refuses both.
_EITHER = re.compile(
    r"jäse\w*\W*(?:\b(?:vai|tai|ja)\b|/|,)\W*vara|vara\w*\W*(?:\b(?:vai|tai|ja)\b|/|,)\W*(?:varsinai|jäse)|"
    r"(?:ledam\w*|medlem\w*)\W*(?:\beller\b|/)\W*(?:ersättar|supplean)|"
    r"member\W*(?:\bor\b|/)\W*(?:a \W*)?(?:deput|substitut|stand)"
)
#: One is liked better: the other is not refused by that.
_PREFERRED = re.compile(
    r"\bensisijai\w*|\bmielui\w*|\bmieluum\w*|\bhelst\b|\bi första hand\b|\bhellre\b|\bprefer\w*|\brather\b"
)


def read_roles(cell: Cell, header: str) -> Reading[frozenset[Role]]:
    """The roles a person accepts, none where it is refused.

    A yes or no is understood by what the header asks (``… myös varajäseneksi?``).
    """
    return _read(written(cell), asks_of_deputies(header))


def without_refused(refused: Iterable[str]) -> Reading[frozenset[Role]]:
    """The roles left to a person who said no in columns of one seat each (``Jäseneksi: ei``)."""
    left = BOTH
    for option in refused:
        left -= _read(option, False).value or NEITHER
    return Reading(left) if left else Reading(NEITHER).but("roles_refused")


@memo(maxsize=2_000)
def asks_of_deputies(header: str) -> bool:
    """Whether a yes to this header means "as a deputy too": it names deputies and does not offer a choice."""
    folded = fold(header)
    return _DEPUTY.search(folded) is not None and _EITHER.search(folded) is None


@memo(maxsize=2_000)
def seat_asked(header: str) -> Role | None:
    """The one seat that a header names and nothing else asks of (``Varajäseneksi``); ``None`` for any other header."""
    folded = fold(header)
    deputy = _DEPUTY.search(folded) is not None
    member = _MEMBER.search(_DEPUTY.sub(" ", folded)) is not None
    left = _ASKING.sub(" ", _MEMBER.sub(" ", _DEPUTY.sub(" ", folded)))
    if deputy == member or re.search(r"[^\W\d_]", left):
        return None
    return Role.DEPUTY if deputy else Role.MEMBER


#: Not the one but the other.
_CONTRAST = re.compile(r"\b(?:ei|en|inte|ej|icke|not)\b(?P<no>[^.;]*?),?\s*\b(?:vaan|utan|but)\b(?P<yes>.*)")


@memo(maxsize=20_000)
def _read(text: str, of_deputies: bool) -> Reading[frozenset[Role]]:
    folded = fold(text).strip(" .;")
    if not folded or folded in ("-", "?"):
        return Reading(None)
    for value, roles in (("member", frozenset({Role.MEMBER})), ("deputy", frozenset({Role.DEPUTY})), ("both", BOTH)):
        if folded in lexicon("values")["roles"][value]:
            return Reading(roles)
    contrast = _CONTRAST.search(folded)
    if contrast is not None and (_DEPUTY.search(contrast["no"]) or _MEMBER.search(contrast["no"])):
        said = _read(contrast["yes"], False)
        if said.value is not None and len(said.value) == 1:
            return said
    if _REFUSED.search(folded):
        return Reading(NEITHER).but("roles_refused")
    answer = yes_or_no(folded)
    bare = answer is not None and not _DEPUTY.search(folded) and not _MEMBER.search(folded)
    if bare and of_deputies:
        return Reading(BOTH if answer else frozenset({Role.MEMBER}))
    if bare and answer:
        return Reading(BOTH)
    if bare and not _BOTH.search(folded) and not _UNDECIDED.match(folded):
        return Reading(NEITHER).but("roles_refused")
    if of_deputies and answer and not re.search(r"\b(?:vain|endast|bara|only)\b", folded):
        return Reading(BOTH)  # "yes, if not as a member" to a question about deputies
    if _NEGATED_MEMBER.search(folded):
        return Reading(frozenset({Role.DEPUTY}))
    if _NEGATED_DEPUTY.search(folded):
        return Reading(frozenset({Role.MEMBER}))
    if _BOTH.search(folded):
        return Reading(BOTH)
    deputy = _DEPUTY.search(folded) is not None
    member = _MEMBER.search(_DEPUTY.sub(" ", folded)) is not None
    if deputy and member:
        listed = (
            re.fullmatch(r"[\w\s]+(?:[;,/&+]|\bja\b|\btai\b|\boch\b|\beller\b|\band\b|\bor\b)[\w\s]+", folded)
            is not None
        )
        return Reading(BOTH) if listed and "mutta" not in folded else Reading(BOTH).but("roles_unclear")
    if (deputy or member) and _PREFERRED.search(folded):
        return Reading(BOTH).but("roles_preferred")
    if deputy:
        return Reading(BOTH if re.search(r"\bmyös\b|\bockså\b|\balso\b|\btoo\b", folded) else frozenset({Role.DEPUTY}))
    if member:
        return Reading(frozenset({Role.MEMBER}))
    return Reading(BOTH).but("roles_unclear")
