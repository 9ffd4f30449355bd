"""Edits of a roster: any sequence of them keeps one seat per person and pairs that are pairs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.errors import ActionError
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.roster import Roster, Seat, roster_of, seat_changes, sort_name
from selection.proposal import propose
from tests.strategies import random_applicants as many
from tests.strategies import tiny_rules

PEOPLE = [f"p{number}" for number in range(8)]
TABLES = ["itä", "länsi"]

START = roster_of(
    [
        ("p0", "itä", "member", None),
        ("p1", "itä", "member", None),
        ("p2", "itä", "deputy", "p0"),
        ("p3", "itä", "deputy", "p1"),
        ("p4", "länsi", "member", None),
        ("p5", "länsi", "reserve", None),
    ]
)


def sound(roster: Roster) -> bool:
    """One seat per person; a personal deputy is a deputy of a member of the same table, and their only one."""
    people = roster.people()
    partners = [seat.deputy_of for seat in roster.seats if seat.deputy_of is not None]
    for seat in roster.seats:
        if seat.deputy_of is None:
            continue
        member = roster.seat_of(seat.deputy_of)
        if seat.role is not Role.DEPUTY or member is None:
            return False
        if member.role is not Role.MEMBER or member.table != seat.table:
            return False
    return len(set(people)) == len(people) and len(set(partners)) == len(partners)


person = st.sampled_from(PEOPLE)
edits = st.one_of(
    st.tuples(st.just("swap"), person, person),
    st.tuples(st.just("without"), person),
    st.tuples(st.just("seat"), person, st.sampled_from(TABLES), st.sampled_from(list(Role)), st.none() | person),
    st.tuples(st.just("pair"), person, st.none() | person),
)


@given(st.lists(edits, max_size=12))
def test_any_edits_leave_a_sound_roster(steps: list[tuple[str, object]]) -> None:
    roster = START
    for name, *arguments in steps:
        try:
            roster = getattr(roster, name)(*arguments)
        except ActionError:
            continue
        assert sound(roster), (name, arguments)
    assert Roster.from_json(roster.to_json()) == roster


@given(person, person)
def test_a_swap_done_twice_is_none(first: str, second: str) -> None:
    if START.seat_of(first) is None or first == second:
        return
    assert START.swap(first, second).swap(second, first) == START


def test_a_swap_takes_over_the_pair() -> None:
    swapped = START.swap("p0", "p7")
    assert swapped.seat_of("p7") == Seat("p7", "itä", Role.MEMBER)
    assert swapped.deputy_of("p7") == Seat("p2", "itä", Role.DEPUTY, "p7")
    assert swapped.seat_of("p0") is None


def test_a_member_and_the_own_deputy_change_places() -> None:
    swapped = START.swap("p0", "p2")
    assert swapped.seat_of("p2") == Seat("p2", "itä", Role.MEMBER)
    assert swapped.seat_of("p0") == Seat("p0", "itä", Role.DEPUTY, "p2")


def test_deputies_of_two_members_change_places() -> None:
    paired = START.pair("p0", "p3")
    assert paired.deputy_of("p0") == Seat("p3", "itä", Role.DEPUTY, "p0")
    assert paired.deputy_of("p1") == Seat("p2", "itä", Role.DEPUTY, "p1")


def test_a_new_deputy_takes_the_place_of_the_former() -> None:
    paired = START.pair("p0", "p7")
    assert paired.deputy_of("p0") == Seat("p7", "itä", Role.DEPUTY, "p0")
    assert paired.seat_of("p2") is None


def test_a_move_leaves_the_pair_behind() -> None:
    moved = START.seat("p0", "länsi", Role.MEMBER)
    assert moved.seat_of("p0") == Seat("p0", "länsi", Role.MEMBER)
    assert moved.seat_of("p2") == Seat("p2", "itä", Role.DEPUTY)


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda r: r.swap("p7", "p0"), "not_seated"),
        (lambda r: r.swap("p0", "p0"), "same_person"),
        (lambda r: r.without("p7"), "not_seated"),
        (lambda r: r.pair("p2", "p7"), "not_member_there"),
        (lambda r: r.pair("p0", "p4"), "not_deputy_there"),
        (lambda r: r.seat("p7", "itä", Role.DEPUTY, "p0"), "has_deputy"),
        (lambda r: r.seat("p7", "itä", Role.MEMBER, "p0"), "only_deputies_pair"),
        (lambda r: r.seat("p7", "länsi", Role.DEPUTY, "p0"), "not_member_there"),
        (lambda r: Roster((*r.seats, Seat("p0", "länsi", Role.MEMBER))), "person_twice"),
    ],
)
def test_what_cannot_be_says_why(edit: object, code: str) -> None:
    with pytest.raises(ActionError, match=code):
        edit(START)  # type: ignore[operator]


def test_the_difference_of_two_rosters() -> None:
    other = START.swap("p0", "p7").seat("p5", "itä", Role.RESERVE)
    found = START.compare(other)
    assert [seat.person for seat in found.came] == ["p7"]
    assert [seat.person for seat in found.went] == ["p0"]
    assert [(one.table, two.table) for one, two in found.moved if one.person == "p5"] == [("länsi", "itä")]
    assert [one.person for one, _ in found.moved] == ["p2", "p5"]


def test_one_alphabet_by_surname_with_the_finnish_letters_last() -> None:
    names = ["Åke Öhman", "Öman, Bo", "Zeno Åberg", "Anna Zorro", "Ek, Bo", "André Ek", "Ärla Ämti", "Müller", ""]
    assert sorted(names, key=sort_name) == [
        "", "André Ek", "Ek, Bo", "Müller", "Anna Zorro", "Zeno Åberg", "Ärla Ämti", "Åke Öhman", "Öman, Bo",
    ]  # fmt: skip
    assert sort_name("Ek, Bo") == sort_name("bo  ek")


def test_letters_composed_and_not_sort_alike() -> None:
    assert sort_name("A\u0308rla A\u030aberg") == sort_name("Ärla Åberg")


def test_a_proposal_lists_its_people_by_surname() -> None:
    rules = tiny_rules()
    people = [replace(one, name=f"{'BA'[number % 2]} {'ÄAÅZ'[number % 4]}") for number, one in enumerate(many(12, 3))]
    seats = propose(Pool.build(people, rules), rules).seats
    names = {one.key: one.name for one in people}
    for table in rules.table_ids:
        here = [names[seat.person] for seat in seats if (seat.table, seat.role) == (table, Role.MEMBER)]
        assert here == sorted(here, key=sort_name) and here


def test_difference_is_told_once_for_a_person_and_in_no_order_of_the_seats() -> None:
    turned = tuple(reversed(START.seats))
    assert seat_changes(START.seats, turned) == ()
    swapped = START.swap("p0", "p7")
    assert [change.key for change in seat_changes(START.seats, swapped.seats)] == ["p0", "p2", "p7"]
    difference = START.compare(swapped)
    assert [seat.person for seat in difference.came] == ["p7"] and [seat.person for seat in difference.went] == ["p0"]
    assert [(was.deputy_of, now.deputy_of) for was, now in difference.moved] == [("p0", "p7")]
    assert difference.taken == ((None, Seat("p7", "itä", Role.MEMBER)),)
