"""Who declined or withdrew leaves the pool, the locks and the draft's seat; and seats open to question stop the round."""

from __future__ import annotations

import pytest

from selection import actions as do
from selection.errors import ActionError
from selection.model.people import Role
from selection.records.readiness import Settled
from selection.records.store import Store
from tests.records.made import DAY, NOT_ASKED, SPECIAL, TABLE, Made, proposed


def answered(made: Made, place: int, status: str | None) -> do.Outcome:
    action = {"round_id": made.round_id, "application_id": made.ids[place], "status": status}
    return made.do(do.SetContact.model_validate(action))


def keys(made: Made) -> list[str]:
    return [one.key for one in do.pool(made.store, made.user, made.round_id)]


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_who_leaves_has_no_lock_and_no_seat(store: Store, status: str) -> None:
    made = proposed(store)
    here = made.round_id
    lock = do.LockSeat(round_id=here, application_id=made.ids[0], table=TABLE, role=Role.MEMBER, reason="tarvitaan")
    made.do(lock)
    before = made.roster()
    outcome = answered(made, 0, status)
    assert "key-0001" not in keys(made)
    assert do.locks(store, made.user, here) == []
    assert made.roster() == before.without("key-0001")
    assert outcome.params["table"] == TABLE and outcome.params["locks"] == 1
    line = do.history(store, made.user, here)[0]
    assert "vapautui" in line.text and "lukitus" in line.text
    made.do(do.Undo(round_id=here))
    assert "key-0001" in keys(made)
    assert len(do.locks(store, made.user, here)) == 1
    assert made.roster() == before
    assert do.application(store, made.user, here, made.ids[0]).contact is None
    made.do(do.Redo(round_id=here))
    assert "key-0001" not in keys(made)
    assert made.roster() == before.without("key-0001")


def test_another_answer_brings_the_person_back_without_the_seat(store: Store) -> None:
    made = proposed(store)
    answered(made, 0, "declined")
    answered(made, 0, "agreed")
    assert "key-0001" in keys(made)
    assert made.roster().seat_of("key-0001") is None


def test_taken_back_in_the_answer_is_gone_too(store: Store) -> None:
    made = proposed(store)
    answered(made, 0, "declined")
    made.do(do.Restore(round_id=made.round_id, application_id=made.ids[0]))
    row = do.application(store, made.user, made.round_id, made.ids[0])
    assert (row.status, row.contact) == ("active", None)


@pytest.mark.parametrize("how", ["lock", "seat", "proposal"])
def test_who_declined_is_seated_by_no_way(store: Store, how: str) -> None:
    made = proposed(store)
    roster = made.roster()
    here, person = made.round_id, made.ids[0]
    answered(made, 0, "declined")
    action = {
        "lock": do.LockSeat(round_id=here, application_id=person, table=TABLE, role=Role.MEMBER, reason="x"),
        "seat": do.MovePerson(round_id=here, application_id=person, table=TABLE, role=Role.MEMBER, reason="x"),
        "proposal": do.SaveProposal(round_id=here, roster=roster),
    }[how]
    with pytest.raises(ActionError, match="is_set_aside"):
        made.do(action)


def test_an_earlier_draft_does_not_bring_back_who_declined(store: Store) -> None:
    made = proposed(store)
    seen = made.revision
    named = made.do(do.NameVersion(round_id=made.round_id, name="Ensimmäinen"))
    answered(made, 0, "declined")
    made.do(do.GoBackTo(round_id=made.round_id, revision=seen))
    assert made.roster().seat_of("key-0001") is None
    assert "key-0001" not in keys(made)
    made.do(do.UseVersion(round_id=made.round_id, version_id=named.id, reason="x"))
    assert made.roster().seat_of("key-0001") is None
    assert "Testinen Hakija0001" in do.history(store, made.user, made.round_id)[0].text


def test_who_declines_what_was_presented_leaves_when_it_is_a_draft_again(store: Store) -> None:
    made = proposed(store)
    made.do(do.MarkReady(round_id=made.round_id, reason=NOT_ASKED))
    answered(made, 0, "declined")
    assert made.roster().seat_of("key-0001") is not None
    made.do(do.BackToDraft(round_id=made.round_id, reason="uusi valmistelu"))
    assert made.roster().seat_of("key-0001") is None
    assert "key-0001" not in keys(made)


def test_after_the_decision_the_seat_waits_for_the_refusal(store: Store) -> None:
    made = proposed(store)
    here = made.round_id
    made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    made.do(do.RecordDecision(round_id=here, section="1 §", date=DAY, special_reason=SPECIAL, reason=NOT_ASKED))
    answered(made, 0, "declined")
    answered(made, 9, "declined")
    assert "key-0001" in keys(made) and "key-0010" not in keys(made)


