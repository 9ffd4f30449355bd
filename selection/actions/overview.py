"""Reading what concerns a round as a whole: the list of rounds, users, reminders, one person's data."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from selection.actions.administration import groups_of
from selection.actions.base import User, rights_of
from selection.actions.rights import Right, rights_in
from selection.actions.views import count, reading
from selection.errors import ActionError, PermissionDenied
from selection.model.roster import Roster
from selection.records import journal as j
from selection.records import rows as r
from selection.records import tables as t
from selection.records.cleaning import KINDS
from selection.records.erasure import ErasureGroups
from selection.records.examples import is_example
from selection.records.people import OWN_FIELDS, field_values
from selection.records.proposals import proposals as proposals_of
from selection.records.retention import Reminder, Retention, due, retention
from selection.records.store import Store


def rounds(store: Store, user: User) -> list[r.RoundRow]:
    """The rounds in which the user has a role, newest first."""
    with store.read() as session:
        found = session.scalars(select(t.Round).order_by(t.Round.id.desc()))
        return [_round_row(session, row) for row in found if rights_in(session, user.id, row.id)]


def round_row(store: Store, user: User, round_id: int) -> r.RoundRow:
    """One round."""
    with reading(store, user, round_id, Right.READ, Right.ADMINISTER) as (session, row):
        return _round_row(session, row)


def _round_row(session: Session, row: t.Round) -> r.RoundRow:
    here = t.Application.round_id == row.id
    total = count(session, t.Application, here)
    active = count(session, t.Application, here, t.Application.status == "active")
    waiting = count(session, t.Finding, t.Finding.round_id == row.id, t.Finding.how.is_(None))
    shown = session.get(t.Version, row.standing_id or row.draft_id or 0)
    decision = session.scalars(select(t.Decision).where(t.Decision.round_id == row.id)).one_or_none()
    proposed = count(session, t.Version, t.Version.round_id == row.id, t.Version.proposed.is_(True))
    if proposed:  # read from the log only where there are any
        proposed = sum(one.state == "waiting" for one in proposals_of(session, row.id))
    return r.RoundRow(
        id=row.id,
        name=row.name,
        state=row.state,
        step=_step(row, total, waiting),
        language=row.language,
        revision=row.revision,
        preset=row.preset,
        rules_id=row.rules_id,
        draft_id=row.draft_id,
        presented_id=row.presented_id,
        standing_id=row.standing_id,
        applications=total,
        active=active,
        set_aside=total - active,
        open_findings=waiting,
        locks=count(session, t.Lock, t.Lock.round_id == row.id),
        versions=count(session, t.Version, t.Version.round_id == row.id),
        proposed_changes=proposed,
        seated=len(Roster.from_json(shown.roster).seats) if shown else 0,
        decided_on=r.day(decision.date) if decision else None,
        section=decision.section if decision else None,
        appeal_ends=r.day(row.appeal_ends),
        term_ends=r.day(row.term_ends),
        erased=row.erased,
        statistics=row.statistics,
        made_at=row.made_at,
        example=is_example(session, row.id),
        by_hand=count(session, t.Application, here, t.Application.by_hand.is_(True)),
    )


def _step(row: t.Round, applications: int, waiting: int) -> str:
    if row.state != "draft":
        return row.state
    if not applications:
        return "import"
    if row.draft_id is not None:
        return "review"
    return "findings" if waiting else "proposal"


def users(store: Store, user: User) -> list[r.UserRow]:
    """All who can sign in with their roles, for the administrator."""
    with store.read() as session:
        _administrator(session, user)
        found = session.scalars(select(j.User).where(j.User.subject.not_in(j.HIDDEN)).order_by(j.User.id))
        grants = list(session.scalars(select(j.RoleGrant).order_by(j.RoleGrant.id)))
        signed = select(j.LogLine.user_id, func.max(j.LogLine.at)).where(j.LogLine.code == "sign_in")
        last = {user_id: at for user_id, at in session.execute(signed.group_by(j.LogLine.user_id))}
        return [
            r.UserRow(
                id=x.id,
                subject=x.subject,
                name=x.name,
                roles=tuple((g.role, g.round_id) for g in grants if g.user_id == x.id),
                signed_in_at=last.get(x.id),
            )
            for x in found
        ]


def reminders(store: Store, user: User, today: dt.date) -> list[Reminder]:
    """What is due to be erased in the rounds that the user sees."""
    with store.read() as session:
        return [reminder for reminder in due(session, today) if rights_in(session, user.id, reminder.round_id)]


def would_be_erased(store: Store, user: User, round_id: int) -> int:
    """How many applications ``EraseApplicants(whom="not_chosen")`` would erase; 0 before there is a decision."""
    with reading(store, user, round_id, Right.ADMINISTER) as (session, row):
        return len(groups_of(session, row).erased) if row.standing_id is not None else 0


def erasure_groups(store: Store, user: User, round_id: int) -> ErasureGroups | None:
    """Who stays and who goes when those not chosen are erased today; ``None`` before there is a decision."""
    with reading(store, user, round_id, Right.ADMINISTER) as (session, row):
        return groups_of(session, row) if row.standing_id is not None else None


def cleaning_waits(store: Store, user: User) -> bool:
    """Whether bytes of erased rows still stand in the database's files, as somebody read while they were erased."""
    with store.read() as session:
        _administrator(session, user)
        return session.scalars(select(j.Job.id).where(j.Job.kind.in_(KINDS)).limit(1)).first() is not None


