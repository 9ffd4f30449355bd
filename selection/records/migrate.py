"""Bringing a database up to the tables of this release."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from selection.errors import ActionError

MIGRATIONS = Path(__file__).parent / "migrations"
#: The newest migration; a test compares it with the folder. Known here so that opening need not read the folder.
HEAD = "0004"
#: The key of the advisory lock that keeps two starting servers from upgrading at once.
UPGRADERS = 0x6B6F6B70


def current(connection: Connection) -> str | None:
    """The migration a database stands at, ``None`` when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def upgrade(engine: Engine) -> None:
    """Make or upgrade the tables, in one transaction; nothing happens when they are up to date.

    Raises
    ------
    ActionError
        ``records_newer`` if the database is of a newer release.
    """
    with engine.connect() as connection:
        found = current(connection)
    if found == HEAD:
        return
    with engine.connect() as connection:
        connection = connection.execution_options(selection_write=True)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADERS})
            found = current(connection)
            if found != HEAD:
                _run(connection, found)


def _run(connection: Connection, found: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    if found is not None and found not in known:
        raise ActionError("records_newer")
    command.upgrade(config, "head")
