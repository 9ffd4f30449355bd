"""Errors cross processes whole: a worker's error is told as itself, with its parameters and its exit status."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

import selection.actions
import selection.cli
import selection.rounds.tasks  # noqa: F401
from selection.errors import (
    ConflictError,
    Conflicting,
    EditedRosterError,
    PairError,
    Problem,
    SelectionError,
    Unread,
    UnreadRequirementError,
)
from selection.model.rules_file import RulesFileError, RulesProblem

#: How each class that has a constructor of its own is made.
MADE = {
    ConflictError: lambda: ConflictError([Conflicting("women", "a", "member", 2, None, 1)], table="a"),
    UnreadRequirementError: lambda: UnreadRequirementError([Unread("party", "puolue")]),
    RulesFileError: lambda: RulesFileError("r.toml", (RulesProblem("unknown_key", {"line": 3}),)),
    PairError: lambda: PairError("pair_rows", [Problem("pair_row", {"row": 3})], file="p.csv"),
    EditedRosterError: lambda: EditedRosterError("f.xlsx", [Problem("unknown_row", {"row": 3})]),
}


def tree(kind: type[SelectionError] = SelectionError) -> Iterator[type[SelectionError]]:
    """The root and every class below it that any module of the product defines."""
    yield kind
    for below in kind.__subclasses__():
        yield from tree(below)


def raise_in_worker(kind: str) -> None:
    raise made(next(one for one in tree() if one.__qualname__ == kind))


def made(kind: type[SelectionError]) -> SelectionError:
    if kind in MADE:
        return MADE[kind]()
    # As the root is made, whatever parameters a class's own constructor has.
    error = kind.__new__(kind)
    SelectionError.__init__(error, "some_code", file="f.xlsx", row=7)
    vars(error)["problems"] = (Problem("unknown_row", {"row": 3}),)
    return error


@pytest.mark.parametrize("kind", list(tree()), ids=lambda kind: kind.__qualname__)
def test_every_error_is_pickled_whole(kind: type[SelectionError]) -> None:
    error = made(kind)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.args, vars(again), str(again)) == (error.args, vars(error), str(error))
    assert again.params


def test_an_error_of_a_worker_stays_itself_and_the_pool_whole() -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        with pytest.raises(ConflictError) as caught:
            executor.submit(raise_in_worker, "ConflictError").result()
        assert caught.value.requirements == (Conflicting("women", "a", "member", 2, None, 1),)
        assert executor.submit(len, "whole").result() == 5
