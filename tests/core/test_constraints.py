"""Rows against the rules as they are written: who counts where, counted here from the people of random rosters."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest

from selection.constraints import build_rows
from selection.model.locks import Locks, Seated
from selection.model.people import Applicant, Role
from selection.model.pool import Candidate, Pool
from selection.model.rows import Rows
from selection.model.rules import Rules
from tests.strategies import TABLES, random_applicants, tiny_rules

WOMEN = {"id": "women", "field": "gender", "values": ["woman"]}
ORGANISATION = {"id": "organisation", "field": "organisation", "each": True, "at_most": 1}

#: A body at a table: its people.
Body = list[Applicant]


def rules_with(*requirements: dict[str, Any], goals: list[dict[str, Any]] | None = None) -> Rules:
    return tiny_rules(
        members={"least": 0, "aim": 8}, deputies={"aim": 8}, requirements=list(requirements), goals=goals or []
    )


def rosters(pool: Pool, count: int = 60) -> Iterator[list[int]]:
    """Random rosters of the pool, one seat a person, fuller ones and emptier ones."""
    draw = random.Random(len(pool.candidates))
    for _ in range(count):
        chosen = [0] * len(pool.candidates)
        full = draw.random()
        for applicant in range(len(pool.applicants)):
            seats = [place for place, one in enumerate(pool.candidates) if one.applicant == applicant]
            if seats and draw.random() < full:
                chosen[draw.choice(seats)] = 1
        yield chosen


def body(pool: Pool, chosen: list[int], table: str, *roles: Role) -> Body:
    here = [one for one, taken in zip(pool.candidates, chosen, strict=True) if taken and one.role in roles]
    return [pool.applicants[one.applicant] for one in here if pool.tables[one.table] == table]


def rounded(share: Fraction, size: int, way: str, *, up: bool) -> int:
    """The whole number of people that a share of a body comes to, as model requirement 4 says it."""
    if way == "nearest":
        return math.floor(share * size + Fraction(1, 2))
    return math.ceil(share * size) if up else math.floor(share * size)


def agree(rows: Rows, rule: str, meant: Callable[[list[int]], bool]) -> None:
    """The rows of a rule hold exactly where it is met, and say so in whole seats too; both happen."""
    seen = set()
    for chosen in rosters(rows.pool):
        mine = [row for row in rows.requirements if row.id == rule]
        holds = all(row.off(chosen) == 0 for row in mine)
        assert holds == meant(chosen)
        assert holds == all(one.holds for one in rows.standings(chosen) if one.id == rule)
        seen.add(holds)
    assert seen == {True, False}


@pytest.mark.parametrize("rounding", ["up", "nearest"])
@pytest.mark.parametrize("share", ["40 %", "1/3", "50 %", "30 %"])
@pytest.mark.parametrize("side", ["at_least_share", "at_most_share"])
def test_a_share_is_of_the_body_as_it_is(side: str, share: str, rounding: str) -> None:
    rules = rules_with({**WOMEN, "body": "each", side: share, "rounding": rounding})
    pool = Pool.build(random_applicants(16, 4), rules)
    part = getattr(rules.requirements[0], side)

    def met(chosen: list[int]) -> bool:
        for table in TABLES:
            for role in (Role.MEMBER, Role.DEPUTY):
                people = body(pool, chosen, table, role)
                women = sum(one.value("gender") == "woman" for one in people)
                limit = rounded(part, len(people), rounding, up=side == "at_least_share")
                if women < limit if side == "at_least_share" else women > limit:
                    return False
        return True

    agree(build_rows(pool, rules), "women", met)


@pytest.mark.parametrize("tables", [(), ("b",)])
@pytest.mark.parametrize(
    ("binds", "bodies"),
    [
        ("members", [[Role.MEMBER]]),
        ("deputies", [[Role.DEPUTY]]),
        ("each", [[Role.MEMBER], [Role.DEPUTY]]),
        ("together", [[Role.MEMBER, Role.DEPUTY]]),
    ],
)
def test_a_count_is_of_the_bodies_that_it_binds(binds: str, bodies: list[list[Role]], tables: tuple[str, ...]) -> None:
    rules = rules_with({**WOMEN, "body": binds, "at_least": 1, "at_most": 2, "tables": list(tables)})
    pool = Pool.build(random_applicants(16, 5), rules)

    def met(chosen: list[int]) -> bool:
        counts = [
            sum(one.value("gender") == "woman" for one in body(pool, chosen, table, *roles))
            for table in tables or TABLES
            for roles in bodies
        ]
        return all(1 <= count <= 2 for count in counts)

    agree(build_rows(pool, rules), "women", met)


@pytest.mark.parametrize("fields", [["kind"], ["kind", "gender"]])
def test_of_each_value_only_so_many(fields: list[str]) -> None:
    rules = rules_with({"id": "alike", "field": fields, "each": True, "body": "members", "at_most": 2})
    pool = Pool.build(random_applicants(16, 6), rules)

    def met(chosen: list[int]) -> bool:
        counts: dict[object, int] = {}
        for table in TABLES:
            for one in body(pool, chosen, table, Role.MEMBER):
                value = (table, *(one.value(field) for field in fields))
                counts[value] = counts.get(value, 0) + 1
        return all(count <= 2 for count in counts.values())

    agree(build_rows(pool, rules), "alike", met)


def goal(**parts: Any) -> list[dict[str, Any]]:
    return [{"id": "codes", "field": "postal_code", "priority": 1, **parts}]


def told(rows: Rows) -> set[tuple[str | None, str | None, int | None, int | None]]:
    return {(row.table, row.value, row.at_least, row.at_most) for row in rows.goals}


def test_a_goal_of_each_value_is_of_the_tables_own_codes_and_not_of_those_named() -> None:
    """``10000`` is a's own code, ``10001`` b's, and ``15100`` nobody's."""
    people = random_applicants(16, 4)
    once = {"each": {"at_least": 1}, "ranges": {"10001": {"at_least": 2, "at_most": 3}}}
    rules = rules_with(goals=goal(among="table", **once))
    assert told(build_rows(Pool.build(people, rules), rules)) == {
        ("a", "10001", 2, 3),
        ("a", "10000", 1, None),
        ("b", "10001", 2, 3),
    }
    rules = rules_with(goals=goal(tables=["b"], **once))
    every = {("b", code, 1, None) for code in ("10000", "15100", "15610")}
    assert told(build_rows(Pool.build(people, rules), rules)) == {("b", "10001", 2, 3), *every}


