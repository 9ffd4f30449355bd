"""State: what is true of a roster now. One function says it, one sentence tells it, beside every roster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from selection.model.applied import of_nobody, waived
from selection.model.roster import Seat, seat_changes
from selection.model.rows import Standing
from selection.model.rules import Rules
from selection.model.source import Source
from selection.model.titles import rule_name, table_title
from selection.proposal import Proposal
from selection.texts import text

#: What a roster can be older than, in the order told.
OLDER = ("rules", "locks", "people")


@dataclass(frozen=True, slots=True)
class State:
    """What is true of a roster.

    Attributes
    ----------
    computed
        Whether the program made a proposal that the roster comes from.
    changed
        How many persons' seats differ from that proposal; ``None`` where they do and nobody knows how many.
    older_than
        What was changed since the proposal was computed, of :data:`OLDER`.
    cut
        Whether the time ended before every step and the lots were proven.
    failing
        Requirements that the roster does not meet, as counted now.
    waived, not_applied
        Ids of requirements left out by a person, and of other rules that could not be taken into account.
    unread
        Ids of requirements that nobody waived and that could not be counted, as their field was not read.
    of_nobody
        Ids of requirements that name a value which no applicant has: see :func:`selection.model.applied.of_nobody`.
    erased
        ``not_chosen`` or ``all`` where the data of these people were erased: nothing is then counted from the rest.
    """

    computed: bool
    changed: int | None = 0
    older_than: tuple[str, ...] = ()
    cut: bool = False
    failing: tuple[Standing, ...] = ()
    waived: tuple[str, ...] = ()
    not_applied: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    of_nobody: tuple[str, ...] = ()
    erased: str | None = None

    @property
    def made_by(self) -> str:
        """``program``, or ``people`` where anybody's seat is other than the program proposed."""
        return "program" if self.computed and self.changed == 0 else "people"

    @property
    def best(self) -> bool:
        """Whether "proven best" may be said: the program's own roster, proven in every step under the rules, locks and
        data as they are now, and no requirement fails."""
        return self.made_by == "program" and not (
            self.cut or self.older_than or self.failing or self.unread or self.erased
        )

    @property
    def good(self) -> bool:
        """Whether nothing of it wants a person's eye."""
        return not (
            self.cut
            or self.older_than
            or self.failing
            or self.unread
            or self.of_nobody
            or self.not_applied
            or self.erased == "all"
        )

    def to_json(self) -> dict[str, Any]:
        """The state as the JSON of a proposal tells it."""
        return {
            "made_by": self.made_by,
            "changed": self.changed,
            "older_than": list(self.older_than),
            "cut": self.cut,
            "failing": list(dict.fromkeys(one.id for one in self.failing)),
        }


def state_of(
    seats: Sequence[Seat],
    standings: Iterable[Standing],
    proposed: Sequence[Seat] | None,
    *,
    proven: bool,
    older_than: Iterable[str] = (),
    waived: Iterable[str] = (),
    not_applied: Iterable[str] = (),
    unread: Iterable[str] = (),
    of_nobody: Iterable[str] = (),
    erased: str | None = None,
) -> State:
    """The state of a roster.

    Parameters
    ----------
    standings
        How every requirement stands for it now.
    proposed
        The roster as the program proposed it; ``None`` where none was computed.
    proven
        Whether that proposal was proven the best in every step, lots drawn to the end.
    """
    older = set(older_than)
    everybody_gone = erased == "all"
    return State(
        computed=proposed is not None,
        changed=len(seat_changes(proposed or (), seats)),
        older_than=() if everybody_gone or proposed is None else tuple(one for one in OLDER if one in older),
        cut=proposed is not None and not proven,
        failing=() if everybody_gone else tuple(one for one in standings if not one.holds),
        waived=tuple(dict.fromkeys(waived)),
        not_applied=tuple(dict.fromkeys(not_applied)),
        unread=tuple(dict.fromkeys(unread)),
        of_nobody=tuple(dict.fromkeys(of_nobody)),
        erased=erased,
    )


def state_of_proposal(proposal: Proposal) -> State:
    """The state of a proposal just computed, or of one that is told as the program's own."""
    return state_of(
        proposal.seats,
        proposal.requirements(),
        proposal.seats if proposal.steps else None,
        proven=proposal.proven,
        waived=waived(proposal.pool, proposal.rules),
        of_nobody=of_nobody(proposal.pool, proposal.rules),
        not_applied=proposal.rows.switched_off,
    )


def sentence(state: State, rules: Rules) -> str:
    """The state in words: the same beside every roster, on pages, in commands and in documents."""
    if state.erased == "all":
        return text("state.erased.all")
    # Of an erased round that kept no facts nobody knows who made its roster.
    parts = [] if state.erased and not state.computed else [_made(state)]
    if state.best:
        parts.append(text("state.best"))
    if state.cut:
        parts.append(text("state.cut"))
    if state.older_than:
        parts.append(text("state.older", what=", ".join(text(f"state.older.{one}") for one in state.older_than)))
    if state.failing:
        parts.append(text("state.failing", what="; ".join(failing_names(state, rules))))
    else:
        others = state.waived or state.unread or state.of_nobody
        parts.append(text("state.others_hold" if others else "state.all_hold"))
    for code, ids in (
        ("unread", state.unread),
        ("of_nobody", state.of_nobody),
        ("waived", state.waived),
        ("not_applied", state.not_applied),
    ):
        if ids:
            parts.append(text(f"state.{code}", what=", ".join(rule_name(rules, one) for one in ids)))
    if state.erased:
        parts.append(text(f"state.erased.{state.erased}"))
    return " ".join(parts)


def _made(state: State) -> str:
    if not state.computed:
        return text("state.by_hand")
    if state.changed is None:
        return text("state.changed_some")
    return text("state.changed", n=state.changed) if state.changed else text("state.program")


def failing_names(state: State, rules: Rules) -> list[str]:
    """Each requirement that fails, by name, with the table and the body where it does."""
    found = []
    for one in state.failing:
        body = "" if one.role is None or one.source is Source.LOCK else text(f"state.body.{one.role}")
        where = ", ".join(part for part in (table_title(rules, one.table) if one.table else "", body) if part)
        name = rule_name(rules, one.id)
        found.append(f"{name} ({where})" if where else name)
    return list(dict.fromkeys(found))
