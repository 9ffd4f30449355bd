"""Reading a round: applications, findings, locks, rules and files, for those who have the right to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from selection.actions.base import User
from selection.actions.rights import RIGHTS, Right, UserRole, rights_in, roles_in
from selection.errors import ActionError, PermissionDenied
from selection.model.people import Applicant, Role
from selection.records import application_rows as a
from selection.records import journal as j
from selection.records import rows as r
from selection.records import tables as t
from selection.records.base import Base
from selection.records.store import Store
from selection.records.user_names import shown_names


@contextmanager
def reading(store: Store, user: User, round_id: int, *rights: Right) -> Iterator[tuple[Session, t.Round]]:
    """A session for reading one round; any one of the rights will do (``READ`` if none is named)."""
    with store.read() as session:
        held = rights_in(session, user.id, round_id)
        if not held & set(rights or (Right.READ,)):
            raise PermissionDenied("not_allowed", right=(rights or (Right.READ,))[0].value)
        row = session.get(t.Round, round_id)
        if row is None:
            raise ActionError("no_such_round", id=round_id)
        yield session, row


def sees_details(session: Session, user: User, round_id: int) -> bool:
    """Whether the user sees more of the applicants of a round than its rosters need."""
    return Right.DETAILS in rights_in(session, user.id, round_id)


def may(store: Store, user: User, right: Right, round_id: int | None = None) -> bool:
    """Whether the user has a right in a round now (without a round: in all rounds)."""
    with store.read() as session:
        return right in rights_in(session, user.id, round_id)


def rights(store: Store, user: User, round_id: int | None = None) -> frozenset[Right]:
    """What the user may do now: in a round, or without one in all rounds together."""
    with store.read() as session:
        if round_id is not None:
            return rights_in(session, user.id, round_id)
        held = select(j.RoleGrant.role).where(j.RoleGrant.user_id == user.id)
        return frozenset(right for role in session.scalars(held) for right in RIGHTS[UserRole(role)])


def require(store: Store, user: User, right: Right, round_id: int | None = None) -> None:
    """Raise :class:`PermissionDenied` unless the user has a right in a round now."""
    if not may(store, user, right, round_id):
        raise PermissionDenied("not_allowed", right=right.value)


def roles(store: Store, user: User, round_id: int | None = None) -> tuple[UserRole, ...]:
    """The user's roles in a round now."""
    with store.read() as session:
        return roles_in(session, user.id, round_id)


def rules_text(store: Store, user: User, round_id: int, rules_id: int | None = None) -> str:
    """The TOML text of the rules in force, or of an earlier version."""
    with reading(store, user, round_id) as (session, row):
        rules = session.get(t.RulesText, rules_id or row.rules_id or 0)
        if rules is None or rules.round_id != round_id:
            raise ActionError("rules_missing")
        return rules.text


def rules_versions(store: Store, user: User, round_id: int) -> list[r.RulesRow]:
    """All versions of the rules, newest first."""
    with reading(store, user, round_id) as (session, row):
        names = shown_names(session)
        found = session.scalars(
            select(t.RulesText).where(t.RulesText.round_id == round_id).order_by(t.RulesText.id.desc())
        )
        return [
            r.RulesRow(x.id, x.text, x.sha256, x.made_at, names.get(x.made_by, ""), x.id == row.rules_id) for x in found
        ]


def source_files(store: Store, user: User, round_id: int) -> list[r.FileRow]:
    """The imported files, oldest first."""
    with reading(store, user, round_id) as (session, _row):
        found = session.scalars(select(t.SourceFile).where(t.SourceFile.round_id == round_id).order_by(t.SourceFile.id))
        return [r.FileRow(x.id, x.name, x.sha256, x.size, x.mapping, x.made_at) for x in found]


def file_bytes(store: Store, user: User, round_id: int, file_id: int) -> bytes:
    """The bytes of an imported file, for those who see the details of all applicants.

    Raises
    ------
    ActionError
        ``file_erased`` if they were erased.
    """
    with reading(store, user, round_id, Right.DETAILS) as (session, _row):
        file = session.get(t.SourceFile, file_id)
        if file is None or file.round_id != round_id:
            raise ActionError("no_such_file", id=file_id)
        kept = select(j.Blob.content).where(j.Blob.round_id == round_id, j.Blob.sha256 == file.sha256)
        content = session.scalars(kept).first()
        if content is None:
            raise ActionError("file_erased", id=file_id)
        return content


