"""Households of respondents: who lives at one address, by the columns that the field's tools compare."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selection.model.spelling import folded

#: The pool's field: a group number for each household, never an address.
FIELD = "household"
_HOUSEHOLD = re.compile(r"(?:house ?hold|talou\w*|kotitalou\w*|hushåll\w*)(?:[ _-]?(?:id|nr|no|number|numero|tunnus))?")
_STREET = re.compile(
    r"(?:primary|home)?[ _]?(?:street[ _]?)?address(?:[ _]?(?:line[ _]?)?1)?|"
    r"katuosoite|lähiosoite|kotiosoite|osoite|gatuadress|adress"
)
_CODE = re.compile(
    r"(?:primary|home)?[ _]?(?:zip|post|postal)(?:[ _]?code)?(?:_royal_mail)?|"
    r"postinumero|postnummer|postnr"
)


def household_columns(heads: Sequence[str]) -> tuple[int, ...]:
    """The columns that tell a household: its own, or street address and postal code; none where they are not there."""
    own = next((place for place, head in enumerate(heads) if _HOUSEHOLD.fullmatch(head)), None)
    if own is not None:
        return (own,)
    street = next((place for place, head in enumerate(heads) if _STREET.fullmatch(head)), None)
    code = next((place for place, head in enumerate(heads) if _CODE.fullmatch(head)), None)
    return (street, code) if street is not None and code is not None else ()


def household_of(cells: Sequence[str], columns: Sequence[int]) -> tuple[str, ...] | None:
    """What tells a respondent's household, in one spelling; ``None`` where a part of it is missing."""
    parts = tuple(re.sub(r"[\W_]+", " ", folded(cells[place])).strip() for place in columns)
    return parts if parts and all(parts) else None
