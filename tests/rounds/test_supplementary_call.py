"""A supplementary call after the decision, on the pages: its file is understood, held against the round and taken."""

import pytest

from selection import actions as do
from selection.texts import text
from tests.explain.rounds import HEADERS, people
from tests.ui.test_answers import after_a_resignation, made, standing, worked_out
from tests.ui.test_intake_pages import Dialog, uploaded
from tests.ui.test_pages import button, opened, seen, told

NEW, ALIKE = "Täydentävä Hakija", "EtuB SukuBnenn"


@pytest.fixture
def decided(tmp_path, monkeypatch):
    """A small round after the decision, a member of which has resigned."""
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)
    found = made(tmp_path)
    after_a_resignation(found)
    return found


def supplement():
    """Somebody new whose postal code has a letter in it, somebody who applied before, and somebody much like another."""
    there, like = people()[:2]
    rows = [HEADERS, [NEW, "nainen", 1980, "15l00", "Oma"], there, [ALIKE, *like[1:]]]
    return "\n".join(";".join(str(cell) for cell in row) for row in rows).encode()


def rows(found):
    return {row.name: row for row in do.applications(found.store, found.user, found.round_id)}


def taken(found):
    page = uploaded(found, supplement(), "lisa.csv")
    button(page, text("ui.import.take", n=2)).click().run()
    assert not page.exception
    return page


def test_what_the_file_adds_is_shown_before_it_is_taken_and_taken_back(decided):
    before, sitting = rows(decided), standing(decided)
    page = uploaded(decided, supplement(), "lisa.csv")
    assert "Kierros on päätetty" in told(page)
    shown = seen(page)
    assert NEW in shown and f"Voi olla sama henkilö kuin {people()[1][0]}." in shown
    assert "<b>2</b> uutta hakijaa" in shown and "<b>1</b> jo kierroksella" in shown
    assert rows(decided) == before
    button(page, text("ui.import.take", n=2)).click().run()
    after = rows(decided)
    assert {name: after[name] for name in before} == before and set(after) - set(before) == {NEW, ALIKE}
    assert standing(decided) == sitting
    page = opened("importing", decided)
    assert "lisa.csv" in seen(page)
    button(page, "Kumoa").click().run()
    assert rows(decided) == before


def test_its_findings_are_settled_and_its_people_corrected_but_no_others(decided):
    taken(decided)
    page = opened("findings", decided)
    assert NEW in seen(page) and page.button(key="undo").disabled is False
    found = {one.code: one for one in do.findings(decided.store, decided.user, decided.round_id, open_only=True)}
    dialog = Dialog(decided, "twice", found["likely_duplicate"])
    offered = [one.label for one in dialog.page.button]
    assert text("ui.twice.keep_first") not in offered
    dialog.click(text("ui.twice.keep_second"))
    assert rows(decided)[ALIKE].status == "set_aside"
    page = opened("applicants", decided)
    shown = seen(page)
    assert "täydennyshaku" in shown and text("ui.apply.aside") in shown
    assert text("ui.apply.lock") not in shown


def test_only_its_people_may_be_asked_for_to_fill_the_vacant_seats(decided):
    taken(decided)
    new = rows(decided)
    came = {new[NEW].person_key, new[ALIKE].person_key}
    correct = do.CorrectValue(
        round_id=decided.round_id, application_id=new[NEW].id, field="postal_code", values=("15100",)
    )
    do.perform(decided.store, decided.user, correct)
    before = standing(decided)
    page = worked_out(decided, "later", rising=False)
    page.text_input(key="fill_all_reason").set_value("täydennyshaku").run()
    page.button(key="fill_all").click().run()
    now = standing(decided).people()
    assert set(now) - set(before.people()) and set(now) - set(before.people()) <= came
    assert not set(before.people()) - set(now)


def test_without_a_supplementary_call_nobody_is_asked_for_by_it(decided):
    page = opened("decision", decided)
    assert len(page.radio(key="fill_among").options) == 2
    page.button(key="supplement").click().run()
    assert not page.exception
