"""The store of the contract tests: each of them runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from selection.records.location import open_store
from selection.records.store import Store
from tests.contract.postgres import PostgresServer, binaries
from tests.records.stores import checked_and_closed, sqlite_store


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL server; without its programs an error in continuous integration, else a skip."""
    programs = binaries()
    if programs is None:
        reason = "no PostgreSQL programs: apt-get install postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    started = PostgresServer(programs)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def empty_database(server: PostgresServer) -> str:
    """The name of a database whose tables are made, to copy."""
    name = server.new_database()
    open_store(server.url(name)).close()
    return name


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store on either database."""
    if request.param == "sqlite":
        opened = sqlite_store(tmp_path / "data")
    else:
        server: PostgresServer = request.getfixturevalue("server")
        opened = open_store(server.url(server.new_database(request.getfixturevalue("empty_database"))))
    yield opened
    checked_and_closed(request, opened)
