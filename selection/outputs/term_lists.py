"""Lists for the term: who is called to a table's meeting, and how to be in touch; one sheet a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from selection.model.people import Role
from selection.model.titles import table_title
from selection.outputs.archive import saved
from selection.outputs.delimited import csv_bytes
from selection.outputs.people import Beside, Details, People, loose_deputies
from selection.outputs.rosters import contact_columns, contact_lines, has_pairs
from selection.outputs.sheets import Column, Line, Value, add_sheet, new_book
from selection.outputs.workbook import moment_of
from selection.proposal import Proposal
from selection.texts import label, text

#: A place for a mark.
BOX = "☐"


def attendance_bytes(
    proposal: Proposal, details: Mapping[str, Details] | None = None, beside: Iterable[Beside] = ()
) -> bytes:
    """The list for a meeting: members beside their deputies, a place for a mark at each; no contact data."""
    people = People.of(proposal, details, beside)
    book = new_book(text("attendance.title"))
    for table in proposal.pool.tables:
        add_sheet(
            book,
            table_title(proposal.rules, table),
            _attendance_columns(has_pairs(proposal.rules)),
            list(_attendance(people, table)),
            filtered=False,
            air=14,
            vertical="center",
        )
    return saved(book, moment_of(proposal.rules))


def contacts_bytes(
    proposal: Proposal, details: Mapping[str, Details] | None = None, beside: Iterable[Beside] = ()
) -> bytes:
    """How to be in touch with everybody at each table; internal, and nothing of those under a non-disclosure order."""
    people = People.of(proposal, details, beside)
    book = new_book(text("contacts.title"))
    for table in proposal.pool.tables:
        lines = [Line(line.values[1:]) for line in contact_lines(people, (table,))]
        add_sheet(book, table_title(proposal.rules, table), contact_columns()[1:], lines, still=2)
    return saved(book, moment_of(proposal.rules))


def contacts_csv(proposal: Proposal, details: Mapping[str, Details] | None = None) -> bytes:
    """The same contacts as one csv file, the table in its first column."""
    people = People.of(proposal, details)
    header = [column.header for column in contact_columns()]
    return csv_bytes(header, [line.values for line in contact_lines(people)])


def _attendance_columns(pairs: bool) -> tuple[Column, ...]:
    columns = [
        Column(text("workbook.name"), 28, strong=True),
        Column(text("workbook.represents"), 34),
        Column(text("attendance.present"), 12),
    ]
    if pairs:
        columns += [
            Column(text("workbook.deputy"), 28, strong=True),
            Column(text("workbook.represents_deputy"), 34),
            Column(text("attendance.present_deputy"), 14),
        ]
    else:
        columns.insert(0, Column(text("workbook.role"), 14))
    return tuple(columns)


def _attendance(people: People, table: str) -> Iterator[Line]:
    proposal = people.proposal
    pairs = has_pairs(proposal.rules)
    deputies = proposal.at(table, Role.DEPUTY)
    members = people.ordered(proposal.at(table, Role.MEMBER))
    loose = loose_deputies(proposal, table)
    deputy_of = {seat.deputy_of: seat.person for seat in deputies if seat not in loose}

    def told(key: str | None) -> tuple[Value, ...]:
        if key is None:
            return (None, None, None)
        one = people.by_key[key]
        return (one.name, people.represents(one), BOX)

    if not pairs:
        for seat in members:
            yield Line((text("attendance.member"), *told(seat.person)))
        for seat in people.standing(deputies):
            yield Line((people.seat_word(seat), *told(seat.person)))
        for other in people.beside_at(table):
            yield Line((label("seat", "beside"), other.name, other.detail.organisation or None, BOX))
        return
    for seat in members:
        yield Line((*told(seat.person), *told(deputy_of.get(seat.person))))
    for seat in people.ordered(loose):
        yield Line((*told(None), *told(seat.person)))
    for other in people.beside_at(table):
        whose = "; ".join(part for part in (label("seat", "beside"), other.detail.organisation) if part)
        yield Line((other.name, whose, BOX, *told(None)))
