"""A board member's trial version: one's own, never the draft, shown to others only when proposed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from selection import actions as do
from selection.actions import UserRole
from selection.errors import ActionError, PermissionDenied
from tests.actions.scene import Scene, scene
from tests.records.made import DAY, NOT_ASKED, SPECIAL

BOARD, COORDINATOR, PRESENTER = UserRole.BOARD_MEMBER, UserRole.COORDINATOR, UserRole.PRESENTER


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[Scene]:
    """A round that is ready for decision."""
    found = scene("ready", tmp_path / "scene")
    yield found
    found.store.close()


def swap(found: Scene, role: UserRole, version_id: int | None = None) -> do.Swap:
    return do.Swap(
        round_id=found.round_id,
        out=found.ids[0],
        into=found.ids[7],
        version_id=version_id if version_id is not None else found.trials[role],
    )


def test_a_trial_never_touches_the_draft(ready: Scene) -> None:
    store, user = ready.store, ready.users[BOARD]
    before = do.draft(store, user, ready.round_id)
    do.perform(store, user, swap(ready, BOARD))
    assert do.draft(store, user, ready.round_id) == before
    assert before is not None
    trial = do.version(store, user, ready.round_id, ready.trials[BOARD])
    assert trial.roster == before.roster.swap("key-0001", "key-0008")
    found = do.compare(store, user, ready.round_id, before.id, trial.id)
    assert [seat.person for seat in found.came] == ["key-0008"]


def test_what_is_tried_stands_in_no_history_but_its_own(ready: Scene) -> None:
    store, user, here = ready.store, ready.users[BOARD], ready.round_id
    done = do.perform(store, user, swap(ready, BOARD))
    reader = ready.users[COORDINATOR]
    assert done.seq not in [line.seq for line in do.history(store, reader, here)]
    assert done.seq in [line.seq for line in do.history(store, user, here, version_id=ready.trials[BOARD])]
    with pytest.raises(ActionError, match="no_such_version"):
        do.history(store, reader, here, version_id=ready.trials[BOARD])


def test_undo_of_a_trial_is_its_own(ready: Scene) -> None:
    store, user = ready.store, ready.users[BOARD]
    trial = ready.trials[BOARD]
    before = do.version(store, user, ready.round_id, trial).roster
    do.perform(store, user, swap(ready, BOARD))
    do.perform(store, ready.users[COORDINATOR], swap(ready, COORDINATOR))
    line = do.undoable(store, user, ready.round_id, trial)
    assert line is not None
    assert line.user_id == user.id
    do.perform(store, user, do.Undo(round_id=ready.round_id, version_id=trial))
    assert do.version(store, user, ready.round_id, trial).roster == before
    with pytest.raises(PermissionDenied):
        do.perform(store, user, do.Undo(round_id=ready.round_id))
    with pytest.raises(PermissionDenied):
        do.perform(store, user, do.Undo(round_id=ready.round_id, version_id=ready.trials[COORDINATOR]))


def test_a_trial_is_seen_by_others_only_when_it_is_proposed(ready: Scene) -> None:
    store, board, coordinator = ready.store, ready.users[BOARD], ready.users[COORDINATOR]
    trial = ready.trials[BOARD]
    do.perform(store, board, swap(ready, BOARD))

    def seen() -> bool:
        return trial in [row.id for row in do.versions(store, coordinator, ready.round_id)]

    assert not seen()
    with pytest.raises(ActionError, match="no_such_version"):
        do.version(store, coordinator, ready.round_id, trial)
    with pytest.raises(ActionError, match="no_such_version"):
        do.history(store, coordinator, ready.round_id, version_id=trial)
    do.perform(store, board, do.ProposeChange(round_id=ready.round_id, version_id=trial, reason="tasapaino"))
    assert seen()
    assert do.round_row(store, coordinator, ready.round_id).proposed_changes == 1
    with pytest.raises(PermissionDenied):
        do.perform(store, coordinator, swap(ready, BOARD))


def test_a_proposed_change_can_be_decided(ready: Scene) -> None:
    store, board, presenter = ready.store, ready.users[BOARD], ready.users[PRESENTER]
    trial = ready.trials[BOARD]
    do.perform(store, board, swap(ready, BOARD))
    decision = do.RecordDecision(
        round_id=ready.round_id, section="217 §", date=DAY, version_id=trial, special_reason=SPECIAL, reason=NOT_ASKED
    )
    with pytest.raises(ActionError, match="no_such_version"):
        do.perform(store, presenter, decision)
    do.perform(store, board, do.ProposeChange(round_id=ready.round_id, version_id=trial, reason="tasapaino"))
    do.perform(store, presenter, decision)
    found = do.decision(store, presenter, ready.round_id)
    assert found is not None
    assert "key-0008" in found.people
    difference = do.compare(store, presenter, ready.round_id, found.presented_id or 0, found.version_id)
    assert ([seat.person for seat in difference.came], [seat.person for seat in difference.went]) == (
        ["key-0008"],
        ["key-0001"],
    )


def test_a_proposed_change_becomes_the_draft_when_it_is_used(ready: Scene) -> None:
    store, board, coordinator = ready.store, ready.users[BOARD], ready.users[COORDINATOR]
    trial, here = ready.trials[BOARD], ready.round_id
    do.perform(store, board, swap(ready, BOARD))
    do.perform(store, board, do.ProposeChange(round_id=here, version_id=trial, reason="tasapaino"))
    do.perform(store, coordinator, do.BackToDraft(round_id=here, reason="palautettiin"))
    do.perform(store, coordinator, do.UseVersion(round_id=here, version_id=trial, reason="ehdotettu muutos"))
    draft = do.draft(store, coordinator, here)
    assert draft is not None
    assert draft.roster.seat_of("key-0008") is not None
    do.perform(store, board, swap(ready, BOARD, trial).model_copy(update={"out": ready.ids[1], "into": ready.ids[8]}))
    assert do.draft(store, coordinator, here) == draft
    do.perform(store, coordinator, do.Undo(round_id=here))
    draft = do.draft(store, coordinator, here)
    assert draft is not None
    assert draft.roster.seat_of("key-0008") is None


def test_what_was_presented_or_decided_cannot_be_edited(ready: Scene) -> None:
    store, coordinator = ready.store, ready.users[COORDINATOR]
    presented = do.round_row(store, coordinator, ready.round_id).presented_id
    for action in (
        swap(ready, COORDINATOR, presented),
        do.RenameVersion(round_id=ready.round_id, version_id=presented or 0, name="x"),
        do.DropVersion(round_id=ready.round_id, version_id=presented or 0),
    ):
        with pytest.raises(ActionError, match="version_is_fixed"):
            do.perform(store, coordinator, action)
    with pytest.raises(ActionError, match="round_is_ready"):
        do.perform(store, coordinator, swap(ready, COORDINATOR, do.round_row(store, coordinator, 1).draft_id))
