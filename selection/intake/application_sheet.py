"""A sheet of applications: what all its rows share."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from selection.intake.columns import AGE_FIELDS, OWN, ColumnMatch, asked_beside_name, is_negative, normalised
from selection.intake.layout import merged_cells
from selection.intake.legends import is_coded
from selection.intake.mapping import Mapping as ColumnMapping
from selection.intake.marked_rows import doubtful_rows, withdrawn_rows
from selection.intake.persons import Block
from selection.intake.repeated import blank_below, dittos
from selection.intake.selecting import Chosen
from selection.intake.shared_cells import are_last_first
from selection.intake.values.choices import is_mark, yes_or_no
from selection.intake.values.kinds import read_kind
from selection.intake.values.moments import read_moments
from selection.intake.values.municipalities import municipalities_in
from selection.intake.values.own_values import named_values
from selection.intake.values.reading import Reading
from selection.intake.values.seats import asks_of_deputies
from selection.intake.values.wish_order import rank_in
from selection.intake.values.wishes import TableNames
from selection.intake.values.zones import zone_of_column
from selection.intake.wording import fold, is_empty, written

if TYPE_CHECKING:
    from selection.model.rules import Rules
    from selection.model.spelling import Spellings

#: How much of an answer is searched for what it means, in letters.
SEARCHED = 2_000
#: A text in brackets, and how many rows share one that is of the form's own option.
BRACKETED = re.compile(r"\(([^()\n]{2,200})\)")
SHARED = 3
#: Columns whose answers are read for one thing and then forgotten.
NOT_KEPT = ("street_address", "birth_date")
#: Fields of the pool that a column of the same name answers.
_SAME = (
    "gender",
    "kind",
    "organisation",
    "organisation_type",
    "mother_tongue",
    "situation",
    "official",
    "youth_council",
    "served_before",
    "postal_code",
    "district",
    "municipality",
)


#: Fields of choices, whose numbers are codes.
_CODED = (
    "gender", "kind", "organisation_type", "mother_tongue", "situation", "official", "youth_council", "served_before",
    "roles", "consent", "non_disclosure", "wishes", "age_group",
)  # fmt: skip
#: Fields of a yes or a no, which a header may deny.
_DENIABLE = ("official", "youth_council", "served_before", "roles", "consent", "non_disclosure")


class ApplicationSheet:
    """What the rows of one sheet share.

    Attributes
    ----------
    number
        The sheet's place among all that are read.
    by_field
        Field → the columns in use that answer it, best first.
    kept
        Columns whose answers are kept as written, each with the name they are kept under.
    legends, coded
        What the numbers of columns stand for, and columns of numbers that nothing explains.
    negative
        Columns whose headers deny what they name: a tick is a no.
    merged
        Row and column → the value of the merged cell that covers the place from above.
    dittos
        Row and column of a ditto mark → the answer above that it repeats.
    errors
        Row and column → the error that a formula gave in place of a value.
    first
        The number of the sheet of the first person of the same rows; its own where a row is one person's.
    block
        The person of several in a row whose columns these are; ``None`` where a row is one person's.
    places_with_codes
        Fields of places whose answers hold postal codes.
    identities
        Row and column → birth year of a personal identity code blanked there, and whether it was all the cell held.
    """

    def __init__(
        self,
        number: int,
        file: str,
        chosen: Chosen,
        rules: Rules,
        names: TableNames,
        mapping: ColumnMapping | None = None,
        block: Block | None = None,
    ) -> None:
        self.number, self.file, self.layout, self.table = number, file, chosen.layout, chosen.table
        self.columns, self.rules, self.names, self.block = chosen.columns, rules, names, block
        if block is not None:
            self.columns, self.table = block.columns, block.table or chosen.table
        self.mapping = mapping or ColumnMapping()
        fields = dict.fromkeys(match.field for match in self.columns if match.used and match.field is not None)
        self.by_field = {field: chosen.matcher.in_order(self.columns, field) for field in fields}
        self.known_codes = (*(code for table in rules.tables for code in table.postal_codes), *rules.ask_postal_codes)
        self.kept = tuple(_kept(self.columns))
        self.merged = merged_cells(self.layout)
        self.dittos = dittos(self.layout, self.columns)
        self.identities = {(row, column): (year, whole) for row, column, year, whole in self.layout.sheet.identities}
        self.errors = {(row, column): written for row, column, written in self.layout.sheet.errors}
        self.places_with_codes = tuple(
            match.field
            for match in self.columns
            if match.used and match.field in ("municipality", "district") and match.suggestion == "postal_code"
        )
        self.negative = frozenset(
            match.index
            for match in self.columns
            if match.used and match.field in _DENIABLE and match.option is None and is_negative(match.header)
        )
        self.legends = chosen.matcher.legends
        self.coded = frozenset(
            match.index
            for match in self.columns
            if match.used
            and match.field in _CODED
            and match.option is None
            and match.index not in self.legends
            and normalised(match.header) not in self.mapping.values
            and is_coded(self.layout.column(match.index))
        )
        self.struck = frozenset(self.layout.sheet.struck)
        self.notes = {(row, column): text for row, column, text in self.layout.sheet.notes}
        self.moments, self.moments_assumed = self._moments()
        self.all_columns = chosen.columns
        self.is_first = block is None or block is chosen.blocks[0]
        self.first = number if block is None else number - chosen.blocks.index(block)

    def _moments(self) -> tuple[dict[int, Reading[dt.datetime]], bool]:
        matches = self.by_field.get("submitted_at", ())
        if not matches:
            return {}, False
        rows = self.layout.header_rows
        described = " ".join(written(self.layout.cell(row, matches[0].index)) for row in rows)
        zone = zone_of_column(matches[0].header, described)
        readings, assumed = read_moments(self.layout.column(matches[0].index), zone)
        return dict(zip(self.layout.data_rows, readings, strict=True)), assumed

    @cached_property
    def municipalities(self) -> tuple[str, ...]:
        """The round's own municipalities: those that the rules' name, title or tables name, and those
        whose posts a header asks of."""
        tables = (name for table in self.rules.tables for name in (table.id, *table.names))
        asked = (match.header for match in self.by_field.get("official", ()))
        return municipalities_in(", ".join([self.rules.name, self.rules.title, *tables, *asked]))

    @cached_property
    def asked(self) -> frozenset[str]:
        """Fields of the pool that a column of this sheet answers."""
        found = {field for field in _SAME if field in self.by_field}
        named = self.by_field.get("name", ())
        if any(field in self.by_field for field in AGE_FIELDS) or any(asked_beside_name(one.header) for one in named):
            found.add("age")
        if "organisation" in self.by_field:
            found.add("kind")
        if self.kind_tells_type:
            found.add("organisation_type")
        if "street_address" in self.by_field or self.places_with_codes:
            found.add("postal_code")
        return frozenset(found) | {name.removeprefix(OWN) for name in self.by_field if name.startswith(OWN)}

    @cached_property
    def kind_tells_type(self) -> bool:
        """Whether the answers to "as what do you apply?" are types of organisation, which no other column asks."""
        if "organisation_type" in self.by_field:
            return False
        matches = self.by_field.get("kind", ())
        answers = {match.option for match in matches} | {
            written(cell)[:SEARCHED]
            for match in matches
            if match.option is None
            for cell in self.layout.column(match.index)
        }
        readings = (read_kind(answer) for answer in answers if answer)
        return len({one.value.organisation_type for one in readings if one.value is not None} - {None}) > 1

    @cached_property
    def own_values(self) -> dict[str, Spellings]:
        """Field of the city's own → the values of it that the rules name."""
        names = (name.removeprefix(OWN) for name in self.by_field if name.startswith(OWN))
        return {name: named_values(self.rules, name) for name in names}

    @cached_property
    def organisations_above(self) -> dict[int, str]:
        """Rows whose organisation may be that of a row above: row → the organisation; see :func:`blank_below`."""
        organisation = self.column_of("organisation")
        name = self.column_of("name") or self.column_of("last_name") or self.column_of("first_name")
        is_form = "submitted_at" in self.by_field or "kind" in self.by_field
        if organisation is None or name is None or is_form or self.dittos or self.merged:
            return {}
        return blank_below(self.layout, organisation, name)

    @cached_property
    def sections(self) -> dict[int, str]:
        """Rows that hold only a table's name, a heading over its applicants: row → the table's id."""
        found: dict[int, str] = {}
        for row in self.layout.data_rows:
            cells = self.layout.sheet.rows[row]
            only = [cell for cell in cells if cell is not None] if cells.count(None) == len(cells) - 1 else []
            table = self.names.titled(written(only[0])) if only else None
            if table is not None:
                found[row] = table
        return found

    @cached_property
    def explanations(self) -> dict[int, frozenset[str]]:
        """Of each column of wishes the texts in brackets that many rows share: the form's options hold them, and
        the names in them are no wishes."""
        found: dict[int, frozenset[str]] = {}
        for match in self.by_field.get("wishes", ()):
            counts: Counter[str] = Counter()
            for cell in self.layout.column(match.index):
                if isinstance(cell, str) and "(" in cell:
                    counts.update({fold(one) for one in BRACKETED.findall(cell)})
            shared = {said for said, rows in counts.items() if rows >= SHARED and not self._says_wish(said)}
            found[match.index] = frozenset(shared)
        return found

    def _says_wish(self, bracket: str) -> bool:
        """Whether a text in brackets may be a wish of its own: a table's name and no more, or one with a rank."""
        return rank_in(bracket) is not None or self.names.titled(bracket) is not None

    @cached_property
    def deputy_answers(self) -> dict[int, frozenset[bool | None]]:
        """Of each column that asks about deputies whether its answers are yes, no or neither."""
        return {
            match.index: frozenset(
                yes_or_no(said) for said in {written(cell) for cell in self.layout.column(match.index)} if said
            )
            for match in self.by_field.get("roles", ())
            if match.option is None and asks_of_deputies(match.header)
        }

    @cached_property
    def deputy_ticks(self) -> frozenset[int]:
        """Columns to tick by who is willing as a deputy too, where somebody ticked one: an empty cell is a no."""
        found = set()
        for match in self.by_field.get("roles", ()):
            cells = [cell for cell in self.layout.column(match.index) if not is_empty(cell)]
            asked = asks_of_deputies(match.header) and match.index not in self.negative
            if match.option is None and asked and cells and all(map(is_mark, cells)):
                found.add(match.index)
        return frozenset(found)

    @cached_property
    def withdrawn(self) -> frozenset[int]:
        """Rows whose application was taken back: see :func:`selection.intake.marked_rows.withdrawn_rows`."""
        return withdrawn_rows(self.layout, self.columns, self.names)

    @cached_property
    def doubtful(self) -> dict[int, ColumnMatch]:
        """Rows that a status gives another reason for why somebody may not stand: row → its column."""
        return doubtful_rows(self.layout, self.columns)

    @cached_property
    def comma_names(self) -> frozenset[int]:
        """Columns of names in which a comma stands between a last and a first name."""
        names = (*self.by_field.get("name", ()), *self.by_field.get("first_name", ()))
        return frozenset(match.index for match in names if are_last_first(self.layout.column(match.index)))

    def section_of(self, index: int) -> str | None:
        """The table whose heading stands above a row, or whose sheet this is."""
        above = [row for row in self.sections if row < index]
        return self.sections[max(above)] if above else self.table

    @cached_property
    def header_texts(self) -> frozenset[str]:
        """The headers, folded."""
        return frozenset(fold(header.text) for header in self.layout.headers if header.text)

    def column_of(self, field: str) -> ColumnMatch | None:
        """The best column of a field."""
        return next(iter(self.by_field.get(field, ())), None)


def _kept(columns: Iterable[ColumnMatch]) -> Iterator[tuple[str, ColumnMatch]]:
    """Columns in use with their headers, made different where two are alike."""
    names: set[str] = set()
    for match in columns:
        if match.used and match.field is not None and match.field not in NOT_KEPT:
            name = match.header
            while name in names:
                name += " "
            names.add(name)
            yield name, match
