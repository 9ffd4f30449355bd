"""Changes made by hand bind the next solve until they are let go: those of this proposal and of those before it."""

from __future__ import annotations

from typing import Any

from selection.model.locks import Locks, Seated
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.roster import Roster, Seat
from selection.rounds import held, saved_proposal
from selection.rounds.facts import MADE
from selection.rounds.held import Held
from selection.rounds.tasks import Proposed
from tests.strategies import random_applicants, tiny_rules

MADE_ROSTER = Roster(
    (
        Seat("ann", "a", Role.MEMBER),
        Seat("bo", "a", Role.DEPUTY, "ann"),
        Seat("cia", "b", Role.MEMBER),
        Seat("dan", "b", Role.RESERVE),
    )
)


def facts(**more: Any) -> dict[str, Any]:
    return {MADE: MADE_ROSTER.to_json(), **more}


def test_nothing_is_held_of_what_nobody_changed() -> None:
    assert held.made_by_hand(facts(), MADE_ROSTER) == ()
    assert held.made_by_hand({}, MADE_ROSTER) == ()


def test_who_came_is_held_in_the_seat_and_who_went_is_kept_out() -> None:
    """The deputy who is only paired anew is not held: the pairs are worked out from the seats."""
    now = MADE_ROSTER.swap("ann", "eve")
    assert held.made_by_hand(facts(), now) == (Held("ann"), Held("eve", "a", Role.MEMBER))


def test_a_move_is_held_and_a_reserve_has_no_seat_to_hold() -> None:
    now = MADE_ROSTER.seat("cia", "a", Role.MEMBER).seat("dan", "a", Role.RESERVE)
    assert held.made_by_hand(facts(), now) == (Held("cia", "a", Role.MEMBER),)


def test_what_is_let_go_binds_no_more_until_it_is_changed_again() -> None:
    now = MADE_ROSTER.swap("ann", "eve")
    told = facts(let_go=[["eve", "a", "member"]])
    assert held.made_by_hand(told, now) == (Held("ann"),)
    moved = now.seat("eve", "b", Role.MEMBER)
    assert Held("eve", "b", Role.MEMBER) in held.made_by_hand(told, moved)


def test_a_second_solve_still_keeps_what_the_first_one_kept() -> None:
    """After the first, the program's own roster has the change: it would be forgotten if only differences counted."""
    told = facts(held=[["ann", "a", "member"], ["eve", None, None]])
    assert held.made_by_hand(told, MADE_ROSTER) == (Held("ann", "a", Role.MEMBER), Held("eve"))
    swapped = MADE_ROSTER.swap("ann", "fay")
    assert held.made_by_hand(told, swapped) == (Held("ann"), Held("eve"), Held("fay", "a", Role.MEMBER))
    assert held.standing(told, swapped) == (Held("eve"),)
    assert held.carried(told | {"let_go": [["eve", None, None]]}) == (Held("ann", "a", Role.MEMBER),)


def test_what_was_not_accepted_cannot_be_kept_and_a_lock_goes_before() -> None:
    rules = tiny_rules()
    people = random_applicants(6, 1)
    willing = Applicant("w", "W", None, ("a",), True, frozenset({Role.MEMBER}), 1980, None, {})
    pool = Pool.build([*people, willing], rules)
    wanted = (Held("w", "a", Role.MEMBER), Held("w", "a", Role.DEPUTY), Held("nobody"), Held("key001"))
    kept, lost = held.splitting(wanted, pool, Locks(kept_out=("key001",)))
    assert kept == (Held("w", "a", Role.MEMBER),)
    assert lost == (Held("w", "a", Role.DEPUTY), Held("nobody"))
    locks = held.locks_with(Locks(kept_out=("key001",)), (*kept, Held("key002")))
    assert locks == Locks((Seated("w", "a", Role.MEMBER),), ("key001", "key002"))


TWO_PAIRS = Roster(
    (
        Seat("ann", "a", Role.MEMBER),
        Seat("bea", "a", Role.MEMBER),
        Seat("cia", "a", Role.DEPUTY, "ann"),
        Seat("dan", "a", Role.DEPUTY, "bea"),
    )
)


def test_a_pair_made_by_hand_is_held_with_both_seats() -> None:
    kept = held.made_by_hand({MADE: TWO_PAIRS.to_json()}, TWO_PAIRS.pair("ann", "dan"))
    assert kept == (Held("cia", "a", Role.DEPUTY, "bea"), Held("dan", "a", Role.DEPUTY, "ann"))
    seated = {(one.key, one.role) for one in held.locks_with(Locks(), kept).seated}
    assert seated == {(seat.person, seat.role) for seat in TWO_PAIRS.seats}


def test_a_pair_is_kept_in_a_roster_that_has_others_and_its_members_partner_takes_what_is_left() -> None:
    changed = TWO_PAIRS.pair("ann", "dan")
    facts_now = {MADE: TWO_PAIRS.to_json()}
    for _ in range(2):
        kept = held.made_by_hand(facts_now, changed)
        roster, facts_now = saved_proposal.saved(proposed(TWO_PAIRS), kept)
        assert {(seat.person, seat.deputy_of) for seat in roster.at("a", Role.DEPUTY)} == {
            ("cia", "bea"),
            ("dan", "ann"),
        }
        assert Roster.from_json(facts_now[MADE]) == TWO_PAIRS, "what the program made is told as it made it"
        changed = roster


def test_one_pair_is_kept_and_the_other_deputy_takes_who_is_left() -> None:
    roster = held.paired(TWO_PAIRS, [Held("dan", "a", Role.DEPUTY, "ann")])
    assert {(seat.person, seat.deputy_of) for seat in roster.at("a", Role.DEPUTY)} == {("cia", "bea"), ("dan", "ann")}
    gone = TWO_PAIRS.without("dan")
    assert held.paired(gone, [Held("dan", "a", Role.DEPUTY, "ann")]).deputy_of("ann") == gone.deputy_of("ann")


def test_a_pair_let_go_is_held_no_more() -> None:
    told = {MADE: TWO_PAIRS.to_json(), "let_go": [["dan", "a", "deputy"]]}
    assert held.made_by_hand(told, TWO_PAIRS.pair("ann", "dan")) == (Held("cia", "a", Role.DEPUTY, "bea"),)


def test_a_pair_whose_member_a_lock_keeps_out_cannot_be_kept() -> None:
    rules = tiny_rules()
    both = frozenset({Role.MEMBER, Role.DEPUTY})
    people = [Applicant(key, key, None, ("a",), True, both, 1980, None, {}) for key in ("m", "d")]
    pair = Held("d", "a", Role.DEPUTY, "m")
    pool = Pool.build(people, rules)
    assert held.splitting([pair], pool, Locks()) == ((pair,), ())
    assert held.splitting([pair], pool, Locks(kept_out=("m",))) == ((), (pair,))


def proposed(roster: Roster) -> Proposed:
    return Proposed(roster, {})
