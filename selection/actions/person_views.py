"""Looking at a person: what is seen of one applicant by name stands in the log, as reading of personal data must."""

from __future__ import annotations

from typing import Any, ClassVar

from selection.actions.base import ASIDE, RoundAction, Work
from selection.actions.rights import Right


class LookAtPerson(RoundAction):
    """Open a person's card. It changes nothing, not even the round's revision."""

    code: ClassVar[str] = "look_at_person"
    right: ClassVar[Right] = Right.READ
    states: ClassVar[tuple[str, ...]] = ()
    effect: ClassVar[str] = "none"
    scope: ClassVar[str] = ASIDE
    moves_on: ClassVar[bool] = False
    application_id: int

    def apply(self, work: Work) -> dict[str, Any]:
        return {"person": work.application(self.application_id).id}
