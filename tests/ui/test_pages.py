"""The logic of each page, run without a browser: what it shows in which state, and what its buttons change."""

import datetime as dt
import re

import pytest
from streamlit.testing.v1 import AppTest

from selection import actions as do
from selection.model.rules_file import parse_rules
from selection.rounds import tasks
from selection.texts import text
from selection.ui.components import preview
from selection.ui.job_worker import Job
from selection.ui.jobs import jobs
from tests.browser import scene
from tests.catalogues import messages
from tests.records.made import NOT_ASKED

VIEWS = {
    "rounds": "Kierrokset",
    "importing": "Tuonti",
    "findings": "Tarkistus",
    "applicants": "Hakijat",
    "criteria": "Valintaperusteet",
    "proposal": "Ehdotus",
    "compare": "Versiot ja vertailu",
    "board": "Eteläinen",
    "decision": "Päätös ja asiakirjat",
    "history": "Muutosloki",
    "keeping": "Säilytys ja poisto",
    "guide": "Opas",
    "accessibility": "Saavutettavuusseloste",
}

SCRIPT = """
import runpy
from selection.ui import navigation, session

session.begin()
navigation.pages()
session.show_news()
row = session.round_row()
runpy.run_path(str(navigation.VIEWS / "{view}.py"))
session.end(row)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("records")


@pytest.fixture(autouse=True)
def at_home(folder, monkeypatch):
    monkeypatch.setenv("SELECTION_DATA", str(folder))
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)


@pytest.fixture(scope="module")
def proposed(folder):
    """A round with a proposal, for tests that only look."""
    return scene.make(folder)


@pytest.fixture
def fresh(folder):
    """A round with a proposal, for tests that change it."""
    return scene.make(folder)


def opened(view, made=None, **query):
    page = AppTest.from_string(SCRIPT.replace("{view}", view), default_timeout=60)
    if made is not None:
        page.query_params["kierros"] = str(made.round_id)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, [one.value for one in page.exception]
    return page


def button(page, label):
    return next(one for one in page.button if one.label == label)


def told(page):
    return " ".join(one.value for kind in (page.success, page.info, page.warning, page.error) for one in kind)


def seen(page):
    """Everything that a page sends to the browser, as one text."""
    parts, waiting = [], [page._tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(getattr(node, "children", {}).values())
        proto = getattr(node, "proto", None)
        if proto is not None:
            parts.append(proto.SerializeToString().decode("utf-8", "ignore"))
    # Tables travel as JSON.
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), "\n".join(parts))


@pytest.mark.parametrize("view", VIEWS)
def test_every_page_opens_with_a_proposal(view, proposed):
    page = opened(view, proposed)
    assert [one.value for one in page.title] == [VIEWS[view]]
    assert not page.error
    places = set().union(*(found[0].places for found in messages("fi").values()))
    assert places.intersection(re.findall(r"(?<!\$)\{([a-z_]+)\}", seen(page))) == set()


@pytest.mark.parametrize(
    ("view", "missing"),
    [
        ("importing", "round"),
        ("findings", "round"),
        ("applicants", "round"),
        ("criteria", "round"),
        ("proposal", "round"),
        ("compare", "round"),
        ("decision", "round"),
        ("history", "round"),
        ("keeping", "round"),
    ],
)
def test_without_a_round_each_page_leads_to_one(view, missing):
    page = opened(view)
    assert [one.key for one in page.button if str(one.key).startswith("missing_")] == [f"missing_{missing}"]


@pytest.mark.parametrize(
    ("view", "missing"),
    [
        ("findings", "applications"),
        ("applicants", "applications"),
        ("proposal", "applications"),
        ("board", "proposal"),
        ("compare", "proposal"),
        ("decision", "proposal"),
    ],
)
def test_what_is_missing_is_said_and_led_to(view, missing, folder):
    made = scene.make(folder, proposed=False, imported=False)
    page = opened(view, made)
    assert f"missing_{missing}" in [one.key for one in page.button]


def test_a_round_is_made(folder):
    page = opened("rounds")
    page.text_input[0].set_value("Pöydät 2027")
    button(page, "Luo kierros").click().run()
    assert "Kierros luotiin" in told(page)
    store = do.open_store(folder)
    assert "Pöydät 2027" in [row.name for row in do.rounds(store, do.local_user(store))]
    page.text_input[0].set_value("Pöydät 2027")
    button(page, "Luo kierros").click().run()
    assert page.error


def test_findings_of_a_kind_are_settled_at_once_and_taken_back(fresh):
    page = opened("findings", fresh)
    before = fresh.row().open_findings
    many = next(one for one in page.button if str(one.key).startswith("all_"))
    many.click().run()
    assert "käsiteltiin" in told(page)
    assert fresh.row().open_findings < before
    button(page, "Kumoa").click().run()
    assert fresh.row().open_findings == before


def test_applicants_are_searched(proposed):
    page = opened("applicants", proposed)
    person = proposed.person_at("itäinen")
    page.text_input(key="sought").set_value(person.name).run()
    assert page.caption[0].value.startswith("1 hakija")
    page.text_input(key="sought").set_value("ei ketään sellaista").run()
    assert page.caption[0].value.startswith("0 hakijaa")


def test_applicants_are_found_by_how_far_a_call_has_come(fresh):
    person = fresh.person_at("itäinen")
    do.perform(
        fresh.store, fresh.user, do.SetContact(round_id=fresh.round_id, application_id=person.id, status="agreed")
    )
    page = opened("applicants", fresh)
    page.selectbox(key="in_state").set_value("agreed").run()
    assert page.caption[0].value.startswith("1 hakija")
    page.selectbox(key="in_state").set_value("not_asked").run()
    assert page.caption[0].value.startswith(f"{fresh.row().seated - 1} hakijaa")


def test_the_start_page_tells_each_table_and_renames(fresh):
    page = opened("rounds", fresh)
    assert "15 / 15" in seen(page) and "15100" in seen(page)
    name = next(one for one in page.text_input if one.value == fresh.name)
    name.set_value("Toinen nimi")
    button(page, "Tallenna").click().run()
    assert fresh.row().name == "Toinen nimi"


def test_criteria_change_in_place(fresh):
    page = opened("criteria", fresh)
    page.button(key="change_seats").click().run()
    number = next(one for one in page.number_input if one.value == 15)
    number.set_value(14)
    # A dialog is drawn anew with the whole page here, so the button that opens it is held down as well.
    page.button(key="change_seats").click()
    # The page's own form has a button of this name too; the dialog's has no key.
    next(one for one in page.button if one.label == "Tallenna" and not one.key).click().run()
    assert parse_rules(do.rules_text(fresh.store, fresh.user, fresh.round_id), "test").members.aim == 14


MORE_RULES = """
[[if_then]]
id = "saattaja"
title = "Edustajan kanssa nuori"
if = { field = "kind", values = ["representative"] }
then = { field = "age", values = ["18–29"] }
body = "members"

