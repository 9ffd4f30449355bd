"""The app's workbook agrees with the records, and the command line's verify and check follow it."""

from __future__ import annotations

import datetime as dt
import io
import random
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from selection import actions as do
from selection.checking import check
from selection.commands.round import as_proposal, read_kept
from selection.commands.workbook import details_of, read_as_recorded
from selection.intake import Mapping, mapping_of
from selection.model.people import Role
from selection.model.roster import seat_changes
from selection.model.rules_file import parse_rules
from selection.outputs import readback
from selection.outputs.amendments import amended
from selection.outputs.annex import public_annex_bytes
from selection.outputs.term_lists import contacts_csv
from selection.outputs.verification import Verification, verify
from selection.proposal import Proposal, propose
from selection.rounds import desk as desks
from selection.rounds import export, facts, intake_step, supplementary_call
from selection.texts import text
from selection.ui import effects, session
from selection.ui.components.download_button import workbook_of
from tests.browser import scene
from tests.outputs.made import sheets_of
from tests.records.made import NOT_ASKED
from tests.test_cli import RULES

FILE = "tyokirja.xlsx"


@dataclass
class Round:
    """A round of the sample in the records, worked on as the pages do."""

    made: scene.Scene
    files: list[Path]

    def take(self, mapping: Mapping | None = None) -> None:
        """Import the files."""
        rules = parse_rules(RULES, "pieni")
        uploads = [intake_step.Upload(path.name, path.read_bytes()) for path in self.files]
        understood = intake_step.understand(uploads, rules, mapping)
        for action in intake_step.actions_of(self.made.round_id, uploads, understood):
            do.perform(self.made.store, self.made.user, action)

    def desk(self) -> desks.Desk:
        return desks.read(self.made.store, self.made.user, self.made.row())

    def do(self, kind: type[do.RoundAction], **parts: object) -> do.Outcome:
        return do.perform(self.made.store, self.made.user, kind(round_id=self.made.round_id, **parts))

    def solve(self, known: Proposal | None = None) -> None:
        here = self.desk()
        found = known or propose(here.pool, here.rules, locks=here.solver_locks)
        roster = do.Roster(found.seats)
        told = facts.facts_of(found, here.pool, here.solver_locks) | {facts.MADE: roster.to_json()}
        self.do(do.SaveProposal, roster=roster, facts=told)

    def seated(self, table: str, role: Role, place: int = 0) -> do.ApplicationRow:
        here = self.desk()
        return here.people[here.roster.at(table, role)[place].person]

    def workbook(self) -> bytes:
        return workbook_of(export.export_of(self.desk(), self.made.store, self.made.user))

    def of(self, kind: str) -> bytes:
        """The workbook of what was decided, or of the roster in force."""
        store, user = self.made.store, self.made.user
        version = next(one for one in do.versions(store, user, self.made.round_id) if one.kind == kind)
        return workbook_of(export.export_of(effects.with_version(self.desk(), version), store, user))


def verified(workbook: bytes, files: list[Path]) -> Verification:
    """What the command does with a workbook and the files."""
    sheets = sheets_of(workbook)
    recorded = readback.checkable_in(sheets, file=FILE)
    intake = read_as_recorded(files, recorded, recorded.rules())
    people = amended(intake.applicants, recorded.amendments)
    decided = readback.roster_in(sheets, recorded, people, file=FILE)
    used = [(one.name, one.sha256) for one in intake.files]
    return verify(recorded, decided, intake.applicants, files=used, sheets=sheets, asked=intake.asked)


@pytest.fixture
def sample(tmp_path, monkeypatch):
    """The sample round with its proposal."""
    made = scene.make(tmp_path, proposed=False)
    found = Round(made, [scene.SAMPLE])
    at_home(monkeypatch, made)
    found.solve(scene.proposal())
    return found


def at_home(monkeypatch, made):
    monkeypatch.setattr(session, "store", lambda: made.store)
    monkeypatch.setattr(session, "user", lambda: made.user)


