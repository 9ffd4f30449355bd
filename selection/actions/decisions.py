"""Actions of the decision and after it: freezing what was decided, refusals, resignations, replacements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import ConfigDict, Field

from selection.actions.base import RoundAction, Work, roster_of
from selection.actions.departures import hold_doubles, let_go
from selection.actions.lawfulness import reasons_given
from selection.actions.open_seats import facts_of_going_on
from selection.actions.rights import Right
from selection.actions.seat_changes import seatable_all
from selection.errors import ActionError
from selection.model.people import Role
from selection.model.roster import Difference, Roster, Seat
from selection.model.rules_file import parse_rules
from selection.records.base import now
from selection.records.departed import departed
from selection.records.people import field_values, with_values
from selection.records.retention import council_term_end, retention
from selection.records.tables import Application, Decision, Event, RulesText, Version


class RecordDecision(RoundAction):
    """Record what the board decided: § and day; the version is frozen with the names as decided.

    ``version_id`` is what was decided where it is not what was presented: a board member's proposed change, or a named
    version. ``special_reasons`` (by ``table/role``, such as ``itäinen/member``) are obligatory for each body that
    breaks the Equality Act's share, and say why; ``special_reason`` is one for all bodies: see
    :mod:`selection.model.law`.
    ``reason`` is obligatory where seats are open to question (:mod:`selection.records.readiness`).
    """

    code: ClassVar[str] = "record_decision"
    right: ClassVar[Right] = Right.RECORD
    states: ClassVar[tuple[str, ...]] = ("ready",)
    strict: ClassVar[bool] = True
    section: str
    date: dt.date
    version_id: int | None = None
    special_reason: str = ""
    special_reasons: dict[str, str] = Field(default_factory=dict)
    disqualified: str = ""
    note: str = ""
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        if not self.section.strip():
            raise ActionError("section_missing")
        source = self._source(work)
        work.require_active(source)
        rules_id = source.rules_id or work.round.rules_id
        if rules_id is None:
            raise ActionError("rules_missing")
        reasons = reasons_given(work, source, rules_id, self.special_reason, self.special_reasons)
        facts = facts_of_going_on(work, source)
        decided = work.copy_of(source, "decided")
        decided.facts = facts
        standing = work.copy_of(decided, "standing")
        work.session.add(
            Decision(
                round_id=work.round.id,
                section=self.section.strip(),
                date=self.date.isoformat(),
                version_id=decided.id,
                presented_id=work.round.presented_id,
                rules_id=rules_id,
                special_reason=reasons.to_text(),
                disqualified=self.disqualified.strip(),
                note=self.note.strip(),
                people=names_of(work, decided),
                made_at=now(),
            )
        )
        work.round.standing_id = standing.id
        work.round.state = "decided"
        days = retention(work.session).appeal_days
        work.round.appeal_ends = (self.date + dt.timedelta(days=days)).isoformat()
        if work.round.term_ends is None:
            found = work.session.get(RulesText, rules_id)
            ends = parse_rules(found.text, "").term.ends if found is not None else None
            work.round.term_ends = (ends or council_term_end(self.date)).isoformat()
        return {"version": decided.id, "source": source.id, "date": self.date.isoformat()}

    def _source(self, work: Work) -> Version:
        if self.version_id is None:
            if work.round.presented_id is None:
                raise ActionError("no_draft")
            return work.version(work.round.presented_id)
        return work.version(self.version_id)


def names_of(work: Work, version: Version) -> dict[str, Any]:
    """What the minutes may say of each person: the name and, for representatives, the organisation."""
    people = work.people()
    named: dict[str, Any] = {}
    for key in roster_of(version).people():
        row = people[key]
        represents = field_values(row.current, "kind") == ["representative"]
        organisation = field_values(row.current, "organisation_name") or field_values(row.current, "organisation")
        named[key] = {
            "id": row.id,
            "name": row.current["name"],
            "organisation": organisation[0] if represents and organisation else None,
        }
    return named


class _AfterDecision(RoundAction):
    """Something in the life of a decided roster."""

    right: ClassVar[Right] = Right.RECORD
    states: ClassVar[tuple[str, ...]] = ("decided",)
    needs_reason: ClassVar[bool] = True
    date: dt.date
    section: str = ""
    reason: str = ""

    def _standing(self, work: Work) -> Version:
        if work.round.standing_id is None:
            raise ActionError("no_draft")
        return work.version(work.round.standing_id)

    def _record(self, work: Work, kind: str, application_id: int, table: str, role: Role) -> dict[str, Any]:
        made = work.add(
            Event(
                round_id=work.round.id,
                kind=kind,
                application_id=application_id,
                table_id=table,
                role=role.value,
                date=self.date.isoformat(),
                reason=work.reason,
                section=self.section.strip(),
                made_at=now(),
            )
        )
        return {"id": made.id, "person": application_id, "date": self.date.isoformat()}


class _OfPerson(_AfterDecision):
    """What happens to one person of a decided roster."""

    application_id: int

    def _vacate(self, work: Work, kind: str) -> dict[str, Any]:
        row = work.application(self.application_id)
        version = self._standing(work)
        roster = roster_of(version)
        seat = roster.seat_of(row.person_key)
        if seat is None:
            raise ActionError("not_seated")
        version.roster = roster.without(row.person_key).to_json()
        made = self._record(work, kind, row.id, seat.table, seat.role)
        # A lock is of a seat: it would hold the person there against what was just recorded.
        let = let_go(work, row)
        hold_doubles(work, [row.id])
        return made | let | {"table": seat.table, "role": seat.role.value}


class RecordRefusal(_OfPerson):
    """A chosen person does not take the seat."""

    code: ClassVar[str] = "record_refusal"

    def apply(self, work: Work) -> dict[str, Any]:
        return self._vacate(work, "refusal")


class RecordResignation(_OfPerson):
    """A person leaves the seat; the body that elected grants it (Local Government Act 410/2015, section 70)."""

    code: ClassVar[str] = "record_resignation"

    def apply(self, work: Work) -> dict[str, Any]:
        return self._vacate(work, "resignation")


class Replace(_OfPerson):
    """Fill a vacant seat for the rest of the term: the deputy rises, or somebody of the reserves or applicants."""

    code: ClassVar[str] = "replace"
    table: str
    role: Role = Role.MEMBER
    deputy_of: int | None = None

    def apply(self, work: Work) -> dict[str, Any]:
        row = work.application(self.application_id)
        if row.status != "active":
            raise ActionError("is_set_aside", id=row.id)
        version = self._standing(work)
        _stays_gone(work, version, [row.id])
        partner = work.application(self.deputy_of).person_key if self.deputy_of is not None else None
        roster = roster_of(version)
        kind = _filling(roster.seat_of(row.person_key))
        version.roster = roster.seat(row.person_key, work.table(self.table), self.role, partner).to_json()
        made = self._record(work, kind, row.id, self.table, self.role)
        return made | {"table": self.table, "role": self.role.value}


class FillVacancies(_AfterDecision):
    """Fill the vacant seats of all tables with a roster that the program worked out and a person has seen.

    Nobody loses a seat: a deputy may rise at the same table, reserves and others may come, and deputies may be paired
    anew. Each who takes a seat is an event of its own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    code: ClassVar[str] = "fill_vacancies"
    strict: ClassVar[bool] = True
    roster: Roster

    def apply(self, work: Work) -> dict[str, Any]:
        seatable_all(work, self.roster)
        version = self._standing(work)
        taken = _seats_taken(roster_of(version).compare(self.roster))
        people = work.people()
        _stays_gone(work, version, [people[seat.person].id for _, seat in taken])
        version.roster = self.roster.to_json()
        for before, seat in taken:
            self._record(work, _filling(before), people[seat.person].id, seat.table, seat.role)
        return {"version": version.id, "filled": len(taken), "date": self.date.isoformat()}


