"""Words of a cell made comparable: invisible characters, case, dashes, broken letters; and the package's word lists."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from selection.intake.memo import memo
from selection.intake.reader import Cell

_DATA = Path(__file__).parent / "data"

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
#: Dashes and quotes that mean the same.
_ALIKE = {
    **dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201b\u00b4`"), "'"),
}
_TWICE = re.compile(
    "[\u00c2-\u00c5][\u0080-\u00bf\u2013-\u2026\u0152-\u0178\u02c6\u02dc\u20ac\u2122\u2030\u2039\u203a]"
)


@lru_cache(maxsize=8)
def lexicon(name: str) -> Any:
    """A word list of the package, such as ``lexicon("values")``."""
    return json.loads((_DATA / f"{name}.json").read_text("utf-8"))


def written(cell: Cell) -> str:
    """A cell as a person would read it: text cleaned, whole numbers without a decimal point, dates in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if type(cell) is int:
        return str(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell)


@memo(maxsize=50_000)
def clean(text: str) -> str:
    """Text without invisible and control characters, its line ends as ``\\n``, its letters composed (NFC)."""
    if text.isprintable() and "_x" not in text:  # nothing to take out: the quick way for nearly all cells
        return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()
    if "_x" in text:
        text = _ESCAPED.sub(_letter, text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u202f", " ")
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def _letter(escaped: re.Match[str]) -> str:
    """The letter that a workbook escaped (``_x000D_``); nothing for what is none: half a pair, ``FFFE``, ``FFFF``."""
    code = int(escaped[1], 16)
    return "" if 0xD800 <= code < 0xE000 or code >= 0xFFFE else chr(code)


@memo(maxsize=50_000)
def fold(text: str) -> str:
    """Text for comparing: one line, one kind of space, dash and quote, no case."""
    text = unicodedata.normalize("NFKC", clean(text)).casefold().translate(_ALIKE)
    return " ".join(text.split())


def without_dots(text: str) -> str:
    """Folded text with å, ä, ö as a, a, o, for files that lost the dots."""
    return text.translate(_DOTS)


_DOTS = str.maketrans("åäö", "aao")


def is_decoded_twice(text: str) -> bool:
    """Whether the text looks like UTF-8 read as Windows-1252 (``SyntymÃ¤vuosi``)."""
    return _TWICE.search(text) is not None


def mended(text: str) -> str:
    """Text decoded twice, put right; the text itself where that is not possible."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        pass
    try:  # cp1252 has holes where latin-1 has control characters
        return b"".join(letter.encode("cp1252", "ignore") or letter.encode("latin-1") for letter in text).decode(
            "utf-8"
        )
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def word_starts(text: str, stem: str) -> Iterator[int]:
    """Where words of a folded text begin with ``stem``, from the left."""
    place = text.find(stem)
    while place >= 0:
        if place == 0 or not (text[place - 1].isalnum() or text[place - 1] == "_"):
            yield place
        place = text.find(stem, place + 1)


def word_end(text: str, place: int) -> int:
    """Where the word ends that holds ``place``."""
    while place < len(text) and (text[place].isalnum() or text[place] == "_"):
        place += 1
    return place


@memo(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, folded: runs of letters, digits and inner apostrophes."""
    return tuple(re.findall(r"[^\W_]+(?:'[^\W_]+)*", fold(text)))


def is_empty(cell: Cell) -> bool:
    """Whether a cell shows nothing."""
    if not isinstance(cell, str):
        return cell is None
    return not cell[:1].isalnum() and not clean(cell)
