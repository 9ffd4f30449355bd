"""A board member's proposal: seen with its reason, answered or withdrawn, and what was taken is kept by later solves."""

from __future__ import annotations

from pathlib import Path

import pytest

from selection import actions as do
from selection.actions import UserRole
from selection.errors import ActionError
from selection.rounds import held
from tests.actions.scene import Scene, scene

COORDINATOR, BOARD = UserRole.COORDINATOR, UserRole.BOARD_MEMBER


@pytest.fixture
def found(tmp_path: Path) -> Scene:
    made = scene("draft", tmp_path)
    board, trial = made.users[BOARD], made.trials[BOARD]
    swap = do.Swap(round_id=made.round_id, out=made.ids[0], into=made.ids[7], version_id=trial, reason="kokeilen")
    do.perform(made.store, board, swap)
    do.perform(made.store, board, do.ProposeChange(round_id=made.round_id, version_id=trial, reason="alueen tasapaino"))
    return made


def proposal(made: Scene, role: UserRole = BOARD) -> do.ProposalRow:
    return do.proposals(made.store, made.users[role], made.round_id)[0]


def waiting(made: Scene) -> int:
    return do.round_row(made.store, made.users[COORDINATOR], made.round_id).proposed_changes


def test_the_reason_reaches_the_coordinator_and_the_log(found: Scene) -> None:
    seen = proposal(found, COORDINATOR)
    assert (seen.state, seen.reason, seen.owner) == ("waiting", "alueen tasapaino", found.users[BOARD].name)
    assert waiting(found) == 1
    lines = do.history(found.store, found.users[COORDINATOR], found.round_id)
    assert [line.reason for line in lines if line.code == "action.propose_change"] == ["alueen tasapaino"]
    assert "action.swap" not in [line.code for line in lines]  # the trial itself stays its owner's


def test_taken_it_is_the_draft_its_author_is_told_and_a_solve_keeps_it(found: Scene) -> None:
    use = do.UseVersion(round_id=found.round_id, version_id=found.trials[BOARD], reason="hyvä huomio")
    do.perform(found.store, found.users[COORDINATOR], use)
    told = proposal(found)
    assert (told.state, told.answer, told.answered_by) == ("taken", "hyvä huomio", found.users[COORDINATOR].name)
    assert waiting(found) == 0
    draft = do.draft(found.store, found.users[COORDINATOR], found.round_id)
    trial = do.version(found.store, found.users[BOARD], found.round_id, found.trials[BOARD])
    assert draft is not None and draft.roster == trial.roster
    if trial.facts and "made" in trial.facts:
        assert held.made_by_hand(draft.facts or {}, draft.roster) == held.made_by_hand(trial.facts, trial.roster)
    do.perform(found.store, found.users[COORDINATOR], do.Undo(round_id=found.round_id))
    assert (proposal(found).state, waiting(found)) == ("waiting", 1)


def test_declined_its_author_reads_the_answer(found: Scene) -> None:
    decline = do.DeclineProposal(round_id=found.round_id, version_id=found.trials[BOARD], reason="paikat on kysytty")
    outcome = do.perform(found.store, found.users[COORDINATOR], decline)
    assert (proposal(found).state, proposal(found).answer, waiting(found)) == ("declined", "paikat on kysytty", 0)
    with pytest.raises(ActionError):
        do.perform(found.store, found.users[COORDINATOR], decline)
    do.perform(found.store, found.users[COORDINATOR], do.Undo(round_id=found.round_id, seq=outcome.seq))
    assert (proposal(found).state, waiting(found)) == ("waiting", 1)
    with pytest.raises(ActionError, match="reason_missing"):
        do.perform(found.store, found.users[COORDINATOR], decline.model_copy(update={"reason": " "}))


def test_withdrawn_it_is_its_owners_again(found: Scene) -> None:
    withdraw = do.WithdrawProposal(round_id=found.round_id, version_id=found.trials[BOARD])
    do.perform(found.store, found.users[BOARD], withdraw)
    assert proposal(found).state == "withdrawn" and waiting(found) == 0
    assert do.proposals(found.store, found.users[COORDINATOR], found.round_id) == []
    with pytest.raises(ActionError, match="no_such_version"):
        do.version(found.store, found.users[COORDINATOR], found.round_id, found.trials[BOARD])


def test_proposed_again_it_waits_again(found: Scene) -> None:
    decline = do.DeclineProposal(round_id=found.round_id, version_id=found.trials[BOARD], reason="ei nyt")
    do.perform(found.store, found.users[COORDINATOR], decline)
    again = do.ProposeChange(round_id=found.round_id, version_id=found.trials[BOARD], reason="uusi perustelu")
    do.perform(found.store, found.users[BOARD], again)
    assert (proposal(found).state, proposal(found).reason, waiting(found)) == ("waiting", "uusi perustelu", 1)
    assert do.verify_log(found.store).whole
