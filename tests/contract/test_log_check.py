"""Every change behind the log, of lines, images, rows, roles, names, settings and files, is found on either database."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from selection import actions as do
from selection.actions.rights import UserRole
from selection.records.log_check import verify_chain
from selection.records.retention import Retention
from selection.records.store import Store
from tests.records.made import Made, decided

pytestmark = pytest.mark.forged

ROUND = "(SELECT max(id) FROM rounds)"
LAST = "(SELECT max(seq) FROM log)"
#: What somebody with all rights over the database does → the first thing that is told of it.
FORGERIES = {
    "a line's user": ("UPDATE log SET user_id = 99 WHERE seq = 3", "log.line_changed"),
    "a line's time": ("UPDATE log SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 4", "log.line_changed"),
    "a line removed": ("DELETE FROM log WHERE seq = 7", "log.line_missing"),
    "the last line removed": (f"DELETE FROM log WHERE seq = {LAST}", "log.cut_off"),
    "two lines change places": (
        "UPDATE log SET seq = -7 WHERE seq = 7; UPDATE log SET seq = 7 WHERE seq = 8; "
        "UPDATE log SET seq = 8 WHERE seq = -7",
        "log.line_changed",
    ),
    "a reason": ("UPDATE reasons SET text = 'muu syy' WHERE seq = 9", "log.image_changed"),
    "an image emptied": ("UPDATE images SET before = NULL, after = NULL WHERE seq = 9", "log.image_changed"),
    "images removed": ("DELETE FROM images WHERE seq = 9", "log.image_changed"),
    "images and reason removed": (
        "DELETE FROM images WHERE seq = 9; DELETE FROM reasons WHERE seq = 9",
        "log.image_missing",
    ),
    "an image more": (
        'INSERT INTO images (id, seq, round_id, "table", row_id, before, after) '
        'SELECT 90000, seq, round_id, "table", row_id, before, after FROM images WHERE seq = 9 LIMIT 1',
        "log.image_changed",
    ),
    "an image of a line without images": (
        'INSERT INTO images (id, seq, round_id, "table", row_id, before, after) '
        f'SELECT 90000, {LAST}, round_id, "table", row_id, before, after FROM images WHERE id = 3',
        "log.image_changed",
    ),
    "an image of no line": ("UPDATE images SET seq = 90000 WHERE seq = 9", "log.image_changed"),
    "images given to another round": ("UPDATE images SET round_id = 77 WHERE seq = 9", "log.image_changed"),
    "an application": ("UPDATE applications SET status = 'set_aside' WHERE id = 5", "log.row_changed"),
    "who sits": (
        "UPDATE versions SET kind = 'named' WHERE id = (SELECT standing_id FROM rounds LIMIT 1)",
        "log.row_changed",
    ),
    "the decision's section": ("UPDATE decisions SET section = '1 §'", "log.row_changed"),
    "the round's state": ("UPDATE rounds SET state = 'draft'", "log.row_changed"),
    "the rules": ("UPDATE rules_texts SET text = 'title = 1'", "log.row_changed"),
    "a finding settled": ("UPDATE findings SET how = 'kept' WHERE id = 1", "log.row_changed"),
    "a contact removed": ("DELETE FROM contacts", "log.row_missing"),
    "an event more": (
        "INSERT INTO events (id, round_id, kind, date, reason, section, made_at) "
        f"VALUES (900, {ROUND}, 'resignation', '2021-09-01', '', '', '2021-09-01T00:00:00.000000Z')",
        "log.row_added",
    ),
    "a role granted": (
        "INSERT INTO role_grants (id, user_id, role) VALUES (900, (SELECT max(id) FROM users), 'administrator')",
        "log.row_added",
    ),
    "a role given twice": (
        "INSERT INTO role_grants (id, user_id, role) SELECT 901, user_id, role FROM role_grants WHERE id = 1",
        "log.row_added",
    ),
    "a role taken away": ("DELETE FROM role_grants WHERE role = 'coordinator'", "log.role_missing"),
    "a role given to another": (
        "UPDATE role_grants SET user_id = (SELECT max(id) FROM users) WHERE role = 'coordinator'",
        "log.row_added",
    ),
    "a name": ("UPDATE users SET name = 'Toinen Henkilö' WHERE id = 2", "log.row_changed"),
    "another's sign-in": ("UPDATE users SET subject = 'muu' WHERE id = 2", "log.row_changed"),
    "a user more": (
        "INSERT INTO users (id, subject, name, made_at) VALUES (900, 's', 'n', '2021-09-01T00:00:00.000000Z')",
        "log.row_added",
    ),
    "how long things are kept": ("UPDATE settings SET value = '{}'", "log.setting_changed"),
    "a setting more": ("INSERT INTO settings (key, value) VALUES ('other', '1')", "log.setting_changed"),
    "a file's bytes": ("UPDATE blobs SET content = 'muuta'", "log.file_changed"),
    "a file removed": ("DELETE FROM blobs", "log.file_missing"),
}


@pytest.fixture
def made(store: Store) -> Made:
    """A decided round with a contact, a second user who has a role, a name that changed, and settings."""
    found = decided(store)
    found.do(do.SetContact(round_id=found.round_id, application_id=found.ids[0], status="asked"))
    user = do.known_user(store, "https://login.example.org 1", "Testinen Valmistelija")
    do.perform(store, found.user, do.GrantRole(user_id=user.id, role=UserRole.COORDINATOR, round_id=found.round_id))
    do.known_user(store, "https://login.example.org 1", "Testinen Toinen")
    do.perform(store, found.user, do.ChangeRetention(retention=Retention(appeal_days=30)))
    do.known_user(store, "https://login.example.org 2", "Testinen Kolmas")
    return found


def forge(store: Store, statements: str) -> None:
    """Change the database past the program, and leave its guards as they were."""
    with store.engine.connect() as connection:
        if store.is_sqlite:
            query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'log'"
            guards = list(connection.execute(text(query)))
            for name, _ in guards:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE log DISABLE TRIGGER ALL"))
        for statement in statements.split("; "):
            connection.execute(text(statement))
        if store.is_sqlite:
            for _, made in guards:
                connection.execute(text(made))
        else:
            connection.execute(text("ALTER TABLE log ENABLE TRIGGER ALL"))
        connection.commit()


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_found(made: Made, name: str) -> None:
    assert do.verify_log(made.store).whole
    statements, code = FORGERIES[name]
    forge(made.store, statements)
    report = do.verify_log(made.store)
    assert not report.whole and report.code == code, report.faults[:3]


def test_a_value_that_cannot_be_read_is_told(made: Made) -> None:
    if not made.store.is_sqlite:
        pytest.skip("PostgreSQL refuses what is no JSON")
    forge(made.store, "UPDATE versions SET roster = 'ei ole'")
    assert do.verify_log(made.store).code == "log.unreadable"


def test_a_guard_that_is_gone_is_found(made: Made) -> None:
    with made.store.engine.begin() as connection:
        drop = "DROP TRIGGER log_no_update" if made.store.is_sqlite else "ALTER TABLE log DISABLE TRIGGER log_no_change"
        connection.execute(text(drop))
    assert [fault.code for fault in do.verify_log(made.store).faults] == ["log.unguarded"]


def test_a_change_that_a_later_action_writes_down_is_found(made: Made) -> None:
    forge(made.store, "UPDATE contacts SET note = 'lisätty'")
    made.do(do.SetContact(round_id=made.round_id, application_id=made.ids[0], status="agreed"))
    report = do.verify_log(made.store)
    assert [(fault.code, fault.table) for fault in report.faults] == [("log.row_changed", "contacts")]
    assert verify_chain(made.store).whole


def test_a_tail_cut_whose_images_stay_is_found(made: Made) -> None:
    made.do(do.AddNote(round_id=made.round_id, application_id=made.ids[0], text="testi"))
    forge(
        made.store, f"UPDATE rounds SET revision = revision - 1; DELETE FROM notes; DELETE FROM log WHERE seq = {LAST}"
    )
    assert do.verify_log(made.store).code == "log.cut_off"


def test_a_tail_cut_with_all_that_it_did_is_found_by_a_head_noted_before(made: Made) -> None:
    head = do.log_head(made.store)
    cut = [
        f"DELETE FROM {table} WHERE seq = {LAST}" for table in ("images", "reasons")
    ]  # the last line adds a user, whose row goes with it
    forge(
        made.store,
        "; ".join(
            [*cut, "DELETE FROM users WHERE id = (SELECT max(id) FROM users)", f"DELETE FROM log WHERE seq = {LAST}"]
        ),
    )
    assert do.verify_log(made.store).whole
    assert do.verify_log(made.store, head).code == "log.cut_off"


def test_what_stays_after_an_erasure_is_checked(made: Made) -> None:
    made.do(do.EraseApplicants(round_id=made.round_id, whom="not_chosen", reason="testi"))
    assert do.verify_log(made.store).whole
    forge(made.store, "UPDATE applications SET person_key = 'muu' WHERE id = (SELECT min(id) FROM applications)")
    assert [fault.code for fault in do.verify_log(made.store).faults] == ["log.row_changed"]


def test_rows_that_an_earlier_version_left_after_an_erasure_are_counted(made: Made) -> None:
    """Earlier versions wrote no images with an erasure: only the round's own row had one."""
    made.do(do.EraseApplicants(round_id=made.round_id, whom="not_chosen", reason="testi"))
    with made.store.read() as session:
        seq, rows = session.execute(text("SELECT max(seq), count(*) FROM images WHERE round_id IS NOT NULL")).one()
    forge(
        made.store,
        f"DELETE FROM images WHERE seq = {seq}; DELETE FROM reasons WHERE seq = {seq}; "
        f"UPDATE log SET seal = NULL WHERE seq = {seq}",
    )
    _chain_anew(made.store, seq)
    report = do.verify_log(made.store)
    assert report.whole and report.unchecked == rows


def _chain_anew(store: Store, seq: int) -> None:
    """Write the hashes from a line on anew, as if it had been written so."""
    from selection.records.journal import LogLine
    from selection.records.log import hash_of

    with store.read() as session:
        lines = [
            session.get_one(LogLine, number)
            for number in range(seq, session.execute(text("SELECT max(seq) FROM log")).scalar_one() + 1)
        ]
        session.expunge_all()
    statements = []
    for line in lines:
        before = line.hash
        line.hash = hash_of(line)
        statements.append(f"UPDATE log SET previous = '{line.previous}', hash = '{line.hash}' WHERE seq = {line.seq}")
        for later in lines:
            if later.previous == before:
                later.previous = line.hash
    forge(store, "; ".join(statements))


def test_no_fault_tells_of_a_person(made: Made) -> None:
    forge(made.store, "UPDATE applications SET status = 'set_aside'")
    told = json.dumps([str(fault) for fault in do.verify_log(made.store).faults], ensure_ascii=False)
    assert "Testinen" not in told and "key-0" not in told
