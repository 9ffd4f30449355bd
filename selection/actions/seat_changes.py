"""Actions on a roster: the solver's proposal, and what people change in it."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import ConfigDict, Field

from selection.actions.base import RosterAction, Work, roster_of
from selection.errors import ActionError
from selection.model.people import Role
from selection.model.roster import Roster
from selection.records.base import now
from selection.records.tables import Version


class SaveProposal(RosterAction):
    """Take the solver's roster as the round's new draft (the one before is kept), or into one's own trial."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    code: ClassVar[str] = "save_proposal"
    strict: ClassVar[bool] = True
    needs_reason: ClassVar[bool] = False
    roster: Roster
    facts: dict[str, Any] = Field(default_factory=dict)

    def apply(self, work: Work) -> dict[str, Any]:
        seatable_all(work, self.roster)
        if self.version_id is not None and self.version_id != work.round.draft_id:
            version = self.edited(work)
            version.roster, version.facts, version.rules_id = self.roster.to_json(), self.facts, work.round.rules_id
            return {"version": version.id, "seats": len(self.roster.seats)}
        made = work.add(
            Version(
                round_id=work.round.id,
                kind="draft",
                name="",
                parent_id=work.round.draft_id,
                rules_id=work.round.rules_id,
                roster=self.roster.to_json(),
                facts=self.facts,
                proposed=False,
                made_at=now(),
            )
        )
        work.round.draft_id = made.id
        return {"id": made.id, "version": made.id, "seats": len(self.roster.seats)}


class TakeRoster(RosterAction):
    """Take a roster that the program worked out and a person has seen: an alternative, the least change, a deputy who
    rises. What the program proposed at first stays known."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    code: ClassVar[str] = "take_roster"
    strict: ClassVar[bool] = True
    roster: Roster

    def apply(self, work: Work) -> dict[str, Any]:
        seatable_all(work, self.roster)
        version = self.edited(work)
        changed = roster_of(version).compare(self.roster)
        version.roster = self.roster.to_json()
        people = len(changed.came) + len(changed.went) + len(changed.moved)
        return {"version": version.id, "changed": people}


class Swap(RosterAction):
    """``into`` takes the seat of ``out``; if both are seated they change places."""

    code: ClassVar[str] = "swap"
    out: int
    into: int

    def apply(self, work: Work) -> dict[str, Any]:
        version = self.edited(work)
        out, into = work.application(self.out), _seatable(work, self.into)
        version.roster = roster_of(version).swap(out.person_key, into).to_json()
        return {"person": self.out, "other": self.into, "version": version.id}


class MovePerson(RosterAction):
    """Seat a person at a table in a role, from another seat or from outside."""

    code: ClassVar[str] = "move_person"
    application_id: int
    table: str
    role: Role = Role.MEMBER
    deputy_of: int | None = None

    def apply(self, work: Work) -> dict[str, Any]:
        version = self.edited(work)
        partner = work.application(self.deputy_of).person_key if self.deputy_of is not None else None
        person = _seatable(work, self.application_id)
        version.roster = roster_of(version).seat(person, work.table(self.table), self.role, partner).to_json()
        return {
            "person": self.application_id,
            "table": self.table,
            "role": self.role.value,
            "version": version.id,
        }


class ChangeDeputy(RosterAction):
    """Give a member another personal deputy, or none."""

    code: ClassVar[str] = "change_deputy"
    member: int
    deputy: int | None

    def apply(self, work: Work) -> dict[str, Any]:
        version = self.edited(work)
        deputy = _seatable(work, self.deputy) if self.deputy is not None else None
        version.roster = roster_of(version).pair(work.application(self.member).person_key, deputy).to_json()
        return {"person": self.member, "deputy": self.deputy, "version": version.id}


class RemoveFromSeat(RosterAction):
    """Leave the person's seat vacant."""

    code: ClassVar[str] = "remove_from_seat"
    application_id: int

    def apply(self, work: Work) -> dict[str, Any]:
        version = self.edited(work)
        key = work.application(self.application_id).person_key
        version.roster = roster_of(version).without(key).to_json()
        return {"person": self.application_id, "version": version.id}


class LetGo(RosterAction):
    """Let a change made by hand go: the next solve may seat the person otherwise. The seat itself stays as it is."""

    code: ClassVar[str] = "let_go"
    needs_reason: ClassVar[bool] = False
    application_id: int

    def apply(self, work: Work) -> dict[str, Any]:
        version = self.edited(work)
        person = work.application(self.application_id)
        seat = roster_of(version).seat_of(person.person_key)
        place: list[str | None] = [person.person_key, None, None]
        if seat is not None and seat.role is not Role.RESERVE:
            place = [person.person_key, seat.table, seat.role.value]
        facts = dict(version.facts or {})
        gone = [list(one) for one in facts.get("let_go", ())]
        if place in gone:
            raise ActionError("is_let_go", id=person.id)
        version.facts = {**facts, "let_go": [*gone, place]}
        return {"person": person.id, "version": version.id}


def _seatable(work: Work, application_id: int) -> str:
    row = work.application(application_id)
    if row.status != "active":
        raise ActionError("is_set_aside", id=row.id)
    return row.person_key


def seatable_all(work: Work, roster: Roster) -> None:
    """Raise unless every table is the round's and everybody is an active applicant."""
    people = work.people()
    for table in dict.fromkeys(seat.table for seat in roster.seats):
        work.table(table)
    for key in roster.people():
        if key not in people:
            raise ActionError("unknown_person")
        if people[key].status != "active":
            raise ActionError("is_set_aside", id=people[key].id)
