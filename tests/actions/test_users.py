"""Users: nobody hidden holds a role that counts, one administrator stays, and who leaves loses everything at once."""

from __future__ import annotations

import datetime as dt

import pytest

from selection import actions as do
from selection.actions import UserRole
from selection.errors import ActionError, PermissionDenied, SignInEnded
from selection.records.store import Store
from tests.records.made import new_round

ADMIN = UserRole.ADMINISTRATOR
START = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)


def who(subject: str, at: dt.datetime = START) -> do.Identity:
    return do.Identity("https://provider.example", subject, subject.title(), at)


def operator(store: Store) -> do.User:
    return do.server_user(store, "Palvelimen ylläpito")


def test_who_runs_the_server_keeps_users_and_has_no_role(store: Store) -> None:
    made = new_round(store)
    server = operator(store)
    added = do.perform(store, server, do.AddUser(subject="https://provider.example anna", name="Anna"))
    do.perform(store, server, do.GrantRole(user_id=added.id, role=ADMIN))
    assert do.roles(store, server) == ()
    assert not do.has_a_role(store, server)
    assert [row.name for row in do.users(store, server)] == ["Anna"]
    with pytest.raises(PermissionDenied):
        do.applications(store, server, made.round_id)


def test_nobody_hidden_counts_as_an_administrator(store: Store) -> None:
    """Neither what commands did before the first sign-in, nor the user of a machine whose records are shared now."""
    local = do.local_user(store)
    operator(store)
    anna = do.first_administrator(store, who("anna").login, "Anna")
    assert do.roles(store, anna) == (ADMIN,)
    assert do.roles(store, local) == ()
    for action in (do.RevokeRole(user_id=anna.id, role=ADMIN), do.RevokeAll(user_id=anna.id)):
        with pytest.raises(ActionError, match="last_administrator"):
            do.perform(store, anna, action)
    bert = do.known_user(store, who("bert").login, "Bert")
    do.perform(store, anna, do.GrantRole(user_id=bert.id, role=ADMIN))
    do.perform(store, anna, do.RevokeRole(user_id=anna.id, role=ADMIN))
    assert do.verify_log(store).whole


def test_no_role_goes_to_who_cannot_sign_in(store: Store) -> None:
    local, server = do.local_user(store), operator(store)
    for hidden in (local, server):
        with pytest.raises(ActionError, match="no_such_user"):
            do.perform(store, server, do.GrantRole(user_id=hidden.id, role=ADMIN))
    for subject in ("local", "server"):
        with pytest.raises(ActionError, match="subject_missing"):
            do.known_user(store, subject, "Somebody posing")


def test_who_leaves_loses_every_role_and_every_sign_in(store: Store) -> None:
    made = new_round(store)
    server = operator(store)
    bert = do.sign_in(store, who("bert"), START)
    for role, round_id in ((UserRole.COORDINATOR, None), (UserRole.PRESENTER, made.round_id)):
        do.perform(store, server, do.GrantRole(user_id=bert.id, role=role, round_id=round_id))
    gone = do.perform(store, server, do.RevokeAll(user_id=bert.id))
    assert (gone.params["n"], gone.params["ended"]) == (2, 1)
    assert not do.has_a_role(store, bert)
    with pytest.raises(SignInEnded, match="signed_out"):
        do.signed_in(store, who("bert").key, START)


def test_sign_ins_are_seen_by_their_owner_and_by_the_administrator(store: Store) -> None:
    anna = do.sign_in(store, who("anna"), START)
    later = START + dt.timedelta(minutes=5)
    do.first_administrator(store, who("anna").login, "Anna")
    bert = do.sign_in(store, who("bert"), START)
    do.sign_in(store, who("bert", later), later)
    assert [(row.user_name, row.open) for row in do.sign_ins(store, bert, later)] == [("Bert", True)] * 2
    assert {row.user_name for row in do.sign_ins(store, anna, later)} == {"Anna", "Bert"}
    assert next(row for row in do.users(store, anna) if row.id == bert.id).signed_in_at is not None
    with pytest.raises(PermissionDenied):
        do.perform(store, bert, do.EndSignIns(user_id=anna.id))
    do.perform(store, bert, do.EndSignIns(user_id=bert.id, but=who("bert", later).key))
    assert [row.open for row in do.sign_ins(store, bert, later)] == [True, False]
    do.perform(store, anna, do.EndSignIns(user_id=bert.id))
    assert not any(row.open for row in do.sign_ins(store, bert, later))
    # Half an hour without anything done ends one by itself.
    assert not any(row.open for row in do.sign_ins(store, anna, START + dt.timedelta(minutes=31)))
