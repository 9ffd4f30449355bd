"""Municipal positions of trust, with the answers that only sound like one; parties and union posts are never kept."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from selection.intake.memo import memo
from selection.intake.reader import Cell
from selection.intake.values.abbreviations import expanded
from selection.intake.values.choices import HIDDEN, yes_or_no
from selection.intake.values.municipalities import names_another
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, lexicon, written


@dataclass(frozen=True, slots=True)
class Position:
    """Positions of the ``official`` vocabulary (``("none",)`` for none), and whether the youth council was named."""

    official: tuple[str, ...]
    youth_council: bool = False


_CLAUSES = re.compile(
    r"[;\n(]|,(?!\s*(?:19|20)\d\d\s*-)|\b(?:mutta|vaan|ja|sekä|men|utan|och|but|and)\b|\b(?=(?:enkä|eikä)\b)|"
    r"(?<=[a-zåäö]{4})\.\s"
)
#: A Swedish yes, where the Finnish word of the same letters, which joins, cannot stand.
_SWEDISH_YES = re.compile(
    r"(?:^|(?<=[;\n.:!]))\s*ja\b(?=\W*(?:$|[,;.:!(–-]|jag\b|som\b|i\b|sedan\b|\w+(?:ledamot|fullm)))"
)
_PAST = re.compile(
    r"\b(?:ent(?:inen|isen|iset|\.)?|ex|eks|aiem(?:pi|min|mat)|aikaisem\w*|edelli\w*|olin|oli|ollut|former\w*|"
    r"tidigare|f\.? ?d\.?)(?!\w)"
)
_NOW = re.compile(r"\b(?:nyky\w*|nyt|edelleen|nuvarande|current\w*)")
_TERM = re.compile(
    r"(?:(?:19|20)\d\d)?\s*-\s*((?:19|20)\d\d)\b|(?:19|20)\d\d\s*-\s*(\d\d)\b(?!\.)|"
    r"\bvuoteen ((?:19|20)\d\d)\b|((?:19|20)\d\d) (?:asti|saakka)\b|"
    r"\b(?:till och med|fram till|until|till) ((?:19|20)\d\d)\b"
)
_NEGATED = re.compile(
    r"^(?:en|ei|enkä|eikä|nej|no|none|inte|inga|inget|ingen|not|(?:minulla|itselläni) ei|"
    r"(?:jag )?(?:har|är|sitter) (?:inte|ej|inga|inget|ingen)|i (?:am|do|have|hold) (?:not|no|none)|i don't)\b"
)
#: A negation after the word that it denies.
_DENIED = re.compile(
    r"\b(?:en|ei) (?:ole|toimi|kuulu|istu|o|oo)\b|\b(?:är|har|sitter) (?:jag )?(?:inte|ej|ingen|inga)\b|"
    r"\b(?:am|do|have|is|hold)(?: not|n't)\b|\bei\s*$|\bnej\s*$|[:-]\s*(?:no|none|inga|ingen)\s*$"
)
#: That it was so, and is no more.
_OVER = re.compile(r"\benää\b|\blängre\b|\bno longer\b|\bany ?more\b")
#: What is wished for, planned or stood for, and not held.
_WANTED = re.compile(
    r"\b(?:haen|haki(?:sin|ja\w*)|haluai\w*|haluan|halukas|olisin|voisin|tulisin|kiinnost\w*|ehdok\w*|ehdol\w*|"
    r"pyri\w*|pyrk\w*|tavoittel\w*|tavoitte\w*|aion|aiko\w*|suunnittel\w*|harkits\w*|toivo\w*|"
    r"kandid\w*|söker|vill|skulle|önskar|intress\w*|planerar|siktar|hoppas|"
    r"candidate\w*|running|stand(?:ing)? (?:for|as)|interested|would|want|hop(?:e|ing)|"
    r"plan(?:ning)?|apply\w*|aspir\w*)\b"
)
#: Work for a body, and not a seat in it.
_STAFF = re.compile(
    r"sihteeri|avustaj|esittelij|viranhalti|virkamie|työntekij|palveluks|suunnittelij|toimistos|asiantuntij|kesätyö|"
    r"sekreterare|tjänste|anställd|föredragand|secretary|\bclerk|assistant|employee|\bstaff|\bofficer"
)
_SEATED = re.compile(
    r"jäsen\b|jäsenenä|puheenjohtaja(?:na)?\b|\bv?pj\b|valtuutettu(?:na)?\b|ledamot|ordförande|\bmember|\bchair|councill?or\b"
)
#: Somebody else's position.
_OTHERS = re.compile(
    r"\b(?:puoliso|vaimo|mieheni|isäni|äitini|veljeni|sisare|siskoni|poikani|tyttäre|lapseni|naapuri|kaverini|ystäväni|"
    r"min (?:man|fru|make|maka|mor|far|bror|syster|son|dotter)\b|"
    r"my (?:wife|husband|spouse|partner|mother|father|brother|sister|son|daughter))"
)
_UNION = re.compile(
    r"\b(?:pää)?luottamusmie[hs]\w*|\btyösuojeluvaltuutet\w*|\bshop steward\w*|\b(?:huvud)?förtroendeman\w*|"
    r"\b(?:jhl|jyty|tehy|super(?= ry\b)|oaj|pam|akt|sak|sttk|akava|juko|erto|ytn|pau)(?:\s?ry\b|:\w+)?(?!\w)|"
    r"\b(?:teollisuus|rakennus|metalli|paperi|palvelualojen ammatti|ammatti|toimihenkilö)liit\w*",
    re.IGNORECASE,
)
_YOUTH = re.compile(r"\bnuorisovaltuu\w*|\bnuva\w*|ungdomsfullm\w*|youth council\w*")
#: What may stand beside the youth council, or a union, and says nothing more.
_POST = re.compile(
    r"\b(?:(?:vara)?jäse\w*|(?:vara)?puheenjohtaj\w*|v?pj|edustaj\w*|toimi\w*|olen|kyllä|(?:vice)?ordförande|ledamot|medlem|jag|är|ja|i|"
    r"am|on|in|of|a|the|member|(?:vice )?chair\w*|representative|yes)\b"
)
_NOT_MUNICIPAL = re.compile(
    r"\bkirkko|\bkirkoll|\bkirkon|seurakun|församling|\bkyrk|\bparish|\bchurch|congregation|"
    r"alue(?:valtuu|halli|lautak)\w*|hyvinvointialue\w*|välfärdsområ\w*|kyrkofullm\w*|maakunta(?:valtuu|halli)\w*|"
    r"edustajisto\w*|osuuskau\w*|kansanedustaj\w*|euroedustaj\w*"
)
_ASSOCIATION = re.compile(
    r"yhdisty|seura(?!av|nt|ns)|järjestö|liit(?:o|to)|säätiö|osuusku|taloyhti|kerho|asukastoimiku|vanhempaintoimiku|yrity|"
    r"förening|förbund|stiftelse|bolag|associat|\bclub|foundation|society|company|\b(?:ry|rf|oyj?|ab|tmi|osk)\b"
)
#: A body that only a municipality has, by its name alone.
_MUNICIPAL = re.compile(
    r"(?:kaupungin|kunnan)\s?(?:valtuu|hallitu)|stadsfullm|kommunfullm|stadsstyr|city (?:council|board)"
)
#: A board of something else, where the language has one word for all boards.
_FOREIGN_BOARD = re.compile(
    r"\b(?:board|committee)\b(?=.*(?:associat|club|housing|compan|parents|parish|school|union|foundation))|"
    r"(?:associat\w*|club|housing|compan\w*|parents'?|parish|school|union|foundation)\b.*\b(?:board|committee)\b"
)
#: In this order; what one has matched is not looked at by the next.
_POSITIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (value, re.compile("|".join(words)))
    for value, words in (
        ("other_body", (r"kuntayhtymä\w*(?: \w*(?:valtuust|hallituks|hallitus|tarkastuslautakun)\w*)?",)),
        (
            "deputy_councillor",
            (
                r"\bvaravaltuu\w*",
                r"valtuu\w*\W+(?:\w+\W+){0,2}vara(?!pu|pj)\w*",
                r"vara(?!pu|pj)\w*\W+(?:\w+\W+){0,2}(?:kaupungin|kunnan)?valtuusto\w*",
                r"(?:ersättar|supplean)\w* (?:\w+ ){0,2}(?:stads|kommun)?fullm\w*|fullm\w*\W+(?:ersättar|supplean)\w*",
                r"(?:deputy|substitute) councill?or\w*|(?:deputy|substitute)[\w' ]{0,30}\bcouncil\b",
            ),
        ),
        (
            "councillor",
            (
                r"\b(?:kaupungin|kunnan)?valtuut(?!etun\b)\w*",
                r"\b(?:kaupungin|kunnan)?\s?valtuusto(?!ryhm|kau|ali|aloi|kokou)\w*|\bvaltuuston\b",
                r"fullmäktig\w*",
                r"\bcouncill?or\w*",
                r"\b(?:city|town|municipal) council\b|\bcouncil member",
            ),
        ),
        ("city_board", (r"(?:kaupungin|kunnan)\s?hallitu\w*", r"(?:stads|kommun)styrels\w*", r"city board\w*")),
        (
            "board_member",
            (
                r"lautakun\w*",
                r"jaosto\w*",
                r"johtokun\w*",
                r"nämnd\w*",
                r"(?:board|committee) member",
                r"(?:member|chair\w*|deputy)[\w' ]{0,40}\b(?:board|committee)\b",
            ),
        ),
        (
            "other_body",
            (
                r"vanhusneuvo\w*",
                r"vammaisneuvo\w*",
                r"\b(?:kaupungin|kunnan)? ?toimikun\w*",
                r"äldreråd\w*",
                r"muun? toimielim\w*",
                "annat organ",
                "another body",
            ),
        ),
    )
)


def read_official(cell: Cell, on: dt.date, own: tuple[str, ...] = ()) -> Reading[Position]:
    """The positions a person holds on a day. An empty answer is none; a bare yes is some position.

    ``own`` are the round's municipalities: a position in another one does not count here.
    """
    return _read(written(cell), on.year, own)


@memo(maxsize=20_000)
def _read(text: str, year: int, own: tuple[str, ...]) -> Reading[Position]:
    folded = fold(text)
    youth = _YOUTH.search(folded) is not None and not _NEGATED.match(folded)
    found: dict[str, None] = {}
    remarks: dict[str, None] = {}
    agreed = denied = over = elsewhere = abbreviated = False
    whole, is_short = expanded(_SWEDISH_YES.sub(" kyllä ", fold(text.replace("\n", "; "))))
    for clause in _CLAUSES.split(whole):
        rest = _UNION.sub(" ", _YOUTH.sub(" ", clause)).strip(" .,()-")
        beside = _POST.sub(" ", rest) if rest != clause.strip(" .,()-") else rest
        if not re.search(r"\w", beside):
            continue
        answer = yes_or_no(rest)
        if _NEGATED.match(rest) or answer is False or _DENIED.search(rest):
            denied = True
            over = over or _OVER.search(rest) is not None
        elif (told := _not_held(rest, year)) is not None:
            remarks[told] = None
        elif _elsewhere(rest, own):
            elsewhere = True
            if not _ASSOCIATION.search(rest) or _positions(rest):
                remarks["official_elsewhere"] = None
        else:
            held = _positions(rest)
            found |= dict.fromkeys(held)
            abbreviated = abbreviated or (is_short and bool(held))
            agreed = agreed or answer is True
            if not held and answer is None:
                remarks["official_unclear"] = None
    if found and over:
        return Reading(Position(("none",), youth)).but("official_past")
    if found:
        reading = Reading(Position(tuple(found), youth))
        return reading.but("official_abbreviated", whole.strip()) if abbreviated else reading
    if agreed and not remarks and not youth and not elsewhere:
        return Reading(Position(("other_body",), youth))
    none: Reading[Position] = Reading(Position(("none",), youth))
    if agreed and elsewhere:
        remarks["official_elsewhere"] = None
    order = ("official_elsewhere", "official_past", "official_wanted", "official_unclear")
    told = next((code for code in order if code in remarks), None)
    return none if told is None or (denied and not agreed) else none.but(told)


def _not_held(clause: str, year: int) -> str | None:
    """The remark on a clause that tells of a position that the person does not hold now; ``None`` for any other."""
    if _OTHERS.search(clause):
        return "official_unclear"
    if _is_past(clause, year):
        return "official_past"
    if _WANTED.search(clause):
        return "official_wanted"
    return "official_elsewhere" if _STAFF.search(clause) and not _SEATED.search(clause) else None


def _elsewhere(clause: str, own: tuple[str, ...]) -> bool:
    """Whether a clause tells of a body that is not the municipality's own: an association's, a parish's, another's."""
    if _NOT_MUNICIPAL.search(clause) or _FOREIGN_BOARD.search(clause) or names_another(clause, own):
        return True
    return _ASSOCIATION.search(clause) is not None and _MUNICIPAL.search(clause) is None


def _is_past(clause: str, year: int) -> bool:
    """Whether a clause tells of a position that is over: by its words, or by a term that ended by the round's year."""
    if _NOW.search(clause):
        return False
    term = _TERM.search(clause)
    if term is None:
        return _PAST.search(clause) is not None
    ended = next(filter(None, term.groups()))
    return _PAST.search(clause) is not None or int(ended if len(ended) == 4 else f"20{ended}") <= year


def _positions(clause: str) -> list[str]:
    found = []
    for value, pattern in _POSITIONS:
        if pattern.search(clause):
            found.append(value)
            clause = pattern.sub(" ", clause)
    return found


@lru_cache(maxsize=1)
def _party() -> re.Pattern[str]:
    names = sorted(lexicon("values")["parties"], key=lambda name: (-len(name), name))
    any_name = "|".join(re.escape(name) for name in names)
    long = "|".join(re.escape(name) for name in names if len(name) > 4 and " " not in name and name != "gröna")
    return re.compile(
        rf"\s*[(\[]\s*(?:{any_name})\.?\s*[)\]]|\s*[/,]\s*(?:{any_name})\.?(?=\s*(?:[,;)\n]|$))|\b(?:{long})\w*\.?",
        re.IGNORECASE,
    )


def without_parties(text: str) -> str:
    """An answer about positions of trust without parties and union posts: convictions are not imported."""
    return re.sub(r" {2,}", " ", _UNION.sub(HIDDEN, _party().sub("", text))).strip()
