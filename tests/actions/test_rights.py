"""Each role × each action: allowed exactly where the table of the design says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from selection import actions as do
from selection.actions import Right, UserRole, known_actions
from selection.errors import ActionError, PermissionDenied
from selection.model.people import Role
from tests.actions.scene import Scene, scene
from tests.records.made import DAY, NOT_ASKED, SPECIAL, TABLE, entry, example, file_in, rules
from tests.rosters import roster_of

COORDINATOR, BOARD, PRESENTER, ADMIN = (
    UserRole.COORDINATOR,
    UserRole.BOARD_MEMBER,
    UserRole.PRESENTER,
    UserRole.ADMINISTRATOR,
)

Make = Callable[[Scene, UserRole], do.Action]


def _keep_requirement(s: Scene, _: UserRole) -> do.Action:
    waived = do.WaiveRequirement(round_id=s.round_id, requirement="officials", reason="ei kysytty")
    do.perform(s.store, s.users[COORDINATOR], waived)
    return do.KeepRequirement(round_id=s.round_id, requirement="officials")


def _remove_population(s: Scene, _: UserRole) -> do.Action:
    """Taking away what the coordinator gave."""
    given = do.SetPopulation(round_id=s.round_id, source="v.csv", groups={"gender": {"woman": 5}})
    do.perform(s.store, s.users[COORDINATOR], given)
    return do.RemovePopulation(round_id=s.round_id)


def _remove_example(s: Scene) -> do.Action:
    """The example that the coordinator made."""
    made = do.perform(s.store, s.users[COORDINATOR], example())
    return do.RemoveExample(round_id=made.round_id or 0)


def _fill_vacancies(s: Scene, _: UserRole) -> do.Action:
    """Somebody without a seat takes one more."""
    reader = s.users[PRESENTER]
    standing = do.version(s.store, reader, s.round_id, do.round_row(s.store, reader, s.round_id).standing_id or 0)
    key = do.application(s.store, reader, s.round_id, s.ids[8]).person_key
    roster = standing.roster.seat(key, TABLE, Role.MEMBER)
    return do.FillVacancies(round_id=s.round_id, roster=roster, date=DAY, reason="täydennys")


#: action → state of the round, who may, and how it is made. Written out from the design, not from the code.
CASES: dict[str, tuple[str, set[UserRole], Make]] = {
    "create_round": ("draft", {COORDINATOR}, lambda s, _: do.CreateRound(name="Uusi", rules=rules())),
    "create_example": ("draft", {COORDINATOR}, lambda s, _: example()),
    "remove_example": ("draft", {COORDINATOR}, lambda s, _: _remove_example(s)),
    "rename_round": ("draft", {COORDINATOR}, lambda s, _: do.RenameRound(round_id=s.round_id, name="Toinen")),
    "change_rules": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.ChangeRules(round_id=s.round_id, text=rules() + "\n# muutettu\n"),
    ),
    "mark_ready": ("draft", {COORDINATOR}, lambda s, _: do.MarkReady(round_id=s.round_id, reason=NOT_ASKED)),
    "back_to_draft": ("ready", {COORDINATOR}, lambda s, _: do.BackToDraft(round_id=s.round_id, reason="palautettu")),
    "import_file": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.ImportFile(round_id=s.round_id, file=file_in(b"2"), applications=(entry(40),)),
    ),
    "import_supplement": (
        "decided",
        {COORDINATOR},
        lambda s, _: do.ImportSupplement(round_id=s.round_id, file=file_in(b"2"), applications=(entry(40),)),
    ),
    "settle_finding": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.SettleFinding(round_id=s.round_id, finding_ids=(s.finding_ids[0],), how="accept"),
    ),
    "merge_duplicates": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.MergeDuplicates(round_id=s.round_id, keep=s.ids[7], drop=s.ids[8]),
    ),
    "keep_both": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.KeepBoth(round_id=s.round_id, first=s.ids[2], second=s.ids[3]),
    ),
    "save_mapping": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.SaveMapping(round_id=s.round_id, name="Webropol", signature="abc", mapping={}),
    ),
    "add_person": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.AddPerson(
            round_id=s.round_id, person=do.PersonIn(name="Nuori Testinen"), table=TABLE, reason="nuorisovaltuusto"
        ),
    ),
    "correct_value": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.CorrectValue(
            round_id=s.round_id, application_id=s.ids[0], field="postal_code", values=("15110",)
        ),
    ),
    "set_aside": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.SetAside(round_id=s.round_id, application_id=s.ids[9], reason="myöhässä"),
    ),
    "restore": ("draft", {COORDINATOR}, lambda s, _: _restore(s)),
    "set_non_disclosure": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.SetNonDisclosure(round_id=s.round_id, application_id=s.ids[0], on=True),
    ),
    "set_contact": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.SetContact(round_id=s.round_id, application_id=s.ids[0], status="agreed"),
    ),
    "add_note": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.AddNote(round_id=s.round_id, application_id=s.ids[0], text="soitettu"),
    ),
    "lock_seat": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.LockSeat(round_id=s.round_id, application_id=s.ids[0], table=TABLE, reason="syy"),
    ),
    "keep_out": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.KeepOut(round_id=s.round_id, application_id=s.ids[0], reason="syy"),
    ),
    "keep_apart": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.KeepApart(round_id=s.round_id, application_ids=(s.ids[0], s.ids[1]), reason="syy"),
    ),
    "unlock": ("draft", {COORDINATOR}, lambda s, _: do.Unlock(round_id=s.round_id, lock_id=s.lock_id)),
    "save_proposal": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.SaveProposal(round_id=s.round_id, roster=roster_of([("key-0001", TABLE, "member", None)])),
    ),
    "swap": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.Swap(round_id=s.round_id, out=s.ids[0], into=s.ids[7], reason="syy"),
    ),
    "move_person": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.MovePerson(round_id=s.round_id, application_id=s.ids[7], table=TABLE, reason="syy"),
    ),
    "change_deputy": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.ChangeDeputy(round_id=s.round_id, member=s.ids[0], deputy=s.ids[4], reason="syy"),
    ),
    "remove_from_seat": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.RemoveFromSeat(round_id=s.round_id, application_id=s.ids[0], reason="syy"),
    ),
    "let_go": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.LetGo(round_id=s.round_id, application_id=s.ids[0]),
    ),
    "take_roster": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.TakeRoster(
            round_id=s.round_id, roster=roster_of([("key-0001", TABLE, "member", None)]), reason="syy"
        ),
    ),
    "name_version": ("draft", {COORDINATOR}, lambda s, _: do.NameVersion(round_id=s.round_id, name="Toinen")),
    "copy_version": ("draft", {COORDINATOR, BOARD}, lambda s, _: do.CopyVersion(round_id=s.round_id)),
    "rename_version": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.RenameVersion(round_id=s.round_id, version_id=s.named_id, name="Uusi"),
    ),
    "drop_version": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.DropVersion(round_id=s.round_id, version_id=s.named_id),
    ),
    "propose_change": (
        "ready",
        {COORDINATOR, BOARD},
        lambda s, r: do.ProposeChange(round_id=s.round_id, version_id=_own(s, r), reason="tasapaino"),
    ),
    "withdraw_proposal": (
        "ready",
        {COORDINATOR, BOARD},
        lambda s, r: _after_proposing(s, do.WithdrawProposal(round_id=s.round_id, version_id=_own(s, r)), r),
    ),
    "decline_proposal": (
        "ready",
        {COORDINATOR},
        lambda s, _: _after_proposing(
            s,
            do.DeclineProposal(round_id=s.round_id, version_id=s.trials[BOARD], reason="paikat on jo kysytty"),
            BOARD,
        ),
    ),
    "use_version": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.UseVersion(round_id=s.round_id, version_id=s.named_id, reason="parempi"),
    ),
    "record_decision": (
        "ready",
        {PRESENTER},
        lambda s, _: do.RecordDecision(
            round_id=s.round_id, section="1 §", date=DAY, special_reason=SPECIAL, reason=NOT_ASKED
        ),
    ),
    "record_refusal": (
        "decided",
        {PRESENTER},
        lambda s, _: do.RecordRefusal(round_id=s.round_id, application_id=s.ids[0], date=DAY, reason="este"),
    ),
    "record_resignation": (
        "decided",
        {PRESENTER},
        lambda s, _: do.RecordResignation(round_id=s.round_id, application_id=s.ids[0], date=DAY, reason="muutto"),
    ),
    "replace": (
        "decided",
        {PRESENTER},
        lambda s, _: do.Replace(
            round_id=s.round_id, application_id=s.ids[8], table=TABLE, role=Role.MEMBER, date=DAY, reason="täydennys"
        ),
    ),
    "fill_vacancies": ("decided", {PRESENTER}, _fill_vacancies),
    "elected_to_council": (
        "decided",
        {PRESENTER},
        lambda s, _: do.ElectedToCouncil(round_id=s.round_id, application_id=s.ids[0], date=DAY),
    ),
    "look_at_person": (
        "decided",
        {COORDINATOR, BOARD, PRESENTER},
        lambda s, _: do.LookAtPerson(round_id=s.round_id, application_id=s.ids[0]),
    ),
    "log_export": (
        "decided",
        {COORDINATOR, PRESENTER},
        lambda s, _: do.LogExport(round_id=s.round_id, kind="public_annex"),
    ),
    "answer_disclosure": (
        "draft",
        {COORDINATOR, PRESENTER},
        lambda s, _: do.AnswerDisclosure(round_id=s.round_id, application_ids=(s.ids[0],), kind="annex", allowed=True),
    ),
    "hand_out_data": (
        "draft",
        {COORDINATOR, PRESENTER},
        lambda s, _: do.HandOutData(round_id=s.round_id, application_id=s.ids[0]),
    ),
    "set_retention": ("decided", {ADMIN}, lambda s, _: do.SetRetention(round_id=s.round_id, term_ends=DAY)),
    "waive_requirement": (
        "draft",
        {COORDINATOR},
        lambda s, _: do.WaiveRequirement(round_id=s.round_id, requirement="officials", reason="ei kysytty"),
    ),
    "keep_requirement": ("draft", {COORDINATOR}, _keep_requirement),
    "set_population": (
        "decided",
        {COORDINATOR},
        lambda s, _: do.SetPopulation(round_id=s.round_id, source="v.csv", groups={"gender": {"woman": 5}}),
    ),
    "remove_population": ("draft", {COORDINATOR}, _remove_population),
    "change_retention": ("draft", {ADMIN}, lambda s, _: do.ChangeRetention(retention=do.Retention(appeal_days=30))),
    "erase_applicants": (
        "decided",
        {ADMIN},
        lambda s, _: do.EraseApplicants(round_id=s.round_id, whom="not_chosen"),
    ),
    "add_user": ("draft", {ADMIN}, lambda s, _: do.AddUser(subject="uusi", name="Uusi")),
    "grant_role": ("draft", {ADMIN}, lambda s, _: do.GrantRole(user_id=s.lonely_id, role=BOARD, round_id=s.round_id)),
    "revoke_role": ("draft", {ADMIN}, lambda s, _: do.RevokeRole(user_id=s.users[BOARD].id, role=BOARD)),
    "revoke_all": ("draft", {ADMIN}, lambda s, _: do.RevokeAll(user_id=s.users[BOARD].id)),
    "end_sign_ins": ("draft", {ADMIN}, lambda s, _: do.EndSignIns(user_id=s.lonely_id)),
    "undo": ("draft", {COORDINATOR}, lambda s, _: do.Undo(round_id=s.round_id)),
    "redo": ("draft", {COORDINATOR}, lambda s, _: _redo(s)),
    "go_back": ("draft", {COORDINATOR}, lambda s, _: do.GoBackTo(round_id=s.round_id, revision=2)),
    # The same actions elsewhere.
    "swap in one's own trial": (
        "ready",
        {COORDINATOR, BOARD},
        lambda s, r: do.Swap(round_id=s.round_id, out=s.ids[0], into=s.ids[7], version_id=_own(s, r)),
    ),
    "save_proposal into one's own trial": (
        "decided",
        {COORDINATOR, BOARD},
        lambda s, r: do.SaveProposal(
            round_id=s.round_id, roster=roster_of([("key-0001", TABLE, "member", None)]), version_id=_own(s, r)
        ),
    ),
    "drop one's own trial": (
        "ready",
        {COORDINATOR, BOARD},
        lambda s, r: do.DropVersion(round_id=s.round_id, version_id=_own(s, r)),
    ),
    "undo a decision": ("decided", {PRESENTER}, lambda s, _: do.Undo(round_id=s.round_id)),
    "go back before a decision": ("decided", set(), lambda s, _: do.GoBackTo(round_id=s.round_id, revision=2)),
}


def _own(found: Scene, role: UserRole) -> int:
    """One's own trial; for those who have none, the coordinator's."""
    return found.trials.get(role, found.trials[COORDINATOR])


def _after_proposing(found: Scene, action: do.Action, role: UserRole) -> do.Action:
    """The action, once the role's trial (else the coordinator's) is proposed."""
    by = role if role in found.trials else COORDINATOR
    made = do.ProposeChange(round_id=found.round_id, version_id=_own(found, role), reason="tasapaino")
    do.perform(found.store, found.users[by], made)
    return action


def _restore(found: Scene) -> do.Action:
    aside = do.SetAside(round_id=found.round_id, application_id=found.ids[9], reason="myöhässä")
    do.perform(found.store, found.users[COORDINATOR], aside)
    return do.Restore(round_id=found.round_id, application_id=found.ids[9])


def _redo(found: Scene) -> do.Action:
    do.perform(found.store, found.users[COORDINATOR], do.Undo(round_id=found.round_id))
    return do.Redo(round_id=found.round_id)


def test_every_action_is_tried() -> None:
    assert [code for code in known_actions() if code not in CASES] == []


@pytest.mark.parametrize("role", list(UserRole))
@pytest.mark.parametrize("case", list(CASES))
def test_a_role_may_do_an_action_exactly_where_the_table_says(case: str, role: UserRole, tmp_path: Path) -> None:
    state, allowed, make = CASES[case]
    found = scene(state, tmp_path)
    action = make(found, role)
    lines = do.verify_log(found.store).lines
    if role in allowed:
        do.perform(found.store, found.users[role], action)
        assert do.verify_log(found.store).lines == lines + 1
    else:
        with pytest.raises((PermissionDenied, ActionError)) as refused:
            do.perform(found.store, found.users[role], action)
        # Somebody else's trial is not even there for those who may not try.
        assert isinstance(refused.value, PermissionDenied) or refused.value.code == "no_such_version"
        assert do.verify_log(found.store).lines == lines
    found.store.close()


READS: dict[str, Callable[[Scene, do.User], object]] = {
    "applications": lambda s, u: do.applications(s.store, u, s.round_id),
    "application": lambda s, u: do.application(s.store, u, s.round_id, s.ids[0]),
    "pool": lambda s, u: do.pool(s.store, u, s.round_id),
    "findings": lambda s, u: do.findings(s.store, u, s.round_id),
    "locks": lambda s, u: do.locks(s.store, u, s.round_id),
    "draft": lambda s, u: do.draft(s.store, u, s.round_id),
    "versions": lambda s, u: do.versions(s.store, u, s.round_id),
    "version": lambda s, u: do.version(s.store, u, s.round_id, s.named_id),
    "compare": lambda s, u: do.compare(s.store, u, s.round_id, s.named_id, s.named_id),
    "decision": lambda s, u: do.decision(s.store, u, s.round_id),
    "waivers": lambda s, u: do.waivers(s.store, u, s.round_id),
    "population": lambda s, u: do.population(s.store, u, s.round_id),
    "events": lambda s, u: do.events(s.store, u, s.round_id),
    "history": lambda s, u: do.history(s.store, u, s.round_id),
    "undoable": lambda s, u: do.undoable(s.store, u, s.round_id),
    "redoable": lambda s, u: do.redoable(s.store, u, s.round_id),
    "rules_text": lambda s, u: do.rules_text(s.store, u, s.round_id),
    "rules_versions": lambda s, u: do.rules_versions(s.store, u, s.round_id),
    "source_files": lambda s, u: do.source_files(s.store, u, s.round_id),
    "file_bytes": lambda s, u: do.file_bytes(s.store, u, s.round_id, 1),
}


#: What shows the applications as they were written.
OF_DETAILS = ("findings", "file_bytes")


@pytest.mark.parametrize("role", [*UserRole, None])
def test_only_who_has_a_role_there_reads_a_round(role: UserRole | None, tmp_path: Path) -> None:
    found = scene("draft", tmp_path)
    user = found.users[role] if role else do.User(found.lonely_id, "Ei kukaan")
    for name, read in READS.items():
        if role in (COORDINATOR, PRESENTER) or (role is BOARD and name not in OF_DETAILS):
            read(found, user)
        else:
            with pytest.raises(PermissionDenied):
                read(found, user)
                pytest.fail(f"{role} read {name}")
    shown = [row.id for row in do.rounds(found.store, user)]
    assert shown == ([found.round_id] if role else [])


@pytest.mark.parametrize("role", UserRole)
def test_everything_of_a_person_is_for_those_who_may_take_it_out(role: UserRole, tmp_path: Path) -> None:
    """A board member reads the round, an administrator erases: neither can have all that is kept of a person."""
    found = scene("draft", tmp_path)
    user = found.users[role]
    if role in (BOARD, ADMIN):
        with pytest.raises(PermissionDenied):
            do.person_data(found.store, user, found.round_id, found.ids[0])
    else:
        assert do.person_data(found.store, user, found.round_id, found.ids[0])["held"]["name"]


def test_what_could_be_undone_is_told_to_who_may_undo_it(tmp_path: Path) -> None:
    found = scene("draft", tmp_path)
    told = {
        role: do.undoable(found.store, found.users[role], found.round_id) for role in (COORDINATOR, BOARD, PRESENTER)
    }
    assert told[COORDINATOR] is not None and told[BOARD] is None and told[PRESENTER] is None
    decided = scene("decided", tmp_path / "decided")
    assert do.undoable(decided.store, decided.users[PRESENTER], decided.round_id) is not None
    assert do.undoable(decided.store, decided.users[COORDINATOR], decided.round_id) is None


@pytest.mark.parametrize("role", UserRole)
def test_the_rules_file_is_noted_like_every_file_that_leaves(role: UserRole, tmp_path: Path) -> None:
    found = scene("draft", tmp_path)
    log = do.LogExport(round_id=found.round_id, kind="rules")
    if role is ADMIN:
        with pytest.raises(PermissionDenied):
            do.hand_out(found.store, found.users[role], log, lambda: b"rules")
        return
    do.hand_out(found.store, found.users[role], log, lambda: b"rules")
    line = do.history(found.store, found.users[COORDINATOR], found.round_id)[0]
    assert (line.code, line.user_id) == ("action.log_export", found.users[role].id)


def test_a_coordinator_of_one_round_keeps_how_columns_were_read(tmp_path: Path) -> None:
    found = scene("draft", tmp_path)
    user, here = do.User(found.lonely_id, "Ei kukaan"), found.round_id
    do.perform(found.store, found.users[ADMIN], do.GrantRole(user_id=user.id, role=COORDINATOR, round_id=here))
    revision = do.round_row(found.store, user, here).revision
    do.perform(found.store, user, do.SaveMapping(round_id=here, name="Webropol", signature="abc", mapping={}))
    assert [row.name for row in do.mapping_profiles(found.store, user)] == ["Webropol"]
    assert do.round_row(found.store, user, here).revision == revision


def test_roles_are_read_anew_for_each_action(tmp_path: Path) -> None:
    found = scene("draft", tmp_path)
    store, user = found.store, found.users[COORDINATOR]
    note = do.AddNote(round_id=found.round_id, application_id=found.ids[0], text="huomio")
    do.perform(store, user, note)
    do.perform(store, found.users[ADMIN], do.RevokeRole(user_id=user.id, role=COORDINATOR))
    with pytest.raises(PermissionDenied):
        do.perform(store, user, note)
    assert not do.may(store, user, Right.PREPARE, found.round_id)


def test_a_role_in_one_round_is_none_in_another(tmp_path: Path) -> None:
    found = scene("draft", tmp_path)
    store, admin = found.store, found.users[ADMIN]
    user = do.User(found.lonely_id, "Ei kukaan")
    do.perform(store, admin, do.GrantRole(user_id=user.id, role=PRESENTER, round_id=found.round_id))
    other = do.perform(store, found.users[COORDINATOR], do.CreateRound(name="Toinen", rules=rules()))
    assert other.round_id is not None
    assert [row.id for row in do.rounds(store, user)] == [found.round_id]
    with pytest.raises(PermissionDenied):
        do.applications(store, user, other.round_id)
    with pytest.raises(PermissionDenied):
        do.perform(store, user, do.LogExport(round_id=other.round_id, kind="x"))


def test_one_administrator_stays(tmp_path: Path) -> None:
    found = scene("draft", tmp_path)
    local = do.local_user(found.store)
    admin = found.users[ADMIN]
    do.perform(found.store, admin, do.RevokeRole(user_id=local.id, role=ADMIN))
    with pytest.raises(ActionError, match="last_administrator"):
        do.perform(found.store, admin, do.RevokeRole(user_id=admin.id, role=ADMIN))
    with pytest.raises(ActionError, match="administrator_of_all"):
        do.perform(found.store, admin, do.GrantRole(user_id=admin.id, role=ADMIN, round_id=found.round_id))


def test_nobody_learns_which_rounds_there_are(tmp_path: Path) -> None:
    """Who has no role is refused a round in the same words whether there is one of the number or not."""
    found = scene("draft", tmp_path)
    user = do.User(found.lonely_id, "Ei kukaan")
    for round_id in (found.round_id, found.round_id + 100):
        with pytest.raises(PermissionDenied, match="not_allowed"):
            do.perform(found.store, user, do.MarkReady(round_id=round_id, reason=NOT_ASKED))


def test_the_key_of_another_persons_press_opens_nothing(tmp_path: Path) -> None:
    """Nor does it tell what they did."""
    found = scene("draft", tmp_path)
    store, first, local = found.store, found.users[COORDINATOR], do.local_user(found.store)
    note = do.AddNote(round_id=found.round_id, application_id=found.ids[0], text="huomio")
    do.perform(store, first, note, idempotency_key="press")
    with pytest.raises(ActionError, match="key_used"):
        do.perform(store, local, note, idempotency_key="press")
    assert do.perform(store, first, note, idempotency_key="press").repeated