def test_the_answer_follows_the_application_that_is_kept(store: Store) -> None:
    made = proposed(store)
    answered(made, 2, "declined")
    made.do(do.MergeDuplicates(round_id=made.round_id, keep=made.ids[3], drop=made.ids[2]))
    row = do.application(store, made.user, made.round_id, made.ids[3])
    assert row.contact is not None and row.contact.status == "declined"
    assert "key-0004" not in keys(made)
    assert made.roster().seat_of("key-0004") is None


def test_what_was_gone_on_with_outlives_the_people_who_were_not_chosen(store: Store) -> None:
    made = proposed(store)
    here = made.round_id
    roster = do.Roster((*made.roster().seats, do.Seat("key-0010", TABLE, Role.RESERVE)))
    made.do(do.SaveProposal(round_id=here, roster=roster, facts={"made": roster.to_json()}))
    made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    decision = do.RecordDecision(round_id=here, section="1 §", date=DAY, special_reason=SPECIAL, reason="perustelu")
    made.do(decision)
    made.do(do.EraseApplicants(round_id=here, whom="not_chosen"))
    found = do.decision(store, made.user, here)
    assert found is not None
    facts = do.version(store, made.user, here, found.version_id).facts
    # Who was changed is only a number by now.
    assert set(facts) <= {"readiness", "changed"} and facts.get("changed", 0) in range(100)
    assert Settled.from_facts(facts) == Settled(6, {"not_asked": 6}, "perustelu")


def test_a_lock_of_the_rules_file_on_who_declined_is_let_go(store: Store) -> None:
    from selection.model.pool import Pool
    from selection.model.rules_file import parse_rules
    from selection.rounds.desk import file_locks
    from tests.records.made import rules

    made = proposed(store)
    lock = f'[[locks]]\nperson = "{{}}"\ntable = "{TABLE}"\nrole = "member"\n'
    locked = "\n".join(lock.format(f"Testinen Hakija{number:04d}") for number in (1, 2))
    parsed = parse_rules(f"{rules()}\n{locked}", "lahti-2021")
    answered(made, 0, "declined")
    people = {row.person_key: row for row in do.applications(store, made.user, made.round_id)}
    pool = Pool.build(do.pool(store, made.user, made.round_id), parsed)
    assert [seat.key for seat in file_locks(parsed, people, pool).seated] == ["key-0002"]


def test_an_answer_about_a_name_is_a_line_of_the_log(store: Store) -> None:
    made = proposed(store)
    action = do.AnswerDisclosure(round_id=made.round_id, application_ids=(made.ids[1],), kind="annex", allowed=False)
    made.do(action)
    line = do.history(store, made.user, made.round_id)[0]
    assert "Testinen Hakija0002" in line.text and "eivät saa olla" in line.text and "julkinen liite" in line.text


def test_somebody_beside_the_seats_keeps_the_table_chosen(store: Store) -> None:
    made = proposed(store)
    person = do.PersonIn(name="Lisä Läsnäolija", wishes=("eteläinen",))
    added = made.do(do.AddPerson(round_id=made.round_id, person=person, beside=True, table=TABLE, reason="läsnäolo"))
    row = do.application(store, made.user, made.round_id, added.id)
    assert row.beside_table == TABLE
    bare = made.do(do.AddPerson(round_id=made.round_id, person=do.PersonIn(name="Joka Pöytä"), beside=True, reason="x"))
    assert do.application(store, made.user, made.round_id, bare.id).beside_table is None


def test_ready_and_decided_stop_at_seats_open_to_question(store: Store) -> None:
    made = proposed(store)
    here = made.round_id
    with pytest.raises(ActionError, match="seats_open") as stopped:
        made.do(do.MarkReady(round_id=here, reason="  "))
    assert stopped.value.params["n"] == 6
    for place in range(6):
        answered(made, place, "agreed")
    made.do(do.MarkReady(round_id=here))
    presented = do.round_row(store, made.user, here).presented_id or 0
    assert "readiness" not in do.version(store, made.user, here, presented).facts
    answered(made, 1, "declined")
    decision = {"round_id": here, "section": "1 §", "date": DAY, "special_reason": SPECIAL}
    with pytest.raises(ActionError, match="seats_open"):
        made.do(do.RecordDecision.model_validate(decision))
    made.do(do.RecordDecision.model_validate(decision | {"reason": "tieto tuli kokouksessa"}))
    found = do.decision(store, made.user, here)
    assert found is not None
    kept = Settled.from_facts(do.version(store, made.user, here, found.version_id).facts)
    assert kept == Settled(1, {"declined": 1}, "tieto tuli kokouksessa")
