"""The example round by the command: the printed address leads to its proposal, and it is made once."""

from __future__ import annotations

import os
import re

import pytest

from selection import __version__
from selection import actions as do
from tests.command import run


@pytest.fixture
def served(tmp_path, monkeypatch):
    """The folder of the records; nothing is served."""
    for name in [name for name in os.environ if name.startswith("SELECTION_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path / "records"))
    monkeypatch.setattr("selection.commands.app._serve", lambda command, environment: 0)
    monkeypatch.setattr("selection.ui.server.require_free", lambda port, address: None)
    return tmp_path


def test_the_address_leads_to_the_proposal_of_a_round_made_once(served):
    told = [run("app", "--example", cwd=served) for _ in range(2)]
    assert [one.returncode for one in told] == [0, 0]
    places = [re.search(r"http://k\w+\.localhost:8501(/ehdotus\?kierros=(\d+))&avain=", one.stdout) for one in told]
    assert places[0] is not None and places[1] is not None and places[0][1] == places[1][1]
    store = do.open_store()
    user = do.local_user(store)
    (row,) = do.rounds(store, user)
    assert (row.id, row.example, row.applications, row.name) == (int(places[0][2]), True, 234, "Esimerkkikierros")
    draft = do.draft(store, user, row.id)
    assert draft is not None and draft.facts["proven"] and len(draft.roster.seats) == row.seated > 100
    store.close()


def test_in_shared_use_the_app_itself_offers_it(served, monkeypatch):
    monkeypatch.setattr("selection.serving.settings.shared", lambda environment: object())
    monkeypatch.setattr("selection.ui.server.command", lambda *_, **__: [])
    refused = run("app", "--example", cwd=served)
    assert refused.returncode == 2 and "--example" in refused.stderr
    assert not (served / "records").exists()


def test_the_version_is_told(tmp_path):
    done = run("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"selection {__version__}\n")
