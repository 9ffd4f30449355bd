"""In the app: a requirement that was not read stops before solving, with ways on; changed rules have files read anew."""

from __future__ import annotations

import pytest

from selection import actions as do
from selection.intake import mapping_of
from selection.model.rules_file import parse_rules
from selection.rounds import desk as desks
from selection.rounds import intake_step, second_reading
from selection.texts import text
from selection.ui import session
from tests.browser import scene
from tests.explain.rounds import HEADERS, RULES, people
from tests.ui.test_pages import button, opened, seen, told

PARTY = """
[[requirements]]
id = "party"
title = "samasta puolueesta"
field = "puolue"
each = true
body = "members"
at_most = 1
"""
OTHER_TABLES = RULES.replace('id = "eteläinen"', 'id = "rannikko"').replace('id = "pohjoinen"', 'id = "sisämaa"')


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """A small round without applications."""
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)
    found = scene.make(tmp_path, proposed=False, imported=False, rules=RULES)
    monkeypatch.setattr(session, "store", lambda: found.store)
    monkeypatch.setattr(session, "user", lambda **_: found.user)
    return found


def content(tables=("eteläinen", "pohjoinen")) -> bytes:
    rows = [[*HEADERS, "Puolue", "Kumppanuuspöytä"]]
    rows += [[*row, "AB"[n % 2], tables[n % 2]] for n, row in enumerate(people())]
    return "\n".join(";".join(str(cell) for cell in row) for row in rows).encode()


def take(found, rules, tables=("eteläinen", "pohjoinen"), mapping=None):
    upload = intake_step.Upload("haku.csv", content(tables))
    read = intake_step.understand([upload], parse_rules(rules, "small"), mapping)
    for action in intake_step.actions_of(found.round_id, [upload], read):
        do.perform(found.store, found.user, action)


def change(found, rules):
    do.perform(found.store, found.user, do.ChangeRules(round_id=found.round_id, text=rules))


def again(found, **take):
    desk = desks.read(found.store, found.user, found.row())
    files = second_reading.in_use(do.source_files(found.store, found.user, found.round_id), desk.people.values())
    for action in second_reading.read_again(found.store, found.user, found.round_id, files, desk.rules, take):
        do.perform(found.store, found.user, action)
    return desks.read(found.store, found.user, found.row())


def test_rules_before_a_file_or_after_it_read_the_same(empty):
    """The wishes of tables that the first rules do not have are read anew, and corrections stay."""
    take(empty, RULES, ("rannikko", "sisämaa"))
    change(empty, OTHER_TABLES)
    desk = desks.read(empty.store, empty.user, empty.row())
    assert not any(one.wishes for one in desk.pool.applicants)
    person = next(iter(desk.people.values()))
    corrected = do.CorrectValue(round_id=empty.round_id, application_id=person.id, field="birth_year", values=("1949",))
    do.perform(empty.store, empty.user, corrected)
    files = do.source_files(empty.store, empty.user, empty.round_id)
    assert [file.name for file in second_reading.outdated(files, desk.rules)] == ["haku.csv"]
    page = opened("proposal", empty)
    assert "Säännöt ovat muuttuneet" in told(page) and button(page, text("ui.propose.first")).disabled
    button(page, text("ui.unread.read_again")).click().run()
    assert not page.exception
    desk = desks.read(empty.store, empty.user, empty.row())
    assert {one.wishes for one in desk.pool.applicants} == {("rannikko",), ("sisämaa",)}
    assert desk.people[person.person_key].as_applicant().birth_year == 1949
    page = opened("proposal", empty)
    assert not button(page, text("ui.propose.first")).disabled


def test_an_own_field_that_later_rules_name_is_read_anew(empty):
    take(empty, RULES.replace("asumismuoto", "kulku"))
    change(empty, RULES)
    assert not any(
        "asumismuoto" in one.values for one in desks.read(empty.store, empty.user, empty.row()).pool.applicants
    )
    assert all("asumismuoto" in one.values for one in again(empty).pool.applicants)


def test_what_was_remembered_of_columns_gives_way_to_what_rules_name():
    rules = parse_rules(RULES, "small")
    upload = intake_step.Upload("haku.csv", content())
    elsewhere = intake_step.understand([upload], parse_rules(RULES.replace("asumismuoto", "kulku"), "small"))
    remembered = mapping_of(elsewhere.first.columns)
    assert remembered.fields["asumismuoto"] is None
    plain = intake_step.understand([upload], rules)
    fitted = second_reading.fitted(remembered, plain.first.columns, rules)
    assert "asumismuoto" not in fitted.fields and fitted.fields["postinumero"] == "postal_code"
    read = intake_step.understand([upload], rules, fitted)
    assert "asumismuoto" in read.first.asked


def test_a_requirement_that_was_not_read_stops_and_the_column_can_be_chosen(empty):
    take(empty, RULES + PARTY)
    change(empty, RULES + PARTY)
    page = opened("proposal", empty)
    assert "Ehdotusta ei voi laatia" in told(page) and button(page, text("ui.propose.first")).disabled
    assert "”Puolue” (jätetty pois: arkaluonteinen tieto" in seen(page).replace("\\", "")
    page.selectbox(key="column_party_puolue").select("Puolue").run()
    button(page, text("ui.unread.take")).click().run()
    assert not page.exception
    desk = desks.read(empty.store, empty.user, empty.row())
    assert {one.value("puolue") for one in desk.pool.applicants} == {"A", "B"}
    assert not button(opened("proposal", empty), text("ui.propose.first")).disabled


def test_a_requirement_is_waived_with_a_reason_said_and_taken_back(empty):
    take(empty, RULES + PARTY)
    change(empty, RULES + PARTY)
    page = opened("proposal", empty)
    button(page, text("ui.unread.waive")).click().run()
    assert desks.read(empty.store, empty.user, empty.row()).pool.waived == frozenset()  # not without a reason
    page.text_input(key="why_party_puolue").set_value("ei kysytty lomakkeella").run()
    button(page, text("ui.unread.waive")).click().run()
    desk = desks.read(empty.store, empty.user, empty.row())
    assert desk.pool.waived == {"party"} and desk.given.pool.waived == {"party"}
    made = scene_proposal(desk)
    roster = made.roster
    do.perform(empty.store, empty.user, do.SaveProposal(round_id=empty.round_id, roster=roster))
    for view in ("proposal", "board", "decision"):
        shown = seen(opened(view, empty))
        assert "Vaatimusta ei ole sovellettu: samasta puolueesta" in shown, view
        assert "ei kysytty lomakkeella" in shown, view
    assert do.history(empty.store, empty.user, empty.round_id)[1].code == "action.waive_requirement"
    page = opened("proposal", empty)
    button(page, text("ui.unread.keep")).click().run()
    assert desks.read(empty.store, empty.user, empty.row()).pool.waived == frozenset()
    do.perform(empty.store, empty.user, do.Undo(round_id=empty.round_id))
    assert desks.read(empty.store, empty.user, empty.row()).pool.waived == {"party"}


def scene_proposal(desk):
    from selection.proposal import propose

    return propose(desk.given.pool, desk.rules, locks=desk.solver_locks)


def test_the_rules_page_shows_the_ways_on_too(empty):
    take(empty, RULES + PARTY)
    change(empty, RULES + PARTY)
    assert "Ehdotusta ei voi laatia" in told(opened("criteria", empty))
