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
#: So many letters of a word tell which names it may be a form of.
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
def _by_beginning() -> dict[str, tuple[tuple[int, str, str], ...]]:
    """The first letters that all forms of a name share, at most :data:`_TOLD` → the names that begin so: place in the
    list, folded name, Finnish name. Most words begin no name."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    named = ((name, names[0]) for names in lexicon("municipalities") for name in names)
    for place, (name, known) in enumerate(named):
        folded = fold(name)
        found.setdefault(_beginning(folded), []).append((place, folded, known))
    return {beginning: tuple(names) for beginning, names in found.items()}


def _beginning(name: str) -> str:
    """What every form of a folded name begins with: letters of its first word (S:t Michel), at most :data:`_TOLD`, but
    for a last vowel and the consonant before it, which change (Geta, Gedan)."""
    first = name[: max(len(name) - 2, 2)]
    return re.split(r"[\W\d_]", first, maxsplit=1)[0][:_TOLD]


@memo(maxsize=1_000)
def _pattern(name: str) -> re.Pattern[str]:
    """The forms of a folded name as whole words; made for the names that a text may hold, as there are hundreds."""
    return re.compile(rf"(?<!\w)(?:{_forms(name)})(?!\w)")


@memo(maxsize=5_000)
def municipalities_in(text: str) -> tuple[str, ...]:
    """The municipalities that a text names, by their Finnish names, in the order of the list."""
    folded, names = fold(text), _by_beginning()
    begun = {word[:letters] for word in re.findall(r"[^\W\d_]+", folded) for letters in range(1, _TOLD + 1)}
    candidates = sorted(one for beginning in begun for one in names.get(beginning, ()))
    return tuple(dict.fromkeys(known for _, name, known in candidates if _pattern(name).search(folded)))


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
