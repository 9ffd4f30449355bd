"""What was read, as JSON: the part of ``propose`` and ``inspect`` that other programs read."""

from __future__ import annotations

from typing import Any

from selection.intake.messages import finding_text, note_text, reason_text, set_aside_text
from selection.intake.results import Finding, Intake, SetAside
from selection.model.places import tells_place


def applications_json(intake: Intake, *, protect: bool = False) -> dict[str, Any]:
    """What was read: files, counts, rows set aside, findings, and notes on files and sheets.

    ``protect``: without findings that tell where somebody under a non-disclosure order lives, as in what is handed on.
    """
    hidden = {one.key for one in intake.applications if one.non_disclosure} if protect else set()
    return {
        "files": [{"name": one.name, "sha256": one.sha256} for one in intake.files],
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
        "part": getattr(one.origin, "part", ""),
        "code": one.code,
        "message": set_aside_text(one),
        "same_as": one.same_as.row if one.same_as else None,
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "sheet": one.origin.sheet,
        "row": one.origin.row,
        "part": getattr(one.origin, "part", ""),
        "column": one.column,
        "cell": one.cell,
        "code": one.code,
        "found": one.found,
        "suggestion": one.suggestion,
        "message": finding_text(one),
    }
