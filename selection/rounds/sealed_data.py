"""What is sealed of each application: its number, the person as first read, and what the rules may use of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from selection.intake import Application, Intake
from selection.model.ages import Age, age_band, within_band
from selection.model.people import Applicant
from selection.model.rules import Rules
from selection.model.seal import ACTIVE, ascii_names
from selection.model.seal_terms import sealed_fields
from selection.model.spelling import folded
from selection.model.vocabulary import has_spellings

#: Field → value as compared → the number that stands for it.
Groups = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """An application as it is sealed, without its salts.

    Attributes
    ----------
    number
        Of the answer.
    person
        The person as read now: ``application``, ``birth_year`` and ``name``.
    data
        What the rules may use: ``roles``, ``status``, ``tables`` and ``values``.
    place
        Sheet and row, for people.
    aside
        Whether the intake set the application aside.
    """

    number: str
    application: Application = field(repr=False)
    person: Mapping[str, Any] = field(repr=False)
    data: Mapping[str, Any] = field(repr=False)
    place: str
    aside: bool


def entries_of(intake: Intake, rules: Rules, before: Groups | None = None) -> tuple[tuple[Entry, ...], Groups]:
    """Every application, in the order of the files, and the numbers of the groups in its data.

    Parameters
    ----------
    before
        The numbers of a seal: they stay, and a value that is new gets a number of its own. Who changed is then told,
        and not everybody after them.
    """
    numbered = tuple(_numbered(intake, rules))
    applicants = [application.applicant for _, application, _, _ in numbered]
    values = _Values(rules, applicants, before or {})
    entries = tuple(
        Entry(
            number,
            application,
            person_of(number, application),
            {
                "roles": sorted(role.value for role in application.applicant.roles),
                "status": status,
                "tables": list(dict.fromkeys(_tables(application.applicant, rules))),
                "values": values.of(application.applicant),
            },
            _place(application),
            aside,
        )
        for number, application, status, aside in numbered
    )
    return entries, values.groups


def person_of(number: str, application: Application) -> dict[str, Any]:
    """The person as read: answer number, year of birth and name."""
    year = application.applicant.birth_year
    return {
        "application": number,
        "birth_year": None if year is None else f"{year:04d}",
        "name": " ".join(application.applicant.name.split()),
    }


def _numbered(intake: Intake, rules: Rules) -> Iterator[tuple[str, Application, str, bool]]:
    """Each application with its answer number, its status, and whether the intake set it aside; rows of nobody not.

    The answer number is the form's own where a column holds it, with the letter of one of several persons of a row;
    else the place in the file. A number that an application before has already gets its place added: exports repeat
    rows, and two forms number their answers alike. Who is refused for the age as stated is set aside by that code.
    """
    headers = [column.header for column in intake.columns if column.field == "source_id" and column.used]
    held = [(one, _status(one.applicant, rules), False) for one in intake.applications if not one.beside]
    held += [
        (one.application, f"set_aside:{one.code}", True) for one in intake.set_aside if one.application is not None
    ]
    files = {one.name: number for number, one in enumerate(intake.files)}
    taken: set[str] = set()
    for application, status, aside in sorted(held, key=lambda one: _order(one[0], files)):
        origin, place = application.origin, _place(application)
        own = next((said for header in headers if (said := application.answers.get(header, "").strip())), "")
        number = f"{own}{'' if origin is None else origin.part}" if own else place
        tries = (number, f"{number}@{place}", f"{number}@{'' if origin is None else origin.file}!{place}")
        number = next((one for one in tries if one not in taken), tries[-1])
        taken.add(number)
        yield number, application, status, aside


def _place(application: Application) -> str:
    origin = application.origin
    return "" if origin is None else f"{origin.sheet}!{origin.place}".lstrip("!")


def _order(application: Application, files: Mapping[str, int]) -> tuple[int, str, int, str]:
    origin = application.origin
    if origin is None:
        return (len(files), "", 0, "")
    return (files.get(origin.file, len(files)), origin.sheet, origin.row, origin.part)


def _status(applicant: Applicant, rules: Rules) -> str:
    refused = rules.eligibility.refusal(_age(applicant, rules))
    return ACTIVE if refused is None else f"set_aside:{refused}"


def _age(applicant: Applicant, rules: Rules) -> Age | None:
    year = applicant.birth_year
    if year is None:
        return applicant.age_stated
    years = rules.eligibility.age_on.year - year
    return (years, years)


def _tables(applicant: Applicant, rules: Rules) -> tuple[str, ...]:
    """The tables wished for; of who names none that of the postal code, or the only one."""
    if applicant.wishes:
        return applicant.wishes if applicant.wishes_ordered else tuple(sorted(applicant.wishes))
    code = applicant.value("postal_code")
    home = rules.table_of_postal_code(code) if code is not None else None
    if home is None and len(rules.table_ids) == 1:
        home = rules.table_ids[0]
    return () if home is None else (home,)


class _Values:
    """What stands in the data for the values of each field: the same text for what the rules take as one value.

    A value that the rules name stands in their spelling; another one of a field whose texts are only compared by the
    number of its group; an age by the bands of the rules that it is in; all else as it is.
    """

    def __init__(self, rules: Rules, applicants: Iterable[Applicant], before: Groups) -> None:
        texts = sorted(set(_texts(rules.model_dump(mode="json", by_alias=True))))
        self._rules = rules
        self._bands = tuple(one for one in texts if age_band(one) is not None)
        self._named: dict[str, str] = {}
        for one in texts:
            self._named.setdefault(folded(one), one)
        self._keys = ascii_names(sealed_fields(rules))
        self.groups: Groups = {
            name: self._numbers(name, applicants, before.get(name, {})) for name in self._keys if has_spellings(name)
        }

    def of(self, applicant: Applicant) -> dict[str, list[str]]:
        """The values of an applicant by field, as they are sealed: each once, sorted."""
        return {key: self._field(applicant, name) for name, key in self._keys.items()}

    def _field(self, applicant: Applicant, name: str) -> list[str]:
        if name == "age":
            age = _age(applicant, self._rules)
            return [] if age is None else [band for band in self._bands if within_band(age, band)]
        held = applicant.values.get(name, ())
        if name not in self.groups:
            return sorted(set(held))
        numbers = self.groups[name]
        return sorted({self._named.get(folded(value)) or numbers[folded(value)] for value in held})

    def _numbers(self, name: str, applicants: Iterable[Applicant], before: Mapping[str, str]) -> Mapping[str, str]:
        """The number of each value that no rule names; no number is a text of the rules."""
        new = {folded(value) for one in applicants for value in one.values.get(name, ())} - set(before)
        numbers = dict(before)
        number = max((int(held) for held in before.values()), default=0)
        for value in sorted(new - set(self._named)):
            number += 1
            while folded(str(number)) in self._named:
                number += 1
            numbers[value] = str(number)
        return numbers


def _texts(value: Any) -> Iterator[str]:
    """Every text of a JSON value, keys among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield str(key)
            yield from _texts(held)
    elif isinstance(value, (list, tuple)):
        for held in value:
            yield from _texts(held)
