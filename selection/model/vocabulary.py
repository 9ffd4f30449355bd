"""The product's own fields and the values of those whose values are a closed list."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

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


def has_spellings(name: str) -> bool:
    """Whether a field's values are as people write them: then equal spellings are one value."""
    return name not in VOCABULARY and name not in ("age", "postal_code")
