"""What only people read of an applicant, as the outputs take it; those beside a table among them."""

from __future__ import annotations

from selection import actions as do
from selection.outputs.people import Beside, Details
from selection.rounds import intake_step
from selection.rounds.desk import Desk
from selection.texts import text


def details_of(person: do.ApplicationRow) -> Details:
    """What only people read of an applicant: contact data, whether the person was asked, and notes."""
    contact = person.contact_for_export
    parts = []
    if person.contact is not None:
        asked = text(f"ui.contact.{person.contact.status}")
        parts.append(f"{asked}: {person.contact.note}" if person.contact.note else asked)
    parts += [note.text for note in person.notes]
    return Details(
        organisation_name(person),
        contact.get("email", ""),
        contact.get("phone", ""),
        person.non_disclosure,
        "\n".join(parts),
    )


def beside_of(desk: Desk) -> tuple[Beside, ...]:
    """Those who belong to a table without a seat."""
    return tuple(
        Beside(one.name, one.beside_table, details_of(one))
        for one in desk.people.values()
        if one.beside and one.status == "active"
    )


def organisation_name(person: do.ApplicationRow) -> str:
    """The organisation's name as the applicant wrote it."""
    return person.as_applicant().value(intake_step.ORGANISATION_NAME) or ""
