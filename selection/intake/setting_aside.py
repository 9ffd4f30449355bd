"""Rows that are no application: totals, notes, repeated headers, test rows, rows without a name."""

from __future__ import annotations

from selection.intake.draft import Draft
from selection.intake.rows import SheetReader
from selection.intake.values.names import is_certain_test, is_total, looks_like_name
from selection.intake.wording import fold, is_empty, written


def reason_for(draft: Draft, sheet: SheetReader, *, kept: bool) -> str | None:
    """The code of why a row is set aside, ``None`` for an application.

    ``kept`` is a person's decision that the row is one in spite of its look; a row without a name still cannot be.
    """
    cells = [cell for cell in sheet.layout.sheet.rows[draft.row] if not is_empty(cell)]
    texts = [written(cell) for cell in cells]
    if not kept:
        if texts and is_total(texts[0]):
            return "total_row"
        headers = {fold(header.text) for header in sheet.layout.headers if header.text}
        if len(texts) > 1 and sum(fold(text) in headers for text in texts) >= 0.6 * len(texts):
            return "repeated_header"
        if draft.name and is_certain_test(draft.name):
            return "test_row"
    if draft.name:
        # A text alone on its row is a note under the data, unless it could be somebody's name.
        lonely = len(cells) == 1 and len(sheet.layout.headers) > 2
        if not kept and lonely and not looks_like_name(texts[0]):
            return "note_row"
    elif len(cells) <= 2 and not draft.email:
        return (
            "note_row" if any(not text.replace(".", "").replace(",", "").isdigit() for text in texts) else "total_row"
        )
    else:
        return "no_name"
    rules = sheet.rules.eligibility
    if rules.below_minimum == "refuse" and rules.minimum_age is not None and not kept:
        age = rules.age_on.year - draft.birth_year if draft.birth_year is not None else None
        if age is not None and age < rules.minimum_age:
            return "under_age"
    return None
