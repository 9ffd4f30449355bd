"""Intake: application spreadsheets → applications, with everything a person should look at."""

from selection.intake.assembly import intake_of, read_applications
from selection.intake.columns import FIELDS, ColumnMatch
from selection.intake.corrections import Correction, accepting, accepting_alike, setting_aside, typing, without
from selection.intake.identity import person_key
from selection.intake.mapping import Mapping, MappingDifference, fits, mapping_difference, mapping_of
from selection.intake.results import Application, Finding, Intake, Note, SetAside, SourceFile

__all__ = [
    "FIELDS",
    "Application",
    "ColumnMatch",
    "Correction",
    "Finding",
    "Intake",
    "Mapping",
    "MappingDifference",
    "Note",
    "SetAside",
    "SourceFile",
    "accepting",
    "accepting_alike",
    "fits",
    "intake_of",
    "mapping_difference",
    "mapping_of",
    "person_key",
    "read_applications",
    "setting_aside",
    "typing",
    "without",
]
