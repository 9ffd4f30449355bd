"""Spelling: when two values as written are one value, and which value of a list a cell means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

#: Hyphens, dashes and the minus sign are one sign, apostrophes another.
SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’ʼ′", "'"))

#: Characters that are not seen: soft hyphen, zero-width space, joiners, word joiner, byte order mark.
UNSEEN = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))

#: A number as a spreadsheet may write it; leading zeros stay, since postal codes have them.
DECIMAL = re.compile(r"([+-]?\d+)[.,](\d+)")


def spelled(value: str) -> str:
    """A value in one spelling, letter case kept: letters composed (NFC), spaces single, dashes alike, ``1.0`` as ``1``.

    Notes
    -----
    Two values with the same result are one value wherever they stand.
    """
    value = " ".join(unicodedata.normalize("NFC", value).translate(UNSEEN).translate(SIGNS).split())
    number = DECIMAL.fullmatch(value)
    if number is None:
        return value
    decimals = number[2].rstrip("0")
    return f"{number[1]}.{decimals}" if decimals else number[1]


def folded(value: str) -> str:
    """The same without letter case: two values with the same result are one value unless a list holds both."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", spelled(value)).casefold())


class Spellings:
    """Finds which of some known values is meant by a spelling.

    Parameters
    ----------
    values
        As they are to be called; of values spelled alike the first is taken.
    """

    def __init__(self, values: Iterable[str]) -> None:
        self._exact: dict[str, str] = {}
        for value in values:
            self._exact.setdefault(spelled(value), value)
        self._folded: dict[str, list[str]] = {}
        for value in self._exact.values():
            self._folded.setdefault(folded(value), []).append(value)

    def find(self, written: str) -> str | None:
        """The known value; letter case counts only where two known values differ in nothing else. ``None`` for none."""
        exact = self._exact.get(spelled(written))
        if exact is not None:
            return exact
        alike = self._folded.get(folded(written), [])
        return alike[0] if len(alike) == 1 else None


__all__ = ["Spellings", "folded", "spelled"]
