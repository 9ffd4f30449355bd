"""Tables of a round: its rules, files, applications, versions and decision; all undone and redone by images.

JSON columns are replaced, never changed in place: the images of a change depend on it.
"""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from selection.records.base import TABLE, Base, Code, Day, Id, Instant, Json, JsonList, Long, Pointer, owned_by


class Round(Base):
    """One selection: from the call to the end of the term. ``state`` is draft, ready or decided."""

    __tablename__ = "rounds"
    __table_args__ = TABLE
    unrecorded = frozenset({"revision"})

    id: Mapped[Id]
    name: Mapped[Long]
    state: Mapped[Code]
    language: Mapped[Code]
    preset: Mapped[Code | None]
    rules_id: Mapped[Pointer | None]
    draft_id: Mapped[Pointer | None]
    presented_id: Mapped[Pointer | None]
    standing_id: Mapped[Pointer | None]
    appeal_ends: Mapped[Day | None]
    term_ends: Mapped[Day | None]
    erased: Mapped[Code | None]
    statistics: Mapped[Json | None]
    made_at: Mapped[Instant]
    revision: Mapped[Pointer]


class RulesText(Base):
    """One version of a round's rules: the TOML text as written, comments and all."""

    __tablename__ = "rules_texts"
    __table_args__ = TABLE

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    text: Mapped[Long]
    sha256: Mapped[Code]
    made_at: Mapped[Instant]
    made_by: Mapped[Pointer]


class SourceFile(Base):
    """A file that was imported; its bytes are a :class:`~selection.records.journal.Blob`."""

    __tablename__ = "source_files"
    __table_args__ = TABLE

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    name: Mapped[Long]
    sha256: Mapped[Code]
    size: Mapped[Pointer]
    mapping: Mapped[Json]
    made_at: Mapped[Instant]


class Application(Base):
    """One person's application in a round.

    ``original`` holds the cells as they stood, ``current`` what is held now (``values``, ``wishes``, … of
    :class:`selection.model.people.Applicant`), ``corrections`` field → ``{"from": …, "to": …}``, ``contact`` e-mail and
    phone.
    ``status`` is active or set_aside.
    """

    __tablename__ = "applications"
    __table_args__ = (UniqueConstraint("round_id", "person_key"), TABLE)

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    person_key: Mapped[Code]
    file_id: Mapped[Pointer | None]
    sheet: Mapped[Long | None]
    row: Mapped[Pointer | None]
    original: Mapped[Json]
    current: Mapped[Json]
    corrections: Mapped[Json]
    contact: Mapped[Json]
    status: Mapped[Code]
    set_aside_code: Mapped[Code | None]
    set_aside_reason: Mapped[Long | None]
    same_as_id: Mapped[Pointer | None]
    by_hand: Mapped[bool]
    beside: Mapped[bool]
    non_disclosure: Mapped[bool]
    may_be_kept: Mapped[bool]


class Finding(Base):
    """Something in a file that needs a person's eye, and how it was settled (``how`` is null while open)."""

    __tablename__ = "findings"
    __table_args__ = TABLE

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    file_id: Mapped[Pointer | None]
    application_id: Mapped[Pointer | None]
    other_id: Mapped[Pointer | None]
    sheet: Mapped[Long | None]
    row: Mapped[Pointer | None]
    column: Mapped[Long | None]
    field: Mapped[Long | None]
    code: Mapped[Code]
    params: Mapped[Json]
    found: Mapped[Long | None]
    suggestion: Mapped[Json | None]
    how: Mapped[Code | None]
    value: Mapped[Json | None]


class Contact(Base):
    """Whether a person was asked, and the answer. One row for an application."""

    __tablename__ = "contacts"
    __table_args__ = (UniqueConstraint("application_id"), TABLE)

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    application_id: Mapped[int] = owned_by("applications")
    status: Mapped[Code]
    note: Mapped[Long]
    at: Mapped[Instant]


class Note(Base):
    """A note on an application."""

    __tablename__ = "notes"
    __table_args__ = TABLE

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    application_id: Mapped[int] = owned_by("applications")
    text: Mapped[Long]
    made_at: Mapped[Instant]
    made_by: Mapped[Pointer]


class Lock(Base):
    """Seated here (``seat``), kept out (``out``) or kept apart (``apart``), with the person's reason."""

    __tablename__ = "locks"
    __table_args__ = TABLE

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    kind: Mapped[Code]
    application_ids: Mapped[JsonList]
    table_id: Mapped[Code | None]
    role: Mapped[Code | None]
    reason: Mapped[Long]
    made_at: Mapped[Instant]
    made_by: Mapped[Pointer]


class Version(Base):
    """A roster: the draft and those before it, named copies, trials, what was presented, decided, and sits now.

    ``kind`` is draft, named, trial, presented, decided or standing; ``roster`` is
    :meth:`selection.model.roster.Roster.to_json`; ``facts`` are the solver's (steps, seed, seconds, hashes).
    """

    __tablename__ = "versions"
    __table_args__ = TABLE

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    kind: Mapped[Code]
    name: Mapped[Long]
    owner_id: Mapped[Pointer | None]
    parent_id: Mapped[Pointer | None]
    rules_id: Mapped[Pointer | None]
    roster: Mapped[Json]
    facts: Mapped[Json]
    proposed: Mapped[bool]
    made_at: Mapped[Instant]


class Decision(Base):
    """What the board decided: section, day, the version; ``people`` keeps the names as they were decided."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("round_id"), TABLE)

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    section: Mapped[Long]
    date: Mapped[Day]
    version_id: Mapped[Pointer]
    presented_id: Mapped[Pointer | None]
    rules_id: Mapped[Pointer]
    special_reason: Mapped[Long]
    disqualified: Mapped[Long]
    note: Mapped[Long]
    people: Mapped[Json]
    made_at: Mapped[Instant]


class Event(Base):
    """Something in the life of a decided roster: refusal, resignation, replacement, elected to the council."""

    __tablename__ = "events"
    __table_args__ = TABLE

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    kind: Mapped[Code]
    application_id: Mapped[Pointer | None]
    table_id: Mapped[Code | None]
    role: Mapped[Code | None]
    date: Mapped[Day]
    reason: Mapped[Long]
    section: Mapped[Long]
    made_at: Mapped[Instant]


class Waiver(Base):
    """A requirement that the round goes on without, as its field was not read, with the person's reason."""

    __tablename__ = "waivers"
    __table_args__ = TABLE

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    requirement: Mapped[Long]
    reason: Mapped[Long]
    made_at: Mapped[Instant]
    made_by: Mapped[Pointer]


class PopulationTable(Base):
    """The city's population by field and group that a round's data are held against, in place of the rules' own."""

    __tablename__ = "populations"
    __table_args__ = (UniqueConstraint("round_id"), TABLE)

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    source: Mapped[Long]
    groups: Mapped[Json]
    made_at: Mapped[Instant]
    made_by: Mapped[Pointer]
