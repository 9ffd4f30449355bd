"""Reserves: how many a table aims at, and what they must hold."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from selection.model.counting import Group, Strict
from selection.model.criteria import Count, in_order
from selection.model.vocabulary import VOCABULARY

#: Seats of one body: a table of more is a slip of the keyboard.
Seats = Annotated[int, Field(ge=0, le=10_000, strict=True)]


class Hold(Group):
    """A group among a table's reserves: at least so many wherever the pool allows, never more than so many.

    Without a number: at least one.
    """

    at_least: Count | None = None
    at_most: Count | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self.at_least, self.at_most)
        return self

    @property
    def wanted(self) -> int:
        """How many are wanted."""
        if self.at_least is None and self.at_most is None:
            return 1
        return self.at_least or 0


def _of_word(written: object) -> object:
    """A group, or a value that one field of the product has: ``woman`` is those whose ``gender`` it is."""
    if not isinstance(written, str):
        return written
    fields = [name for name, values in VOCABULARY.items() if written in values]
    if len(fields) != 1:
        raise PydanticCustomError("hold_word", "no value of one field", {"found": written})
    return {"field": fields[0], "values": [written]}


def _group(field: str, value: str) -> Hold:
    return Hold.model_validate({"field": field, "values": [value]})


#: What reserves hold where the rules do not say.
USUAL = (
    _group("gender", "woman"),
    _group("gender", "man"),
    _group("kind", "resident"),
    _group("kind", "representative"),
)


class Reserves(Strict):
    """How many reserves a table aims at, taken last from those not seated, and what they must hold."""

    aim: Seats = 0
    hold: tuple[Annotated[Hold, BeforeValidator(_of_word)], ...] = USUAL

    @property
    def own(self) -> tuple[Hold, ...]:
        """What the rules themselves say that reserves must hold; empty where they leave it at what is usual."""
        return () if self.hold == USUAL else self.hold
