"""Leaving: an applicant who declined or withdrew is no longer in the pool, has no lock of a seat and no seat."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from selection.actions.base import MAIN, Work, roster_of
from selection.records.readiness import LEFT
from selection.records.tables import Application, Contact, Lock


def leave(work: Work, row: Application, status: str) -> dict[str, Any]:
    """Set the application aside, let go of its locks of seats and leave its seat in the draft vacant.

    Returns what the log line says of it: ``table`` and ``role`` of the seat, ``locks`` let go; nothing where the
    person stays. What was presented or decided stands: those seats are asked about, and refusals are recorded.
    """
    if work.round.state == "ready":
        return {}
    if (
        work.round.state == "decided"
        and row.person_key in roster_of(work.version(work.round.standing_id or 0)).people()
    ):
        return {}
    if row.status == "set_aside" and row.set_aside_code not in LEFT:
        return {}
    row.status, row.set_aside_code = "set_aside", status
    work.scope = MAIN
    if work.round.state != "draft":
        return {}
    return _let_go(work, row) | _vacate(work, row)


def come_back(work: Work, row: Application) -> None:
    """Take an application back in that was set aside because the person declined or withdrew."""
    if row.status == "set_aside" and row.set_aside_code in LEFT:
        row.status, row.set_aside_code, row.set_aside_reason = "active", None, None
        work.scope = MAIN


def leave_all(work: Work) -> list[int]:
    """Let everybody leave the draft who declined or withdrew; returns their application ids."""
    if work.round.state != "draft":
        return []
    asked = select(Contact).where(Contact.round_id == work.round.id, Contact.status.in_(LEFT)).order_by(Contact.id)
    people = []
    for contact in work.session.scalars(asked):
        row = work.application(contact.application_id)
        seated = row.person_key in roster_of(work.draft()).people() if work.round.draft_id is not None else False
        if row.status == "active" or (row.set_aside_code in LEFT and seated):
            leave(work, row, contact.status)
            people.append(row.id)
    return people


def take_answer(work: Work, drop: Application, keep: Application) -> None:
    """Pass the answer given for one application to another of the same person, if that one has none of its own."""
    ids = (drop.id, keep.id)
    asked = {
        one.application_id: one for one in work.session.scalars(select(Contact).where(Contact.application_id.in_(ids)))
    }
    if drop.id not in asked or keep.id in asked:
        return
    answer = asked[drop.id]
    answer.application_id = keep.id
    if answer.status in LEFT and keep.status == "active":
        leave(work, keep, answer.status)


def forget_answer(work: Work, row: Application) -> None:
    """Take the answer away that an application was set aside for, as it is taken back in."""
    for contact in work.session.scalars(select(Contact).where(Contact.application_id == row.id)):
        if contact.status in LEFT:
            work.session.delete(contact)


def _let_go(work: Work, row: Application) -> dict[str, Any]:
    held = select(Lock).where(Lock.round_id == work.round.id, Lock.kind == "seat").order_by(Lock.id)
    locks = [lock for lock in work.session.scalars(held) if list(lock.application_ids) == [row.id]]
    for lock in locks:
        work.session.delete(lock)
    return {"locks": len(locks)} if locks else {}


def _vacate(work: Work, row: Application) -> dict[str, Any]:
    if work.round.draft_id is None:
        return {}
    draft = work.draft()
    roster = roster_of(draft)
    seat = roster.seat_of(row.person_key)
    if seat is None:
        return {}
    draft.roster = roster.without(row.person_key).to_json()
    return {"table": seat.table, "role": seat.role.value}
