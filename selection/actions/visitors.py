"""Who is at the screen: the one user of a machine, or somebody who signed in."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from dataclasses import dataclass, replace

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from selection.actions import sign_in_times as times
from selection.actions.base import ASIDE, User, rights_of, user_of
from selection.actions.rights import Right, UserRole
from selection.errors import ActionError, SignInEnded
from selection.records import journal as j
from selection.records import rows as r
from selection.records.base import now, written
from selection.records.log import Entry, append
from selection.records.recorder import Recorder
from selection.records.store import Store
from selection.records.user_names import shown_names

#: How often "last seen" is written, and how long a sign-in that is over is remembered.
SEEN_EVERY = dt.timedelta(minutes=1)
REMEMBERED = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Identity:
    """What the login's provider said of somebody: lasting ids, a name to show, and when it was said.

    ``nonce`` tells one sign-in from another of the same second.
    """

    issuer: str
    subject: str
    name: str
    issued_at: dt.datetime
    nonce: str = ""

    @property
    def login(self) -> str:
        """The lasting id of the person: a subject is unique at its issuer only."""
        return f"{self.issuer} {self.subject}"

    @property
    def key(self) -> str:
        """The id of this sign-in."""
        parts = (self.issuer, self.subject, self.issued_at.isoformat(), self.nonce)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def local_user(store: Store, name: str = "") -> User:
    """The one user of this machine, with every role. The name is shown in the history; ``name`` changes it."""
    user = _known(store, j.LOCAL, name or "Minä", keep_name=not name)
    with store.read() as session:
        held = set(session.scalars(select(j.RoleGrant.role).where(j.RoleGrant.user_id == user.id)))
    missing = [role for role in UserRole if role.value not in held]
    if missing:
        with store.write() as session:
            for role in missing:
                _grant(session, user.id, role)
    return user


def server_user(store: Store, name: str) -> User:
    """Whoever runs the server, under a name that says so: may keep users and their roles, and holds none."""
    return replace(_known(store, j.SERVER, name, keep_name=False), at_server=True)


def known_user(store: Store, subject: str, name: str) -> User:
    """Somebody who signed in, by the login's lasting id; known from the first login on, without a role."""
    if not subject.strip() or subject in j.HIDDEN:
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
        if session.scalars(administrators()).first() is not None:
            raise ActionError("has_administrator")
        _retire_local(session)
        _grant(session, user.id, UserRole.ADMINISTRATOR)
    return user


def administrators() -> Select[int]:
    """The users who can sign in and keep users: nobody hidden is one of them."""
    held = select(j.User.id).join(j.RoleGrant, j.RoleGrant.user_id == j.User.id).order_by(j.User.id)
    return held.where(j.RoleGrant.role == UserRole.ADMINISTRATOR.value, j.User.subject.not_in(j.HIDDEN))


def _retire_local(session: Session) -> None:
    """Records that were somebody's alone are shared from now on: the user of that machine has no role any more."""
    held = select(j.RoleGrant).join(j.User, j.User.id == j.RoleGrant.user_id).where(j.User.subject == j.LOCAL)
    for grant in session.scalars(held.order_by(j.RoleGrant.id)).all():
        session.delete(grant)
        gone = {"user": grant.user_id, "user_role": grant.role}
        append(session, Entry(grant.user_id, "revoke_role", gone, scope=ASIDE), [])


def sign_in(store: Store, who: Identity, at: dt.datetime | None = None) -> User:
    """Take note that somebody is at work: begins their sign-in, or tells that it goes on.

    Parameters
    ----------
    at
        The time; for tests.

    Raises
    ------
    SignInEnded
        as :func:`signed_in`.
    """
    at = at or dt.datetime.now(dt.UTC)
    with store.read() as session:
        row = session.get(j.SignIn, who.key)
    if row is None:
        return _begin(store, who, at)
    user = signed_in(store, who.key, at)
    times.known.at_work(who.key)
    if at - times.moment(row.seen_at) >= SEEN_EVERY:
        with store.write() as session:
            session.get_one(j.SignIn, who.key).seen_at = written(at)
    return user


def signed_in(store: Store, key: str, at: dt.datetime | None = None) -> User:
    """Who a sign-in is of, read from the database at each call. One that is found to be over by time is over for good,
    whatever the clock says later.

    Raises
    ------
    SignInEnded
        ``not_signed_in``, ``signed_out``, ``sign_in_idle`` or ``sign_in_too_long``.
    """
    at = at or dt.datetime.now(dt.UTC)
    with store.read() as session:
        row = session.get(j.SignIn, key)
        if row is None:
            raise SignInEnded("not_signed_in")
        why = times.why_over(session, row, at)
        if why is None:
            return user_of(session.get_one(j.User, row.user_id))
        marked = row.ended_at is not None
    if not marked:
        # What cannot be written now is found again the next time.
        with contextlib.suppress(ActionError), store.write() as session:
            over = session.get_one(j.SignIn, key)
            over.ended_at = written(times.over_at(over, why))
    raise SignInEnded(why, **times.told(why))


