"""Locks in the rules file: requirements over persons, each named as in the applications."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from selection.model.counting import Strict
from selection.model.people import Role

Several = Annotated[tuple[str, ...], Field(min_length=2)]


class RuleLock(Strict):
    """A lock in the rules file: ``person`` (a name as in the file, or a person key), or ``row`` and ``sheet``."""

    person: str | None = None
    sheet: str | None = None
    row: int | None = None
    table: str | None = None
    role: Role | None = None
    keep_out: bool = False
    reason: str = ""

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if (self.person is None) == (self.row is None):
            raise PydanticCustomError("lock_names_nobody", "person or row", {})
        return self


class Apart(Strict):
    """Persons who must not sit at the same table."""

    persons: Several
    reason: str = ""


class Together(Strict):
    """Persons who sit at the same table, or none of them anywhere."""

    persons: Several
    reason: str = ""


class OneOf(Strict):
    """Persons of whom at least one is seated: at a table and in a role, or anywhere."""

    persons: Several
    table: str | None = None
    role: Literal[Role.MEMBER, Role.DEPUTY] | None = None
    reason: str = ""


class NotHere(Strict):
    """Persons who must not sit at some tables."""

    persons: Annotated[tuple[str, ...], Field(min_length=1)]
    tables: Annotated[tuple[str, ...], Field(min_length=1)]
    reason: str = ""
