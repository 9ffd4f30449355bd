"""From what the intake understood to what the records take: applications, findings, and the difference to before."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from selection import actions as do
from selection.intake import (
    Application,
    ColumnMatch,
    Correction,
    Finding,
    Intake,
    Mapping,
    accepting,
    intake_of,
    mapping_of,
    read_applications,
)
from selection.intake.lacking import with_lacking
from selection.intake.memo import reading
from selection.intake.reader import in_job, read_books
from selection.model.people import Applicant, Origin, Role
from selection.model.rules import Rules
from selection.rounds.readings import headings_of, sign_of

#: Fields of the intake that tell one field of an applicant.
AGES = ("birth_year", "birth_date", "age", "age_group")
NAMES = ("name", "first_name", "last_name")
#: The organisation as the applicant wrote it; ``organisation`` holds the form that is compared.
ORGANISATION_NAME = "organisation_name"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came from the browser."""

    name: str
    content: bytes


def read(
    uploads: Sequence[Upload], rules: Rules, mapping: Mapping | None = None, corrections: Sequence[Correction] = ()
) -> Intake:
    """Read uploaded files under their own names.

    Raises
    ------
    FileError
        as :func:`selection.intake.read_applications`.
    """
    with as_files(uploads) as paths:
        return read_applications(paths, rules, mapping=mapping, corrections=corrections)


@contextmanager
def as_files(uploads: Sequence[Upload]) -> Iterator[list[Path]]:
    """Within the block the uploads are files under their own names."""
    with tempfile.TemporaryDirectory(prefix="kokoonpano-") as folder:
        paths = []
        for number, upload in enumerate(uploads):
            place = Path(folder) / str(number)
            place.mkdir()
            path = place / (PurePath(upload.name.replace("\\", "/")).name or "file")
            path.write_bytes(upload.content)
            paths.append(path)
        yield paths


@dataclass(frozen=True, slots=True)
class Understood:
    """Files as understood: by themselves, and once more with every suggestion taken and every row kept.

    The second reading tells what a suggestion means in the product's own values, and who the rows set aside are.
    ``sign`` tells what of the rules they depend on.
    """

    first: Intake
    mended: Intake
    sign: str = ""


def understand(uploads: Sequence[Upload], rules: Rules, mapping: Mapping | None = None) -> Understood:
    """Read the files both ways, in one job.

    Raises
    ------
    FileError
        as :func:`selection.intake.read_applications`.
    """
    with as_files(uploads) as paths:
        found: Understood = in_job(_understood, paths, rules, mapping)
    return found


def _understood(paths: Sequence[Path], rules: Rules, mapping: Mapping | None) -> Understood:
    with reading():
        books = read_books(paths)
        first = with_lacking(intake_of(books, rules, mapping=mapping), rules)
        corrections = [accepting(finding) for finding in first.findings if finding.suggestion is not None]
        corrections += [Correction(row.key, "keep") for row in first.set_aside if row.key]
        if not corrections:
            return Understood(first, first, sign_of(rules))
        return Understood(first, intake_of(books, rules, mapping=mapping, corrections=corrections), sign_of(rules))


def field_of(finding: Finding) -> str | None:
    """The field of an applicant that a finding is about."""
    if finding.field in AGES:
        return "birth_year"
    return "name" if finding.field in NAMES else finding.field


def values_of(applicant: Applicant, field: str) -> tuple[str, tuple[str, ...]]:
    """A field of an applicant as the records correct it: the field's name there and its values."""
    if field == "birth_year":
        if applicant.birth_year is None and applicant.age_stated is not None:
            least, most = applicant.age_stated
            return "age_stated", (str(least), "" if most is None else str(most))
        return field, () if applicant.birth_year is None else (str(applicant.birth_year),)
    if field == "wishes":
        return field, applicant.wishes
    if field == "roles":
        return field, tuple(role.value for role in Role if role in applicant.roles)
    if field == "name":
        return field, (applicant.name,)
    return field, applicant.values.get(field, ())


def _suggested(finding: Finding, mended: Dict[str, Application]) -> tuple[str | None, tuple[str, ...] | None]:
    field = field_of(finding)
    if finding.suggestion is None or field is None:
        return field, None
    application = mended.get(finding.person)
    if application is None:
        return field, None
    name, values = values_of(application.applicant, field)
    return name, values or None


