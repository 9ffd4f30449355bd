"""Actions on requirements whose field was not read: going on without one in this round, and keeping it again."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import select

from selection.actions.base import RoundAction, User, Work
from selection.actions.rights import Right
from selection.actions.views import reading
from selection.errors import ActionError
from selection.model.rules_file import parse_rules
from selection.records.base import now
from selection.records.rows import WaiverRow
from selection.records.store import Store
from selection.records.tables import RulesText, Waiver


class _OfRequirement(RoundAction):
    """An action on one requirement of the round's rules, by its id."""

    right: ClassVar[Right] = Right.PREPARE
    requirement: str

    def held(self, work: Work) -> Waiver | None:
        """The waiver of this requirement, if there is one."""
        query = select(Waiver).where(Waiver.round_id == work.round.id, Waiver.requirement == self.requirement)
        return work.session.scalars(query).first()


class WaiveRequirement(_OfRequirement):
    """Go on without a requirement as long as its field is not read from the applications, with the person's reason."""

    code: ClassVar[str] = "waive_requirement"
    needs_reason: ClassVar[bool] = True
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        rules = work.session.get(RulesText, work.round.rules_id or 0)
        known = list(parse_rules(rules.text, "").needed_fields) if rules is not None else []
        if self.requirement not in known:
            raise ActionError("no_such_requirement", id=self.requirement[:60])
        row = self.held(work)
        if row is None:
            row = Waiver(round_id=work.round.id, requirement=self.requirement)
            work.session.add(row)
        row.reason, row.made_at, row.made_by = work.reason, now(), work.user.id
        return {"requirement": self.requirement}


class KeepRequirement(_OfRequirement):
    """Take a requirement that was waived into the round again."""

    code: ClassVar[str] = "keep_requirement"
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        row = self.held(work)
        if row is None:
            raise ActionError("no_such_waiver", id=self.requirement[:60])
        work.session.delete(row)
        return {"requirement": self.requirement}


def waivers(store: Store, user: User, round_id: int) -> list[WaiverRow]:
    """The requirements that the round goes on without, oldest first."""
    with reading(store, user, round_id) as (session, _row):
        found = session.scalars(select(Waiver).where(Waiver.round_id == round_id).order_by(Waiver.id))
        return [WaiverRow(one.id, one.requirement, one.reason, one.made_at) for one in found]
