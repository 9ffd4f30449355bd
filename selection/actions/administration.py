"""Actions of the administrator: users and roles, how long things are kept, erasing."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.actions.base import ASIDE, Action, RoundAction, Work, roster_of
from selection.actions.rights import Right, UserRole
from selection.actions.visitors import administrators, end_sign_ins
from selection.errors import ActionError
from selection.records.base import now
from selection.records.departed import waiting
from selection.records.erasure import ErasureGroups, erase_round, groups_when_decided
from selection.records.journal import HIDDEN, Job, RoleGrant, Setting, User
from selection.records.retention import Retention, retention
from selection.records.tables import Application, Round, Version
from selection.texts import format_date


class _Administrative(Action):
    """An action of the administrator that is not undone but done the other way."""

    right: ClassVar[Right] = Right.ADMINISTER
    states: ClassVar[tuple[str, ...]] = ()
    effect: ClassVar[str] = "none"
    scope: ClassVar[str] = ASIDE


class AddUser(_Administrative):
    """Let somebody in before the first login, so that roles can be granted."""

    code: ClassVar[str] = "add_user"
    subject: str
    name: str

    def apply(self, work: Work) -> dict[str, Any]:
        subject = self.subject.strip()
        if not subject or not self.name.strip():
            raise ActionError("name_missing")
        if work.session.scalars(select(User).where(User.subject == subject)).first() is not None:
            raise ActionError("user_is_there")
        made = work.add(User(subject=subject, name=self.name.strip(), made_at=now()))
        return {"id": made.id, "user": made.id}


class _RoleAction(_Administrative):
    """A role of a user in one round, or in all of them."""

    user_id: int
    role: UserRole
    round_id: int | None = None

    def _held(self, work: Work) -> RoleGrant | None:
        if work.session.get(User, self.user_id) is None:
            raise ActionError("no_such_user", id=self.user_id)
        grants = select(RoleGrant).where(RoleGrant.user_id == self.user_id, RoleGrant.role == self.role.value)
        return work.session.scalars(grants.where(RoleGrant.round_id.is_not_distinct_from(self.round_id))).first()


class GrantRole(_RoleAction):
    """Give a role."""

    code: ClassVar[str] = "grant_role"

    def apply(self, work: Work) -> dict[str, Any]:
        _visible(work, self.user_id)
        if self.role is UserRole.ADMINISTRATOR and self.round_id is not None:
            raise ActionError("administrator_of_all")
        if self._held(work) is None:
            work.add(RoleGrant(user_id=self.user_id, round_id=self.round_id, role=self.role.value))
        return {"user": self.user_id, "user_role": self.role.value}


class RevokeRole(_RoleAction):
    """Take a role away; one administrator stays."""

    code: ClassVar[str] = "revoke_role"

    def apply(self, work: Work) -> dict[str, Any]:
        held = self._held(work)
        if held is None:
            raise ActionError("role_not_held")
        if self.role is UserRole.ADMINISTRATOR:
            _require_another(work, self.user_id)
        work.session.delete(held)
        return {"user": self.user_id, "user_role": self.role.value}


class RevokeAll(_Administrative):
    """Take away every role of somebody who leaves, and end their sign-ins; one administrator stays."""

    code: ClassVar[str] = "revoke_all"
    user_id: int

    def apply(self, work: Work) -> dict[str, Any]:
        _visible(work, self.user_id)
        held = list(work.session.scalars(select(RoleGrant).where(RoleGrant.user_id == self.user_id)))
        if any(grant.role == UserRole.ADMINISTRATOR.value for grant in held):
            _require_another(work, self.user_id)
        for grant in held:
            work.session.delete(grant)
        signed = end_sign_ins(work.session, self.user_id)
        return {"user": self.user_id, "n": len(held), "ended": signed}


class EndSignIns(Action):
    """End every sign-in of a user: one's own, or as the administrator somebody's."""

    code: ClassVar[str] = "end_sign_ins"
    right: ClassVar[Right] = Right.ADMINISTER
    states: ClassVar[tuple[str, ...]] = ()
    effect: ClassVar[str] = "none"
    scope: ClassVar[str] = ASIDE
    user_id: int
    but: str | None = None

    def allow(self, work: Work) -> None:
        """Everybody ends their own; ``but`` is the sign-in that goes on."""
        if self.user_id != work.user.id:
            work.need(self.right)

    def apply(self, work: Work) -> dict[str, Any]:
        _visible(work, self.user_id)
        return {"user": self.user_id, "n": end_sign_ins(work.session, self.user_id, self.but)}


def _visible(work: Work, user_id: int) -> User:
    """A user who can sign in."""
    found = work.session.get(User, user_id)
    if found is None or found.subject in HIDDEN:
        raise ActionError("no_such_user", id=user_id)
    return found


def _require_another(work: Work, user_id: int) -> None:
    """Raise unless somebody else who can sign in is an administrator."""
    if work.session.scalars(administrators().where(User.id != user_id)).first() is None:
        raise ActionError("last_administrator")


class ChangeRetention(_Administrative):
    """Set how long things are kept, for all rounds."""

    code: ClassVar[str] = "change_retention"
    retention: Retention

    def apply(self, work: Work) -> dict[str, Any]:
        work.session.merge(Setting(key="retention", value=self.retention.model_dump()))
        return self.retention.model_dump()


class SetRetention(RoundAction):
    """Set when the appeal time and the term of a round end."""

    code: ClassVar[str] = "set_retention"
    right: ClassVar[Right] = Right.ADMINISTER
    states: ClassVar[tuple[str, ...]] = ()
    scope: ClassVar[str] = ASIDE
    appeal_ends: dt.date | None = None
    term_ends: dt.date | None = None

    def apply(self, work: Work) -> dict[str, Any]:
        if self.appeal_ends is not None:
            work.round.appeal_ends = self.appeal_ends.isoformat()
        if self.term_ends is not None:
            work.round.term_ends = self.term_ends.isoformat()
        return {"appeal_ends": work.round.appeal_ends, "term_ends": work.round.term_ends}


class EraseApplicants(RoundAction):
    """Erase those not chosen (who did not agree to be kept as reserves), or everybody. Nothing before it can be undone.

    The decision with its names, the statistics without persons and the log stay. Before its day is over
    (``appeal_ends`` for those not chosen, ``term_ends`` for everybody) a ``reason`` is obligatory; ``name``, where
    given, must be the round's, as a person typed it.
    """

    code: ClassVar[str] = "erase_applicants"
    right: ClassVar[Right] = Right.ADMINISTER
    states: ClassVar[tuple[str, ...]] = ("decided",)
    effect: ClassVar[str] = "barrier"
    strict: ClassVar[bool] = True
    keeps_images: ClassVar[bool] = True
    whom: Literal["not_chosen", "all"]
    name: str | None = None
    reason: str = ""

    def allow(self, work: Work) -> None:
        """An abandoned round may be erased whole in any state; those not chosen are known once it is decided."""
        work.need(self.right)
        if self.whom == "not_chosen" and work.round.state != "decided":
            raise ActionError("not_decided", id=work.round.id)
        if work.round.erased == "all":
            raise ActionError("round_is_erased", id=work.round.id)
        if self.name is not None and " ".join(self.name.split()) != " ".join(work.round.name.split()):
            raise ActionError("name_not_the_rounds")
        end = work.round.appeal_ends if self.whom == "not_chosen" else work.round.term_ends
        if end is not None and now()[:10] <= end and not self.reason.strip():
            raise ActionError("erasing_early", day=format_date(dt.date.fromisoformat(end)))

    def apply(self, work: Work) -> dict[str, Any]:
        groups = groups_of(work.session, work.round) if self.whom == "not_chosen" else None
        keep, later = (groups.kept, groups.waiting) if groups is not None else ([], ())
        count = erase_round(work.session, work.round, keep, later)
        work.round.erased = self.whom
        work.session.add(Job(kind="clean", details=[work.round.id], at=now()))
        return {"whom": self.whom, "n": count}


def groups_of(session: Session, row: Round) -> ErasureGroups:
    """The groups of a decided round as erasing those not chosen meets them today."""
    standing = session.get_one(Version, row.standing_id or 0)
    people = session.scalars(select(Application).where(Application.round_id == row.id).order_by(Application.id))
    times = retention(session)
    today = dt.date.fromisoformat(now()[:10])
    later = waiting(session, row.id, times.appeal_days, today)
    return groups_when_decided(people, roster_of(standing), times, later)
