"""Actions on applicants: corrections, setting aside, adding by hand, contacts and notes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from selection.actions.base import ALSO_LATER, ASIDE, RoundAction, Work
from selection.actions.departures import come_back, forget_answer, leave
from selection.actions.rights import Right
from selection.errors import ActionError
from selection.intake.values.organisations import read_organisation
from selection.model.applicant_json import applicant_to_json
from selection.model.people import Applicant, Role
from selection.records.application_rows import BESIDE_TABLE
from selection.records.base import now
from selection.records.people import field_values, with_values
from selection.records.readiness import LEFT
from selection.records.tables import Application, Contact, Lock, Note


class PersonIn(BaseModel):
    """A person as typed in: the fields of :class:`selection.model.people.Applicant`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    person_key: str | None = None
    wishes: tuple[str, ...] = ()
    roles: tuple[Role, ...] = (Role.MEMBER, Role.DEPUTY)
    birth_year: int | None = None
    values: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    contact: dict[str, str] = Field(default_factory=dict)
    non_disclosure: bool = False


class _PeopleAction(RoundAction):
    """An action on one application."""

    right: ClassVar[Right] = Right.PREPARE
    application_id: int


class _ChangeOfPerson(_PeopleAction):
    """A change of one application: in a draft, and after the decision of one that came later."""

    states: ClassVar[tuple[str, ...]] = ALSO_LATER


def field_code(field: str) -> str:
    """A field's name as the log may hold it: the product's own, or just that it is the city's own column."""
    return field if field.isascii() and field.replace("_", "").isalnum() and len(field) <= 40 else "own_field"


def correct(row: Application, field: str, values: list[str]) -> None:
    """Set a field, remembering what it was in the file.

    An organisation is kept as it is written, and as it is compared.
    """
    if field == "organisation":
        read = read_organisation(values[0]).value if values else None
        _correct(row, "organisation_name", [read.name] if read is not None else [])
        values = [read.key] if read is not None else []
    _correct(row, field, values)


def _correct(row: Application, field: str, values: list[str]) -> None:
    held = field_values(row.current, field)
    first = row.corrections.get(field, {}).get("from", held)
    row.current = with_values(row.current, field, values)
    kept = {name: entry for name, entry in row.corrections.items() if name != field}
    if field_values(row.current, field) != first:
        kept[field] = {"from": first, "to": field_values(row.current, field)}
    row.corrections = dict(sorted(kept.items()))


class CorrectValue(_ChangeOfPerson):
    """Correct a value; the one in the file stays visible. No values make it unknown."""

    code: ClassVar[str] = "correct_value"
    field: str
    values: tuple[str, ...]
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        row = work.changeable(self.application_id)
        correct(row, self.field, list(self.values))
        return {"person": row.id, "field": field_code(self.field)}


class AddPerson(RoundAction):
    """Add a person who is not in the file: seated at ``table`` by a lock, or beside the seats of it.

    After the decision (an applicant of a supplementary call) nobody is locked: the person may come to vacant seats of
    ``table``.
    """

    code: ClassVar[str] = "add_person"
    right: ClassVar[Right] = Right.PREPARE
    states: ClassVar[tuple[str, ...]] = ALSO_LATER
    needs_reason: ClassVar[bool] = True
    person: PersonIn
    beside: bool = False
    table: str | None = None
    role: Role = Role.MEMBER
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        person = self.person
        if not person.name.strip():
            raise ActionError("value_missing", field="name")
        key = person.person_key or f"hand-{uuid.uuid4().hex}"
        there = work.people().get(key)
        if there is not None:
            raise ActionError("person_is_there", id=there.id)
        table = work.table(self.table) if self.table else None
        wishes = person.wishes or ((table,) if table else ())
        applicant = Applicant(
            key=key,
            name=person.name.strip(),
            wishes=wishes,
            roles=frozenset(person.roles),
            birth_year=person.birth_year,
            values=_with_organisation(person.values) | ({BESIDE_TABLE: (table,)} if table and self.beside else {}),
        )
        row = work.add(
            new_application(
                work.round.id,
                applicant,
                contact=person.contact,
                by_hand=True,
                beside=self.beside,
                non_disclosure=person.non_disclosure,
            )
        )
        if table and not self.beside and work.round.state == "draft":
            work.add(
                Lock(
                    round_id=work.round.id,
                    kind="seat",
                    application_ids=[row.id],
                    table_id=table,
                    role=self.role.value,
                    reason=work.reason,
                    made_at=now(),
                    made_by=work.user.id,
                )
            )
        return {"id": row.id, "person": row.id}


