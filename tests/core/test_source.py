"""What a row comes from is asked of its source: an id that a rule shares with a row of the program confuses nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import selection
from selection.constraints import build_rows
from selection.explain.needs import needs
from selection.explain.room import room
from selection.fair.types import types_of
from selection.model.criteria import RESERVED_IDS
from selection.model.locks import Locks, Seated
from selection.model.rows import Row, Rows
from selection.model.source import LockKind, Source
from selection.solving.conflict import conflicting
from tests.strategies import tiny_pool, tiny_rules

WOMEN = {"id": "women", "field": "gender", "values": ["woman"], "body": "members", "at_least": 1}


def rows_of(id: str, *, at_least: int = 1) -> Rows:
    """A tiny round whose requirement on women has another id, as one of the program's own rows."""
    rules = tiny_rules(members={"least": 1, "aim": 2}, requirements=[{**WOMEN, "at_least": at_least}])
    pool = tiny_pool(6, 3, rules)
    rows = build_rows(pool, rules, Locks((Seated(pool.applicants[0].key),)))
    return replace(rows, requirements=tuple(_under(row, id) for row in rows.requirements))


def _under(row: Row, id: str) -> Row:
    return replace(row, id=id) if row.source is Source.RULE else row


SHARED = ("one_seat", "members", "deputies", "personal_deputies", "accepted", "seated", "kept_out", "kept_apart")


@pytest.mark.parametrize("id", SHARED)
def test_every_row_of_the_program_and_of_a_rule_of_its_id_stands_by_itself(id: str) -> None:
    own, other = rows_of(id), rows_of("women")
    nobody = [0] * len(own.pool.candidates)
    assert [replace(one, id="") for one in own.standings(nobody)] == [
        replace(one, id="") for one in other.standings(nobody)
    ]
    assert [(one.table, one.holds) for one in own.standings(nobody) if one.source is Source.RULE] == [
        (table, False) for table in own.pool.tables
    ]


@pytest.mark.parametrize("id", SHARED)
def test_a_rule_of_a_shared_id_has_its_room_its_need_and_its_conflict(id: str) -> None:
    own, other = rows_of(id), rows_of("women")
    assert [replace(one, id="") for one in room(own)] == [replace(one, id="") for one in room(other)]
    assert [replace(one, id="") for one in needs(own)] == [replace(one, id="") for one in needs(other)]
    assert len(types_of(own, {}).lines) == len(types_of(other, {}).lines)
    # Three women among two members.
    told = conflicting(rows_of(id, at_least=3))
    assert [replace(one, id="") for one in told] == [
        replace(one, id="") for one in conflicting(rows_of("women", at_least=3))
    ]
    assert id in [one.id for one in told]


def test_a_rule_called_like_a_lock_keeps_nobody_out() -> None:
    rows = rows_of("kept_out")
    assert not rows.kept_out and not rows.kept_from
    assert [row.lock for row in rows.requirements if row.lock] == [LockKind.SEATED]


def test_no_module_compares_an_id_with_that_of_a_row_of_the_program() -> None:
    """What a row is, its source says; an id is a city's to choose."""
    words = "|".join((*RESERVED_IDS, *LockKind))
    compared = re.compile(rf"\bid\s*(==|!=|not in|in)\s*[(\[]?[\"']({words})[\"']")
    package = Path(selection.__file__).parent
    found = [
        f"{path.relative_to(package)}: {line.strip()}"
        for path in sorted(package.rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if compared.search(line)
    ]
    assert not found
    assert compared.search('if row.id == "members":') and compared.search('one.id not in ("seated", "kept_out")')
