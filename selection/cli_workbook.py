"""What the commands share of workbooks: reading one through the intake's reader, and telling what people changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from selection.intake import Intake
from selection.intake.reader import read_books
from selection.outputs.people import Details, table_title
from selection.outputs.readback import SeatChange, SheetCells
from selection.pool import Applicant
from selection.proposal import Seat
from selection.texts import label, text

_out = Console(highlight=False, soft_wrap=True)


def sheet_cells(path: Path) -> list[SheetCells]:
    """The sheets of a workbook, parsed by a child process under the limits on files from outside.

    Raises
    ------
    FileError
        if the file is missing, over a limit, encrypted, damaged, or no spreadsheet.
    """
    return [(sheet.name, sheet.rows) for sheet in read_books([path])[0].sheets]


def details_of(intake: Intake) -> dict[str, Details]:
    """Person key → what only people read of an applicant."""
    return {
        one.key: Details(one.organisation_name, one.email, one.phone, one.non_disclosure) for one in intake.applications
    }


def print_changes(changes: Sequence[SeatChange], applicants: Iterable[Applicant]) -> None:
    """Say which seats differ from the proposal; nothing where none does."""
    names = {one.key: one.name for one in applicants}
    if changes:
        _out.print(text("readback.changed", n=len(changes)), markup=False)
    for one in changes:
        before, after = (_seats(seats, names) for seats in (one.before, one.after))
        words = text("readback.change", name=names.get(one.key, one.key), before=before, after=after)
        _out.print("  " + words, markup=False)


def _seats(seats: Sequence[Seat], names: dict[str, str]) -> str:
    def told(seat: Seat) -> str:
        words = f"{table_title(seat.table)}, {label('seat', seat.role.value).lower()}"
        if seat.deputy_of is None:
            return words
        return text("readback.deputy_of", seat=words, member=names.get(seat.deputy_of, seat.deputy_of))

    return "; ".join(map(told, seats)) or text("readback.no_seat")
