"""Municipal positions of trust, with the answers that only sound like one; parties are never kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from selection.intake.reader import Cell
from selection.intake.values.choices import yes_or_no
from selection.intake.values.reading import Reading
from selection.intake.wording import fold, lexicon, written


@dataclass(frozen=True, slots=True)
class Position:
    """Positions of the ``official`` vocabulary (``("none",)`` for none), and whether the youth council was named."""

    official: tuple[str, ...]
    youth_council: bool = False


_PAST = re.compile(
    r"\b(ent(inen|\.|iset|isen)|ex\b|ex-|aiem(pi|min|mat)|aikaisem\w*|edelli\w*|oli(n)?\b|former(ly)?|tidigare|f\.? ?d\.)|(19|20)\d\d\s*-\s*(19|20)\d\d|-\s*(19|20)\d\d\b"
)
_UNION = re.compile(
    r"\b(pää)?luottamusmie[hs]\w*|\b(työsuojelu|huvud)?(valtuutettu ja )?luottamusmies\w*|työsuojeluvaltuutet\w*|shop steward\w*|huvudförtroendeman\w*",
    re.IGNORECASE,
)
_NOT_MUNICIPAL = re.compile(
    r"kirkkovaltuust\w*|kirkkoneuvost\w*|seurakuntaneuvost\w*|seurakunnan (luottamus|valtuu)\w*|kirkko(valtuutet|luottamus)\w*|alue(valtuut|halli|lautak)\w*|hyvinvointialue\w*|välfärdsområ\w*|kyrkofullm\w*|maakunta(valtuu|halli)\w*|edustajisto\w*"
)
_YOUTH = re.compile(r"nuorisovaltuu\w*|\bnuva\w*|ungdomsfullm\w*|youth council\w*")
_ASSOCIATION = re.compile(r"\w*(yhdisty|seura|järjestö|taloyhtiö|kerho|förening)\w*\s*(ja |sekä )?\w*")
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "deputy_councillor",
        re.compile(
            r"\bvaravaltuutet\w*|valtuuston varajäsen\w*|varavaltuust\w*|ersättare i (stads)?fullm\w*|deputy councill?or\w*"
        ),
    ),
    (
        "councillor",
        re.compile(
            r"\b(kaupungin|kunnan)?valtuut(et\w*|ttu\w*)|\b(kaupungin|kunnan)?valtuust\w*|ledamot i (stads)?fullm\w*|\bcouncill?or\w*"
        ),
    ),
    ("city_board", re.compile(r"(kaupungin|kunnan)hallitu\w*|\bkh(:n)?\b|stadsstyrels\w*|city board\w*")),
    ("board_member", re.compile(r"\w*lautakun\w*|\w*jaosto\w*|\w*johtokun\w*|nämnd\w*|board member|committee member")),
    (
        "other_body",
        re.compile(
            r"vanhusneuvost\w*|vammaisneuvost\w*|(kaupungin|kunnan)? ?toimikun\w*|tarkastuslautakun\w*|äldreråd\w*|kuntayhtymä\w*"
        ),
    ),
)


def read_official(cell: Cell) -> Reading[Position]:
    """The positions a person holds now. An empty answer is none; a bare yes is some position."""
    return _read(written(cell))


@lru_cache(maxsize=20_000)
def _read(text: str) -> Reading[Position]:
    folded = fold(text)
    if not folded:
        return Reading(Position(("none",)))
    none = Position(("none",), youth_council=_YOUTH.search(folded) is not None)
    rest = _UNION.sub(" ", _YOUTH.sub(" ", folded))
    if rest != folded and not rest.strip(" ,.;-") or not re.search(r"\w", rest):
        return Reading(none)
    answer = yes_or_no(rest.strip(" ,.;"))
    plain = re.match(r"(en|ei|nej|no|none|inte|ingen)\b", rest.strip(" ,.;"))
    if plain is not None and not re.search(r"\b(mutta|vaan|men|but)\b", rest):
        return Reading(none)
    if _PAST.search(rest) and not re.search(r"\b(nyky|nyt|edelleen|nuvarande|current)\w*", rest):
        return Reading(none).but("official_past")
    foreign = _NOT_MUNICIPAL.search(rest)
    rest = _NOT_MUNICIPAL.sub(" ", rest)
    found = tuple(value for value, pattern in _PATTERNS if pattern.search(rest))
    if "deputy_councillor" in found and not re.search(
        r"(?<!vara)(?<!\w)(kaupungin|kunnan)?valtuutettu", rest.replace("varavaltuut", "")
    ):
        found = tuple(value for value in found if value != "councillor")
    if found:
        return Reading(Position(found, none.youth_council))
    if foreign is not None:
        return Reading(none).but("official_elsewhere")
    if answer is True:
        return Reading(Position(("other_body",), none.youth_council))
    if _ASSOCIATION.search(rest):
        return Reading(none)
    return Reading(none).but("official_unclear")


@lru_cache(maxsize=1)
def _party() -> re.Pattern[str]:
    names = sorted(lexicon("values")["parties"], key=lambda name: (-len(name), name))
    alternatives = "|".join(re.escape(name) for name in names)
    long = "|".join(re.escape(name) for name in names if len(name) > 4 and name not in ("gröna",))
    return re.compile(
        rf"\s*[(\[/,]\s*(?:{alternatives})\.?\s*[)\]]?(?=\s*(?:[,;)\n]|$))|\b(?:{long})\w*\.?", re.IGNORECASE
    )


def without_parties(text: str) -> str:
    """An answer about positions of trust without parties and union posts: convictions are not imported."""
    return re.sub(r" {2,}", " ", _UNION.sub("…", _party().sub("", text))).strip()