@pytest.fixture
def at_work(tmp_path, monkeypatch):
    """A small round with its proposal, from a file of twenty-four rows."""
    path = tmp_path / "hakemukset.csv"
    draw = random.Random(5)
    rows = ["Nimi;Syntymävuosi;Sukupuoli;Postinumero;Kumppanuuspöytä;Asumismuoto;Sähköposti"]
    for number in range(24):
        home = ("15500;eteläinen", "15200;pohjoinen")[number % 2]
        gender = ("nainen", "mies")[number // 2 % 2]
        housing = draw.choice(["Oma", "Vuokra"])
        letter = chr(97 + number)
        mail = f"{letter}@example.org"
        rows.append(f"Etu{letter} Suku{letter}nen;{draw.randint(1940, 2000)};{gender};{home};{housing};{mail}")
    path.write_text("\n".join(rows) + "\n", "utf-8")
    made = scene.make(tmp_path, proposed=False, imported=False, rules=RULES)
    at_home(monkeypatch, made)
    found = Round(made, [path])
    found.take()
    found.solve()
    return found


def test_an_untouched_proposal_follows_and_is_the_records(sample):
    workbook = sample.workbook()
    found = verified(workbook, sample.files)
    assert found.follows and not found.changes and not found.edited and not found.figures and not found.amendments
    recorded = readback.checkable_in(sheets_of(workbook), file=FILE)
    assert recorded.proven
    ours = {(seat.person, seat.table, seat.role, seat.deputy_of) for seat in sample.desk().roster.seats}
    assert {(one.key, one.table, one.role, one.deputy_of) for one in recorded.seats} == ours
    names = load_workbook(io.BytesIO(workbook)).sheetnames
    assert "Yhteystiedot (sisäinen)" in names and "Laatiminen" in names


def test_what_people_did_is_carried_named_and_repeated(at_work):
    """Corrections, somebody added, somebody left out and locks before the proposal; a swap after it."""
    corrected = at_work.seated("pohjoinen", Role.MEMBER)
    gone = at_work.seated("eteläinen", Role.MEMBER)
    out = at_work.seated("eteläinen", Role.MEMBER, 1)
    at_work.do(do.CorrectValue, application_id=corrected.id, field="birth_year", values=("1999",), reason="Soitettu")
    at_work.do(do.SetAside, application_id=gone.id, reason="Perui")
    at_work.do(do.KeepOut, application_id=out.id, reason="Muuttaa pois")
    person = do.PersonIn(name="Nuoriso Edustaja", birth_year=2004, values={"gender": ("woman",)})
    at_work.do(do.AddPerson, person=person, table="pohjoinen", reason="Nuorisovaltuusto")

    stale_workbook = at_work.workbook()
    stale = readback.checkable_in(sheets_of(stale_workbook), file=FILE)
    assert stale.outdated and stale.solved_locks == () and stale.proven
    found = verified(stale_workbook, at_work.files)
    assert found.follows and not found.outdated and not found.figures
    assert {one.key for one, _ in found.later} == {one.key for one, _ in found.amendments}

    at_work.solve()
    found = verified(at_work.workbook(), at_work.files)
    assert found.follows and not found.changes and not found.figures and not found.broken
    amended_people = {one.key: (one.used, read) for one, read in found.amendments}
    assert amended_people[corrected.person_key][0].birth_year == 1999
    assert amended_people[gone.person_key][0] is None
    assert sum(read is None for _, read in found.amendments) == 1

    member = at_work.seated("pohjoinen", Role.MEMBER, 1)
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
    found = verified(workbook, at_work.files)
    assert found.follows and not found.edited
    assert {member.person_key, free.person_key} <= {one.key for one in found.changes}

    told = [[str(cell) for cell in row] for row in dict(sheets_of(workbook))["Muutokset ja perustelut"]]
    reasons = {row[3] for row in told}
    assert {"Hallituksen toive", "Muuttaa pois", "Nuorisovaltuusto", "Perui"} <= reasons
    making = " ".join(str(cell) for row in dict(sheets_of(workbook))["Laatiminen"] for cell in row)
    assert "muutettu käsin" in making and "parempaa ehdotusta ei ole" not in making

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


def test_a_solve_is_repeated_with_the_data_as_they_stood_then(at_work):
    """Corrected, solved, corrected again, somebody set aside, added and undone: the solve has its own corrections."""
    first, second = at_work.seated("pohjoinen", Role.MEMBER), at_work.seated("eteläinen", Role.MEMBER)
    gone = at_work.seated("eteläinen", Role.MEMBER, 1)

    def correct(person, year, reason=""):
        at_work.do(do.CorrectValue, application_id=person.id, field="birth_year", values=(year,), reason=reason)

    correct(first, "1931", "Hakija soitti")
    at_work.solve()
    correct(first, "1933", "Tarkistettu uudelleen")
    correct(second, "2003")
    at_work.do(do.SetAside, application_id=gone.id, reason="Perui")
    person = do.PersonIn(name="Nuoriso Edustaja", birth_year=2004, values={"gender": ("woman",)})
    at_work.do(do.AddPerson, person=person, reason="Nuorisovaltuusto")
    correct(second, "1999")
    at_work.do(do.Undo)
    workbook = at_work.workbook()
    found = verified(workbook, at_work.files)
    assert found.follows and not found.outdated and not found.figures and found.failure is None
    now = {one.key: one.used.birth_year if one.used else None for one, _ in found.amendments}
    then = {one.key: before and before.birth_year for one, before in found.later}
    assert (now[first.person_key], then[first.person_key]) == (1933, 1931)
    assert (now[second.person_key], then[second.person_key]) == (2003, second.as_applicant().birth_year)
    assert now[gone.person_key] is None and then[gone.person_key] is not None
    assert sum(before is None for before in then.values()) == 1

    # Without what was kept of the solve the same computation does not come out: the test can fail.
    recorded = readback.checkable_in(sheets_of(workbook), file=FILE)
    intake = read_as_recorded(at_work.files, recorded, recorded.rules())
    used = [(one.name, one.sha256) for one in intake.files]
    poorer = replace(recorded, solved_amendments=None)
    assert not verify(poorer, (), intake.applicants, files=used, asked=intake.asked).follows


def test_who_corrected_what_and_why_is_in_the_internal_workbook(at_work):
    person = at_work.seated("pohjoinen", Role.MEMBER)
    for year, reason in (("1931", "Hakija soitti"), ("1933", "Väärä tieto")):
        parts = {"application_id": person.id, "field": "birth_year", "values": (year,), "reason": reason}
        at_work.do(do.CorrectValue, **parts)
    at_work.do(do.Undo)
    sheets = dict(sheets_of(at_work.workbook()))
    rows = [row for row in sheets["Muutokset ja perustelut"] if row[1] == person.name]
    [(kind, _, what, reason, who, when)] = [row[:6] for row in rows]
    assert kind == "Tietojen korjaus" and str(what).endswith("→ 1931")
    assert (reason, who) == ("Hakija soitti", at_work.made.user.name) and str(when).strip()
    checkable = list(sheets.values())[-1]
    assert checkable[1][0] == "schema"
    assert not [cell for row in checkable for cell in row if "Hakija soitti" in str(cell)]
    exported = export.export_of(at_work.desk(), at_work.made.store, at_work.made.user)
    annex = sheets_of(public_annex_bytes(exported.proposal, exported.details))
    assert not [cell for _, rows in annex for row in rows for cell in row if "Hakija soitti" in str(cell)]


def test_a_change_after_the_export_is_told_apart(at_work):
    workbook = load_workbook(io.BytesIO(at_work.workbook()))
    first, second = workbook["Eteläinen"]["B2"].value, workbook["Pohjoinen"]["B2"].value
    workbook["Eteläinen"]["B2"], workbook["Pohjoinen"]["B2"] = second, first
    out = io.BytesIO()
    workbook.save(out)
    sheets = sheets_of(out.getvalue())
    recorded = readback.checkable_in(sheets, file=FILE)
    people = at_work.desk().pool.applicants
    decided = readback.roster_in(sheets, recorded, people, file=FILE)
    names = {one.key: one.name for one in people}
    moved = {names[one.key] for one in seat_changes(readback.exported_seats(recorded), decided)}
    assert recorded.intact and recorded.held is None and {first, second} <= moved


def test_a_roster_made_by_hand_claims_no_computation(at_work):
    roster = at_work.desk().roster
    at_work.do(do.SaveProposal, roster=roster, facts={})
    found = verified(at_work.workbook(), at_work.files)
    assert not found.computed and found.recomputed is None and not found.changes and not found.figures


def test_non_disclosure_keeps_contact_data_out(at_work, tmp_path):
    person = at_work.seated("pohjoinen", Role.MEMBER)
    at_work.do(do.SetNonDisclosure, application_id=person.id, on=True)
    assert person.contact_data["email"]
    written = [str(cell) for _, rows in sheets_of(at_work.workbook()) for row in rows for cell in row]
    assert not [cell for cell in written if person.contact_data["email"] in cell]

    path = tmp_path / FILE
    path.write_bytes(at_work.workbook())
    kept = read_kept(path, at_work.files, None)
    assert kept.withheld == {person.person_key}
    details = details_of(kept.round.intake, kept.withheld)
    assert [key for key, one in details.items() if one.protected] == [person.person_key]
    contacts = contacts_csv(as_proposal(kept), details).decode("utf-8-sig")
    assert person.contact_data["email"] not in contacts and "@example.org" in contacts and person.name in contacts


def test_without_the_files_bytes_the_records_corrections_still_travel(at_work):
    person = at_work.seated("pohjoinen", Role.MEMBER)
    at_work.do(do.CorrectValue, application_id=person.id, field="birth_year", values=("1999",))
    here = at_work.desk()
    found = export._amendments(here, None)
    assert [(one.key, one.used.birth_year) for one in found] == [(person.person_key, 1999)]


def test_columns_that_a_person_read_otherwise_are_carried(tmp_path, monkeypatch, at_work):
    made = scene.make(tmp_path, proposed=False, imported=False, rules=RULES)
    at_home(monkeypatch, made)
    other = Round(made, at_work.files)
    upload = [intake_step.Upload(path.name, path.read_bytes()) for path in other.files]
    columns = intake_step.read(upload, parse_rules(RULES, "pieni")).columns
    assert any(one.field == "own:Asumismuoto" or "asumismuoto" in str(one.field) for one in columns)
    left_out = [replace(one, field=None, used=False) if one.header == "Asumismuoto" else one for one in columns]
    other.take(mapping_of(left_out))
    other.solve()
    workbook = other.workbook()
    assert readback.checkable_in(sheets_of(workbook), file=FILE).mapping
    found = verified(workbook, other.files)
    assert found.follows and not found.amendments and not found.figures


def test_a_header_row_that_a_person_chose_is_read_again(at_work, tmp_path):
    """By itself the program takes the upper one of two headers that are as good."""
    head, *lines = at_work.files[0].read_text("utf-8").splitlines()
    lower = tmp_path / "toinen.csv"
    lower.write_text("\n".join((head, head.replace("Asumismuoto", "Lemmikki"), *lines)), "utf-8")
    other = Round(scene.make(tmp_path, proposed=False, imported=False, rules=RULES), [lower])
    other.take(Mapping(header_rows={"toinen.csv": {"": 2}}))
    files = do.source_files(other.made.store, other.made.user, other.made.round_id)
    read, mapping = export.read_again(other.desk(), other.made.store, other.made.user, files)
    assert read is not None and [one.header_row for one in read.sheets] == [2]
    assert Mapping.from_json(mapping).header_row_of("toinen.csv", "") == 2


def test_a_second_file_with_somebody_new_is_one_of_the_files(tmp_path, at_work):
    second = tmp_path / "lisa.csv"
    head = at_work.files[0].read_text("utf-8").splitlines()[0]
    second.write_text(f"{head}\nUusi Hakija;1980;nainen;15200;pohjoinen;Oma;uusi@example.org\n", "utf-8")
    Round(at_work.made, [second]).take()
    at_work.solve()
    files = [*at_work.files, second]
    found = verified(at_work.workbook(), files)
    assert found.follows and found.same_files
    alone = verified(at_work.workbook(), at_work.files)
    assert alone.files_missing == ("lisa.csv",) and alone.follows and not alone.same_files


def test_a_workbook_tells_where_the_log_stands(at_work):
    heads = [row for _, rows in sheets_of(at_work.of("draft")) for row in rows if row[:1] == [text("making.log_head")]]
    assert heads[0][1] == ":".join(map(str, do.log_head(at_work.made.store)))


def test_a_supplementary_call_changes_nothing_of_the_decision(tmp_path, at_work, monkeypatch):
    """The decision's workbook stays the same cell by cell, but for where the log stands; that of the roster in force
    needs both files."""
    monkeypatch.setattr(do, "log_head", lambda store: (1, "0" * 64))
    at_work.do(do.MarkReady, reason=NOT_ASKED)
    special = "hakijoita ei ollut"
    at_work.do(do.RecordDecision, reason=NOT_ASKED, section="1 §", date=dt.date(2021, 8, 23), special_reason=special)
    gone = at_work.seated("pohjoinen", Role.MEMBER)
    before = sheets_of(at_work.of("decided"))
    at_work.do(do.RecordResignation, application_id=gone.id, date=dt.date(2022, 3, 1), reason="muutto")
    elected = at_work.seated("pohjoinen", Role.MEMBER, 1)
    at_work.do(do.ElectedToCouncil, application_id=elected.id, date=dt.date(2022, 3, 1))
    later = tmp_path / "lisa.csv"
    head, *lines = at_work.files[0].read_text("utf-8").splitlines()
    later.write_text("\n".join((head, lines[0], "Uusi Tulija;1980;nainen;15200;pohjoinen;Oma;u@example.org")), "utf-8")
    upload = intake_step.Upload(later.name, later.read_bytes())
    understood = intake_step.understand([upload], parse_rules(RULES, "pieni"))
    held = list(at_work.desk().people.values())
    found = supplementary_call.of(understood, held)
    for action in supplementary_call.actions_of(at_work.made.round_id, [upload], understood, found, held):
        do.perform(at_work.made.store, at_work.made.user, action)
    assert sheets_of(at_work.of("decided")) == before
    assert verified(at_work.of("decided"), at_work.files).follows

    new = next(row for row in at_work.desk().people.values() if row.name == "Uusi Tulija")
    at_work.do(do.Replace, application_id=new.id, table="pohjoinen", date=dt.date(2022, 4, 1), reason="täydennyshaku")
    standing = at_work.of("standing")
    assert [row for _, rows in sheets_of(standing) for row in rows if "Uusi Tulija" in map(str, row)]
    found = verified(standing, [*at_work.files, later])
    assert found.follows and not found.figures and not found.edited
    assert {gone.person_key, new.person_key} <= {one.key for one in found.changes}
    assert sheets_of(at_work.of("decided")) == before
