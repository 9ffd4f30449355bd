"""Backup and restore: one SQLite file that holds everything, whatever database the records are in.

A backup of SQLite is made by SQLite's own backup, of PostgreSQL by copying all rows of one consistent state. Either can
be restored into either. A backup counts only once it was opened, checked and found to hold a whole log.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, func, insert, select, text

from selection.errors import ActionError
from selection.records.base import Base, now
from selection.records.journal import BackupMade, LogLine
from selection.records.location import open_store
from selection.records.log_check import LogReport, verify_chain
from selection.records.store import FILE_NAME, Store, clear_errors

PART = 500
#: How the folder of an unfinished copy begins, then the number of the process.
UNFINISHED = ".kokoonpano-"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup that was written and checked: where, how big, and the head of the log in it."""

    path: Path
    size: int
    log_lines: int
    log_head: str


def backup(store: Store, path: str | Path) -> BackupReport:
    """Write everything to one new file.

    Raises
    ------
    ActionError
        ``backup_exists``, ``backup_no_folder``, ``backup_not_written``, or ``backup_unreadable`` if the copy does not
        survive its check.
    """
    target = Path(path).expanduser().absolute()
    if target.exists():
        raise ActionError("backup_exists", file=target.name)
    if not target.parent.is_dir():
        raise ActionError("backup_no_folder", folder=str(target.parent))
    sweep(target.parent)
    try:
        with _folder(target.parent) as folder:
            report = _write(store, Path(folder), target.name)
            _keep(Path(folder) / FILE_NAME, target)
    except (OSError, sqlite3.OperationalError) as error:
        raise ActionError("backup_not_written", file=str(target)) from error
    with store.write() as session:
        session.add(BackupMade(path=str(target), at=now()))
    return BackupReport(target, target.stat().st_size, report.lines, report.head)


def restore(path: str | Path, store: Store) -> BackupReport:
    """Put everything of a backup into an empty database.

    Raises
    ------
    ActionError
        ``backup_not_there``; ``backup_unreadable``; ``restore_not_empty`` if the database holds anything already.
    """
    source = Path(path).expanduser().absolute()
    if not source.is_file():
        raise ActionError("backup_not_there", file=source.name)
    sweep(Path(tempfile.gettempdir()))
    try:
        with _folder(Path(tempfile.gettempdir())) as folder:
            # A copy, as opening may upgrade it; a backup is never changed.
            shutil.copyfile(source, Path(folder) / FILE_NAME)
            report = _checked(Path(folder), source.name)
            kept = open_store(folder)
            try:
                _copy_all(kept, store)
            finally:
                kept.close()
    except OSError as error:
        raise ActionError("backup_unreadable", file=source.name) from error
    if verify_chain(store) != report:
        raise ActionError("backup_unreadable", file=source.name)
    return BackupReport(source, source.stat().st_size, report.lines, report.head)


def _folder(parent: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder for an unfinished copy, whose name tells which process makes it."""
    return tempfile.TemporaryDirectory(prefix=f"{UNFINISHED}{os.getpid()}-", dir=parent)


def sweep(parent: Path) -> int:
    """Remove copies that a killed backup or restore left behind; returns how many. Those of a process that is still at
    work, and of other accounts, stay."""
    removed = 0
    for folder in sorted(parent.glob(f"{UNFINISHED}*")):
        number = folder.name.removeprefix(UNFINISHED).partition("-")[0]
        if not number.isdecimal() or not folder.is_dir() or folder.is_symlink() or _runs(int(number)):
            continue
        try:
            if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
                continue
            shutil.rmtree(folder)
        except OSError:
            continue
        removed += 1
    return removed


def _runs(process: int) -> bool:
    """Whether a process of this machine is at work; where that cannot be told it is taken to be."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _write(store: Store, folder: Path, name: str) -> LogReport:
    if store.file is not None:
        with clear_errors(), store.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            # Into the folder of its own, so that no reader ever meets half a copy.
            with sqlite3.connect(folder / FILE_NAME) as copy:
                raw.backup(copy)
            copy.close()
    else:
        copied = open_store(folder)
        try:
            _copy_all(store, copied)
        finally:
            copied.close()
    return _checked(folder, name)


def _checked(folder: Path, name: str) -> LogReport:
    """What the log of a copy says; raises unless the copy is whole. Leaves one file without companions.

    ``name`` is the backup's, for the error.
    """
    raw = sqlite3.connect(folder / FILE_NAME)
    try:
        if raw.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise ActionError("backup_unreadable", file=name)
        # An empty file is a sound database too, but no backup.
        raw.execute("SELECT version_num FROM alembic_version")
    except sqlite3.DatabaseError as error:
        raise ActionError("backup_unreadable", file=name) from error
    finally:
        raw.close()
    copy = open_store(folder)
    try:
        report = verify_chain(copy)
    finally:
        copy.close()
    if not report.whole:
        raise ActionError("backup_unreadable", file=name)
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.execute("PRAGMA journal_mode=DELETE")
    raw.close()
    return report


def _keep(made: Path, target: Path) -> None:
    """Give the finished file its name, on the disk before it counts as made."""
    os.chmod(made, 0o600)
    with made.open("rb") as file:
        os.fsync(file.fileno())
    target.touch(exist_ok=False)
    os.replace(made, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _copy_all(source: Store, target: Store) -> None:
    """All rows of one consistent state into an empty database, and where each table's ids go on."""
    with source.read() as reading, target.write() as writing:
        if writing.execute(select(func.count()).select_from(LogLine)).scalar_one():
            raise ActionError("restore_not_empty")
        here, there = reading.connection(), writing.connection()
        for table in Base.metadata.sorted_tables:
            rows = here.execute(select(table)).mappings()
            for part in rows.partitions(PART):
                there.execute(insert(table), [dict(row) for row in part])
            if "id" in table.c:
                _go_on_from(there, table, _last_id(here, table))


def _last_id(connection: Connection, table: Table) -> int:
    """The last id that was ever given: an id is never given twice, as the log names rows by it."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        return int(found.scalar() or 0)
    sequence = text("SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence(:name, 'id')::regclass), 0)")
    return int(connection.execute(sequence, {"name": table.name}).scalar_one())


def _go_on_from(connection: Connection, table: Table, last: int) -> None:
    if not last:
        return
    if connection.dialect.name == "sqlite":
        names = {"name": table.name, "last": last}
        if not connection.execute(text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name"), names).rowcount:
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), names)
        return
    connection.execute(
        text("SELECT setval(pg_get_serial_sequence(:name, 'id')::regclass, :last)"), {"name": table.name, "last": last}
    )
