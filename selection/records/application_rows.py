"""An applicant as a reader sees it: the application with what stands beside it, free of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from selection.model.applicant_json import applicant_from_json
from selection.model.people import Applicant, Origin
from selection.model.places import PLACE_FIELDS
from selection.records import tables as t

#: The value that holds the table of somebody beside the seats.
BESIDE_TABLE = "beside_table"

#: Fields of an application that reading a roster does not include, where they are corrected like others.
DETAILS = ("email", "phone", "non_disclosure", "may_be_kept")


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note on an application."""

    id: int
    text: str
    made_at: str
    made_by: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Asked, agreed or declined, when and with what words."""

    status: str
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One application: what is held (``current``), the cells as they stood (``original``) and what was corrected
    (field → ``{"from": [...], "to": [...]}``)."""

    id: int
    person_key: str
    name: str
    origin: Origin | None
    file_id: int | None
    original: Mapping[str, Any]
    current: Mapping[str, Any]
    corrections: Mapping[str, Any]
    contact_data: Mapping[str, str]
    status: str
    set_aside_code: str | None
    set_aside_reason: str | None
    same_as_id: int | None
    by_hand: bool
    beside: bool
    non_disclosure: bool
    may_be_kept: bool
    contact: ContactRow | None
    notes: tuple[NoteRow, ...]
    withheld: bool = False
    hides_place: bool = False

    def without_details(self) -> ApplicationRow:
        """The row for those who read rosters alone: ``withheld`` says that the rest is not theirs to see, whatever the
        empty fields look like; ``hides_place`` that nothing shown may tell where the person lives.
        """
        hidden = (*DETAILS, *PLACE_FIELDS) if self.non_disclosure else DETAILS
        contact = None if self.contact is None else ContactRow(self.contact.status, "", self.contact.at)
        return replace(
            self,
            original={},
            contact_data={},
            corrections={name: entry for name, entry in self.corrections.items() if name not in hidden},
            non_disclosure=False,
            may_be_kept=False,
            contact=contact,
            notes=(),
            withheld=True,
            hides_place=self.hides_place or self.non_disclosure,
        )

    @property
    def contact_for_export(self) -> Mapping[str, str]:
        """The contact data that may leave the system: none under non-disclosure for personal safety."""
        return {} if self.non_disclosure else self.contact_data

    @property
    def in_pool(self) -> bool:
        """Whether a proposal may seat the person: an active application that is not beside the seats."""
        return self.status == "active" and not self.beside

    @property
    def beside_table(self) -> str | None:
        """The table that somebody beside the seats belongs to; ``None`` where none was chosen: to every table.

        Of those added before the table was kept by itself: the table of the first wish.
        """
        held = self.current.get("values", {}).get(BESIDE_TABLE) or self.current.get("wishes")
        return str(held[0]) if self.beside and held else None

    def as_applicant(self) -> Applicant:
        """The applicant of the optimiser's pool."""
        return applicant_from_json(self.person_key, self.current, self.origin)


def application_row(
    row: t.Application, file_name: str | None, contact: t.Contact | None, notes: tuple[NoteRow, ...]
) -> ApplicationRow:
    """An application with what stands beside it."""
    origin = None
    if row.row is not None and file_name is not None:
        origin = Origin(file_name, row.sheet or "", row.row, row.current.get("part", ""))
    return ApplicationRow(
        id=row.id,
        person_key=row.person_key,
        name=row.current["name"],
        origin=origin,
        file_id=row.file_id,
        original=row.original,
        current=row.current,
        corrections=row.corrections,
        contact_data=row.contact,
        status=row.status,
        set_aside_code=row.set_aside_code,
        set_aside_reason=row.set_aside_reason,
        same_as_id=row.same_as_id,
        by_hand=row.by_hand,
        beside=row.beside,
        non_disclosure=row.non_disclosure,
        may_be_kept=row.may_be_kept,
        contact=ContactRow(contact.status, contact.note, contact.at) if contact else None,
        notes=notes,
    )
