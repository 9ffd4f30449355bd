"""Actions on versions: names, trials, proposing a change, taking a version as the draft."""

from __future__ import annotations

from typing import Any, ClassVar

from selection.actions.base import ASIDE, RoundAction, Work, trial_scope
from selection.actions.departures import leave_all
from selection.actions.rights import Right
from selection.errors import ActionError, PermissionDenied
from selection.records.tables import Version


def _named(name: str) -> str:
    if not name.strip():
        raise ActionError("name_missing")
    return name.strip()


class NameVersion(RoundAction):
    """Keep a copy of a version (the draft) under a name."""

    code: ClassVar[str] = "name_version"
    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ()
    scope: ClassVar[str] = ASIDE
    name: str
    version_id: int | None = None

    def apply(self, work: Work) -> dict[str, Any]:
        source = work.draft() if self.version_id is None else work.version(self.version_id)
        made = work.copy_of(source, "named", _named(self.name))
        return {"id": made.id, "version": made.id}


class CopyVersion(RoundAction):
    """Make a trial version of one's own: it never touches the draft."""

    code: ClassVar[str] = "copy_version"
    right: ClassVar[Right] = Right.TRY
    states: ClassVar[tuple[str, ...]] = ()
    effect: ClassVar[str] = "none"
    name: str = ""
    version_id: int | None = None

    def apply(self, work: Work) -> dict[str, Any]:
        if work.round.erased:
            raise ActionError("round_is_erased", id=work.round.id)
        if self.version_id is not None:
            source = work.version(self.version_id)
        elif work.round.standing_id is not None:
            source = work.version(work.round.standing_id)
        else:
            source = work.draft()
        made = work.copy_of(source, "trial", self.name.strip(), owner_id=work.user.id)
        work.scope = trial_scope(made.id)
        return {"id": made.id, "version": made.id}


class _OwnVersion(RoundAction):
    """An action on one's own trial; on a named version where one prepares."""

    right: ClassVar[Right] = Right.TRY
    states: ClassVar[tuple[str, ...]] = ()
    version_id: int

    def allow(self, work: Work) -> None:
        """A trial is its owner's; a named version belongs to those who prepare."""
        self.demand_reason()
        if not {Right.TRY, Right.PREPARE} & work.rights:
            raise PermissionDenied("not_allowed", right=self.right.value)
        row = work.version(self.version_id)
        if row.kind == "trial":
            work.need(Right.TRY)
            if row.owner_id != work.user.id:
                raise PermissionDenied("not_own_version", id=row.id)
            work.scope = trial_scope(row.id)
        elif row.kind == "named":
            work.need(Right.PREPARE)
            work.scope = ASIDE
        else:
            raise ActionError("version_is_fixed", id=row.id)


class RenameVersion(_OwnVersion):
    """Give a version another name."""

    code: ClassVar[str] = "rename_version"
    name: str

    def apply(self, work: Work) -> dict[str, Any]:
        row = work.version(self.version_id)
        row.name = _named(self.name)
        return {"version": row.id}


class DropVersion(_OwnVersion):
    """Take a version away."""

    code: ClassVar[str] = "drop_version"

    def apply(self, work: Work) -> dict[str, Any]:
        row = work.version(self.version_id)
        work.session.delete(row)
        return {"version": row.id}


class ProposeChange(_OwnVersion):
    """Show one's trial to the others as a proposal for a change, with the reason."""

    code: ClassVar[str] = "propose_change"
    needs_reason: ClassVar[bool] = True
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        row = work.version(self.version_id)
        if row.kind != "trial":
            raise ActionError("version_is_fixed", id=row.id)
        row.proposed = True
        return {"version": row.id}


class WithdrawProposal(_OwnVersion):
    """Take one's own proposed change back; the trial stays one's own."""

    code: ClassVar[str] = "withdraw_proposal"

    def apply(self, work: Work) -> dict[str, Any]:
        row = _proposed(work, self.version_id)
        row.proposed = False
        return {"version": row.id}


class DeclineProposal(RoundAction):
    """Answer a proposed change with no; ``reason`` is the answer that its author reads."""

    code: ClassVar[str] = "decline_proposal"
    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ("draft", "ready")
    scope: ClassVar[str] = ASIDE
    needs_reason: ClassVar[bool] = True
    version_id: int
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        row = _proposed(work, self.version_id)
        row.proposed = False
        return {"version": row.id}


def _proposed(work: Work, version_id: int) -> Version:
    row = work.version(version_id)
    if not row.proposed:
        raise ActionError("not_proposed", id=row.id)
    return row


class UseVersion(RoundAction):
    """Make a copy of a version the draft; the draft before it is kept. Who declined has no seat in the copy."""

    code: ClassVar[str] = "use_version"
    right: ClassVar[Right] = Right.PREPARE
    strict: ClassVar[bool] = True
    needs_reason: ClassVar[bool] = True
    version_id: int
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        source: Version = work.version(self.version_id)
        made = work.copy_of(source, "draft")
        work.round.draft_id = made.id
        left = leave_all(work)
        return {"id": made.id, "version": source.id, **({"people": left} if left else {})}
