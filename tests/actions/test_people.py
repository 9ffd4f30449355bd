"""Applicants: corrections keep what stood in the file, people added by hand, reasons where they are obligatory."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from selection import actions as do
from selection.errors import ActionError
from selection.model.law import SpecialReasons
from selection.model.people import Role
from selection.model.rules_file import RulesFileError
from selection.records.store import Store
from selection.rounds.rules_edit import remove_rule, set_value
from tests.records.made import DAY, NOT_ASKED, TABLE, Made, entry, file_in, imported, new_round, proposed, rules


def correct(made: Made, field: str, *values: str) -> do.ApplicationRow:
    made.do(do.CorrectValue(round_id=made.round_id, application_id=made.ids[0], field=field, values=values))
    return do.application(made.store, made.user, made.round_id, made.ids[0])


def test_a_correction_keeps_the_first_value(store: Store) -> None:
    made = imported(store)
    correct(made, "postal_code", "15100")
    row = correct(made, "postal_code", "15110")
    assert row.corrections == {"postal_code": {"from": ["15700"], "to": ["15110"]}}
    assert row.original["Nimi"] == "Testinen Hakija0001"
    assert correct(made, "postal_code", "15700").corrections == {}


@pytest.mark.parametrize(
    ("field", "values", "held"),
    [
        ("birth_year", ("1990",), 1990),
        ("birth_year", (), None),
        ("age_stated", ("65", ""), (65, None)),
        ("age_stated", ("30", "39"), (30, 39)),
        ("wishes", ("eteläinen", "itäinen"), ("eteläinen", "itäinen")),
        ("roles", ("deputy",), frozenset({Role.DEPUTY})),
        ("name", (" Uusi  Nimi ",), "Uusi  Nimi"),
    ],
)
def test_the_product_s_own_fields_are_corrected(
    store: Store, field: str, values: tuple[str, ...], held: object
) -> None:
    row = correct(imported(store), field, *values)
    assert getattr(row.as_applicant(), field) == held


@pytest.mark.parametrize(
    ("field", "values", "code"),
    [
        ("birth_year", ("eilen",), "value_not_a_year"),
        ("birth_year", ("1790",), "value_not_a_year"),
        ("age_stated", ("", "5"), "value_not_an_age"),
        ("roles", ("chair",), "value_not_a_role"),
        ("name", ("  ",), "value_missing"),
    ],
)
def test_a_value_that_cannot_be_is_refused(store: Store, field: str, values: tuple[str, ...], code: str) -> None:
    with pytest.raises(ActionError, match=code):
        correct(imported(store), field, *values)


def test_an_organisation_keeps_its_letters(store: Store) -> None:
    made = imported(store)
    row = correct(made, "organisation", "Asukkaat ry")
    assert row.current["values"]["organisation"] == ["asukkaat"]
    assert row.current["values"]["organisation_name"] == ["Asukkaat ry"]
    row = correct(made, "organisation", "ASUKKAAT RY")
    assert row.current["values"]["organisation"] == ["asukkaat"]
    assert row.current["values"]["organisation_name"] == ["ASUKKAAT RY"]
    row = correct(made, "organisation")
    assert {"organisation", "organisation_name"} & row.current["values"].keys() == set()
    assert row.corrections == {}


def test_an_organisation_of_somebody_added_by_hand_keeps_its_letters(store: Store) -> None:
    made = new_round(store)
    person = do.PersonIn(name="Aino Aalto", values={"organisation": ("Asukkaat ry",)})
    added = made.do(do.AddPerson(round_id=made.round_id, person=person, reason="nimetty"))
    values = do.application(store, made.user, made.round_id, added.id).current["values"]
    assert (values["organisation"], values["organisation_name"]) == (["asukkaat"], ["Asukkaat ry"])


def test_a_person_added_by_hand_is_seated_or_beside(store: Store) -> None:
    made = imported(store)
    here = made.round_id
    person = do.PersonIn(name="Nuori Testinen", birth_year=2005)
    seated = made.do(do.AddPerson(round_id=here, person=person, table=TABLE, reason="nuorisovaltuuston nimeämä"))
    beside = made.do(do.AddPerson(round_id=here, person=person, table=TABLE, beside=True, reason="läsnäolo-oikeus"))
    keys = [applicant.key for applicant in do.pool(store, made.user, here)]
    rows = {row.id: row for row in do.applications(store, made.user, here)}
    assert rows[seated.id].person_key in keys
    assert rows[beside.id].person_key not in keys
    assert [(lock.kind, lock.application_ids, lock.table) for lock in do.locks(store, made.user, here)] == [
        ("seat", (seated.id,), TABLE)
    ]
    made.do(do.Undo(round_id=here, seq=seated.seq))
    assert do.locks(store, made.user, here) == []


def test_no_later_file_takes_a_person_of_hand_away_or_lifts_a_non_disclosure(store: Store) -> None:
    """What people said goes before what a file leaves out."""
    made = imported(store)
    here = made.round_id
    by_hand = made.do(do.AddPerson(round_id=here, person=do.PersonIn(name="Nuori Testinen"), reason="nimetty"))
    made.do(do.SetNonDisclosure(round_id=here, application_id=made.ids[0], on=True))
    outcome = made.do(do.ImportFile(round_id=here, file=file_in(b"later"), applications=(entry(1),), replace=True))
    rows = {row.id: row for row in do.applications(store, made.user, here)}
    assert (outcome.params["gone"], rows[by_hand.id].status) == (11, "active")
    assert rows[made.ids[0]].non_disclosure
    secret = entry(2, non_disclosure=True)
    made.do(do.ImportFile(round_id=here, file=file_in(b"more"), applications=(secret,)))
    assert do.application(store, made.user, here, made.ids[1]).non_disclosure


def test_a_late_application_of_a_later_file_replaces_none_that_came_in_time(store: Store) -> None:
    made = imported(store)
    here = made.round_id
    before = do.application(store, made.user, here, made.ids[0])
    other = entry(1)
    other = other.model_copy(update={"applicant": replace(other.applicant, wishes=(), birth_year=1999)})
    late = tuple(do.FindingIn(code="late", row=number + 1, person_key=f"key-{number:04d}") for number in (1, 40))
    file = do.ImportFile(round_id=here, file=file_in(b"late"), applications=(other, entry(40)), findings=late)
    outcome = made.do(file)
    assert (outcome.params["new"], outcome.params["changed"]) == (1, 0)
    now = do.application(store, made.user, here, made.ids[0])
    assert (now.current, now.file_id) == (before.current, before.file_id)
    said = [one for one in do.findings(store, made.user, here) if one.application_id == made.ids[0]]
    assert {one.code for one in said} == {"postal_code_letters", "late_repeat"}
    # Of two late ones the later file's holds, and a file that is the whole round is taken as it is.
    again = entry(40).model_copy(update={"applicant": replace(entry(40).applicant, birth_year=1998)})
    assert made.do(file.model_copy(update={"applications": (again,), "findings": late[1:]})).params["changed"] == 1
    whole = file.model_copy(update={"applications": (other,), "findings": late[:1], "replace": True})
    assert made.do(whole).params["changed"] == 1


def test_nobody_who_is_set_aside_is_locked(store: Store) -> None:
    made = imported(store)
    here, person = made.round_id, made.ids[0]
    made.do(do.SetAside(round_id=here, application_id=person, reason="myöhässä"))
    for action in (
        do.LockSeat(round_id=here, application_id=person, table=TABLE, reason="a"),
        do.KeepOut(round_id=here, application_id=person, reason="a"),
        do.KeepApart(round_id=here, application_ids=(person, made.ids[1]), reason="a"),
    ):
        with pytest.raises(ActionError, match="is_set_aside"):
            made.do(action)
    assert do.locks(store, made.user, here) == []


def test_locks_of_one_person_take_each_others_place(store: Store) -> None:
    made = imported(store)
    here, person = made.round_id, made.ids[0]
    made.do(do.LockSeat(round_id=here, application_id=person, table=TABLE, role=Role.DEPUTY, reason="a"))
    made.do(do.KeepApart(round_id=here, application_ids=(made.ids[1], person), reason="b"))
    made.do(do.KeepOut(round_id=here, application_id=person, reason="c"))
    found = do.locks(store, made.user, here)
    assert [(lock.kind, lock.person_keys, lock.reason) for lock in found] == [
        ("apart", ("key-0001", "key-0002"), "b"),
        ("out", ("key-0001",), "c"),
    ]
    with pytest.raises(ActionError, match="no_such_table"):
        made.do(do.LockSeat(round_id=here, application_id=person, table="pohjoisnapa", reason="d"))
    with pytest.raises(ActionError, match="two_people_needed"):
        made.do(do.KeepApart(round_id=here, application_ids=(person, person), reason="e"))


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_obligatory(store: Store, reason: str) -> None:
    made = proposed(store)
    here, person = made.round_id, made.ids[0]
    for action in (
        made.swap(0, 7, reason=reason),
        do.SetAside(round_id=here, application_id=person, reason=reason),
        do.KeepOut(round_id=here, application_id=person, reason=reason),
        do.RemoveFromSeat(round_id=here, application_id=person, reason=reason),
        do.MovePerson(round_id=here, application_id=person, table=TABLE, reason=reason),
    ):
        with pytest.raises(ActionError, match="reason_missing"):
            made.do(action)
    findings = do.findings(store, made.user, here, open_only=True)
    with pytest.raises(ActionError, match="reason_missing"):
        made.do(do.SettleFinding(round_id=here, finding_ids=(findings[0].id,), how="set_aside", reason=reason))


def test_a_person_set_aside_takes_no_seat_and_none_may_keep_one(store: Store) -> None:
    made = proposed(store)
    here = made.round_id
    made.do(do.SetAside(round_id=here, application_id=made.ids[8], reason="myöhässä"))
    with pytest.raises(ActionError, match="is_set_aside"):
        made.do(made.swap(0, 8))
    made.do(do.SetAside(round_id=here, application_id=made.ids[0], reason="myöhässä"))
    with pytest.raises(ActionError, match="seated_set_aside"):
        made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    made.do(do.RemoveFromSeat(round_id=here, application_id=made.ids[0], reason="jätetty sivuun"))
    made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))


def test_who_was_set_aside_meanwhile_is_in_no_roster_that_is_taken_or_decided(store: Store) -> None:
    """A roster worked out before, or kept under a name before, does not bring somebody back."""
    made = proposed(store)
    here, roster = made.round_id, made.roster()
    kept = made.do(do.NameVersion(round_id=here, name="Ennen"))
    made.do(do.RemoveFromSeat(round_id=here, application_id=made.ids[0], reason="ei pääse"))
    made.do(do.SetAside(round_id=here, application_id=made.ids[0], reason="ei pääse"))
    for action in (
        do.SaveProposal(round_id=here, roster=roster),
        do.TakeRoster(round_id=here, roster=roster, reason="vaihtoehto"),
    ):
        with pytest.raises(ActionError, match="is_set_aside"):
            made.do(action)
    made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    with pytest.raises(ActionError, match="seated_set_aside"):
        made.do(
            do.RecordDecision(
                round_id=here, section="1 §", date=DAY, version_id=kept.id, special_reason="x", reason=NOT_ASKED
            )
        )


def test_the_special_reason_is_obligatory_for_each_body_that_breaks_the_law(store: Store) -> None:
    """Three women are too few men; two women and a man are lawful, 40 % rounded to the nearest person."""
    made = proposed(store)
    here = made.round_id
    made.do(made.swap(1, 6))
    made.do(made.swap(4, 7))
    made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    with pytest.raises(ActionError) as raised:
        made.do(do.RecordDecision(round_id=here, section="1 §", date=DAY, reason=NOT_ASKED))
    assert raised.value.code == "special_reason_missing" and raised.value.params["n"] == 2
    told = str(raised.value.params["bodies"])
    assert "Itäinen, jäsenet: naisia 3/3 (100 %), miehiä 0/3 (0 %)" in told and "Itäinen, varajäsenet" in told
    one = {"itäinen/member": "Miehiä ei hakenut."}
    with pytest.raises(ActionError) as raised:
        made.do(do.RecordDecision(round_id=here, section="1 §", date=DAY, reason=NOT_ASKED, special_reasons=one))
    assert raised.value.params["n"] == 1 and "varajäsenet" in str(raised.value.params["bodies"])
    for wrong in ("läntinen/member", "itäinen/reserve", "itäinen"):
        with pytest.raises(ActionError, match="no_such_table"):
            made.do(
                do.RecordDecision(
                    round_id=here, section="1 §", date=DAY, reason=NOT_ASKED, special_reasons={wrong: "x"}
                )
            )
    both = {**one, "itäinen/deputy": "Naisia ei hakenut."}
    made.do(do.RecordDecision(round_id=here, section="1 §", date=DAY, reason=NOT_ASKED, special_reasons=both))
    kept = do.decision(store, made.user, here)
    assert kept is not None and SpecialReasons.from_text(kept.special_reason).named() == both


def test_what_the_law_allows_by_rounding_needs_no_reason(store: Store) -> None:
    made = proposed(store)
    made.do(do.MarkReady(round_id=made.round_id, reason=NOT_ASKED))
    made.do(do.RecordDecision(round_id=made.round_id, section="1 §", date=DAY, reason=NOT_ASKED))


def test_the_decision_measures_the_law_and_not_the_rules_of_the_round(store: Store) -> None:
    """With the requirements of women and men taken out the reason is asked for all the same; not where the Act does
    not apply."""
    made = proposed(store)
    here = made.round_id
    made.do(made.swap(1, 6))
    toml = do.rules_text(store, made.user, here)
    without = remove_rule(remove_rule(toml, "requirements", "women"), "requirements", "men")
    made.do(do.ChangeRules(round_id=here, text=without, reason="osuus pois"))
    made.do(do.SaveProposal(round_id=here, roster=made.roster()))
    made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    with pytest.raises(ActionError, match="special_reason_missing"):
        made.do(do.RecordDecision(round_id=here, section="1 §", date=DAY, reason=NOT_ASKED))
    made.do(do.BackToDraft(round_id=here, reason="palautettiin"))
    elsewhere = set_value(without, "law", "equality_act", False)
    made.do(do.ChangeRules(round_id=here, text=elsewhere, reason="laki ei koske"))
    made.do(do.SaveProposal(round_id=here, roster=made.roster()))
    made.do(do.MarkReady(round_id=here, reason=NOT_ASKED))
    made.do(do.RecordDecision(round_id=here, section="1 §", date=DAY, reason=NOT_ASKED))


def test_undoing_an_import_takes_its_notes_along_and_brings_them_back(store: Store) -> None:
    made = imported(store)
    here, person = made.round_id, made.ids[0]
    made.do(do.AddNote(round_id=here, application_id=person, text="soita illalla"))
    made.do(do.SetContact(round_id=here, application_id=person, status="agreed", note="kyllä"))
    made.do(do.Undo(round_id=here))
    assert do.applications(store, made.user, here) == []
    made.do(do.Redo(round_id=here))
    row = do.application(store, made.user, here, person)
    assert [note.text for note in row.notes] == ["soita illalla"]
    assert row.contact is not None
    start = made.do(do.GoBackTo(round_id=here, revision=1))
    assert do.applications(store, made.user, here) == []
    made.do(do.Undo(round_id=here, seq=start.seq))
    assert [note.text for note in do.application(store, made.user, here, person).notes] == ["soita illalla"]


def test_rules_that_cannot_be_read_are_not_kept(store: Store) -> None:
    made = new_round(store)
    with pytest.raises(RulesFileError):
        made.do(do.ChangeRules(round_id=made.round_id, text="tables = 3"))
    with pytest.raises(RulesFileError):
        do.perform(store, made.user, do.CreateRound(name="Toinen", rules="not toml ="))
    made.do(do.ChangeRules(round_id=made.round_id, text=rules() + "\n# huomautus\n"))
    assert do.rules_text(store, made.user, made.round_id).endswith("# huomautus\n")
    assert [row.current for row in do.rules_versions(store, made.user, made.round_id)] == [True, False]
    made.do(do.Undo(round_id=made.round_id))
    assert do.rules_text(store, made.user, made.round_id) == rules()


def test_contact_data_under_non_disclosure_stays_inside(store: Store) -> None:
    made = imported(store)
    made.do(do.SetNonDisclosure(round_id=made.round_id, application_id=made.ids[0], on=True))
    rows = do.applications(store, made.user, made.round_id)
    assert rows[0].contact_for_export == {}
    assert rows[0].contact_data["email"] == "hakija0001@example.org"
    assert rows[1].contact_for_export["email"] == "hakija0002@example.org"


def test_an_action_with_an_unknown_part_is_refused_at_once() -> None:
    with pytest.raises(ValidationError):
        do.MarkReady(round_id=1, because="x")  # type: ignore[call-arg]


def test_an_application_of_another_round_is_not_there(store: Store) -> None:
    first, second = imported(store), imported(store, name="Toinen")
    with pytest.raises(ActionError, match="no_such_application"):
        second.do(do.AddNote(round_id=second.round_id, application_id=first.ids[0], text="x"))
    with pytest.raises(ActionError, match="no_such_finding"):
        finding = do.findings(store, first.user, first.round_id)[0]
        second.do(do.SettleFinding(round_id=second.round_id, finding_ids=(finding.id,), how="ignore"))