def test_a_goal_of_each_value_of_two_fields_has_the_values_that_somebody_has() -> None:
    """Each of a to c is alone in a value of both fields; d's postal code is unknown, and counts to none."""
    known = {"a": ("resident", "10000"), "b": ("resident", "10001"), "c": ("representative", "10000")}
    people = [
        Applicant(key, key, wishes=("a",), values={"kind": (kind,), "postal_code": (code,)})
        for key, (kind, code) in known.items()
    ] + [Applicant("d", "d", wishes=("a",), values={"kind": ("representative",)})]

    def counted(**more: Any) -> dict[str | None, set[str]]:
        both = {"id": "both", "field": ["kind", "postal_code"], "priority": 1, "each": {"at_least": 1}, **more}
        rules = rules_with(goals=[both])
        rows = build_rows(Pool.build(people, rules), rules)
        return {
            row.value: {rows.pool.applicants[rows.pool.candidates[place].applicant].key for place, _ in row.weights}
            for row in rows.goals
            if row.table == "a"
        }

    everybody = {" × ".join(values): {key} for key, values in known.items()}
    assert counted() == everybody
    assert counted(ranges={"resident × 10000": {"at_least": 2}}) == everybody
    assert counted(among="table") == {value: keys for value, keys in everybody.items() if value.endswith("10000")}


