"""Several writers at once: nothing is lost, nobody sees an error, the log stays one chain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from selection import actions as do
from selection.records.store import Store
from tests.records.made import proposed

WRITERS, CHANGES = 6, 15


def test_no_change_of_any_writer_is_lost(store: Store) -> None:
    made = proposed(store)
    start = made.revision

    def write(writer: int) -> list[do.Outcome]:
        person = made.ids[writer]
        outcomes = []
        for number in range(CHANGES):
            note = do.AddNote(round_id=made.round_id, application_id=person, text=f"{writer}/{number}")
            outcomes.append(made.do(note, expected_revision=start))
        return outcomes

    with ThreadPoolExecutor(WRITERS) as threads:
        outcomes = [outcome for found in threads.map(write, range(WRITERS)) for outcome in found]
    assert len({outcome.seq for outcome in outcomes}) == WRITERS * CHANGES
    assert sorted(outcome.revision or 0 for outcome in outcomes) == list(
        range(start + 1, start + 1 + WRITERS * CHANGES)
    )
    for writer in range(WRITERS):
        notes = do.application(store, made.user, made.round_id, made.ids[writer]).notes
        assert [note.text for note in notes] == [f"{writer}/{number}" for number in range(CHANGES)]
    assert do.verify_log(store).whole


def test_of_two_who_saw_the_same_draft_one_wins_and_one_is_told(store: Store) -> None:
    made = proposed(store, 20)

    def swap(into: int) -> bool:
        """Try with what is on the screen; True if it went through."""
        try:
            made.do(made.swap(0, into), expected_revision=seen)
        except do.ChangedMeanwhile as stale:
            assert [line.code for line in stale.changes] == ["action.swap"]
            return False
        return True

    for first in range(6, 18, 2):
        seen = made.revision
        with ThreadPoolExecutor(2) as threads:
            won = list(threads.map(swap, (first, first + 1)))
        assert sorted(won) == [False, True]
        made.do(do.Undo(round_id=made.round_id))
    assert do.verify_log(store).whole


def test_the_same_press_sent_twice_at_once_is_done_once(store: Store) -> None:
    made = proposed(store)
    note = do.AddNote(round_id=made.round_id, application_id=made.ids[0], text="kerran")
    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(lambda _: made.do(note, idempotency_key="press"), range(4)))
    assert len({outcome.seq for outcome in outcomes}) == 1
    assert sorted(outcome.repeated for outcome in outcomes) == [False, True, True, True]
    assert len(do.application(store, made.user, made.round_id, made.ids[0]).notes) == 1


def test_a_reader_sees_one_state_while_others_write(store: Store) -> None:
    made = proposed(store)

    def rename(number: int) -> None:
        made.do(do.RenameRound(round_id=made.round_id, name=f"Kierros {number}"))

    with ThreadPoolExecutor(2) as threads:
        writing = [threads.submit(rename, number) for number in range(10)]
        for _ in range(20):
            row = do.round_row(store, made.user, made.round_id)
            assert row.applications == 12
        for done in writing:
            done.result()
    assert do.verify_log(store).whole
