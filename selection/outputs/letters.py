"""Mail-merge lists: those chosen, deputies, those in reserve and those not chosen, each as xlsx and as csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selection.model.people import Applicant, Role
from selection.model.roster import Seat
from selection.model.titles import table_title
from selection.outputs.archive import saved
from selection.outputs.delimited import csv_bytes
from selection.outputs.people import Details, People
from selection.outputs.sheets import Column, Line, Value, add_sheet, new_book
from selection.outputs.workbook import moment_of
from selection.proposal import Proposal
from selection.texts import text

#: The lists, by the name that their files carry.
LISTS = ("chosen", "deputies", "reserve", "not_chosen")

_ROLES = {"chosen": Role.MEMBER, "deputies": Role.DEPUTY, "reserve": Role.RESERVE}


@dataclass(frozen=True, slots=True)
class Recipient:
    """One letter: to whom, and what it says of the seat."""

    person: Applicant
    seat: Seat | None


def recipients(people: People, name: str) -> list[Recipient]:
    """Those of one list in alphabetical order; deputies who stand in an order in that, table by table."""
    role = _ROLES.get(name)
    if role is None:
        return [Recipient(one, None) for one in people.not_seated()]
    seats = [seat for seat in people.proposal.seats if seat.role == role]
    listed = people.ordered(seats)
    if role is Role.DEPUTY and people.proposal.rules.ordered_deputies:
        listed = seats
    return [Recipient(people.by_key[seat.person], seat) for seat in listed]


def letter_files(proposal: Proposal, details: Mapping[str, Details] | None = None) -> dict[str, bytes]:
    """File name → bytes: two files a list. Internal: they hold contact data, but none under a non-disclosure order."""
    people = People.of(proposal, details)
    files: dict[str, bytes] = {}
    for name in LISTS:
        rows = list(_rows(people, name))
        title = text(f"letters.{name}")
        header = [column.header for column in _columns()]
        files[f"{text(f'letters.file.{name}')}.csv"] = csv_bytes(header, rows)
        book = new_book(title)
        add_sheet(book, title, _columns(), [Line(row) for row in rows], still=1)
        files[f"{text(f'letters.file.{name}')}.xlsx"] = saved(book, moment_of(proposal.rules))
    return files


def _columns() -> list[Column]:
    widths = {
        "name": 28,
        "first_name": 18,
        "last_name": 18,
        "email": 32,
        "phone": 18,
        "contact": 24,
        "table": 14,
        "seat": 14,
        "organisation": 30,
        "pair": 28,
    }
    return [Column(text(f"letters.column.{name}"), width, strong=name == "name") for name, width in widths.items()]


def _rows(people: People, name: str) -> Iterator[tuple[Value, ...]]:
    pairs = people.pairs()
    for one in recipients(people, name):
        person, seat, detail = one.person, one.seat, people.detail(one.person)
        last, comma, first = person.name.partition(",")
        if not comma:
            first, _, last = person.name.rpartition(" ")
        yield (
            person.name,
            " ".join(first.split()) or None,
            " ".join(last.split()) or None,
            None if detail.protected else detail.email or None,
            None if detail.protected else detail.phone or None,
            text("letters.protected") if detail.protected else None,
            table_title(people.proposal.rules, seat.table) if seat else people.wishes(person),
            people.seat_word(seat) if seat else None,
            people.organisation(person),
            pairs.get(person.key),
        )
