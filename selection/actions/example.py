"""Actions on the example round: making it of the sample, once, and removing it whole."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from selection.actions.base import Action, RoundAction, User, Work
from selection.actions.imports import ApplicationIn, FileIn, FindingIn, ImportFile
from selection.actions.rights import Right, rights_in
from selection.actions.round_actions import CreateRound
from selection.errors import ActionError
from selection.records.base import now
from selection.records.examples import EXAMPLE, is_example
from selection.records.journal import Blob, Image, Job, LogLine, Reason, RoleGrant
from selection.records.store import Store
from selection.records.tables import (
    Application,
    Contact,
    Decision,
    Event,
    Finding,
    Lock,
    Note,
    PopulationTable,
    Round,
    RulesText,
    SourceFile,
    Version,
    Waiver,
)

#: What a round is made of, children first.
PARTS = (
    *(
        Contact,
        Note,
        Finding,
        Lock,
        Version,
        Decision,
        Event,
        PopulationTable,
        Waiver,
        Application,
        SourceFile,
        RulesText,
    ),
    *(Blob, Image, Reason, RoleGrant),
)


def example_id(store: Store, user: User) -> int | None:
    """The example round, ``None`` where there is none that the user sees."""
    with store.read() as session:
        found = _example(session)
        return found if found is not None and rights_in(session, user.id, found) else None


def _example(session: Session) -> int | None:
    made = select(LogLine.round_id).where(LogLine.code == EXAMPLE)
    return session.scalars(select(Round.id).where(Round.id.in_(made)).order_by(Round.id)).first()


class CreateExample(Action):
    """Make the example round: its rules and the sample's applications, all of made-up people, in one go.

    ``rules`` are the text of the preset. ``name`` is taken as it is, or with the least number after it that no other
    round has.

    Raises :class:`~selection.errors.ActionError` ``example_exists`` where there is one already.
    """

    code: ClassVar[str] = EXAMPLE
    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ()
    effect: ClassVar[str] = "none"
    name: str
    rules: str
    preset: str
    file: FileIn
    applications: tuple[ApplicationIn, ...]
    findings: tuple[FindingIn, ...] = ()

    def apply(self, work: Work) -> dict[str, Any]:
        there = _example(work.session)
        if there is not None:
            raise ActionError("example_exists", id=there)
        taken = set(work.session.scalars(select(Round.name)))
        name, number = self.name, 1
        while name in taken:
            number += 1
            name = f"{self.name} {number}"
        made = CreateRound(name=name, rules=self.rules, preset=self.preset).apply(work)
        ImportFile(
            round_id=work.round.id, file=self.file, applications=self.applications, findings=self.findings
        ).apply(work)
        return {**made, "n": len(self.applications), "sha256": hashlib.sha256(self.file.content).hexdigest()[:32]}


class RemoveExample(RoundAction):
    """Remove the example round with all that was done in it. The log's lines stay; nothing of it can be undone."""

    code: ClassVar[str] = "remove_example"
    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ()
    effect: ClassVar[str] = "none"

    def apply(self, work: Work) -> dict[str, Any]:
        removed = work.round
        if not is_example(work.session, removed.id):
            raise ActionError("not_an_example", id=removed.id)
        added = select(Application.id).where(Application.round_id == removed.id, Application.by_hand.is_(True))
        if work.session.scalars(added).first() is not None:  # somebody who was added may be real
            work.session.add(Job(kind="clean", details=[removed.id], at=now()))
        work.session.flush()
        work.session.expunge(removed)
        for part in PARTS:
            work.session.execute(delete(part).where(part.round_id == removed.id))
        work.session.execute(delete(Round).where(Round.id == removed.id))
        work.found = None
        return {"id": removed.id}
