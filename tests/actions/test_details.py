"""What each role sees and does, as the guide's table says; a board member reads nothing but what rosters need."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from selection import actions as do
from selection.actions import Right, UserRole
from selection.errors import PermissionDenied
from tests.actions.scene import Scene, scene
from tests.actions.test_rights import OF_DETAILS, READS
from tests.records.made import rules

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "opas.md"
#: The guide's columns.
ROLES = (UserRole.COORDINATOR, UserRole.BOARD_MEMBER, UserRole.PRESENTER, UserRole.ADMINISTRATOR)
#: What no roster needs, as it stands in every application of the scene, and what was written of the first.
DETAILS = ("@example.org", "+3584012", "perusteluni-", "kirjoitettu muistiin", "kerrottu puhelimessa")


@pytest.fixture
def found(tmp_path: Path) -> Scene:
    """A decided round with a note, an answer by telephone and a non-disclosure order."""
    made = scene("decided", tmp_path)
    for action in (
        do.AddNote(round_id=made.round_id, application_id=made.ids[0], text="kirjoitettu muistiin"),
        do.SetContact(round_id=made.round_id, application_id=made.ids[0], status="agreed", note="kerrottu puhelimessa"),
        do.SetNonDisclosure(round_id=made.round_id, application_id=made.ids[0], on=True),
    ):
        do.perform(made.store, made.users[UserRole.COORDINATOR], action)
    return made


def read_by(found: Scene, role: UserRole) -> str:
    """All that the reading functions give to a role."""
    user, parts = found.users[role], []
    more: dict[str, Callable[[Scene, do.User], object]] = {
        "since_decision": lambda s, u: do.since_decision(s.store, u, s.round_id),
        "earlier": lambda s, u: do.earlier_applications(s.store, u, s.round_id),
        "looks": lambda s, u: do.history(s.store, u, s.round_id, looks=True),
        "correctors": lambda s, u: do.correctors(s.store, u, s.round_id),
    }
    for name, read in {**READS, **more}.items():
        if role is UserRole.BOARD_MEMBER and name in OF_DETAILS:
            with pytest.raises(PermissionDenied):
                read(found, user)
        else:
            parts.append(repr(read(found, user)))
    return "\n".join(parts)


def test_a_board_member_is_given_nothing_that_no_roster_needs(found: Scene) -> None:
    board, coordinator = read_by(found, UserRole.BOARD_MEMBER), read_by(found, UserRole.COORDINATOR)
    assert [one for one in DETAILS if one not in coordinator] == []
    assert [one for one in DETAILS if one in board] == []
    # Who is under a non-disclosure order is told neither by the row nor by the log.
    assert "non_disclosure=True" in coordinator and "action.set_non_disclosure" in coordinator
    assert "non_disclosure=True" not in board and "set_non_disclosure" not in board
    user = found.users[UserRole.BOARD_MEMBER]
    row = do.application(found.store, user, found.round_id, found.ids[0])
    assert row.withheld and row.contact is not None and (row.contact.status, row.contact.note) == ("agreed", "")
    assert (
        row.as_applicant()
        == do.application(found.store, found.users[UserRole.PRESENTER], found.round_id, found.ids[0]).as_applicant()
    )


def test_a_look_is_noted_and_leaves_the_round_as_it_is(found: Scene) -> None:
    store, user = found.store, found.users[UserRole.BOARD_MEMBER]
    before = do.round_row(store, user, found.round_id).revision
    do.perform(store, user, do.LookAtPerson(round_id=found.round_id, application_id=found.ids[3]))
    assert do.round_row(store, user, found.round_id).revision == before
    assert do.verify_log(store).whole
    line = do.history(store, user, found.round_id, looks=True)[0]
    assert (line.code, line.user_id) == ("action.look_at_person", user.id)
    assert line.params["person"] == do.application(store, user, found.round_id, found.ids[3]).name
    assert "action.look_at_person" not in [one.code for one in do.history(store, user, found.round_id)]


def test_a_file_is_made_and_noted_in_one(found: Scene) -> None:
    """Refused before anything is made; noted once if it was made, not at all if it was not."""
    store, log, made = found.store, do.LogExport(round_id=found.round_id, kind="workbook"), []
    lines = do.verify_log(store).lines
    with pytest.raises(PermissionDenied):
        do.hand_out(store, found.users[UserRole.BOARD_MEMBER], log, lambda: made.append(1) or b"x")
    with pytest.raises(ZeroDivisionError):
        do.hand_out(store, found.users[UserRole.PRESENTER], log, lambda: bytes(1 // 0))
    assert made == [] and do.verify_log(store).lines == lines
    content, outcome = do.hand_out(store, found.users[UserRole.PRESENTER], log, lambda: b"x")
    assert (content, outcome.code) == (b"x", "action.log_export")
    assert do.verify_log(store).lines == lines + 1


def _own_data(s: Scene, u: do.User) -> None:
    action = do.HandOutData(round_id=s.round_id, application_id=s.ids[0])
    do.hand_out(s.store, u, action, lambda: repr(do.person_data(s.store, u, s.round_id, s.ids[0])).encode())


def _withheld(s: Scene, u: do.User) -> None:
    if do.application(s.store, u, s.round_id, s.ids[0]).withheld:
        raise PermissionDenied("not_allowed", right="details")


def _act(make: Callable[[Scene], do.Action]) -> Callable[[Scene, do.User], object]:
    return lambda s, u: do.perform(s.store, u, make(s))


#: Beginning of a row of the guide → what is tried.
TRIED: dict[str, tuple[Callable[[Scene, do.User], object], ...]] = {
    "kokoonpanot": (READS["applications"], READS["versions"], READS["rules_text"]),
    "yhteystiedot": (_withheld,),
    "tarkistettavat": (READS["findings"], READS["file_bytes"]),
    "hakijan kortin": (_act(lambda s: do.LookAtPerson(round_id=s.round_id, application_id=s.ids[0])),),
    "muutosloki": (READS["history"],),
    "asiakirjojen": (
        lambda s, u: do.hand_out(s.store, u, do.LogExport(round_id=s.round_id, kind="letters"), lambda: b""),
    ),
    "henkilön omien": (_own_data,),
    "hakemusten tuonti": (
        lambda s, u: do.require(s.store, u, Right.PREPARE, s.round_id),
        _act(lambda s: do.CreateRound(name="Uusi", rules=rules())),
    ),
    "oma kokeiluversio": (_act(lambda s: do.CopyVersion(round_id=s.round_id, version_id=s.named_id)),),
    "päätöksen": (lambda s, u: do.require(s.store, u, Right.RECORD, s.round_id),),
    "käyttäjät": (
        _act(lambda s: do.AddUser(subject="uusi", name="Uusi")),
        lambda s, u: do.would_be_erased(s.store, u, s.round_id),
    ),
}


def _table() -> dict[str, list[bool]]:
    """The guide's table: for each row whether each role may."""
    lines = GUIDE.read_text("utf-8").split("| mitä | koordinaattori |")[1].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[: lines.index("")]]
    return {name: [one == "kyllä" for one in answers] for name, *answers in rows}


def test_the_guide_names_what_is_tried() -> None:
    assert [next((name for name in TRIED if row.startswith(name)), row) for row in _table()] == list(TRIED)


@pytest.mark.parametrize("name", TRIED)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_and_does_what_the_guide_says(found: Scene, name: str, role: UserRole) -> None:
    told = next(answers for row, answers in _table().items() if row.startswith(name))[ROLES.index(role)]
    for tried in TRIED[name]:
        if told:
            tried(found, found.users[role])
        else:
            with pytest.raises(PermissionDenied):
                tried(found, found.users[role])
                pytest.fail(f"{role} may")
