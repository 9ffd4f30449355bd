"""People added by hand: a member of the youth council, a named official, whoever is not in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selection.intake.identity import person_key
from selection.intake.results import Application
from selection.intake.values.organisations import organisation_key
from selection.intake.values.seats import BOTH
from selection.model.people import Applicant, Role
from selection.model.vocabulary import VOCABULARY


def person_by_hand(
    name: str,
    *,
    email: str = "",
    phone: str = "",
    birth_year: int | None = None,
    wishes: Sequence[str] = (),
    roles: frozenset[Role] = BOTH,
    values: Mapping[str, Sequence[str]] | None = None,
    organisation: str = "",
    beside: bool = False,
) -> Application:
    """The application of a person who is not in the file; it has no origin.

    ``beside`` is for who sits at a table beside its seats, such as a member of the youth council with the right to
    speak: such a person is no candidate.

    Raises
    ------
    ValueError
        if the name is empty, no role is left, or a value is not in the field's vocabulary.
    """
    cleaned = " ".join(name.split())
    if not cleaned or not roles:
        raise ValueError("a person needs a name and a role")
    told = {field: tuple(given) for field, given in (values or {}).items() if given}
    for field, given in told.items():
        unknown = [value for value in given if field in VOCABULARY and value not in VOCABULARY[field]]
        if unknown:
            raise ValueError(f"unknown value of {field}")
    if organisation.strip():
        told["organisation"] = (organisation_key(organisation),)
        told.setdefault("kind", ("representative",))
    applicant = Applicant(
        key=person_key(cleaned, email, birth_year),
        name=cleaned,
        wishes=tuple(dict.fromkeys(wishes)),
        roles=roles,
        birth_year=birth_year,
        values=dict(sorted(told.items())),
    )
    return Application(applicant, email=email, phone=phone, organisation_name=organisation.strip(), beside=beside)
