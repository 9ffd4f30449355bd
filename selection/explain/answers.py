"""Why and why not, each in one call: what the package's public face offers of the optimiser's answers."""

from __future__ import annotations

from typing import Unpack

from selection.explain.why import Answer, Questions
from selection.model.people import Role
from selection.proposal import Proposal
from selection.solving.run import Run, RunOptions


def why(proposal: Proposal, person: str, *, run: Run | None = None, **options: Unpack[RunOptions]) -> Answer:
    """What leaving a person without a seat does to a proposal.

    Parameters
    ----------
    person
        The person's key.
    run, options
        As of :class:`selection.explain.why.Questions`.

    Raises
    ------
    KeyError
        if there is no such person.
    """
    return Questions.of(proposal, run=run, **options).why(person)


def why_not(
    proposal: Proposal,
    person: str,
    table: str,
    role: Role | None = None,
    *,
    run: Run | None = None,
    **options: Unpack[RunOptions],
) -> Answer:
    """What seating a person at a table does to a proposal.

    Parameters
    ----------
    person
        The person's key.
    table
        Id of the table.
    role
        ``None`` where a member's or a deputy's seat would do.
    run, options
        As of :class:`selection.explain.why.Questions`.

    Raises
    ------
    KeyError
        if there is no such person.
    """
    return Questions.of(proposal, run=run, **options).why_not(person, table, role)
