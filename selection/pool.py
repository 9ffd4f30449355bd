"""Whom the optimiser may choose among: applicants, and the seats each of them accepts and may hold."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selection.rules import Rules


class Role(StrEnum):
    """What a seat at a table is."""

    MEMBER = "member"
    DEPUTY = "deputy"
    RESERVE = "reserve"


#: The product's own fields and, where the values are a closed list, their values. The vocabularies of real files
#: are mapped to these by the intake; any other field of a pool is a column of the city's own, its values as written.
VOCABULARY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "gender": ("woman", "man", "other", "undisclosed"),
        "kind": ("resident", "representative"),
        "organisation_type": (
            "association",
            "educational_institution",
            "company",
            "congregation",
            "other_community",
        ),
        "mother_tongue": ("fi", "sv", "other"),
        "situation": ("student", "employed", "unemployed", "retired", "entrepreneur", "at_home", "other"),
        "official": (
            "councillor",
            "deputy_councillor",
            "board_member",
            "city_board",
            "other_body",
            "none",
        ),
        "youth_council": ("yes", "no"),
        "served_before": ("yes", "no"),
    }
)

#: Fields of the product whose values are open: text as the applicant gave it, normalised by the intake.
OPEN_FIELDS = ("postal_code", "district", "municipality", "organisation", "age")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an application stands: file name, sheet name and the row number that Excel shows."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person's application, as the intake understood it.

    Attributes
    ----------
    key
        The person's own key, the same in every file: see :func:`person_key`. Never the row number.
    name
        As the applicant wrote it.
    origin
        ``None`` for a person added by hand.
    wishes
        Ids of tables of the rules, first wish first; empty where none was named.
    wishes_ordered
        False where the form did not ask for an order (a column per table, "any"): then no wish is the first.
    roles
        ``MEMBER``, ``DEPUTY`` or both. Who says nothing of it accepts both.
    birth_year
        ``None`` where it is not known; then ``age_stated`` may hold ``(least, most)`` years of age as answered, ``most``
        being ``None`` for an open band such as 65+.
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
    age_stated: tuple[int, int | None] | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def value(self, name: str) -> str | None:
        """The first value of a field, ``None`` where it is unknown."""
        known = self.values.get(name)
        return known[0] if known else None
