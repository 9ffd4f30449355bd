"""The optimiser's answers in the review app: why not of everybody, other rosters, substitutes, costs; without a browser."""

import datetime as dt
import time

import pytest

from selection import actions as do
from selection.explain.substitution import Choice, choices
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules_file import parse_rules
from selection.proposal import propose
from selection.ui.components.substitutes import roster_with
from tests.browser import scene
from tests.explain.rounds import RULES, people, write
from tests.records.made import NOT_ASKED
from tests.rosters import roster_of
from tests.ui.test_pages import button, opened, seen, told

DAY = dt.date(2021, 6, 7)
NAMES = {str(row[0]) for row in people()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("records")


@pytest.fixture(autouse=True)
def at_home(folder, monkeypatch):
    monkeypatch.setenv("SELECTION_DATA", str(folder))
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)


def made(folder, rows=None, *, proposed=True):
    """A small round, with its proposal."""
    file = write(folder, rows or people())
    scene.understood.cache_clear()
    found = scene.make(folder, proposed=False, rules=RULES, file=file)
    if proposed:
        applicants = [row.as_applicant() for row in do.applications(found.store, found.user, found.round_id)]
        rules = parse_rules(RULES, "small")
        one = propose(Pool.build(applicants, rules), rules)
        roster = do.Roster(one.seats)
        facts = {"made": roster.to_json(), "proven": True, "steps": []}
        do.perform(found.store, found.user, do.SaveProposal(round_id=found.round_id, roster=roster, facts=facts))
    return found


@pytest.fixture
def small(folder):
    return made(folder)


def until(page, done, *, failed=False):
    """Run the page until something is there; ``failed``: it comes below an error."""
    end = time.monotonic() + 60
    while not done(page):
        assert (failed or not page.error) and not page.exception and time.monotonic() < end
        time.sleep(0.1)
        page.run()
    return page


def seated(found):
    people = {row.person_key: row.name for row in do.applications(found.store, found.user, found.round_id)}
    return {people[seat.person] for seat in found.draft().roster.seats if seat.role is not Role.RESERVE}


def test_why_not_of_everybody_is_worked_out_and_kept_until_something_changes(small):
    page = opened("proposal", small)
    page.segmented_control[0].set_value("*").run()
    page.button(key="everybody").click().run()
    until(page, lambda page: "Näytä syyt" in seen(page))
    shown = seen(page)
    for name in NAMES - seated(small):
        assert f"Jos {name} valittaisiin" in shown or f"{name} olisi yhtä hyvä" in shown or f"{name} ei voi" in shown
    assert "everybody" not in [one.key for one in page.button]
    # A change of seats is no change of what the program proposed: the answers stay, and say so.
    person = small.person_at("eteläinen")
    page.session_state["of_round:ask"] = ("remove", person.id)
    page.run()
    page.session_state["of_round:ask"] = ("remove", person.id)
    button(page, "Poista paikalta").click().run()
    assert person.name not in seated(small)
    assert "Näytä syyt" in seen(page.run())
    # Whoever else opens the page finds them there.
    other = opened("proposal", small)
    assert "Näytä syyt" in seen(other)
    lock = do.KeepOut(round_id=small.round_id, application_id=person.id, reason="este")
    do.perform(small.store, small.user, lock)
    for one in (page, other):
        assert "everybody" in [found.key for found in one.run().button]


def test_who_can_never_be_seated_is_said_before_any_proposal(folder):
    rows = [*people(), ["Muualta Muuttanut", "mies", 1980, "99999", "Oma"]]
    found = made(folder, rows, proposed=False)
    page = opened("proposal", found)
    until(page, lambda page: "Muualta" in told(page))
    assert "ei voi saada paikkaa" in told(page)


def test_an_alternative_is_shown_as_a_difference_taken_and_taken_back(small):
    before = small.draft().roster
    page = opened("proposal", small)
    page.button(key="offer_alternatives").click().run()
    until(page, lambda page: "offer_take" in [one.key for one in page.button])
    assert "Vaihtoehto 1" in seen(page)
    assert small.draft().roster == before
    page.button(key="offer_take").click().run()
    assert "otettiin käyttöön" in told(page)
    after = small.draft().roster
    assert set(after.people()) != set(before.people())
    button(page, "Kumoa").click().run()
    assert small.draft().roster == before


