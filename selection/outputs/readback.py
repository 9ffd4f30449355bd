"""Reading a workbook back: the rosters as they stand on the tables' sheets, and where people changed them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from selection.errors import EditedRosterError, Problem, ProposalFileError
from selection.model.people import Applicant, Role
from selection.model.roster import Seat
from selection.outputs.checkable import Checkable
from selection.outputs.checkable_parsing import is_checkable, parse
from selection.outputs.people import parse_place
from selection.outputs.rosters import BESIDE
from selection.outputs.sheets import clean

#: A sheet as the reader of files gives it: its name, and its cells from A1.
SheetCells = tuple[str, Sequence[Sequence[object]]]

#: The header stands within so many first rows: people insert a title above it.
_HEADER_WITHIN = 10


def checkable_in(sheets: Sequence[SheetCells], *, file: str) -> Checkable:
    """What the workbook's checkable sheet holds.

    Raises
    ------
    ProposalFileError
        if there is no such sheet, it cannot be read, or it names tables that its rules do not have.
    """
    rows = next((rows for _, rows in reversed(sheets) if is_checkable(rows)), None)
    if rows is None:
        raise ProposalFileError("proposal_not_one", file=file)
    found = parse(rows, file=file)
    tables = {code.removeprefix("sheet.") for code in found.layout if code.startswith("sheet.")}
    tables |= {seat.table for seat in (*found.seats, *(found.held or ()))}
    if not tables <= set(found.rules().table_ids):
        raise ProposalFileError("workbook_incomplete", file=file)
    return found


def recorded_seats(checkable: Checkable) -> tuple[Seat, ...]:
    """The roster as the program proposed it."""
    return tuple(Seat(one.key, one.table, one.role, one.deputy_of) for one in checkable.seats)


def exported_seats(checkable: Checkable) -> tuple[Seat, ...]:
    """The roster that the workbook was written with: the proposal, or what people had made of it by then."""
    held = checkable.seats if checkable.held is None else checkable.held
    return tuple(Seat(one.key, one.table, one.role, one.deputy_of) for one in held)


def roster_in(
    sheets: Sequence[SheetCells], checkable: Checkable, applicants: Iterable[Applicant], *, file: str
) -> tuple[Seat, ...]:
    """The roster as it stands on the tables' sheets, edited by people or not.

    Names are matched to applicants as written, letter case and spaces aside; of several with one name, the one whose
    application stands in the row that the sheet names, or who was added by hand where it names none.

    Raises
    ------
    EditedRosterError
        if a sheet or a header is missing, or a name is no applicant's or that of several.
    """
    reader = _Reader(checkable.layout, applicants)
    cells = dict(sheets)
    for code, title in checkable.layout.items():
        kind, _, table = code.partition(".")
        if kind != "sheet":
            continue
        if title in cells:
            reader.read(table, title, cells[title])
        else:
            reader.problem("workbook_sheet_missing", sheet=title)
    if reader.problems:
        raise EditedRosterError(file, reader.problems)
    return reader.in_order()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a table's sheet: its number as Excel shows it, its cells, and whether it names anybody for a seat."""

    number: int
    cells: Sequence[object]
    is_seat: bool


def rows_of_table(rows: Sequence[Sequence[object]], checkable: Checkable) -> list[SheetRow]:
    """The rows of a table's sheet, from the first; those above the header name nobody."""
    reader = _Reader(checkable.layout, ())
    found = reader.header(rows)
    header, columns = (len(rows), {}) if found is None else found
    return [
        SheetRow(number, row, number > header + 1 and reader.is_seat(_Row("", number, row, columns)))
        for number, row in enumerate(rows, start=1)
    ]


#: A place in an order before or behind a word: ``2. varajäsen``, ``Ersättare 2``.
_NUMBERED = re.compile(r"(?:(\d{1,4})\s*[.:]\s*)?(.*?)(?:\s+(\d{1,4}))?", re.DOTALL)


def numbered(word: str) -> tuple[int, str]:
    """The place in an order that a word for a seat tells (0 where it tells none), and the word without it."""
    found = _NUMBERED.fullmatch(word.strip())
    assert found is not None  # any text matches
    before, bare, after = found.groups()
    return int(before or after or 0), bare


def same_name(name: str) -> str:
    """A name for comparing: letter case, spaces and the way letters are composed aside."""
    return " ".join(unicodedata.normalize("NFKC", clean(name)).split()).casefold()


