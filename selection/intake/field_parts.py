"""Parts of a name or an address that a form service names in brackets behind the question: ``Nimi (First)``,
``Osoite (Zip)``, ``Address: City``."""

from __future__ import annotations

import re

from selection.intake.columns import meaning
from selection.intake.wording import fold

_PARTED = re.compile(
    r"^(?P<whole>.+?)\s*(?:[(\[]\s*(?P<inside>[^()\[\]]+?)\s*[)\]]|(?::|\s[-\u2013\u2014>|])\s+(?P<after>[^:]+?))\s*$",
    re.DOTALL,
)
#: Words of a part, by what they are part of; ``None`` for what is not imported.
_OF_NAME: tuple[tuple[str, str | None], ...] = (
    (r"first(?: name)?|given(?: name)?|etunim\w*|förnamn", "first_name"),
    (r"last(?: name)?|family(?: name)?|surname|sukunim\w*|efternamn", "last_name"),
    (r"middle(?: name)?|prefix|suffix|title|toinen nimi|mellannamn", None),
)
_OF_ADDRESS: tuple[tuple[str, str | None], ...] = (
    (
        r"(?:street )?address(?: ?line)? ?1?|street(?: address)?|line 1|katuosoite|lähiosoite|gatuadress|gata",
        "street_address",
    ),
    (
        r"(?:zip|postal|post)(?: ?/ ?| )?(?:postal )?(?:code)?|postcode|postinumero|postnummer|postnr",
        "postal_code",
    ),
    (r"city|town|municipality|kaupunki|kunta|postitoimipaikka|stad|ort|postort|kommun", "municipality"),
    (
        r"(?:street )?address(?: ?line)? ?2|line 2|osoiterivi 2|state.*|province.*|region|country|maa|land|lääni",
        None,
    ),
)
_NOT_A_PART = "-"


def field_of_part(header: str) -> str | None:
    """The field of a header that names a part of a name or an address; empty for a part that is not imported, ``None``
    where the header names none."""
    match = _PARTED.match(header)
    if match is None:
        return None
    whole = meaning(match["whole"], fuzzy=False).field
    parts = {"name": _OF_NAME, "street_address": _OF_ADDRESS}.get(whole or "")
    if parts is None:
        return None
    part = fold(match["inside"] or match["after"])
    found = next((field for pattern, field in parts if re.fullmatch(pattern, part)), _NOT_A_PART)
    return None if found == _NOT_A_PART else found or ""
