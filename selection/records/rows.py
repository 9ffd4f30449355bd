"""What a reader sees: frozen rows, free of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from selection.model.people import Applicant, Origin, Role
from selection.model.places import PLACE_FIELDS
from selection.records import tables as t
from selection.records.people import applicant_from_json
from selection.records.roster import Roster

#: The value that holds the table of somebody beside the seats.
BESIDE_TABLE = "beside_table"
#: The steps of a round that the start page shows, in order.
STEPS = ("import", "findings", "proposal", "review", "ready", "decided")

#: Fields of an application that reading a roster does not include, where they are corrected like others.
DETAILS = ("email", "phone", "non_disclosure", "may_be_kept")


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round with its counts. ``step`` is the next thing to do, one of :data:`STEPS`; ``example``: made of the
    sample; ``by_hand``: so many of the applications people added."""

    id: int
    name: str
    state: str
    step: str
    language: str
    revision: int
    preset: str | None
    rules_id: int | None
    draft_id: int | None
    presented_id: int | None
    standing_id: int | None
    applications: int
    active: int
    set_aside: int
    open_findings: int
    locks: int
    versions: int
    proposed_changes: int
    seated: int
    decided_on: dt.date | None
    section: str | None
    appeal_ends: dt.date | None
    term_ends: dt.date | None
    erased: str | None
    statistics: Mapping[str, Any] | None
    made_at: str
    example: bool = False
    by_hand: int = 0


@dataclass(frozen=True, slots=True)
class RulesRow:
    """One version of the rules; ``current`` for the one in force."""

    id: int
    text: str
    sha256: str
    made_at: str
    made_by: str
    current: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """An imported file; its bytes may have been erased."""

    id: int
    name: str
    sha256: str
    size: int
    mapping: Mapping[str, Any]
    made_at: str


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """A requirement that a round goes on without, by its id, and why."""

    id: int
    requirement: str
    reason: str
    made_at: str


@dataclass(frozen=True, slots=True)
class MappingRow:
    """A remembered reading of columns."""

    id: int
    name: str
    signature: str
    mapping: Mapping[str, Any]
    made_at: str


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


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding; ``how`` is ``None`` while it is open. ``suggestion`` and ``value`` are values of ``field``."""

    id: int
    code: str
    params: Mapping[str, Any]
    file_id: int | None
    sheet: str | None
    row: int | None
    column: str | None
    field: str | None
    found: str | None
    suggestion: tuple[str, ...] | None
    how: str | None
    value: tuple[str, ...] | None
    application_id: int | None
    other_id: int | None


@dataclass(frozen=True, slots=True)
class LockRow:
    """A lock: ``kind`` is seat, out or apart; ``application_ids`` and ``person_keys`` in the same order."""

    id: int
    kind: str
    application_ids: tuple[int, ...]
    person_keys: tuple[str, ...]
    table: str | None
    role: Role | None
    reason: str
    made_at: str
    made_by: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of the roster; ``current`` for the draft in force. ``owner_id`` and ``owner`` of a trial."""

    id: int
    kind: str
    name: str
    owner_id: int | None
    owner: str | None
    parent_id: int | None
    rules_id: int | None
    roster: Roster
    facts: Mapping[str, Any]
    proposed: bool
    current: bool
    made_at: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided; ``people`` is person key → id, name and organisation as decided."""

    section: str
    date: dt.date
    version_id: int
    presented_id: int | None
    rules_id: int
    special_reason: str
    disqualified: str
    note: str
    people: Mapping[str, Any]
    made_at: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """Refusal, resignation, rise, replacement or elected, after the decision."""

    id: int
    kind: str
    application_id: int | None
    table: str | None
    role: Role | None
    date: dt.date
    reason: str
    section: str


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user with the roles: ``(role, round id or None for all rounds)``."""

    id: int
    subject: str
    name: str
    roles: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup that was made; it still holds what was erased after it."""

    path: str
    at: str


def day(kept: str | None) -> dt.date | None:
    """A kept day as a date."""
    return dt.date.fromisoformat(kept) if kept else None


def application_row(
    row: t.Application, file_name: str | None, contact: t.Contact | None, notes: tuple[NoteRow, ...]
) -> ApplicationRow:
    """An application with what stands beside it."""
    origin = None
    if row.row is not None and file_name is not None:
        origin = Origin(file_name, row.sheet or "", row.row)
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


def finding_row(row: t.Finding) -> FindingRow:
    """A finding."""
    return FindingRow(
        id=row.id,
        code=row.code,
        params=row.params,
        file_id=row.file_id,
        sheet=row.sheet,
        row=row.row,
        column=row.column,
        field=row.field,
        found=row.found,
        suggestion=tuple(row.suggestion["values"]) if row.suggestion else None,
        how=row.how,
        value=tuple(row.value["values"]) if row.value else None,
        application_id=row.application_id,
        other_id=row.other_id,
    )
