"""People of a row: who is named where one cell of a row names several."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selection.intake.application_sheet import ApplicationSheet
from selection.intake.columns import ColumnMatch
from selection.intake.owners import names_deputy_second
from selection.intake.shared_cells import CellPerson
from selection.intake.values.several_names import NamedPerson, people_named
from selection.intake.wording import fold, written


def people_of_row(sheet: ApplicationSheet, row: int) -> Iterator[CellPerson]:
    """The people of a row whose names stand in one cell; nobody where it is one person's."""
    if sheet.mapping.persons == 1:
        return
    for match in sheet.by_field.get("name", ()):
        people = _people_in(sheet, row, match)
        if people and names_deputy_second(match.header) and all(one.seat is None for one in people):
            first = NamedPerson(people[0].text, _first_seat(match.header))
            people = (first, *(NamedPerson(one.text, "deputy") for one in people[1:]))
        if people:
            yield from (CellPerson(place, people, match.index) for place in range(len(people)))
            return
    for match in sheet.by_field.get("first_name", ()):
        people = _people_in(sheet, row, match) or _slashed(sheet, row, match)
        yield from (CellPerson(place, people, match.index) for place in range(len(people)))


def _people_in(sheet: ApplicationSheet, row: int, match: ColumnMatch) -> tuple[NamedPerson, ...]:
    cell = sheet.layout.cell(row, match.index)
    return people_named(written(cell), match.index not in sheet.comma_names) if isinstance(cell, str) else ()


def _slashed(sheet: ApplicationSheet, row: int, match: ColumnMatch) -> tuple[NamedPerson, ...]:
    """The people of first names between slashes, where as many last names stand beside them."""
    first = written(sheet.layout.cell(row, match.index))
    last = next((written(sheet.layout.cell(row, one.index)) for one in sheet.by_field.get("last_name", ())), "")
    names, families = (re.split(r"\s*/\s*", said) for said in (first, last))
    alike = 1 < len(names) == len(families) and all(names) and all(families)
    return tuple(NamedPerson(name) for name in names) if alike else ()


def _first_seat(header: str) -> str | None:
    """``member`` where the header of two names calls the first one so."""
    return "member" if re.match(r"\W*(?:varsinai|jäsen|ordinarie|ledam|medlem|member)", fold(header)) else None
