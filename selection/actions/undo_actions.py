"""Undo, redo and going back: each a change of its own, with a line of its own."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import select

from selection.actions.base import MAIN, RoundAction, Work, known_actions, roster_of, trial_scope
from selection.actions.departures import leave_all
from selection.actions.rights import Right
from selection.errors import ActionError, PermissionDenied
from selection.records.history import redo_stack, undo_stack
from selection.records.journal import LogLine
from selection.records.log import images_of, net_changes
from selection.records.recorder import PART, Change, put_back
from selection.records.tables import Application, Contact, Note


class _Undoing(RoundAction):
    """Undoing on the main line needs the right of what is undone; on a trial, to be its owner."""

    right: ClassVar[Right] = Right.READ
    states: ClassVar[tuple[str, ...]] = ()
    version_id: int | None = None

    def _scope(self, work: Work) -> str:
        if self.version_id is None or self.version_id == work.round.draft_id:
            return MAIN
        return trial_scope(self.version_id)

    def allow(self, work: Work) -> None:
        """Whoever may do something in the round; :func:`_may_undo` looks at the line itself."""
        if not work.rights:
            raise PermissionDenied("not_allowed", right=self.right.value)


class Undo(_Undoing):
    """Take back the last change (of the draft's line, or of one's own trial), or the change of line ``seq``."""

    code: ClassVar[str] = "undo"
    effect: ClassVar[str] = "undo"
    seq: int | None = None

    def apply(self, work: Work) -> dict[str, Any]:
        line = self._line(work)
        _may_undo(work, line)
        work.scope, work.target = line.scope, line.seq
        _restore(work, images_of(work.session, line.seq))
        return {"line": line.seq}

    def _line(self, work: Work) -> LogLine:
        if self.seq is None:
            done = undo_stack(work.session, work.round.id, self._scope(work))
            if not done:
                raise ActionError("nothing_to_undo")
            return _log_line(work, done[-1])
        line = _log_line(work, self.seq)
        if self.seq not in undo_stack(work.session, work.round.id, line.scope):
            raise ActionError("cannot_undo", line=self.seq)
        return line


class Redo(_Undoing):
    """Do again what was undone last, if nothing else was done since."""

    code: ClassVar[str] = "redo"
    effect: ClassVar[str] = "redo"

    def apply(self, work: Work) -> dict[str, Any]:
        undone = redo_stack(work.session, work.round.id, self._scope(work))
        if not undone:
            raise ActionError("nothing_to_redo")
        line = _log_line(work, undone[-1])
        _may_undo(work, line)
        work.scope, work.target = line.scope, line.seq
        # What the undoing took away comes back, which may be more than the change had made: notes written since.
        undoing = select(LogLine.seq).where(LogLine.round_id == work.round.id, LogLine.target == line.seq)
        last = work.session.scalars(undoing.where(LogLine.effect == "undo").order_by(LogLine.seq.desc())).first()
        _restore(work, images_of(work.session, last or 0))
        return {"line": line.seq}


class GoBackTo(RoundAction):
    """Make the round what it was at a revision; contacts, notes, named and trial versions stay as they are."""

    code: ClassVar[str] = "go_back"
    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ()
    strict: ClassVar[bool] = True
    revision: int

    def apply(self, work: Work) -> dict[str, Any]:
        if not 1 <= self.revision <= work.round.revision:
            raise ActionError("no_such_revision", revision=self.revision)
        later = select(LogLine).where(LogLine.round_id == work.round.id, LogLine.revision > self.revision)
        lines = list(work.session.scalars(later.order_by(LogLine.seq)))
        if any(line.effect == "barrier" for line in lines):
            raise ActionError("cannot_go_back", revision=self.revision)
        main = [line for line in lines if line.scope == MAIN]
        for line in main:
            _may_undo(work, _log_line(work, line.target) if line.target else line)
        # An answer is a fact, also where it emptied a seat: who declined does not come back with the earlier draft.
        changes = net_changes(work.session, [line.seq for line in main])
        _restore(work, [one for one in changes if one.table != Contact.__tablename__])
        left = leave_all(work)
        return {"revision": self.revision, **({"people": left} if left else {})}


def _log_line(work: Work, seq: int) -> LogLine:
    line = work.session.get(LogLine, seq)
    if line is None or line.round_id != work.round.id:
        raise ActionError("cannot_undo", line=seq)
    return line


def _may_undo(work: Work, line: LogLine) -> None:
    if line.scope.startswith("trial:"):
        work.need(Right.TRY)
        if line.user_id != work.user.id:
            raise PermissionDenied("not_own_version", id=int(line.scope.removeprefix("trial:")))
        return
    work.need(known_actions()[line.code].right)


def _restore(work: Work, changes: list[Change]) -> None:
    """Put all rows back to what they were before, if each still stands where the change left it."""
    people = {c.row_id: c.after for c in changes if c.table == Application.__tablename__ and c.before is None}
    gone = list(people)
    for start in range(0, len(gone), PART):
        for kind in (Contact, Note):
            # What was written about an application goes with it, and comes back with it.
            written = select(kind).where(kind.application_id.in_(gone[start : start + PART])).order_by(kind.id)
            for row in work.session.scalars(written):
                work.session.delete(row)
    changed = put_back(work.session, changes)
    if changed is not None:
        raise ActionError("changed_since", table=changed.table, id=changed.row_id)
    if work.round.standing_id is not None:
        seated = set(roster_of(work.version(work.round.standing_id)).people())
        for application_id, was in people.items():
            if was is not None and was["person_key"] in seated:
                raise ActionError("has_a_seat", id=application_id)
