"""The sealed round: what is sealed of applications, rules, program and locks, and whether it is still the same."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selection.errors import SealError
from selection.intake import Application, Intake
from selection.model.ages import age_band, within_band
from selection.model.fingerprint import LOCKS, digest, rules_hash
from selection.model.people import Applicant
from selection.model.rules import Rules
from selection.model.seal import (
    ACTIVE,
    Drawing,
    Sealed,
    SealMark,
    SealValueError,
    ascii_name,
    lines_of,
    list_hash,
    numbers_of,
    seed_of,
)
from selection.model.spelling import folded
from selection.model.vocabulary import OPEN_FIELDS, VOCABULARY
from selection.rounds.program_hash import program_hash
from selection.rounds.seal_file import SealFile

#: Bytes of a salt.
SALT = 16
#: Fields of the pairs of member and deputy.
_PAIRED = ("kind", "organisation", "postal_code", "age")


def sealed(
    intake: Intake, rules: Rules, sources: Sequence[str], waived: Iterable[str] = (), previous: SealFile | None = None
) -> SealFile:
    """Seal a round: salts for whoever has none yet, the hash of everything that the lot may hang on.

    Parameters
    ----------
    sources
        Names of the drawings whose numbers are awaited.
    previous
        The seal before this one: its salts are kept by answer number.

    Raises
    ------
    SealError
        if two applications have one answer number, or a source is named twice.
    """
    if not sources or len(set(sources)) != len(sources):
        raise SealError("seal_sources", found=", ".join(sources) or "–")
    before = {} if previous is None else previous.applications
    fields = fields_of(rules)
    groups = groups_of(intake, rules, fields)
    applications: dict[str, Sealed] = {}
    rows: dict[str, str] = {}
    for number, application, status in numbered(intake):
        if number in applications:
            raise SealError("seal_number_twice", found=number)
        held = before.get(number)
        salts = (held.person_salt, held.data_salt) if held is not None else (_salt(), _salt())
        person = held.person if held is not None else person_of(number, application)
        applications[number] = Sealed(*salts, person, data_of(application, status, rules, fields, groups))
        origin = application.origin
        rows[number] = "" if origin is None else f"{origin.sheet}!{origin.place}".lstrip("!")
    try:
        lines = lines_of(applications.values())
    except SealValueError as error:
        raise SealError("seal_equal") from error
    seal = {
        "round": rules.name,
        "number": "1" if previous is None else str(int(str(previous.seal["number"])) + 1),
        "previous": None if previous is None else previous.root,
        "list": list_hash(lines),
        "count": str(len(lines)),
        "rules": rules_hash(rules),
        "program": program_hash(),
        "locks": locks_hash(rules, waived),
        "fields": [ascii_name(name) for name in fields],
        "sources": list(sources),
    }
    return SealFile(seal, applications, rows)


@dataclass(frozen=True, slots=True)
class SealedDraw:
    """A round that is what was sealed, with the seed of its draw; the people go by their tickets."""

    file: SealFile
    drawings: tuple[Drawing, ...]
    intake: Intake

    @property
    def seed(self) -> str:
        """The seed of the draw."""
        return seed_of(self.file.root, self.drawings)

    @property
    def mark(self) -> SealMark:
        """What a pool is marked with."""
        return SealMark(self.file.root, self.drawings)


def sealed_draw(
    file: SealFile, drawn: Sequence[str] | None, intake: Intake, rules: Rules, waived: Iterable[str] = ()
) -> SealedDraw:
    """The draw of a sealed round.

    Parameters
    ----------
    drawn
        ``NAME=NUMBERS`` for each source of the seal; ``None`` takes those that it was drawn with.

    Raises
    ------
    SealError
        if people, data, rules, locks or program are others than were sealed, numbers are missing or no numbers, or the
        seal was drawn with others. What differs is named by the place in the file, never by a person's name.
    """
    drawings = _drawings(file, drawn) if drawn is not None else file.drawn
    if drawings is None:
        raise SealError("seal_numbers_missing", sources=", ".join(file.seal["sources"]))
    if file.drawn is not None and file.drawn != drawings:
        raise SealError("seal_drawn", numbers=", ".join(f"{name}={said}" for name, said in file.drawn))
    now = {"rules": rules_hash(rules), "program": program_hash(), "locks": locks_hash(rules, waived)}
    others = [name for name, held in now.items() if file.seal[name] != held]
    if others:
        raise SealError(f"seal_other_{others[0]}")
    fields = fields_of(rules)
    groups = groups_of(intake, rules, fields)
    keys: dict[str, str] = {}
    differing: list[str] = []
    seen: set[str] = set()
    for number, application, status in numbered(intake):
        one = file.applications.get(number)
        place = "–" if application.origin is None else str(application.origin.place)
        seen.add(number)
        if one is None or one.data != data_of(application, status, rules, fields, groups):
            differing.append(place)
        else:
            keys[application.key] = one.ticket
    missing = [file.rows.get(number, number) for number in file.applications if number not in seen]
    if differing or missing:
        raise SealError(
            "seal_other_people", rows=", ".join([*differing, *missing][:20]), n=len(differing) + len(missing)
        )
    return SealedDraw(file, drawings, with_keys(intake, keys))


def _drawings(file: SealFile, drawn: Sequence[str]) -> tuple[Drawing, ...]:
    """The numbers of each source, in the order of the seal."""
    told: dict[str, str] = {}
    for one in drawn:
        name, equals, said = one.rpartition("=")
        if not equals or name not in file.seal["sources"] or name in told:
            raise SealError("seal_source_unknown", found=one, sources=", ".join(file.seal["sources"]))
        try:
            told[name] = numbers_of(said)
        except SealValueError as error:
            raise SealError("seal_no_numbers", found=one) from error
    missing = [name for name in file.seal["sources"] if name not in told]
    if missing:
        raise SealError("seal_numbers_missing", sources=", ".join(missing))
    return tuple((name, told[name]) for name in file.seal["sources"])


def numbered(intake: Intake) -> Iterable[tuple[str, Application, str]]:
    """Each application with its answer number and its status; those set aside among them, and rows of nobody not.

    The answer number is the form's own where a column holds it, else the place in the file.
    """
    headers = [column.header for column in intake.columns if column.field == "source_id" and column.used]
    held = [(one, ACTIVE) for one in intake.applications]
    held += [(one.application, f"set_aside:{one.code}") for one in intake.set_aside if one.application is not None]
    for application, status in held:
        told = next((said for header in headers if (said := application.answers.get(header, "").strip())), "")
        origin = application.origin
        place = "" if origin is None else f"{origin.sheet}!{origin.place}".lstrip("!")
        yield told or place, application, status


def person_of(number: str, application: Application) -> dict[str, Any]:
    """The person as first read: answer number, year of birth and name."""
    year = application.applicant.birth_year
    return {
        "application": number,
        "birth_year": None if year is None else f"{year:04d}",
        "name": " ".join(application.applicant.name.split()),
    }


def fields_of(rules: Rules) -> tuple[str, ...]:
    """The fields that a rule of the round may use, sorted."""
    return tuple(sorted({*rules.fields, *_PAIRED}, key=ascii_name))


def data_of(
    application: Application, status: str, rules: Rules, fields: Sequence[str], groups: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """What the rules may use of an application, as it is sealed."""
    applicant = application.applicant
    return {
        "roles": sorted(role.value for role in applicant.roles),
        "status": status,
        "tables": list(dict.fromkeys(_tables(applicant, rules))),
        "values": {ascii_name(name): _values(applicant, name, rules, groups.get(name, {})) for name in fields},
    }


def _tables(applicant: Applicant, rules: Rules) -> tuple[str, ...]:
    """The tables wished for; of who names none that of the postal code, or the only one."""
    if applicant.wishes:
        return applicant.wishes if applicant.wishes_ordered else tuple(sorted(applicant.wishes))
    code = applicant.value("postal_code")
    home = rules.table_of_postal_code(code) if code is not None else None
    if home is None and len(rules.table_ids) == 1:
        home = rules.table_ids[0]
    return () if home is None else (home,)


def _values(applicant: Applicant, name: str, rules: Rules, groups: Mapping[str, str]) -> list[str]:
    if name == "age":
        on = rules.eligibility.age_on.year
        year = applicant.birth_year
        age = applicant.age_stated if year is None else (on - year, on - year)
        return [] if age is None else sorted(band for band in bands_of(rules) if within_band(age, band))
    held = applicant.values.get(name, ())
    return sorted({groups.get(folded(value), value) if groups else value for value in held})


def bands_of(rules: Rules) -> tuple[str, ...]:
    """The age bands that the rules name anywhere."""
    return tuple(sorted(one for one in _texts_of(rules) if age_band(one) is not None))


def _texts_of(rules: Rules) -> frozenset[str]:
    """Every text of the rules, keys among them."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            for key, held in value.items():
                yield str(key)
                yield from texts(held)
        elif isinstance(value, (list, tuple)):
            for held in value:
                yield from texts(held)

    return frozenset(texts(rules.model_dump(mode="json", by_alias=True, exclude_defaults=True)))


