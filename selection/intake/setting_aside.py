"""Rows that are no application: totals, notes, repeated headers, test rows, rows without a name."""

from __future__ import annotations

import re

from selection.intake.application_sheet import ApplicationSheet
from selection.intake.draft import Draft
from selection.intake.values.names import is_certain_test, is_total, looks_like_name
from selection.intake.wording import fold, written

#: A row with this many filled cells or fewer, and no name, is a remark or a sum beside the data.
FEW_CELLS = 2
_NUMBER = re.compile(r"[\d\s.,%-]+")


def reason_for(draft: Draft, sheet: ApplicationSheet, *, kept: bool) -> str | None:
    """The code of why a row is set aside, ``None`` for an application.

    ``kept`` is a person's decision that the row is one in spite of its look; a row without a name still cannot be.
    """
    cells = [cell for cell in sheet.layout.sheet.rows[draft.row] if cell is not None]
    first = written(cells[0])
    if not kept:
        if is_total(first) or (len(cells) > 1 and not draft.name and is_total(written(cells[1]))):
            return "total_row"
        if draft.row in sheet.sections:
            return "section_row"
        # Ticked options are written as their headers are; a name is never its header.
        if len(cells) > 1 and (not draft.name or fold(draft.name) in sheet.header_texts):
            alike = sum(fold(written(cell)) in sheet.header_texts for cell in cells)
            if alike >= 0.6 * len(cells):
                return "repeated_header"
        if draft.name and is_certain_test(draft.name):
            return "test_row"
        # A text alone on its row is a note under the data, unless it could be somebody's name.
        if draft.name and len(cells) == 1 and len(sheet.layout.headers) > FEW_CELLS and not looks_like_name(first):
            return "note_row"
    if not draft.name:
        if len(cells) > FEW_CELLS or draft.email:
            return "no_name"
        return "total_row" if all(_NUMBER.fullmatch(written(cell)) for cell in cells) else "note_row"
    if not kept and draft.row in sheet.withdrawn:
        return "withdrawn"
    return None if kept else _refusal(draft, sheet)


def _refusal(draft: Draft, sheet: ApplicationSheet) -> str | None:
    """Why the rules refuse the applicant for age; who states no birth year is not refused."""
    if draft.birth_year is None:
        return None
    rules = sheet.rules.eligibility
    age = rules.age_on.year - draft.birth_year
    return rules.refusal((age, age))
