"""After the decision: who left a seat, who came later, and until when each who came later is kept."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.model.roster import Roster
from selection.records.afterwards import came_later
from selection.records.tables import Application, Event

#: Events by which somebody leaves a seat, and by which somebody takes a vacant one.
LEAVING, TAKING = ("refusal", "resignation"), ("rise", "replacement")


def departed(session: Session, round_id: int, standing: Roster) -> frozenset[int]:
    """Ids of those who refused or resigned and have no seat since, with all other applications of each.

    Two applications are one person's where a person has said so: one is set aside for the other.
    """
    left = select(Event.application_id).where(Event.round_id == round_id, Event.kind.in_(LEAVING))
    gone = {one for one in session.scalars(left) if one is not None}
    if not gone:
        return frozenset()
    people = list(session.scalars(select(Application).where(Application.round_id == round_id).order_by(Application.id)))
    gone -= {row.id for row in people if standing.seat_of(row.person_key) is not None}
    pairs = [(row.id, row.same_as_id) for row in people if row.same_as_id is not None]
    while more := {one for pair in pairs if gone & set(pair) for one in pair if one not in gone}:
        gone |= more
    return frozenset(gone)


def appeal_ends(session: Session, round_id: int, days: int) -> dict[int, dt.date | None]:
    """Application id → the end of its own appeal time, of those who came later; ``None`` before their choice is made.

    The choice of a supplementary call is each that fills a seat after its applications came; its appeal time is as long
    as the decision's (Local Government Act 410/2015, sections 138–140).
    """
    later = came_later(session, round_id)
    taken = list(session.scalars(select(Event).where(Event.round_id == round_id, Event.kind.in_(TAKING))))
    found: dict[int, dt.date | None] = {}
    for application_id, came in later.items():
        chosen = [event.date for event in taken if event.made_at >= came]
        found[application_id] = dt.date.fromisoformat(max(chosen)) + dt.timedelta(days=days) if chosen else None
    return found


def waiting(session: Session, round_id: int, days: int, today: dt.date) -> frozenset[int]:
    """Those who came later and whose own choice is not made, or can still be appealed against."""
    ends = appeal_ends(session, round_id, days)
    return frozenset(one for one, end in ends.items() if end is None or end >= today)
