"""Verify: figures that were changed by hand, edits told from earlier changes, any cell of a full check sheet."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from selection.errors import ProposalFileError
from selection.model.locks import Locks, Seated
from selection.model.people import Role
from selection.outputs.amendments import Amendment, amended
from selection.outputs.checkable import WIDTH
from selection.outputs.checkable_parsing import is_checkable
from selection.outputs.json_proposal import rules_of_json
from selection.outputs.provenance import Provenance
from selection.outputs.readback import SheetCells, checkable_in, exported_seats, recorded_seats, roster_in
from selection.outputs.verification import Verification, verify
from selection.outputs.workbook import workbook_bytes
from selection.proposal import Proposal
from selection.texts import LANGUAGES, in_language
from tests.outputs.made import people, proposal, sheets_of

FILES = [("haku.xlsx", "ab" * 32)]
FILE = "ehdotus.xlsx"


def verified(data: bytes, files: list[tuple[str, str]] = FILES) -> Verification:
    sheets = sheets_of(data)
    recorded = checkable_in(sheets, file=FILE)
    decided = roster_in(sheets, recorded, amended(people(), recorded.amendments), file=FILE)
    return verify(recorded, decided, people(), files=files, sheets=sheets)


def edited(data: bytes, sheet: str, **cells: Any) -> bytes:
    book = load_workbook(io.BytesIO(data))
    for cell, value in cells.items():
        book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def full() -> tuple[Proposal, Provenance]:
    """A roster that people changed: locks with reasons, corrections, somebody added and left out, fields asked."""
    changed = tuple(seat for seat in proposal().seats if seat.role != Role.RESERVE)
    provenance = Provenance(
        proposed=proposal().seats,
        proven=True,
        solved_locks=Locks((Seated("key001", "a"),), ("key002",)),
        lock_reasons={"key001": "Syy", "key003+key004": "Naapurit"},
        amendments=(Amendment("key005", None), Amendment("key006", replace(people()[6], birth_year=1950))),
        solved_amendments=(Amendment("key007", None), Amendment("key008", replace(people()[8], birth_year=1951))),
        solved_asked=("gender",),
        asked=("age", "gender"),
        mapping='{"fields": {}, "values": {}, "header_row": null, "shape": "x"}',
        outdated=True,
    )
    return replace(proposal(), seats=changed, proven=False), provenance


def test_all_that_the_app_records_reads_back() -> None:
    of, provenance = full()
    sheets = sheets_of(workbook_bytes(of, files=FILES, provenance=provenance))
    read = checkable_in(sheets, file=FILE)
    assert read.intact and read.outdated and read.proven
    assert (recorded_seats(read), exported_seats(read)) == (proposal().seats, of.seats)
    assert read.proposed_locks() == provenance.solved_locks and read.board_locks() == Locks()
    assert read.reasons == provenance.lock_reasons and read.asked == provenance.asked
    assert read.mapping == provenance.mapping and read.solved_asked == provenance.solved_asked
    assert [(one.key, one.used and one.used.birth_year) for one in read.solved_amendments or ()] == [
        ("key007", None),
        ("key008", 1951),
    ]
    assert [(one.key, one.used and one.used.birth_year) for one in read.amendments] == [
        ("key005", None),
        ("key006", 1950),
    ]


@cache
def check_sheet() -> SheetCells:
    of, provenance = full()
    return next(one for one in sheets_of(workbook_bytes(of, provenance=provenance)) if is_checkable(one[1]))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_an_edit_of_any_one_cell_of_a_full_check_sheet_is_found(data: st.DataObject) -> None:
    name, rows = check_sheet()
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, WIDTH))
    value = data.draw(st.sampled_from(["", "x", 0, 1, "yes", "no"]) | st.text(max_size=5))
    before = rows[row][column] if column < WIDTH else ""
    if str(value) == str(int(before) if isinstance(before, float) else before):
        return
    if str(value).strip() == "" and before == "":
        return
    changed = [[*cells, ""] for cells in rows]
    changed[row][column] = value
    with contextlib.suppress(ProposalFileError):
        assert not checkable_in([(name, changed)], file=FILE).intact


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_compared_in_the_workbooks_language(language: str) -> None:
    with in_language(language):
        data = workbook_bytes(proposal(), files=FILES)
    found = verified(data)
    assert found.follows and found.figures == () and not found.changes


def test_a_figure_changed_by_hand_is_named() -> None:
    data = edited(workbook_bytes(proposal(), files=FILES), "Kokoonpano ja tavoitteet", E2=99)
    found = verified(data)
    assert [(one.sheet, one.rows) for one in found.figures] == [("Kokoonpano ja tavoitteet", (2,))]
    book = load_workbook(io.BytesIO(data))
    del book["Naiset ja miehet"]
    out = io.BytesIO()
    book.save(out)
    assert [one.sheet for one in verified(out.getvalue()).figures if one.missing] == ["Naiset ja miehet"]


def test_changes_before_and_after_the_export_are_told_apart() -> None:
    taken = next(seat for seat in proposal().seats if seat.role == Role.RESERVE)
    changed = tuple(seat for seat in proposal().seats if seat != taken)
    provenance = Provenance(proposed=proposal().seats, proven=True)
    data = workbook_bytes(replace(proposal(), seats=changed, proven=False), files=FILES, provenance=provenance)
    found = verified(data)
    assert found.follows and [one.key for one in found.changes] == [taken.person] and not found.edited


def test_other_bytes_are_said_and_other_inputs_do_not_repeat() -> None:
    found = verified(workbook_bytes(proposal(), files=FILES), [("haku.xlsx", "cd" * 32)])
    assert found.follows and not found.same_files and found.files_missing == ("haku.xlsx",)
    found = verified(workbook_bytes(proposal(), files=FILES), [*FILES, ("muu.xlsx", "cd" * 32)])
    assert (found.files_missing, found.files_other, found.follows) == ((), ("muu.xlsx",), True)
    locked = Provenance(solved_locks=Locks(kept_out=("nobody",)))
    found = verified(workbook_bytes(proposal(), files=FILES, provenance=locked))
    assert found.recomputed is None and found.failure is not None and not found.follows


def test_a_json_names_its_rules(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    for rules, known in (("lahti-2025", "lahti-2025"), ("omat", "omat"), (7, None)):
        path.write_text(json.dumps({"rules": rules}), "utf-8")
        assert rules_of_json(path) == known
    path.write_text("[]", "utf-8")
    assert rules_of_json(path) is None
