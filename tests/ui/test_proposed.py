"""The proposal page shows what a board member proposed, with its reason; the answer reaches the author."""

from __future__ import annotations

import pytest

from selection import actions as do
from selection.texts import text
from tests.browser import scene
from tests.ui.test_pages import button, opened, seen, told


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)
    return scene.make(tmp_path)


def test_a_proposed_change_is_met_answered_and_told(made, monkeypatch):
    store, here = made.store, made.round_id
    board = do.known_user(store, "board", "Hallituksen Jäsen")
    do.perform(store, made.user, do.GrantRole(user_id=board.id, role="board_member", round_id=here))
    trial = do.perform(store, board, do.CopyVersion(round_id=here, name="tasapaino"))
    person = made.person_at("eteläinen")
    leave = do.RemoveFromSeat(round_id=here, application_id=person.id, reason="kokeilu", version_id=trial.id)
    do.perform(store, board, leave)
    do.perform(store, board, do.ProposeChange(round_id=here, version_id=trial.id, reason="alueen tasapaino"))

    page = opened("proposal", made)
    sent = seen(page)
    assert "alueen tasapaino" in sent and "Hallituksen Jäsen" in sent
    assert text("ui.proposed.still_waiting", n=1) in told(opened("decision", made))
    button(page, text("ui.proposed.decline")).click().run()
    assert page.button(key="decline_sure").disabled  # an answer is asked for
    decline = do.DeclineProposal(round_id=here, version_id=trial.id, reason="paikat on jo kysytty")
    do.perform(store, made.user, decline)
    [row] = do.proposals(store, made.user, here)
    assert (row.state, row.answer) == ("declined", "paikat on jo kysytty")

    monkeypatch.setattr(do, "local_user", lambda store: board)
    assert "paikat on jo kysytty" in told(opened("proposal", made))
