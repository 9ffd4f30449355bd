"""A workbook that came back: parsed, its rosters read and its names matched in one job under limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from selection.intake.reader import in_job, read_books
from selection.model.people import Applicant
from selection.model.roster import Seat
from selection.outputs import readback


@dataclass(frozen=True, slots=True)
class ReturnedRoster:
    """What a workbook says: the roster, whether its check sheet is as written, digests of the files it is of."""

    seats: tuple[Seat, ...]
    intact: bool
    files: frozenset[str]


def roster_returned(workbook: Path, applicants: Sequence[Applicant], name: str) -> ReturnedRoster:
    """Read a workbook back; ``name`` is what errors call it.

    Raises
    ------
    SelectionError
        if the file cannot be read, is no workbook of the program's, or names people that there are not.
    """
    found: ReturnedRoster = in_job(_read, [workbook], tuple(applicants), name)
    return found


def _read(paths: Sequence[Path], applicants: tuple[Applicant, ...], name: str) -> ReturnedRoster:
    sheets = [(sheet.name, sheet.rows) for sheet in read_books(paths)[0].sheets]
    recorded = readback.checkable_in(sheets, file=name)
    seats = readback.roster_in(sheets, recorded, applicants, file=name)
    return ReturnedRoster(seats, recorded.intact, frozenset(digest for _, digest in recorded.files))
