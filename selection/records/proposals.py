"""Changes that somebody proposed: the reason, and what became of each, read from the lines of the log.

A trial version that is proposed waits until it is taken (made the draft, or decided), declined with an answer, or
withdrawn by who proposed it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.records.history import undone_lines
from selection.records.journal import LogLine, Reason
from selection.records.tables import Version
from selection.records.user_names import shown_names

#: Codes of lines → what a proposal is after them.
STATES = {
    "propose_change": "waiting",
    "use_version": "taken",
    "record_decision": "taken",
    "decline_proposal": "declined",
    "withdraw_proposal": "withdrawn",
}


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposed change. ``state`` is waiting, taken, declined or withdrawn; ``answer`` is what was said to it."""

    version_id: int
    name: str
    owner_id: int
    owner: str
    reason: str
    at: str
    state: str
    answer: str = ""
    answered_by: str = ""
    answered_at: str | None = None


def proposals(session: Session, round_id: int) -> list[ProposalRow]:
    """The proposed changes of a round whose versions are still there, the newest first."""
    lines = list(
        session.scalars(
            select(LogLine).where(LogLine.round_id == round_id, LogLine.code.in_(STATES)).order_by(LogLine.seq)
        )
    )
    undone = undone_lines(session, round_id)
    told: dict[int, tuple[LogLine, LogLine | None]] = {}
    for line in lines:
        version = line.params.get("source", line.params.get("version"))
        if line.seq in undone or not isinstance(version, int):
            continue
        if line.code == "propose_change":
            told[version] = (line, None)
        elif version in told and told[version][1] is None:
            told[version] = (told[version][0], line)
    names = shown_names(session)
    reasons = {
        seq: why
        for seq, why in session.execute(select(Reason.seq, Reason.text).where(Reason.seq.in_([x.seq for x in lines])))
    }
    found = []
    for version_id, (proposed, answer) in told.items():
        row = session.get(Version, version_id)
        if row is None or row.kind != "trial" or row.owner_id is None:
            continue
        found.append(
            ProposalRow(
                version_id=row.id,
                name=row.name,
                owner_id=row.owner_id,
                owner=names.get(row.owner_id, ""),
                reason=reasons.get(proposed.seq, ""),
                at=proposed.at,
                state=STATES[answer.code if answer is not None else proposed.code],
                answer=reasons.get(answer.seq, "") if answer is not None else "",
                answered_by=names.get(answer.user_id, "") if answer is not None else "",
                answered_at=answer.at if answer is not None else None,
            )
        )
    return sorted(found, key=lambda one: (one.at, one.version_id), reverse=True)
