"""Differences between two readings of a round: who is new, who changed what, who is gone; people matched as people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from selection.intake.identity import name_tokens
from selection.intake.results import Application
from selection.intake.wording import fold


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a person that differs; values as tuples of text, empty where nothing is known."""

    field: str
    before: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One person in both readings whose application differs."""

    before: Application
    now: Application
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What a later reading changes.

    ``keys`` maps the key of every person in both readings: earlier → later. Locks, corrections and notes follow it.
    """

    new: tuple[Application, ...] = ()
    changed: tuple[Changed, ...] = ()
    same: tuple[Application, ...] = ()
    vanished: tuple[Application, ...] = ()
    keys: Mapping[str, str] | None = None

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.vanished)


def differences(before: Sequence[Application], now: Sequence[Application]) -> Differences:
    """Compare two readings. Row numbers, sheet names, the order of rows and the names of columns play no part."""
    pairs = _pairs(before, now)
    earlier = {id(later): one for one, later in pairs}
    matched = {id(one) for one, _ in pairs}
    changed: list[Changed] = []
    same: list[Application] = []
    for later in now:
        one = earlier.get(id(later))
        if one is not None:
            fields = changes(one, later)
            if fields:
                changed.append(Changed(one, later, fields))
            else:
                same.append(later)
    return Differences(
        new=tuple(later for later in now if id(later) not in earlier),
        changed=tuple(changed),
        same=tuple(same),
        vanished=tuple(one for one in before if id(one) not in matched),
        keys={one.key: later.key for one, later in pairs},
    )


def changes(before: Application, now: Application) -> tuple[FieldChange, ...]:
    """The fields in which two applications differ."""
    first, second = _said(before), _said(now)
    return tuple(
        FieldChange(field, first.get(field, ()), second.get(field, ()))
        for field in dict.fromkeys([*first, *second])
        if first.get(field, ()) != second.get(field, ())
    )


def _said(application: Application) -> dict[str, tuple[str, ...]]:
    """Everything an application says, field → values; what is empty is left out."""
    applicant = application.applicant
    age = applicant.age_stated
    said: dict[str, tuple[str, ...]] = {
        "name": (applicant.name,),
        "birth_year": (str(applicant.birth_year),) if applicant.birth_year is not None else (),
        "age": tuple("" if part is None else str(part) for part in age) if age is not None else (),
        "wishes": applicant.wishes,
        "roles": tuple(sorted(applicant.roles)),
        **{field: values for field, values in applicant.values.items() if field != "organisation"},
        "organisation": (application.organisation_name,),
        "organisation_role": (application.organisation_role,),
        "email": (application.email,),
        "phone": (application.phone,),
        "motivation": (application.motivation,),
        "consent": tuple(f"{purpose}: {agreed}" for purpose, agreed in sorted(application.consents.items())),
    }
    return {field: values for field, values in said.items() if any(values)}


_Sign = Callable[[Application], tuple[object, ...] | None]


def _name_and(part: Callable[[Application], object]) -> _Sign:
    def sign(application: Application) -> tuple[object, ...] | None:
        other = part(application)
        return (name_tokens(application.applicant.name), other) if other else None

    return sign


#: How a person is known again, the surest sign first.
_SIGNS: tuple[_Sign, ...] = (
    lambda application: (application.key,),
    _name_and(lambda application: fold(application.email)),
    _name_and(lambda application: application.applicant.birth_year),
    _name_and(lambda application: application.applicant.value("postal_code")),
    _name_and(lambda application: "".join(filter(str.isdigit, application.phone))[-8:]),
    lambda application: (fold(application.email), application.applicant.birth_year) if application.email else None,
    lambda application: (name_tokens(application.applicant.name),),
)


def _pairs(before: Sequence[Application], now: Sequence[Application]) -> list[tuple[Application, Application]]:
    """People of both readings, matched sign by sign; a sign that several people share decides nothing."""
    pairs: list[tuple[Application, Application]] = []
    left, right = list(before), list(now)
    for sign in _SIGNS:
        first, second = _single(left, sign), _single(right, sign)
        found = [(first[key], second[key]) for key in first if key in second]
        pairs += found
        gone = {id(one) for pair in found for one in pair}
        left = [one for one in left if id(one) not in gone]
        right = [one for one in right if id(one) not in gone]
    return pairs


def _single(applications: Iterable[Application], sign: _Sign) -> dict[tuple[object, ...], Application]:
    """Applications by a sign that only one of them bears."""
    by_sign: dict[tuple[object, ...], list[Application]] = defaultdict(list)
    for application in applications:
        key = sign(application)
        if key is not None:
            by_sign[key].append(application)
    return {key: members[0] for key, members in by_sign.items() if len(members) == 1}
