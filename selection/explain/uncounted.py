"""Who counts to no group: seated people whose value is unknown to a requirement that they may break; they are named.

An unknown value counts to no group, so that whoever misspells it would keep to no maximum without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from selection.model.applied import is_read
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rules import Rules
from selection.model.titles import field_word, rule_name
from selection.texts import text

#: Fields that only a representative has: of a resident nothing is unknown.
OF_REPRESENTATIVES = ("organisation", "organisation_type")

#: Whom a body of a rule counts; any other body counts members and deputies.
BODIES = {"members": (Role.MEMBER,), "deputies": (Role.DEPUTY,)}

#: People named at most of one field.
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Somebody seated whose ``field`` is unknown to the requirement ``id``, which that may break."""

    id: str
    field: str
    seat: Seat


def uncounted(pool: Pool, rules: Rules, seats: Iterable[Seat]) -> tuple[Uncounted, ...]:
    """All of them, by rule and field, in the order of the seats. A field that was not read at all is told elsewhere."""
    seats = [seat for seat in seats if seat.person in pool.places]
    told = [
        Uncounted(rule.id, field, seat)
        for rule in rules.required
        if is_read(pool, rule)
        for field in rule.capped_fields
        for seat in seats
        if rule.at(seat.table)
        and seat.role in BODIES.get(rule.body, (Role.MEMBER, Role.DEPUTY))
        and _unknown(pool, pool.places[seat.person], field)
    ]
    if rules.eligibility.maximum_age is not None and pool.was_asked("age"):
        ages = ((seat, pool.ages[pool.places[seat.person]]) for seat in seats)
        told += [Uncounted("maximum_age", "age", seat) for seat, age in ages if rules.eligibility.is_open_above(age)]
    return tuple(told)


def _unknown(pool: Pool, place: int, field: str) -> bool:
    applicant = pool.applicants[place]
    if field == "age":
        return pool.ages[place] is None
    if field in OF_REPRESENTATIVES and applicant.value("kind") != "representative":
        return False
    return not applicant.values.get(field)


def uncounted_lines(pool: Pool, rules: Rules, seats: Iterable[Seat]) -> list[str]:
    """A sentence for each field: whose value is unknown, and which maximums they were not counted to."""
    people = {one.key: one for one in pool.applicants}
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for one in uncounted(pool, rules, seats):
        whose, maximums = found.setdefault(one.field, ({}, {}))
        whose[one.seat.person] = None
        maximums[one.id] = None
    return [
        text(
            "uncounted.line",
            n=len(whose),
            field=field_word(field).removeprefix("category."),
            people=_named([people[key] for key in whose]),
            rules=", ".join(rule_name(rules, id) for id in maximums),
        )
        for field, (whose, maximums) in found.items()
    ]


def _named(people: Sequence[Applicant]) -> str:
    said = [f"{one.name} ({one.origin.place})" if one.origin else one.name for one in people[:MOST_NAMED]]
    return ", ".join(said) + (" …" if len(people) > MOST_NAMED else "")


def uncounted_json(pool: Pool, rules: Rules, seats: Iterable[Seat]) -> list[dict[str, Any]]:
    """The same as values: rule, field, and whose; by key and the row of the file."""
    people = {one.key: one for one in pool.applicants}
    return [
        {
            "id": one.id,
            "field": one.field,
            "table": one.seat.table,
            "role": one.seat.role.value,
            "sheet": origin.sheet if (origin := people[one.seat.person].origin) else None,
            "row": origin.row if origin else None,
            "part": origin.part if origin else "",
            "key": one.seat.person,
        }
        for one in uncounted(pool, rules, seats)
    ]
