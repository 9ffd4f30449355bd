"""The seal of a round and its lots: hashes over pool, rules, program and locks, and then over a public number.

A lot is fair when nobody could choose it: the pool is sealed before the number is known, and the lots follow from both
(after RFC 3797). Every hash is SHA-256 over ``selection-draw/2|label|body`` in UTF-8, as 64 hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PROTOCOL = "selection-draw/2"
#: Digits of a ticket that are the receipt's number.
RECEIPT = 12
ACTIVE = "active"

#: A source of numbers and what it gave.
Drawing = tuple[str, str]

_KEY = re.compile(r"[a-z0-9_]+")


class SealValueError(ValueError):
    """A value that no seal can hold, or two that must differ and are equal."""


def hashed(label: str, body: str) -> str:
    """The hash of a body under a label."""
    return hashlib.sha256(f"{PROTOCOL}|{label}|{body}".encode()).hexdigest()


def canonical(value: Any) -> str:
    """A value of objects, lists, texts and null as canonical JSON: NFC, keys sorted, no spaces, escaped as in RFC 8785.

    Raises
    ------
    SealValueError
        for anything else, such as a number.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) and _KEY.fullmatch(key) for key in value):
            raise SealValueError("key")
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(held) for held in value]
    raise SealValueError(type(value).__name__)


@dataclass(frozen=True, slots=True)
class SealMark:
    """The seal that a pool was drawn under: its root, and each source with its numbers."""

    root: str
    drawings: tuple[Drawing, ...]


@dataclass(frozen=True, slots=True)
class Sealed:
    """One application as it is sealed.

    Attributes
    ----------
    person_salt, data_salt
        Hexadecimal, of 16 bytes each.
    person
        ``application`` (the answer's number), ``birth_year`` (four digits or null) and ``name``.
    data
        ``roles``, ``status``, ``tables`` in the order of wishes, and ``values``: field → list.
    """

    person_salt: str
    data_salt: str
    person: Mapping[str, Any]
    data: Mapping[str, Any]

    @property
    def ticket(self) -> str:
        """What stands for the person in every seal of a round."""
        return hashed("ticket", f"{self.person_salt}|{canonical(self.person)}")

    @property
    def receipt(self) -> str:
        """The number that the applicant gets."""
        return self.ticket[:RECEIPT]

    @property
    def leaf(self) -> str:
        """The hash of the person's data."""
        return hashed("leaf", f"{self.ticket}|{self.data_salt}|{canonical(self.data)}")

    @property
    def is_active(self) -> bool:
        """Whether the application takes part in the draw."""
        return str(self.data["status"]) == ACTIVE


def lines_of(sealed: Iterable[Sealed]) -> tuple[str, ...]:
    """The lines of the list that is published: ticket and leaf, sorted.

    Raises
    ------
    SealValueError
        if two applications have the same salt, ticket or leaf.
    """
    people = list(sealed)
    tickets = [(one.ticket, one.leaf) for one in people]
    salts = [salt for one in people for salt in (one.person_salt, one.data_salt)]
    for held in (salts, [ticket for ticket, _ in tickets], [leaf for _, leaf in tickets]):
        if len(set(held)) != len(held):
            raise SealValueError("equal")
    return tuple(sorted(f"{ticket} {leaf}" for ticket, leaf in tickets))


def list_hash(lines: Sequence[str]) -> str:
    """The hash of the published list."""
    return hashed("list", "\n".join(lines))


def root_of(seal: Mapping[str, Any]) -> str:
    """The root of a seal: ``count``, ``fields``, ``list``, ``locks``, ``number``, ``previous``, ``program``, ``round``,
    ``rules`` and ``sources``."""
    return hashed("seal", canonical(seal))


def numbers_of(written: str) -> str:
    """Numbers of a drawing as they are hashed: without leading zeros, the main ones ascending joined by ``.``, then
    ``+`` and the extra ones ascending. Dice, ``d:6.2.5``, stay in the order thrown, without the mark.

    Raises
    ------
    SealValueError
        if it holds anything but numbers.
    """
    dice = written.strip().lower().startswith("d:")
    text = written.strip()[2:] if dice else written.strip()
    parts = text.split("+")
    if len(parts) > 2 or (dice and len(parts) > 1):
        raise SealValueError("numbers")
    told = []
    for part in parts:
        numbers = [one for one in re.split(r"[\s.,;]+", part.strip()) if one]
        if not numbers or not all(one.isascii() and one.isdecimal() for one in numbers):
            raise SealValueError("numbers")
        whole = [int(one) for one in numbers]
        told.append(".".join(map(str, whole if dice else sorted(whole))))
    return "+".join(told)


def seed_of(root: str, drawings: Sequence[Drawing]) -> str:
    """The seed of a sealed draw."""
    return hashed("seed", canonical([root, *([name, numbers] for name, numbers in drawings)]))


def vacancy_seed_of(root: str, vacancy: int, drawings: Sequence[Drawing]) -> str:
    """The seed of the draw for one vacancy."""
    return hashed("vacancy", canonical([root, str(vacancy), *([name, numbers] for name, numbers in drawings)]))


def lot_of(seed: str, ticket: str) -> str:
    """A person's lot: the lowest comes first."""
    return hashed("lot", f"{seed}|{ticket}")


def ascii_names(names: Iterable[str]) -> dict[str, str]:
    """Field → its key in canonical JSON, no key twice: by name, of two alike the later with a number."""
    keys: dict[str, str] = {}
    for name in sorted(names):
        plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
        key = stem = re.sub(r"[^a-z0-9_]", "_", plain) or "_"
        number = 1
        while key in keys.values():
            number += 1
            key = f"{stem}_{number}"
        keys[name] = key
    return keys


def is_canonical(numbers: str) -> bool:
    """Whether numbers stand as :func:`numbers_of` writes them, be they drawn or thrown."""
    forms = (numbers,) if "+" in numbers else (numbers, f"d:{numbers}")
    try:
        return numbers in [numbers_of(form) for form in forms]
    except SealValueError:
        return False