def application_in(
    application: Application, set_aside: str | None = None, same_as: str | None = None
) -> do.ApplicationIn:
    """An application as the records take it."""
    applicant = application.applicant
    if application.organisation_name:
        values = {**applicant.values, ORGANISATION_NAME: (application.organisation_name,)}
        applicant = replace(applicant, values=dict(sorted(values.items())))
    contact = {"email": application.email, "phone": application.phone}
    return do.ApplicationIn(
        applicant=applicant,
        original=dict(application.answers),
        contact={name: value for name, value in contact.items() if value},
        non_disclosure=application.non_disclosure,
        may_be_kept=application.consents.get("retain", False),
        set_aside=set_aside,
        same_as=same_as,
    )


def actions_of(
    round_id: int, uploads: Sequence[Upload], understood: Understood, *, replace_all: bool = False
) -> list[do.ImportFile]:
    """One action for each file, in order."""
    first, mended = understood.first, understood.mended
    at_origin = {one.origin: one.key for one in first.applications if one.origin is not None}
    # The one that is kept may stand in a later file than the one set aside.
    twins = {row.key: at_origin[row.same_as] for row in first.set_aside if row.key and row.same_as in at_origin}
    as_mended = {one.key: one for one in mended.applications}
    known = {one.key for one in first.applications}
    found = []
    for upload in uploads:
        name = PurePath(upload.name.replace("\\", "/")).name
        taken = [application_in(one) for one in first.applications if _from(one.origin, name)]
        for row in first.set_aside:
            kept = as_mended.get(row.key) if row.key else None
            if kept is not None and _from(row.origin, name) and row.key not in known:
                same_as = at_origin.get(row.same_as) if row.same_as is not None else None
                taken.append(application_in(kept, row.code, same_as))
        findings = [_finding_in(one, as_mended) for one in first.findings if _from(one.origin, name)]
        found.append(
            do.ImportFile(
                round_id=round_id,
                file=do.FileIn(name=name, content=upload.content, mapping=_reading(first, name, understood.sign)),
                applications=tuple(taken),
                findings=tuple(findings),
                same_as=twins,
                replace=replace_all and len(uploads) == 1,
            )
        )
    return found


def _from(origin: Origin | None, file: str) -> bool:
    return origin is not None and origin.file == file


def _reading(intake: Intake, file: str, sign: str) -> dict[str, Any]:
    """How a file was read, to be kept with it: columns, fields asked, rows that are no application."""
    columns = [column for column in intake.columns if column.file == file]
    not_people = [
        {"sheet": row.origin.sheet, "row": row.origin.row, "code": row.code}
        for row in intake.set_aside
        if row.origin.file == file
    ]
    told = Mapping.from_json(intake.told) if intake.told else Mapping()
    header_rows = {file: {one.name: one.header_row for one in intake.sheets if one.file == file}}
    return {
        "columns": replace(
            mapping_of(columns), header_rows=header_rows, persons=told.persons, header_depths=told.header_depths
        ).to_json(),
        "asked": sorted(intake.asked),
        "rows": intake.rows,
        "set_aside": not_people,
        "headings": headings_of(columns),
        "sign": sign,
    }


def _finding_in(finding: Finding, mended: Dict[str, Application]) -> do.FindingIn:
    field, suggestion = _suggested(finding, mended)
    origin = finding.origin
    apart = mended.get(finding.person) if finding.code == "wishes_merged" else None
    return do.FindingIn(
        code=finding.code,
        sheet=origin.sheet,
        row=origin.row,
        column=finding.column,
        field=field,
        found=finding.found or None,
        suggestion=suggestion,
        params={
            **finding.params,
            **({"suggested": finding.suggestion} if finding.suggestion else {}),
            # The wishes of this row alone, for when the rows turn out to be two persons'.
            **({"own": list(apart.applicant.wishes)} if apart is not None else {}),
        },
        person_key=finding.person or None,
        other_key=finding.other or None,
    )


#: The part of the headers that must be known for a file to be read like an earlier one.
MUCH = 0.5


def nearest(profiles: Sequence[do.MappingRow], columns: Sequence[ColumnMatch]) -> do.MappingRow | None:
    """The remembered reading that knows most of a file's headers, the latest of equals; ``None`` if none knows much."""
    headers = set(mapping_of(columns).fields)
    shares = [len(headers & set(Mapping.from_json(str(one.mapping["json"])).fields)) for one in profiles]
    best = max(range(len(profiles)), key=lambda place: (shares[place], -place), default=None)
    return profiles[best] if best is not None and headers and shares[best] >= MUCH * len(headers) else None
