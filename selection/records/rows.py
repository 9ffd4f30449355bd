"""What a reader sees: frozen rows, free of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selection.model.people import Role
from selection.model.roster import Roster
from selection.records import tables as t

#: The steps of a round that the start page shows, in order.
STEPS = ("import", "findings", "proposal", "review", "ready", "decided")


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
    """A user with the roles: ``(role, round id or None for all rounds)``, and the last sign-in."""

    id: int
    subject: str
    name: str
    roles: tuple[tuple[str, int | None], ...]
    signed_in_at: str | None = None


@dataclass(frozen=True, slots=True)
class SignInRow:
    """A sign-in: whose, since when, when last seen, and whether it still opens anything."""

    key: str
    user_id: int
    user_name: str
    began_at: str
    seen_at: str
    open: bool


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup that was made; it still holds what was erased after it."""

    path: str
    at: str


def day(kept: str | None) -> dt.date | None:
    """A kept day as a date."""
    return dt.date.fromisoformat(kept) if kept else None


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
