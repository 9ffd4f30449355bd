"""Changes of the numbers of rules: what a way out of a conflict names, and what a board may try."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Any, Literal

from selection.model import limits
from selection.model.criteria import Required
from selection.model.locks import Locks
from selection.model.rules import REQUIRED, Rules
from selection.model.source import LockKind

#: Which number: of a requirement, of the sizes, or a lock that is dropped.
Number = limits.Number | Literal["least", "aim", "lock"]

#: The numbers of the sizes.
SIZES: tuple[Number, ...] = ("least", "aim")


@dataclass(frozen=True, slots=True)
class Change:
    """One number of the rules changed.

    Attributes
    ----------
    id
        Of the requirement; ``members`` or ``deputies`` for the sizes (then ``number`` is ``least`` or ``aim``);
        ``seated``, ``kept_out`` or ``kept_apart`` for a lock that is dropped.
    table, role
        Where; ``None`` for every table. The sizes are the same at every table.
    value
        Person key of a lock (``+`` between several), and ``lock`` what it asks.
    seats
        By how many seats the requirement is loosened.
    """

    id: str
    table: str | None
    role: str | None
    number: Number
    before: int | Fraction | None
    after: int | Fraction | None
    value: str | None = None
    seats: int = 1
    lock: LockKind | None = None


def changed_rules(rules: Rules, changes: Iterable[Change]) -> Rules:
    """The rules with some numbers changed. A requirement changed at one table only is written out for that table."""
    changes = tuple(changes)
    parts: dict[str, Any] = {}
    for one in changes:
        if one.number in SIZES:
            sizes = parts.setdefault(one.id, getattr(rules, one.id).model_dump())
            sizes[one.number] = one.after
    numbers = [one for one in changes if one.number not in (*SIZES, "lock")]
    for kind in REQUIRED:
        written = [
            _written_out(rule, rules, [one for one in numbers if one.id == rule.id]) for rule in getattr(rules, kind)
        ]
        if written:
            parts[kind] = list(chain.from_iterable(written))
    return rules.changed(**parts) if parts else rules


def _written_out(rule: Required, rules: Rules, changes: list[Change]) -> list[dict[str, Any]]:
    if any(one.number == "dropped" and one.table is None for one in changes):
        return []
    whole = rule.model_dump(by_alias=True)
    everywhere: dict[str, object] = {one.number: _said(one.after) for one in changes if one.table is None}
    whole |= everywhere
    changed = list(dict.fromkeys(one.table for one in changes if one.table is not None))
    left = [table for table in rules.table_ids if rule.at(table) and table not in changed]
    written = [{**whole, "tables": left if changed else whole["tables"]}] if left else []
    for table in changed:
        bodies = ["members", "deputies"] if rule.body == "each" else [rule.body]
        for body in bodies:
            role = {"members": "member", "deputies": "deputy"}.get(body, "together")
            here = [one for one in changes if (one.table, one.role) == (table, role)]
            numbers: dict[str, object] = {one.number: _said(one.after) for one in here}
            if any(one.number == "dropped" for one in here):
                continue
            name = re.sub(r"[^\w-]", "-", "-".join((rule.id, table, *([body] if len(bodies) > 1 else []))))
            written.append({**whole, **numbers, "id": name, "tables": [table], "body": body})
    return written


def _said(number: int | Fraction | None) -> object:
    """A share as the rules write it; a fraction that is no decimal goes down to a hundredth of a per cent."""
    if isinstance(number, Fraction):
        return f"{number.numerator * 10_000 // number.denominator / 100:.2f} %"
    return number


def changed_locks(locks: Locks, changes: Iterable[Change]) -> Locks:
    """The locks without those that are dropped."""
    dropped = {(one.lock, one.value) for one in changes if one.number == "lock"}
    return Locks.of(one for one in locks.entries if (one.kind, one.value) not in dropped)
