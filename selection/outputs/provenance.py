"""Provenance: how a roster came to be – what the program proposed, and what people changed, corrected and locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from selection.model.locks import Locks
from selection.model.roster import Seat, seat_changes
from selection.model.state import State, state_of_proposal
from selection.outputs.amendments import Amendment
from selection.outputs.open_points import GoingOn
from selection.proposal import Proposal


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a person did: when, who, to whom or what, what was done, and why."""

    when: str = ""
    who: str = ""
    about: str = ""
    what: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Provenance:
    """What stands behind a roster. By default it is the program's own, made from the files as read.

    Attributes
    ----------
    proposed
        The roster as the program proposed it; ``None`` where the roster is still that, empty where none was computed.
    names
        Person key → name, of proposed people who are no longer in the pool.
    proven
        Whether that proposal was proven the best; ``None`` where the roster itself says so.
    solved_locks
        The locks that the proposal was computed with; ``None`` where they are those in force.
    lock_reasons
        Persons' keys of a lock, joined with ``+`` → its reason.
    amendments, solved_amendments, asked, solved_asked, mapping, outdated
        See :class:`selection.outputs.checkable.Checkable`.
    state
        What is true of the roster; ``None`` where the proposal itself says all of it.
    going_on
        What was left open to question when the roster was marked ready or decided; ``None`` where nothing was.
    corrections, changes, locks
        What people read: corrections of data, changes of the roster, and locks, each with its reason.
    log_head
        The last line of the records' log and its hash as ``line:hash``, where there are records.
    """

    proposed: tuple[Seat, ...] | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    proven: bool | None = None
    solved_locks: Locks | None = None
    lock_reasons: Mapping[str, str] = field(default_factory=dict)
    amendments: tuple[Amendment, ...] = ()
    solved_amendments: tuple[Amendment, ...] | None = None
    solved_asked: tuple[str, ...] | None = None
    asked: tuple[str, ...] | None = None
    mapping: str = ""
    outdated: bool = False
    state: State | None = None
    going_on: GoingOn | None = None
    corrections: Sequence[Told] = ()
    changes: Sequence[Told] = ()
    locks: Sequence[Told] = ()
    log_head: str = ""

    def changed(self, proposal: Proposal) -> int:
        """How many people's seats were changed by people since the program proposed them."""
        return 0 if self.proposed is None else len(seat_changes(self.proposed, proposal.seats))

    def state_of(self, proposal: Proposal) -> State:
        """What is true of the roster."""
        return self.state or state_of_proposal(proposal)