def test_an_alternative_is_tried_as_a_version_of_ones_own(small):
    before = small.draft().roster
    page = opened("proposal", small)
    page.button(key="offer_alternatives").click().run()
    until(page, lambda page: "offer_try" in [one.key for one in page.button])
    page.button(key="offer_try").click().run()
    assert small.draft().roster == before
    trials = [one for one in do.versions(small.store, small.user, small.round_id) if one.kind == "trial"]
    assert [one.roster == before for one in trials] == [False]


@pytest.mark.parametrize("kind", ["people", "composition"])
def test_the_least_change_is_shown_before_it_is_taken(small, kind):
    person = small.person_at("eteläinen")
    before = seated(small)
    lock = do.KeepOut(round_id=small.round_id, application_id=person.id, reason="este")
    do.perform(small.store, small.user, lock)
    page = opened("proposal", small)
    page.button(key=f"offer_{kind}").click().run()
    until(page, lambda page: "offer_take" in [one.key for one in page.button])
    assert seated(small) == before
    assert person.name in seen(page)
    page.button(key="offer_take").click().run()
    after = seated(small)
    assert person.name not in after
    if kind == "people":
        assert before - after == {person.name}


def test_a_least_change_that_cannot_be_names_what_would_be_enough(small):
    for row in do.applications(small.store, small.user, small.round_id):
        if row.as_applicant().value("postal_code") == "15100":
            lock = do.KeepOut(round_id=small.round_id, application_id=row.id, reason="este")
            do.perform(small.store, small.user, lock)
    page = opened("proposal", small)
    page.button(key="offer_people").click().run()
    until(page, lambda page: "Kokoonpano löytyy, jos" in seen(page), failed=True)
    shown = seen(page)
    assert "jäsenten määrä (Eteläinen" in shown.replace("Jäsenten", "jäsenten")
    # A table of nobody is no way out: somebody who is kept out is let back in.
    assert "poista lukitus" in shown and "vähintään 1 → 0" not in shown


def test_who_a_maximum_does_not_count_is_named_beside_the_proposal(folder, monkeypatch):
    most = '[[requirements]]\nid = "men"\nfield = "gender"\nvalues = ["man"]\nbody = "members"\nat_most = 1\n'
    monkeypatch.setitem(globals(), "RULES", RULES + most)
    rows = [[row[0], row[1] if number % 3 else None, *row[2:]] for number, row in enumerate(people())]
    found = made(folder, rows)
    members = {seat.person for seat in found.draft().roster.seats if seat.role is Role.MEMBER}
    unknown = {str(row[0]) for row in rows if row[1] is None}
    names = {one.person_key: one.name for one in do.applications(found.store, found.user, found.round_id)}
    page = opened("proposal", found)
    told = next(one.value for one in page.warning if "ei tunneta" in one.value)
    assert {name for name in names.values() if name in told} == unknown & {names[key] for key in members} != set()


def test_the_swap_offers_the_best_and_a_deputy_who_rises(small):
    person = small.person_at("eteläinen")
    page = opened("proposal", small)
    page.session_state["of_round:ask"] = ("swap", person.id)
    page.run()
    offered = page.selectbox(key="swap_into").options
    failing = ["jäisi täyttymättä" in said for said in offered]
    assert failing == sorted(failing) and not failing[0]
    rules = parse_rules(RULES, "small")
    applicants = [one.as_applicant() for one in do.applications(small.store, small.user, small.round_id)]
    proposal = propose(Pool.build(applicants, rules), rules)
    names = {one.key: one.name for one in applicants}
    ranked = [names[one.key] for one in choices(proposal.rows, proposal.chosen, person.person_key)]
    assert [said.split(" (")[0] for said in offered] == ranked  # one list, by the optimiser's measure
    assert not page.radio
    rising = [place for place, said in enumerate(offered) if "varajäsenestä jäseneksi" in said]
    held = {names[key] for key in small.draft().roster.people()}  # who is in reserve would change places
    coming = [place for place in range(len(offered)) if place not in rising and ranked[place] not in held]
    assert rising and coming
    for place in (coming[0], rising[0]):
        page.session_state["of_round:ask"] = ("swap", person.id)
        page.selectbox(key="swap_into").select_index(place).run()
        page.session_state["of_round:ask"] = ("swap", person.id)
        button(page, "Tee vaihto").click().run()
        roster = small.draft().roster
        assert person.person_key not in roster.people()
        paired = [one.deputy_of for one in roster.seats if one.deputy_of is not None]
        members = {one.person for one in roster.seats if one.role is Role.MEMBER}
        assert len(paired) == len(set(paired)) and set(paired) <= members
        button(page, "Kumoa").click().run()
        assert person.person_key in small.draft().roster.people()
        page.session_state["of_round:ask"] = ("swap", person.id)
        page.run()


