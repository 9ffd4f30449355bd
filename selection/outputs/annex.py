"""The public annex: who is proposed or was chosen to which table, and nothing else of anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from selection.model.people import Role
from selection.model.roster import sort_name
from selection.model.rules import Rules
from selection.model.titles import seat_title, table_title
from selection.outputs.archive import saved
from selection.outputs.people import Details, People
from selection.outputs.sheets import Column, Line, add_sheet, new_book
from selection.outputs.workbook import moment_of, title_of
from selection.proposal import Proposal
from selection.texts import text


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

    Alphabetical within each table, so that no rank can be read into it, but for deputies who rise in an order; nobody
    in reserve and nobody not chosen (Local Government Act 410/2015, section 140: only the personal data needed).
    ``decided``: its title says that it is a decision, no proposal.
    """
    tables = rules.table_ids
    chosen = [one for one in named if one.role != Role.RESERVE and one.table in tables]
    in_order = rules.ordered_deputies  # as they are named
    chosen.sort(
        key=lambda one: (
            tables.index(one.table),
            one.role == Role.DEPUTY,
            ("", "") if in_order and one.role == Role.DEPUTY else sort_name(one.name),
        )
    )
    book = new_book(text("annex.decided", rules=rules.title or rules.name) if decided else title_of(rules))
    columns = [
        Column(text("workbook.table"), 18),
        Column(text("workbook.role"), 16),
        Column(text("workbook.name"), 34, strong=True),
        Column(text("letters.column.organisation"), 44),
    ]
    lines = [
        Line((table_title(rules, one.table), seat_title(one.role, order), one.name, one.organisation))
        for one, order in _with_orders(chosen, rules)
    ]
    add_sheet(book, text("annex.sheet"), columns, lines)
    return saved(book, moment_of(rules))


def _with_orders(chosen: Iterable[Named], rules: Rules) -> Iterator[tuple[Named, int | None]]:
    """Each with the place in the order of deputies, where they have one."""
    last: dict[str, int] = {}
    for one in chosen:
        if one.role is Role.DEPUTY and rules.ordered_deputies:
            last[one.table] = last.get(one.table, 0) + 1
            yield one, last[one.table]
        else:
            yield one, None


def _named(people: People) -> Iterator[Named]:
    for seat in people.standing(people.proposal.seats):
        one = people.by_key[seat.person]
        yield Named(seat.table, seat.role, one.name, people.organisation(one))