def _stays_gone(work: Work, version: Version, taken: Sequence[int]) -> None:
    """Raise if somebody who refused or resigned would take a seat again, under any application of theirs."""
    gone = departed(work.session, work.round.id, roster_of(version))
    for application_id in taken:
        if application_id in gone:
            raise ActionError("has_left", id=application_id)


def _filling(before: Seat | None) -> str:
    """The kind of the event by which somebody takes a vacant seat."""
    return "rise" if before is not None and before.role is Role.DEPUTY else "replacement"


def _seats_taken(changed: Difference) -> tuple[tuple[Seat | None, Seat], ...]:
    """Who takes a vacant seat, with the seat held before.

    Raises
    ------
    ActionError
        if anything else changes, or nothing.
    """
    allowed = not changed.went and all(
        seat.role is not Role.RESERVE and (was is None or was.role is Role.RESERVE or _rises(was, seat))
        for was, seat in changed.taken
    )
    if not (changed.taken and allowed):
        raise ActionError("vacancies_only")
    return changed.taken


def _rises(was: Seat, seat: Seat) -> bool:
    return was.table == seat.table and was.role is Role.DEPUTY and seat.role is Role.MEMBER


class ElectedToCouncil(_OfPerson):
    """A seated person became a councillor: the cap on officials is counted anew."""

    code: ClassVar[str] = "elected_to_council"
    needs_reason: ClassVar[bool] = False

    def apply(self, work: Work) -> dict[str, Any]:
        row: Application = work.application(self.application_id)
        seat = roster_of(self._standing(work)).seat_of(row.person_key)
        if seat is None:
            raise ActionError("not_seated")
        row.current = with_values(row.current, "official", ["councillor"])
        return self._record(work, "elected", row.id, seat.table, seat.role)
