"""The app's workbook agrees with the records, and the command line's verify and check follow it."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest
from openpyxl import load_workbook

from selection import actions as do
from selection.checking import check
from selection.intake import read_applications
from selection.outputs import readback
from selection.outputs.amendments import amended
from selection.outputs.verifying import Verification, verify
from selection.pool import Role
from selection.proposal import Proposal, propose
from selection.ui import desk as desks
from selection.ui import exporting, facts, session
from selection.ui.components.downloading import workbook_of
from tests.browser import scene
from tests.outputs.made import sheets_of

FILE = "tyokirja.xlsx"


@dataclass
class Round:
    """A round of the sample in the records, worked on as the pages do."""

    made: scene.Scene

    def desk(self) -> desks.Desk:
        return desks.read(self.made.row())

    def do(self, kind: type[do.RoundAction], **parts: object) -> do.Outcome:
        return do.perform(self.made.store, self.made.user, kind(round_id=self.made.round_id, **parts))

    def solve(self, known: Proposal | None = None) -> None:
        here = self.desk()
        found = known or propose(here.pool, here.rules, locks=here.solver_locks)
        roster = do.roster_of((one.key, one.table, one.role, one.deputy_of) for one in found.seats)
        told = facts.facts_of(found, here.pool.applicants, here.solver_locks) | {facts.MADE: roster.to_json()}
        self.do(do.SaveProposal, roster=roster, facts=told)

    def seated(self, table: str, role: Role, place: int = 0) -> do.ApplicationRow:
        here = self.desk()
        return here.people[here.roster.at(table, role)[place].person]

    def workbook(self) -> bytes:
        return workbook_of(exporting.export_of(self.desk(), self.made.store, self.made.user))


def verified(workbook: bytes) -> Verification:
    """What the command does with a workbook and the sample."""
    sheets = sheets_of(workbook)
    recorded = readback.checkable_in(sheets, file=FILE)
    intake = read_applications([scene.SAMPLE], recorded.rules())
    people = amended(intake.applicants, recorded.amendments)
    decided = readback.roster_in(sheets, recorded, people, file=FILE)
    files = [(one.name, one.sha256) for one in intake.files]
    return verify(recorded, decided, intake.applicants, files=files, sheets=sheets, asked=intake.asked)


@pytest.fixture
def at_work(tmp_path, monkeypatch):
    made = scene.make(tmp_path, proposed=False)
    monkeypatch.setattr(session, "store", lambda: made.store)
    monkeypatch.setattr(session, "user", lambda: made.user)
    found = Round(made)
    found.solve(scene.proposal())
    return found


def test_an_untouched_proposal_follows_and_is_the_records(at_work):
    workbook = at_work.workbook()
    found = verified(workbook)
    assert found.follows and not found.changes and not found.edited and not found.figures and not found.amendments
    recorded = readback.checkable_in(sheets_of(workbook), file=FILE)
    assert recorded.proven
    ours = {(seat.person, seat.table, seat.role, seat.deputy_of) for seat in at_work.desk().roster.seats}
    assert {(one.key, one.table, one.role, one.deputy_of) for one in recorded.seats} == ours
    names = load_workbook(io.BytesIO(workbook)).sheetnames
    assert "Yhteystiedot (sisäinen)" in names and "Laatiminen" in names


def test_what_people_did_is_carried_named_and_repeated(at_work):
    """Corrections, somebody added, somebody left out and locks before the proposal; a swap after it."""
    corrected = at_work.seated("itäinen", Role.MEMBER)
    gone = at_work.seated("eteläinen", Role.MEMBER)
    out = at_work.seated("keskusta", Role.MEMBER)
    at_work.do(do.CorrectValue, application_id=corrected.id, field="birth_year", values=("1999",), reason="Soitettu")
    at_work.do(do.SetAside, application_id=gone.id, reason="Perui")
    at_work.do(do.KeepOut, application_id=out.id, reason="Muuttaa pois")
    person = do.PersonIn(name="Nuoriso Edustaja", birth_year=2004, values={"gender": ("woman",)})
    at_work.do(do.AddPerson, person=person, table="itäinen", reason="Nuorisovaltuusto")

    stale = readback.checkable_in(sheets_of(at_work.workbook()), file=FILE)
    assert stale.outdated and stale.solved_locks == () and stale.proven

    at_work.solve()
    found = verified(at_work.workbook())
    assert found.follows and not found.changes and not found.figures and not found.broken
    amended_people = {one.key: (one.used, read) for one, read in found.amendments}
    assert amended_people[corrected.person_key][0].birth_year == 1999
    assert amended_people[gone.person_key][0] is None
    assert sum(read is None for _, read in found.amendments) == 1

    member = at_work.seated("pohjoinen", Role.MEMBER)
    here = at_work.desk()
    index = here.pool.tables.index("pohjoinen")
    seated = set(here.roster.people())
    free = next(
        here.people[here.pool.applicants[one.applicant].key]
        for one in here.pool.candidates
        if one.table == index and here.pool.applicants[one.applicant].key not in {*seated, out.person_key}
    )
    at_work.do(do.Swap, out=member.id, into=free.id, reason="Hallituksen toive")
    workbook = at_work.workbook()
    found = verified(workbook)
    assert found.follows and not found.edited
    assert {member.person_key, free.person_key} <= {one.key for one in found.changes}

    told = [[str(cell) for cell in row] for row in dict(sheets_of(workbook))["Muutokset ja perustelut"]]
    reasons = {row[3] for row in told}
    assert {"Hallituksen toive", "Muuttaa pois", "Nuorisovaltuusto", "Perui"} <= reasons
    making = " ".join(str(cell) for row in dict(sheets_of(workbook))["Laatiminen"] for cell in row)
    assert "ei ole enää se" in making

    # check's figures are those of the records' own rows
    sheets = sheets_of(workbook)
    recorded = readback.checkable_in(sheets, file=FILE)
    here = at_work.desk()
    seats = readback.roster_in(sheets, recorded, here.pool.applicants, file=FILE)
    checked = check(seats, here.pool.applicants, here.rules, asked=here.pool.asked, locks=recorded.board_locks())
    ours = {str(one) for one in here.rows.goal_standings(here.chosen)}
    assert {str(one) for one in checked.goals} == ours
    failing = {(one.id, one.table) for one in here.rows.standings(here.chosen) if not one.holds}
    assert {(one.id, one.table) for one in checked.requirements if not one.holds} == failing
    assert {(lock.kind, lock.keys) for lock in recorded.locks} >= {("kept_out", out.person_key)}
    assert recorded.reasons[out.person_key] == "Muuttaa pois"


def test_a_change_after_the_export_is_told_apart(at_work):
    workbook = load_workbook(io.BytesIO(at_work.workbook()))
    first, second = workbook["Eteläinen"]["B2"].value, workbook["Itäinen"]["B2"].value
    workbook["Eteläinen"]["B2"], workbook["Itäinen"]["B2"] = second, first
    out = io.BytesIO()
    workbook.save(out)
    sheets = sheets_of(out.getvalue())
    recorded = readback.checkable_in(sheets, file=FILE)
    people = at_work.desk().pool.applicants
    decided = readback.roster_in(sheets, recorded, people, file=FILE)
    names = {one.key: one.name for one in people}
    moved = {names[one.key] for one in readback.seat_changes(readback.exported_seats(recorded), decided)}
    assert recorded.intact and recorded.held is None and {first, second} <= moved


def test_a_roster_made_by_hand_claims_no_computation(at_work):
    roster = at_work.desk().roster
    at_work.do(do.SaveProposal, roster=roster, facts={})
    found = verified(at_work.workbook())
    assert not found.computed and found.recomputed is None and not found.changes and not found.figures


def test_non_disclosure_keeps_contact_data_out(at_work):
    person = at_work.seated("itäinen", Role.MEMBER)
    at_work.do(do.SetNonDisclosure, application_id=person.id, on=True)
    assert person.contact_data["email"]
    written = [str(cell) for _, rows in sheets_of(at_work.workbook()) for row in rows for cell in row]
    assert not [cell for cell in written if person.contact_data["email"] in cell]


def test_without_the_files_bytes_the_records_corrections_still_travel(at_work):
    person = at_work.seated("itäinen", Role.MEMBER)
    at_work.do(do.CorrectValue, application_id=person.id, field="birth_year", values=("1999",))
    here = at_work.desk()
    found = exporting._amendments(here, None)
    assert [(one.key, one.used.birth_year) for one in found] == [(person.person_key, 1999)]
