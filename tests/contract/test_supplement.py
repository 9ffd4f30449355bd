"""The file of a supplementary call after the decision, on either database: its people come, nothing decided changes."""

from __future__ import annotations

import datetime as dt

import pytest

from selection import actions as do
from selection.errors import ActionError
from selection.model.people import Role
from selection.records.store import Store
from tests.records.made import TABLE, Made, decided, entry, file_in

DAY = dt.date(2022, 3, 1)
#: Somebody who is in the round already, and whose answers differ now; two who are new.
THERE = entry(1, contact={"email": "toinen@example.org"})
NEW = (entry(40), entry(41))


def taken(made: Made, **more: object) -> do.Outcome:
    """The file is imported, with a finding on one of the new and a question whether the other is somebody held."""
    findings = (
        do.FindingIn(
            code="postal_code_letters",
            field="postal_code",
            found="15l00",
            suggestion=("15100",),
            person_key="key-0040",
        ),
        do.FindingIn(code="likely_duplicate", person_key="key-0041", other_key="key-0009"),
        do.FindingIn(code="under_age", person_key="key-0001"),
    )
    action = do.ImportSupplement(
        round_id=made.round_id, file=file_in(b"later", "lisa.xlsx"), applications=(THERE, *NEW), findings=findings
    )
    return made.do(action.model_copy(update=more))


def people(made: Made) -> dict[str, do.ApplicationRow]:
    return {row.person_key: row for row in do.applications(made.store, made.user, made.round_id)}


def standing(made: Made) -> do.Roster:
    row = do.round_row(made.store, made.user, made.round_id)
    return do.version(made.store, made.user, made.round_id, row.standing_id or 0).roster


def resigned(made: Made) -> None:
    made.do(do.RecordResignation(round_id=made.round_id, application_id=made.ids[0], date=DAY, reason="muutto"))


def test_those_who_are_new_come_and_those_decided_from_stay(store: Store) -> None:
    made = decided(store)
    before, roster = people(made), standing(made)
    decision = do.decision(store, made.user, made.round_id)
    told = taken(made)
    assert {name: told.params[name] for name in ("n", "new", "same")} == {"n": 3, "new": 2, "same": 1}
    after = people(made)
    assert {key: after[key] for key in before} == before
    assert set(after) - set(before) == {"key-0040", "key-0041"}
    assert standing(made) == roster and do.decision(store, made.user, made.round_id) == decision
    codes = {one.code for one in do.findings(store, made.user, made.round_id) if one.file_id == told.id}
    assert codes == {"postal_code_letters", "likely_duplicate"}
    assert do.since_decision(store, made.user, made.round_id) == {
        after["key-0040"].id: None,
        after["key-0041"].id: None,
    }
    line = do.history(store, made.user, made.round_id)[0]
    assert line.text == "Toi täydennyshaun tiedoston lisa.xlsx: 3 hakemusta (uusia 2, jo kierroksella 1)"
    assert do.verify_log(store).whole


def test_it_is_undone_and_done_again(store: Store) -> None:
    made = decided(store)
    before = people(made)
    taken(made)
    after = people(made)
    made.do(do.Undo(round_id=made.round_id))
    assert people(made) == before and len(do.source_files(store, made.user, made.round_id)) == 1
    made.do(do.Redo(round_id=made.round_id))
    assert people(made) == after


def test_one_of_its_people_takes_a_vacant_seat_and_then_it_is_not_undone(store: Store) -> None:
    made = decided(store)
    resigned(made)
    file = taken(made)
    new = people(made)["key-0040"]
    roster = standing(made).seat("key-0040", TABLE, Role.MEMBER)
    made.do(do.FillVacancies(round_id=made.round_id, roster=roster, date=DAY, reason="täydennyshaku"))
    assert [(one.kind, one.application_id) for one in do.events(store, made.user, made.round_id)][-1] == (
        "replacement",
        new.id,
    )
    with pytest.raises(ActionError, match="has_a_seat"):
        made.do(do.Undo(round_id=made.round_id, seq=file.seq))
    with pytest.raises(ActionError, match="has_a_seat"):
        made.do(do.SetAside(round_id=made.round_id, application_id=new.id, reason="perui"))
    made.do(do.Undo(round_id=made.round_id))
    made.do(do.Undo(round_id=made.round_id))
    assert "key-0040" not in people(made)


