"""Reading versions, the decision, what came after it, and the history of a round."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from selection.actions.applicant_actions import SetNonDisclosure
from selection.actions.base import MAIN, User, known_actions, trial_scope
from selection.actions.person_views import LookAtPerson
from selection.actions.rights import Right, rights_in
from selection.actions.views import reading, sees_details
from selection.errors import ActionError
from selection.model.people import Role
from selection.model.roster import Difference, Roster
from selection.records import rows as r
from selection.records import tables as t
from selection.records.departed import departed as departed_of
from selection.records.history import HistoryLine, read_lines, redo_stack, undo_stack
from selection.records.journal import LogLine
from selection.records.proposals import ProposalRow
from selection.records.proposals import proposals as proposals_of
from selection.records.store import Store
from selection.records.user_names import shown_names


def _visible(row: t.Version, user: User) -> bool:
    """A trial is its owner's alone until it is proposed."""
    return row.kind != "trial" or row.proposed or row.owner_id == user.id


def _row(session: Session, row: t.Version, found: t.Round) -> r.VersionRow:
    return r.VersionRow(
        id=row.id,
        kind=row.kind,
        name=row.name,
        owner_id=row.owner_id,
        owner=shown_names(session).get(row.owner_id) if row.owner_id else None,
        parent_id=row.parent_id,
        rules_id=row.rules_id,
        roster=Roster.from_json(row.roster),
        facts=row.facts,
        proposed=row.proposed,
        current=row.id == found.draft_id,
        made_at=row.made_at,
    )


def draft(store: Store, user: User, round_id: int) -> r.VersionRow | None:
    """The draft in force, ``None`` before the first proposal."""
    with reading(store, user, round_id) as (session, found):
        row = session.get(t.Version, found.draft_id or 0)
        return _row(session, row, found) if row is not None else None


def version(store: Store, user: User, round_id: int, version_id: int) -> r.VersionRow:
    """One version; of trials only one's own and those proposed."""
    with reading(store, user, round_id) as (session, found):
        row = session.get(t.Version, version_id)
        if row is None or row.round_id != round_id or not _visible(row, user):
            raise ActionError("no_such_version", id=version_id)
        return _row(session, row, found)


def versions(store: Store, user: User, round_id: int) -> list[r.VersionRow]:
    """All versions that the user may see, newest first."""
    with reading(store, user, round_id) as (session, found):
        query = select(t.Version).where(t.Version.round_id == round_id).order_by(t.Version.id.desc())
        return [_row(session, row, found) for row in session.scalars(query) if _visible(row, user)]


def compare(store: Store, user: User, round_id: int, first: int, second: int) -> Difference:
    """Who comes, goes and moves from one version to another."""
    one = version(store, user, round_id, first)
    other = version(store, user, round_id, second)
    return one.roster.compare(other.roster)


def decision(store: Store, user: User, round_id: int) -> r.DecisionRow | None:
    """What was decided, if it was."""
    with reading(store, user, round_id) as (session, _found):
        row = session.scalars(select(t.Decision).where(t.Decision.round_id == round_id)).one_or_none()
        if row is None:
            return None
        date = r.day(row.date)
        assert date is not None
        return r.DecisionRow(
            section=row.section,
            date=date,
            version_id=row.version_id,
            presented_id=row.presented_id,
            rules_id=row.rules_id,
            special_reason=row.special_reason,
            disqualified=row.disqualified,
            note=row.note,
            people=row.people,
            made_at=row.made_at,
        )


def proposals(store: Store, user: User, round_id: int) -> list[ProposalRow]:
    """The changes that were proposed and what became of each, the newest first; withdrawn ones are their owner's."""
    with reading(store, user, round_id) as (session, _row):
        found = proposals_of(session, round_id)
        return [one for one in found if one.state != "withdrawn" or one.owner_id == user.id]


