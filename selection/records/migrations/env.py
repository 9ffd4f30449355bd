"""Alembic's entry: runs the migrations on the connection that :mod:`selection.records.migrate` opened."""

from __future__ import annotations

from alembic import context

import selection.records.journal
import selection.records.tables  # noqa: F401
from selection.records.base import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
