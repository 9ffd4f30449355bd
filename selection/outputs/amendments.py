"""Amendments: how the people that a roster was made from differ from the applications as a program reads them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from selection.model.applicant_json import KEYS, applicant_from_json, applicant_to_json
from selection.model.people import Applicant, Origin

#: Kept beside the values that rules can name: shown to people, never counted.
_ASIDE = ("organisation_name",)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What was used of one person in place of the reading; ``used`` is ``None`` for somebody left out."""

    key: str
    used: Applicant | None

    def to_text(self) -> str:
        """The person as used, as JSON without line breaks."""
        assert self.used is not None
        origin = self.used.origin
        place = None if origin is None else [origin.file, origin.sheet, origin.row, *filter(None, [origin.part])]
        return _written(_content(self.used) | {"place": place})

    @classmethod
    def from_text(cls, key: str, written: str) -> Amendment:
        """The inverse of :meth:`to_text`.

        Raises
        ------
        ValueError
            if the text tells of no person.
        """
        try:
            content = json.loads(written)
            place = content["place"]
            origin = None if place is None else Origin(str(place[0]), str(place[1]), int(place[2]))
            part = {} if place is None else {"part": "".join(map(str, place[3:4]))}
            used = applicant_from_json(key, {name: content[name] for name in KEYS} | part, origin)
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            raise ValueError("no person") from error
        return cls(key, used)


def amendments(read: Iterable[Applicant], used: Iterable[Applicant]) -> tuple[Amendment, ...]:
    """What turns the people as read into those that were used, by key."""
    before, after = ({one.key: one for one in some} for some in (read, used))
    return tuple(
        Amendment(key, after.get(key))
        for key in sorted({**before, **after})
        if key not in before or key not in after or _content(before[key]) != _content(after[key])
    )


def amended(read: Iterable[Applicant], found: Iterable[Amendment]) -> tuple[Applicant, ...]:
    """The people as read, each amended; those that were added come last."""
    by_key = {one.key: one for one in found}
    people = []
    for one in read:
        amendment = by_key.pop(one.key, None)
        if amendment is None:
            people.append(one)
        elif amendment.used is not None:
            people.append(replace(amendment.used, origin=one.origin or amendment.used.origin))
    return (*people, *(one.used for one in by_key.values() if one.used is not None))


def differing(read: Applicant, used: Applicant) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """``(field, as read, as used)`` of every field that differs; no values where it is unknown."""
    before, after = _fields(read), _fields(used)
    return tuple(
        (name, before.get(name, ()), after.get(name, ()))
        for name in dict.fromkeys([*before, *after])
        if before.get(name, ()) != after.get(name, ())
    )


class Digest:
    """A digest of all that a solve could take into account of some people: not their names, nor where they stand."""

    def __init__(self, people: Iterable[Applicant] = ()) -> None:
        self._lines: dict[str, str] = {}
        for one in people:
            self.count(one)

    def count(self, one: Applicant) -> None:
        """Take somebody in, as the person is now."""
        self._lines[one.key] = _written({"key": one.key} | _content(one) | {"name": ""})

    def leave(self, key: str) -> None:
        """Leave somebody out again."""
        self._lines.pop(key, None)

    def value(self) -> str:
        """The digest of those taken in."""
        return hashlib.sha256("\n".join(sorted(self._lines.values())).encode()).hexdigest()


def digest_of(people: Iterable[Applicant]) -> str:
    """The digest of some people."""
    return Digest(people).value()


def plain(one: Applicant) -> Applicant:
    """The person without what only people read."""
    return replace(one, values={name: held for name, held in one.values.items() if name not in _ASIDE})


def _content(one: Applicant) -> dict[str, Any]:
    """The person's JSON without what only people read, unknown values and the row's part."""
    content = applicant_to_json(one)
    values = {name: held for name, held in content["values"].items() if held and name not in _ASIDE}
    return {name: content[name] for name in KEYS} | {"values": values}


def _fields(one: Applicant) -> Mapping[str, tuple[str, ...]]:
    content = _content(one)
    age = one.age_stated
    return {
        "name": (one.name,),
        "wishes": one.wishes,
        "roles": tuple(content["roles"]),
        "birth_year": () if one.birth_year is None else (str(one.birth_year),),
        "age_group": () if age is None else (f"{age[0]}+" if age[1] is None else f"{age[0]}–{age[1]}",),
        **{name: tuple(values) for name, values in content["values"].items()},
    }


def _written(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
