"""The proposal as an Excel workbook for people, with a sheet that ``check`` and ``verify`` read back."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from selection.model.applied import waived
from selection.model.roster import Seat
from selection.model.rules import Rules
from selection.model.state import sentence
from selection.outputs.amendments import digest_of
from selection.outputs.archive import with_chart_texts, without_clock
from selection.outputs.checkable import Checkable, SeatRecord, header, row_digest
from selection.outputs.figures import add_charts, add_goals, add_law, add_requirements
from selection.outputs.lock_records import LockRecord, lock_records
from selection.outputs.making_sheets import add_making
from selection.outputs.people import Beside, Details, People
from selection.outputs.provenance import Provenance
from selection.outputs.rosters import add_contacts, add_rosters
from selection.outputs.rule_words import rules_in_words
from selection.outputs.sheets import Column, Line, add_sheet, new_book, put
from selection.proposal import Proposal
from selection.texts import language, text
from selection.version import __version__

#: A row of the file that a person should know of: sheet, row, what is said of it.
Told = tuple[str, int, str]


def workbook_bytes(
    proposal: Proposal,
    *,
    files: Sequence[tuple[str, str]] = (),
    set_aside: Iterable[Told] = (),
    findings: Iterable[Told] = (),
    details: Mapping[str, Details] | None = None,
    provenance: Provenance | None = None,
    beside: Iterable[Beside] = (),
) -> bytes:
    """The workbook, the same bytes for the same proposal.

    Parameters
    ----------
    files
        ``(name, sha256)`` of the applications.
    set_aside, findings
        As the intake tells them.
    details
        Person key → what only people read.
    provenance
        What people changed; ``None`` where the roster is the program's own.
    beside
        Those who belong to a table without a seat.
    """
    book = new_book(title_of(proposal.rules))
    people = People.of(proposal, details, beside)
    provenance = provenance or Provenance()
    layout = add_rosters(book, people)
    _add_state(book, layout, sentence(provenance.state_of(proposal), proposal.rules))
    goals = add_goals(book, proposal)
    descriptions = add_charts(book, proposal, goals)
    figures = {
        "goals": goals,
        "law": add_law(book, proposal),
        "requirements": add_requirements(book, proposal),
    }
    layout |= {f"figures.{code}": sheet.title for code, sheet in figures.items() if sheet is not None}
    _add_rules(book, proposal)
    add_making(book, proposal, provenance, files)
    if details:
        add_contacts(book, people)
    _add_not_proposed(book, people)
    _add_told(book, text("workbook.set_aside"), set_aside)
    _add_told(book, text("workbook.findings"), findings)
    checkable = checkable_of(proposal, files, layout, provenance, details)
    _add_checkable(book, replace(checkable, images=_images(book)))
    out = io.BytesIO()
    book.save(out)
    return without_clock(with_chart_texts(out.getvalue(), descriptions), moment_of(proposal.rules))


def _add_state(book: Workbook, layout: Mapping[str, str], said: str) -> None:
    """The state of the roster, below it on each table's sheet: in the first column, where no name stands."""
    for code, title in layout.items():
        if code.startswith("sheet."):
            sheet: Worksheet = book[title]
            cell = put(sheet, sheet.max_row + 2, 1, said)
            cell.font, cell.alignment = Font(name="Arial", size=9, italic=True), Alignment(wrap_text=False, indent=1)


def title_of(rules: Rules) -> str:
    """The title of a document of a round."""
    return text("workbook.title", rules=rules.title or rules.name)


def moment_of(rules: Rules) -> dt.datetime:
    """The time stamp of documents: the rules' day, never the clock: the same proposal gives the same file."""
    day = rules.eligibility.age_on
    return dt.datetime(day.year, day.month, day.day)


def _add_rules(book: Workbook, proposal: Proposal) -> None:
    columns = [
        Column(text("workbook.rule_kind"), 22),
        Column(text("workbook.rule"), 34, strong=True),
        Column(text("workbook.in_words"), 90),
    ]
    add_sheet(book, text("workbook.rules"), columns, rule_lines(proposal), filtered=False)


def rule_lines(proposal: Proposal) -> list[Line]:
    """The lines of the sheet with the rules in words."""
    return [Line((one.kind, one.name, one.words)) for one in rules_in_words(proposal.rules, proposal.rows.not_applied)]


