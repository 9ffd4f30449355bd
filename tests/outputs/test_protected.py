"""Under a non-disclosure order nothing tells where somebody lives; those beside the seats stand where people look."""

from __future__ import annotations

import dataclasses

from selection.model.people import Role
from selection.outputs.people import Beside, Details
from selection.outputs.readback import checkable_in, recorded_seats, roster_in
from selection.outputs.term_lists import attendance_bytes, contacts_bytes
from selection.outputs.workbook import workbook_bytes
from selection.texts import in_language
from tests.outputs.made import proposal, sheets_of

CODE = "15987"


def one_of(role: Role) -> tuple[str, str]:
    """The key and the table of somebody seated."""
    seat = next(seat for seat in proposal().seats if seat.role is role)
    return seat.person, seat.table


def with_code(key: str):
    """The proposal with a postal code of its own for one person."""
    made = proposal()
    pool = made.pool
    changed = tuple(
        dataclasses.replace(one, values={**one.values, "postal_code": (CODE,)}) if one.key == key else one
        for one in pool.applicants
    )
    rows = dataclasses.replace(made.rows, pool=dataclasses.replace(pool, applicants=changed))
    return dataclasses.replace(made, rows=rows)


def cells(book: bytes) -> list[str]:
    return [str(cell) for _, rows in sheets_of(book) for row in rows for cell in row]


def test_no_postal_code_and_a_remark_under_a_non_disclosure_order() -> None:
    for role in (Role.MEMBER, Role.DEPUTY):
        key, _ = one_of(role)
        made = with_code(key)
        name = next(one.name for one in made.pool.applicants if one.key == key)
        with in_language("fi"):
            open_book = cells(workbook_bytes(made, details={}))
            kept = cells(workbook_bytes(made, details={key: Details(protected=True, email="x@example.org")}))
        assert CODE in open_book and CODE not in kept
        assert "Huomautukset" in kept
        assert any(cell.startswith(f"{name}: Turvakielto") for cell in kept)
        assert "x@example.org" not in kept


def test_who_was_not_chosen_has_no_postal_code_either() -> None:
    seated = {seat.person for seat in proposal().seats}
    key = next(one.key for one in proposal().pool.applicants if one.key not in seated)
    made = with_code(key)
    assert CODE in cells(workbook_bytes(made))
    assert CODE not in cells(workbook_bytes(made, details={key: Details(protected=True)}))


def test_those_beside_the_seats_stand_in_every_list_of_their_table() -> None:
    made = proposal()
    table, other = made.pool.tables[0], made.pool.tables[1]
    beside = (
        Beside("Lisä Läsnäolija", table, Details("Nuorisovaltuusto", "lisa@example.org")),
        Beside("Joka Pöytä", None),
    )
    with in_language("fi"):
        book = sheets_of(workbook_bytes(made, details={}, beside=beside))
        attendance = sheets_of(attendance_bytes(made, {}, beside))
        contacts = sheets_of(contacts_bytes(made, {}, beside))
    for sheets in (book, attendance, contacts):
        here, there = ([str(cell) for row in sheets[place][1] for cell in row] for place in (0, 1))
        assert "Lisä Läsnäolija" in here and "Lisä Läsnäolija" not in there
        assert "Joka Pöytä" in here and "Joka Pöytä" in there
        assert any("Paikkojen lisäksi" in cell for cell in here)
    assert "lisa@example.org" in [str(cell) for row in contacts[0][1] for cell in row]
    assert table != other
    checkable = checkable_in(book, file="ehdotus.xlsx")
    read = roster_in(book, checkable, made.pool.applicants, file="ehdotus.xlsx")
    assert sorted(map(str, read)) == sorted(map(str, recorded_seats(checkable)))