def _with_organisation(values: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Values as typed in, an organisation as it is written and as it is compared."""
    typed = values.get("organisation", ())
    read = read_organisation(typed[0]).value if typed else None
    if read is None:
        return dict(values)
    named = {"organisation": (read.key,), "organisation_name": values.get("organisation_name", (read.name,))}
    return dict(sorted({**values, **named}.items()))


def new_application(
    round_id: int,
    applicant: Applicant,
    *,
    contact: dict[str, str] | None = None,
    by_hand: bool = False,
    beside: bool = False,
    non_disclosure: bool = False,
    may_be_kept: bool = False,
) -> Application:
    """An active application that is not stored yet."""
    return Application(
        round_id=round_id,
        person_key=applicant.key,
        original={},
        current=applicant_to_json(applicant),
        corrections={},
        contact=dict(contact or {}),
        status="active",
        by_hand=by_hand,
        beside=beside,
        non_disclosure=non_disclosure,
        may_be_kept=may_be_kept,
    )


class SetAside(_ChangeOfPerson):
    """Leave an application out, with the reason."""

    code: ClassVar[str] = "set_aside"
    needs_reason: ClassVar[bool] = True
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        row = work.changeable(self.application_id)
        if row.status == "set_aside":
            raise ActionError("is_set_aside", id=row.id)
        row.status, row.set_aside_code, row.set_aside_reason = "set_aside", "by_hand", work.reason
        return {"person": row.id}


class Restore(_ChangeOfPerson):
    """Take an application that was set aside back in."""

    code: ClassVar[str] = "restore"
    reason: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        row = work.changeable(self.application_id)
        if row.status != "set_aside":
            raise ActionError("is_active", id=row.id)
        if row.set_aside_code in LEFT:
            forget_answer(work, row)
        row.status, row.set_aside_code, row.set_aside_reason, row.same_as_id = "active", None, None, None
        return {"person": row.id}


class SetNonDisclosure(_PeopleAction):
    """Mark non-disclosure for personal safety: contact data stay out of every export."""

    code: ClassVar[str] = "set_non_disclosure"
    states: ClassVar[tuple[str, ...]] = ()
    scope: ClassVar[str] = ASIDE
    on: bool

    def apply(self, work: Work) -> dict[str, Any]:
        row = work.application(self.application_id)
        row.non_disclosure = self.on
        return {"person": row.id, "status": "on" if self.on else "off"}


class SetContact(_PeopleAction):
    """Note whether the person was asked, and the answer; ``None`` takes the note away.

    Who declined or withdrew leaves the pool, the locks of seats and the draft's seat, which stays vacant; another
    answer brings the person back into the pool. That is a change of the draft's line, undone with it.
    """

    code: ClassVar[str] = "set_contact"
    states: ClassVar[tuple[str, ...]] = ()
    scope: ClassVar[str] = ASIDE
    status: Literal["asked", "agreed", "declined", "withdrawn"] | None
    note: str = ""

    def apply(self, work: Work) -> dict[str, Any]:
        row = work.application(self.application_id)
        held = work.session.scalars(select(Contact).where(Contact.application_id == row.id)).one_or_none()
        if self.status is None:
            if held is not None:
                work.session.delete(held)
        elif held is None:
            work.session.add(
                Contact(
                    round_id=row.round_id, application_id=row.id, status=self.status, note=self.note.strip(), at=now()
                )
            )
        else:
            held.status, held.note, held.at = self.status, self.note.strip(), now()
        said = {"person": row.id, "status": self.status or "not_asked"}
        if self.status in LEFT:
            return said | leave(work, row, self.status)
        come_back(work, row)
        return said


class AddNote(_PeopleAction):
    """Write a note on an application."""

    code: ClassVar[str] = "add_note"
    states: ClassVar[tuple[str, ...]] = ()
    scope: ClassVar[str] = ASIDE
    text: str

    def apply(self, work: Work) -> dict[str, Any]:
        row = work.application(self.application_id)
        if not self.text.strip():
            raise ActionError("note_missing")
        note = work.add(
            Note(
                round_id=row.round_id,
                application_id=row.id,
                text=self.text.strip(),
                made_at=now(),
                made_by=work.user.id,
            )
        )
        return {"id": note.id, "person": row.id}