def after_a_resignation(found, *, of=Role.MEMBER):
    """The round decided, and one of those seated gone: who."""
    store, user, here = found.store, found.user, found.round_id
    do.perform(store, user, do.MarkReady(round_id=here, reason=NOT_ASKED))
    do.perform(
        store,
        user,
        do.RecordDecision(round_id=here, section="1 §", date=DAY, special_reason="ei hakijoita", reason=NOT_ASKED),
    )
    key = found.draft().roster.at("eteläinen", of)[0].person
    person = next(one for one in do.applications(store, user, here) if one.person_key == key)
    leaves = do.RecordResignation(round_id=here, application_id=person.id, date=DAY, reason="muutto")
    do.perform(store, user, leaves)
    return person


def standing(found):
    row = do.round_row(found.store, found.user, found.round_id)
    return do.version(found.store, found.user, found.round_id, row.standing_id).roster


def worked_out(found, among, *, rising=True):
    """The page with the vacant seats of all tables worked out."""
    page = opened("decision", found)
    page.radio(key="fill_among").set_value(among)
    page.checkbox(key="fill_rising").set_value(rising).run()
    page.button(key="fill_at_once").click().run()
    return until(page, lambda page: "Lasketaan" not in seen(page))


@pytest.mark.parametrize("rising", [True, False])
def test_all_vacant_seats_are_filled_at_once_shown_first_and_taken_back(small, rising):
    left = after_a_resignation(small)
    before, events = standing(small), len(do.events(small.store, small.user, small.round_id))
    page = worked_out(small, "everybody", rising=rising)
    assert standing(small) == before
    page.button(key="fill_all").click().run()
    assert "syy" in told(page).lower() and standing(small) == before
    page.text_input(key="fill_all_reason").set_value("täydennys").run()
    page.button(key="fill_all").click().run()
    after = standing(small)
    changed = before.compare(after)
    assert not changed.went and left.person_key not in after.people()
    assert len(after.at("eteläinen", Role.MEMBER)) == len(before.at("eteläinen", Role.MEMBER)) + 1
    kinds = [one.kind for one in do.events(small.store, small.user, small.round_id)[events:]]
    assert kinds and set(kinds) <= ({"rise", "replacement"} if rising else {"replacement"})
    button(page, "Kumoa").click().run()
    assert standing(small) == before
    button(page, "Tee uudelleen").click().run()
    assert standing(small) == after
    for _ in range(2):
        button(page, "Kumoa").click().run()
    # The resignation too; the decision is not taken back here.
    assert left.person_key in standing(small).people() and button(page, "Kumoa").disabled


def test_nobody_comes_from_outside_where_only_reserves_may(small):
    after_a_resignation(small)
    reserves = {seat.person for seat in standing(small).seats if seat.role is Role.RESERVE}
    page = worked_out(small, "reserves", rising=False)
    if "fill_all" not in [one.key for one in page.button]:
        assert "ei löydy ketään" in told(page)
        return
    page.text_input(key="fill_all_reason").set_value("täydennys").run()
    before = standing(small)
    page.button(key="fill_all").click().run()
    now = {seat.person for seat in standing(small).seats if seat.role is not Role.RESERVE}
    assert now - set(before.people()) <= reserves


