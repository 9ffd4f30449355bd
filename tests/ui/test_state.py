"""The state of a roster in the records, and solving again: what people did by hand is kept, said, and can be let go."""

from __future__ import annotations

import datetime as dt
import io

from docx import Document
from openpyxl import load_workbook

from selection import actions as do
from selection.model.people import Role
from selection.model.state import State, sentence
from selection.outputs.document import document_bytes
from selection.proposal import propose
from selection.rounds import export, saved_proposal, tasks, version_state
from selection.rounds.facts import facts_of
from selection.rounds.held import locks_with
from selection.texts import text
from tests.rounds.test_export import Round, at_work  # noqa: F401
from tests.test_cli import RULES

BEST = text("state.best")


def state(found: Round) -> State:
    return version_state.state_of(found.desk(), found.made.store, found.made.user)


def said(found: Round) -> str:
    return sentence(state(found), found.desk().rules)


def solve_again(found: Round) -> None:
    """As the page does: with the changes made by hand for locks, taken by the user."""
    here = found.desk()
    kept, _ = here.held
    locks = locks_with(here.solver_locks, kept)
    made = propose(here.pool, here.rules, locks=locks)
    solved = tasks.Proposed(made.roster, facts_of(made, here.pool, locks))
    do.perform(found.made.store, found.made.user, saved_proposal.action_of(found.made.round_id, solved, None, kept))


def outsider(found: Round) -> do.ApplicationRow:
    """Somebody without a seat who accepts one at the first table."""
    here = found.desk()
    seated = set(here.roster.people())
    return next(
        here.people[here.pool.applicants[one.applicant].key]
        for one in here.pool.candidates
        if one.table == 0 and one.role is Role.MEMBER and here.pool.applicants[one.applicant].key not in seated
    )


def test_a_proposal_is_the_best_until_the_rules_are_changed(at_work):  # noqa: F811
    assert state(at_work).best and BEST in said(at_work)
    at_work.do(do.ChangeRules, text=RULES.replace('"40 %"', '"100 %"'))
    now = state(at_work)
    assert now.older_than == ("rules",) and [one.id for one in now.failing] and not now.best
    assert BEST not in said(at_work) and text("state.older.rules") in said(at_work)
    at_work.do(do.Undo)
    assert state(at_work).best


def test_other_rules_of_the_same_content_make_nothing_older(at_work):  # noqa: F811
    at_work.do(do.ChangeRules, text="# huomautus\n" + RULES)
    assert state(at_work).best


def test_a_lock_or_a_corrected_answer_makes_a_proposal_older(at_work):  # noqa: F811
    person = at_work.seated("eteläinen", Role.MEMBER)
    at_work.do(do.LockSeat, application_id=person.id, table="eteläinen", role="member", reason="Syy")
    assert state(at_work).older_than == ("locks",)
    at_work.do(do.CorrectValue, application_id=person.id, field="birth_year", values=("1950",), reason="Syy")
    assert state(at_work).older_than == ("locks", "people") and BEST not in said(at_work)


def test_a_swap_is_told_and_kept_when_the_program_solves_again_and_again(at_work):  # noqa: F811
    out, into = at_work.seated("eteläinen", Role.MEMBER), outsider(at_work)
    at_work.do(do.Swap, out=out.id, into=into.id, reason="Syy")
    now = state(at_work)
    assert now.made_by == "people" and now.changed and now.older_than == ()
    assert {one.key for one in at_work.desk().held[0]} == {out.person_key, into.person_key}
    for _ in range(2):
        solve_again(at_work)
        here = at_work.desk()
        seat = here.roster.seat_of(into.person_key)
        assert seat is not None and (seat.table, seat.role) == ("eteläinen", Role.MEMBER)
        gone = here.roster.seat_of(out.person_key)
        assert gone is None or gone.role is Role.RESERVE
        assert state(at_work).best, said(at_work)
        assert {one.key for one in here.held[0]} == {out.person_key, into.person_key}


