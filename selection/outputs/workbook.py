"""The proposal as an Excel workbook for people, with a sheet that ``check`` reads back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

from selection import __version__
from selection.errors import ProposalFileError
from selection.outputs.archive import write_whole
from selection.outputs.checkable import Checkable, SeatRecord, is_checkable, parse
from selection.outputs.sheets import Column, Line, add_sheet
from selection.pool import Applicant, Role
from selection.proposal import Proposal, Seat
from selection.rows import Standing
from selection.texts import label, language, text

#: A row of the file that a person should know of: sheet, row, what is said of it.
Told = tuple[str, int, str]


def workbook_bytes(
    proposal: Proposal,
    *,
    files: Sequence[tuple[str, str]] = (),
    set_aside: Iterable[Told] = (),
    findings: Iterable[Told] = (),
) -> bytes:
    """The workbook. ``files`` are ``(name, sha256)``; ``set_aside`` and ``findings`` as the intake tells them."""
    book = Workbook()
    del book["Sheet"]
    book.properties.title = text("workbook.title", rules=proposal.rules.title or proposal.rules.name)
    book.properties.creator = "Kokoonpano"
    book.properties.language = language()
    people = {one.key: one for one in proposal.pool.applicants}
    for table in proposal.pool.tables:
        _add_table(book, proposal, table, people)
    _add_goals(book, proposal.goals())
    _add_requirements(book, proposal.requirements())
    _add_unseated(book, proposal)
    _add_told(book, text("workbook.set_aside"), set_aside)
    _add_told(book, text("workbook.findings"), findings)
    _add_checkable(book, proposal, people, files)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_workbook(
    proposal: Proposal,
    path: Path,
    *,
    files: Sequence[tuple[str, str]] = (),
    set_aside: Iterable[Told] = (),
    findings: Iterable[Told] = (),
) -> None:
    """Write the workbook whole or not at all.

    Raises
    ------
    OSError
        if the folder cannot be written to; ``path`` is then as it was.
    """
    write_whole(path, workbook_bytes(proposal, files=files, set_aside=set_aside, findings=findings))


def seats_of_workbook(path: Path, applicants: Iterable[Applicant]) -> tuple[Seat, ...]:
    """The roster on the workbook's checkable sheet, its people found in the applications by key.

    Raises
    ------
    ProposalFileError
        if the file is no such workbook, or names somebody who is not in the applications.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheets = [[tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets]
    except Exception as error:  # whatever the library meets in a file that is no workbook
        raise ProposalFileError("proposal_not_one", file=path.name) from error
    rows = next((sheet for sheet in reversed(sheets) if is_checkable(sheet)), None)
    if rows is None:
        raise ProposalFileError("proposal_not_one", file=path.name)
    known = {one.key for one in applicants}
    seats = parse(rows, file=path.name).seats
    for seat in seats:
        if seat.key not in known:
            raise ProposalFileError("proposal_unknown_person", file=path.name, table=seat.table, row=seat.row or 0)
    return tuple(Seat(one.key, one.table, one.role, one.deputy_of) for one in seats)


def _add_table(book: Workbook, proposal: Proposal, table: str, people: dict[str, Applicant]) -> None:
    columns = [
        Column(text("workbook.member"), 28, strong=True),
        Column(text("workbook.represents"), 30),
        Column(text("workbook.row"), 8),
        Column(text("workbook.deputy"), 28, strong=True),
        Column(text("workbook.represents_deputy"), 30),
        Column(text("workbook.row_deputy"), 8),
    ]

    def told(key: str | None) -> tuple[str | None, str | None, int | None]:
        if key is None:
            return (None, None, None)
        one = people[key]
        return (one.name, _represents(one), one.origin.row if one.origin else None)

    def lines() -> Iterator[Line]:
        deputies = proposal.at(table, Role.DEPUTY)
        deputy_of = {one.deputy_of: one.key for one in deputies if one.deputy_of}
        for seat in proposal.at(table, Role.MEMBER):
            yield Line((*told(seat.key), *told(deputy_of.get(seat.key))))
        for seat in deputies:
            if seat.deputy_of is None:
                yield Line((*told(None), *told(seat.key)))
        for seat in proposal.at(table, Role.RESERVE):
            name, represents, row = told(seat.key)
            yield Line((text("workbook.reserve", name=name), represents, row, None, None, None))

    add_sheet(book, table.capitalize(), columns, lines(), filtered=False)


def _represents(one: Applicant) -> str:
    kind = one.value("kind")
    if kind == "representative":
        return one.value("organisation") or label("kind", kind)
    return label("kind", kind) if kind else ""


def _limits(one: Standing) -> tuple[int | None, int | None]:
    return (one.at_least, one.at_most)


def _add_goals(book: Workbook, goals: Iterable[Standing]) -> None:
    columns = [
        Column(text("workbook.table"), 14),
        Column(text("workbook.priority"), 10),
        Column(text("workbook.goal"), 34, strong=True),
        Column(text("workbook.value"), 26),
        Column(text("workbook.count"), 10),
        Column(text("workbook.at_least"), 12),
        Column(text("workbook.at_most"), 12),
        Column(text("workbook.standing"), 20),
    ]
    lines = (
        Line(
            (
                one.table,
                one.priority,
                label("rule", one.id),
                _value(one),
                one.count,
                *_limits(one),
                text("workbook.met") if one.holds else text("workbook.off", n=one.deviation),
            ),
            fails=not one.holds,
        )
        for one in goals
    )
    add_sheet(book, text("workbook.composition"), columns, lines, still=1)


def _value(one: Standing) -> str:
    from selection.rules import CROSS

    parts = (one.value or "").split(CROSS)
    return CROSS.join(label("gender", part) if len(parts) > 1 else label(one.id, part) for part in parts)


def _add_requirements(book: Workbook, requirements: Iterable[Standing]) -> None:
    columns = [
        Column(text("workbook.table"), 14),
        Column(text("workbook.body"), 30),
        Column(text("workbook.requirement"), 36, strong=True),
        Column(text("workbook.count"), 10),
        Column(text("workbook.at_least"), 12),
        Column(text("workbook.at_most"), 12),
        Column(text("workbook.standing"), 20),
    ]
    lines = (
        Line(
            (
                one.table,
                label("seat", one.role) if one.role else None,
                label("rule", one.id),
                one.count,
                *_limits(one),
                text("workbook.holds") if one.holds else text("workbook.fails", n=one.deviation),
            ),
            fails=not one.holds,
        )
        for one in requirements
    )
    add_sheet(book, text("workbook.requirements"), columns, lines, still=1)


def _add_unseated(book: Workbook, proposal: Proposal) -> None:
    seated = {seat.key for seat in proposal.seats}
    columns = [
        Column(text("workbook.name"), 30, strong=True),
        Column(text("workbook.represents"), 32),
        Column(text("workbook.wishes"), 34),
        Column(text("workbook.row"), 8),
    ]
    rest = sorted(
        (one for one in proposal.pool.applicants if one.key not in seated), key=lambda one: one.name.casefold()
    )
    lines = (
        Line((one.name, _represents(one), ", ".join(one.wishes), one.origin.row if one.origin else None))
        for one in rest
    )
    add_sheet(book, text("workbook.not_proposed"), columns, lines)


def _add_told(book: Workbook, title: str, told: Iterable[Told]) -> None:
    columns = [
        Column(text("workbook.sheet"), 18),
        Column(text("workbook.row"), 8),
        Column(text("workbook.message"), 100),
    ]
    add_sheet(book, title, columns, (Line(one) for one in told))


def _add_checkable(
    book: Workbook, proposal: Proposal, people: dict[str, Applicant], files: Sequence[tuple[str, str]]
) -> None:
    def record(seat: Seat) -> SeatRecord:
        one = people[seat.key]
        origin = one.origin
        return SeatRecord(
            seat.table,
            seat.role,
            seat.key,
            one.name,
            origin.file if origin else None,
            origin.sheet if origin else None,
            origin.row if origin else None,
            seat.deputy_of,
        )

    content = Checkable(
        language=language(),
        versions={"selection": __version__, proposal.solver: proposal.solver_version},
        files=tuple(files),
        rules_name=proposal.rules.name,
        rules_text=proposal.rules.model_dump_json(by_alias=True),
        seed=proposal.seed,
        proven=proposal.proven,
        steps=tuple((step.name, step.value, step.bound) for step in proposal.steps),
        seats=tuple(record(seat) for seat in proposal.seats),
    )
    names = ("kind", "name", "value", "table", "role", "file", "sheet", "row", "deputy_of")
    columns = [Column(text(f"workbook.check.{name}"), 18) for name in names]
    add_sheet(book, text("workbook.checkable"), columns, (Line(one) for one in content.records()), filtered=False)
