"""Short forms of organisations' names: initials (``MLL``), pieces with dots (``Launeen as.yhd.``), cut-off words."""

from __future__ import annotations

import re

from selection.intake.memo import memo

#: Letters that a word of initials has, and that a piece without a dot has at most to be one.
_INITIALS, _SHORT = (2, 6), 3
_WORD = re.compile(r"[^\W_]+(?:[.:-](?=\s|$))?|[^\W_]+")
#: Legal forms and joining words, which a short form leaves out.
_LEFT_OUT = frozenset({"ry", "rf", "oy", "ab", "oyj", "sr", "rs", "ja", "och", "and", "the", "of", "r", "y", "f"})


@memo(maxsize=20_000)
def pieces(name: str) -> tuple[tuple[str, ...], bool]:
    """The pieces that a name's words are made of, folded, and whether any of them looks cut off.

    A word in capitals among words that are not is split into its letters: they are initials.
    """
    words = [word for word in _WORD.findall(name) if word.strip(".:-").casefold() not in _LEFT_OUT]
    bare = [word.strip(".:-") for word in words]
    all_capitals = len(bare) > 1 and all(word.isupper() for word in bare)
    found: list[str] = []
    short = False
    for number, (word, letters) in enumerate(zip(words, bare, strict=True)):
        capitals = letters.isalpha() and letters.isupper() and not all_capitals
        alone = len(bare) == 1 and letters.isalpha() and len(letters) <= _INITIALS[1] - 1
        if (capitals or alone) and _INITIALS[0] <= len(letters) <= _INITIALS[1]:
            found += letters.casefold()
            short = True
        else:
            found.append(letters.casefold())
            followed = number + 1 < len(words) and name.find(f"{letters}.{bare[number + 1]}") >= 0
            cut = word != letters or followed or (letters.isalpha() and len(letters) <= _SHORT and number > 0)
            short = short or cut
    return tuple(found), short


def may_stand_for(short: str, full: str) -> bool:
    """Whether a short name's pieces begin every word of the full one, in order, and only parts of its compounds
    besides: ``MLL`` and *Mannerheimin Lastensuojeluliitto*, ``Launeen as.yhd.`` and *Launeen asukasyhdistys*."""
    parts, cut = pieces(short)
    words = pieces(full)[0]
    if not cut or not parts or sum(map(len, parts)) >= sum(map(len, words)) or len(words) > len(parts):
        return False
    return _covers(parts, 0, words, 0, 0)


def _covers(parts: tuple[str, ...], piece: int, words: tuple[str, ...], word: int, inside: int) -> bool:
    """Whether the pieces from ``piece`` on cover the words from ``word`` on, of which ``inside`` letters are passed."""
    if piece == len(parts):
        return word + (inside > 0) == len(words)
    part = parts[piece]
    if inside:
        place = words[word].find(part, inside)
        if place >= 0 and not part.isdigit() and _covers(parts, piece + 1, words, word, place + len(part)):
            return True
        word += 1
    passed = _passed(words[word], part) if word < len(words) else 0
    return passed > 0 and _covers(parts, piece + 1, words, word, passed)


def _passed(word: str, part: str) -> int:
    """How many letters of a word a piece at its beginning takes up, 0 where it does not stand for it.

    A number stands for itself only; letters of a short piece may be picked from the word (``ks``, *kyläseura*).
    """
    if part.isdigit() or word.isdigit():
        return len(word) if word == part else 0
    if word.startswith(part):
        return len(part)
    if len(part) > _SHORT or word[0] != part[0]:
        return 0
    place = 0
    for letter in part:
        place = word.find(letter, place) + 1
        if not place:
            return 0
    return place