def test_what_is_let_go_is_undone_and_done_again(at_work):  # noqa: F811
    out, into = at_work.seated("eteläinen", Role.MEMBER), outsider(at_work)
    at_work.do(do.Swap, out=out.id, into=into.id, reason="Syy")
    at_work.do(do.LetGo, application_id=into.id)
    assert [one.key for one in at_work.desk().held[0]] == [out.person_key]
    line = do.undoable(at_work.made.store, at_work.made.user, at_work.made.round_id)
    assert line is not None and into.name in line.text
    at_work.do(do.Undo)
    assert into.person_key in at_work.desk().held_keys
    at_work.do(do.Redo)
    assert into.person_key not in at_work.desk().held_keys


def test_letting_go_after_a_solve_makes_the_proposal_older_than_its_locks(at_work):  # noqa: F811
    out, into = at_work.seated("eteläinen", Role.MEMBER), outsider(at_work)
    at_work.do(do.Swap, out=out.id, into=into.id, reason="Syy")
    solve_again(at_work)
    at_work.do(do.LetGo, application_id=into.id)
    assert state(at_work).older_than == ("locks",)


def test_a_proposal_is_taken_only_as_it_was_asked_and_undo_brings_the_hand_made_roster_back(at_work):  # noqa: F811
    out, into = at_work.seated("eteläinen", Role.MEMBER), outsider(at_work)
    at_work.do(do.Swap, out=out.id, into=into.id, reason="Syy")
    before = at_work.desk().roster
    solve_again(at_work)
    at_work.do(do.Undo)
    assert at_work.desk().roster == before and state(at_work).made_by == "people"


def test_page_workbook_and_word_item_say_the_same_sentence(at_work):  # noqa: F811
    out, into = at_work.seated("eteläinen", Role.MEMBER), outsider(at_work)
    at_work.do(do.Swap, out=out.id, into=into.id, reason="Syy")
    exported = export.export_of(at_work.desk(), at_work.made.store, at_work.made.user)
    sheets = load_workbook(io.BytesIO(at_work.workbook()))
    cells = [cell.value for sheet in sheets for row in sheet for cell in row]
    assert cells.count(said(at_work)) == 3
    item = document_bytes(exported.proposal, special_reason="Syy.", state=exported.provenance.state)
    assert any(said(at_work) in one.text for one in Document(io.BytesIO(item)).paragraphs)


def test_after_erasure_no_verdict_is_made_of_nobody(at_work):  # noqa: F811
    at_work.do(do.MarkReady, reason="Kysytään kokouksen jälkeen")
    at_work.do(
        do.RecordDecision,
        section="1 §",
        date=dt.date(2021, 9, 1),
        special_reason="Syy.",
        reason="Kysytään kokouksen jälkeen",
    )
    at_work.do(do.EraseApplicants, whom="not_chosen")
    assert text("state.erased.not_chosen") in said(at_work) and BEST not in said(at_work)
    assert said(at_work).startswith(text("state.program"))
    at_work.do(do.EraseApplicants, whom="all")
    assert said(at_work) == text("state.erased.all")


def test_a_pair_changed_by_hand_is_kept_when_the_program_solves_again_and_again(at_work):  # noqa: F811
    here = at_work.desk()
    one, other = [seat for seat in here.roster.at("eteläinen", Role.DEPUTY) if seat.deputy_of is not None][:2]
    people = here.people
    at_work.do(do.ChangeDeputy, member=people[one.deputy_of].id, deputy=people[other.person].id, reason="Syy")
    for _ in range(2):
        solve_again(at_work)
        now = at_work.desk().roster
        assert now.deputy_of(one.deputy_of).person == other.person
        assert now.deputy_of(other.deputy_of).person == one.person
        assert state(at_work).made_by == "people" and not state(at_work).older_than
        assert {one.person, other.person} <= at_work.desk().held_keys