def groups_of(intake: Intake, rules: Rules, fields: Sequence[str]) -> dict[str, dict[str, str]]:
    """Of each field whose texts are only compared, and none named by a rule: value → number of its group, in order."""
    people = [application.applicant for _, application, _ in numbered(intake)]
    named = {
        folded(one) for one in re.findall(r"\"([^\"]+)\"", rules.model_dump_json(by_alias=True, exclude_defaults=True))
    }
    found: dict[str, dict[str, str]] = {}
    for name in fields:
        if name in ("age", "postal_code") or (name in VOCABULARY and name not in OPEN_FIELDS):
            continue
        values = sorted({folded(value) for one in people for value in one.values.get(name, ())})
        if not named & set(values):
            found[name] = {value: str(number) for number, value in enumerate(values, start=1)}
    return found


def with_keys(intake: Intake, keys: Mapping[str, str]) -> Intake:
    """The intake with tickets for person keys: what the lots follow from, whatever else people wrote."""

    def named(key: str) -> str:
        return keys.get(key, key)

    def of(application: Application) -> Application:
        return replace(application, applicant=replace(application.applicant, key=named(application.key)))

    return replace(
        intake,
        applications=tuple(of(one) for one in intake.applications),
        set_aside=tuple(
            replace(one, key=named(one.key), application=None if one.application is None else of(one.application))
            for one in intake.set_aside
        ),
        findings=tuple(replace(one, person=named(one.person), other=named(one.other)) for one in intake.findings),
    )


def locks_hash(rules: Rules, waived: Iterable[str]) -> str:
    """The digest of the locks of the rules file and the requirements waived."""
    locks = rules.model_dump(mode="json", by_alias=True, exclude_defaults=True, include=LOCKS)
    return digest({"locks": locks, "waived": sorted(waived)})


def _salt() -> str:
    return os.urandom(SALT).hex()
