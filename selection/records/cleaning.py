"""Cleaning the database's files of the bytes of erased rows: never in the way of readers, and told until it is done.

SQLite writes the file anew, and then empties its write-ahead log, which a reader may still hold. PostgreSQL writes each
table anew, for which nobody may read it, and keeps what the oldest snapshot may still see. So neither waits longer than
:data:`WAIT_MILLISECONDS` for a reader; whoever is in the way is met again later (:func:`finish_jobs`).
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, or_, select, text, update
from sqlalchemy import table as named_table
from sqlalchemy.exc import DBAPIError

from selection.errors import ActionError
from selection.records.journal import Job
from selection.records.store import BUSY_SECONDS, WRITERS, Store

#: Tables that PostgreSQL must rewrite so that no dead row stays on the disk.
HOLDING = (
    *("applications", "findings", "contacts", "notes", "locks", "versions", "decisions", "events"),
    *("images", "reasons", "blobs", "rules_texts", "waivers", "rounds", "source_files", "mapping_profiles"),
)
#: Kinds of jobs: the files hold bytes of erased rows; SQLite's file is written anew, its write-ahead log is not empty.
CLEAN, EMPTY_LOG = "clean", "empty_log"
KINDS = (CLEAN, EMPTY_LOG)
#: How long cleaning waits for somebody who reads: as long may those who come after wait for it.
WAIT_MILLISECONDS = 200
#: How long SQLite's new file waits for somebody who writes, which holds up nobody else.
WRITER_MILLISECONDS = 1000


def finish_jobs(store: Store) -> bool:
    """Clean the files of the bytes of erased rows, if that is due.

    False if somebody reads just now: then it is tried again after the next change, at the next opening, and by a
    server once a minute.
    """
    try:
        with store.read() as session:
            jobs = list(session.execute(select(Job.id, Job.kind).where(Job.kind.in_(KINDS)).order_by(Job.id)))
        if not jobs:
            return True
        written = all(kind == EMPTY_LOG for _, kind in jobs)
        done = _empty_log(store, written) if store.is_sqlite else _rewrite(store)
        these = or_(*(Job.id == number for number, _ in jobs))
        if not done and (written or not store.is_sqlite):
            return False
        with store.write() as session:
            session.execute(delete(Job).where(these) if done else update(Job).where(these).values(kind=EMPTY_LOG))
        # The line above is a change too: what it wrote waits in the log, which holds nothing of anybody any more.
        return done
    except (DBAPIError, ActionError):
        return False


def _empty_log(store: Store, written: bool) -> bool:
    """Write SQLite's file anew, unless that is ``written``, and empty its log; whether that is empty now."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        raw = connection.connection.cursor()
        try:
            if not written:
                raw.execute(f"PRAGMA busy_timeout={WRITER_MILLISECONDS}")
                raw.execute("VACUUM")
            raw.execute(f"PRAGMA busy_timeout={WAIT_MILLISECONDS}")
            busy, _pages, _moved = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            raw.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
            raw.close()
        return not busy


def _rewrite(store: Store) -> bool:
    """Write PostgreSQL's tables anew, while no writer is at work; whether no dead row is left in them."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = {WAIT_MILLISECONDS}"))
        try:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": WRITERS})
            try:
                # The first that somebody reads ends this: whoever comes is not held up once for each table.
                return all([_is_rewritten(connection, table) for table in HOLDING])
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": WRITERS})
        finally:
            if not connection.invalidated:
                connection.execute(text("RESET lock_timeout"))


def _is_rewritten(connection: Connection, table: str) -> bool:
    """Write a table anew; whether only rows that are there now are left in it.

    Rows that an old snapshot of anybody may still see are kept, dead, and counted in ``reltuples``.
    """
    connection.execute(text(f"VACUUM (FULL) {table}"))
    kept = connection.execute(text("SELECT reltuples FROM pg_class WHERE oid = to_regclass(:name)"), {"name": table})
    there = connection.execute(select(func.count()).select_from(named_table(table)))
    return int(kept.scalar_one()) == int(there.scalar_one())
