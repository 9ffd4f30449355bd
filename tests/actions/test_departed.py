"""After the decision nobody who left comes back by another door, and those who came later stay until their own time."""

from __future__ import annotations

import datetime as dt

import pytest

from selection import actions as do
from selection.errors import ActionError
from selection.model.people import Role
from selection.records.store import Store
from tests.records.made import NOT_ASKED, TABLE, Made, decided, entry, file_in, proposed

DAY = dt.date(2022, 3, 1)


def people(made: Made) -> dict[str, do.ApplicationRow]:
    return {row.person_key: row for row in do.applications(made.store, made.user, made.round_id)}


def standing(made: Made) -> do.Roster:
    row = do.round_row(made.store, made.user, made.round_id)
    return do.version(made.store, made.user, made.round_id, row.standing_id or 0).roster


def resigned(made: Made, place: int = 0) -> do.Outcome:
    return made.do(
        do.RecordResignation(round_id=made.round_id, application_id=made.ids[place], date=DAY, reason="muutto")
    )


def replaced(made: Made, application_id: int, day: dt.date = DAY) -> do.Outcome:
    return made.do(
        do.Replace(
            round_id=made.round_id,
            application_id=application_id,
            table=TABLE,
            role=Role.MEMBER,
            date=day,
            reason="täydennys",
        )
    )


def second(made: Made, other_key: str, number: int = 40) -> int:
    """A second application of somebody, asked about and not answered yet."""
    asked = do.FindingIn(code="likely_duplicate", person_key=f"key-{number:04d}", other_key=other_key)
    action = do.ImportSupplement(
        round_id=made.round_id, file=file_in(b"later", "lisa.xlsx"), applications=(entry(number),), findings=(asked,)
    )
    made.do(action)
    return people(made)[f"key-{number:04d}"].id


def test_who_resigned_is_not_chosen_again(store: Store) -> None:
    made = decided(store)
    resigned(made)
    assert do.departed(store, made.user, made.round_id) == {made.ids[0]}
    with pytest.raises(ActionError, match="has_left"):
        replaced(made, made.ids[0])
    roster = standing(made).seat("key-0001", TABLE, Role.MEMBER, None)
    with pytest.raises(ActionError, match="has_left"):
        made.do(do.FillVacancies(round_id=made.round_id, roster=roster, date=DAY, reason="täydennys"))
    made.do(do.Undo(round_id=made.round_id))
    assert do.departed(store, made.user, made.round_id) == frozenset()


@pytest.mark.parametrize("before", [True, False])
def test_nor_under_a_second_application(store: Store, before: bool) -> None:
    """It waits for a person's answer, whether it came before or after the resignation."""
    made = decided(store)
    if not before:
        resigned(made)
    again = second(made, "key-0001")
    if before:
        assert people(made)["key-0040"].status == "active"
        resigned(made)
    assert people(made)["key-0040"].status == "set_aside"
    assert again in do.departed(store, made.user, made.round_id)
    assert "key-0040" not in [one.key for one in do.pool(store, made.user, made.round_id)]
    with pytest.raises(ActionError):
        replaced(made, again)
    # Two people after all: the second may be chosen.
    made.do(do.KeepBoth(round_id=made.round_id, first=again, second=made.ids[0]))
    assert people(made)["key-0040"].status == "active"
    replaced(made, again)
    assert standing(made).seat_of("key-0040") is not None
    assert do.verify_log(store).whole


def test_in_a_draft_a_second_application_of_who_declined_waits_too(store: Store) -> None:
    made = proposed(store)
    asked = do.FindingIn(code="likely_duplicate", person_key="key-0040", other_key="key-0001")
    made.do(do.SetContact(round_id=made.round_id, application_id=made.ids[0], status="declined"))
    made.do(
        do.ImportFile(
            round_id=made.round_id, file=file_in(b"later"), applications=(entry(40), entry(41)), findings=(asked,)
        )
    )
    keys = [one.key for one in do.pool(store, made.user, made.round_id)]
    assert "key-0040" not in keys and "key-0041" in keys


def test_a_lock_ends_with_its_persons_seat(store: Store) -> None:
    made = proposed(store)
    here = made.round_id
    for place in (0, 1):
        made.do(do.LockSeat(round_id=here, application_id=made.ids[place], table=TABLE, reason="tarvitaan"))
    made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    made.do(do.RecordDecision(round_id=here, section="1 §", date=DAY, special_reason="ei ollut", reason=NOT_ASKED))
    told = resigned(made)
    assert told.params["locks"] == 1
    assert [lock.application_ids for lock in do.locks(store, made.user, here)] == [(made.ids[1],)]
    made.do(do.Undo(round_id=here))
    assert len(do.locks(store, made.user, here)) == 2


def test_supplementary_applicants_stay_until_their_own_appeal_time(store: Store) -> None:
    made = decided(store)
    here = made.round_id
    made.do(do.ChangeRetention(retention=do.Retention(appeal_days=20)))
    made.do(do.SetRetention(round_id=here, term_ends=dt.date(2999, 1, 1)))
    resigned(made)
    taken = do.ImportSupplement(
        round_id=here, file=file_in(b"later", "lisa.xlsx"), applications=(entry(40), entry(41), entry(42))
    )
    made.do(taken)
    ids = {key: row.id for key, row in people(made).items()}
    groups = do.erasure_groups(store, made.user, here)
    assert groups is not None and groups.waiting == (ids["key-0040"], ids["key-0041"], ids["key-0042"])
    assert do.would_be_erased(store, made.user, here) == len(groups.erased)
    made.do(do.EraseApplicants(round_id=here, whom="not_chosen"))
    assert {"key-0040", "key-0041"} <= set(people(made))
    # They are still those who came later: their data can be corrected, and one of them is chosen.
    made.do(do.CorrectValue(round_id=here, application_id=ids["key-0041"], field="postal_code", values=("15110",)))
    today = dt.datetime.now(dt.UTC).date()
    replaced(made, ids["key-0040"], today)
    groups = do.erasure_groups(store, made.user, here)
    assert groups is not None and groups.waiting == (ids["key-0041"], ids["key-0042"])
    assert do.reminders(store, made.user, today) == []
    due = do.reminders(store, made.user, today + dt.timedelta(days=21))
    assert [one.code for one in due][:1] == ["reminder.erase_not_chosen"]


def test_their_time_over_they_go(store: Store) -> None:
    made = decided(store)
    resigned(made)
    second(made, "key-0009")
    replaced(made, made.ids[8], dt.date(2022, 3, 1))
    groups = do.erasure_groups(store, made.user, made.round_id)
    assert groups is not None and groups.waiting == ()
    made.do(do.EraseApplicants(round_id=made.round_id, whom="not_chosen"))
    assert "key-0040" not in people(made)
