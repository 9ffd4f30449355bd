"""Lists for the term and its summary: who is called, how to be in touch, and no person told by a difference."""

from __future__ import annotations

import io
from dataclasses import replace

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from selection.model.people import Role
from selection.model.roster import sort_name
from selection.model.rules import Publish
from selection.outputs.people import Details
from selection.outputs.summary import TermEvent, compositions, end_can_be_told, summary_bytes
from selection.outputs.term_lists import BOX, attendance_bytes, contacts_bytes
from selection.proposal import Proposal
from tests.outputs.made import people, proposal

DETAILS = {one.key: Details("", f"{one.key}@example.org", "040 1", one.key == "key003", "soitettu") for one in people()}


def sheets(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book.worksheets}


def test_everybody_of_a_table_is_called_beside_the_deputy() -> None:
    names = {one.key: one.name for one in people()}
    for table, rows in sheets(attendance_bytes(proposal(), DETAILS)).items():
        members = [row for row in rows if row[0]]
        seats = proposal().at(table.lower(), Role.MEMBER)
        assert sorted(str(row[0]) for row in members) == sorted(names[seat.person] for seat in seats)
        assert [str(row[0]) for row in members] == sorted((str(row[0]) for row in members), key=sort_name)
        deputies = proposal().at(table.lower(), Role.DEPUTY)
        assert sorted(str(row[3]) for row in rows if row[3]) == sorted(names[seat.person] for seat in deputies)
        assert all(row[2] == BOX for row in members)


def test_contacts_leave_out_who_is_protected() -> None:
    rows = [row for rows in sheets(contacts_bytes(proposal(), DETAILS)).values() for row in rows]
    assert len(rows) == len(proposal().seats)
    by_mail = {str(row[4]): row for row in rows}
    seated = {seat.person for seat in proposal().seats}
    assert {f"{key}@example.org" for key in seated - {"key003"}} <= set(by_mail)
    assert "key003@example.org" not in by_mail
    protected = [row for row in rows if "Turvakielto" in str(row[6])]
    assert len(protected) == int("key003" in seated) and all(row[3] is None for row in protected)


def swapped(count: int) -> Proposal:
    """The proposal with so many members changed for people without a seat."""
    seated = {seat.person for seat in proposal().seats}
    free = [one.key for one in people() if one.key not in seated]
    seats = list(proposal().seats)
    members = [place for place, seat in enumerate(seats) if seat.role == Role.MEMBER]
    for place, key in zip(members[:count], free, strict=False):
        seats[place] = replace(seats[place], person=key)
    return replace(proposal(), seats=tuple(seats))


def test_one_who_left_cannot_be_told_from_the_difference() -> None:
    assert end_can_be_told(proposal(), proposal())
    assert not end_can_be_told(proposal(), swapped(1))
    written = Document(io.BytesIO(summary_bytes(proposal(), swapped(1), [])))
    headers = {cell.text for table in written.tables for cell in table.rows[0].cells}
    assert "Osuus lopussa" not in headers and "Osuus alussa" in headers
    assert any("jätetty pois" in paragraph.text for paragraph in written.paragraphs)


@given(st.sets(st.integers(0, 13)), st.sets(st.integers(0, 13)))
@settings(max_examples=40, deadline=None)
def test_no_group_is_small_at_the_start_or_the_end(first: set[int], second: set[int]) -> None:
    keys = [one.key for one in proposal().pool.applicants]
    seat = proposal().seats[0]
    one, other = (
        replace(proposal(), seats=tuple(replace(seat, person=keys[place], role=Role.MEMBER) for place in sorted(some)))
        for some in (first, second)
    )
    told = end_can_be_told(one, other)
    for _, groups in compositions(one, other):
        assert sum(group.start for group in groups) == len(first)
        for group in groups:
            if group.group != "merged":
                assert group.start >= Publish().least_seated
                assert not told or group.end == 0 or (group.end or 0) >= Publish().least_seated
            elif len(groups) > 1:
                assert group.start == 0 or group.start >= Publish().least_seated


def test_the_summary_counts_events_and_hides_few_at_a_table() -> None:
    events = [TermEvent("resignation", "a")] * 4 + [TermEvent("replacement", "b")] * 2
    written = Document(io.BytesIO(summary_bytes(proposal(), proposal(), events)))
    rows = [[cell.text for cell in row.cells] for table in written.tables for row in table.rows]
    assert ["Erosi", "4"] in rows and ["A", "4"] in rows and ["B", "alle 3"] in rows
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in written.tables)
    assert written.core_properties.language == "fi"
