"""Who may do what: the roles, the rights, and the one table that joins them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from selection.records.journal import RoleGrant


class UserRole(StrEnum):
    """What a user is in a round, or in all of them."""

    COORDINATOR = "coordinator"
    BOARD_MEMBER = "board_member"
    PRESENTER = "presenter"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """A kind of thing to do. Each action needs one.

    ``READ`` shows the round, its rosters and what the rules count of each applicant; ``DETAILS`` also what only those
    need who prepare and carry out the decision: contact data, answers as they were written, notes, and who is under a
    non-disclosure order.
    """

    READ = "read"
    DETAILS = "details"
    PREPARE = "prepare"
    TRY = "try"
    RECORD = "record"
    EXPORT = "export"
    ADMINISTER = "administer"


#: The table of the design. The administrator sees rounds and users, not applicants: the work does not need them.
RIGHTS: Mapping[UserRole, frozenset[Right]] = MappingProxyType(
    {
        UserRole.COORDINATOR: frozenset({Right.READ, Right.DETAILS, Right.PREPARE, Right.TRY, Right.EXPORT}),
        UserRole.BOARD_MEMBER: frozenset({Right.READ, Right.TRY}),
        UserRole.PRESENTER: frozenset({Right.READ, Right.DETAILS, Right.RECORD, Right.EXPORT}),
        UserRole.ADMINISTRATOR: frozenset({Right.ADMINISTER}),
    }
)


def roles_in(session: Session, user_id: int, round_id: int | None) -> tuple[UserRole, ...]:
    """The roles of a user in a round (those granted for all rounds among them); without a round, for all rounds."""
    grants = select(RoleGrant.role).where(RoleGrant.user_id == user_id)
    here = or_(RoleGrant.round_id.is_(None), RoleGrant.round_id == round_id)
    held = set(session.scalars(grants.where(here)))
    return tuple(role for role in UserRole if role.value in held)


def rights_in(session: Session, user_id: int, round_id: int | None) -> frozenset[Right]:
    """What a user may do in a round, read from the database at each call."""
    return frozenset(right for role in roles_in(session, user_id, round_id) for right in RIGHTS[role])
