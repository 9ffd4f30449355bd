"""The store of tests of the server around the app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from selection.records.store import Store
from tests.records.stores import sqlite_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = sqlite_store(tmp_path / "data")
    yield opened
    opened.close()
