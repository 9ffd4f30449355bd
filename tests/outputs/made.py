"""A small proposal for tests of outputs: drawn at random, solved to the end in a fraction of a second."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from python_calamine import CalamineWorkbook

from selection.model.people import Applicant, Origin
from selection.model.pool import Pool
from selection.outputs.readback import SheetCells
from selection.proposal import Proposal, propose
from tests.strategies import random_applicants, tiny_rules

NAMES = ("Åke Öhman", "Maija Äijälä", "Bo Zetterberg", "Anna-Liisa Aalto", "Kalle Virtanen")

#: The fewest rules that a document says something of: shares of women and men, and goals of every priority.
GENDERS: list[dict[str, Any]] = [
    {"id": "women", "field": "gender", "values": ["woman"], "at_least_share": "20 %"},
    {"id": "men", "field": "gender", "values": ["man"], "at_least_share": "20 %"},
]


def people(count: int = 14) -> list[Applicant]:
    """Applicants with names that try the alphabet, two of one name, in rows of one sheet."""
    made = []
    for number, one in enumerate(random_applicants(count, 7)):
        name = {**dict(enumerate(NAMES)), count - 1: "Kalle Virtanen"}.get(number, f"Etu{number} Suku{number % 5}")
        made.append(
            Applicant(
                one.key,
                name,
                Origin("haku.xlsx", "Vastaukset", number + 2),
                one.wishes,
                one.wishes_ordered,
                one.roles,
                one.birth_year,
                None,
                one.values,
            )
        )
    return made


@cache
def proposal() -> Proposal:
    """The proposal of the small round."""
    rules = tiny_rules(title="Koekierros", reserves={"aim": 1})
    return propose(Pool.build(people(), rules), rules)


def sheets_of(data: bytes) -> list[SheetCells]:
    """The sheets of a workbook's bytes, read by the library that the intake's child process uses."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
