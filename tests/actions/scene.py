"""A round in each state with one user for each role, made once and copied for each test."""

from __future__ import annotations

import atexit
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from selection import actions as do
from selection.actions import UserRole
from selection.records.location import open_store
from selection.records.store import FILE_NAME, Store
from tests.records.made import DAY, NOT_ASKED, SPECIAL, imported, proposed
from tests.records.stores import sqlite_store

STATES = ("imported", "draft", "ready", "decided")


@dataclass
class Scene:
    """A round at one state. ``trials`` are the users' own trial versions, ``users`` hold one role each."""

    store: Store
    round_id: int
    ids: list[int]
    named_id: int
    lock_id: int
    finding_ids: list[int]
    lonely_id: int
    users: dict[UserRole, do.User] = field(default_factory=dict)
    trials: dict[UserRole, int] = field(default_factory=dict)


def scene(state: str, folder: Path) -> Scene:
    """A fresh copy of the scene of a state."""
    made, parts = _made(state)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(made, folder / FILE_NAME)
    return Scene(store=open_store(folder), **parts)


@cache
def _made(state: str) -> tuple[Path, dict[str, object]]:
    folder = Path(mkdtemp(prefix="kokoonpano-scene-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = sqlite_store(folder)
    made = imported(store) if state == "imported" else proposed(store)
    here = made.round_id
    users, trials = {}, {}
    for role in UserRole:
        added = made.do(do.AddUser(subject=f"subject-{role}", name=f"Käyttäjä {role}"))
        made.do(do.GrantRole(user_id=added.id, role=role))
        users[role] = do.User(added.id, f"Käyttäjä {role}")
    lonely = made.do(do.AddUser(subject="nobody", name="Ei kukaan"))
    lock = made.do(do.KeepOut(round_id=here, application_id=made.ids[11], reason="syy"))
    named = 0
    if state != "imported":
        named = made.do(do.NameVersion(round_id=here, name="Ensimmäinen")).id
        for role in (UserRole.COORDINATOR, UserRole.BOARD_MEMBER):
            trials[role] = do.perform(store, users[role], do.CopyVersion(round_id=here, name="koe")).id
    if state in ("ready", "decided"):
        made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    if state == "decided":
        made.do(do.RecordDecision(round_id=here, section="1 §", date=DAY, special_reason=SPECIAL, reason=NOT_ASKED))
    findings = [row.id for row in do.findings(store, made.user, here)]
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return folder / FILE_NAME, {
        "round_id": here,
        "ids": made.ids,
        "named_id": named,
        "lock_id": lock.id,
        "finding_ids": findings,
        "lonely_id": lonely.id,
        "users": users,
        "trials": trials,
    }
