"""Stores for the tests: empty ones made by copying, as making the tables takes longer than a test."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from selection.records.location import open_store
from selection.records.log_check import verify_log
from selection.records.store import FILE_NAME, Store


@cache
def _empty() -> Path:
    folder = Path(mkdtemp(prefix="kokoonpano-empty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_store(folder).close()
    return folder / FILE_NAME


def sqlite_store(folder: Path) -> Store:
    """An empty store in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(_empty(), folder / FILE_NAME)
    return open_store(folder)


def checked_and_closed(request: pytest.FixtureRequest, store: Store) -> None:
    """Close a store at the end of a test: whatever was done in it, all rows agree with the log."""
    if request.node.get_closest_marker("forged") is None:
        report = verify_log(store)
        assert report.whole, report.faults[:5]
    store.close()
