"""What actions promise, on either database: one transaction, undo, staleness, retries."""

from __future__ import annotations

import datetime as dt

import pytest

from selection import actions as do
from selection.errors import ActionError
from selection.model.people import Role
from selection.records.store import Store
from tests.records.made import (
    DAY,
    NOT_ASKED,
    OTHER_TABLE,
    SPECIAL,
    TABLE,
    decided,
    entry,
    file_in,
    imported,
    new_round,
    proposed,
)


def test_a_round_goes_from_the_file_to_the_decision(store: Store) -> None:
    made = decided(store)
    row = do.round_row(store, made.user, made.round_id)
    assert (row.state, row.step, row.section, row.decided_on) == ("decided", "decided", "217 §", dt.date(2021, 8, 23))
    assert (row.applications, row.active, row.open_findings, row.seated) == (12, 12, 2, 6)
    assert row.appeal_ends == dt.date(2021, 9, 13)
    found = do.decision(store, made.user, made.round_id)
    assert found is not None
    assert found.people["key-0001"]["name"] == "Testinen Hakija0001"
    assert do.verify_log(store).whole


def test_what_was_imported_comes_back_as_applicants(store: Store) -> None:
    made = imported(store)
    assert do.pool(store, made.user, made.round_id) == [entry(number).applicant for number in range(1, 13)]
    files = do.source_files(store, made.user, made.round_id)
    assert do.file_bytes(store, made.user, made.round_id, files[0].id) == b"the bytes of a file"


def test_undo_and_redo_of_a_swap(store: Store) -> None:
    made = proposed(store)
    before = made.roster()
    made.do(made.swap(0, 7))
    after = made.roster()
    assert after == before.swap("key-0001", "key-0008")
    made.do(do.Undo(round_id=made.round_id))
    assert made.roster() == before
    made.do(do.Redo(round_id=made.round_id))
    assert made.roster() == after
    with pytest.raises(ActionError, match="nothing_to_redo"):
        made.do(do.Redo(round_id=made.round_id))


def test_undo_of_an_import_leaves_no_application(store: Store) -> None:
    made = imported(store)
    made.do(do.Undo(round_id=made.round_id))
    assert do.applications(store, made.user, made.round_id) == []
    assert do.findings(store, made.user, made.round_id) == []
    made.do(do.Redo(round_id=made.round_id))
    assert [row.id for row in do.applications(store, made.user, made.round_id)] == made.ids


def test_a_new_change_ends_what_could_be_redone(store: Store) -> None:
    made = proposed(store)
    made.do(made.swap(0, 7))
    made.do(do.Undo(round_id=made.round_id))
    made.do(made.swap(1, 8))
    assert do.redoable(store, made.user, made.round_id) is None
    with pytest.raises(ActionError, match="nothing_to_redo"):
        made.do(do.Redo(round_id=made.round_id))


def test_going_back_to_any_state_gives_exactly_that_state(store: Store) -> None:
    made = proposed(store)
    states = {}

    def remember() -> None:
        found = do.applications(store, made.user, made.round_id)
        shown = [(row.id, row.current, row.corrections, row.status) for row in found]
        locks = [(lock.kind, lock.application_ids) for lock in do.locks(store, made.user, made.round_id)]
        states[made.revision] = (made.roster(), shown, locks)

    remember()
    steps: list[do.Action] = [
        made.swap(0, 7),
        do.LockSeat(round_id=made.round_id, application_id=made.ids[1], table=TABLE, reason="syy"),
        do.CorrectValue(round_id=made.round_id, application_id=made.ids[2], field="birth_year", values=("1951",)),
        do.Undo(round_id=made.round_id),
        do.SetAside(round_id=made.round_id, application_id=made.ids[9], reason="ei asu kaupungissa"),
        do.Undo(round_id=made.round_id, seq=None),
        do.RemoveFromSeat(round_id=made.round_id, application_id=made.ids[1], reason="syy"),
    ]
    for step in steps:
        made.do(step)
        remember()
    for revision in sorted(states, reverse=True):
        last = made.revision
        made.do(do.GoBackTo(round_id=made.round_id, revision=revision))
        here = made.revision
        remember()
        assert states[here] == states[revision]
        if states[here] == states[last]:
            continue  # Nothing changed, so there is nothing of it to undo.
        made.do(do.Undo(round_id=made.round_id))
        remember()
        assert states[made.revision] == states[last]
    assert do.verify_log(store).whole


