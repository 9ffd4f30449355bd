"""Pages and dialogs of a board member: nothing of an applicant but what rosters need, no file, no solve."""

from __future__ import annotations

import pytest

from selection import actions as do
from selection.texts import text
from selection.ui.components import proposal_run
from selection.ui.job_worker import Job
from selection.ui.jobs import jobs
from tests.browser import scene
from tests.ui.test_pages import VIEWS, opened, seen, told

#: Letters of an answer that nobody shares by chance.
LONG = 30


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("records")


@pytest.fixture(scope="module")
def made(folder):
    """A round with a proposal, and something written of everybody who matters."""
    found = scene.make(folder)
    person = found.person_at("eteläinen")
    for action in (
        do.AddNote(round_id=found.round_id, application_id=person.id, text="kirjoitettu muistiin"),
        do.SetContact(round_id=found.round_id, application_id=person.id, status="asked", note="kerrottu puhelimessa"),
        do.SetNonDisclosure(round_id=found.round_id, application_id=person.id, on=True),
    ):
        do.perform(found.store, found.user, action)
    return found


@pytest.fixture(scope="module")
def details(made):
    """Everything that a board member is not shown."""
    people = do.applications(made.store, made.user, made.round_id)
    counted = {value for person in people for values in person.as_applicant().values.values() for value in values}
    answers = [answer for person in people for answer in person.original.values() if len(str(answer)) > LONG]
    answers = [answer for answer in answers if answer not in counted]  # an organisation's name is not withheld
    # A faulty number of three digits is also a number of something else.
    contact = [value for person in people for value in person.contact_data.values() if len(value) > 6]
    assert len(contact) > 200 and len(answers) > 100
    return {*map(str, answers), *contact, "kirjoitettu muistiin", "kerrottu puhelimessa"}


@pytest.fixture(autouse=True)
def at_home(folder, monkeypatch):
    monkeypatch.setenv("SELECTION_DATA", str(folder))
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)


@pytest.fixture
def board(made, monkeypatch):
    """The visitor is a board member of the round."""
    reader = do.known_user(made.store, "reader", "Hallituksen jäsen")
    if not do.may(made.store, reader, do.Right.READ, made.round_id):
        grant = do.GrantRole(user_id=reader.id, role="board_member", round_id=made.round_id)
        do.perform(made.store, made.user, grant)
    monkeypatch.setattr(do, "local_user", lambda store: reader)
    return reader


@pytest.mark.parametrize("view", VIEWS)
def test_no_page_sends_more_than_rosters_need(view, made, board, details):
    page = opened(view, made)
    sent = seen(page)
    assert [one for one in details if one in sent] == []
    assert text("ui.card.non_disclosure") not in sent
    taken = {one.label for one in page.download_button}
    assert taken <= {text("ui.criteria.download"), text("ui.template.download")}


def test_a_card_shows_what_rules_count_and_is_noted(made, board, details):
    person = made.person_at("eteläinen")
    page = opened_with_card(made, person)
    sent = seen(page)
    assert [one for one in details if one in sent] == []
    assert text("ui.card.withheld") in sent and str(person.as_applicant().birth_year) in sent
    line = do.history(made.store, made.user, made.round_id, looks=True)[0]
    assert (line.code, line.user_id, line.params["person"]) == ("action.look_at_person", board.id, person.name)


def test_a_coordinators_card_is_noted_too(made):
    person = made.person_at("itäinen")
    sent = seen(opened_with_card(made, person))
    assert all(value in sent for value in person.contact_data.values())
    line = do.history(made.store, made.user, made.round_id, looks=True)[0]
    assert (line.code, line.user_id, line.params["person"]) == ("action.look_at_person", made.user.id, person.name)


def opened_with_card(made, person):
    from streamlit.testing.v1 import AppTest

    from tests.ui.test_pages import SCRIPT

    page = AppTest.from_string(SCRIPT.replace("{view}", "applicants"), default_timeout=90)
    page.query_params["kierros"] = str(made.round_id)
    page.session_state["of_round:applicant"] = ("card", person.id)
    page.run()
    assert not page.exception, [one.value for one in page.exception]
    return page


def test_no_proposal_is_begun_for_who_may_not(made, board, monkeypatch):
    begun = []
    monkeypatch.setattr(jobs(), "start", lambda *given, **more: begun.append(given))
    page = opened("proposal", made)
    assert not [one for one in page.button if one.key == "propose"]
    # The page of somebody whose role was taken away while it was open still has the button.
    script = """
from selection.ui import round_at_work, session
from selection.ui.components import proposal_run
session.begin()
proposal_run.start(round_at_work.require())
session.show_news()
"""
    from streamlit.testing.v1 import AppTest

    late = AppTest.from_string(script, default_timeout=60)
    late.query_params["kierros"] = str(made.round_id)
    late.run()
    assert text("error.not_allowed") in told(late).replace("\\", "")
    assert begun == []


def test_how_a_proposal_ended_is_news_for_who_asked(made, board, monkeypatch):
    failed = Job("propose", made.row().revision, made.user.id, state="failed", error=RuntimeError("x"))
    monkeypatch.setattr(jobs(), "find", lambda key: failed if key[0] == "propose" else None)
    assert text("ui.propose.failed") not in told(opened("proposal", made))
    failed.by = board.id
    failed.seen = False
    assert text("ui.propose.failed") in told(opened("proposal", made))
    assert proposal_run.TIME_LIMIT > 0
