"""Places: what tells where somebody lives, which nothing writes out under a non-disclosure order."""

from __future__ import annotations

#: Fields that tell where somebody lives.
PLACE_FIELDS = ("postal_code", "district", "municipality", "street_address")
#: Findings that tell it without a field of their own.
_OF_PLACE = ("wish_elsewhere", "no_table", "postal_code_ask", "postal_code_elsewhere")


def tells_place(code: str, field: str | None) -> bool:
    """Whether a finding tells where its person lives."""
    return field in PLACE_FIELDS or code in _OF_PLACE
