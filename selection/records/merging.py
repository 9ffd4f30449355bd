"""Bringing together what is held and what comes: a person's later application, and two applications of one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.model.applicant_json import applicant_to_json
from selection.model.people import Applicant
from selection.model.roster import Roster
from selection.records.people import field_values, with_values
from selection.records.tables import Application, Lock, Round, Version


def take_application(row: Application, applicant: Applicant, original: Mapping[str, Any]) -> bool:
    """Take the values of a later file into a held application, corrections on top; True if anything changed."""
    fresh = applicant_to_json(applicant)
    corrections: dict[str, Any] = {}
    for field, entry in row.corrections.items():
        read = field_values(fresh, field)
        if read == entry["to"]:
            continue
        fresh = with_values(fresh, field, entry["to"])
        corrections[field] = {"from": read, "to": entry["to"]}
    changed = fresh != row.current or dict(original) != row.original
    if fresh != row.current:
        row.current = fresh
    if corrections != row.corrections:
        row.corrections = corrections
    return changed


def forget_person(session: Session, row: Round, drop: Application, keep: Application) -> None:
    """Pass the locks and the seat in the draft of one application to another of the same person."""
    for lock in session.scalars(select(Lock).where(Lock.round_id == row.id).order_by(Lock.id)):
        if drop.id not in lock.application_ids:
            continue
        ids = sorted({keep.id if i == drop.id else i for i in lock.application_ids})
        if lock.kind == "apart" and len(ids) < 2:
            session.delete(lock)
        else:
            lock.application_ids = ids
    draft = session.get(Version, row.draft_id) if row.draft_id else None
    if draft is None:
        return
    roster = Roster.from_json(draft.roster)
    if roster.seat_of(drop.person_key) is None:
        return
    if roster.seat_of(keep.person_key) is None:
        draft.roster = roster.renamed(drop.person_key, keep.person_key).to_json()
    else:
        draft.roster = roster.without(drop.person_key).to_json()
