"""Going on in spite of seats that are open to question: only with a reason, which is kept with the version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from selection.actions.base import Work, roster_of
from selection.errors import ActionError
from selection.model.rules_file import parse_rules
from selection.records import application_rows as a
from selection.records import rows as r
from selection.records.readiness import OpenSeat, Settled, counted, late_people, open_seats
from selection.records.tables import Contact, Finding, RulesText, Version


def open_seats_of(work: Work, version: Version) -> tuple[OpenSeat, ...]:
    """The seats of a version that are open to question now.

    Raises
    ------
    ActionError
        ``rules_missing`` if the rules of the version are gone.
    """
    rules = work.session.get(RulesText, version.rules_id or work.round.rules_id or 0)
    if rules is None:
        raise ActionError("rules_missing")
    here = work.round.id
    asked = {one.application_id: one for one in work.session.scalars(select(Contact).where(Contact.round_id == here))}
    people = {
        key: a.application_row(row, None, asked.get(row.id), ())
        for key, row in work.people().items()
        if row.id is not None
    }
    late = select(Finding).where(Finding.round_id == here, Finding.code == "late").order_by(Finding.id)
    found = late_people([r.finding_row(one) for one in work.session.scalars(late)])
    parsed = parse_rules(rules.text, work.round.preset or work.round.name)
    return open_seats(roster_of(version), people, parsed, found)


def facts_of_going_on(work: Work, version: Version) -> dict[str, Any]:
    """The version's facts, with what is gone on in spite of and why.

    Raises
    ------
    ActionError
        ``seats_open`` if seats are open to question and no reason is given.
    """
    facts = {name: value for name, value in version.facts.items() if name != "readiness"}
    seats = open_seats_of(work, version)
    if not seats:
        return facts
    if not work.reason:
        raise ActionError("seats_open", n=len(seats))
    return facts | {"readiness": Settled(len(seats), counted(seats), work.reason).to_json()}