[[not_here]]
persons = ["{name}"]
tables = ["eteläinen"]
"""


def test_requirements_of_other_kinds_and_over_persons_are_shown_where_they_belong(fresh):
    person = fresh.person_at("eteläinen")
    rules = do.rules_text(fresh.store, fresh.user, fresh.round_id).replace(
        "minimum_age = 18", "minimum_age = 18\nmaximum_age = 90"
    )
    rules = rules.replace("[reserves]", '[reserves]\nhold = [{ field = "gender", values = ["woman"] }]')
    rules += MORE_RULES.replace("{name}", person.name)
    do.perform(fresh.store, fresh.user, do.ChangeRules(round_id=fresh.round_id, text=rules))
    page = seen(opened("criteria", fresh))
    assert "Edustajan kanssa nuori" in page
    assert "Jos mukana on joku ryhmästä yhteisön edustaja, mukana on oltava vähintään yksi ryhmästä 18–29" in page
    assert "Enimmäisikä" in page and "90" in page
    assert "Varalla pöytää kohti: mukana vähintään 1, jos hakijoissa on: nainen" in page.replace("\\", "")
    # The roster at hand breaks what was added over a person, and that is said by name.
    page = seen(opened("proposal", fresh))
    assert "Laskennan jälkeen on muutettu: valintaperusteet" in page
    assert f"lukittu ulos: {person.name}".casefold() in page.casefold()


def test_a_proposal_tells_how_far_it_may_be_from_the_best(fresh):
    facts = {"proven": False, "steps": [{"name": "goals_1", "value": 3, "bound": 1}]}
    do.perform(fresh.store, fresh.user, do.SaveProposal(round_id=fresh.round_id, roster=scene.roster(), facts=facts))
    page = opened("proposal", fresh)
    assert "ennen kuin ehdotus todistettiin parhaaksi" in seen(page)
    assert "parempaa ehdotusta ei ole" not in seen(page)
    assert "enintään 2 paikkaa parannettavissa" in seen(page)


def test_a_proposal_that_is_ready_cannot_be_made_anew(fresh):
    assert not opened("proposal", fresh).button(key="propose").disabled
    do.perform(fresh.store, fresh.user, do.MarkReady(round_id=fresh.round_id, reason=NOT_ASKED))
    assert opened("proposal", fresh).button(key="propose").disabled


def test_a_named_version_is_compared_with_the_draft(fresh):
    page = opened("compare", fresh)
    assert not page.selectbox
    page.text_input[0].set_value("Ennen kokousta")
    button(page, "Tallenna luonnos nimellä").click().run()
    assert "Ennen kokousta" in seen(page)
    assert len(page.selectbox) == 2


def test_the_board_view_hides_names(proposed):
    page = opened("board", proposed)
    name = proposed.person_at("eteläinen").name
    assert name in seen(page)
    page.toggle(key="board_hidden").set_value(True).run()
    names = [proposed.person_at("eteläinen", place=place).name for place in range(15)]
    assert [one for one in names if one in seen(page)] == []
    assert "Naisia" in seen(page)


def test_the_way_from_draft_to_decision(fresh):
    page = opened("decision", fresh)
    button(page, "Merkitse valmiiksi päätettäväksi").click().run()
    assert fresh.row().state == "draft"
    assert "Suostumusta ei ole kysytty: 107 Ikä ei ole tiedossa: 3" in told_open(page)
    do.perform(fresh.store, fresh.user, do.MarkReady(round_id=fresh.round_id, reason="kysytään kokouksen jälkeen"))
    page = opened("decision", fresh)
    page.text_input[0].set_value("§ 212")
    page.date_input[0].set_value(dt.date(2021, 6, 7))
    record = next(one for one in page.button if one.label not in ("Kumoa",) and one.label.startswith("Kirjaa"))
    record.click().run()
    assert fresh.row().state == "ready"
    assert page.text_area(key="open_seats_reason").value == "kysytään kokouksen jälkeen"
    decision = do.RecordDecision(
        round_id=fresh.round_id, section="§ 212", date=dt.date(2021, 6, 7), reason="kysytään kokouksen jälkeen"
    )
    do.perform(fresh.store, fresh.user, decision)
    page = opened("decision", fresh)
    assert "§ 212" in seen(page)
    assert "Perustelu sille, että asia vietiin eteenpäin: kysytään kokouksen jälkeen" in seen(page).replace("\\", "")


def told_open(page):
    return " ".join(one.label for one in page.expander)


@pytest.fixture
def decided(fresh):
    """A round that was decided long ago."""
    do.perform(fresh.store, fresh.user, do.MarkReady(round_id=fresh.round_id, reason=NOT_ASKED))
    record = do.RecordDecision(round_id=fresh.round_id, section="§ 1", date=dt.date(2021, 6, 7), reason=NOT_ASKED)
    do.perform(fresh.store, fresh.user, record)
    return fresh


def test_who_has_no_seat_is_told_as_the_round_stands(proposed, decided):
    for made, name in ((proposed, "Ei ehdotuksessa"), (decided, "Ei paikkaa")):
        page = opened("applicants", made)
        assert name in page.selectbox(key="in_state").options
        assert name.lower() in seen(page)


def test_nobody_is_erased_before_the_decision(proposed):
    page = opened("keeping", proposed)
    assert page.button(key="ask_not_chosen").disabled
    assert "Päivää ei ole vielä asetettu" in seen(page)


def test_those_not_chosen_are_erased_when_their_time_is_over(decided):
    page = opened("keeping", decided)
    assert "oikaisuvaatimusaika on päättynyt" in told(page)
    page.button(key="ask_not_chosen").click().run()
    assert page.button(key="do_not_chosen").disabled
    page.text_input(key="name_not_chosen").set_value(decided.row().name)
    # A dialog is drawn anew with the whole page here, so the button that opens it is held down as well.
    page.button(key="ask_not_chosen").click().run()
    page.button(key="ask_not_chosen").click()
    page.button(key="do_not_chosen").click().run()
    assert decided.row().erased == "not_chosen"
    people = do.applications(decided.store, decided.user, decided.round_id)
    assert f"{234 - len(people)} hakijan tiedot poistettiin" in told(page)
    assert "Luvut ilman henkilöitä" in [one.value for one in page.header]
    assert "231" in seen(page), "the counts of all applicants stay"
    # What sits now is there for the other pages, without the draft.
    for view in ("proposal", "board", "decision", "compare"):
        page = opened(view, decided)
        assert not page.error
        assert not [one for one in page.button if str(one.key).startswith("missing_")], view


def test_history_tells_what_was_done(proposed):
    assert "Laati ehdotuksen" in seen(opened("history", proposed))


def test_other_languages(proposed):
    assert opened("proposal", proposed, lang="sv").title[0].value == "Förslag"
    assert opened("proposal", proposed, lang="en").title[0].value == "Proposal"


@pytest.mark.parametrize(("language", "name"), [("fi", "Eteläinen"), ("sv", "Södra"), ("en", "Southern")])
def test_tables_are_called_by_their_names_in_the_language_of_the_page(proposed, language, name):
    names = {"Eteläinen", "Södra", "Southern"}
    for view in ("rounds", "applicants", "criteria", "proposal", "board"):
        shown = seen(opened(view, proposed, lang=language))
        assert name in shown, view
        assert not [other for other in names - {name} if other in shown], view


def test_the_history_calls_tables_by_their_names(fresh):
    lock = do.LockSeat(
        round_id=fresh.round_id,
        application_id=fresh.person_at("itäinen").id,
        table="itäinen",
        role="member",
        reason="asiantuntija",
    )
    do.perform(fresh.store, fresh.user, lock)
    assert "– östra, ledamot" in seen(opened("history", fresh, lang="sv"))
    assert "– itäinen, jäsen" in seen(opened("history", fresh))


def test_what_was_taken_back_is_told_in_the_language_of_the_page(fresh):
    page = opened("proposal", fresh, lang="sv")
    button(page, "Ångra").click().run()
    assert "Ändringen ångrades: Skapade ett förslag" in told(page)


def test_the_second_writer_is_told_who_did_what(fresh):
    page = opened("decision", fresh)
    other = do.known_user(fresh.store, "other", "Toinen Valmistelija")
    do.perform(fresh.store, fresh.user, do.GrantRole(user_id=other.id, role="coordinator", round_id=fresh.round_id))
    person = fresh.person_at("itäinen")
    do.perform(
        fresh.store, other, do.RemoveFromSeat(round_id=fresh.round_id, application_id=person.id, reason="Ehti ensin")
    )
    button(page, "Merkitse valmiiksi päätettäväksi").click().run()
    assert "Toinen Valmistelija" in told(page)
    assert fresh.row().state == "draft"


@pytest.mark.parametrize("view", ["proposal", "board", "decision"])
def test_what_is_true_of_the_roster_stands_beside_it_and_changes_with_the_rules(view, fresh):
    assert "parempaa ehdotusta ei ole (todistettu)" in seen(opened(view, fresh))
    rules = do.rules_text(fresh.store, fresh.user, fresh.round_id).replace("aim = 15", "aim = 14", 1)
    do.perform(fresh.store, fresh.user, do.ChangeRules(round_id=fresh.round_id, text=rules))
    page = seen(opened(view, fresh))
    assert "parempaa ehdotusta ei ole" not in page
    assert "Laskennan jälkeen on muutettu: valintaperusteet" in page


def test_seats_left_vacant_and_people_too_many_do_not_look_well(fresh):
    person = fresh.person_at("eteläinen")
    action = do.RemoveFromSeat(round_id=fresh.round_id, application_id=person.id, reason="Syy")
    do.perform(fresh.store, fresh.user, action)
    page = seen(opened("proposal", fresh))
    assert "14 / 15" in page and "1 paikka täyttämättä" in page


def test_a_change_made_by_hand_is_listed_and_let_go(fresh):
    person = fresh.person_at("eteläinen")
    action = do.RemoveFromSeat(round_id=fresh.round_id, application_id=person.id, reason="Syy")
    do.perform(fresh.store, fresh.user, action)
    page = opened("proposal", fresh)
    assert f"{person.name}: ei paikkaa" in seen(page)
    page.button(key=f"let_go_{person.id}").click().run()
    assert f"{person.name}: ei paikkaa" not in seen(page)
    assert "Päästi irti" in do.undoable(fresh.store, fresh.user, fresh.round_id).text


@pytest.mark.parametrize("view", ["proposal", "board", "compare"])
def test_after_erasure_a_page_says_what_is_kept_and_gives_no_verdict(view, decided):
    name = decided.row().name
    do.perform(
        decided.store,
        decided.user,
        do.EraseApplicants(round_id=decided.round_id, whom="all", name=name, reason="Pyyntö"),
    )
    page = opened(view, decided)
    assert "Hakijoiden tiedot on poistettu" in told(page)
    assert "vaatimus" not in seen(page).casefold().replace("oikaisuvaatimus", "")


@pytest.mark.parametrize("view", ["applicants", "findings", "criteria"])
def test_after_erasure_no_page_says_that_nothing_was_imported(view, decided):
    erase = do.EraseApplicants(round_id=decided.round_id, whom="all", name=decided.row().name, reason="Pyyntö")
    do.perform(decided.store, decided.user, erase)
    page = opened(view, decided)
    assert "Hakijoiden tiedot on poistettu" in told(page)
    assert [one.key for one in page.button if str(one.key).startswith("missing_")] == []
    assert text("ui.findings.none") not in told(page) and text("ui.closed") not in told(page)


@pytest.mark.parametrize("taken", [True, False])
def test_a_new_proposal_is_shown_before_it_is_taken_or_discarded(taken, fresh):
    person = fresh.person_at("eteläinen")
    action = do.RemoveFromSeat(round_id=fresh.round_id, application_id=person.id, reason="Syy")
    do.perform(fresh.store, fresh.user, action)
    before = fresh.draft().roster
    facts = {"proven": True, "steps": [{"name": "goals_1", "value": 3, "bound": 3}]}
    job = Job("propose", of=fresh.row().revision)
    job.by, job.state, job.result = fresh.user.id, "done", preview.Solved(tasks.Proposed(scene.roster(), facts), (), ())
    key = ("propose", fresh.round_id, None)
    jobs()._jobs[key] = job
    page = opened("proposal", fresh)
    assert person.name in seen(page) and fresh.draft().roster == before
    page.button(key="preview_take" if taken else "preview_discard").click().run()
    assert not page.exception and jobs().find(key) is None
    assert fresh.draft().roster == (scene.roster() if taken else before)
