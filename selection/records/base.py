"""The tables' common ground: column types, deferred foreign keys, and a row as plain values."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, MetaData, String, Text, inspect
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

Id = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)]
#: An id of a row that may be gone again by undo: no constraint, so that any order of undoing holds.
Pointer = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"))]
Code = Annotated[str, mapped_column(String(200))]
Long = Annotated[str, mapped_column(Text)]
#: An instant in UTC as ``2025-06-05T12:00:00.000000Z``: the same bytes in every database, so that hashes agree.
Instant = Annotated[str, mapped_column(String(27))]
#: A day as ``2025-06-05``.
Day = Annotated[str, mapped_column(String(10))]
Json = Annotated[dict[str, Any], mapped_column(JSON(none_as_null=True))]
JsonList = Annotated[list[Any], mapped_column(JSON(none_as_null=True))]


def owned_by(table: str) -> Any:
    """A foreign key checked at commit, so that undoing may put rows back in any order."""
    column = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return mapped_column(BigInteger().with_variant(Integer, "sqlite"), column, index=True)


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    #: Columns that change without being a person's change (such as the round's revision): not in before/after images.
    unrecorded: frozenset[str] = frozenset()


#: Ids are never given twice, not even after the last row is deleted: the log names rows by id.
TABLE = {"sqlite_autoincrement": True}


def now() -> str:
    """This instant, as it is kept."""
    return written(dt.datetime.now(dt.UTC))


def written(moment: dt.datetime) -> str:
    """An instant with its time zone, as it is kept."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def row_values(row: Base) -> dict[str, Any]:
    """A row as plain values, without the columns that are not recorded."""
    mapper = inspect(type(row))
    return {c.key: getattr(row, c.key) for c in mapper.column_attrs if c.key not in row.unrecorded}
