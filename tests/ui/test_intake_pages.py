"""The intake's way through the pages: a messy file uploaded, understood, settled finding by finding, and sent again."""

import pytest
from streamlit.testing.v1 import AppTest

from selection import actions as do
from selection.intake import mapping_of
from selection.model.rules_file import parse_rules
from selection.rounds import intake_step
from selection.texts import text
from tests.browser import scene
from tests.intake.builders import xlsx
from tests.ui import test_pages
from tests.ui.test_pages import SCRIPT, button, seen

HEADER = "Aikaleima;Nimi;Syntymävuosi;Sukupuoli;Postinumero;Kumppanuuspöytä;Sähköposti;Puolue;Kissan nimi"
ROWS = (
    "3.4.2021 9.00;Aino Aalto;1960;nainen;15l10;Keskusta;aino@example.org;x;Miuku",
    "3.4.2021 9.10;Eero Eskola;1971;mies;151OO;Pohjoinen;eero@example.org;;",
    "4.4.2021 9.00;Aino Aaltto;1960;nainen;15110;Itäinen;aino.a@example.org;;",
    "5.4.2021 9.00;Olli Oja;75;mies;15610;läntinen;olli@example.org;;",
    "5.4.2021 9.30;Ulla Uusi;-;1;15610;Eteläinen;ulla@example.org;;",
)
FIRST = "\n".join((HEADER, *ROWS)).encode("cp1252")
#: Sent again: a column by another name, one more; Eero gone, Olli's table changed, somebody new.
AGAIN = "\n".join(
    (
        HEADER.replace("Syntymävuosi", "Synt.vuosi") + ";Lempiväri",
        ROWS[0] + ";",
        ROWS[2] + ";",
        ROWS[3].replace("läntinen", "Itäinen") + ";",
        ROWS[4] + ";",
        "6.4.2021 9.00;Väinö Vire;1950;mies;15110;Keskusta;vaino@example.org;;;",
    )
).encode("cp1252")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def empty(folder):
    return scene.make(folder, proposed=False, imported=False)


@pytest.fixture
def filled(folder, empty):
    """The round with the first file taken."""
    upload = intake_step.Upload("haku.csv", FIRST)
    read = intake_step.understand([upload], scene.preset(scene.PRESET))
    for action in intake_step.actions_of(empty.round_id, [upload], read):
        do.perform(empty.store, empty.user, action)
    return empty


def opened(view, made):
    page = AppTest.from_string(SCRIPT.replace("{view}", view), default_timeout=60)
    page.query_params["kierros"] = str(made.round_id)
    page.run()
    assert not page.exception, [one.value for one in page.exception]
    return page


def told(page):
    """What the page says, without the signs that keep Markdown from being read."""
    return test_pages.told(page).replace("\\", "")


def uploaded(made, content, name="haku.csv"):
    page = opened("importing", made)
    page.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not page.exception, [one.value for one in page.exception]
    return page


def findings(made):
    return do.findings(made.store, made.user, made.round_id)


def finding(made, code):
    return next(one for one in findings(made) if one.code == code)


def person(made, name):
    return next(one for one in do.applications(made.store, made.user, made.round_id) if one.name == name)


class Dialog:
    """The dialog that a button of the table opens; it is opened anew for each run, as a browser keeps it open."""

    def __init__(self, made, action, one):
        self.page, self.asked = opened("findings", made), (action, one.id)
        self.run()

    def run(self):
        self.page.session_state["of_round:finding"] = self.asked
        self.page.run()
        assert not self.page.exception, [one.value for one in self.page.exception]

    def click(self, label):
        button(self.page, label).click()
        self.run()


def test_a_file_is_understood_before_it_is_taken(empty):
    page = uploaded(empty, FIRST)
    said = told(page)
    assert "Windows-1252" in said
    assert "Puolue ei tuoda" in said and "puolue tai poliittinen kanta" in said
    assert "Kissan nimi" in said
    assert not do.applications(empty.store, empty.user, empty.round_id)
    button(page, text("ui.import.take", n=5)).click().run()
    assert len(do.applications(empty.store, empty.user, empty.round_id)) == 5


def test_the_header_row_of_one_sheet_is_put_right(empty):
    """Two sheets of lists whose upper row is a header of an older form: of one of them the lower row is chosen."""
    head, lower = ["Nimi", "Postinumero"], ["Etu- ja sukunimi", "Postinro"]
    content = xlsx(
        ("Etelä", [head, lower, ["Aino Aalto", "15610"]]),
        ("Itä", [head, lower, ["Eero Eskola", "15110"]]),
    )
    page = uploaded(empty, content, "kaksi.xlsx")
    fields = [one for one in page.number_input if one.label.startswith("Otsikkorivi")]
    assert [(one.label, one.value) for one in fields] == [("Otsikkorivi: Etelä", 1), ("Otsikkorivi: Itä", 1)]
    fields[1].set_value(2)
    button(page, "Tallenna").click().run()
    assert not page.exception
    fields = [one for one in page.number_input if one.label.startswith("Otsikkorivi")]
    assert [one.value for one in fields] == [1, 2]
    button(page, "Ota 3 hakemusta käyttöön").click().run()
    (file,) = do.source_files(empty.store, empty.user, empty.round_id)
    assert '"header_rows": {"kaksi.xlsx": {"Etelä": 1, "Itä": 2}}' in file.mapping["columns"]