def test_an_applicant_of_a_supplementary_call_is_added_and_offered(small):
    after_a_resignation(small)
    page = opened("applicants", small)
    next(one for one in page.selectbox if "vapaalle paikalle" in one.label).set_value(("eteläinen", Role.MEMBER))
    next(one for one in page.text_input if one.label == "Perustelu").set_value("täydennyshaku")
    next(one for one in page.text_input if one.label == "Nimi").set_value("Täydentävä Hakija")
    button(page, "Lisää henkilö").click().run()
    assert "Täydentävä Hakija" in told(page)
    assert do.locks(small.store, small.user, small.round_id) == []
    page = opened("decision", small)
    page.button(key="fill_member").click().run()
    assert any("Täydentävä Hakija" in one for one in page.selectbox(key="fill_into").options)


def test_who_resigned_is_not_offered_for_the_seat(small):
    left = after_a_resignation(small)
    page = opened("decision", small)
    page.button(key="fill_member").click().run()
    offered = page.selectbox(key="fill_into").options
    assert offered and not any(left.name in one for one in offered)


def test_room_is_worked_out_when_asked_for(small):
    page = opened("criteria", small)
    assert "voi saada" not in seen(page)
    page.button(key="room").click().run()
    until(page, lambda page: "voi saada" in seen(page))
    assert "room" not in [one.key for one in page.button]


def test_the_cost_of_a_goal_is_shown_before_it_is_saved(small):
    page = opened("criteria", small)
    page.button(key="change_age").click().run()
    page.radio[0].set_value(3)
    page.button(key="change_age").click()
    page.button(key="cost").click().run()
    assert "Mitä muutos maksaisi" in seen(page)
    assert "Parempaa ei ole" in seen(page)
    rules = parse_rules(do.rules_text(small.store, small.user, small.round_id), "small")
    assert [goal.priority for goal in rules.goals] == [1, 2]


def test_the_cost_of_what_cannot_be_names_what_would_be_enough(small):
    page = opened("criteria", small)
    page.button(key="change_seats").click().run()
    for label in ("Jäseniä vähintään", "Jäseniä tavoitteena"):
        next(one for one in page.number_input if one.label == label).set_value(12)
    page.button(key="change_seats").click()
    page.button(key="cost").click().run()
    assert page.error and not page.exception
    shown = seen(page)
    assert "halukkaita hakijoita" in shown
    assert "Kokoonpano löytyy, jos" in shown and "jäsenten määrä, vähintään 12 → " in shown


def test_the_order_of_the_steps_is_a_setting(small):
    page = opened("criteria", small)
    assert "Paikat ensin" in seen(page)
    page.button(key="change_seats").click().run()
    order = next(one for one in page.selectbox if one.label == "Vaiheiden järjestys")
    order.set_value("goals_first")
    page.button(key="change_seats").click()
    page.button(key="cost").click().run()
    assert "Mitä muutos maksaisi" in seen(page)
    page.button(key="change_seats").click()
    # The page's own form has a button of this name too; the dialog's has no key.
    next(one for one in page.button if one.label == "Tallenna" and not one.key).click().run()
    rules = parse_rules(do.rules_text(small.store, small.user, small.round_id), "small")
    assert rules.steps.order == "goals_first"


def roster(*seats):
    return roster_of((key, "a", role, of) for key, role, of in seats)


@pytest.mark.parametrize(
    ("riser", "pairs"),
    [
        ("own", {"own": "new", "m2": "d2"}),
        ("d2", {"d2": "own", "m2": "new"}),
        ("free", {"free": "own", "m2": "d2"}),
    ],
)
def test_pairs_are_settled_when_a_deputy_rises(riser, pairs):
    """The deputy of the one who left stays with the seat; the new deputy takes the pair that was left alone."""
    before = roster(
        ("m1", "member", None),
        ("m2", "member", None),
        ("own", "deputy", "m1"),
        ("d2", "deputy", "m2"),
        ("free", "deputy", None),
    )
    one = Choice(riser, True, "new", 0, ())
    after = roster_with(before, "m1", one, personal=True)
    assert {member: after.deputy_of(member).person for member in pairs} == pairs
    assert {seat.person for seat in after.seats} == {"m2", "own", "d2", "free", "new"}
    assert after.seat_of(riser).role is Role.MEMBER and after.seat_of("new").role is Role.DEPUTY
    alone = roster_with(
        roster(("m1", "member", None), ("d", "deputy", None)),
        "m1",
        Choice("d", True, "new", 0, ()),
        personal=False,
    )
    assert alone.seat_of("new").deputy_of is None
