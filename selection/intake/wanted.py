"""Wanted: the tables that a row names, from whichever columns, or that it stands under."""

from __future__ import annotations

import re

from selection.intake.application_sheet import BRACKETED
from selection.intake.columns import ColumnMatch
from selection.intake.reader import Cell
from selection.intake.row import Row
from selection.intake.values.places import district_of
from selection.intake.values.reading import Reading
from selection.intake.values.wish_order import rank_of
from selection.intake.values.wishes import Wishes, read_wishes
from selection.intake.wording import fold, written

#: A header under which a person names the tables that will not do.
_REFUSES = re.compile(
    r"\b(?:ei|en) (?:missään (?:nimessä|tapauksessa)|lainkaan|ollenkaan|ainakaan|toivo\w*|halu\w*|käy|sovi)\b|"
    r"\b(?:absolut|verkligen|definitivt|helst) inte\b|\binte (?:alls|önska\w*)\b|\bunder inga\b|\bvill (?:jag )?inte\b|"
    r"\bdefinitely not\b|\b(?:not|do not|don't) want\w*\b|\b(?:unwanted|vältettäv|poissulje|undvik|avoid|exclude)\w*"
)
#: Words that say that a place is named as a table, not as where somebody is from.
_OF_TABLES = re.compile(r"pöy[dt]|alue|\bbord|område|\btable|\barea")


def read_wanted(row: Row) -> None:
    """Read the wishes of a row into its draft."""
    names = row.sheet.names
    texts: list[tuple[ColumnMatch | None, Cell]]
    chosen: list[ColumnMatch] = []
    odd: list[ColumnMatch] = []
    if "wishes" in row.instead:
        texts = [(row.sheet.column_of("wishes"), row.instead["wishes"])]
    else:
        wishes = [match for match in row.matches("wishes") if match.option is None]
        texts = [(match, _said(row, match)) for match in wishes if not _REFUSES.search(fold(match.header))]
        chosen, odd = row.ticked("wishes")
    tables: list[str] = []
    ordered = True
    for match, cell in texts:
        reading = read_wishes(cell, names)
        if reading.value is None and reading.remarks:
            reading = _wish_by_district(row, cell) or reading
        row.remark(match, written(cell), reading.remarks)
        if reading.value is not None:
            ordered = ordered and (reading.value.ordered or bool(tables))
            tables += reading.value.tables
    ranks = [rank_of(written(row.cell(match))) or 0 for match in chosen]
    options = sum(match.option is not None for match in row.matches("wishes"))
    if len(chosen) > 1 and all(ranks) and (len(set(ranks)) < len(ranks) or max(ranks) > max(options, 2)):
        row.note(chosen[0], "wish_rated", ", ".join(written(row.cell(match)) for match in chosen))
    if len(chosen) > 1 and all(ranks) and len(set(ranks)) == len(ranks) and max(ranks) <= max(options, 2):
        chosen = [match for _, match in sorted(zip(ranks, chosen, strict=True), key=lambda pair: pair[0])]
    else:
        ordered = ordered and not chosen
    for match in chosen:
        table = names.titled(match.option or "")
        if table is None and not names.is_any(match.option or ""):
            row.note(match, "table_unknown", match.option or "")
            continue
        tables += (table,) if table is not None else names.ids
    for match in odd:
        row.note(match, "tick_unclear", written(row.cell(match)))
    if not tables and not row.matches("wishes"):  # "eteläiseen pöytään asukkaana", to a question about both
        answers = (fold(written(row.cell(match))) for match in row.matches("kind"))
        tables += (table for said in answers if _OF_TABLES.search(said) for _, table in names.named_in(said)[0])
    if not tables and (section := row.sheet.section_of(row.index)) is not None:
        tables = [section]
    refused = _refused(row) if "wishes" not in row.instead else set()
    tables = [table for table in tables if table not in refused]
    if not ordered:
        tables.sort(key=names.ids.index)
    row.draft.wishes = Wishes(tuple(dict.fromkeys(tables)), ordered)


def _refused(row: Row) -> set[str]:
    """The tables that a row names in columns of those that will not do; what names none there is told."""
    refused: set[str] = set()
    for match in row.matches("wishes"):
        if match.option is not None or not _REFUSES.search(fold(match.header)):
            continue
        reading = read_wishes(row.cell(match), row.sheet.names)
        row.remark(match, written(row.cell(match)), reading.remarks)
        refused.update(reading.value.tables if reading.value is not None else ())
    return refused


def _said(row: Row, match: ColumnMatch) -> Cell:
    """A wish without the explanation in brackets that the form's own option holds, as many rows share it."""
    cell = row.cell(match)
    shared = row.sheet.explanations.get(match.index, frozenset()) if isinstance(cell, str) else frozenset()
    if not isinstance(cell, str) or not shared:
        return cell
    return BRACKETED.sub(lambda one: " " if fold(one[1]) in shared else one[0], cell)


def _wish_by_district(row: Row, cell: Cell) -> Reading[Wishes] | None:
    """The table of a district that is named in place of a table (``Launeen pöytä``); said, as it is only likely."""
    district = district_of(written(cell))
    table = row.sheet.rules.table_of_postal_code(district[1]) if district is not None else None
    return Reading(Wishes((table,))).but("wish_by_district", table) if table is not None else None
