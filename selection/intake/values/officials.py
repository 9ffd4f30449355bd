"""Municipal positions of trust, with the answers that only sound like one; parties and union posts are never kept."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from selection.intake.memo import memo
from selection.intake.reader import Cell
from selection.intake.values.choices import HIDDEN, yes_or_no
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, lexicon, written


@dataclass(frozen=True, slots=True)
class Position:
    """Positions of the ``official`` vocabulary (``("none",)`` for none), and whether the youth council was named."""

    official: tuple[str, ...]
    youth_council: bool = False


_CLAUSES = re.compile(
    r"[;\n]|,(?!\s*(?:19|20)\d\d\s*-)|\b(?:mutta|vaan|ja|sekä|men|utan|och|but|and)\b|(?<=[a-zåäö]{4})\.\s"
)
_PAST = re.compile(
    r"\b(?:ent(?:inen|isen|iset|\.)?|ex|eks|aiem(?:pi|min|mat)|aikaisem\w*|edelli\w*|olin|oli|ollut|former\w*|"
    r"tidigare|f\.? ?d\.)(?!\w)"
)
_NOW = re.compile(r"\b(?:nyky\w*|nyt|edelleen|nuvarande|current\w*)")
_TERM = re.compile(
    r"(?:(?:19|20)\d\d)?\s*-\s*((?:19|20)\d\d)\b|\bvuoteen ((?:19|20)\d\d)\b|((?:19|20)\d\d) (?:asti|saakka)\b|"
    r"\b(?:till och med|fram till|until|till) ((?:19|20)\d\d)\b"
)
_NEGATED = re.compile(
    r"^(?:en|ei|enkä|eikä|nej|no|none|inte|inga|inget|ingen|not|(?:minulla|itselläni) ei|"
    r"(?:jag )?(?:har|är|sitter) (?:inte|ej|inga|inget|ingen)|i (?:am|do|have|hold) (?:not|no|none)|i don't)\b"
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
    r"kirkkovaltuu\w*|kirkkoneuvo\w*|seurakuntaneuvo\w*|seurakunnan (?:luottamus|valtuu|neuvo)\w*|kirkkoluottamus\w*|"
    r"alue(?:valtuu|halli|lautak)\w*|hyvinvointialue\w*|välfärdsområ\w*|kyrkofullm\w*|maakunta(?:valtuu|halli)\w*|"
    r"edustajisto\w*|osuuskau\w*|kansanedustaj\w*|euroedustaj\w*"
)
_ASSOCIATION = re.compile(
    r"yhdisty|seura|järjestö|taloyhtiö|kerho|asukastoimikun|vanhempaintoimikun|förening|association|\bry\b"
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
                r"\b(?:kaupungin|kunnan)?valtuuston vara\w*",
                r"ersättare i (?:stads)?fullm\w*",
                r"deputy councill?or\w*",
            ),
        ),
        (
            "councillor",
            (
                r"\b(?:kaupungin|kunnan)?valtuut(?!etun\b)\w*",
                r"\b(?:kaupungin|kunnan)?valtuust\w*",
                r"fullmäktig\w*",
                r"\bcouncill?or\w*",
            ),
        ),
        ("city_board", (r"(?:kaupungin|kunnan)hallitu\w*", r"\bkh(?::n)?\b", r"stadsstyrels\w*", r"city board\w*")),
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


def read_official(cell: Cell, on: dt.date) -> Reading[Position]:
    """The positions a person holds on a day. An empty answer is none; a bare yes is some position."""
    return _read(written(cell), on.year)


@memo(maxsize=20_000)
def _read(text: str, year: int) -> Reading[Position]:
    folded = fold(text)
    youth = _YOUTH.search(folded) is not None and not _NEGATED.match(folded)
    found: dict[str, None] = {}
    remarks: dict[str, None] = {}
    agreed = denied = False
    for clause in _CLAUSES.split(fold(text.replace("\n", "; "))):
        rest = _UNION.sub(" ", _YOUTH.sub(" ", clause)).strip(" .,()-")
        beside = _POST.sub(" ", rest) if rest != clause.strip(" .,()-") else rest
        if not re.search(r"\w", beside):
            continue
        if _NEGATED.match(rest) or yes_or_no(rest) is False:
            denied = True
        elif _OTHERS.search(rest):
            remarks["official_unclear"] = None
        elif _is_past(rest, year):
            remarks["official_past"] = None
        elif _NOT_MUNICIPAL.search(rest):
            remarks["official_elsewhere"] = None
        else:
            held = _positions(rest) if not _FOREIGN_BOARD.search(rest) else []
            found |= dict.fromkeys(held)
            agreed = agreed or yes_or_no(rest) is True
            if not held and yes_or_no(rest) is None and not _ASSOCIATION.search(rest):
                remarks["official_unclear"] = None
    if found:
        return Reading(Position(tuple(found), youth))
    if agreed and not remarks and not youth:
        return Reading(Position(("other_body",), youth))
    none: Reading[Position] = Reading(Position(("none",), youth))
    if denied or not remarks:
        return none
    return none.but(
        next(code for code in ("official_elsewhere", "official_past", "official_unclear") if code in remarks)
    )


def _is_past(clause: str, year: int) -> bool:
    """Whether a clause tells of a position that is over: by its words, or by a term that ended by the round's year."""
    if _NOW.search(clause):
        return False
    term = _TERM.search(clause)
    return _PAST.search(clause) is not None or (term is not None and int(next(filter(None, term.groups()))) <= year)


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
