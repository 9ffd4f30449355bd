"""The public annex: who is proposed or was chosen to which table, and nothing else of anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from selection.model.people import Role
from selection.model.roster import sort_name
from selection.model.rules import Rules
from selection.model.titles import table_title
from selection.outputs.archive import saved
from selection.outputs.people import Details, People
from selection.outputs.sheets import Column, Line, add_sheet, new_book
from selection.outputs.workbook import moment_of, title_of
from selection.proposal import Proposal
from selection.texts import label, text


@dataclass(frozen=True, slots=True)
class Named:
    """A seat as it may be published: table, role, name, and the organisation of a representative."""

    table: str
    role: Role
    name: str
    organisation: str | None = None


def public_annex_bytes(proposal: Proposal, details: Mapping[str, Details] | None = None) -> bytes:
    """The annex of a proposal's members and deputies; see :func:`annex_bytes`."""
    return annex_bytes(_named(People.of(proposal, details)), proposal.rules)


def annex_bytes(named: Iterable[Named], rules: Rules, *, decided: bool = False) -> bytes:
    """A workbook that may be published: name, role, table, and the organisation of representatives.

    Alphabetical within each table, so that no rank can be read into it; nobody in reserve and nobody not chosen (Local
    Government Act 410/2015, section 140: only the personal data that are needed). ``decided``: its title says that it
    is a decision, no proposal.
    """
    tables = rules.table_ids
    chosen = [one for one in named if one.role != Role.RESERVE and one.table in tables]
    chosen.sort(key=lambda one: (tables.index(one.table), one.role == Role.DEPUTY, sort_name(one.name)))
    book = new_book(text("annex.decided", rules=rules.title or rules.name) if decided else title_of(rules))
    columns = [
        Column(text("workbook.table"), 18),
        Column(text("workbook.role"), 16),
        Column(text("workbook.name"), 34, strong=True),
        Column(text("letters.column.organisation"), 44),
    ]
    lines = [
        Line((table_title(rules, one.table), label("seat", one.role.value), one.name, one.organisation))
        for one in chosen
    ]
    add_sheet(book, text("annex.sheet"), columns, lines)
    return saved(book, moment_of(rules))


def _named(people: People) -> Iterator[Named]:
    for seat in people.ordered(people.proposal.seats):
        one = people.by_key[seat.person]
        yield Named(seat.table, seat.role, one.name, people.organisation(one))
