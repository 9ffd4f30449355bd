"""All documents of the sample round: the processor's seconds and the clock's, each document by itself."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from selection.commands.workbook import details_of
from selection.intake import finding_text, read_applications, set_aside_text
from selection.model.pool import Pool
from selection.model.rules_file import preset
from selection.outputs.annex import public_annex_bytes
from selection.outputs.document import document_bytes
from selection.outputs.json_proposal import proposal_json
from selection.outputs.letters import letter_files
from selection.outputs.round_data import round_data_files
from selection.outputs.summary import TermEvent, summary_bytes
from selection.outputs.term_lists import attendance_bytes, contacts_bytes
from selection.outputs.workbook import workbook_bytes
from selection.proposal import propose

SAMPLE = Path(__file__).parents[1] / "sample_applications.xlsx"

#: Seconds of processor time for all of them together.
LIMIT = 5.0


@dataclass(frozen=True, slots=True)
class Took:
    """What one document took, in seconds."""

    processor: float
    clock: float


def timed(make: Callable[[], object]) -> Took:
    """Make a document once."""
    processor, clock = time.process_time(), time.perf_counter()
    make()
    return Took(time.process_time() - processor, time.perf_counter() - clock)


def main() -> int:
    """Measure, print, and end with 1 if the limit is passed."""
    rules = preset("lahti-2021")
    intake = read_applications([SAMPLE], rules)
    proposal = propose(Pool.build(intake.applicants, rules, intake.asked), rules)
    details = details_of(intake)
    events = [TermEvent("resignation", rules.table_ids[0])] * 3
    documents: dict[str, Callable[[], object]] = {
        "workbook": lambda: workbook_bytes(
            proposal,
            files=[(one.name, one.sha256) for one in intake.files],
            set_aside=[(one.origin.sheet, one.origin.row, set_aside_text(one)) for one in intake.set_aside],
            findings=[(one.origin.sheet, one.origin.row, finding_text(one)) for one in intake.findings],
            details=details,
        ),
        "board's item": lambda: document_bytes(proposal, details=details, special_reason="–"),
        "public annex": lambda: public_annex_bytes(proposal, details),
        "letters (8 files)": lambda: letter_files(proposal, details),
        "data about the round": lambda: round_data_files(proposal),
        "attendance": lambda: attendance_bytes(proposal, details),
        "contacts": lambda: contacts_bytes(proposal, details),
        "summary": lambda: summary_bytes(proposal, proposal, events),
        "JSON": lambda: proposal_json(proposal, {}),
    }
    print(
        f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {len(intake.applicants)} applicants"
    )
    whole = Took(0.0, 0.0)
    for name, make in documents.items():
        took = timed(make)
        whole = Took(whole.processor + took.processor, whole.clock + took.clock)
        print(f"{name:22} {took.processor:6.2f} s of processor  {took.clock:6.2f} s by the clock")
    print(f"{'all':22} {whole.processor:6.2f} s of processor  {whole.clock:6.2f} s by the clock (at most {LIMIT:g} s)")
    return 0 if whole.processor <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