def test_a_file_that_cannot_be_read_leaves_all_as_it_was(filled):
    before = do.applications(filled.store, filled.user, filled.round_id)
    page = uploaded(filled, b"PK\x03\x04 torn", "haku.xlsx")
    assert "haku.xlsx" in told(page)
    assert do.applications(filled.store, filled.user, filled.round_id) == before


def test_one_finding_accepted_and_taken_back(filled):
    one = finding(filled, "postal_code_letters")
    page = opened("findings", filled)
    action = do.SettleFinding(round_id=filled.round_id, finding_ids=(one.id,), how="accept")
    do.perform(filled.store, filled.user, action)
    assert person(filled, "Aino Aalto").as_applicant().value("postal_code") == "15110"
    assert "15l10" in str(person(filled, "Aino Aalto").original)
    page.run()
    button(page, "Kumoa").click().run()
    assert person(filled, "Aino Aalto").as_applicant().value("postal_code") is None


def test_all_alike_accepted_at_once(filled):
    page = opened("findings", filled)
    next(one for one in page.button if str(one.key) == "all_accept_field:postal_code").click().run()
    assert "käsiteltiin" in told(page)
    codes = [person(filled, name).as_applicant().value("postal_code") for name in ("Aino Aalto", "Eero Eskola")]
    assert codes == ["15110", "15100"]


def test_another_value_is_typed(filled):
    one = finding(filled, "year_or_age")
    dialog = Dialog(filled, "type", one)
    dialog.page.text_input(key=f"finding_{one.id}").set_value("1946")
    dialog.click(text("ui.save"))
    assert person(filled, "Olli Oja").as_applicant().birth_year == 1946


def test_set_aside_with_a_reason(filled):
    dialog = Dialog(filled, "aside", finding(filled, "table_unknown"))
    dialog.page.text_input(key="aside_reason").set_value("Ei kuulu Lahteen")
    dialog.click(text("ui.findings.do_aside"))
    olli = person(filled, "Olli Oja")
    assert (olli.status, olli.set_aside_reason) == ("set_aside", "Ei kuulu Lahteen")


def test_likely_duplicates_of_separated_text_stand_side_by_side(filled):
    dialog = Dialog(filled, "twice", finding(filled, "likely_duplicate"))
    shown = seen(dialog.page)
    assert "aino@example.org" in shown and "aino.a@example.org" in shown
    dialog.click(text("ui.twice.keep_first"))
    kept = [one for one in do.applications(filled.store, filled.user, filled.round_id) if one.status == "active"]
    aino = next(one for one in kept if one.name.startswith("Aino"))
    assert [one.name for one in kept if one.name.startswith("Aino")] == [aino.name]
    assert set(aino.as_applicant().wishes) == {"keskusta", "itäinen"}


def test_or_both_are_kept(filled):
    dialog = Dialog(filled, "twice", finding(filled, "likely_duplicate"))
    dialog.click(text("ui.twice.keep_both"))
    assert person(filled, "Aino Aalto").status == person(filled, "Aino Aaltto").status == "active"
    assert all(one.how is not None for one in findings(filled) if one.code == "likely_duplicate")


def test_the_same_file_later(filled):
    first = intake_step.understand([intake_step.Upload("haku.csv", FIRST)], scene.preset(scene.PRESET)).first
    confirmed = mapping_of(first.columns)
    save = do.SaveMapping(name="haku.csv", signature=confirmed.shape, mapping={"json": confirmed.to_json()})
    do.perform(filled.store, filled.user, save)
    olli = person(filled, "Olli Oja")
    note = do.AddNote(round_id=filled.round_id, application_id=olli.id, text="Soitettu")
    do.perform(filled.store, filled.user, note)
    page = uploaded(filled, AGAIN, "haku2.csv")
    said = told(page)
    assert "haku.csv" in said and "Lempiväri" in said
    shown = seen(page)
    assert "Väinö Vire" in shown and "Eero Eskola" in shown and "Olli Oja" in shown
    assert person(filled, "Olli Oja").as_applicant().wishes == ()
    button(page, text("ui.import.take", n=5)).click().run()
    after = person(filled, "Olli Oja")
    assert after.as_applicant().wishes == ("itäinen",)
    assert [one.text for one in after.notes] == ["Soitettu"]
    assert person(filled, "Eero Eskola").status == "active"


