"""When the database cannot go on: a clear error, nothing half done, and work goes on afterwards."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

import pytest

from selection import actions as do
from selection.errors import ActionError
from selection.records.location import open_store
from selection.records.store import FILE_NAME, Store, database_ready, write_ahead
from selection.texts import LANGUAGES, error_text, in_language
from tests.records.made import proposed


def test_the_folder_is_the_named_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path / "set"))
    store = open_store()
    assert store.file == tmp_path / "set" / FILE_NAME
    store.close()
    monkeypatch.delenv("SELECTION_DATA")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    store = open_store()
    assert store.folder == tmp_path / "home" / ".local" / "share" / "kokoonpano"
    store.close()


def test_the_file_is_for_the_owners_eyes(store: Store) -> None:
    assert store.file is not None
    fresh = open_store(store.file.parent / "fresh")
    assert fresh.file is not None
    assert fresh.file.stat().st_mode & 0o077 == 0
    fresh.close()


def test_the_settings_that_keep_a_commit_are_on(store: Store) -> None:
    with store.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 30000,
    }


def test_a_full_disk_loses_nothing_and_work_goes_on(store: Store) -> None:
    made = proposed(store)
    before = made.roster()
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    text = "x" * 200_000

    def limit(most: int) -> None:
        # SQLite's own way to a full disk: no more pages than these.
        for connection in [store.engine.raw_connection() for _ in range(2)]:
            connection.cursor().execute(f"PRAGMA max_page_count={most}")
            connection.close()

    limit(pages)
    note = do.AddNote(round_id=made.round_id, application_id=made.ids[0], text=text)
    with pytest.raises(ActionError, match="records_full") as full:
        made.do(note)
    assert made.roster() == before
    limit(1_000_000)
    made.do(note)
    assert do.verify_log(store).whole
    for language in LANGUAGES:
        with in_language(language):
            assert error_text(full.value) != "error.records_full"


def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(ActionError, match="records_read_only"):
        open_store(tmp_path / "closed" / "data")


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ActionError, match="records_no_folder"):
        open_store(tmp_path / "file" / "data")


def test_a_database_that_is_busy_too_long(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = proposed(store)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    assert store.file is not None
    other = sqlite3.connect(store.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ActionError, match="records_busy"):
        made.do(made.swap(0, 7))
    other.execute("ROLLBACK")
    other.close()
    made.do(made.swap(0, 7))


def test_a_damaged_file_is_said_to_be_damaged(store: Store) -> None:
    proposed(store)
    store.close()
    assert store.file is not None
    store.file.write_bytes(b"\x00garbage" * 5000)
    with pytest.raises(ActionError, match="records_damaged"):
        open_store(store.folder)


def test_readiness(store: Store) -> None:
    assert database_ready(store)
    assert store.file is not None
    store.close()
    store.file.write_bytes(b"\x00garbage" * 5000)
    assert not database_ready(store)


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://nobody@/nothing?host=/nonexistent"])
def test_an_address_that_leads_nowhere(url: str) -> None:
    with pytest.raises(ActionError, match=r"records_unknown_url|records_gone"):
        open_store(url)


def test_who_opens_a_new_file_waits_for_another_that_is_about_to_write(tmp_path: Path) -> None:
    writer = sqlite3.connect(tmp_path / "new.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")

    class Waiting(sqlite3.Connection):
        """Where this one would wait, the other comes to its end."""

        def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
            if statement == "BEGIN IMMEDIATE":
                writer.execute("COMMIT")
            return super().execute(statement, *values)

    with contextlib.closing(sqlite3.connect(tmp_path / "new.sqlite", isolation_level=None, factory=Waiting)) as opened:
        write_ahead(opened)
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    writer.close()