def departed(store: Store, user: User, round_id: int) -> frozenset[int]:
    """Ids of those who refused or resigned since the decision and have no seat, under every application of theirs."""
    with reading(store, user, round_id) as (session, row):
        standing = session.get(t.Version, row.standing_id or 0)
        roster = Roster.from_json(standing.roster) if standing is not None else Roster()
        return departed_of(session, round_id, roster)


def events(store: Store, user: User, round_id: int) -> list[r.EventRow]:
    """What came after the decision, oldest first."""
    with reading(store, user, round_id) as (session, _found):
        found = session.scalars(select(t.Event).where(t.Event.round_id == round_id).order_by(t.Event.id))
        return [
            r.EventRow(
                id=x.id,
                kind=x.kind,
                application_id=x.application_id,
                table=x.table_id,
                role=Role(x.role) if x.role else None,
                date=dt.date.fromisoformat(x.date),
                reason=x.reason,
                section=x.section,
            )
            for x in found
        ]


def history(
    store: Store,
    user: User,
    round_id: int,
    *,
    limit: int = 200,
    before: int | None = None,
    version_id: int | None = None,
    looks: bool = False,
) -> list[HistoryLine]:
    """What was done in the round, newest first; ``before`` is a line's ``seq`` to go on from.

    Lines of trials are left out unless one's own (or proposed) ``version_id`` asks for them; who looked at whom unless
    ``looks``; who is under a non-disclosure order, where the user does not see it.
    """
    with reading(store, user, round_id, Right.READ) as (session, _found):
        query = select(LogLine).where(
            LogLine.round_id == round_id, LogLine.code.not_in(_hidden(session, user, round_id))
        )
        if not looks:
            query = query.where(LogLine.code != LookAtPerson.code)
        if version_id is None:
            # What was proposed to the others is theirs to read, with its reason; the trial itself is its owner's.
            told = ("propose_change", "withdraw_proposal")
            query = query.where(or_(LogLine.scope.not_like("trial:%"), LogLine.code.in_(told)))
        else:
            row = session.get(t.Version, version_id)
            if row is None or row.round_id != round_id or not _visible(row, user):
                raise ActionError("no_such_version", id=version_id)
            query = query.where(LogLine.scope == trial_scope(version_id))
        if before is not None:
            query = query.where(LogLine.seq < before)
        lines = list(session.scalars(query.order_by(LogLine.seq.desc()).limit(limit)))
        return read_lines(session, round_id, lines)


def undoable(store: Store, user: User, round_id: int, version_id: int | None = None) -> HistoryLine | None:
    """What ``Undo`` would take back now."""
    return _top(store, user, round_id, version_id, forward=False)


def redoable(store: Store, user: User, round_id: int, version_id: int | None = None) -> HistoryLine | None:
    """What ``Redo`` would do again now."""
    return _top(store, user, round_id, version_id, forward=True)


def _top(store: Store, user: User, round_id: int, version_id: int | None, *, forward: bool) -> HistoryLine | None:
    with reading(store, user, round_id) as (session, found):
        scope = MAIN if version_id in (None, found.draft_id) else trial_scope(version_id or 0)
        stack = (redo_stack if forward else undo_stack)(session, round_id, scope)
        line = session.get(LogLine, stack[-1]) if stack else None
        if line is not None and line.code in _hidden(session, user, round_id):
            return None
        if line is None or not _may_take_back(session, user, round_id, line):
            return None
        return read_lines(session, round_id, [line])[0]


def _may_take_back(session: Session, user: User, round_id: int, line: LogLine) -> bool:
    """Whether the user may undo or redo a line: with the right of what was done; of a trial its owner alone."""
    held = rights_in(session, user.id, round_id)
    if line.scope.startswith("trial:"):
        return Right.TRY in held and line.user_id == user.id
    return known_actions()[line.code].right in held


def _hidden(session: Session, user: User, round_id: int) -> tuple[str, ...]:
    """Lines that themselves tell what the user does not see."""
    return () if sees_details(session, user, round_id) else (SetNonDisclosure.code,)
