"""What the commands share of outputs: making and writing them, reading a workbook back, telling what people changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from selection.commands.reading import AS_FOUND, Reading, read_as_told, recorded_mapping
from selection.commands.terminal import lines_out, readable
from selection.intake import Intake, finding_text, set_aside_text
from selection.intake.reader import read_books
from selection.intake.sortition import read_sortition
from selection.model.law import SpecialReasons, law_of
from selection.model.places import tells_place
from selection.model.roster import Seat
from selection.model.rules import Population
from selection.model.titles import seat_title, table_title
from selection.outputs.archive import write_whole
from selection.outputs.people import Details
from selection.proposal import Proposal
from selection.texts import text

if TYPE_CHECKING:
    from selection.model.roster import SeatChange
    from selection.model.rules import Rules
    from selection.outputs.checkable import Checkable
    from selection.outputs.readback import SheetCells


def sheet_cells(path: Path) -> list[SheetCells]:
    """The sheets of a workbook, parsed by a child process under the limits on files from outside.

    Raises
    ------
    FileError
        if the file is missing, over a limit, encrypted, damaged, or no spreadsheet.
    """
    return [(sheet.name, sheet.rows) for sheet in read_books([path])[0].sheets]


def read_as_recorded(
    applications: Sequence[Path], recorded: Checkable, rules: Rules, reading: Reading = AS_FOUND
) -> Intake:
    """The applications read as for a workbook: with the reading of columns that it records; or the sortition field's
    pair of files.

    Raises
    ------
    ProposalFileError
        if that reading cannot be read back.
    FileError
        as :func:`selection.intake.read_applications`.
    """
    pair = read_sortition(applications, base=rules)
    if pair is not None:
        return pair[1]
    return read_as_told(applications, rules, reading, recorded_mapping(recorded.mapping, "–"))


def details_of(intake: Intake, withheld: Collection[str] = ()) -> dict[str, Details]:
    """Person key → what only people read of an applicant; ``withheld`` are marked for non-disclosure beside the
    file's own."""
    known = {
        one.key: Details(one.organisation_name, one.email, one.phone, one.non_disclosure or one.key in withheld)
        for one in intake.applications
    }
    return {key: Details(protected=True) for key in sorted(withheld) if key not in known} | known


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which outputs are wanted, each by its path; ``lists`` and ``data`` are folders.

    ``population`` is what the data are held against.
    """

    xlsx: Path | None = None
    docx: Path | None = None
    template: Path | None = None
    special_reason: SpecialReasons = field(default_factory=SpecialReasons)
    lists: Path | None = None
    data: Path | None = None
    annex: Path | None = None
    population: Population | None = None


def population_at(path: Path | None) -> Population | None:
    """The city's population as a csv tells it.

    Raises
    ------
    FileError
        if it cannot be used.
    """
    if path is None:
        return None
    from selection.outputs.population import population_of_csv

    readable(path)
    return population_of_csv(path.read_bytes(), file=path.name)


def output_files(
    proposal: Proposal, intake: Intake, wanted: Wanted, withheld: Collection[str] = ()
) -> dict[Path, bytes]:
    """Path → bytes of every output wanted: all are made before any is written. ``withheld``: see :func:`details_of`.

    A document that needs a special reason that was not given is not among them.

    Raises
    ------
    FileError
        if the template cannot be used.
    """
    details = details_of(intake, withheld)
    files: dict[Path, bytes] = {}
    if wanted.docx and not wanted.special_reason.wanting(law_of(proposal)):
        from selection.outputs.document import document_bytes

        files[wanted.docx] = document_bytes(
            proposal, template=wanted.template, details=details, special_reason=wanted.special_reason
        )
    if wanted.xlsx:
        from selection.outputs.provenance import Provenance
        from selection.outputs.workbook import workbook_bytes

        files[wanted.xlsx] = workbook_bytes(
            proposal,
            files=[(one.name, one.sha256) for one in intake.files],
            set_aside=[(one.origin.sheet, one.origin.row, set_aside_text(one)) for one in intake.set_aside],
            findings=[
                (one.origin.sheet, one.origin.row, finding_text(one, proposal.rules))
                for one in intake.findings
                if not (one.person in details and details[one.person].protected and tells_place(one.code, one.field))
            ],
            details=details,
            provenance=Provenance(mapping=intake.told) if intake.told else None,
        )
    if wanted.annex:
        from selection.outputs.annex import public_annex_bytes

        files[wanted.annex] = public_annex_bytes(proposal, details)
    if wanted.lists:
        from selection.outputs.letters import letter_files

        files |= {wanted.lists / name: made for name, made in letter_files(proposal, details).items()}
    if wanted.data:
        from selection.outputs.round_data import round_data_files

        files |= {wanted.data / name: made for name, made in round_data_files(proposal, wanted.population).items()}
    return files


def write_outputs(files: Dict[Path, bytes]) -> None:
    """Write each file whole or not at all; folders that are not there are made.

    Raises
    ------
    OSError
        if a folder cannot be written to.
    """
    for path, made in files.items():
        path.absolute().parent.mkdir(exist_ok=True)
        write_whole(path, made)


def print_changes(changes: Sequence[SeatChange], rules: Rules, names: Dict[str, str]) -> None:
    """Say which seats differ from the proposal; nothing where none does. ``names`` are by person key."""
    if changes:
        lines_out.print(text("readback.changed", n=len(changes)), markup=False)
    for line in change_lines(changes, rules, names):
        lines_out.print("  " + line, markup=False)


def change_lines(changes: Iterable[SeatChange], rules: Rules, names: Dict[str, str]) -> list[str]:
    """A line for each person whose seats differ; ``names`` are by person key."""
    return [
        text(
            "readback.change",
            name=names.get(one.key, one.key),
            before=_seats(one.before, rules, names),
            after=_seats(one.after, rules, names),
        )
        for one in changes
    ]


def _seats(seats: Sequence[Seat], rules: Rules, names: Dict[str, str]) -> str:
    def told(seat: Seat) -> str:
        words = f"{table_title(rules, seat.table)}, {seat_title(seat.role, seat.order).lower()}"
        if seat.deputy_of is None:
            return words
        return text("readback.deputy_of", seat=words, member=names.get(seat.deputy_of, seat.deputy_of))

    return "; ".join(map(told, seats)) or text("readback.no_seat")