def test_a_goal_on_what_the_form_did_not_ask_is_switched_off() -> None:
    rules = rules_with(goals=goal(each={"at_least": 1}))
    rows = build_rows(Pool.build(random_applicants(8, 4), rules, ["gender"]), rules)
    assert (rows.goals, rows.switched_off) == ((), ("codes",))


def test_a_value_to_be_covered_is_one_that_somebody_accepts_a_seat_for() -> None:
    """Who was seated by people in a seat not accepted calls for no other of the same value."""
    rules = rules_with(goals=goal(each={"cover": True}))
    person = Applicant("k", "N", wishes=("a",), roles=frozenset({Role.DEPUTY}), values={"postal_code": ("10000",)})
    pool = Pool.build([person], rules)
    assert told(build_rows(pool, rules)) == set()
    admitted = pool.admitting([Candidate(0, 0, Role.MEMBER)])
    rows = build_rows(admitted, rules)
    assert told(rows) == set()
    seated = [int(one.role == Role.MEMBER) for one in admitted.candidates]
    assert [one.id for one in rows.standings(seated) if not one.holds] == ["accepted"]


def test_locks_bind_the_seats_they_name() -> None:
    rules = rules_with()
    pool = Pool.build(random_applicants(16, 8), rules)
    both = [one.applicant for one in pool.candidates]
    able = next(place for place in both if both.count(place) == 4)  # member or deputy, at either table
    key, others = pool.applicants[able].key, tuple(one.key for one in pool.applicants[:4])

    def sits(chosen: list[int], *, table: str | None = None, role: Role | None = None) -> bool:
        return any(
            one.key == key
            for name in TABLES
            if table in (None, name)
            for one in body(pool, chosen, name, *([Role.MEMBER, Role.DEPUTY] if role is None else [role]))
        )

    def rows(**locks: Any) -> Rows:
        return build_rows(pool, rules, Locks(**locks))

    agree(rows(seated=(Seated(key, "b", Role.DEPUTY),)), "seated", lambda one: sits(one, table="b", role=Role.DEPUTY))
    agree(rows(seated=(Seated(key, "a"),)), "seated", lambda one: sits(one, table="a"))
    agree(rows(seated=(Seated(key),)), "seated", sits)
    agree(rows(kept_out=(key,)), "kept_out", lambda one: not sits(one))
    agree(rows(kept_from=(Seated(key, "a"),)), "kept_out", lambda one: not sits(one, table="a"))
    deputy = rows(kept_from=(Seated(key, None, Role.DEPUTY),))
    agree(deputy, "kept_out", lambda one: not sits(one, role=Role.DEPUTY))

    def apart(chosen: list[int]) -> bool:
        tables = [[one.key for one in body(pool, chosen, name, Role.MEMBER, Role.DEPUTY)] for name in TABLES]
        return all(len(set(others) & set(here)) < 2 for here in tables)

    agree(rows(kept_apart=(others,)), "kept_apart", apart)


def test_values_that_nobody_at_a_table_has_make_one_row_unless_they_ask_for_somebody() -> None:
    """Many organisations at many tables: rows that nobody can break would be counted again and again."""
    homes = {"id": "homes", "field": ["kind", "postal_code"], "each": True, "body": "together", "at_most": 3}
    cover = {"id": "cover", "field": "postal_code", "each": True, "body": "members", "at_least": 1}
    rules = rules_with(ORGANISATION, homes, cover)
    pool = Pool.build(random_applicants(6, 8), rules)
    rows = build_rows(pool, rules)
    empty = Counter((row.id, row.table, row.role) for row in rows.requirements if not row.counted)
    assert {key: n for key, n in empty.items() if n > 1 and key[0] != "cover"} == {}
    for table in TABLES:
        made = [row for row in rows.requirements if (row.id, row.table) == ("cover", table)]
        assert len(made) == len(pool.values_of("postal_code"))
        told = {(one.id, one.role) for one in rows.standings([0] * len(pool.candidates)) if one.table == table}
        assert {("organisation", "member"), ("organisation", "deputy"), ("homes", "together")} <= told
