"""Municipalities of Finland named in a text, in Finnish or Swedish, in any case form."""

from __future__ import annotations

import re
from functools import lru_cache

from selection.intake.memo import memo
from selection.intake.wording import fold, lexicon

#: Consonants before a last vowel, and what they weaken to in the genitive (Lahti, Lahden; Helsinki, Helsingin).
_WEAKENED = (
    ("nt", "nn"), ("nk", "ng"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr"), ("ht", "hd"),
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("t", "d"), ("p", "v"), ("k", ""),
)  # fmt: skip
#: Endings of the cases of place: of, in, from, to, at.
_ENDINGS = r"(?:n|ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|[aeiouyäö]n|seen|hin|hen|h[aou]n)"
#: Letters that every form of a longer name begins with.
_TOLD = 3
#: The municipality next door, or another than this one, without its name.
_ANOTHER = re.compile(
    r"\b(?:naapuri|toisen |toisessa |muun |muussa |entisen |vieraan )(?:kun[tn]\w*|kaupun\w*)|grann(?:kommun|stad)\w*|"
    r"\bannan (?:kommun|stad)|\bneighbou?ring|\banother (?:city|town|municipality)"
)


def _forms(name: str) -> str:
    """A pattern of a folded name in its forms: itself, with the endings of cases, or with a Swedish genitive."""
    written = re.escape(name)
    if name.endswith("nen"):
        return rf"{written}|{re.escape(name[:-3])}s(?:en|ten|essa|issa|esta|ista|een|iin|ella|illa)"
    if name[-1] == "s":
        return rf"{written}|{re.escape(name[:-1])}(?:kse|ksi|ks|e){_ENDINGS}"
    if name[-1] not in "aeiouyäö":
        return rf"{written}(?:s|i{_ENDINGS})?"
    stem, vowel = name[:-1], name[-1]
    weak = next((stem[: -len(strong)] + mild for strong, mild in _WEAKENED if stem.endswith(strong)), stem)
    vowels = f"[{vowel}e]" if vowel == "i" else vowel
    return rf"{written}s?|(?:{re.escape(stem)}|{re.escape(weak)}){vowels}{_ENDINGS}"


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    named = [(fold(name), names[0]) for names in lexicon("municipalities") for name in names]
    return tuple((re.compile(rf"(?<!\w)(?:{_forms(name)})(?!\w)"), known) for name, known in named)


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """The first letters of the names: most words begin none."""
    return frozenset(fold(name)[:_TOLD] for names in lexicon("municipalities") for name in names)


@memo(maxsize=5_000)
def municipalities_in(text: str) -> tuple[str, ...]:
    """The municipalities that a text names, by their Finnish names, in the order of the list."""
    folded = fold(text)
    if not any(word[:_TOLD] in _beginnings() or word[:2] in _beginnings() for word in re.findall(r"[^\W\d_]+", folded)):
        return ()
    return tuple(dict.fromkeys(known for pattern, known in _patterns() if pattern.search(folded)))


def names_another(text: str, own: tuple[str, ...]) -> bool:
    """Whether a folded text names a municipality other than ``own``, or speaks of another one without its name.

    Without ``own`` no name tells that it is another.
    """
    if _ANOTHER.search(text):
        return True
    named = municipalities_in(text) if own else ()
    return bool(named) and not set(named) & set(own)


def names_own(word: str, own: tuple[str, ...]) -> bool:
    """Whether a folded word is one of the round's own municipalities, in any case form."""
    return bool(own) and bool(set(municipalities_in(word)) & set(own))
