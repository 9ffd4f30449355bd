"""Positions of trust that a clause names, and whether more stands in it that a person should look at."""

from __future__ import annotations

import re

from selection.intake.values.circumstances import is_perhaps, is_still
from selection.intake.values.municipalities import names_own

#: In this order; what one has matched is not looked at by the next.
POSITIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
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
                r"(?:deputy|substitute|alternate) councill?or\w*",
                r"(?:deputy|substitute|alternate)[\w' ]{0,30}\bcouncil\b",
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
        ("city_board", (r"\b(?:kaupungin|kunnan)\s?hallitu\w*", r"(?:stads|kommun)styrels\w*", r"city board\w*")),
        (
            "board_member",
            (
                r"\w*lautakun\w*",
                r"\w*jaosto\w*",
                r"\w*johtokun\w*",
                r"\w*nämnd\w*",
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
#: What may stand beside a position, or a yes, and changes nothing of it.
_BESIDE = re.compile(
    r"\b(?:kyllä|joo|juu|olen|oon|toimin|istun|kuulun|minä|myös|lisäksi|sekä|nykyinen|nykyisin|nyt|edelleen|"
    r"tällä hetkellä|(?:vara)?jäse\w*|(?:vara)?puheenjohtaj\w*|v?pj|vj|edustaj\w*|luottamus\w*|lh|kaupungin|kunnan|"
    r"(?:ensimmäistä|toista|kolmatta|neljättä|viidettä|kuudetta|\d+\.?) kautta|"
    r"(?:ensimmäisen|toisen|kolmannen|neljännen) kauden|kokoomu\w*|keskusta\w*|vihre\w*|vasemmis\w*|demari\w*|"
    r"perussuom\w*|kau[ds]\w*|vuodesta|vuoden|vuosina|alkaen|lähtien|asti|saakka|toimikau\w*|varsinainen|"
    r"henkilökohtainen|suoraan|tehtävä\w*|toimi|toimessa|"
    r"ja|jag|är|har|sitter|som|i|av|på|för|vid|nu|just|också|en|ett|den|det|stad\w*|kommun\w*|kommitté\w*|"
    r"(?:vice )?ordförande|vice|ledam\w*|medlem\w*|ersättar\w*|suppleant\w*|ordinarie|invald|sedan|till|uppdrag\w*|"
    r"förtroende\w*|från|år|"
    r"yes|i'm|i am|am|a|an|the|of|on|in|at|for|and|current\w*|serving|presently|member\w*|deputy|substitute|"
    r"(?:vice[- ])?chair\w*|city|town|municipal|council|board|committee|elected|official|since|from|until|my|term|"
    r"second|third|first)\b"
)
#: What a board is of: words in the genitive before it, or what it is for, after it.
_OF_BOARD = re.compile(
    r"(?:\b[\w-]+n(?:\s+(?:ja|sekä))?\s+){1,4}(?=\0)|\b[\w-]+-\s+(?:ja|sekä|och)\s+(?=\0)|"
    r"\0(?:\s+\w+){0,2}\s+(?:för|for|on)\s+(?:\w+\s*){1,4}"
)
#: A year alone, of which it is not said whether something began or ended in it.
_A_YEAR = re.compile(r"(?<![-\d.])(?:19|20)\d\d(?!\s*-|\d)(?! (?:asti|saakka))")
#: Another place or house, whose board it may be.
_OTHER_PLACE = re.compile(r"(?:kunnan|kaupungin|kylän|pitäjän|maan|maakunnan|piirin|koulun|talon|yhtiön|opiston)\b")


def positions_in(clause: str) -> list[str]:
    """The positions that a folded clause names."""
    return positions_and_rest(clause)[0]


def positions_and_rest(clause: str) -> tuple[list[str], str]:
    """The positions that a clause names, and the clause with a mark in place of their words."""
    found = []
    for value, pattern in POSITIONS:
        if pattern.search(clause):
            found.append(value)
            clause = pattern.sub(" \0 ", clause)
    return found, clause


def says_more(clause: str, held: list[str], rest: str, own: tuple[str, ...]) -> bool:
    """Whether more stands in a clause than positions and what goes with them, so that a person should look at it."""
    if is_perhaps(clause) or (_A_YEAR.search(clause) and not is_still(clause)):
        return True
    names_board = "board_member" in held or "other_body" in held
    if names_board:
        rest = _OF_BOARD.sub(lambda one: one.group() if _OTHER_PLACE.search(one.group()) else " ", rest)
    left = _BESIDE.sub(" ", rest)
    words = [word for word in re.findall(r"[^\W\d_]{2,}", left) if not names_own(word, own)]
    return bool(words)
