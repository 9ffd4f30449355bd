"""Users, and how long things are kept."""

from __future__ import annotations

import datetime as dt

import pytest

from selection import actions as do
from selection.actions import UserRole
from selection.errors import ActionError, PermissionDenied
from selection.model.rules_file import parse_rules
from selection.records.journal import Job
from selection.records.log import Entry, append
from selection.records.retention import council_term_end
from selection.records.store import Store
from selection.texts import LANGUAGES, format_date, has_text, in_language, text
from tests.records.made import decided, imported, new_round


def test_the_one_user_of_a_machine_has_every_role(store: Store) -> None:
    user = do.local_user(store)
    assert do.local_user(store) == user
    assert do.roles(store, user) == tuple(UserRole)
    lines = do.verify_log(store).lines
    assert do.local_user(store, "Ossi").name == "Ossi"
    assert do.local_user(store).name == "Ossi"
    assert do.verify_log(store).lines == lines + 1  # the new name, once


def test_who_signs_in_has_no_role_until_granted_one(store: Store) -> None:
    admin = do.first_administrator(store, "oid-1", "Anna")
    user = do.known_user(store, "oid-2", "Bertta")
    assert do.roles(store, user) == ()
    assert do.rounds(store, user) == []
    do.perform(store, admin, do.GrantRole(user_id=user.id, role=UserRole.COORDINATOR))
    made = new_round(store, user=user)
    assert [row.id for row in do.rounds(store, user)] == [made.round_id]
    assert [(row.name, row.roles) for row in do.users(store, admin)] == [
        ("Anna", (("administrator", None),)),
        ("Bertta", (("coordinator", None), ("coordinator", made.round_id))),
    ]
    with pytest.raises(PermissionDenied):
        do.users(store, user)
    with pytest.raises(ActionError, match="has_administrator"):
        do.first_administrator(store, "oid-3", "Cecilia")
    with pytest.raises(ActionError, match="subject_missing"):
        do.known_user(store, "local", "Somebody posing as the user of this machine")


def test_a_name_changed_at_the_login_is_taken(store: Store) -> None:
    first = do.known_user(store, "oid-1", "Anna")
    again = do.known_user(store, "oid-1", "Anna Uusinimi")
    assert (again.id, again.name) == (first.id, "Anna Uusinimi")


def test_reminders_come_when_the_times_have_passed(store: Store) -> None:
    made = decided(store)
    here = made.round_id
    made.do(do.SetRetention(round_id=here, term_ends=dt.date(2023, 5, 31)))

    def due(day: dt.date) -> list[str]:
        return [reminder.code for reminder in do.reminders(store, made.user, day)]

    assert due(dt.date(2021, 9, 12)) == []
    assert due(dt.date(2021, 9, 13)) == ["reminder.erase_not_chosen"]
    assert due(dt.date(2023, 6, 30)) == ["reminder.erase_not_chosen", "reminder.erase_all"]
    made.do(do.EraseApplicants(round_id=here, whom="not_chosen"))
    assert due(dt.date(2023, 6, 29)) == []
    made.do(do.ChangeRetention(retention=do.Retention(after_term_days=0)))
    reminder = do.reminders(store, made.user, dt.date(2023, 5, 31))[0]
    for language in LANGUAGES:
        with in_language(language):
            assert made.round_id and reminder.round_name in text(
                reminder.code, round=reminder.round_name, due=format_date(reminder.due)
            )


def test_the_appeal_time_follows_the_setting(store: Store) -> None:
    user = do.local_user(store)
    do.perform(store, user, do.ChangeRetention(retention=do.Retention(appeal_days=30)))
    assert do.retention_settings(store).appeal_days == 30
    made = decided(store)
    assert do.round_row(store, user, made.round_id).appeal_ends == dt.date(2021, 9, 22)


def test_an_abandoned_round_can_be_erased_whole(store: Store) -> None:
    made = new_round(store)
    with pytest.raises(ActionError, match="not_decided"):
        made.do(do.EraseApplicants(round_id=made.round_id, whom="not_chosen"))
    made.do(do.EraseApplicants(round_id=made.round_id, whom="all"))
    with pytest.raises(ActionError, match="round_is_erased"):
        made.do(do.EraseApplicants(round_id=made.round_id, whom="all"))