def _add_not_proposed(book: Workbook, people: People) -> None:
    columns = [
        Column(text("workbook.name"), 28, strong=True),
        Column(text("workbook.represents"), 32),
        Column(text("workbook.age"), 10),
        Column(text("workbook.postal_code"), 11),
        Column(text("workbook.wishes"), 30),
        Column(text("workbook.available"), 28),
        Column(text("workbook.row"), 8),
    ]
    add_sheet(book, text("workbook.not_proposed"), columns, not_proposed_lines(people), still=1)


def not_proposed_lines(people: People) -> Iterator[Line]:
    """The lines of the sheet of those who have no seat."""
    for one in people.not_seated():
        yield Line(
            (
                one.name,
                people.represents(one),
                people.age(one),
                people.postal_code(one),
                people.wishes(one),
                people.available(one),
                people.place(one.origin),
            )
        )


def _add_told(book: Workbook, title: str, told: Iterable[Told]) -> None:
    columns = [
        Column(text("workbook.sheet"), 18),
        Column(text("workbook.row"), 8),
        Column(text("workbook.message"), 100),
    ]
    lines = [Line(one) for one in told]
    add_sheet(book, title, columns, lines or [Line((None, None, text("workbook.nothing")))])


def _images(book: Workbook) -> dict[str, tuple[str, ...]]:
    """Sheet → the digest of each row, of all sheets that stand in the book."""
    return {
        sheet.title: tuple(row_digest(row) for row in sheet.iter_rows(values_only=True)) for sheet in book.worksheets
    }


def _add_checkable(book: Workbook, checkable: Checkable) -> None:
    widths = (14, 22, 60, 16, 12, 24, 18, 8, 22)
    columns = [Column(title, width) for title, width in zip(header(), widths, strict=True)]
    lines = (Line(one) for one in checkable.records())
    add_sheet(book, text("workbook.checkable"), columns, lines, filtered=False, wrapped=False)


def checkable_of(
    proposal: Proposal,
    files: Sequence[tuple[str, str]],
    layout: Mapping[str, str],
    provenance: Provenance | None = None,
    details: Mapping[str, Details] | None = None,
) -> Checkable:
    """What makes a file of this roster checkable."""
    provenance = provenance or Provenance()
    locks = tuple(_locks_in_force(proposal))
    solved = None if provenance.solved_locks is None else lock_records(provenance.solved_locks)
    seats = proposal.seats if provenance.proposed is None else provenance.proposed
    records = tuple(_seat_records(proposal, seats, provenance.names))
    return Checkable(
        language=language(),
        versions={"selection": __version__, proposal.solver: proposal.solver_version},
        files=tuple(files),
        rules_name=proposal.rules.name,
        rules_text=proposal.rules.model_dump_json(by_alias=True),
        seed=proposal.seed,
        proven=proposal.proven if provenance.proven is None else provenance.proven,
        steps=tuple((step.name, step.value, step.bound) for step in proposal.steps),
        seats=records,
        layout=layout,
        locks=locks,
        held=tuple(_seat_records(proposal, proposal.seats, {})) if provenance.changed(proposal) else None,
        solved_locks=None if solved is None or sorted(map(str, solved)) == sorted(map(str, locks)) else solved,
        reasons=provenance.lock_reasons,
        amendments=provenance.amendments,
        solved_amendments=provenance.solved_amendments,
        solved_asked=provenance.solved_asked,
        asked=provenance.asked,
        mapping=provenance.mapping,
        outdated=provenance.outdated,
        older=provenance.state_of(proposal).older_than,
        people=digest_of(proposal.pool.applicants),
        waived=waived(proposal.pool, proposal.rules),
        withheld=tuple(sorted(key for key, one in (details or {}).items() if one.protected)),
    )


def _seat_records(proposal: Proposal, seats: Iterable[Seat], names: Mapping[str, str]) -> Iterator[SeatRecord]:
    people = {one.key: one for one in proposal.pool.applicants}
    for seat in seats:
        one = people.get(seat.person)
        origin = one.origin if one is not None else None
        file, sheet, row = (origin.file, origin.sheet, origin.row) if origin else (None, None, None)
        name = one.name if one is not None else names.get(seat.person, "")
        yield SeatRecord(seat.table, seat.role, seat.person, name, file, sheet, row, seat.deputy_of)


def _locks_in_force(proposal: Proposal) -> tuple[LockRecord, ...]:
    """The locks, as the rows of the proposal hold them; a lock that binds every table has rows at each."""
    found = [
        LockRecord(row.lock.value, row.value or "", None if row.lock.everywhere else row.table, row.role)
        for row in proposal.rows.requirements
        if row.lock is not None
    ]
    return tuple(dict.fromkeys(found))
