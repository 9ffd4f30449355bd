"""The sortition field's pair in the app: quotas become rules that read back the same, respondents are imported."""

import pytest
from streamlit.testing.v1 import AppTest

from selection import actions as do
from selection.errors import FileError
from selection.model.pool import Pool
from selection.model.rules_file import parse_rules
from selection.proposal import propose
from selection.rounds.intake_step import Upload
from selection.rounds.quota_files import panel_of, rules_toml
from tests.browser import scene
from tests.intake.test_sortition import PEOPLE, QUOTAS
from tests.ui.test_pages import SCRIPT, button, told

LOOSE = QUOTAS.replace("Female,2,2", "Female,1,3").replace("Male,2,2", "Male,1,3")


def uploads(quotas=QUOTAS):
    return [Upload("categories.csv", quotas.encode()), Upload("respondents.csv", PEOPLE.encode())]


def test_rules_of_quotas_are_the_same_when_read_again():
    found = panel_of(uploads())
    assert found is not None
    assert parse_rules(rules_toml(found[0]), "panel") == found[0]


def test_other_files_are_no_panel():
    assert panel_of([Upload("hakemukset.csv", b"Nimi;Sukupuoli\nAino;nainen\n")]) is None
    with pytest.raises(FileError):
        panel_of(uploads(LOOSE))
    assert panel_of(uploads(LOOSE), 4)[0].members.aim == 4


@pytest.mark.parametrize("quotas", [QUOTAS, LOOSE])
def test_the_pair_is_imported_and_proposed_for(tmp_path, monkeypatch, quotas):
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)
    made = scene.make(tmp_path, proposed=False, imported=False)
    page = AppTest.from_string(SCRIPT.replace("{view}", "importing"), default_timeout=60)
    page.query_params["kierros"] = str(made.round_id)
    page.run()
    files = [(one.name, one.content, "text/csv") for one in uploads(quotas)]
    page.file_uploader[0].set_value(files)
    page.run()
    assert not page.error and not page.exception
    assert "kiintiöt ja vastaajat" in told(page)
    if quotas is LOOSE:
        page.number_input(key="panel_size").set_value(4).run()
    button(page, "Ota 7 hakemusta käyttöön").click()
    page.run()
    rules = parse_rules(do.rules_text(made.store, made.user, made.round_id), "panel")
    assert rules.members.aim == 4 and len(rules.requirements) == 4
    rows = do.applications(made.store, made.user, made.round_id)
    assert len(rows) == 7
    proposal = propose(Pool.build([row.as_applicant() for row in rows], rules), rules)
    assert len(proposal.seats) == 4 and all(one.holds for one in proposal.requirements())
