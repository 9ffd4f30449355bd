"""Erasing applicants for good: rows, images, reasons, files, and the bytes left behind in the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tomlkit
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from tomlkit.exceptions import TOMLKitError

from selection.model.people import Role
from selection.model.roster import Roster
from selection.records.journal import Blob, Image, Reason
from selection.records.retention import Retention
from selection.records.statistics import statistics_of
from selection.records.tables import (
    Application,
    Contact,
    Decision,
    Event,
    Finding,
    Lock,
    Note,
    Round,
    RulesText,
    SourceFile,
    Version,
    Waiver,
)


@dataclass(frozen=True, slots=True)
class ErasureGroups:
    """Ids of a decided round's applications, each in the first group that holds it: who sits, reserves where the city
    keeps them all, who agreed to be kept, who came later and whose own appeal time is not over, and who is erased."""

    seated: tuple[int, ...]
    reserves: tuple[int, ...]
    agreed: tuple[int, ...]
    waiting: tuple[int, ...]
    erased: tuple[int, ...]

    @property
    def kept(self) -> list[int]:
        """Those who stay when those not chosen are erased."""
        return sorted((*self.seated, *self.reserves, *self.agreed, *self.waiting))


def groups_when_decided(
    people: Iterable[Application], standing: Roster, times: Retention, waiting: Collection[int] = ()
) -> ErasureGroups:
    """Who stays when those not chosen are erased, and why; ``waiting`` as of :mod:`selection.records.departed`."""
    sits = {seat.person for seat in standing.seats if seat.role is not Role.RESERVE}
    reserves = {seat.person for seat in standing.seats if times.reserves == "all"}
    found: dict[str, list[int]] = {name: [] for name in ("seated", "reserves", "agreed", "waiting", "erased")}
    for person in people:
        if person.person_key in sits:
            name = "seated"
        elif person.person_key in reserves:
            name = "reserves"
        elif person.may_be_kept:
            name = "agreed"
        else:
            name = "waiting" if person.id in waiting else "erased"
        found[name].append(person.id)
    return ErasureGroups(**{name: tuple(ids) for name, ids in found.items()})


def erase_round(session: Session, row: Round, keep: Sequence[int], waiting: Collection[int] = ()) -> int:
    """Erase all applications of a round but those to keep; returns how many were erased.

    What tells of any person is emptied for the whole round: images of changes, reasons, findings, locks, files' bytes,
    versions other than what was decided and what sits now. The decision keeps the names of those chosen; reserves were
    never published, and go with their applications. Counts without persons are kept in ``rounds.statistics``.
    Statements go to the database directly: nothing of it may end up in images again. What was asked of those in
    ``waiting`` (of a supplementary call, their choice still open) stays.
    """
    people = list(session.scalars(select(Application).where(Application.round_id == row.id).order_by(Application.id)))
    gone = [person for person in people if person.id not in set(keep)]
    standing = session.get(Version, row.standing_id) if row.standing_id else None
    if row.statistics is None:
        decision = session.scalars(select(Decision).where(Decision.round_id == row.id)).one_or_none()
        year = int((decision.date if decision else row.made_at)[:4])
        row.statistics = statistics_of(people, Roster.from_json(standing.roster) if standing else None, year)
    _erase_versions(session, row, {person.person_key for person in gone})
    ids = [person.id for person in gone]
    for part in _parts(ids):
        session.execute(delete(Contact).where(Contact.application_id.in_(part)))
        session.execute(delete(Note).where(Note.application_id.in_(part)))
        session.execute(update(Event).where(Event.application_id.in_(part)).values(reason=""))
    for finding in session.scalars(select(Finding).where(Finding.round_id == row.id).order_by(Finding.id)).all():
        asked = finding.application_id in waiting and (finding.other_id is None or finding.other_id in keep)
        session.expunge(finding)
        if not asked:
            session.execute(delete(Finding).where(Finding.id == finding.id))
    for table in (Lock, Image, Reason, Blob):
        session.execute(delete(table).where(table.round_id == row.id))
    session.execute(update(SourceFile).where(SourceFile.round_id == row.id).values(mapping={}))
    if not keep:
        _erase_words(session, row)
    for person in people:
        session.expunge(person)
    for part in _parts(ids):
        session.execute(update(Application).where(Application.same_as_id.in_(part)).values(same_as_id=None))
        session.execute(delete(Application).where(Application.id.in_(part)))
    return len(ids)


def _erase_versions(session: Session, row: Round, gone: set[str]) -> None:
    kept = [i for i in (row.standing_id,) if i is not None]
    decision = session.scalars(select(Decision).where(Decision.round_id == row.id)).one_or_none()
    if decision is not None:
        kept.append(decision.version_id)
        _forget_reserves(session, decision, gone)
        presented = session.get(Version, decision.presented_id) if decision.presented_id else None
        if (
            presented is not None
            and not set(_without_reserves(Roster.from_json(presented.roster), gone).people()) & gone
        ):
            kept.append(presented.id)
        elif presented is not None:
            session.execute(update(Decision).where(Decision.id == decision.id).values(presented_id=None))
    row.draft_id = None
    row.presented_id = row.presented_id if row.presented_id in kept else None
    for version in session.scalars(select(Version).where(Version.round_id == row.id).order_by(Version.id)):
        session.expunge(version)
        if version.id not in kept:
            session.execute(delete(Version).where(Version.id == version.id))
            continue
        roster = _without_reserves(Roster.from_json(version.roster), gone).to_json()
        session.execute(update(Version).where(Version.id == version.id).values(roster=roster))
        if any(key in json.dumps(version.facts, ensure_ascii=False) for key in gone):
            session.execute(update(Version).where(Version.id == version.id).values(facts=_impersonal(version)))


def _erase_words(session: Session, row: Round) -> None:
    """What people wrote in their own words about a round whose people are all erased: reasons of events and of waivers,
    who was disqualified and the note of the decision, and comments and locks in every text of its rules."""
    session.execute(update(Event).where(Event.round_id == row.id).values(reason=""))
    session.execute(update(Waiver).where(Waiver.round_id == row.id).values(reason=""))
    session.execute(update(Decision).where(Decision.round_id == row.id).values(disqualified="", note=""))
    for rules in session.scalars(select(RulesText).where(RulesText.round_id == row.id).order_by(RulesText.id)).all():
        session.expunge(rules)
        bare = without_people(rules.text)
        if bare != rules.text:
            digest = hashlib.sha256(bare.encode()).hexdigest()
            session.execute(update(RulesText).where(RulesText.id == rules.id).values(text=bare, sha256=digest))


def without_people(rules: str) -> str:
    """The text of a rules file without comments and locks, which may name people; as it is where it cannot be read."""
    try:
        held = tomlkit.parse(rules).unwrap()
    except TOMLKitError:
        return rules
    return tomlkit.dumps({name: value for name, value in held.items() if name not in PERSONAL})


#: Tables of a rules file that name people.
PERSONAL = ("locks", "apart", "together", "one_of", "not_here")

#: Facts of a proposal's making that tell of no person; why the matter went on has counts and a reason that the
#: documents carry.
IMPERSONAL = ("seed", "solver", "solver_version", "seconds", "proven", "steps", "readiness")


def _impersonal(version: Version) -> dict[str, Any]:
    """What stays of the facts of a version's making, with how many people were changed in it by hand."""
    facts = version.facts or {}
    kept = {name: facts[name] for name in IMPERSONAL if name in facts}
    if "made" in facts:
        made, now = Roster.from_json(facts["made"]), Roster.from_json(version.roster)
        found = made.compare(now)
        kept["changed"] = len(found.came) + len(found.went) + len(found.moved)
    return kept


def _forget_reserves(session: Session, decision: Decision, gone: set[str]) -> None:
    decided = session.get(Version, decision.version_id)
    if decided is None:
        return
    named = set(_without_reserves(Roster.from_json(decided.roster), gone).people())
    people = {key: one for key, one in decision.people.items() if key in named}
    session.execute(update(Decision).where(Decision.id == decision.id).values(people=people))


def _without_reserves(roster: Roster, gone: set[str]) -> Roster:
    return replace(roster, seats=tuple(s for s in roster.seats if s.role is not Role.RESERVE or s.person not in gone))


def _parts(ids: list[int], size: int = 500) -> list[list[int]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]
