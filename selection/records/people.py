"""Applicants as the records keep them: fields of the JSON of :mod:`selection.model.applicant_json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from selection.errors import ActionError

#: Fields of an applicant that are not among its ``values``.
OWN_FIELDS = ("name", "wishes", "roles", "birth_year", "age_stated")


def asked_fields(
    mappings: Sequence[Mapping[str, Any]],
    corrections: Iterable[Mapping[str, Any]],
    held: Iterable[Mapping[str, Any]],
) -> frozenset[str] | None:
    """Fields that the form asked or that somebody filled in since; ``None`` (all) for a round made by hand.

    Parameters
    ----------
    mappings
        Of the round's files. Where they tell nothing of it any more, as after an erasure, what the form asked is what
        somebody has a value of.
    corrections, held
        Of each application; ``held`` is what is held now.
    """
    if not mappings:
        return None
    asked = {str(name) for mapping in mappings for name in mapping.get("asked", ())}
    if not any("asked" in mapping for mapping in mappings):
        for current in held:
            asked.update(current.get("values", {}))
            if current.get("birth_year") is not None or current.get("age_stated"):
                asked.add("age")
    return frozenset(asked.union(*corrections))


def field_values(current: Mapping[str, Any], field: str) -> list[str]:
    """What an application holds in a field, as texts; empty where it is unknown."""
    held = current.get(field) if field in OWN_FIELDS else current.get("values", {}).get(field)
    if held is None:
        return []
    if isinstance(held, list | tuple):
        return ["" if part is None else str(part) for part in held]
    return [str(held)]


def with_values(current: Mapping[str, Any], field: str, values: Sequence[str]) -> dict[str, Any]:
    """The application with a field set; no values make it unknown.

    Raises
    ------
    ActionError
        ``value_not_a_year``, ``value_not_a_role``, ``value_missing``, ``value_not_an_age``.
    """
    changed = dict(current)
    if field not in OWN_FIELDS:
        held = {name: list(kept) for name, kept in current.get("values", {}).items() if name != field}
        if values:
            held[field] = list(values)
        changed["values"] = dict(sorted(held.items()))
        return changed
    changed[field] = _own(field, values)
    return changed


def _own(field: str, values: Sequence[str]) -> Any:
    if field == "name":
        if len(values) != 1 or not values[0].strip():
            raise ActionError("value_missing", field=field)
        return values[0].strip()
    if field == "birth_year":
        if not values:
            return None
        if len(values) != 1 or not values[0].isdecimal() or not 1900 <= int(values[0]) <= 2100:
            raise ActionError("value_not_a_year", field=field)
        return int(values[0])
    if field == "age_stated":
        if not values:
            return None
        if not all(part.isdecimal() or part == "" for part in values) or len(values) > 2 or not values[0]:
            raise ActionError("value_not_an_age", field=field)
        return [int(values[0]), int(values[1]) if len(values) == 2 and values[1] else None]
    if field == "roles":
        if not values or any(value not in ("member", "deputy") for value in values):
            raise ActionError("value_not_a_role", field=field)
        return [role for role in ("member", "deputy") if role in values]
    return list(values)
