"""Intake: application spreadsheets → applications, with everything a person should look at."""

from selection.intake.assembly import intake_of, read_applications
from selection.intake.by_hand import person_by_hand
from selection.intake.columns import FIELDS, ColumnMatch
from selection.intake.corrections import Correction, accepting, accepting_alike, setting_aside, typing, without
from selection.intake.differences import Changed, Differences, FieldChange, changes, differences
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
    "differences",
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
    "setting_aside",
    "template_workbook",
    "typing",
    "without",
]
