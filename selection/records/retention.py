"""How long things are kept: the settings, and what is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.model.roster import Roster
from selection.records.departed import appeal_ends
from selection.records.journal import Setting
from selection.records.tables import Application, Round, Version


class Retention(BaseModel):
    """Days, and what becomes of reserves, for all rounds.

    ``appeal_days``: from the decision to the end of the appeal time: 7 days after the minutes are online a municipal
    member is deemed informed, and 14 days follow (Local Government Act 410/2015, sections 138–140).
    ``after_appeal_days``, ``after_term_days``: when to remind of erasing those not chosen, and everybody.
    ``reserves``: which reserves stay when those not chosen are erased: those who agreed to it in the application (data
    minimisation, GDPR, article 5; nobody else needs them for longer), or ``all``, where the city decides so.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    appeal_days: int = Field(default=21, ge=0, le=3650)
    after_appeal_days: int = Field(default=0, ge=0, le=3650)
    after_term_days: int = Field(default=30, ge=0, le=3650)
    reserves: Literal["agreed", "all"] = "agreed"


def council_term_end(day: dt.date) -> dt.date:
    """The end of the council's term that a day is in: the 31st of May of an election year (2021, 2025, …). Taken where
    a round's rules tell no end of the term (Local Government Act 410/2015, section 15)."""
    end = dt.date(day.year + (1 - day.year) % 4, 5, 31)
    return end if day <= end else dt.date(end.year + 4, 5, 31)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something is due: ``code`` (``reminder.erase_not_chosen``, ``reminder.erase_all``), the round and the day."""

    code: str
    round_id: int
    round_name: str
    due: dt.date


def retention(session: Session) -> Retention:
    """The settings in force."""
    row = session.get(Setting, "retention")
    return Retention.model_validate(row.value) if row is not None else Retention()


def _of_later(
    session: Session, row: Round, times: Retention, today: dt.date
) -> tuple[tuple[str, str | None, int, bool], ...]:
    """Those of a supplementary call who were kept when the others were erased: due once their own time is over."""
    if row.erased != "not_chosen":
        return ()
    people = {one.id: one for one in session.scalars(select(Application).where(Application.round_id == row.id)).all()}
    standing = session.get(Version, row.standing_id or 0)
    seated = set(Roster.from_json(standing.roster).people()) if standing is not None else set()
    ends = [
        end.isoformat()
        for one, end in sorted(appeal_ends(session, row.id, times.appeal_days).items())
        if end is not None and end < today and not people[one].may_be_kept and people[one].person_key not in seated
    ]
    return (("erase_not_chosen", max(ends), times.after_appeal_days, True),) if ends else ()


def due(session: Session, today: dt.date) -> list[Reminder]:
    """What is due by a day, oldest first."""
    times = retention(session)
    found = []
    for row in session.scalars(select(Round).where(Round.state == "decided").order_by(Round.id)):
        plans: tuple[tuple[str, str | None, int, bool], ...] = (
            ("erase_not_chosen", row.appeal_ends, times.after_appeal_days, row.erased is None),
            ("erase_all", row.term_ends, times.after_term_days, row.erased != "all"),
        )
        plans += _of_later(session, row, times, today)
        for code, end, days, waits in plans:
            if end is None or not waits:
                continue
            day = dt.date.fromisoformat(end) + dt.timedelta(days=days)
            if day <= today:
                found.append(Reminder(f"reminder.{code}", row.id, row.name, day))
    return sorted(found, key=lambda reminder: (reminder.due, reminder.round_id))
