"""Order of wishes: ranks in words and numbers, each bound to the nearest name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selection.intake.wording import fold

_RANK_WORDS = (
    (
        0,
        r"ensisijai\w*|mielu\w*|helst|hellre|prefer\w*|primary|primär\w*|paras|bäst|best|"
        r"ensin|första\w*|first|1st|ykkö\w*|ensimmäi\w*",
    ),
    (1, r"toissijai\w*|toi(?:nen|seksi|sena)|andra\w*|second\w*|2nd|kakko\w*|backup|fallback|reserv\w*"),
    (2, r"kolma\w*|tredje\w*|third|3rd"),
    (3, r"neljä\w*|fjärde\w*|fourth|4th"),
    (8, r"viimei\w*|sist\w*|last"),
)


def rank_of(text: str) -> int | None:
    """The place, from 1, that a cell under a table's name gives it: ``2``, ``2.``, ``toissijainen``."""
    folded = fold(text).strip(" .):")
    number = re.fullmatch(
        r"(\d)\s*(?:[.):]|:?[ae]|st|nd|rd|th)?\s*"
        r"(?:sija|valinta|toive|vaihtoehto|val|hands?val|plats|choice|place|preference|hand)?",
        folded,
    )
    if number is not None:
        return int(number[1])
    return next((place + 1 for place, words in _RANK_WORDS if re.match(rf"(?:{words})\b", folded)), None)


#: What parts a text into pieces of one table each.
_APART = re.compile(r"[,;/\n()\[\]]|\b(?:ja|sekä|och|and|tai|eller|or|sitten|sedan|then)\b|\s-\s")
#: A wish for the case that another comes to nothing: ``keskusta, jos en pääse itäiseen``.
UNLESS = re.compile(
    r"\b(?:jos|mikäli|ellen|ellei|om|ifall|if|unless)\b(?P<words>(?:(?!\b(?:niin|sitten|så|then)\b)[^,;.()\n])*)"
)
FAILS = re.compile(r"\b(?:en|ei|inte|ej|not|can't|don't|cannot|ellen|ellei|unless|täyn\w*|full\w*)\b|n't\b")


def by_rank(found: list[tuple[int, str]], text: str) -> list[str]:
    """Tables in the order of the numbers or ordinals that stand nearest to them, else in the text's order."""
    if len(found) < 2:
        return [table for _, table in found]
    starts = [place for place, _ in found]
    before = [text[(starts[number - 1] if number else 0) : place] for number, place in enumerate(starts)]
    numbers = [re.search(r"(?<!\d)([1-9])\s*[.):=-]*\s*[^\d;,]*$", part) for part in before]
    order: list[int]
    order = [int(match.group(1)) for match in numbers if match is not None] if all(numbers) else _placed(starts, text)
    if len(set(order)) != len(order):
        return [table for _, table in found]
    return [table for _, (_, table) in sorted(zip(order, found, strict=True), key=lambda pair: pair[0])]


def _placed(starts: Sequence[int], text: str) -> list[int]:
    """The place of each table: by a rank in its own piece of the text; of those without one in the text's order."""
    condition = next((one for one in UNLESS.finditer(text) if FAILS.search(one.group())), None)
    inside = [condition is not None and condition.start() < place < condition.end() for place in starts]
    if any(inside) and not all(inside):  # "keskusta, jos en pääse itäiseen": what fails was wished for first
        return [number if within else number + len(starts) for number, within in enumerate(inside)]
    for bracket in re.finditer(r"[(\[][^()\[\]]*[)\]]", text):  # what stands in brackets after a name is said of it
        if not any(bracket.start() < place < bracket.end() for place in starts):
            text = f"{text[: bracket.start()]} {bracket.group()[1:-1]} {text[bracket.end() :]}"
    edges = [0, *(match.start() for match in _APART.finditer(text)), len(text)]
    ranks: list[int | None] = []
    behind = rank_in(text[: starts[0]]) is None and rank_in(text[starts[-1] :]) is not None
    for number, place in enumerate(starts):
        left = max(edge for edge in edges if edge <= place)
        right = min(edge for edge in edges if edge > place)
        alone = sum(left <= other < right for other in starts) == 1
        if alone:
            piece = text[left:right]
        elif behind:  # each rank after its name
            piece = text[place : starts[number + 1] if number + 1 < len(starts) else right]
        else:
            piece = text[starts[number - 1] if number else left : place]
        ranks.append(rank_in(piece))
    if all(rank is None for rank in ranks):
        return list(range(len(starts)))
    free = (place for place in range(1, 10) if place not in ranks)
    return [next(free) if rank is None else rank for rank in ranks]


def rank_in(piece: str) -> int | None:
    """The rank, from 1, that a piece of a text gives to the one table in it."""
    number = re.search(r"(?<![\d.])([1-9])(?:\s*[.):=]|\s*$|\s+(?=[^\W\d])|(?=\s*[-)]))", piece.strip(" ,;()"))
    if number is not None:
        return int(number.group(1))
    return next((place + 1 for place, words in _RANK_WORDS if re.search(rf"\b(?:{words})\b", piece)), None)
