"""Tables of the whole database: users and their roles, the log, images of changes, bytes of files, settings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selection.records.base import TABLE, Base, Code, Id, Instant, Json, JsonList, Long, Pointer, owned_by

#: Users that nobody signs in as: who works alone on one machine, and whoever runs the server.
LOCAL, SERVER = "local", "server"
HIDDEN = (LOCAL, SERVER)


class User(Base):
    """Somebody who may sign in: ``subject`` is the login's own lasting id, or one of :data:`HIDDEN`."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("subject"), TABLE)

    id: Mapped[Id]
    subject: Mapped[Long]
    name: Mapped[Long]
    made_at: Mapped[Instant]


class RoleGrant(Base):
    """A role of a user in one round, or in all rounds (``round_id`` null)."""

    __tablename__ = "role_grants"
    __table_args__ = TABLE

    id: Mapped[Id]
    user_id: Mapped[int] = owned_by("users")
    round_id: Mapped[Pointer | None]
    role: Mapped[Code]


class SignIn(Base):
    """One sign-in of a user in shared use, ended by signing out or by time. ``key`` is a hash of what was issued."""

    __tablename__ = "sign_ins"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = owned_by("users")
    began_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]


class LogLine(Base):
    """One thing that was done. Never changed, never deleted; holds ids, codes and counts, nothing of a person.

    ``seal`` is the sha256 of the images and the reason with a random salt that is kept with the images: as long as
    they are kept they can be checked, and once they are erased nothing can be guessed from it.
    """

    __tablename__ = "log"

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[Instant]
    user_id: Mapped[Pointer]
    round_id: Mapped[Pointer | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), index=True)
    revision: Mapped[Pointer | None]
    scope: Mapped[Code]
    code: Mapped[Code]
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    effect: Mapped[Code]
    target: Mapped[Pointer | None]
    seal: Mapped[str | None] = mapped_column(String(64))
    request: Mapped[str | None] = mapped_column(String(200), unique=True)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Image(Base):
    """A row before and after one change: what undo puts back. Emptied by erasure."""

    __tablename__ = "images"
    __table_args__ = TABLE

    id: Mapped[Id]
    seq: Mapped[Pointer] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), index=True)
    round_id: Mapped[Pointer | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), index=True)
    table: Mapped[Code]
    row_id: Mapped[Pointer]
    before: Mapped[Json | None]
    after: Mapped[Json | None]


class Reason(Base):
    """Why something was done, in the person's own words, and the salt of the line's seal. Emptied by erasure."""

    __tablename__ = "reasons"

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    round_id: Mapped[Pointer | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), index=True)
    text: Mapped[Long]
    salt: Mapped[str] = mapped_column(String(64))


class Blob(Base):
    """The bytes of a file, kept once a round."""

    __tablename__ = "blobs"
    __table_args__ = (UniqueConstraint("round_id", "sha256"), TABLE)

    id: Mapped[Id]
    round_id: Mapped[int] = owned_by("rounds")
    sha256: Mapped[Code]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class MappingProfile(Base):
    """A confirmed reading of the columns, remembered for the next file of the same shape."""

    __tablename__ = "mapping_profiles"
    __table_args__ = (UniqueConstraint("signature"), TABLE)

    id: Mapped[Id]
    name: Mapped[Long]
    signature: Mapped[Code]
    mapping: Mapped[Json]
    made_at: Mapped[Instant]


class BackupMade(Base):
    """Where a backup was written: named when applicants are erased, as it still holds them."""

    __tablename__ = "backups"
    __table_args__ = TABLE

    id: Mapped[Id]
    path: Mapped[Long]
    at: Mapped[Instant]


class Setting(Base):
    """A setting of the whole database, such as how long things are kept."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class Job(Base):
    """Work that must still be finished after a commit, such as cleaning the file of erased bytes."""

    __tablename__ = "jobs"
    __table_args__ = TABLE

    id: Mapped[Id]
    kind: Mapped[Code]
    details: Mapped[JsonList]
    at: Mapped[Instant]
