"""Who is who: a key for a person that survives sorting, renaming of sheets and new spellings of case and order."""

from __future__ import annotations

import hashlib

from selection.intake.memo import memo
from selection.intake.wording import fold, tokens


@memo(maxsize=20_000)
def name_tokens(name: str) -> tuple[str, ...]:
    """The parts of a name, folded and sorted: ``Virtanen, Maija`` and ``Maija VIRTANEN`` are the same."""
    return tuple(sorted(tokens(name)))


def person_key(name: str, email: str, birth_year: int | None) -> str:
    """The key of a person: 16 hexadecimal digits of name, e-mail address and birth year, no row number in it."""
    said = "\n".join((" ".join(name_tokens(name)), fold(email), str(birth_year or "")))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def told_apart(key: str, content: str) -> str:
    """A key of its own for one of several persons with the same key, by what else their rows say."""
    return hashlib.sha256(f"{key}\n{content}".encode()).hexdigest()[:16]
