"""The log on either database: it cannot be changed, and a change behind its back is found."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from selection import actions as do
from selection.records.store import Store
from tests.records.made import decided, proposed

FORBIDDEN = ["UPDATE log SET code = 'x' WHERE seq = 1", "DELETE FROM log WHERE seq = 1"]


def unguarded(store: Store, statement: str) -> None:
    """Do what the database refuses, as somebody with all rights over it could."""
    with store.engine.connect() as connection:
        if store.is_sqlite:
            connection.execute(text("DROP TRIGGER log_no_update"))
            connection.execute(text("DROP TRIGGER log_no_delete"))
        else:
            connection.execute(text("ALTER TABLE log DISABLE TRIGGER ALL"))
        connection.execute(text(statement))
        connection.commit()


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_refuses_to_change_the_log(store: Store, statement: str) -> None:
    proposed(store)
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(statement))
    assert do.verify_log(store).whole


def test_postgresql_refuses_to_empty_the_log(store: Store) -> None:
    if store.is_sqlite:
        pytest.skip("SQLite has no TRUNCATE")
    proposed(store)
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text("TRUNCATE log"))


@pytest.mark.forged
@pytest.mark.parametrize(
    ("statement", "code", "at"),
    [
        ("UPDATE log SET code = 'keep_out' WHERE seq = 7", "log.line_changed", 7),
        ("UPDATE log SET user_id = 99 WHERE seq = 3", "log.line_changed", 3),
        ("DELETE FROM log WHERE seq = 7", "log.line_missing", 7),
        ("DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)", "log.cut_off", 8),
        ("UPDATE reasons SET text = 'muu syy' WHERE seq = 7", "log.image_changed", 7),
        ("UPDATE images SET before = NULL WHERE seq = 8", "log.image_changed", 8),
    ],
)
def test_a_change_behind_its_back_is_found(store: Store, statement: str, code: str, at: int) -> None:
    proposed(store)
    assert do.verify_log(store).lines == 8
    unguarded(store, statement)
    report = do.verify_log(store)
    assert (report.whole, report.code, report.broken_at) == (False, code, at)


def test_a_head_noted_elsewhere_shows_a_log_written_anew(store: Store) -> None:
    proposed(store)
    head = do.log_head(store)
    assert do.verify_log(store, head).whole
    assert do.verify_log(store, (head[0], "0" * 64)).code == "log.other_head"
    assert do.verify_log(store, (head[0] + 1, head[1])).code == "log.cut_off"


def test_the_log_holds_nothing_of_a_person(store: Store) -> None:
    made = decided(store)
    made.do(do.AddNote(round_id=made.round_id, application_id=made.ids[0], text="Hakija soitti"))
    person = do.PersonIn(name="Käsinlisätty Testinen")
    with store.read() as session:
        lines = [dict(row) for row in session.execute(text("SELECT * FROM log")).mappings()]
    written = json.dumps(lines, ensure_ascii=False, default=str)
    for hidden in ("Testinen", "key-00", "example.org", "+358", "vaihto", "soitti", "15100", person.name):
        assert hidden not in written
