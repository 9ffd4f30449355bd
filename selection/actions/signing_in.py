"""Who is at the screen: the one user of a machine, or somebody who signed in."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.actions.base import ASIDE, User, user_of
from selection.actions.rights import UserRole
from selection.errors import ActionError
from selection.records import journal as j
from selection.records.base import now
from selection.records.log import Entry, append
from selection.records.store import Store

LOCAL = "local"


def local_user(store: Store, name: str = "") -> User:
    """The one user of this machine, with every role. The name is shown in the history; ``name`` changes it."""
    user = _known(store, LOCAL, name or "Minä", keep_name=not name)
    with store.read() as session:
        held = set(session.scalars(select(j.RoleGrant.role).where(j.RoleGrant.user_id == user.id)))
    missing = [role for role in UserRole if role.value not in held]
    if missing:
        with store.write() as session:
            for role in missing:
                _grant(session, user.id, role)
    return user


def known_user(store: Store, subject: str, name: str) -> User:
    """Somebody who signed in, by the login's lasting id; known from the first login on, without a role."""
    if not subject.strip() or subject == LOCAL:
        raise ActionError("subject_missing")
    return _known(store, subject.strip(), name.strip() or subject.strip(), keep_name=False)


def first_administrator(store: Store, subject: str, name: str) -> User:
    """Make somebody the administrator of a shared installation that has none yet.

    Raises
    ------
    ActionError
        ``has_administrator`` if there is one: then only they grant roles.
    """
    user = known_user(store, subject, name)
    with store.write() as session:
        held = select(j.RoleGrant.id).where(j.RoleGrant.role == UserRole.ADMINISTRATOR.value)
        if session.scalars(held).first() is not None:
            raise ActionError("has_administrator")
        _grant(session, user.id, UserRole.ADMINISTRATOR)
    return user


def _known(store: Store, subject: str, name: str, *, keep_name: bool) -> User:
    with store.read() as session:
        row = session.scalars(select(j.User).where(j.User.subject == subject)).one_or_none()
        if row is not None and (keep_name or row.name == name):
            return user_of(row)
    with store.write() as session:
        row = session.scalars(select(j.User).where(j.User.subject == subject)).one_or_none()
        if row is None:
            row = j.User(subject=subject, name=name, made_at=now())
            session.add(row)
            session.flush()
            append(session, Entry(row.id, "add_user", {"id": row.id, "user": row.id}, scope=ASIDE), [])
        elif not keep_name:
            row.name = name
        return user_of(row)


def _grant(session: Session, user_id: int, role: UserRole) -> None:
    held = select(j.RoleGrant.id).where(
        j.RoleGrant.user_id == user_id, j.RoleGrant.role == role.value, j.RoleGrant.round_id.is_(None)
    )
    if session.scalars(held).first() is None:
        session.add(j.RoleGrant(user_id=user_id, round_id=None, role=role.value))
        append(session, Entry(user_id, "grant_role", {"user": user_id, "user_role": role.value}, scope=ASIDE), [])