def test_facts_stay_when_the_draft_goes_back(store: Store) -> None:
    made = proposed(store)
    start = made.revision
    made.do(made.swap(0, 7))
    made.do(do.SetContact(round_id=made.round_id, application_id=made.ids[0], status="declined", note="ei ehdi"))
    made.do(do.NameVersion(round_id=made.round_id, name="Ensimmäinen"))
    made.do(do.GoBackTo(round_id=made.round_id, revision=start))
    person = do.application(store, made.user, made.round_id, made.ids[0])
    assert person.contact is not None
    assert person.contact.status == "declined"
    assert [row.name for row in do.versions(store, made.user, made.round_id) if row.kind == "named"] == ["Ensimmäinen"]


def test_one_line_can_be_undone_by_its_number_unless_changed_since(store: Store) -> None:
    made = proposed(store)
    note = made.do(do.SetContact(round_id=made.round_id, application_id=made.ids[0], status="asked"))
    first = made.do(made.swap(0, 7))
    made.do(made.swap(1, 8))
    made.do(do.Undo(round_id=made.round_id, seq=note.seq))
    assert do.application(store, made.user, made.round_id, made.ids[0]).contact is None
    with pytest.raises(ActionError, match="changed_since"):
        made.do(do.Undo(round_id=made.round_id, seq=first.seq))
    with pytest.raises(ActionError, match="cannot_undo"):
        made.do(do.Undo(round_id=made.round_id, seq=note.seq))


def test_the_second_writer_is_told_what_changed(store: Store) -> None:
    made = proposed(store)
    seen = made.revision
    made.do(made.swap(0, 7), expected_revision=seen)
    with pytest.raises(do.ChangedMeanwhile) as stale:
        made.do(made.swap(1, 8), expected_revision=seen)
    assert [line.code for line in stale.value.changes] == ["action.swap"]
    assert stale.value.changes[0].params["person"] == "Testinen Hakija0001"
    assert made.roster().seat_of("key-0002") is not None


def test_a_change_of_something_else_is_no_conflict(store: Store) -> None:
    made = proposed(store)
    seen = made.revision
    made.do(do.SetContact(round_id=made.round_id, application_id=made.ids[0], status="asked"), expected_revision=seen)
    made.do(made.swap(0, 7), expected_revision=seen)
    made.do(do.AddNote(round_id=made.round_id, application_id=made.ids[0], text="huomio"), expected_revision=seen)


def test_a_proposal_solved_from_older_input_is_refused(store: Store) -> None:
    made = proposed(store)
    seen, roster = made.revision, made.roster()
    made.do(do.CorrectValue(round_id=made.round_id, application_id=made.ids[2], field="birth_year", values=("1951",)))
    with pytest.raises(do.ChangedMeanwhile):
        made.do(do.SaveProposal(round_id=made.round_id, roster=roster), expected_revision=seen)


def test_what_was_seen_is_gone_reads_as_a_change_of_somebody(store: Store) -> None:
    made = proposed(store)
    seen = made.revision
    made.do(do.RemoveFromSeat(round_id=made.round_id, application_id=made.ids[0], reason="syy"))
    with pytest.raises(do.ChangedMeanwhile):
        made.do(made.swap(0, 7), expected_revision=seen)
    with pytest.raises(ActionError, match="not_seated"):
        made.do(made.swap(0, 7))


def test_a_retry_returns_the_first_outcome_and_changes_nothing(store: Store) -> None:
    made = proposed(store)
    first = made.do(made.swap(0, 7), idempotency_key="press-1")
    roster = made.roster()
    again = made.do(made.swap(0, 7), idempotency_key="press-1")
    assert (again.seq, again.revision, again.params, again.repeated) == (first.seq, first.revision, first.params, True)
    assert made.roster() == roster
    with pytest.raises(ActionError, match="key_used"):
        made.do(do.MarkReady(round_id=made.round_id, reason=NOT_ASKED), idempotency_key="press-1")


def test_an_action_that_fails_leaves_nothing(store: Store) -> None:
    made = imported(store)
    lines, revision = do.verify_log(store).lines, made.revision
    twice = (entry(20), entry(20))
    with pytest.raises(ActionError, match="person_twice"):
        made.do(do.ImportFile(round_id=made.round_id, file=file_in(b"other"), applications=twice))
    assert (do.verify_log(store).lines, made.revision) == (lines, revision)
    assert len(do.source_files(store, made.user, made.round_id)) == 1


