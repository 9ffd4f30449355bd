"""An applicant as plain JSON values and back: the one form of the records, the workbook and digests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from selection.model.people import Applicant, Origin, Role

#: What every applicant's JSON has; ``part`` stands beside these where a row holds several persons.
KEYS = ("name", "wishes", "wishes_ordered", "roles", "birth_year", "age_stated", "values")


def applicant_to_json(applicant: Applicant) -> dict[str, Any]:
    """All but the key and the origin, as plain values in a fixed order."""
    return {
        "name": applicant.name,
        "wishes": list(applicant.wishes),
        "wishes_ordered": applicant.wishes_ordered,
        "roles": [role.value for role in Role if role in applicant.roles],
        "birth_year": applicant.birth_year,
        "age_stated": list(applicant.age_stated) if applicant.age_stated else None,
        "values": {name: list(values) for name, values in sorted(applicant.values.items())},
        **({"part": applicant.origin.part} if applicant.origin is not None and applicant.origin.part else {}),
    }


def applicant_from_json(key: str, current: Mapping[str, Any], origin: Origin | None) -> Applicant:
    """The inverse of :func:`applicant_to_json`."""
    age = current.get("age_stated")
    return Applicant(
        key=key,
        name=current["name"],
        origin=replace(origin, part=current.get("part", "")) if origin is not None else None,
        wishes=tuple(current.get("wishes", ())),
        wishes_ordered=current.get("wishes_ordered", True),
        roles=frozenset(Role(role) for role in current.get("roles", ("member", "deputy"))),
        birth_year=current.get("birth_year"),
        age_stated=(age[0], age[1]) if age else None,
        values={name: tuple(values) for name, values in current.get("values", {}).items()},
    )
