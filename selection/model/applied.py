"""Applied: which rules of a round count nobody with these applications, and why; every output asks here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from selection.errors import Unread, UnreadRequirementError
from selection.model.counting import Counting
from selection.model.criteria import Rule
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.spelling import folded
from selection.model.vocabulary import OPEN_FIELDS, VOCABULARY

Reason = Literal["not_asked", "left_out", "waived", "no_such_value"]

#: So many of the values that the applications do have are told.
TOLD = 12


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A rule that is not applied, or values of it that are not.

    Attributes
    ----------
    field
        The field that was not read, or whose values nobody has.
    reason
        ``not_asked``: no column answers the field; ``left_out``: the column that does was left out; ``waived``: people
        went on without the requirement; ``no_such_value``: no applicant has one of the ``values``.
    known
        The values that applicants do have, where ``values`` are told: the first :data:`TOLD`.
    """

    id: str
    kind: Literal["requirement", "goal"]
    field: str
    reason: Reason
    values: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


def is_read(pool: Pool, rule: Rule) -> bool:
    """Whether every field of a rule was read from the applications."""
    return all(pool.was_asked(name) for name in rule.counted_fields)


def require_read(pool: Pool, rules: Rules) -> None:
    """See that every requirement can be counted, or was waived by name.

    Raises
    ------
    UnreadRequirementError
        if a field of a requirement was not read.
    """
    unread = unread_requirements(pool, rules)
    if unread:
        raise UnreadRequirementError(unread)


def unread_requirements(pool: Pool, rules: Rules) -> tuple[Unread, ...]:
    """Requirements with a field that was not read, without those waived, by field; in the order of the rules."""
    return tuple(
        Unread(id, name)
        for id, fields in rules.needed_fields.items()
        if id not in pool.waived
        for name in fields
        if not pool.was_asked(name)
    )


def not_applied(pool: Pool, rules: Rules) -> tuple[NotApplied, ...]:
    """Every rule that is not applied, in the order of the rules.

    A value that nobody has is told of fields whose values are as people write them: it may be misspelt. That nobody is
    in an area, an age band or a group of the product's own is a fact of the applicants: see :func:`without_anybody`.
    """
    told: list[NotApplied] = []
    for rule in rules.rules:
        missing = [name for name in rule.counted_fields if not pool.was_asked(name)]
        for name in missing:
            reason: Reason = "left_out" if name in pool.left_out else "not_asked"
            waived = rule.kind == "requirement" and rule.id in pool.waived
            told.append(NotApplied(rule.id, rule.kind, name, "waived" if waived else reason))
        if not missing:
            told += [
                NotApplied(rule.id, rule.kind, name, "no_such_value", values, pool.values_of(name)[:TOLD])
                for name, values in chain.from_iterable(_without_anybody(pool, group) for group in rule.counts)
                if _as_written(name)
            ]
    if rules.eligibility.maximum_age is not None and not pool.was_asked("age"):
        unread: Reason = "left_out" if "age" in pool.left_out else "not_asked"
        told.append(
            NotApplied("maximum_age", "requirement", "age", "waived" if "maximum_age" in pool.waived else unread)
        )
    for name in dict.fromkeys(name for group in rules.reserves.own for name in group.fields):
        if rules.has(Role.RESERVE) and not pool.was_asked(name):
            told.append(NotApplied("reserves", "goal", name, "left_out" if name in pool.left_out else "not_asked"))
    for name in rules.pairs.fields if rules.deputies.personal and rules.has(Role.DEPUTY) else ():
        if not pool.was_asked(name):
            told.append(NotApplied("pairs", "goal", name, "left_out" if name in pool.left_out else "not_asked"))
    return tuple(told)


def without_anybody(pool: Pool, rules: Rules) -> tuple[NotApplied, ...]:
    """Areas, age bands and groups of the product's own that a rule names and no applicant is in: facts, no mistakes."""
    return tuple(
        NotApplied(rule.id, rule.kind, name, "no_such_value", values)
        for rule in rules.rules
        if is_read(pool, rule)
        for group in rule.counts
        for name, values in _without_anybody(pool, group)
        if not _as_written(name)
    )


def waived(pool: Pool, rules: Rules) -> tuple[str, ...]:
    """Ids of the requirements that are not kept because people went on without them, in the order of the rules."""
    return tuple(
        id for id, fields in rules.needed_fields.items() if id in pool.waived and not all(map(pool.was_asked, fields))
    )


def of_nobody(pool: Pool, rules: Rules) -> tuple[str, ...]:
    """Ids of the requirements of whose values, as people write them, no applicant has any, in the order of the rules:
    they may be misspelt, so that nobody knows whether the requirement is kept."""
    return tuple(
        rule.id
        for rule in rules.required
        if is_read(pool, rule)
        and any(
            _as_written(name) and (named := _values(group, group.named, name)) and set(named) <= set(missing)
            for group in rule.counts
            for name, missing in _without_anybody(pool, group)
        )
    )


def _values(group: Counting, several: Sequence[str], name: str) -> tuple[str, ...]:
    """What some of a group's values are of one of its fields, each once."""
    number = group.fields.index(name)
    return tuple(dict.fromkeys(value for written in several for value in group.parts(written)[number]))


def _as_written(name: str) -> bool:
    return name == "organisation" or (name not in VOCABULARY and name not in OPEN_FIELDS)


def _without_anybody(pool: Pool, group: Counting) -> list[tuple[str, tuple[str, ...]]]:
    """For each field of a group the values that it names and no applicant has."""
    found: list[tuple[str, tuple[str, ...]]] = []
    everybody = range(len(pool.applicants))
    for name in group.fields:
        named = _values(group, group.mentioned, name)
        if not named:
            continue
        known = None if name == "age" else {folded(value) for value in pool.values_of(name)}
        missing = tuple(
            value
            for value in named
            if (
                folded(value) not in known
                if known is not None
                else not any(pool.holds(place, name, (value,)) for place in everybody)
            )
        )
        if missing and everybody:
            found.append((name, missing))
    return found