def test_a_later_file_is_matched_by_person(store: Store) -> None:
    made = imported(store)
    here = made.round_id
    made.do(do.CorrectValue(round_id=here, application_id=made.ids[0], field="postal_code", values=("15800",)))
    made.do(do.KeepOut(round_id=here, application_id=made.ids[1], reason="syy"))
    changed = entry(2).applicant
    later = (
        entry(1),
        entry(2, applicant=type(changed)(key=changed.key, name="Testinen Uusinimi", origin=changed.origin)),
        entry(30),
    )
    outcome = made.do(do.ImportFile(round_id=here, file=file_in(b"later"), applications=later, replace=True))
    counts = {name: outcome.params[name] for name in ("new", "changed", "same", "gone")}
    assert counts == {"new": 1, "changed": 1, "same": 1, "gone": 10}
    rows = {row.person_key: row for row in do.applications(store, made.user, here)}
    assert rows["key-0001"].current["values"]["postal_code"] == ["15800"]
    assert rows["key-0001"].corrections == {"postal_code": {"from": ["15700"], "to": ["15800"]}}
    assert rows["key-0002"].name == "Testinen Uusinimi"
    assert do.locks(store, made.user, here)[0].person_keys == ("key-0002",)
    assert (rows["key-0003"].status, rows["key-0003"].set_aside_code) == ("set_aside", "gone_from_file")
    made.do(do.ImportFile(round_id=here, file=file_in(), applications=tuple(entry(n) for n in range(1, 13))))
    rows = {row.person_key: row for row in do.applications(store, made.user, here)}
    assert rows["key-0003"].status == "active"
    assert rows["key-0002"].id == made.ids[1]


def test_a_finding_once_settled_is_not_asked_again(store: Store) -> None:
    made = imported(store)
    finding = do.findings(store, made.user, made.round_id, open_only=True)[0]
    made.do(do.SettleFinding(round_id=made.round_id, finding_ids=(finding.id,), how="accept"))
    assert do.application(store, made.user, made.round_id, made.ids[0]).current["values"]["postal_code"] == ["15100"]
    same = do.FindingIn(
        code=finding.code, field=finding.field, found=finding.found, suggestion=("15100",), person_key="key-0001"
    )
    entries = tuple(entry(number) for number in range(1, 13))
    made.do(
        do.ImportFile(
            round_id=made.round_id, file=file_in(b"again"), applications=entries, findings=(same,), replace=True
        )
    )
    assert [row.how for row in do.findings(store, made.user, made.round_id)] == ["accept"]


def test_two_applications_of_one_person_become_one(store: Store) -> None:
    made = proposed(store)
    here = made.round_id
    made.do(do.LockSeat(round_id=here, application_id=made.ids[3], table=TABLE, role=Role.DEPUTY, reason="syy"))
    keep, drop = made.ids[7], made.ids[3]
    made.do(do.MergeDuplicates(round_id=here, keep=keep, drop=drop, values={"wishes": (TABLE, OTHER_TABLE)}))
    rows = {row.id: row for row in do.applications(store, made.user, here)}
    assert (rows[drop].status, rows[drop].same_as_id) == ("set_aside", keep)
    assert rows[keep].current["wishes"] == [TABLE, OTHER_TABLE]
    assert made.roster().seat_of("key-0008") == do.Seat("key-0008", TABLE, Role.DEPUTY, "key-0001")
    assert do.locks(store, made.user, here)[0].application_ids == (keep,)
    made.do(do.KeepBoth(round_id=here, first=keep, second=drop))
    assert do.application(store, made.user, here, drop).status == "active"


def test_the_two_years_after_the_decision(store: Store) -> None:
    made = decided(store)
    here, day = made.round_id, dt.date(2022, 3, 1)
    made.do(do.RecordResignation(round_id=here, application_id=made.ids[0], date=day, reason="muutto"))
    rise = do.Replace(
        round_id=here, application_id=made.ids[3], table=TABLE, role=Role.MEMBER, date=day, reason="nousee"
    )
    made.do(rise)
    new = do.Replace(
        round_id=here,
        application_id=made.ids[8],
        table=TABLE,
        role=Role.DEPUTY,
        deputy_of=made.ids[3],
        date=day,
        reason="uusi varajäsen",
    )
    made.do(new)
    made.do(do.ElectedToCouncil(round_id=here, application_id=made.ids[1], date=day))
    row = do.round_row(store, made.user, here)
    standing = do.version(store, made.user, here, row.standing_id or 0).roster
    assert standing.seat_of("key-0001") is None
    assert standing.seat_of("key-0004") == do.Seat("key-0004", TABLE, Role.MEMBER)
    assert standing.seat_of("key-0009") == do.Seat("key-0009", TABLE, Role.DEPUTY, "key-0004")
    assert [event.kind for event in do.events(store, made.user, here)] == [
        "resignation",
        "rise",
        "replacement",
        "elected",
    ]
    frozen = do.decision(store, made.user, here)
    assert frozen is not None
    assert do.version(store, made.user, here, frozen.version_id).roster.seat_of("key-0001") is not None
    made.do(do.Undo(round_id=here))
    assert len(do.events(store, made.user, here)) == 3


