"""Posts: the positions of trust that a row tells of, by its headers and its cells together."""

from __future__ import annotations

import re

from selection.intake.row import Row
from selection.intake.values.choices import yes_or_no
from selection.intake.values.officials import read_official, without_parties
from selection.intake.wording import written

#: The term of office that a header asks of.
_TERM = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-–—]\s*(?:19|20)?\d\d(?!\d)")


def read_posts(row: Row) -> None:
    """Read the positions of trust of a row into its draft, and whether it names the youth council."""
    if not row.matches("official") and "official" not in row.instead:
        return
    match, said = row.answers("official")
    if not said and match is not None and match.index in row.sheet.coded:
        return  # a code that nothing explains
    term = _TERM.search(match.header) if match is not None else None
    if term is not None and said and "official" not in row.instead:
        said = f"{said} ({term.group()})"  # a yes to a question of a term is a yes of that term
    reading = read_official(said, row.sheet.rules.eligibility.age_on, row.sheet.municipalities)
    row.remark(match, without_parties(said), reading.remarks)
    if not said:
        for denied in row.matches("official"):
            if denied.index in row.sheet.negative and yes_or_no(written(row.original(denied))) is False:
                row.note(denied, "official_unclear", written(row.original(denied)))  # a no to a denial
    if reading.value is not None:
        row.draft.values["official"] = reading.value.official
        if reading.value.youth_council:
            row.draft.values["youth_council"] = ("yes",)
