"""Intake: application spreadsheets → applications, with everything a person should look at.

The names are imported when they are first used: a command needs few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from selection.lazy import held_by

if TYPE_CHECKING:
    from selection.intake.assembly import intake_of
    from selection.intake.by_hand import person_by_hand
    from selection.intake.columns import FIELDS, ColumnMatch
    from selection.intake.corrections import Correction, accepting, accepting_alike, typing, without
    from selection.intake.differences import Changed, Differences, FieldChange, changes
    from selection.intake.files import read_applications
    from selection.intake.identity import person_key
    from selection.intake.mapping import Mapping, MappingDifference, fits, mapping_difference, mapping_of
    from selection.intake.messages import (
        FindingGroup,
        field_name,
        finding_text,
        grouped,
        mend_of,
        note_text,
        reason_text,
        set_aside_because,
        set_aside_text,
    )
    from selection.intake.results import Application, Finding, Intake, Note, SetAside, SheetRead, SourceFile
    from selection.intake.template import Question, recommended_questions, template_workbook

#: Name → the module that holds it.
_HELD_BY = {
    "Application": "selection.intake.results",
    "Changed": "selection.intake.differences",
    "ColumnMatch": "selection.intake.columns",
    "Correction": "selection.intake.corrections",
    "Differences": "selection.intake.differences",
    "FIELDS": "selection.intake.columns",
    "FieldChange": "selection.intake.differences",
    "Finding": "selection.intake.results",
    "FindingGroup": "selection.intake.messages",
    "Intake": "selection.intake.results",
    "Mapping": "selection.intake.mapping",
    "MappingDifference": "selection.intake.mapping",
    "Note": "selection.intake.results",
    "Question": "selection.intake.template",
    "SetAside": "selection.intake.results",
    "SheetRead": "selection.intake.results",
    "SourceFile": "selection.intake.results",
    "accepting": "selection.intake.corrections",
    "accepting_alike": "selection.intake.corrections",
    "changes": "selection.intake.differences",
    "field_name": "selection.intake.messages",
    "finding_text": "selection.intake.messages",
    "fits": "selection.intake.mapping",
    "grouped": "selection.intake.messages",
    "intake_of": "selection.intake.assembly",
    "mapping_difference": "selection.intake.mapping",
    "mapping_of": "selection.intake.mapping",
    "mend_of": "selection.intake.messages",
    "note_text": "selection.intake.messages",
    "person_by_hand": "selection.intake.by_hand",
    "person_key": "selection.intake.identity",
    "read_applications": "selection.intake.files",
    "reason_text": "selection.intake.messages",
    "recommended_questions": "selection.intake.template",
    "set_aside_because": "selection.intake.messages",
    "set_aside_text": "selection.intake.messages",
    "template_workbook": "selection.intake.template",
    "typing": "selection.intake.corrections",
    "without": "selection.intake.corrections",
}

__all__ = [
    "FIELDS",
    "Application",
    "Changed",
    "ColumnMatch",
    "Correction",
    "Differences",
    "FieldChange",
    "Finding",
    "FindingGroup",
    "Intake",
    "Mapping",
    "MappingDifference",
    "Note",
    "Question",
    "SetAside",
    "SheetRead",
    "SourceFile",
    "accepting",
    "accepting_alike",
    "changes",
    "field_name",
    "finding_text",
    "fits",
    "grouped",
    "intake_of",
    "mapping_difference",
    "mapping_of",
    "mend_of",
    "note_text",
    "person_by_hand",
    "person_key",
    "read_applications",
    "reason_text",
    "recommended_questions",
    "set_aside_because",
    "set_aside_text",
    "template_workbook",
    "typing",
    "without",
]

if not TYPE_CHECKING:
    __getattr__ = held_by(__name__, _HELD_BY)
