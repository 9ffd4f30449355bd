"""Readiness: which seats of a roster are open to question before they are decided, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.roster import Roster
from selection.model.rules import Rules
from selection.records.application_rows import ApplicationRow
from selection.records.rows import FindingRow

#: Answers after which somebody is no longer to be chosen.
LEFT = ("declined", "withdrawn")

#: Why a seat is open to question, the gravest first. ``not_asked`` and ``not_agreed``: only who has consented may be
#: chosen to a position of trust (Local Government Act 410/2015, section 70).
CAUSES = (
    "declined",
    "withdrawn",
    "set_aside",
    "not_agreed",
    "not_asked",
    "under_age",
    "over_age",
    "age_unknown",
    "late",
    "non_disclosure",
)

#: Of a person's safety: never printed where it may be published.
INTERNAL = ("non_disclosure",)


@dataclass(frozen=True, slots=True)
class OpenSeat:
    """A seat whose holder is to be looked at, with every cause, the gravest first."""

    person: str
    table: str
    role: Role
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What was gone on with in spite of: how many seats, how often each cause, and the reason.

    Kept with the version as ``facts["readiness"]``. It names nobody: documents that are published carry it.
    """

    seats: int
    causes: Mapping[str, int]
    reason: str

    def to_json(self) -> dict[str, Any]:
        """Plain values for the version's facts."""
        return {"seats": self.seats, "causes": dict(self.causes), "reason": self.reason}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Settled | None:
        """What a version's facts tell; ``None`` where nothing was open."""
        told = facts.get("readiness")
        if not told:
            return None
        causes = {cause: int(told["causes"][cause]) for cause in CAUSES if told["causes"].get(cause)}
        return cls(int(told["seats"]), causes, str(told["reason"]))


def late_people(findings: Sequence[FindingRow]) -> frozenset[int]:
    """Ids of the applications that came after the call had closed, whatever was done about it since."""
    return frozenset(one.application_id for one in findings if one.code == "late" and one.application_id is not None)


def open_seats(
    roster: Roster, people: Mapping[str, ApplicationRow], rules: Rules, late: Collection[int] = ()
) -> tuple[OpenSeat, ...]:
    """The seats open to question, in the order of the roster; reserves hold none.

    Parameters
    ----------
    people
        Person key → application.
    late
        Ids of the applications that came late.
    """
    found = []
    for seat in roster.seats:
        if seat.role is Role.RESERVE or seat.person not in people:
            continue
        causes = causes_of(people[seat.person], rules, late)
        if causes:
            found.append(OpenSeat(seat.person, seat.table, seat.role, causes))
    return tuple(found)


def causes_of(person: ApplicationRow, rules: Rules, late: Collection[int] = ()) -> tuple[str, ...]:
    """Why a seat of this person is open to question, the gravest first; nothing where it is not."""
    answer = person.contact.status if person.contact is not None else None
    met = {
        "declined": answer == "declined",
        "withdrawn": answer == "withdrawn",
        "set_aside": person.status != "active" and person.set_aside_code not in LEFT,
        "not_agreed": answer == "asked",
        "not_asked": answer is None,
        "under_age": False,
        "over_age": False,
        "age_unknown": False,
        "late": person.id in late,
        "non_disclosure": person.non_disclosure,
    }
    limits = rules.eligibility
    if (limits.minimum_age, limits.maximum_age) != (None, None):
        age = Pool.build([person.as_applicant()], rules).ages[0]
        met["under_age"] = age is not None and limits.is_under(age)
        met["over_age"] = age is not None and limits.is_over(age)
        # A stated band that lies on both sides of a limit leaves open which side of it the person is on.
        met["age_unknown"] = limits.is_open(age)
    return tuple(cause for cause in CAUSES if met[cause])


def counted(seats: Sequence[OpenSeat]) -> dict[str, int]:
    """How many seats each cause concerns, in the order of :data:`CAUSES`; a seat counts under each of its causes."""
    return {cause: n for cause in CAUSES if (n := sum(cause in one.causes for one in seats))}
