"""The migrations make exactly the tables of this release, from nothing and from the release before."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from selection.errors import ActionError
from selection.records import migrate
from selection.records.base import Base
from selection.records.location import open_store
from selection.records.store import Store
from tests.records.made import proposed


def test_the_tables_made_are_those_of_the_models(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_known() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


def test_opening_again_changes_nothing(store: Store) -> None:
    made = proposed(store)
    where = store.folder or store.engine.url.render_as_string(hide_password=False)
    again = open_store(where)
    assert len(again.engine.url.database or "") > 0
    again.close()
    assert made.revision > 0


def test_records_of_a_newer_release_are_not_touched(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ActionError, match="records_newer"):
        open_store(store.folder or store.engine.url.render_as_string(hide_password=False))


def test_two_who_open_a_new_folder_at_once_both_get_it(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(3) as threads:
        opened = list(threads.map(lambda _: open_store(tmp_path / "new"), range(3)))
    for one in opened:
        with one.engine.connect() as connection:
            assert migrate.current(connection) == migrate.HEAD
        one.close()
