"""The example round: made once, of made-up people alone, and removed whole."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from selection import actions as do
from selection.errors import ActionError
from selection.records import journal, tables
from selection.records.base import Base
from selection.records.store import Store
from tests.records.made import entry, example, file_in, imported, rules


def test_it_is_made_once_and_says_so(store: Store) -> None:
    user = do.local_user(store)
    own = do.perform(store, user, do.CreateRound(name="Esimerkki", rules=rules())).round_id
    made = do.perform(store, user, example())
    row = do.round_row(store, user, made.round_id or 0)
    # A round of that name was there: both stay apart.
    assert (row.name, row.example, row.applications, row.by_hand) == ("Esimerkki 2", True, 2, 0)
    assert not do.round_row(store, user, own or 0).example
    assert do.example_id(store, user) == row.id
    with pytest.raises(ActionError, match="example_exists"):
        do.perform(store, user, example())
    assert len(do.rounds(store, user)) == 2


def test_nobody_elses_applications_come_into_it(store: Store) -> None:
    user = do.local_user(store)
    here = do.perform(store, user, example()).round_id or 0
    other = do.ImportFile(round_id=here, file=file_in(b"of a city"), applications=(entry(9),))
    with pytest.raises(ActionError, match="round_is_example"):
        do.perform(store, user, other)
    again = do.ImportFile(round_id=here, file=file_in(), applications=(entry(1), entry(2)))
    assert do.perform(store, user, again).params["new"] == 0
    added = do.AddPerson(round_id=here, person=do.PersonIn(name="Testinen Lisätty"), reason="kokeilu")
    do.perform(store, user, added)
    assert do.round_row(store, user, here).by_hand == 1


def test_removing_it_leaves_nothing_of_it_and_all_of_the_others(store: Store) -> None:
    made = imported(store)
    here = do.perform(store, made.user, example()).round_id or 0
    person = do.applications(store, made.user, here)[0]
    for action in (
        do.AddNote(round_id=here, application_id=person.id, text="muistiinpano"),
        do.SetContact(round_id=here, application_id=person.id, status="asked", note="soitettu"),
        do.KeepOut(round_id=here, application_id=person.id, reason="syy"),
    ):
        do.perform(store, made.user, action)
    with store.read() as session:
        kept = {kind: len(_rows(session, kind, made.round_id)) for kind in _kinds()}
    with pytest.raises(ActionError, match="not_an_example"):
        do.perform(store, made.user, do.RemoveExample(round_id=made.round_id))
    do.perform(store, made.user, do.RemoveExample(round_id=here))
    with store.read() as session:
        assert {kind: len(_rows(session, kind, here)) for kind in _kinds()} == dict.fromkeys(_kinds(), 0)
        assert {kind: len(_rows(session, kind, made.round_id)) for kind in _kinds()} == kept
    assert [row.id for row in do.rounds(store, made.user)] == [made.round_id]
    assert do.verify_log(store).whole
    assert do.example_id(store, made.user) is None
    again = do.perform(store, made.user, example()).round_id
    assert again is not None and again > here


def _kinds() -> list[type[Base]]:
    """Every table of a round but the log, which stays."""
    every = [mapper.class_ for mapper in Base.registry.mappers]
    return [kind for kind in every if hasattr(kind, "round_id") and kind is not journal.LogLine] + [tables.Round]


def _rows(session, kind, round_id: int) -> list[Base]:  # type: ignore[no-untyped-def]
    column = kind.id if kind is tables.Round else kind.round_id
    return list(session.scalars(select(kind).where(column == round_id)))
