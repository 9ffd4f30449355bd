"""A computed proposal as the action that saves it. For commands and pages."""

from __future__ import annotations

from collections.abc import Iterable

from selection import actions as do
from selection.model.people import Role
from selection.rounds import held
from selection.rounds.facts import MADE
from selection.rounds.tasks import Proposed


def action_of(
    round_id: int, found: Proposed, version_id: int | None = None, kept: Iterable[held.Held] = ()
) -> do.SaveProposal:
    """Save a proposal as the draft, or as the trial ``version_id``.

    The roster is kept beside the draft too: people change that, and are still told why the program proposed what it
    did. ``kept`` are the changes made by hand that it was computed with.
    """
    roster = do.roster_of((person, table, Role(role), partner) for person, table, role, partner in found.seats)
    facts = {**found.facts, MADE: roster.to_json(), held.HELD: [one.to_json() for one in kept]}
    return do.SaveProposal(round_id=round_id, roster=roster, facts=facts, version_id=version_id)