class _Reader:
    """Reads sheet after sheet; gathers seats and problems."""

    def __init__(self, layout: Mapping[str, str], applicants: Iterable[Applicant]) -> None:
        self._headers = {
            code.removeprefix("column."): same_name(header)
            for code, header in layout.items()
            if code.startswith("column.")
        }
        self._roles = {same_name(word): Role(code[5:]) for code, word in layout.items() if code.startswith("role.")}
        self._beside = same_name(layout[BESIDE]) if BESIDE in layout else None
        self._named: dict[str, list[Applicant]] = {}
        for one in applicants:
            self._named.setdefault(same_name(one.name), []).append(one)
        self.seats: list[Seat] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self.problems: list[Problem] = []

    def in_order(self) -> tuple[Seat, ...]:
        """The seats as they stand on the sheets; deputies with a place in an order by that."""
        place = {id(seat): number for number, seat in enumerate(self.seats)}
        groups: dict[tuple[str, Role], list[Seat]] = {}
        for seat in self.seats:
            groups.setdefault((seat.table, seat.role), []).append(seat)
        by_number = {
            id(old): new
            for group in groups.values()
            for old, new in zip(
                group,
                sorted(group, key=lambda one: (self._numbers.get((one.person, one.table), 0), place[id(one)])),
                strict=True,
            )
        }
        return tuple(by_number[id(seat)] for seat in self.seats)

    def problem(self, code: str, **params: object) -> None:
        self.problems.append(Problem(code, params))

    def read(self, table: str, sheet: str, rows: Sequence[Sequence[object]]) -> None:
        found = self.header(rows)
        if found is None:
            self.problem("workbook_header_missing", sheet=sheet)
            return
        header, columns = found
        for number, row in enumerate(rows[header + 1 :], start=header + 2):
            self._read_row(table, _Row(sheet, number, row, columns))

    def header(self, rows: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]] | None:
        for number, row in enumerate(rows[:_HEADER_WITHIN]):
            written = [same_name(str(cell)) if cell is not None else "" for cell in row]
            if all(header in written for header in self._headers.values()):
                return number, {code: written.index(header) for code, header in self._headers.items()}
        return None

    def is_seat(self, row: _Row) -> bool:
        """Whether a row names anybody for a seat, and not beside the seats."""
        beside = self._beside is not None and same_name(row.text("role")) == self._beside
        return bool(row.text("name") or row.text("deputy")) and not beside

    def _read_row(self, table: str, row: _Row) -> None:
        if not self.is_seat(row):
            return
        name, deputy, word = row.text("name"), row.text("deputy"), row.text("role")
        number, plain = numbered(word)
        role = self._roles.get(same_name(plain)) if word else Role.MEMBER
        if role is None:
            self.problem("workbook_role_unknown", sheet=row.sheet, cell=row.address("role"))
            return
        if deputy and name and role != Role.MEMBER:
            self.problem("workbook_deputy_misplaced", sheet=row.sheet, cell=row.address("deputy"))
            return
        key = self._person(row, "name", "place") if name else None
        if key:
            self.seats.append(Seat(key, table, role))
            self._numbers[key, table] = number
        if deputy and (beside := self._person(row, "deputy", "deputy_place")):
            self.seats.append(Seat(beside, table, Role.DEPUTY, key))

    def _person(self, row: _Row, column: str, place: str) -> str | None:
        """The key of the person whom a cell names."""
        named = self._named.get(same_name(row.text(column)), [])
        if len(named) > 1:
            file, sheet, number = parse_place(row.cell(place))
            named = [
                one
                for one in named
                if (one.origin is None and number is None)
                or (
                    one.origin is not None
                    and one.origin.row == number
                    and sheet in (None, one.origin.sheet)
                    and file in (None, one.origin.file)
                )
            ]
            if len(named) != 1:
                self.problem("workbook_name_ambiguous", sheet=row.sheet, cell=row.address(column))
                return None
        if not named:
            self.problem("workbook_name_unknown", sheet=row.sheet, cell=row.address(column))
            return None
        return named[0].key


@dataclass(frozen=True, slots=True)
class _Row:
    sheet: str
    number: int
    cells: Sequence[object]
    columns: Mapping[str, int]

    def cell(self, column: str) -> object:
        place = self.columns.get(column)
        return None if place is None or place >= len(self.cells) else self.cells[place]

    def text(self, column: str) -> str:
        cell = self.cell(column)
        return "" if cell is None else " ".join(str(cell).split())

    def address(self, column: str) -> str:
        return f"{get_column_letter(self.columns[column] + 1)}{self.number}"
