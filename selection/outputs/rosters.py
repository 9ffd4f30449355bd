"""The tables' sheets: members in alphabetical order with their deputies beside, reserves below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from openpyxl import Workbook

from selection.model.people import Role
from selection.model.rules import Rules
from selection.model.seat import Seat
from selection.model.titles import table_title
from selection.outputs.people import Details, People, loose_deputies
from selection.outputs.sheets import Column, Line, Value, add_sheet
from selection.texts import label, text


def add_rosters(book: Workbook, people: People) -> dict[str, str]:
    """One sheet a table. Returns where things stand, for the reader: code → name of a sheet, header or word."""
    rules = people.proposal.rules
    columns = _columns(rules)
    layout = {f"column.{code}": column.header for code, column in columns.items() if code in _READ}
    layout |= {f"role.{role.value}": label("seat", role.value) for role in Role} | {BESIDE: label("seat", "beside")}
    for table in people.proposal.pool.tables:
        sheet = add_sheet(
            book,
            table_title(rules, table),
            tuple(columns.values()),
            roster_lines(people, table),
            still=2,
            filtered=False,
            air=9,
        )
        layout[f"sheet.{table}"] = sheet.title
    return layout


#: Columns that are read back.
_READ = ("role", "name", "place", "deputy", "deputy_place")


#: The word of those who hold no seat: their rows are not read back.
BESIDE = "beside.role"


def has_pairs(rules: Rules) -> bool:
    """Whether deputies stand beside their members."""
    return rules.deputies.personal and rules.has(Role.DEPUTY)


def _columns(rules: Rules) -> Mapping[str, Column]:
    columns = {
        "role": Column(text("workbook.role"), 11),
        "name": Column(text("workbook.name"), 23, strong=True),
        "represents": Column(text("workbook.represents"), 28),
        "age": Column(text("workbook.age"), 8),
        "code": Column(text("workbook.postal_code"), 10),
        "place": Column(text("workbook.row"), 8),
    }
    if has_pairs(rules):
        columns |= {
            "deputy": Column(text("workbook.deputy"), 23, strong=True),
            "deputy_represents": Column(text("workbook.represents_deputy"), 28),
            "deputy_age": Column(text("workbook.age_deputy"), 13),
            "deputy_code": Column(text("workbook.postal_code_deputy"), 13),
            "deputy_place": Column(text("workbook.row_deputy"), 13),
        }
    columns["remarks"] = Column(text("workbook.remarks"), 30)
    return columns


def roster_lines(people: People, table: str) -> Iterator[Line]:
    """The lines of a table's sheet: members with their deputies, other deputies, reserves, those beside the seats."""
    proposal = people.proposal
    pairs = has_pairs(proposal.rules)
    deputies = proposal.at(table, Role.DEPUTY)
    loose = loose_deputies(proposal, table)
    deputy_of = {one.deputy_of: one.person for one in deputies if one not in loose} if pairs else {}

    def told(key: str | None) -> tuple[Value, ...]:
        if key is None:
            return (None,) * 5
        one = people.by_key[key]
        return (
            one.name,
            people.represents(one),
            people.age(one),
            people.postal_code(one),
            people.place(one.origin),
        )

    def remarks(*keys: str | None) -> str | None:
        said = [(people.by_key[key].name, people.remark(people.by_key[key])) for key in keys if key is not None]
        return "; ".join(f"{name}: {remark}" for name, remark in said if remark) or None

    def line(seat: Seat, deputy: str | None = None) -> Line:
        seats = (*told(seat.person), *(told(deputy) if pairs else ()))
        return Line((people.seat_word(seat), *seats, remarks(seat.person, deputy)))

    for seat in people.ordered(proposal.at(table, Role.MEMBER)):
        yield line(seat, deputy_of.get(seat.person))
    for seat in people.standing(loose if pairs else deputies):
        yield line(seat)
    for seat in proposal.at(table, Role.RESERVE):
        yield line(seat)
    for one in people.beside_at(table):
        remark = f"{one.name}: {text('letters.protected')}" if one.detail.protected else None
        seats = (one.name, one.detail.organisation or None, None, None, None, *(told(None) if pairs else ()))
        yield Line((label("seat", "beside"), *seats, remark))


def add_contacts(book: Workbook, people: People) -> None:
    """How to be in touch with everybody seated; nothing of those under a non-disclosure order."""
    add_sheet(book, text("contacts.sheet"), contact_columns(), list(contact_lines(people)), still=3)


def contact_columns() -> tuple[Column, ...]:
    """The columns of contact data."""
    return (
        Column(text("workbook.table"), 14),
        Column(text("workbook.role"), 12),
        Column(text("workbook.name"), 26, strong=True),
        Column(text("letters.column.organisation"), 32),
        Column(text("letters.column.phone"), 16),
        Column(text("letters.column.email"), 40),
        Column(text("contacts.pair"), 26),
        Column(text("contacts.note"), 40),
    )


def contact_lines(people: People, tables: Iterable[str] | None = None) -> Iterator[Line]:
    """A line for each seat: members, deputies, reserves, each in alphabetical order; then those beside the seats."""
    pairs = people.pairs()
    for table in people.proposal.pool.tables if tables is None else tables:
        title = table_title(people.proposal.rules, table)
        for role in Role:
            for seat in people.in_role(table, role):
                one = people.by_key[seat.person]
                told = _in_touch(one.name, people.organisation(one), people.detail(one), pairs.get(one.key))
                yield Line((title, people.seat_word(seat), *told))
        for other in people.beside_at(table):
            told = _in_touch(other.name, other.detail.organisation or None, other.detail, None)
            yield Line((title, label("seat", "beside"), *told))


def _in_touch(name: str, organisation: str | None, detail: Details, pair: str | None) -> tuple[Value, ...]:
    protected = text("letters.protected") if detail.protected else ""
    return (
        name,
        organisation,
        None if detail.protected else detail.phone or None,
        None if detail.protected else detail.email or None,
        pair,
        "\n".join(part for part in (protected, detail.note) if part) or None,
    )
