"""Whether a person is willing as a member, as a deputy, or as both."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selection.intake.memo import memo
from selection.intake.reader import Cell
from selection.intake.values.choices import yes_or_no
from selection.intake.values.circumstances import is_perhaps
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, lexicon, written
from selection.model.people import Role

BOTH = frozenset({Role.MEMBER, Role.DEPUTY})
#: Who says no to both, or no and not to what: nobody is seated against their word.
NEITHER: frozenset[Role] = frozenset()
_DEPUTY = re.compile(
    r"\bvara-?(?:jäse\w*|j\b\.?|lla|lle|\b)|\bvj\b|ersättar\w*|supplean\w*|"
    r"\bdeput\w*(?: members?)?|\bsubstitut\w*|\bstand-?ins?\b"
)
#: The Swedish verb of the same letters as the Finnish word for a deputy.
_TO_BE = re.compile(r"\b(att|vill|kan|ska|skulle|inte|gärna|få|kunde|helst) vara\b")
_MEMBER = re.compile(r"\bjäse\w*|\bjäs\b\.?|\bvarsinai\w*|\bordinarie\w*|\bmedlem\w*|\bledam\w*|\b(?:full )?member\w*")
_BOTH = re.compile(
    r"\bmolem\w*|\bbåde\b|\bkumpi\w*|\bkumpaan (?:tahansa|va[ai]n)\b|\bkumma\w*|"
    r"\bbåda\w*|\beither\w*|\bboth\w*|\bei väliä\b|\bkaikki käy\b"
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


#: Pieces of an answer that each say one thing.
_PIECES = re.compile(
    r"[;,.()\n/+&]|\b(?:mutta|vaan|kuitenkin|men|utan|but|sen sijaan|däremot|instead)\b|"
    r"\b(?=(?:jos|mikäli|ellen|ellei|om|ifall|if|unless|enkä|eikä|kuin)\b)"
)
_NEGATION = re.compile(
    r"\b(?:en|ei|enkä|eikä|inte|ej|icke|nej|no|not|never|aldrig|cannot|ilman)\b|n't\b|\bwithout\b|"
    r"\bkieltäyd\w*|\bkieltäyt\w*|\bavstår\b|\bavböj\w*|\bvägra\w*|\bdeclin\w*|\brefus\w*"
)
#: Nothing but what follows, and anything but it.
_NOTHING_BUT = re.compile(
    r"\b(?:en|ei) (?:muu(?:ta|ksi|hun|na)|mitään muuta) kuin\b|\b(?:inte|inget|ingenting) (?:något )?(?:annat )?än\b|"
    r"\b(?:nothing|none|not|no) (?:\w+ )?(?:other than|but|except)\b"
)
_ANYTHING_BUT = re.compile(
    r"\b(?:anything|everything|any) (?:but|except)\b|\b(?:kaikki|mikä tahansa|mihin tahansa|muuksi?) (?:paitsi|kuin)\b|"
    r"\b(?:allt|vad som helst) utom\b"
)
_ONLY = re.compile(r"\b(?:vain|ainoastaan|pelkästään|yksinomaan|endast|bara|enbart|only|solely|just)\b")
#: A condition: what stands in it is what the person would like better, and no refusal.
_CONDITION = re.compile(r"^\s*(?:jos|mikäli|ellen|ellei|om|ifall|if|unless)\b")
#: A negation that leaves the seat open.
_OPEN = re.compile(
    r"\b(?:ei|en) (?:vain|pelkästään|ainoastaan|välttämättä|ensisijaisesti|vielä|osaa|tiedä|haittaa)|"
    r"\b(?:ei|en) ole (?:vara)?jäsen\b|"
    r"\binte (?:bara|endast|nödvändigtvis|i första hand|ännu)\b|\bnot (?:only|just|necessarily|primarily|yet|sure)\b|"
    r"\bvielä\b|\byet\b"
)
#: A deputy of one's own, named: nothing is said of one's own seat.
_OWN_DEPUTY = re.compile(
    r"\bvarajäsenen nimi|\b(?:ehdotan|nimeän|föreslår|propose|nominate)\b|"
    r"\bvarajäsen(?:eni|ekseni|enäni|emme)\b|\bersättaren? (?:är|heter|blir)\b|\bmin (?:personliga )?ersättare\b|"
    r"\bmy (?:own |personal )?(?:deputy|substitute)\b"
)
#: A seat and then its yes or no, one after the other without a sign between: ``jäsenyys kyllä varajäsenyys ei``.
_SEAT_FIRST = re.compile(
    r"(?:vara|jäse|varsinai|ordinarie|ledam|ersättar|member|deput|full member)\w*[ :-]+"
    r"(?:kyllä|joo|ei|en|ja|nej|yes|no)\b"
)
_POLAR = re.compile(r"\b(?:kyllä|joo|ei|en|ja|nej|yes|no)\b(?=\s+\w)")
#: One letter for the seat; "v" before a number is a year or years.
_LETTER = re.compile(r"(?<!\w)j(?!\w)")
_DEPUTY_LETTER = re.compile(r"(?<!\w)(?<!\d )v(?!\w|\.? ?\d)")


def _said(folded: str) -> tuple[set[Role], set[Role], bool]:
    """The seats that an answer accepts and refuses, piece by piece, and whether a piece leaves open what it means."""
    accepted: set[Role] = set()
    refused: set[Role] = set()
    is_open = False
    if _SEAT_FIRST.match(folded):
        folded = _POLAR.sub(r"\g<0>,", folded)
    text = _ANYTHING_BUT.sub(", ei ", _NOTHING_BUT.sub(", vain ", folded))
    for piece in _PIECES.split(text):
        deputy = _DEPUTY.search(piece) is not None or _DEPUTY_LETTER.search(piece) is not None
        bare = _DEPUTY.sub(" ", piece)
        member = _MEMBER.search(bare) is not None or _LETTER.search(bare) is not None
        named = {role for role, said in ((Role.DEPUTY, deputy), (Role.MEMBER, member)) if said}
        if not named:
            continue
        if _OPEN.search(piece) or is_perhaps(piece):
            is_open = True
            accepted |= named
        elif _CONDITION.match(piece):
            accepted |= named
        elif _NEGATION.search(piece):
            refused |= named
        elif _ONLY.search(piece):
            accepted |= named
            refused |= BOTH - named
        else:
            accepted |= named
    return accepted, refused, is_open


@memo(maxsize=2_000)
def states_a_limit(header: str) -> bool:
    """Whether a header states that only one seat will do, or that one will not, so that a tick says the same."""
    folded = _TO_BE.sub(r"\1", fold(header))
    if "?" in folded or _EITHER.search(folded) or not (_DEPUTY.search(folded) or _MEMBER.search(folded)):
        return False
    accepted, refused, is_open = _said(folded)
    return bool(refused) and not is_open and len(accepted) < 2


@memo(maxsize=20_000)
def _read(text: str, of_deputies: bool) -> Reading[frozenset[Role]]:
    folded = _TO_BE.sub(r"\1", fold(text).strip(" .;"))
    if not folded or folded in ("-", "?"):
        return Reading(None)
    for value, roles in (("member", frozenset({Role.MEMBER})), ("deputy", frozenset({Role.DEPUTY})), ("both", BOTH)):
        if folded in lexicon("values")["roles"][value]:
            return Reading(roles)
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
    accepted, refused, is_open = _said(folded)
    if _OWN_DEPUTY.search(folded) or is_open or accepted & refused:
        return Reading(BOTH).but("roles_unclear")
    if refused:
        left = BOTH - refused
        return Reading(frozenset(left)) if left else Reading(NEITHER).but("roles_refused")
    if _BOTH.search(folded):
        return Reading(BOTH)
    if len(accepted) == 2:
        listed = (
            re.fullmatch(r"[\w\s]+(?:[;,/&+]|\bja\b|\btai\b|\boch\b|\beller\b|\band\b|\bor\b)[\w\s]+", folded)
            is not None
        )
        return Reading(BOTH) if listed and "mutta" not in folded else Reading(BOTH).but("roles_unclear")
    if accepted and _PREFERRED.search(folded):
        return Reading(BOTH).but("roles_preferred")
    if Role.DEPUTY in accepted:
        return Reading(BOTH if re.search(r"\bmyös\b|\bockså\b|\balso\b|\btoo\b", folded) else frozenset(accepted))
    return Reading(frozenset(accepted)) if accepted else Reading(BOTH).but("roles_unclear")
