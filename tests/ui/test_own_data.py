"""Everything kept of one person: complete, about nobody else, for those who may, and noted in the log."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from selection import actions as do
from selection.model.rules_file import preset
from selection.rounds.own_data import own_data_bytes
from selection.texts import in_language
from tests.browser import scene
from tests.ui.test_pages import SCRIPT


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)
    return scene.make(tmp_path)


def lived(made):
    """Somebody of whom everything is kept that can be."""
    person = made.person_at("eteläinen")
    here = {"round_id": made.round_id, "application_id": person.id}
    for action in (
        do.CorrectValue(**here, field="postal_code", values=("15610",), reason="väärin kirjoitettu"),
        do.SetContact(**here, status="agreed", note="soitettu"),
        do.AddNote(**here, text="tuntee alueen"),
        do.LockSeat(**here, table="eteläinen", role="member", reason="asiantuntija"),
    ):
        do.perform(made.store, made.user, action)
    return do.application(made.store, made.user, made.round_id, person.id)


def lines(made, person):
    data = do.person_data(made.store, made.user, made.round_id, person.id)
    sheet = load_workbook(io.BytesIO(own_data_bytes(data, preset(scene.PRESET)))).worksheets[0]
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_everything_is_told_in_words(made):
    person = lived(made)
    told = lines(made, person)
    assert {(header, answer) for _, header, answer in told if _ == "Vastaukset"} == {
        (header, answer) for header, answer in person.original.items() if answer
    }
    said = {(part, name): value for part, name, value in told}
    assert said["Tulkitut tiedot", "nimi"] == person.name
    assert said["Korjaukset", "postinumero"].endswith("→ 15610")
    assert said["Lukitukset", "lukittu mukaan"] == "Eteläinen, jäsen, asiantuntija"
    assert "tuntee alueen" in [value for part, _, value in told if part == "Muistiinpanot"]
    assert any("soitettu" in value for part, _, value in told if part == "Käsittely")
    assert set(person.contact_data.values()) <= {value for part, _, value in told if part == "Yhteystiedot"}
    assert [value for part, _, value in told if part == "Paikat kokoonpanoissa"] == ["Eteläinen, jäsen"]


def test_nobody_else_is_in_it(made):
    person = lived(made)
    others = {one.name for one in do.applications(made.store, made.user, made.round_id)} - {person.name}
    assert not [cell for line in lines(made, person) for cell in line if cell in others]


def test_it_is_told_in_the_language_in_force(made):
    person = lived(made)
    with in_language("sv"):
        assert ("Låsningar", "låst in", "Södra, ledamot, asiantuntija") in lines(made, person)


def opened(made, person):
    page = AppTest.from_string(SCRIPT.replace("{view}", "applicants"), default_timeout=90)
    page.query_params["kierros"] = str(made.round_id)
    page.session_state["of_round:applicant"] = ("card", person.id)
    page.run()
    assert not page.exception, [one.value for one in page.exception]
    return page


def test_the_card_hands_it_out_and_notes_whose_data_it_was(made, files):
    person = lived(made)
    assert [one.key for one in opened(made, person).download_button] == ["own_data"]
    assert files["own_data"]()[:2] == b"PK"
    line = do.history(made.store, made.user, made.round_id)[0]
    assert (line.code, line.params["person"]) == ("action.hand_out_data", person.name)


def test_only_those_who_may_take_files_out_are_offered_it(made, monkeypatch):
    person = lived(made)
    reader = do.known_user(made.store, "reader", "Hallituksen jäsen")
    grant = do.GrantRole(user_id=reader.id, role="board_member", round_id=made.round_id)
    do.perform(made.store, made.user, grant)
    monkeypatch.setattr(do, "local_user", lambda store: reader)
    page = opened(made, person)
    assert [one.value for one in page.markdown if person.name in one.value]
    assert not page.download_button