def sign_out(store: Store, key: str) -> None:
    """End a sign-in: what the browser still holds of it opens nothing any more."""
    with store.write() as session:
        row = session.get(j.SignIn, key)
        if row is not None and row.ended_at is None:
            row.ended_at = now()
            append(session, Entry(row.user_id, "sign_out", {"user": row.user_id}, scope=ASIDE), [])


def end_sign_ins(session: Session, user_id: int, but: str | None = None) -> int:
    """End the sign-ins of a user (but one); returns how many were still going on."""
    going = select(j.SignIn).where(j.SignIn.user_id == user_id, j.SignIn.ended_at.is_(None))
    rows = [row for row in session.scalars(going.order_by(j.SignIn.key)) if row.key != but]
    for row in rows:
        row.ended_at = now()
    return len(rows)


def sign_ins(store: Store, user: User, at: dt.datetime | None = None) -> list[r.SignInRow]:
    """The sign-ins that are remembered, the last seen first: the administrator's of everybody, others' their own."""
    at = at or dt.datetime.now(dt.UTC)
    with store.read() as session:
        query, names = select(j.SignIn), shown_names(session)
        if Right.ADMINISTER not in rights_of(session, user, None):
            query = query.where(j.SignIn.user_id == user.id)
        return [
            r.SignInRow(x.key, x.user_id, names[x.user_id], x.began_at, x.seen_at, _is_open(x, at))
            for x in session.scalars(query.order_by(j.SignIn.seen_at.desc(), j.SignIn.key))
        ]


def _is_open(row: j.SignIn, at: dt.datetime) -> bool:
    over = at - times.moment(row.began_at) > times.LONGEST or at - times.moment(row.seen_at) > times.IDLE
    return row.ended_at is None and not over and times.known.why_over(row.key) is None


def has_a_role(store: Store, user: User) -> bool:
    """Whether somebody has a role in any round."""
    with store.read() as session:
        return session.scalars(select(j.RoleGrant.id).where(j.RoleGrant.user_id == user.id)).first() is not None


def _begin(store: Store, who: Identity, at: dt.datetime) -> User:
    """A new sign-in. It begins soon after it was issued: an old one that is no longer known does not come back."""
    if at - who.issued_at > times.IDLE:
        raise SignInEnded("sign_in_idle", **times.told("sign_in_idle"))
    if who.issued_at - at > times.CLOCKS:
        raise SignInEnded("not_signed_in")
    user = known_user(store, who.login, who.name)
    with store.write() as session:
        if session.get(j.SignIn, who.key) is None:
            if times.is_too_often(session, user.id, at):
                raise SignInEnded("sign_in_too_often", **times.told("sign_in_too_often"))
            session.execute(delete(j.SignIn).where(j.SignIn.began_at < written(at - REMEMBERED)))
            began, seen = written(min(who.issued_at, at)), written(at)
            session.add(j.SignIn(key=who.key, user_id=user.id, began_at=began, seen_at=seen))
            append(session, Entry(user.id, "sign_in", {"user": user.id}, scope=ASIDE), [])
    times.known.take_note(who.key, max(at - who.issued_at, dt.timedelta()), dt.timedelta())
    return user


def _known(store: Store, subject: str, name: str, *, keep_name: bool) -> User:
    with store.read() as session:
        row = session.scalars(select(j.User).where(j.User.subject == subject)).one_or_none()
        if row is not None and (keep_name or row.name == name):
            return user_of(row)
    with store.write() as session:
        row = session.scalars(select(j.User).where(j.User.subject == subject)).one_or_none()
        recorder = Recorder(session)
        if row is None:
            row = j.User(subject=subject, name=name, made_at=now())
            session.add(row)
            session.flush()
            made = {"id": row.id, "user": row.id}
            append(session, Entry(row.id, "add_user", made, scope=ASIDE), recorder.changes())
        elif not keep_name and row.name != name:
            row.name = name
            append(session, Entry(row.id, "rename_user", {"user": row.id}, scope=ASIDE), recorder.changes())
        return user_of(row)


def _grant(session: Session, user_id: int, role: UserRole) -> None:
    held = select(j.RoleGrant.id).where(
        j.RoleGrant.user_id == user_id, j.RoleGrant.role == role.value, j.RoleGrant.round_id.is_(None)
    )
    if session.scalars(held).first() is None:
        session.add(j.RoleGrant(user_id=user_id, round_id=None, role=role.value))
        append(session, Entry(user_id, "grant_role", {"user": user_id, "user_role": role.value}, scope=ASIDE), [])
