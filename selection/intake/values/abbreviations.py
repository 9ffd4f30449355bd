"""Bodies and seats of a municipality that are written short, written out."""

from __future__ import annotations

import re

#: Words of bodies and their members that are written short, and the shortest that a beginning of them tells.
_BROKEN_OFF = ("valtuutettu", "valtuusto", "lautakunta", "johtokunta", "jaosto", "hallitus", "fullmäktige", "styrelsen")
_INITIALS = {"ltk": "lautakunta", "kv": "kaupunginvaltuusto", "kvalt": "kaupunginvaltuusto", "kh": "kaupunginhallitus"}
#: Initials that everybody writes: nothing to ask.
_KNOWN = ("kh", "kv")
_OF_CITY = ("kaupungin", "kunnan")
_SHORT = re.compile(r"(?<![\w.])(?P<word>[^\W\d_]{2,})(?P<stop>\.?)(?::[^\W\d_]+)?(?!\w)")
_BEFORE = re.compile(r"^(?:vara|kaupungin|kunnan|stads|kommun)")


def expanded(text: str) -> tuple[str, bool]:
    """A folded text with its abbreviations of bodies written out (``siv.ltk``, ``varavalt.``), and
    whether it had any that may be misread."""
    text = re.sub(r"\bv\.?\s?(?=valt(?:\.|uut|\b))", "vara", text)
    parts = re.sub(r"(?<=[^\W\d_])\.(?=[^\W\d_])", ". ", text)
    short = False

    def full(match: re.Match[str]) -> str:
        nonlocal short
        word, stop = match["word"], match["stop"]
        found = _full(word, bool(stop))
        if found is None:
            return match.group()
        short = short or word not in _KNOWN
        return found

    said = _SHORT.sub(full, parts)
    said = re.sub(r"\b(kaupungin|kunnan) (?=hallitus|valtuu)", r"\1", said)
    return said, short


def _full(word: str, stopped: bool) -> str | None:
    """A short word of a body written out; ``None`` for any other."""
    if word in _INITIALS or word.endswith("ltk"):
        return _INITIALS.get(word, _INITIALS["ltk"])
    if stopped and len(word) >= 3 and (city := next((one for one in _OF_CITY if one.startswith(word)), None)):
        return city
    head = _BEFORE.match(word)
    rest = word[head.end() :] if head is not None else word
    least = 4 if not stopped else 3
    if len(rest) < least or (not stopped and rest not in ("valt", "lautak", "fullm")):
        return None
    meant = next((one for one in _BROKEN_OFF if one.startswith(rest) and one != rest), None)
    if meant is None and stopped:  # of a compound: kulttuurilautak.
        ends = ((one, size) for one in _BROKEN_OFF for size in range(len(one) - 1, 4, -1) if rest.endswith(one[:size]))
        meant, size = next(ends, (None, 0))
        return None if meant is None else word[: len(word) - size] + meant
    return None if meant is None else (head.group() if head is not None else "") + meant
