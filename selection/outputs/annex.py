"""The public annex: who is proposed to which table, and nothing else of anybody."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

from selection.outputs.archive import without_clock
from selection.outputs.people import Details, People, table_title
from selection.outputs.sheets import Column, Line, add_sheet, new_book
from selection.outputs.workbook import moment_of, title_of
from selection.pool import Role
from selection.proposal import Proposal
from selection.texts import label, text


def public_annex_bytes(proposal: Proposal, details: Mapping[str, Details] | None = None) -> bytes:
    """A workbook that may be published: name, role, table, and the organisation of representatives.

    Alphabetical within each table, so that no rank can be read into it; nobody in reserve and nobody not chosen (Local
    Government Act 410/2015, section 140: only the personal data that are needed).
    """
    people = People.of(proposal, details)
    book = new_book(title_of(proposal))
    columns = [
        Column(text("workbook.table"), 18),
        Column(text("workbook.role"), 16),
        Column(text("workbook.name"), 34, strong=True),
        Column(text("letters.column.organisation"), 44),
    ]
    add_sheet(book, text("annex.sheet"), columns, list(_lines(people)))
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue(), moment_of(proposal))


def _lines(people: People) -> Iterator[Line]:
    for table in people.proposal.pool.tables:
        for role in (Role.MEMBER, Role.DEPUTY):
            for seat in people.ordered(people.proposal.at(table, role)):
                one = people.by_key[seat.key]
                yield Line((table_title(table), label("seat", role.value), one.name, people.organisation(one)))