def mapping_profiles(store: Store, user: User) -> list[r.MappingRow]:
    """All remembered readings of columns, newest first. They hold headers, nothing of a person."""
    with store.read() as session:
        if session.scalars(select(j.RoleGrant.id).where(j.RoleGrant.user_id == user.id)).first() is None:
            raise PermissionDenied("not_allowed", right=Right.READ.value)
        found = session.scalars(select(j.MappingProfile).order_by(j.MappingProfile.made_at.desc()))
        return [r.MappingRow(x.id, x.name, x.signature, x.mapping, x.made_at) for x in found]


def applications(
    store: Store, user: User, round_id: int, status: str | None = None, *, person: int | None = None
) -> list[a.ApplicationRow]:
    """The applications (of a status: active, set_aside) in the order of the file, those added by hand last.

    Without :attr:`Right.DETAILS` without contact data, answers, notes and non-disclosure (``row.withheld``).
    """
    with reading(store, user, round_id) as (session, _row):
        query = select(t.Application).where(t.Application.round_id == round_id)
        contacts = select(t.Contact).where(t.Contact.round_id == round_id)
        notes = select(t.Note).where(t.Note.round_id == round_id).order_by(t.Note.id)
        if status is not None:
            query = query.where(t.Application.status == status)
        if person is not None:
            query = query.where(t.Application.id == person)
            contacts, notes = (
                contacts.where(t.Contact.application_id == person),
                notes.where(t.Note.application_id == person),
            )
        files = {x.id: x.name for x in session.scalars(select(t.SourceFile).where(t.SourceFile.round_id == round_id))}
        asked = {x.application_id: x for x in session.scalars(contacts)}
        names = shown_names(session)
        written: dict[int, list[a.NoteRow]] = {}
        for note in session.scalars(notes):
            shown = a.NoteRow(note.id, note.text, note.made_at, names.get(note.made_by, ""))
            written.setdefault(note.application_id, []).append(shown)
        found = session.scalars(query.order_by(t.Application.id))
        rows = [
            a.application_row(x, files.get(x.file_id or 0), asked.get(x.id), tuple(written.get(x.id, ())))
            for x in found
        ]
        return rows if sees_details(session, user, round_id) else [row.without_details() for row in rows]


def application(store: Store, user: User, round_id: int, application_id: int) -> a.ApplicationRow:
    """One application."""
    found = applications(store, user, round_id, person=application_id)
    if not found:
        raise ActionError("no_such_application", id=application_id)
    return found[0]


def pool(store: Store, user: User, round_id: int) -> list[Applicant]:
    """Those whom the optimiser may choose among: the active applications that are not beside the seats."""
    return [row.as_applicant() for row in applications(store, user, round_id, "active") if row.in_pool]


def findings(store: Store, user: User, round_id: int, *, open_only: bool = False) -> list[r.FindingRow]:
    """The findings in the order of the file: they show cells as they were written, for those who see the details."""
    with reading(store, user, round_id, Right.DETAILS) as (session, _row):
        query = select(t.Finding).where(t.Finding.round_id == round_id).order_by(t.Finding.id)
        if open_only:
            query = query.where(t.Finding.how.is_(None))
        return [r.finding_row(x) for x in session.scalars(query)]


def locks(store: Store, user: User, round_id: int) -> list[r.LockRow]:
    """The locks, oldest first."""
    with reading(store, user, round_id) as (session, _row):
        names = shown_names(session)
        keys = {
            i: key
            for i, key in session.execute(
                select(t.Application.id, t.Application.person_key).where(t.Application.round_id == round_id)
            )
        }
        found = session.scalars(select(t.Lock).where(t.Lock.round_id == round_id).order_by(t.Lock.id))
        return [
            r.LockRow(
                id=x.id,
                kind=x.kind,
                application_ids=tuple(x.application_ids),
                person_keys=tuple(keys[i] for i in x.application_ids),
                table=x.table_id,
                role=Role(x.role) if x.role else None,
                reason=x.reason,
                made_at=x.made_at,
                made_by=names.get(x.made_by, ""),
            )
            for x in found
        ]


def count(session: Session, table: type[Base], *where: ColumnElement[bool]) -> int:
    """How many rows hold."""
    return session.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
