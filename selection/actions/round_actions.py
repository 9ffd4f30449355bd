"""Actions on a round as a whole: making it, its rules, and its way from draft to ready."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar, Literal

from sqlalchemy import select

from selection.actions.base import ASIDE, Action, RoundAction, Work
from selection.actions.departures import leave_all
from selection.actions.open_seats import facts_of_going_on
from selection.actions.rights import Right, UserRole
from selection.errors import ActionError
from selection.model.rules_new import parse_new_rules
from selection.records.base import now
from selection.records.journal import RoleGrant
from selection.records.tables import Round, RulesText


def _rules_row(work: Work, content: str) -> RulesText:
    parse_new_rules(content, work.round.preset or work.round.name)
    return work.add(
        RulesText(
            round_id=work.round.id,
            text=content,
            sha256=hashlib.sha256(content.encode()).hexdigest(),
            made_at=now(),
            made_by=work.user.id,
        )
    )


class CreateRound(Action):
    """Make a round from the text of a rules file, or with the rules of an earlier round.

    Raises :class:`~selection.model.rules_file.RulesFileError` if the text is not a rules file.
    """

    code: ClassVar[str] = "create_round"
    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ()
    effect: ClassVar[str] = "none"
    name: str
    rules: str | None = None
    preset: str | None = None
    language: Literal["fi", "sv", "en"] = "fi"
    from_round_id: int | None = None

    def apply(self, work: Work) -> dict[str, Any]:
        name = self.name.strip()
        if not name:
            raise ActionError("name_missing")
        if work.session.scalars(select(Round.id).where(Round.name == name)).first() is not None:
            raise ActionError("round_name_taken")
        content, preset = self.rules, self.preset
        if content is None:
            content, earlier = self._earlier(work)
            preset = preset or earlier
        made = Round(name=name, state="draft", language=self.language, preset=preset, made_at=now(), revision=0)
        work.found = work.add(made)
        made.rules_id = _rules_row(work, content).id
        work.session.add(RoleGrant(user_id=work.user.id, round_id=made.id, role=UserRole.COORDINATOR.value))
        return {"id": made.id, "round": made.id}

    def _earlier(self, work: Work) -> tuple[str, str | None]:
        earlier = work.session.get(Round, self.from_round_id) if self.from_round_id is not None else None
        rules = work.session.get(RulesText, earlier.rules_id) if earlier and earlier.rules_id else None
        if earlier is None or rules is None:
            raise ActionError("rules_missing")
        return rules.text, earlier.preset


class RenameRound(RoundAction):
    """Give the round another name."""

    code: ClassVar[str] = "rename_round"
    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ()
    scope: ClassVar[str] = ASIDE
    name: str

    def apply(self, work: Work) -> dict[str, Any]:
        name = self.name.strip()
        if not name:
            raise ActionError("name_missing")
        taken = select(Round.id).where(Round.name == name, Round.id != work.round.id)
        if work.session.scalars(taken).first() is not None:
            raise ActionError("round_name_taken")
        work.round.name = name
        return {"round": work.round.id}


class ChangeRules(RoundAction):
    """Take a new version of the rules; the earlier ones are kept."""

    code: ClassVar[str] = "change_rules"
    right: ClassVar[Right] = Right.PREPARE
    text: str
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        held = work.session.get(RulesText, work.round.rules_id) if work.round.rules_id else None
        if held is None or held.text != self.text:
            work.round.rules_id = _rules_row(work, self.text).id
        return {"rules": work.round.rules_id}


class MarkReady(RoundAction):
    """The draft is ready for decision: a copy of it is what the board is shown.

    ``reason`` is obligatory where seats are open to question (:mod:`selection.records.readiness`); the copy keeps it.
    """

    code: ClassVar[str] = "mark_ready"
    right: ClassVar[Right] = Right.PREPARE
    strict: ClassVar[bool] = True
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        work.require_active(work.draft())
        facts = facts_of_going_on(work, work.draft())
        presented = work.copy_of(work.draft(), "presented")
        presented.facts = facts
        work.round.presented_id = presented.id
        work.round.state = "ready"
        return {"version": presented.id}


class BackToDraft(RoundAction):
    """Open a round that was ready again, such as when the board returned it for preparation.

    Who declined meanwhile leaves the draft.
    """

    code: ClassVar[str] = "back_to_draft"
    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ("ready",)
    needs_reason: ClassVar[bool] = True
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        work.round.state = "draft"
        left = leave_all(work)
        return {"people": left} if left else {}
