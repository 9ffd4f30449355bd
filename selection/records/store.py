"""The store: an open database of records, and transactions on it.

SQLite keeps everything in one file in one folder (WAL, foreign keys, every commit on the disk); PostgreSQL by URL.
All writers stand in one queue (SQLite's write lock, an advisory lock of PostgreSQL), which keeps the log one chain.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, literal_column, select, text
from sqlalchemy import table as named_table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from selection.errors import ActionError

FILE_NAME = "kokoonpano.sqlite3"
#: A whole database has at least one page.
LEAST_BYTES = 512
BUSY_SECONDS = 30
CONNECT_SECONDS = 10
#: Seconds in which a readiness check must have read each of these.
READ_SECONDS = 5
READ_BY_PAGES = ("rounds", "applications", "versions", "users", "log")
#: The key of PostgreSQL's advisory lock that all writers take: any constant that nobody else uses.
WRITERS = 0x6B6F6B6F


@dataclass(frozen=True)
class Store:
    """An open database. ``folder`` and ``file`` are ``None`` on PostgreSQL."""

    engine: Engine
    folder: Path | None

    @property
    def file(self) -> Path | None:
        """The database file of SQLite."""
        return self.folder / FILE_NAME if self.folder else None

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the file in a folder."""
        return self.folder is not None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that is the only writer; commits at the end, rolls back on any error.

        Raises
        ------
        ActionError
            ``records_busy``, ``records_full``, ``records_read_only`` or ``records_gone``.
        """
        with clear_errors(), self.engine.connect() as connection:
            connection = connection.execution_options(selection_write=True)
            with Session(connection, expire_on_commit=False, autoflush=False) as session, session.begin():
                if not self.is_sqlite:
                    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
                yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for reading one consistent state."""
        with clear_errors(), Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            if not self.is_sqlite:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def sqlite_engine(folder: Path) -> Engine:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / FILE_NAME
        # The file holds personal data: for the owner's eyes only, from its first byte.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        if 0 < path.stat().st_size < LEAST_BYTES:  # SQLite would take it for a new file, and write over what is left
            raise ActionError("records_damaged")
    except PermissionError as error:
        raise ActionError("records_folder_locked", folder=str(folder)) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise ActionError("records_no_folder", folder=str(folder)) from error
    except OSError as error:
        raise ActionError("records_folder_gone", folder=str(folder), reason=error.strerror or "") from error
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "foreign_keys=ON",
            "synchronous=FULL",
            "secure_delete=ON",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
        write_ahead(connection)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("selection_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def write_ahead(connection: sqlite3.Connection) -> None:
    """Log ahead of writing. SQLite refuses that at once while another is about to write to a new file: then after it.

    Raises
    ------
    sqlite3.OperationalError
        if the other's turn does not end.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")


def postgresql_engine(url: str) -> Engine:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:  # a port that is no number, say
        raise ActionError("records_unknown_url") from error
    if address.get_backend_name() not in ("postgresql", "postgres"):
        raise ActionError("records_unknown_url")
    # A server that does not answer is soon said to be gone.
    wait = {} if "connect_timeout" in address.query else {"connect_timeout": CONNECT_SECONDS}
    address = address.set(drivername="postgresql+psycopg")
    return create_engine(address, pool_pre_ping=True, pool_size=10, connect_args=wait)


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn what a database says when it cannot go on into an error that tells a person what to do."""
    try:
        yield
    except DBAPIError as error:
        code = _failure(error)
        if code is None:
            raise
        raise ActionError(code) from error


def _failure(error: DBAPIError) -> str | None:
    said = str(error.orig).lower()
    for sign, code in (
        ("disk is full", "records_full"),
        ("no space left", "records_full"),
        ("readonly", "records_read_only"),
        ("read-only", "records_read_only"),
        ("locked", "records_busy"),
        ("malformed", "records_damaged"),
        ("not a database", "records_damaged"),
    ):
        if sign in said:
            return code
    return "records_gone" if isinstance(error, OperationalError) or error.connection_invalidated else None


def database_ready(store: Store) -> bool:
    """Whether what pages read can be read now: rounds, applications and the log, whoever else is at work."""
    try:
        with store.read() as session:
            if not store.is_sqlite:
                session.execute(text(f"SET LOCAL statement_timeout = {READ_SECONDS * 1000}"))
            for table in READ_BY_PAGES:
                session.execute(select(literal_column("*")).select_from(named_table(table)).limit(1)).first()
    except (DBAPIError, ActionError):
        return False
    return True
