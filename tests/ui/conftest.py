"""The store of tests that need records but no page; what every page under test looks up anew is looked up once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from selection.records.store import Store
from selection.ui import downloads
from tests.records.stores import sqlite_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = sqlite_store(tmp_path / "store")
    yield opened
    opened.close()


@pytest.fixture(scope="session", autouse=True)
def installed_components() -> Iterator[None]:
    """The framework looks through all that is installed for components of pages, and would for each page under test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What the download buttons of the last page call, by kind of export, or ``own_data``: to be called as the framework
    does, outside of the page."""
    found: dict[str, Callable[[], bytes]] = {}
    taken_along = downloads.on_demand

    def kept(action, make, spoken=None):  # type: ignore[no-untyped-def]
        made = taken_along(action, make, spoken)
        found[getattr(action, "kind", "own_data")] = made
        return made

    monkeypatch.setattr(downloads, "on_demand", kept)
    return found
