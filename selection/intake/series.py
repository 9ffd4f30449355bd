"""Series: headers that differ by a number alone, so that each number is another person of the row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from selection.intake.columns import ColumnMatch
from selection.intake.wording import fold

#: A place in a series: a digit, a Roman numeral or a letter by itself, or an ordinal in words.
_PLACES: tuple[tuple[str, int], ...] = (
    *((rf"[#(\[]?\b(?:nro|nr|no)?\.?\s?#?{digit}\b\s*[.:)\]]?", digit) for digit in range(1, 10)),
    *((rf"[(\[]?\b{numeral}\b[.:)\]]?", at) for at, numeral in enumerate(("i", "ii", "iii", "iv"), start=1)),
    *((rf"[(\[]?\b{letter}\b[.:)\]]?", at) for at, letter in enumerate("abcd", start=1)),
    *(
        (rf"\b(?:{words})\b", at)
        for at, words in enumerate(
            (
                r"ensimmäi\w+|första|first|1st|1:a",
                r"toi(?:nen|se\w+)|andra|second|2nd|2:a",
                r"kolma\w+|tredje|third|3rd|3:e",
                r"neljä\w+|fjärde|fourth|4th|4:e",
            ),
            start=1,
        )
    ),
)
_PATTERNS = tuple((re.compile(pattern), place) for pattern, place in _PLACES)


def series_of(columns: Sequence[ColumnMatch]) -> dict[int, tuple[int, str]]:
    """Columns of headers that differ by their place in a series alone: column → the place, and the header without it.

    A series has every place from 1 to its last, at least 2, once each.
    """
    found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for match in columns:
        for place, rest in _readings(match.header):
            found[rest][place].append(match.index)
    told: dict[int, tuple[int, str]] = {}
    for rest in sorted(found, key=lambda rest: (-len(found[rest]), rest)):
        places: Mapping[int, list[int]] = found[rest]
        whole = len(places) > 1 and sorted(places) == list(range(1, len(places) + 1))
        if whole and all(len(indices) == 1 for indices in places.values()):
            for place, (index,) in places.items():
                told.setdefault(index, (place, rest))
    return told


def _readings(header: str) -> Iterator[tuple[int, str]]:
    """Each place that a header may hold, with what is left of it."""
    text = fold(header)
    seen: set[tuple[int, str]] = set()
    for pattern, place in _PATTERNS:
        for match in pattern.finditer(text):
            rest = re.sub(r"[\W_]+", " ", text[: match.start()] + " \0 " + text[match.end() :])
            reading = (place, rest.strip())
            if rest.strip() and reading not in seen:
                seen.add(reading)
                yield reading
