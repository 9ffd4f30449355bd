"""A backup or a restore that was killed leaves nothing of applicants behind once the next one begins."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from selection import actions as do
from selection.records.backup import UNFINISHED, sweep
from tests.records.made import new_round
from tests.records.stores import sqlite_store


def ended() -> int:
    """The number of a process that is over."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def half_made(parent: Path, process: int) -> Path:
    folder = parent / f"{UNFINISHED}{process}-abcd1234"
    folder.mkdir(parents=True)
    (folder / "kokoonpano.sqlite3").write_bytes(b"applicants")
    return folder


def test_copies_of_killed_processes_go_and_those_at_work_stay(tmp_path: Path) -> None:
    killed, at_work = half_made(tmp_path, ended()), half_made(tmp_path, os.getpid())
    (tmp_path / ".kokoonpano-other").mkdir()
    assert sweep(tmp_path) == 1
    assert not killed.exists() and at_work.exists() and (tmp_path / ".kokoonpano-other").exists()


def test_the_next_backup_and_the_next_restore_sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    store = sqlite_store(tmp_path / "records")
    new_round(store)
    kept = tmp_path / "kept"
    left = (half_made(kept, ended()), half_made(tmp_path / "temporary", ended()))
    do.backup(store, kept / "copy.sqlite3")
    assert sorted(one.name for one in kept.iterdir()) == ["copy.sqlite3"]
    empty = sqlite_store(tmp_path / "empty")
    do.restore(kept / "copy.sqlite3", empty)
    assert not any(one.exists() for one in left)
    store.close()
    empty.close()