def test_vacant_seats_filled_at_once(store: Store) -> None:
    made = decided(store)
    here, day = made.round_id, dt.date(2022, 3, 1)

    def standing() -> do.Roster:
        row = do.round_row(store, made.user, here)
        return do.version(store, made.user, here, row.standing_id or 0).roster

    made.do(do.RecordResignation(round_id=here, application_id=made.ids[0], date=day, reason="muutto"))
    before = standing()
    deputy, outside = "key-0004", "key-0009"
    assert before.seat_of(deputy) == do.Seat(deputy, TABLE, Role.DEPUTY)
    roster = before.seat(deputy, TABLE, Role.MEMBER).seat(outside, TABLE, Role.DEPUTY, deputy)
    told = made.do(do.FillVacancies(round_id=here, roster=roster, date=day, section="9 §", reason="täydennys"))
    assert told.params["filled"] == 2
    assert standing() == roster
    events = do.events(store, made.user, here)
    assert {(one.kind, one.application_id, one.role, one.section) for one in events[-2:]} == {
        ("rise", made.ids[3], "member", "9 §"),
        ("replacement", made.ids[8], "deputy", "9 §"),
    }
    made.do(do.Undo(round_id=here))
    assert (standing(), len(do.events(store, made.user, here))) == (before, 1)


@pytest.mark.parametrize("what", ["nothing", "somebody_goes", "another_table", "down", "reserve"])
def test_filling_vacancies_changes_nothing_else(store: Store, what: str) -> None:
    made = decided(store)
    here, day = made.round_id, dt.date(2022, 3, 1)
    row = do.round_row(store, made.user, here)
    now = do.version(store, made.user, here, row.standing_id or 0).roster
    outside = "key-0009"
    roster = {
        "nothing": now,
        "somebody_goes": now.swap("key-0001", outside),
        "another_table": now.seat("key-0004", OTHER_TABLE, Role.MEMBER),
        "down": now.seat("key-0001", TABLE, Role.DEPUTY),
        "reserve": now.seat(outside, TABLE, Role.RESERVE),
    }[what]
    with pytest.raises(ActionError, match="vacancies_only"):
        made.do(do.FillVacancies(round_id=here, roster=roster, date=day, reason="täydennys"))
    assert do.events(store, made.user, here) == []


def test_a_reserve_who_takes_a_seat_does_not_rise(store: Store) -> None:
    made = proposed(store)
    here, day, reserve = made.round_id, dt.date(2022, 3, 1), made.ids[8]
    made.do(do.MovePerson(round_id=here, application_id=reserve, table=TABLE, role=Role.RESERVE, reason="varalle"))
    made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    made.do(do.RecordDecision(round_id=here, section="217 §", date=DAY, special_reason=SPECIAL, reason=NOT_ASKED))
    made.do(do.Replace(round_id=here, application_id=reserve, table=TABLE, date=day, reason="täydennys"))
    assert [one.kind for one in do.events(store, made.user, here)] == ["replacement"]


def test_the_history_reads_as_sentences_with_names(store: Store) -> None:
    made = proposed(store)
    made.do(made.swap(0, 7))
    made.do(do.Undo(round_id=made.round_id))
    lines = do.history(store, made.user, made.round_id)
    assert [line.text for line in lines[:2]] == [
        "Kumosi: Vaihtoi: Testinen Hakija0001 → Testinen Hakija0008",
        "Vaihtoi: Testinen Hakija0001 → Testinen Hakija0008",
    ]
    assert (lines[1].reason, lines[1].undone, lines[1].can_undo) == ("vaihto", True, False)
    assert [line.revision for line in lines] == sorted((line.revision for line in lines), reverse=True)


def test_a_new_round_takes_the_rules_of_the_last(store: Store) -> None:
    first = new_round(store)
    second = do.perform(store, first.user, do.CreateRound(name="2023", from_round_id=first.round_id))
    assert second.round_id is not None
    assert do.rules_text(store, first.user, second.round_id) == do.rules_text(store, first.user, first.round_id)
    with pytest.raises(ActionError, match="round_name_taken"):
        do.perform(store, first.user, do.CreateRound(name="2023", from_round_id=first.round_id))
