"""One person's application, as the intake understood it, and what a seat at a table can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from selection.model.ages import Age


class Role(StrEnum):
    """What a seat at a table is."""

    MEMBER = "member"
    DEPUTY = "deputy"
    RESERVE = "reserve"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an application stands: file name, sheet name and the row number that Excel shows; ``part`` is a letter
    where a row holds several persons (``a``, ``b``), else empty."""

    file: str
    sheet: str
    row: int
    part: str = ""

    @property
    def place(self) -> int | str:
        """The row, with the letter of one of its persons: ``17``, ``17b``."""
        return f"{self.row}{self.part}" if self.part else self.row


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person's application, as the intake understood it.

    Attributes
    ----------
    key
        The person's own key, the same in every file; never made from the row number.
    name
        As the applicant wrote it.
    origin
        ``None`` for a person added by hand.
    wishes
        Ids of tables of the rules, first wish first; empty where none was named.
    wishes_ordered
        False where the form did not ask for an order (a column per table, "any"): then no wish is the first.
    roles
        ``MEMBER``, ``DEPUTY`` or both. Who says nothing of it accepts both; who refuses both has none, and no seat.
    birth_year
        ``None`` where it is not known; then ``age_stated`` may hold ``(least, most)`` years of age as answered, with
        ``None`` for most in an open band such as 65+.
    values
        Field → values. A field that is missing is unknown and counts to no group. ``organisation`` holds the
        normalised name, ``postal_code`` five digits.
    """

    key: str
    name: str
    origin: Origin | None = None
    wishes: tuple[str, ...] = ()
    wishes_ordered: bool = True
    roles: frozenset[Role] = frozenset({Role.MEMBER, Role.DEPUTY})
    birth_year: int | None = None
    age_stated: Age | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def value(self, name: str) -> str | None:
        """The first value of a field, ``None`` where it is unknown."""
        known = self.values.get(name)
        return known[0] if known else None
