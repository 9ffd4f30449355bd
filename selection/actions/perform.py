"""Performing an action: one transaction for the right, the change, its images and its line in the log."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selection.actions.base import MAIN, Action, Outcome, User, Work, rights_of
from selection.errors import ActionError, PermissionDenied, StaleError
from selection.records.cleaning import finish_jobs
from selection.records.history import HistoryLine, lines_since
from selection.records.journal import Image, Job, LogLine
from selection.records.log import Entry, append
from selection.records.recorder import Change, Recorder, standing_rows
from selection.records.store import Store
from selection.records.tables import Round


class ChangedMeanwhile(StaleError):
    """Somebody changed what this action changes too; ``changes`` are the lines of the history in between."""

    def __init__(self, changes: list[HistoryLine], **params: object) -> None:
        self.changes = changes
        super().__init__("changed_meanwhile", n=len(changes), **params)


def perform(
    store: Store,
    user: User,
    action: Action,
    *,
    expected_revision: int | None = None,
    idempotency_key: str | None = None,
) -> Outcome:
    """Do one action.

    Parameters
    ----------
    expected_revision
        The revision of the round that the page was drawn from. If somebody changed since then a row that this action
        changes too (or anything at all, where ``action.strict``), :class:`ChangedMeanwhile` holds the lines of the log
        in between, to be shown. Without it the last writer wins.
    idempotency_key
        A text made once for each press of a button; a retry returns the first outcome, ``repeated``, and changes
        nothing.

    Raises
    ------
    PermissionDenied
        if the user's roles in this round do not allow it.
    ChangedMeanwhile
        if somebody changed the same rows since ``expected_revision``.
    ActionError
        if it cannot be done: the codes are in the catalogue.
    """
    try:
        with store.write() as session:
            before = _first_outcome(session, user, action, idempotency_key)
            if before is not None:
                return before
            outcome, jobs = _perform(session, user, action, expected_revision, idempotency_key)
    except IntegrityError as error:
        raise ActionError("does_not_fit") from error
    if jobs:
        finish_jobs(store)
    return outcome


def _perform(
    session: Session, user: User, action: Action, expected: int | None, key: str | None
) -> tuple[Outcome, bool]:
    round_id: int | None = getattr(action, "round_id", None)
    rights = rights_of(session, user, round_id)
    if round_id is not None and not rights:
        raise PermissionDenied("not_allowed", right=action.right.value)
    found = session.get(Round, round_id) if round_id is not None else None
    if round_id is not None and found is None:
        raise ActionError("no_such_round", id=round_id)
    work = Work(session, user, rights, found, str(getattr(action, "reason", "")).strip(), action.scope)
    action.allow(work)
    recorder = Recorder(session)
    try:
        params = action.apply(work)
    except ActionError as error:
        if expected is None or found is None or isinstance(error, PermissionDenied | StaleError):
            raise
        # What a person saw is gone: say what changed rather than what no longer fits.
        _refuse_stale(session, found, expected, None)
        raise
    changes = recorder.changes()
    if found is not None and expected is not None:
        _refuse_stale(session, found, expected, None if action.strict and work.scope == MAIN else changes)
    if work.found is not None and action.moves_on:
        work.found.revision += 1
    if work.found is not None and action.keeps_images:
        kept = {(change.table, change.row_id) for change in changes}
        rows = standing_rows(session, work.found.id)
        changes += [row for row in rows if (row.table, row.row_id) not in kept]
    line = append(
        session,
        Entry(
            user_id=user.id,
            code=action.code,
            params=params,
            round_id=work.found.id if work.found else None,
            revision=work.found.revision if work.found else None,
            scope=work.scope,
            effect=action.effect if changes or action.effect != "change" else "none",
            target=work.target,
            request=key,
            reason=work.reason,
        ),
        changes,
    )
    waiting = session.scalars(select(Job.id).limit(1)).first() is not None
    return _outcome(line, repeated=False), waiting


def _outcome(line: LogLine, *, repeated: bool) -> Outcome:
    return Outcome(line.seq, line.round_id, line.revision, f"action.{line.code}", dict(line.params), repeated)


def _first_outcome(session: Session, user: User, action: Action, key: str | None) -> Outcome | None:
    if key is None:
        return None
    line = session.scalars(select(LogLine).where(LogLine.request == key)).one_or_none()
    if line is None:
        return None
    if line.user_id != user.id or line.code != action.code:
        raise ActionError("key_used")
    return _outcome(line, repeated=True)


def _refuse_stale(session: Session, found: Round, expected: int, changes: list[Change] | None) -> None:
    """Raise if a line since ``expected`` touched the same rows (``None``: if there is any line of the main scope)."""
    if found.revision <= expected:
        return
    since = lines_since(session, found.id, expected)
    if changes is None:
        clash = [line for line in since if line.scope == MAIN and line.changed_rows]
    else:
        mine = {(change.table, change.row_id) for change in changes}
        rows = session.execute(
            select(Image.seq, Image.table, Image.row_id).where(Image.seq.in_([line.seq for line in since]))
        )
        hit = {seq for seq, table, row_id in rows if (table, row_id) in mine}
        clash = [line for line in since if line.seq in hit]
    if clash:
        raise ChangedMeanwhile(clash, expected=expected, revision=found.revision)