def retention_settings(store: Store) -> Retention:
    """How long things are kept."""
    with store.read() as session:
        return retention(session)


def backups(store: Store, user: User) -> list[r.BackupRow]:
    """The backups that were made: they still hold what was erased after them."""
    with store.read() as session:
        _administrator(session, user)
        return [r.BackupRow(x.path, x.at) for x in session.scalars(select(j.BackupMade).order_by(j.BackupMade.id))]


def _administrator(session: Session, user: User) -> None:
    if Right.ADMINISTER not in rights_of(session, user, None):
        raise PermissionDenied("not_allowed", right=Right.ADMINISTER.value)


def person_data(store: Store, user: User, round_id: int, application_id: int) -> dict[str, Any]:
    """Everything that is kept of one person in a round, for the person's own request (GDPR, article 15)."""
    with reading(store, user, round_id, Right.EXPORT) as (session, row):
        person = session.get(t.Application, application_id)
        if person is None or person.round_id != round_id:
            raise ActionError("no_such_application", id=application_id)
        file = session.get(t.SourceFile, person.file_id or 0)
        contact = session.scalars(select(t.Contact).where(t.Contact.application_id == person.id)).one_or_none()
        notes = session.scalars(select(t.Note).where(t.Note.application_id == person.id).order_by(t.Note.id))
        events = session.scalars(select(t.Event).where(t.Event.application_id == person.id).order_by(t.Event.id))
        findings = session.scalars(
            select(t.Finding).where(t.Finding.application_id == person.id).order_by(t.Finding.id)
        )
        locks = session.scalars(select(t.Lock).where(t.Lock.round_id == round_id).order_by(t.Lock.id))
        versions = session.scalars(select(t.Version).where(t.Version.round_id == round_id).order_by(t.Version.id))
        seats = [(x, Roster.from_json(x.roster).seat_of(person.person_key)) for x in versions]
        names = [*OWN_FIELDS, *person.current["values"]]
        return {
            "round": row.name,
            "source": {"file": file.name if file else None, "sheet": person.sheet, "row": person.row},
            "answers": person.original,
            "held": {name: field_values(person.current, name) for name in names},
            "corrections": person.corrections,
            "contact_data": person.contact,
            "non_disclosure": person.non_disclosure,
            "status": {
                "status": person.status,
                "code": person.set_aside_code,
                "reason": person.set_aside_reason,
            },
            "contact": {"status": contact.status, "note": contact.note, "at": contact.at} if contact else None,
            "notes": [{"text": x.text, "at": x.made_at} for x in notes],
            "findings": [{"code": x.code, "column": x.column, "found": x.found, "how": x.how} for x in findings],
            "locks": [
                {"kind": x.kind, "table": x.table_id, "role": x.role, "reason": x.reason}
                for x in locks
                if person.id in x.application_ids
            ],
            "seats": [
                {"version": x.kind, "name": x.name, "table": seat.table, "role": seat.role.value}
                for x, seat in seats
                if seat is not None
            ],
            "events": [{"kind": x.kind, "date": x.date, "table": x.table_id, "reason": x.reason} for x in events],
        }
