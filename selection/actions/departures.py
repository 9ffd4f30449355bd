"""Leaving: an applicant who declined or withdrew is no longer in the pool, has no lock of a seat and no seat."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from selection.actions.base import MAIN, Work, roster_of
from selection.records.departed import departed
from selection.records.readiness import LEFT
from selection.records.tables import Application, Contact, Finding, Lock


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
    hold_doubles(work, [row.id])
    if work.round.state != "draft":
        return {}
    return let_go(work, row) | _vacate(work, row)


def hold_doubles(work: Work, gone: Collection[int]) -> list[int]:
    """Set aside, until a person answers, those who may be one of some who left: nobody is offered again under a second
    application. ``KeepBoth`` takes them back in. Who has a seat that was decided stays; a seat of the draft is left.

    Parameters
    ----------
    gone
        Ids of applications whose person declined, withdrew, refused or resigned.
    """
    asked = select(Finding).where(
        Finding.round_id == work.round.id, Finding.code == "likely_duplicate", Finding.how.is_(None)
    )
    held = []
    for finding in work.session.scalars(asked.order_by(Finding.id)).all():
        pair = [one for one in (finding.application_id, finding.other_id) if one is not None]
        for one in pair:
            others = [other for other in pair if other in gone]
            row = work.application(one)
            if one in gone or not others or row.status != "active":
                continue
            standing = roster_of(work.version(work.round.standing_id)) if work.round.standing_id is not None else None
            if standing is not None and standing.seat_of(row.person_key) is not None:
                continue
            row.status, row.set_aside_code, row.same_as_id = "set_aside", "duplicate", others[0]
            if work.round.state == "draft":
                let_go(work, row)
                _vacate(work, row)
            held.append(row.id)
    return held


def hold_doubles_of_all(work: Work) -> list[int]:
    """:func:`hold_doubles` of everybody who left: after applications came in."""
    answered = select(Contact.application_id).where(Contact.round_id == work.round.id, Contact.status.in_(LEFT))
    gone = set(work.session.scalars(answered))
    if work.round.standing_id is not None:
        gone |= departed(work.session, work.round.id, roster_of(work.version(work.round.standing_id)))
    return hold_doubles(work, gone) if gone else []


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


def let_go(work: Work, row: Application) -> dict[str, Any]:
    """Take away the locks that seat one person."""
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
