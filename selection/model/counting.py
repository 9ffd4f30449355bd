"""Counting: groups of people by the values of a field, or of two crossed."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from selection.texts import label

#: Between the parts of a value of two crossed fields: ``18–29 × woman``.
CROSS = " × "

Name = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A part of a rules file: what it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _fields(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Fields = Annotated[tuple[Name, ...], BeforeValidator(_fields), Field(min_length=1, max_length=2)]


class Counting(Strict):
    """Whom a rule counts, by one field or by two crossed."""

    fields: Fields = Field(alias="field")
    groups: dict[str, tuple[str, ...]] = {}

    def parts(self, value: str) -> tuple[tuple[str, ...], ...]:
        """For each field of the rule, the values that ``value`` stands for.

        Raises
        ------
        ValueError
            if ``value`` has another number of parts than the rule has fields.
        """
        parts = value.split(CROSS) if len(self.fields) > 1 else [value]
        if len(parts) != len(self.fields):
            raise ValueError(value)
        return tuple(self.groups.get(part, (part,)) for part in parts)

    @property
    def named(self) -> tuple[str, ...]:
        """The values that are counted by name."""
        return ()

    @property
    def mentioned(self) -> tuple[str, ...]:
        """All values that are named, those not counted too."""
        return self.named


class Group(Counting):
    """A group of people: everybody who has one of the values."""

    values: Annotated[tuple[str, ...], Field(min_length=1)]

    @property
    def named(self) -> tuple[str, ...]:
        """The values that are named."""
        return self.values

    def words(self) -> str:
        """The values in the language in force."""
        several = (value.split(CROSS) if len(self.fields) > 1 else [value] for value in self.values)
        return ", ".join(CROSS.join(map(label, self.fields, parts)) for parts in several)
