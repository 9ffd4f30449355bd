"""The public annex holds the names chosen and nothing else of anybody."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from selection.model.people import Role
from selection.outputs.annex import public_annex_bytes
from selection.outputs.people import Details, sort_name
from tests.outputs.made import people, proposal


def test_only_who_is_chosen_and_in_the_order_of_the_alphabet() -> None:
    details = {one.key: Details("Yhdistys ry", "a@example.org", "040 123") for one in people()}
    sheet = load_workbook(io.BytesIO(public_annex_bytes(proposal(), details))).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    seats = [seat for seat in proposal().seats if seat.role != Role.RESERVE]
    names = {one.key: one.name for one in people()}
    assert sorted(str(row[2]) for row in rows) == sorted(names[seat.person] for seat in seats)
    for table in ("A", "B"):
        for role in ("Jäsen", "Varajäsen"):
            here = [str(row[2]) for row in rows if row[:2] == (table, role)]
            assert here == sorted(here, key=sort_name)
    representatives = {one.name for one in people() if one.value("kind") == "representative"}
    assert all((row[3] == "Yhdistys ry") == (row[2] in representatives) for row in rows)
    assert {len(row) for row in rows} == {4}


def test_the_bytes_are_the_same_each_time() -> None:
    assert public_annex_bytes(proposal()) == public_annex_bytes(proposal())