def test_its_people_are_checked_like_those_of_a_draft(store: Store) -> None:
    made = decided(store)
    here = made.round_id
    taken(made)
    rows = people(made)
    first, second, held = rows["key-0040"], rows["key-0041"], rows["key-0009"]
    found = {one.code: one.id for one in do.findings(store, made.user, here, open_only=True) if one.file_id != 1}
    made.do(do.SettleFinding(round_id=here, finding_ids=(found["postal_code_letters"],), how="accept"))
    made.do(do.CorrectValue(round_id=here, application_id=first.id, field="birth_year", values=("1981",)))
    made.do(do.MergeDuplicates(round_id=here, keep=held.id, drop=second.id))
    after = people(made)
    assert after["key-0040"].current["birth_year"] == 1981
    assert after["key-0040"].current["values"]["postal_code"] == ["15100"]
    assert (after["key-0041"].status, after["key-0041"].same_as_id) == ("set_aside", held.id)
    assert after["key-0009"] == held
    made.do(do.KeepBoth(round_id=here, first=second.id, second=held.id))
    made.do(do.SetAside(round_id=here, application_id=second.id, reason="perui"))
    made.do(do.Restore(round_id=here, application_id=second.id))
    assert people(made)["key-0041"].status == "active"


@pytest.mark.parametrize("what", ["corrected", "set aside", "settled", "dropped", "wishes merged"])
def test_no_application_that_was_decided_from_is_changed(store: Store, what: str) -> None:
    made = decided(store)
    here, old = made.round_id, made.ids[8]
    taken(made)
    new = people(made)["key-0041"].id
    finding = do.findings(store, made.user, here)[0]
    action: do.Action = {
        "corrected": do.CorrectValue(round_id=here, application_id=old, field="birth_year", values=("1951",)),
        "set aside": do.SetAside(round_id=here, application_id=old, reason="perui"),
        "settled": do.SettleFinding(round_id=here, finding_ids=(finding.id,), how="accept"),
        "dropped": do.MergeDuplicates(round_id=here, keep=new, drop=old),
        "wishes merged": do.MergeDuplicates(round_id=here, keep=old, drop=new, values={"wishes": ("eteläinen",)}),
    }[what]
    before = people(made)
    with pytest.raises(ActionError, match="was_decided_from"):
        made.do(action)
    assert people(made) == before


def test_a_file_with_nobody_new_and_a_round_that_is_no_decision_are_refused(store: Store) -> None:
    made = decided(store)
    with pytest.raises(ActionError, match="nobody_new"):
        taken(made, applications=(THERE,), findings=())
    made.do(do.Undo(round_id=made.round_id))
    with pytest.raises(ActionError, match="round_is_ready"):
        taken(made)
    assert len(do.source_files(store, made.user, made.round_id)) == 1


def test_it_comes_also_once_those_not_chosen_are_erased(store: Store) -> None:
    made = decided(store)
    made.do(do.EraseApplicants(round_id=made.round_id, whom="not_chosen"))
    taken(made)
    new = people(made)["key-0040"].id
    assert do.since_decision(store, made.user, made.round_id)[new] is None
    made.do(do.CorrectValue(round_id=made.round_id, application_id=new, field="birth_year", values=("1981",)))
    made.do(do.EraseApplicants(round_id=made.round_id, whom="all"))
    with pytest.raises(ActionError, match="round_is_erased"):
        taken(made)
