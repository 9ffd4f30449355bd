"""The decision page's documents and the workbook that comes back, without a browser."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from selection import actions as do
from selection.errors import ActionError, FileError
from selection.model.law import SpecialReasons
from selection.model.people import Role
from selection.outputs.annex import annex_bytes, public_annex_bytes
from selection.outputs.kept_data import kept_cells
from selection.outputs.population import population_of_csv
from selection.rounds import desk as desks
from selection.rounds import export
from selection.rounds.rules_edit import remove_rule
from selection.texts import error_text, text
from selection.ui import effects, session
from selection.ui.components import documents, download_button, kept_data
from tests.browser import scene
from tests.records.made import NOT_ASKED
from tests.ui.test_pages import SCRIPT

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)
    return scene.make(tmp_path)


@pytest.fixture
def alone(made, monkeypatch):
    """The round seen from outside a page."""
    monkeypatch.setattr(session, "store", lambda: made.store)
    monkeypatch.setattr(session, "user", lambda: made.user)
    return made


def opened(made):
    page = AppTest.from_string(SCRIPT.replace("{view}", "decision"), default_timeout=90)
    page.query_params["kierros"] = str(made.round_id)
    page.run()
    assert not page.exception, [one.value for one in page.exception]
    return page


def exported(made):
    return export.export_of(desks.read(made.store, made.user, made.row()), made.store, made.user)


def act(made, kind, **parts):
    return do.perform(made.store, made.user, kind(round_id=made.round_id, **parts))


def test_every_document_has_its_button_and_the_term_has_more(made):
    page = opened(made)
    before = {
        "download_item",
        "download_annex",
        "download_workbook",
        "download_json",
        "download_letters",
        "download_data",
    }
    assert {one.key for one in page.download_button} == before
    act(made, do.MarkReady, reason=NOT_ASKED)
    act(made, do.RecordDecision, reason=NOT_ASKED, section="§ 1", date=dt.date(2021, 8, 23))
    later = {"download_attendance", "download_contacts", "download_summary"}
    assert {one.key for one in opened(made).download_button} == before | later


def test_a_download_is_noted_in_the_log_when_its_file_was_made(made, files):
    opened(made)
    lines = do.verify_log(made.store).lines
    assert files["annex"]()[:2] == b"PK"
    assert do.verify_log(made.store).lines == lines + 1
    line = next(one for one in do.history(made.store, made.user, made.round_id) if one.code == "action.log_export")
    assert "julkinen liite" in line.text


def test_a_special_reason_is_asked_for_before_the_item_is_made(made):
    draft = made.draft()
    people = {row.person_key: row for row in do.applications(made.store, made.user, made.round_id)}
    men = [
        people[seat.person]
        for seat in draft.roster.at("itäinen", Role.MEMBER)
        if people[seat.person].as_applicant().value("gender") == "man"
    ]
    for man in men[:4]:
        act(made, do.RemoveFromSeat, application_id=man.id, reason="Koe")
    page = opened(made)
    assert "download_item" not in {one.key for one in page.download_button}
    page.text_area(key="item_reason_itäinen_member").set_value("Hakijoita oli vain yksi.").run()
    assert "download_item" in {one.key for one in page.download_button}
    export = exported(made)
    item = Document(io.BytesIO(documents.item_of(export, SpecialReasons("Hakijoita oli vain yksi."), None)))
    said = "\n".join(paragraph.text for paragraph in item.paragraphs)
    assert "Hakijoita oli vain yksi." in said
    assert "todistanut" not in said


def test_a_template_that_cannot_be_used_is_told_at_once(made):
    page = opened(made)
    page.file_uploader(key="item_template").upload("pohja.docx", b"not a document", download_button.DOCX).run()
    assert any("pohjaa ei voi käyttää" in one.value.replace("\\", "") for one in page.error)
    assert "download_item" not in {one.key for one in page.download_button}


def test_letters_and_data_come_in_one_file_each(alone):
    export = exported(alone)
    with zipfile.ZipFile(io.BytesIO(documents._letters(export))) as archive:
        assert len(archive.namelist()) == 8
        people = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".csv")).decode()
    with zipfile.ZipFile(io.BytesIO(documents._data(export))) as archive:
        data = b"".join(archive.read(name) for name in archive.namelist()).decode()
    names = [one.name for one in export.proposal.pool.applicants]
    assert all(name in people for name in names) and not [name for name in names if name in data]


def test_a_workbook_edited_in_excel_is_taken_and_undone(made, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(session, "store", lambda: made.store)
        patch.setattr(session, "user", lambda: made.user)
        book = load_workbook(io.BytesIO(download_button.workbook_of(exported(made))))
    first, second = (str(book[sheet]["B2"].value) for sheet in ("Eteläinen", "Itäinen"))
    book["Eteläinen"]["B2"], book["Itäinen"]["B2"] = second, first
    out = io.BytesIO()
    book.save(out)
    before = made.draft().roster
    page = opened(made)
    upload = next(one for one in page.file_uploader if one.key.startswith("returned_"))
    upload.upload("tyokirja.xlsx", out.getvalue(), XLSX).run()
    assert not page.exception and not page.error
    button = page.button(key="returned_take")
    button.click().run()
    assert not page.exception
    after = made.draft().roster
    names = {row.person_key: row.name for row in do.applications(made.store, made.user, made.round_id)}
    moved = {names[one.person]: one.table for _, one in before.compare(after).moved}
    assert (moved[first], moved[second]) == ("itäinen", "eteläinen")
    line = do.undoable(made.store, made.user, made.round_id)
    assert line is not None and line.code == "action.take_roster" and line.reason
    act(made, do.Undo)
    assert made.draft().roster == before


def test_names_that_nobody_has_and_people_twice_are_told(made, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(session, "store", lambda: made.store)
        patch.setattr(session, "user", lambda: made.user)
        workbook = download_button.workbook_of(exported(made))
    for name, said in (("Ei Kukaan", "Eteläinen!B2"), (None, "kahdella paikalla")):
        book = load_workbook(io.BytesIO(workbook))
        book["Eteläinen"]["B2"] = name or book["Itäinen"]["B2"].value
        book["Eteläinen"]["F2"] = None
        out = io.BytesIO()
        book.save(out)
        page = opened(made)
        upload = next(one for one in page.file_uploader if one.key.startswith("returned_"))
        upload.upload("tyokirja.xlsx", out.getvalue(), XLSX).run()
        assert any(said in one.value.replace("\\", "") for one in page.error)
        assert "returned_take" not in {one.key for one in page.button}


def test_documents_of_a_decision_are_of_what_was_decided(alone):
    act(alone, do.MarkReady, reason=NOT_ASKED)
    act(alone, do.RecordDecision, reason=NOT_ASKED, section="§ 1", date=dt.date(2021, 8, 23))
    decision = do.decision(alone.store, alone.user, alone.round_id)
    desk = desks.read(alone.store, alone.user, alone.row())
    decided = do.version(alone.store, alone.user, alone.round_id, decision.version_id)
    seat = decided.roster.at("itäinen", Role.MEMBER)[0]
    person = desk.people[seat.person]
    act(alone, do.RecordResignation, application_id=person.id, date=dt.date(2022, 1, 1), reason="Muutto")
    standing = do.version(alone.store, alone.user, alone.round_id, alone.row().standing_id)
    seated = [
        seat.person in {one.person for one in export.export_of(of, alone.store, alone.user).proposal.seats}
        for of in (effects.with_version(desk, decided), effects.with_version(desk, standing))
    ]
    assert seated == [True, False]


@pytest.mark.parametrize("whom", ["not_chosen", "all"])
def test_the_annex_of_a_decision_stays_as_it_was_decided(alone, whom):
    """Names as decided, also of who left since, whether their applications are there or not."""
    export = exported(alone)
    before = load_workbook(io.BytesIO(public_annex_bytes(export.proposal, export.details))).worksheets[0]
    act(alone, do.MarkReady, reason=NOT_ASKED)
    act(alone, do.RecordDecision, reason=NOT_ASKED, section="§ 1", date=dt.date(2021, 8, 23))
    member = desks.read(alone.store, alone.user, alone.row()).people[
        alone.draft().roster.at("itäinen", Role.MEMBER)[0].person
    ]
    act(alone, do.RecordResignation, application_id=member.id, date=dt.date(2022, 1, 1), reason="Muutto")
    act(alone, do.EraseApplicants, whom=whom)
    assert member.person_key not in desks.read(alone.store, alone.user, alone.row()).people
    decision = do.decision(alone.store, alone.user, alone.round_id)
    roster = do.version(alone.store, alone.user, alone.round_id, decision.version_id).roster
    named = kept_data.named_by(decision, roster)
    book = load_workbook(
        io.BytesIO(annex_bytes(named, desks.read(alone.store, alone.user, alone.row()).rules, decided=True))
    )
    assert str(book.properties.title).startswith("Päätös: ")
    after = book.worksheets[0]
    assert member.name in [row[2] for row in after.values]
    assert list(after.values) == list(before.values)


def test_a_population_handed_in_is_compared_with_kept_and_undone(alone):
    """As the component does it: the table read, an action, the data of the round, and the action taken back."""
    found = population_of_csv("tieto;ryhmä;asukkaita\nsukupuoli;nainen;777\n".encode("cp1252"), file="oma.csv")
    before = exported(alone).population
    act(alone, do.SetPopulation, source="oma.csv", groups=found.groups)
    export = exported(alone)
    assert before is None and export.population == found
    data = zipfile.ZipFile(io.BytesIO(documents._data(export)))
    assert b";777;" in b"".join(data.read(name) for name in data.namelist())
    line = next(iter(do.history(alone.store, alone.user, alone.round_id)))
    assert line.code == "action.set_population" and line.can_undo
    act(alone, do.Undo, seq=line.seq)
    assert exported(alone).population is None


def test_the_page_says_what_the_data_are_compared_with_and_takes_it_away(made):
    act(made, do.SetPopulation, source="oma.csv", groups={"gender": {"woman": 777}})
    page = opened(made)
    assert [one for one in page.caption if "oma" in one.value and "csv" in one.value]
    page.button(key="population_remove").click().run()
    assert not page.exception and do.population(made.store, made.user, made.round_id) is None


@pytest.mark.parametrize(
    ("row", "code", "column", "found"),
    [
        ("foo;woman;1", "population_field", 1, "foo"),
        ("gender;kissa;1", "population_group", 2, "kissa"),
        ("gender;woman;1,5", "population_count", 3, "1,5"),
    ],
)
def test_a_cell_of_a_population_that_cannot_be_used_is_named(row, code, column, found):
    with pytest.raises(FileError) as raised:
        population_of_csv(f"gender;man;12\n{row}\n".encode(), file="v.csv")
    told = raised.value
    assert (told.code, told.params["row"], told.params["column"], told.params["found"]) == (code, 2, column, found)
    assert "v.csv" in error_text(told) and found in error_text(told)


def test_after_erasing_the_figures_are_those_of_all_applicants(made, files):
    """The data of those left would count too few: what was counted before is handed out instead."""
    all_of_them = sum(one.status == "active" for one in do.applications(made.store, made.user, made.round_id))
    act(made, do.MarkReady, reason=NOT_ASKED)
    act(made, do.RecordDecision, reason=NOT_ASKED, section="§ 1", date=dt.date(2021, 8, 23))
    act(made, do.EraseApplicants, whom="not_chosen")
    page = opened(made)
    keys = {one.key for one in page.download_button}
    assert "download_kept_data" in keys and "download_data" not in keys
    assert [text("ui.documents.partly_erased")] == [one.value for one in page.warning]
    cells = [one for one in kept_cells(made.row().statistics) if one.field == "gender"]
    assert sum(one.applicants for one in cells) == all_of_them
    assert len(do.applications(made.store, made.user, made.round_id)) < all_of_them
    act(made, do.EraseApplicants, whom="all")
    page = opened(made)
    assert {one.key for one in page.download_button} == {"download_annex", "download_kept_data"}
    assert files["kept_data"]()
    line = next(one for one in do.history(made.store, made.user, made.round_id) if one.code == "action.log_export")
    assert "kierroksen luvut ilman henkilöitä" in line.text


def test_before_a_protected_name_leaves_it_is_asked_about(alone):
    person = next(
        one
        for one in do.applications(alone.store, alone.user, alone.round_id)
        if one.person_key == alone.draft().roster.people()[0]
    )
    act(alone, do.SetNonDisclosure, application_id=person.id, on=True)
    page = opened(alone)
    asks = {one.key for one in page.button if str(one.key).endswith("_asks")}
    assert asks == {f"download_{kind}_asks" for kind in ("item", "annex", "workbook", "json", "letters")}
    page.button(key="download_annex_asks").click().run()
    assert {"disclosing_yes", "disclosing_no"} <= {one.key for one in page.button}
    page.session_state["of_round:disclosed"] = {(alone.draft().id, person.id)}
    page.run()
    assert not {one.key for one in page.button if str(one.key).endswith("_asks")}


def test_the_decision_asks_a_reason_for_each_body_whatever_the_rounds_rules_say(made):
    """With the requirements of women and men taken out of the rules."""
    people = {row.person_key: row for row in do.applications(made.store, made.user, made.round_id)}
    toml = do.rules_text(made.store, made.user, made.round_id)
    without = remove_rule(remove_rule(toml, "requirements", "women"), "requirements", "men")
    act(made, do.ChangeRules, text=without, reason="Koe")
    for role in (Role.MEMBER, Role.DEPUTY):
        at = [people[seat.person] for seat in made.draft().roster.at("itäinen", role)]
        for man in [one for one in at if one.as_applicant().value("gender") == "man"][:5]:
            act(made, do.RemoveFromSeat, application_id=man.id, reason="Koe")
    act(made, do.MarkReady, reason=NOT_ASKED)
    page = opened(made)
    wanted = {f"decision_reason_itäinen_{role}" for role in ("member", "deputy")}
    assert {one.key for one in page.text_area if str(one.key).startswith("decision_reason")} == wanted
    reasons = {"itäinen/member": "Jäseniksi ei hakenut miehiä.", "itäinen/deputy": "Eikä varalle."}
    action = {"section": "§ 1", "date": dt.date(2021, 8, 23), "reason": NOT_ASKED}
    with pytest.raises(ActionError, match="special_reason_missing"):
        act(made, do.RecordDecision, **action, special_reasons={"itäinen/member": "Jäseniksi ei hakenut miehiä."})
    act(made, do.RecordDecision, **action, special_reasons=reasons)
    page = opened(made)
    said = "\n".join(one.value for one in page.markdown).replace("\\", "")
    assert all(reason in said for reason in reasons.values())
    assert page.text_area(key="item_reason_itäinen_member").value == reasons["itäinen/member"]


def test_no_two_download_buttons_have_one_name(made):
    """Who hears a page button by button hears which document each is."""
    labels = [one.label for one in opened(made).download_button]
    assert len(labels) == len(set(labels)) > 5
