"""Every export re-read: no formula made from input, no contact data under a non-disclosure order, the same bytes."""

from __future__ import annotations

import io
from dataclasses import replace

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from selection.outputs.amendments import Amendment
from selection.outputs.annex import public_annex_bytes
from selection.outputs.document import document_bytes
from selection.outputs.letters import letter_files
from selection.outputs.people import Details
from selection.outputs.provenance import Provenance, Told
from selection.outputs.round_data import round_data_files
from selection.outputs.sheets import ACTIVE
from selection.outputs.summary import TermEvent, summary_bytes
from selection.outputs.term_lists import attendance_bytes, contacts_bytes
from selection.outputs.workbook import workbook_bytes
from selection.proposal import Proposal
from tests.outputs.made import people, proposal
from tests.outputs.test_letters import rows_of
from tests.outputs.test_sheets import HOSTILE

SECRET = "salainen@example.org"


def exports(of: Proposal, words: list[str]) -> dict[str, bytes]:
    """Every document, everything that people can type being one of some words."""
    keys = [one.key for one in of.pool.applicants]
    details = {
        key: Details(word, *(SECRET, SECRET) if not number else (word, word), number == 0, word)
        for number, (key, word) in enumerate(zip(keys, words, strict=True))
    }
    told = [Told(*[word] * 5) for word in words]
    provenance = Provenance(
        proposed=of.seats[1:],
        proven=True,
        lock_reasons={keys[0]: words[0]},
        amendments=(Amendment(keys[1], replace(of.pool.applicants[1], name=words[1])), Amendment("zz", None)),
        asked=(words[2] or "x",),
        corrections=told,
        changes=told,
        locks=told,
    )
    lines = [(word, 2, word) for word in words]
    return {
        "workbook.xlsx": workbook_bytes(
            of,
            files=[(words[0], "ab")],
            set_aside=lines,
            findings=lines,
            details=details,
            provenance=provenance,
        ),
        "annex.xlsx": public_annex_bytes(of, details),
        "attendance.xlsx": attendance_bytes(of, details),
        "contacts.xlsx": contacts_bytes(of, details),
        "item.docx": document_bytes(of, details=details, special_reason=words[0].strip() or "x", changes=2),
        "summary.docx": summary_bytes(of, of, [TermEvent("resignation", "a")]),
        **letter_files(of, details),
        **round_data_files(of),
    }


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), min_size=14, max_size=14))
@settings(max_examples=6, deadline=None)
def test_no_cell_of_any_export_is_a_formula(words: list[str]) -> None:
    renamed = tuple(replace(one, name=word) for one, word in zip(proposal().pool.applicants, words, strict=True))
    of = replace(proposal(), rows=replace(proposal().rows, pool=replace(proposal().pool, applicants=renamed)))
    made = exports(of, words)
    for name, data in made.items():
        if name.endswith(".xlsx"):
            for sheet in load_workbook(io.BytesIO(data)).worksheets:
                assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}, name
                assert not sheet.merged_cells.ranges
        elif name.endswith(".csv"):
            assert [cell for row in rows_of(data) for cell in row if cell.startswith(ACTIVE)] == [], name
        else:
            assert Document(io.BytesIO(data)).core_properties.title


def test_a_protected_address_is_in_no_export_and_every_export_is_the_same_each_time() -> None:
    words = [f"sana{number}" for number in range(14)]
    made = exports(proposal(), words)
    assert made == exports(proposal(), words)
    for name, data in made.items():
        if name.endswith(".xlsx"):
            cells = [str(c.value) for sheet in load_workbook(io.BytesIO(data)).worksheets for r in sheet for c in r]
            assert not [cell for cell in cells if SECRET in cell], name
        elif name.endswith(".csv"):
            assert SECRET not in data.decode(), name


def test_what_may_be_published_names_nobody_who_is_not_chosen() -> None:
    made = exports(proposal(), [f"sana{number}" for number in range(14)])
    seated = {seat.person for seat in proposal().seats if seat.role != "reserve"}
    chosen = {one.name for one in people() if one.key in seated}
    others = {one.name for one in people()} - chosen
    sheet = load_workbook(io.BytesIO(made["annex.xlsx"])).worksheets[0]
    assert not others & {str(cell.value) for row in sheet for cell in row}
    summary = Document(io.BytesIO(made["summary.docx"]))
    written = "\n".join(cell.text for table in summary.tables for row in table.rows for cell in row.cells)
    written += "\n".join(paragraph.text for paragraph in summary.paragraphs)
    assert not [one.name for one in people() if one.name in written]
