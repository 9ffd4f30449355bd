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
from selection.intake.values.circumstances import is_earlier, is_of_another
from selection.intake.values.municipalities import names_another
from selection.intake.values.positions import positions_and_rest, positions_in, says_more
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, lexicon, written


@dataclass(frozen=True, slots=True)
class Position:
    """Positions of the ``official`` vocabulary (``("none",)`` for none), and whether the youth council was named."""

    official: tuple[str, ...]
    youth_council: bool = False


_CLAUSES = re.compile(
    r"[;\n]|\((?!\s*(?:19|20)?\d\d)|:(?!\w)|\s-\s(?!\d)|,(?!\s*(?:19|20)\d\d\s*-)|\b(?:mutta|vaan|ja|sekä|men|utan|och|but|and)\b|\b(?=(?:enkä|eikä)\b)|"
    r"(?<=[a-zåäö]{4})\.\s"
)
#: Two words joined before a board, of which the first names no position: ``kasvatuksen ja oppimisen lautakunta``.
_JOINED = re.compile(
    r"\b((?!\w*(?:valtuut|jäsen|ledam|member|lautakun|nämnd|puheenj))[\w-]{3,}(?:n|-)|(?:of|for)(?: the)? \w+|för \w+)"
    r"\s+(?:ja|sekä|och|and)\s+(?=[\w-]+(?:\s+[\w-]+)?\s+(?:lautakun|jaosto|johtokun|committee|board)|\w+(?:lautakun|jaosto|nämnd))"
)
_JOINED_AFTER = re.compile(
    r"((?:nämnd\w*|committee|board)\s+(?:för|for|of|on)\s+(?:the\s+)?\w+)\s+(?:och|and)\s+(?=\w)"
)
#: A yes in the word of the question.
_OFFICIAL = re.compile(r"\bluottamushenkilö|\bförtroendevald|\belected official")
#: A Swedish yes, where the Finnish word of the same letters, which joins, cannot stand.
_SWEDISH_YES = re.compile(
    r"(?:^|(?<=[;\n.:!]))\s*ja\b(?=\W*(?:$|[,;.:!(–-]|jag\b|som\b|i\b|sedan\b|\w+(?:ledamot|fullm)))"
)
_TERM = re.compile(
    r"(?:(?:19|20)\d\d)?\s*-\s*((?:19|20)\d\d)\b|(?:19|20)\d\d\s*-\s*(\d\d)\b(?!\.)|"
    r"\bvuoteen ((?:19|20)\d\d)\b|((?:19|20)\d\d) (?:asti|saakka)\b|"
    r"\b(?:till och med|fram till|until|till) ((?:19|20)\d\d)\b"
)
#: A term that began and has no end yet.
_ONGOING = re.compile(r"\b((?:19|20)\d\d)\s*[-–—](?=\s*(?:$|[,;.)]))")
_NEGATED = re.compile(
    r"^(?:en|ei|eipä|enkä|eikä|never|aldrig|nej|no|none|inte|inga|inget|ingen|not|(?:minulla|itselläni) ei|"
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
    r"plan(?:ning)? (?:to|on)|apply\w*|aspir\w*|varasija\w*|reservplats\w*)\b"
)
#: Work for a body, and not a seat in it.
_STAFF = re.compile(
    r"sihteeri|avustaj|esittelij|viranhalti|virkamie|työntekij|palveluks|suunnittelij|toimistos|asiantuntij|kesätyö|"
    r"vahtimest|alaisuu|työskentel|palkollis|\barbetar\b|\bjobba|\bwork(?:s|ing)? (?:for|at|in)\b|"
    r"sekreterare|tjänste|anställd|föredragand|secretary|\bclerk|assistant|employee|\bstaff|\bofficer"
)
_SEATED = re.compile(
    r"jäsen\b|jäsenenä|puheenjohtaja(?:na)?\b|\bv?pj\b|valtuutettu(?:na)?\b|ledamot|ordförande|\bmember|\bchair|councill?or\b"
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
    agreed = denied = over = elsewhere = abbreviated = partly = False
    text = _ONGOING.sub(r"vuodesta \1", text)
    whole, is_short = expanded(_SWEDISH_YES.sub(" kyllä ", fold(text.replace("\n", "; "))))
    for clause in _clauses(whole):
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
            partly = partly or (told != "official_wanted" and _qualifies(rest))
        elif _elsewhere(rest, own):
            elsewhere = True
            partly = partly or _qualifies(rest)
            if not _ASSOCIATION.search(rest) or positions_in(rest):
                remarks["official_elsewhere"] = None
        else:
            held, left = positions_and_rest(rest)
            found |= dict.fromkeys(held)
            abbreviated = abbreviated or (is_short and bool(held))
            more = says_more(rest, held, _party().sub(" ", left), own)
            partly = partly or (more and bool(held))
            agreed = agreed or answer is True
            if not held and not more and _OFFICIAL.search(rest):
                agreed = True
            elif not held and (answer is None or more):
                remarks["official_unclear"] = None
                partly = partly or _is_name(rest)
    if found and over:
        return Reading(Position(("none",), youth)).but("official_past")
    if found:
        reading = Reading(Position(tuple(found), youth))
        if partly and not abbreviated:
            return reading.but("official_partly_read")
        return reading.but("official_abbreviated", whole.strip()) if abbreviated else reading
    if agreed and not remarks and not youth and not elsewhere:
        return Reading(Position(("other_body",), youth))
    none: Reading[Position] = Reading(Position(("none",), youth))
    if agreed and elsewhere:
        remarks["official_elsewhere"] = None
    order = ("official_elsewhere", "official_past", "official_wanted", "official_unclear")
    told = next((code for code in order if code in remarks), None)
    return none if told is None or (denied and not agreed) else none.but(told)


def _clauses(text: str) -> list[str]:
    """The clauses of a folded text; a board's name that holds an "and" stays whole."""
    parts = _CLAUSES.split(_JOINED_AFTER.sub("\\1\1", _JOINED.sub("\\1\1", text)))
    return [part.replace("\1", " ja ") for part in parts]


def _qualifies(clause: str) -> bool:
    """Whether a clause without a seat of its own may be said of the one beside it (``valtuutettu, viime kausi``)."""
    return not positions_in(clause) and _SEATED.search(clause) is None


def _is_name(clause: str) -> bool:
    """Whether a clause is a name or two words, and no party, so that it may say where the position beside it is."""
    known = clause.strip(" .") in lexicon("values")["parties"]
    return not known and len(clause.split()) <= 2 and _POST.sub("", clause).strip() != ""


def _not_held(clause: str, year: int) -> str | None:
    """The remark on a clause that tells of a position that the person does not hold now; ``None`` for any other."""
    if is_of_another(clause):
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
    term = _TERM.search(clause)
    if term is None or is_earlier(clause):
        return is_earlier(clause)
    ended = next(filter(None, term.groups()))
    return int(ended if len(ended) == 4 else f"20{ended}") <= year


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
