"""A computed proposal as the action that saves it. For commands and pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from selection import actions as do
from selection.model.locks import Locks
from selection.rounds import held
from selection.rounds.facts import MADE
from selection.rounds.tasks import Proposed


def saved(found: Proposed, kept: Iterable[held.Held] = ()) -> tuple[do.Roster, dict[str, Any]]:
    """The roster to be kept of a computed proposal, with the pairs that people made, and the facts of its making.

    The roster as the program made it is kept beside it: people change the draft, and are still told why the program
    proposed what it did. ``kept`` are the changes made by hand that it was computed with.
    """
    several = tuple(kept)
    seats = held.seats_kept(several, Locks())
    facts = {**found.facts, MADE: found.roster.to_json(), held.HELD: [one.to_json() for one in seats]}
    return held.paired(found.roster, several), facts


def action_of(
    round_id: int, found: Proposed, version_id: int | None = None, kept: Iterable[held.Held] = ()
) -> do.SaveProposal:
    """Save a proposal as the draft, or as the trial ``version_id``; see :func:`saved`."""
    roster, facts = saved(found, kept)
    return do.SaveProposal(round_id=round_id, roster=roster, facts=facts, version_id=version_id)
