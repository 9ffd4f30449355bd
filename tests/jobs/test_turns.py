"""Turns at reading files: whoever brings many holds up nobody who brings one."""

from __future__ import annotations

import threading

import pytest

from selection.jobs.turns import Turns


class Asker:
    """Somebody who waits for a turn in a thread of their own."""

    def __init__(self, turns: Turns, whose: object, got: list[object]) -> None:
        self.waits, self.has = threading.Event(), threading.Event()

        def wait() -> None:
            turns.take(whose, self.waits.set, 0.01)
            got.append(whose)
            self.has.set()

        threading.Thread(target=wait, daemon=True).start()
        while not (self.waits.wait(0.01) or self.has.is_set()):
            pass


def test_one_person_leaves_a_turn_to_others_and_waits_behind_them() -> None:
    turns, got = Turns(3), []
    anna = [Asker(turns, "anna", got) for _ in range(4)]
    assert got == ["anna", "anna"], "one of three is left"
    bert = [Asker(turns, "bert", got)]
    assert got == ["anna", "anna", "bert"]
    cleo = [Asker(turns, "cleo", got) for _ in range(2)]
    turns.give_back("anna")
    assert cleo[0].has.wait(10) or cleo[1].has.wait(10)
    assert got[3:] == ["cleo"]
    turns.give_back("bert")
    assert all(one.has.wait(10) for one in [*bert])
    while len(got) < 5:
        pass
    # Anna still has one, Cleo has one: Anna's next asked before Cleo's.
    assert got[4] == "anna"
    assert sum(one.has.is_set() for one in anna) <= 3


def test_alone_all_are_had_and_who_gives_up_leaves_the_place() -> None:
    turns, got = Turns(2), []
    for _ in range(2):
        Asker(turns, None, got)
    assert got == [None, None]

    def leave() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        turns.take(None, leave, 0.01)
    turns.give_back(None)
    turns.take(None, lambda: None, 0.01)
    assert got == [None, None]
