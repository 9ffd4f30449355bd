"""Edits of a roster: any sequence of them keeps as many seats per person as may be, and pairs that are pairs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.errors import ActionError
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.roster import Place, Roster, Seat, seat_changes, seat_moves, sort_name
from selection.proposal import propose
from tests.rosters import roster_of
from tests.strategies import random_applicants as many
from tests.strategies import tiny_rules

PEOPLE = [f"p{number}" for number in range(8)]
TABLES = ["itä", "länsi", "etelä"]

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


#: The same people where each may sit at two tables of three.
SEVERAL = roster_of(
    [
        *((seat.person, seat.table, seat.role, seat.deputy_of) for seat in START.seats),
        ("p0", "länsi", "deputy", "p4"),
        ("p2", "länsi", "member", None),
        ("p6", "etelä", "member", None),
    ],
    most_tables=2,
)


def sound(roster: Roster) -> bool:
    """Nobody twice at a table or at more tables than may be; a personal deputy is a deputy of a member of the same
    table, and their only one there."""
    places = [(seat.person, seat.table) for seat in roster.seats]
    partners = [(seat.deputy_of, seat.table) for seat in roster.seats if seat.deputy_of is not None]
    for seat in roster.seats:
        if seat.deputy_of is None:
            continue
        member = roster.seat_of(seat.deputy_of, seat.table)
        if seat.role is not Role.DEPUTY or member is None or member.role is not Role.MEMBER:
            return False
    most = max(Counter(person for person, _ in places).values(), default=0)
    return most <= roster.most_tables and all(len(set(some)) == len(some) for some in (places, partners))


person = st.sampled_from(PEOPLE)
edits = st.one_of(
    st.tuples(st.just("swap"), person, person),
    st.tuples(st.just("without"), person),
    st.tuples(st.just("seat"), person, st.sampled_from(TABLES), st.sampled_from(list(Role)), st.none() | person),
    st.tuples(st.just("pair"), person, st.none() | person),
)


@given(st.lists(edits, max_size=12), st.sampled_from([START, SEVERAL]))
def test_any_edits_leave_a_sound_roster(steps: list[tuple[str, object]], roster: Roster) -> None:
    assert sound(roster)
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


def test_a_roster_of_one_table_each_is_written_as_ever() -> None:
    assert list(START.to_json()) == ["seats"]
    assert SEVERAL.to_json()["most_tables"] == 2
    assert Roster.from_json(SEVERAL.to_json()) == SEVERAL


def test_nobody_sits_twice_at_a_table_or_at_more_tables_than_may_be() -> None:
    twice = (*SEVERAL.seats, Seat("p0", "itä", Role.DEPUTY))
    for most in (1, 2, 9):
        with pytest.raises(ActionError, match="person_twice"):
            Roster(twice, most)
    third = Seat("p0", "etelä", Role.DEPUTY)
    with pytest.raises(ActionError, match="tables_full") as caught:
        replace(SEVERAL, seats=(*SEVERAL.seats, third))
    assert caught.value.params == {"n": 2}
    assert third in Roster((*SEVERAL.seats, third), 3).seats


def test_an_edit_of_who_sits_at_several_tables_is_about_one() -> None:
    left = SEVERAL.without("p0", "itä")
    assert left.seat_of("p0") == Seat("p0", "länsi", Role.DEPUTY, "p4")
    assert left.seat_of("p2", "itä") == Seat("p2", "itä", Role.DEPUTY)
    assert SEVERAL.without("p0").people() == ("p1", "p2", "p3", "p4", "p5", "p6")
    swapped = SEVERAL.swap("p0", "p2", "itä")
    assert swapped.at("länsi") == SEVERAL.at("länsi")
    assert swapped.seat_of("p0", "itä") == Seat("p0", "itä", Role.DEPUTY, "p2")
    taken = SEVERAL.swap("p4", "p6", "länsi")
    assert taken.seat_of("p6", "länsi") == Seat("p6", "länsi", Role.MEMBER) and taken.seat_of("p6", "etelä")
    assert taken.deputy_of("p6") == Seat("p0", "länsi", Role.DEPUTY, "p6") and taken.seat_of("p4") is None
    moved = SEVERAL.seat("p0", "länsi", Role.MEMBER)
    assert moved.seat_of("p0", "itä") == Seat("p0", "itä", Role.MEMBER)
    assert moved.seat_of("p0", "länsi") == Seat("p0", "länsi", Role.MEMBER)
    with pytest.raises(ActionError, match="tables_full"):
        SEVERAL.seat("p0", "etelä", Role.MEMBER)
    paired = SEVERAL.pair("p2", "p0", "länsi")
    assert paired.deputy_of("p2") == Seat("p0", "länsi", Role.DEPUTY, "p2") and paired.deputy_of("p4") is None
    assert paired.at("itä") == SEVERAL.at("itä")


def test_the_difference_of_who_sits_at_several_tables_is_told_seat_by_seat() -> None:
    other = SEVERAL.without("p0", "länsi").seat("p0", "etelä", Role.RESERVE).swap("p2", "p7", "itä")
    found = SEVERAL.compare(other)
    assert [seat.person for seat in found.came] == ["p7"]
    assert [(seat.person, seat.table) for seat in found.went] == [("p2", "itä")]
    assert [(was.table, now.table) for was, now in found.moved] == [("länsi", "etelä")]
    moves = {
        (move.key, move.before and move.before.table, move.after and move.after.table)
        for move in seat_moves(SEVERAL.seats, other.seats)
    }
    assert moves == {("p0", "länsi", None), ("p2", "itä", None), ("p7", None, "itä")}


def test_who_is_only_paired_anew_or_a_reserve_does_not_move() -> None:
    assert seat_moves(START.seats, START.pair("p0", "p3").seats) == ()
    assert seat_moves(START.seats, START.without("p5").seats) == ()
    (move,) = seat_moves(START.seats, START.seat("p3", "länsi", Role.DEPUTY).seats)
    assert (move.key, move.before, move.after) == (
        "p3", Place("itä", Role.DEPUTY), Place("länsi", Role.DEPUTY)
    )  # fmt: skip


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
