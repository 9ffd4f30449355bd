"""Mail-merge lists: everybody in exactly one list, no contact data under a non-disclosure order, no formulas."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from selection.outputs.delimited import csv_bytes
from selection.outputs.letters import LISTS, letter_files, recipients
from selection.outputs.people import Details, People
from tests.outputs.made import people, proposal
from tests.outputs.test_sheets import HOSTILE

DETAILS = {one.key: Details("Yhdistys ry", f"{one.key}@example.org", "040 1", one.key == "key003") for one in people()}


def rows_of(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_everybody_is_in_one_list() -> None:
    told = People.of(proposal(), DETAILS)
    keys = [one.person.key for name in LISTS for one in recipients(told, name)]
    assert sorted(keys) == sorted(one.key for one in people())


def test_the_two_files_of_a_list_say_the_same() -> None:
    files = letter_files(proposal(), DETAILS)
    assert len(files) == 2 * len(LISTS) and files == letter_files(proposal(), DETAILS)
    for name in (one for one in files if one.endswith(".csv")):
        sheet = load_workbook(io.BytesIO(files[name.replace(".csv", ".xlsx")])).worksheets[0]
        cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert rows_of(files[name]) == cells


def test_a_protected_address_is_never_written() -> None:
    written = b"".join(data for name, data in letter_files(proposal(), DETAILS).items() if name.endswith(".csv"))
    assert b"key003@example.org" not in written and b"key004@example.org" in written
    protected = [row[3:5] for row in rows_of(written) if row[5].startswith("Turvakielto")]
    assert protected == [["", ""]]


@given(st.lists(st.sampled_from(HOSTILE) | st.text(), min_size=1, max_size=4))
def test_no_csv_cell_begins_as_a_formula(cells: list[str]) -> None:
    rows = rows_of(csv_bytes(["a"] * len(cells), [cells]))
    assert len(rows) == 2
    assert [cell for cell in rows[1] if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_hostile_names_stay_text_in_the_workbook() -> None:
    named = tuple(replace(one, name=HOSTILE[0]) for one in proposal().pool.applicants)
    hostile = replace(proposal(), rows=replace(proposal().rows, pool=replace(proposal().pool, applicants=named)))
    for name, data in letter_files(hostile).items():
        if name.endswith(".xlsx"):
            sheet = load_workbook(io.BytesIO(data)).worksheets[0]
            assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
