"""What a round lacks where no column answers a field that its rules, or the law, count by."""

from __future__ import annotations

from dataclasses import replace

from selection.intake.results import Intake, Note
from selection.model.rules import Rules
from selection.model.titles import rule_name

#: Fields that are said of where they were not read; the law counts by gender whatever the rules say.
TOLD = ("gender", "official")


def with_lacking(intake: Intake, rules: Rules) -> Intake:
    """The intake with a note for each such field that no column answers, which names the rules that count by it."""
    notes = []
    for field in TOLD:
        if field in intake.asked:
            continue
        counted = [rule.id for rule in rules.rules if any(field in one.fields for one in rule.counts)]
        told = ", ".join(rule_name(rules, id) for id in counted)
        by_law = field == "gender" and rules.law.equality_act
        if told or by_law:
            notes.append(Note("", "", f"{field}_not_read" if told else "gender_not_read_law", {"rules": told}))
    return replace(intake, notes=(*intake.notes, *notes)) if notes else intake
