"""What was read, as JSON: the part of ``propose`` and ``inspect`` that other programs read."""

from __future__ import annotations

from typing import Any

from selection.intake.messages import finding_text, note_text, reason_text, set_aside_text
from selection.intake.results import Application, Finding, Intake, SetAside
from selection.model.people import Role
from selection.model.places import tells_place

#: Fields of which a person may have several values.
SEVERAL = ("official", "situation")
#: Fields told beside those of the vocabulary, of one value each.
_ONE_OF = (
    "gender",
    "postal_code",
    "municipality",
    "district",
    "mother_tongue",
    "kind",
    "organisation_type",
    "youth_council",
    "served_before",
)


def applications_json(intake: Intake, *, protect: bool = False) -> dict[str, Any]:
    """What was read: files, counts, rows set aside, findings, and notes on files and sheets.

    ``protect``: without findings that tell where somebody under a non-disclosure order lives, as in what is handed on.
    """
    hidden = {one.key for one in intake.applications if one.non_disclosure} if protect else set()
    return {
        "files": [{"name": one.name, "sha256": one.sha256} for one in intake.files],
        **({"mapping": intake.told} if intake.told else {}),
        "rows": intake.rows,
        "applicants": len(intake.applications),
        "set_aside": [_set_aside(one) for one in intake.set_aside],
        "findings": [
            _finding(one) for one in intake.findings if not (one.person in hidden and tells_place(one.code, one.field))
        ],
        "notes": [
            {"file": one.file, "sheet": one.sheet, "code": one.code, "message": note_text(one)} for one in intake.notes
        ],
    }


def columns_json(intake: Intake) -> list[dict[str, Any]]:
    """Each column: the field it was taken for, how surely and why; what else its answers point to."""
    return [
        {
            "sheet": one.sheet,
            "header": one.header,
            "field": one.field,
            "used": one.used,
            "confidence": str(one.confidence),
            "reason": one.reason,
            "message": reason_text(one),
            "suggestion": one.suggestion,
            "sensitive": one.sensitive,
        }
        for one in intake.columns
    ]


def _set_aside(one: SetAside) -> dict[str, Any]:
    return {
        "sheet": one.origin.sheet,
        "row": one.origin.row,
        "part": one.origin.part,
        "code": one.code,
        "message": set_aside_text(one),
        "same_as": one.same_as.row if one.same_as else None,
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "sheet": one.origin.sheet,
        "row": one.origin.row,
        "part": one.origin.part,
        "column": one.column,
        "cell": one.cell,
        "code": one.code,
        "found": one.found,
        "suggestion": one.suggestion,
        "message": finding_text(one),
    }


def people_json(intake: Intake) -> list[dict[str, Any]]:
    """Each applicant as read: where the application stands, its values as the product's codes, and what is asked of it.

    A field without a value, or whose answer was "none", is ``None``, of fields with several values an empty list.
    """
    asked: dict[str, list[str]] = {}
    for finding in intake.findings:
        asked.setdefault(finding.person, []).append(finding.code)
    return [_person(one, list(dict.fromkeys(asked.get(one.key, ())))) for one in intake.applications]


def _person(application: Application, asked: list[str]) -> dict[str, Any]:
    applicant, origin = application.applicant, application.origin
    values = applicant.values
    known = {*_ONE_OF, *SEVERAL, "organisation"}
    return {
        "sheet": origin.sheet if origin is not None else "",
        "row": origin.row if origin is not None else None,
        "part": origin.part if origin is not None else "",
        "name": applicant.name,
        "fields": {
            "birth_year": applicant.birth_year,
            "age_band": age_band(applicant.age_stated),
            "wishes": list(applicant.wishes),
            "wishes_ordered": applicant.wishes_ordered,
            "roles": [role.value for role in (Role.MEMBER, Role.DEPUTY) if role in applicant.roles],
            "organisation": application.organisation_name or None,
            **{field: applicant.value(field) for field in _ONE_OF},
            **{field: [value for value in values.get(field, ()) if value != "none"] for field in SEVERAL},
            **{field: list(several) for field, several in sorted(values.items()) if field not in known},
            "email": application.email or None,
            "phone": application.phone or None,
            "applied_with": list(application.applied_with),
            "consents": dict(sorted(application.consents.items())),
            "non_disclosure": application.non_disclosure,
            "submitted_at": application.submitted_at.isoformat() if application.submitted_at is not None else None,
        },
        "asked": asked,
    }


def age_band(stated: tuple[int, int | None] | None) -> str | None:
    """An age as answered: ``45–64``, in an open band ``65+``, ``52`` where it is one year of age."""
    if stated is None:
        return None
    least, most = stated
    if most is None:
        return f"{least}+"
    return str(least) if least == most else f"{least}–{most}"