def test_postal_codes_are_moved_between_the_tables_and_asked_about(filled):
    page = opened("criteria", filled)
    page.text_area(key="codes_keskusta").set_value("15100 15110, 15850")
    page.text_area(key="codes_ask").set_value("15140")
    save = next(one for one in page.button if one.label == text("ui.save") and "areas_form" in str(one.form_id))
    save.click().run()
    assert not page.exception
    rules = parse_rules(do.rules_text(filled.store, filled.user, filled.round_id), "x")
    assert rules.ask_postal_codes == ("15140",)
    assert rules.table_of_postal_code("15850") == "keskusta"
    assert rules.table_of_postal_code("15140") is None


@pytest.mark.parametrize(("typed", "told_of"), [("15100, 1510", "1510"), ("15100, 15610", "15610")])
def test_what_is_no_postal_code_or_stands_twice_is_told(filled, typed, told_of):
    before = do.rules_text(filled.store, filled.user, filled.round_id)
    page = opened("criteria", filled)
    page.text_area(key="codes_keskusta").set_value(typed)
    next(one for one in page.button if one.label == text("ui.save") and "areas_form" in str(one.form_id)).click().run()
    assert told_of in told(page)
    assert do.rules_text(filled.store, filled.user, filled.round_id) == before


def test_a_person_by_hand_is_counted_in_the_seats_or_beside_them(filled):
    for beside, name in ((False, "Nelli Nuori"), (True, "Outi Osallinen")):
        page = opened("applicants", filled)
        next(one for one in page.text_input if one.label == text("ui.add.name")).set_value(name)
        if beside:
            next(one for one in page.checkbox if one.label == text("ui.add.beside")).check()
        next(one for one in page.text_input if one.label == text("ui.reason")).set_value("Nuorisovaltuusto nimesi")
        button(page, text("ui.add.do")).click().run()
        assert not page.exception
    assert (person(filled, "Nelli Nuori").by_hand, person(filled, "Nelli Nuori").beside) == (True, False)
    assert (person(filled, "Outi Osallinen").by_hand, person(filled, "Outi Osallinen").beside) == (True, True)


def test_a_blank_workbook_and_the_questions_to_ask(empty):
    page = opened("importing", empty)
    shown = seen(page)
    assert text("ui.template.download") in shown
    assert "postinumero" in shown.lower() and "kumppanuusp" in shown.lower()


TWICE = "\n".join(
    (
        HEADER,
        "3.4.2021 9.00;Aino Aalto;1960;nainen;15110;Keskusta;aino@example.org;;",
        "4.4.2021 9.00;Aino Aalto;1960;nainen;15110;Itäinen;aino@example.org;;",
        "4.4.2021 9.30;Olli Oja;1975;mies;15610;Itäinen;olli@example.org;;",
    )
).encode("cp1252")


def twins_titles(page):
    said = (one.value.replace("\\", "") for one in page.header)
    return [one for one in said if one.startswith("Kahdesti hakeneet")]


def test_a_certain_duplicate_is_listed_with_its_twin_and_a_way_back(empty):
    upload = intake_step.Upload("haku.csv", TWICE)
    for action in intake_step.actions_of(
        empty.round_id, [upload], intake_step.understand([upload], scene.preset(scene.PRESET))
    ):
        do.perform(empty.store, empty.user, action)
    page = opened("findings", empty)
    assert twins_titles(page) == ["Kahdesti hakeneet: 1 hakemus jätetty sivuun"]
    assert "Aino Aalto (rivi 3)" in seen(page)
    rows = do.applications(empty.store, empty.user, empty.round_id)
    aside, kept = (
        next(one for one in rows if one.status == "set_aside"),
        next(one for one in rows if one.origin.row == 3),
    )
    assert kept.as_applicant().wishes == ("itäinen", "keskusta")
    page.session_state["of_round:twin"] = ("back", aside.id)
    page.run()
    held = {one.origin.row: one for one in do.applications(empty.store, empty.user, empty.round_id)}
    assert [held[row].status for row in (2, 3)] == ["active", "active"]
    assert held[2].as_applicant().wishes == ("keskusta",)
    assert held[3].as_applicant().wishes == ("itäinen",)
    assert twins_titles(opened("findings", empty)) == []
    do.perform(empty.store, empty.user, do.Undo(round_id=empty.round_id))
    assert len(twins_titles(opened("findings", empty))) == 1


def test_the_twin_may_stand_in_another_file(empty):
    first, second = (HEADER.encode("cp1252") + b"\n" + TWICE.splitlines()[row] for row in (1, 2))
    uploads = [intake_step.Upload("a.csv", first), intake_step.Upload("b.csv", second)]
    for action in intake_step.actions_of(
        empty.round_id, uploads, intake_step.understand(uploads, scene.preset(scene.PRESET))
    ):
        do.perform(empty.store, empty.user, action)
    rows = do.applications(empty.store, empty.user, empty.round_id)
    aside, kept = (next(one for one in rows if one.status == status) for status in ("set_aside", "active"))
    assert aside.same_as_id == kept.id
