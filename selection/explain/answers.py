"""Why and why not, each in one call: what the package's public face offers of the optimiser's answers."""

from __future__ import annotations

from selection.explain.why import Answer, Questions
from selection.model.people import Role
from selection.proposal import Proposal


def why(proposal: Proposal, person: str, *, seconds: float | None = None) -> Answer:
    """What leaving a person without a seat does to a proposal.

    Parameters
    ----------
    person
        The person's key.
    seconds
        Time limit; ``None`` for none.

    Raises
    ------
    KeyError
        if there is no such person.
    """
    return Questions.of(proposal, seconds=seconds).why(person)


def why_not(
    proposal: Proposal, person: str, table: str, role: Role | None = None, *, seconds: float | None = None
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
    seconds
        Time limit; ``None`` for none.

    Raises
    ------
    KeyError
        if there is no such person.
    """
    return Questions.of(proposal, seconds=seconds).why_not(person, table, role)
