"""Actions on what leaves the program: exports, names under a non-disclosure order, one person's own data."""

from __future__ import annotations

from typing import Any, ClassVar

from selection.actions.base import ASIDE, RoundAction, Work
from selection.actions.rights import Right

#: The kind of the rules file among what leaves: no data of applicants, unless locks are written into it.
RULES = "rules"


class LogExport(RoundAction):
    """Note in the log that something left the system: which kind of export, of which version."""

    code: ClassVar[str] = "log_export"
    right: ClassVar[Right] = Right.EXPORT
    states: ClassVar[tuple[str, ...]] = ()
    effect: ClassVar[str] = "none"
    scope: ClassVar[str] = ASIDE
    kind: str
    version_id: int | None = None

    def allow(self, work: Work) -> None:
        """The rules are everybody's who sees the round; every other file is of those who may take files out."""
        if self.kind == RULES:
            work.need(Right.READ)
        else:
            super().allow(work)

    def apply(self, work: Work) -> dict[str, Any]:
        if self.version_id is not None:
            work.version(self.version_id)
        return {"kind": self.kind, "version": self.version_id}


class AnswerDisclosure(RoundAction):
    """Note in the log whether the names of people under a non-disclosure order may stand under an area in a file."""

    code: ClassVar[str] = "answer_disclosure"
    right: ClassVar[Right] = Right.EXPORT
    states: ClassVar[tuple[str, ...]] = ()
    effect: ClassVar[str] = "none"
    scope: ClassVar[str] = ASIDE
    application_ids: tuple[int, ...]
    kind: str
    allowed: bool
    version_id: int | None = None

    def apply(self, work: Work) -> dict[str, Any]:
        people = [work.application(one).id for one in sorted(set(self.application_ids))]
        how = "allowed" if self.allowed else "refused"
        return {"people": people, "kind": self.kind, "how": how, "version": self.version_id}


class HandOutData(RoundAction):
    """Note in the log that everything kept of a person was given out (GDPR, article 15)."""

    code: ClassVar[str] = "hand_out_data"
    right: ClassVar[Right] = Right.EXPORT
    states: ClassVar[tuple[str, ...]] = ()
    effect: ClassVar[str] = "none"
    scope: ClassVar[str] = ASIDE
    application_id: int

    def apply(self, work: Work) -> dict[str, Any]:
        return {"person": work.application(self.application_id).id}
