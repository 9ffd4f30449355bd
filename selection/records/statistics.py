"""What stays of a round without its people: counts of the applicants and of those seated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from selection.model.roster import Roster
from selection.model.vocabulary import VOCABULARY
from selection.records.people import field_values
from selection.records.tables import Application

#: Bands of age for statistics, first and last year of each.
AGE_BANDS = ((0, 17), (18, 29), (30, 44), (45, 64), (65, 74), (75, 150))
#: Fields that are counted: those of closed values, and the area.
COUNTED = (*VOCABULARY, "postal_code")


def statistics_of(applications: Iterable[Application], roster: Roster | None, year: int) -> dict[str, Any]:
    """Counts per field and value of all active applications, and of the seated per table and role.

    ``year`` is the year of which ages are counted. Nothing here names a person or crosses two fields.
    """
    active = [row for row in applications if row.status == "active"]
    by_key = {row.person_key: row for row in active}
    groups: dict[str, list[Application]] = {"applicants": active}
    for seat in roster.seats if roster else ():
        if seat.person in by_key:
            groups.setdefault(f"{seat.table}/{seat.role.value}", []).append(by_key[seat.person])
    return {
        group: {"n": len(rows), "fields": {field: _counts(rows, field, year) for field in (*COUNTED, "age")}}
        for group, rows in sorted(groups.items())
    }


def _counts(rows: list[Application], field: str, year: int) -> dict[str, int]:
    counter: Counter[str] = Counter()
    for row in rows:
        if field == "age":
            counter.update(_age_bands(row, year))
        else:
            counter.update(field_values(row.current, field) or ["unknown"])
    return dict(sorted(counter.items()))


def _age_bands(row: Application, year: int) -> list[str]:
    born = row.current.get("birth_year")
    stated = row.current.get("age_stated")
    age = year - born if born else (stated[0] if stated else None)
    if age is None:
        return ["unknown"]
    return [f"{least}–{most}" if most < 150 else f"{least}+" for least, most in AGE_BANDS if least <= age <= most]