def test_bytes_that_are_still_to_be_cleaned_are_told(store: Store) -> None:
    made = new_round(store)
    assert not do.cleaning_waits(store, made.user)
    with store.write() as session:
        session.add(Job(kind="clean", details=[made.round_id], at="2026-01-01T00:00:00.000000Z"))
    assert do.cleaning_waits(store, made.user)
    with pytest.raises(PermissionDenied):
        do.cleaning_waits(store, do.known_user(store, "oid-9", "Ei kukaan"))


def test_every_action_is_exported_and_worded() -> None:
    assert [name for name in do.__all__ if not hasattr(do, name)] == []
    for code, action in do.known_actions().items():
        assert action.__name__ in do.__all__, code
        for language in LANGUAGES:
            with in_language(language):
                assert has_text(f"action.{code}")


def test_before_its_day_nothing_is_erased_without_a_reason_and_never_in_another_rounds_name(store: Store) -> None:
    made = decided(store)
    here = made.round_id
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    made.do(do.SetRetention(round_id=here, appeal_ends=tomorrow, term_ends=tomorrow))
    for whom in ("not_chosen", "all"):
        with pytest.raises(ActionError, match="erasing_early"):
            made.do(do.EraseApplicants(round_id=here, whom=whom, reason="  "))
    with pytest.raises(ActionError, match="name_not_the_rounds"):
        made.do(do.EraseApplicants(round_id=here, whom="all", name="Toinen", reason="Syy"))
    assert do.round_row(store, made.user, here).erased is None
    name = do.round_row(store, made.user, here).name
    made.do(do.EraseApplicants(round_id=here, whom="all", name=f" {name} ", reason="Pyyntö"))
    assert do.round_row(store, made.user, here).erased == "all"
    assert do.history(store, made.user, here)[0].reason == "Pyyntö"


def test_the_term_ends_as_the_rules_say_and_else_with_the_councils_term(store: Store) -> None:
    made = decided(store)
    ends = parse_rules(do.rules_text(store, made.user, made.round_id), "").term.ends
    assert do.round_row(store, made.user, made.round_id).term_ends == (ends or dt.date(2025, 5, 31))
    days = {(2021, 5, 31): 2021, (2021, 6, 1): 2025, (2024, 1, 1): 2025, (2025, 8, 1): 2029}
    for day, year in days.items():
        assert council_term_end(dt.date(*day)) == dt.date(year, 5, 31)


def test_an_erased_round_is_closed(store: Store) -> None:
    made = new_round(store)
    made.do(do.EraseApplicants(round_id=made.round_id, whom="all"))
    with pytest.raises(ActionError, match="round_is_erased"):
        made.do(do.ChangeRules(round_id=made.round_id, text="x"))


def test_how_the_columns_of_a_file_were_read_goes_with_its_applicants(store: Store) -> None:
    """What people said of a column may quote an answer."""
    made = imported(store)
    assert do.source_files(store, made.user, made.round_id)[0].mapping
    made.do(do.EraseApplicants(round_id=made.round_id, whom="all"))
    (file,) = do.source_files(store, made.user, made.round_id)
    assert file.mapping == {}
    with pytest.raises(ActionError, match="file_erased"):
        do.file_bytes(store, made.user, made.round_id, file.id)


@pytest.mark.parametrize("said", ["Testinen soitti, että hän ei pääse tulemaan", ["Testinen"], {"a": 1}, 1.5])
def test_no_line_of_the_log_holds_a_sentence_or_a_name_in_a_list(store: Store, said: object) -> None:
    made = new_round(store)
    lines = do.verify_log(store).lines
    with pytest.raises(ValueError, match="not an id or a code"), store.write() as session:
        append(session, Entry(made.user.id, "add_note", {"text": said}), [])
    assert do.verify_log(store).lines == lines
