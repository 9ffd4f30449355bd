"""Backups are restored, in either direction between the databases; half a backup never counts as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from selection import actions as do
from selection.errors import ActionError
from selection.records.store import FILE_NAME, Store
from tests.records.made import decided, new_round, proposed
from tests.records.stores import sqlite_store


def test_everything_comes_back_from_a_backup(store: Store, tmp_path: Path) -> None:
    made = decided(store)
    made.do(do.AddNote(round_id=made.round_id, application_id=made.ids[0], text="muista"))
    report = do.backup(store, tmp_path / "varmuuskopio.sqlite3")
    assert (report.log_lines, report.log_head) == do.log_head(store)
    assert report.path.stat().st_mode & 0o777 == 0o600
    fresh = sqlite_store(tmp_path / "fresh")
    do.restore(report.path, fresh)
    assert do.verify_log(fresh) == do.verify_log(store)
    for read in (do.applications, do.findings, do.versions, do.history, do.decision, do.rules_versions):
        assert read(fresh, made.user, made.round_id) == read(store, made.user, made.round_id)
    file = do.source_files(fresh, made.user, made.round_id)[0]
    assert do.file_bytes(fresh, made.user, made.round_id, file.id) == b"the bytes of a file"
    assert list(tmp_path.glob(".kokoonpano*")) == [], "nothing is left beside the backup"


def test_work_goes_on_after_restoring_into_this_database(store: Store, tmp_path: Path) -> None:
    first = sqlite_store(tmp_path / "first")
    made = proposed(first)
    dropped = made.do(do.NameVersion(round_id=made.round_id, name="Poistettava"))
    made.do(do.DropVersion(round_id=made.round_id, version_id=dropped.id))
    do.restore(do.backup(first, tmp_path / "kopio").path, store)
    made.store = store
    made.do(do.Undo(round_id=made.round_id))
    made.do(do.Redo(round_id=made.round_id))
    again = made.do(do.NameVersion(round_id=made.round_id, name="Uusi"))
    assert again.id > dropped.id, "an id is never given twice"
    new_round(store, name="Uusi kierros", user=made.user)
    assert do.verify_log(store).whole


def test_a_backup_does_not_stop_writers(store: Store, tmp_path: Path) -> None:
    made = proposed(store)
    with store.read() as session:
        session.connection()
        do.backup(store, tmp_path / "kopio")
    made.do(made.swap(0, 7))
    assert do.verify_log(store).whole


def test_a_backup_never_takes_the_place_of_a_file(store: Store, tmp_path: Path) -> None:
    new_round(store)
    (tmp_path / "kopio").write_text("something else")
    with pytest.raises(ActionError, match="backup_exists"):
        do.backup(store, tmp_path / "kopio")
    with pytest.raises(ActionError, match="backup_no_folder"):
        do.backup(store, tmp_path / "no such folder" / "kopio")


def test_restoring_needs_an_empty_database(store: Store, tmp_path: Path) -> None:
    new_round(store)
    made = do.backup(store, tmp_path / "kopio")
    with pytest.raises(ActionError, match="restore_not_empty"):
        do.restore(made.path, store)
    assert do.verify_log(store).whole


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 5000])
def test_what_is_no_backup_is_refused(store: Store, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kopio").write_bytes(content)
    with pytest.raises(ActionError, match="backup_unreadable"):
        do.restore(tmp_path / "kopio", store)
    with pytest.raises(ActionError, match="backup_not_there"):
        do.restore(tmp_path / "not there", store)


def test_a_backup_cut_off_halfway_is_refused(store: Store, tmp_path: Path) -> None:
    decided(sqlite_store(tmp_path / "first"), 60)
    whole = (tmp_path / "first" / FILE_NAME).read_bytes()
    (tmp_path / "kopio").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ActionError, match="backup_unreadable"):
        do.restore(tmp_path / "kopio", store)
    new_round(store)


def test_the_administrator_sees_which_backups_still_hold_the_erased(store: Store, tmp_path: Path) -> None:
    made = decided(store)
    report = do.backup(store, tmp_path / "kopio")
    made.do(do.EraseApplicants(round_id=made.round_id, whom="all"))
    assert [row.path for row in do.backups(store, made.user)] == [str(report.path)]
