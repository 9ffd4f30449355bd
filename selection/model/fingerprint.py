"""Fingerprint: one digest of a roster and of what decides it, the same in every program that counts it.

It is the SHA-256 of a canonical JSON: objects, lists, texts and null only; numbers and truth values as texts; texts in
Unicode's composed form (NFC); ASCII keys in order; no spaces; UTF-8.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from selection.model.deputy_orders import deputy_orders
from selection.model.people import Applicant
from selection.model.roster import Seat
from selection.model.rules import Rules


def canonical(value: Any) -> bytes:
    """A value of objects, lists, texts, numbers, truth values and null as canonical JSON.

    Raises
    ------
    TypeError
        if there is anything else in it.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """The SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _plain(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(held) for held in value]
    raise TypeError(type(value).__name__)


#: The parts of a rules file that are locks.
LOCKS = {"locks", "apart", "together", "one_of", "not_here"}


def rules_hash(rules: Rules) -> str:
    """The digest of what rules say: comments, the order of keys and the name of the rules do not matter, and neither do
    keys that stand at what they are without being written."""
    return digest(rules.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"name"}))


def bare_rules_hash(rules: Rules) -> str:
    """The same without the locks, which name persons."""
    return digest(rules.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"name", *LOCKS}))


def made_from(rules: Rules, people: str) -> dict[str, str]:
    """What a proposal was computed from, by digest: the rules, the locks of the rules file, and ``people`` as given."""
    locks = rules.model_dump(mode="json", by_alias=True, exclude_defaults=True, include=LOCKS)
    return {"rules": bare_rules_hash(rules), "locks": digest(locks), "people": people}


def differing(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """What of :func:`made_from` is other than it was; what was not told is taken as the same."""
    return tuple(name for name, held in now.items() if before.get(name, held) != held)


def fingerprint(rules: Rules, seed: str, seats: Iterable[Seat], applicants: Iterable[Applicant]) -> str:
    """The digest of the rules' hash, the seed and the seats (table, role, sheet, row, part, the deputy's member, and of
    deputies who are nobody's own the place in their order, from 1).

    No name is in it. A person who stands in no file has the person key for a part. ``applicants`` are those who are
    seated, among others.
    """
    people = {one.key: one for one in applicants}

    def place(key: str) -> dict[str, Any]:
        origin = people[key].origin if key in people else None
        if origin is None:
            return {"sheet": None, "row": None, "part": key}
        return {"sheet": origin.sheet, "row": origin.row, "part": origin.part}

    orders = deputy_orders(rules, seats := list(seats))
    told = [
        {
            "table": seat.table,
            "role": seat.role.value,
            **place(seat.person),
            "deputy_of": None if seat.deputy_of is None else place(seat.deputy_of),
            **({"order": orders[seat.table, seat.person]} if (seat.table, seat.person) in orders else {}),
        }
        for seat in seats
    ]
    told.sort(key=canonical)
    return digest({"rules": rules_hash(rules), "seed": seed, "seats": told})
