"""Why and why not against every roster there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selection.constraints import build_rows
from selection.explain.everybody import open_questions
from selection.explain.roster_steps import moves, step_values
from selection.explain.why import Questions
from selection.model.locks import Locks
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.rules import Order, Rules
from selection.proposal import propose
from selection.solving.steps import step_names
from tests.explain.brute import Ranked, in_order, ranked, signed
from tests.strategies import random_applicants, tiny_pool, tiny_rules

ORDERS: tuple[Order, Order] = ("seats_first", "goals_first")

#: How many steps there are.
STEPS = len(step_names(ORDERS[0]))


def first_worse(best: tuple[int, ...], left: list[Ranked], order: str) -> tuple[str, int] | None:
    """The first step that gets worse, and by how much, by definition."""
    again = min(one.steps for one in left)
    return next(((name, b - a) for name, a, b in zip(step_names(order), best, again, strict=True) if a != b), None)


@pytest.mark.parametrize(("seed", "order"), [(seed, ORDERS[seed // 3]) for seed in range(5)])
def test_why_and_why_not_equal_brute_force(seed: int, order: Order) -> None:
    rules = tiny_rules(steps={"order": order})
    pool = tiny_pool(6, seed, rules)
    proposal = propose(pool, rules, seed="x")
    everything = [replace(one, steps=in_order(one.steps, order)) for one in ranked(proposal.rows)]
    best = min(one.steps for one in everything)
    questions = Questions.of(proposal)
    asked = 0
    for place, person in enumerate(pool.applicants):
        mine = [i for i, one in enumerate(pool.candidates) if one.applicant == place]
        supposed = [(questions.why(person.key), [one for one in everything if not any(one.chosen[i] for i in mine)])]
        for table, name in enumerate(pool.tables):
            here = [i for i in mine if pool.candidates[i].table == table]
            left = [one for one in everything if any(one.chosen[i] for i in here)]
            supposed += [(questions.why_not(person.key, name), left)]
            quick = questions.why_not(person.key, name, whole=False)
            assert (quick.verdict, quick.decisive) == (supposed[-1][0].verdict, supposed[-1][0].decisive)
            if not here:
                assert supposed[-1][0].verdict == "no_seat"
            for role in (Role.MEMBER, Role.DEPUTY):
                seats = [i for i in here if pool.candidates[i].role == role]
                left = [one for one in everything if any(one.chosen[i] for i in seats)]
                answer = questions.why_not(person.key, name, role, whole=False)
                if any(proposal.chosen[i] for i in seats):
                    assert answer.verdict == "as_is"
                elif not left:
                    assert answer.verdict == ("conflict" if seats else "no_seat")
                else:
                    told, expected = answer.decisive, first_worse(best, left, order)
                    assert (told and (told.name, told.worse_by)) == expected
        for answer, left in supposed:
            if answer.verdict in ("as_is", "no_seat"):
                continue
            asked += 1
            if not left:
                assert answer.verdict == "conflict"
                continue
            expected = first_worse(best, left, order)
            told = answer.decisive
            assert (told and (told.name, told.worse_by)) == expected
            assert answer.verdict == ("equal" if expected is None else "worse")
            assert nearest_is_exact(proposal.rows, proposal.chosen, answer, left)
    assert asked


def nearest_is_exact(rows, now: tuple[int, ...], answer, left: list[Ranked]) -> bool:
    """Of the best rosters that are left in the steps up to the wishes, none has fewer moves, and of those with as few
    none leaves more people a seat."""
    last = STEPS if answer.verdict == "equal" or answer.decisive.name == "pairs" else STEPS - 1
    best = min(one.steps[:last] for one in left)
    told = [moves(rows, now, one.chosen) for one in left if one.steps[:last] == best]
    return size(answer.moves) == min(size(one) for one in told)


def size(changes) -> tuple[int, int]:
    """How many people move, and how many of them are left without a seat."""
    return len(changes), sum(move.after is None for move in changes)


def test_who_can_keep_a_seat_is_not_told_to_go() -> None:
    """The one member may as well be the deputy of who is asked about: nobody has to go."""
    goal = {"id": "served", "field": "served_before", "priority": 3, "ranges": {"yes": {"cover": True}}}
    rules = Rules.model_validate(
        {
            "name": "why",
            "tables": [{"id": "alfa"}],
            "members": {"least": 1, "aim": 1},
            "deputies": {"aim": 2, "personal": True},
            "eligibility": {"age_on": "2021-09-01"},
            "steps": {"order": "goals_first"},
            "goals": [goal],
        }
    )
    people = [
        Applicant(key, key, None, ("alfa",), values={"served_before": ("yes" if key == "aaro" else "no",)})
        for key in ("aaro", "baro", "caro", "daro")
    ]
    apart = Locks(kept_apart=(("aaro", "baro", "daro"),))
    pool = Pool.build(
        [replace(one, roles=frozenset({Role.MEMBER})) if one.key == "caro" else one for one in people], rules
    )
    proposal = propose(pool, rules, seed="x", locks=apart)
    assert [seat.person for seat in proposal.seats] == ["aaro"]
    answer = Questions.of(proposal).why_not("caro", "alfa")
    assert [(move.key, move.before and move.before.role, move.after and move.after.role) for move in answer.moves] == [
        ("aaro", Role.MEMBER, Role.DEPUTY),
        ("caro", None, Role.MEMBER),
    ]


def test_solvers_agree() -> None:
    rules = tiny_rules()
    proposal = propose(tiny_pool(8, 4, rules), rules, seed="x")
    ours, theirs = Questions.of(proposal), Questions.of(proposal, solver="CBC")
    for key, table in open_questions(proposal)[:4]:
        one, other = ours.why_not(key, table), theirs.why_not(key, table)
        assert (one.verdict, one.steps) == (other.verdict, other.steps)
    for seat in proposal.seats[:3]:
        one, other = ours.why(seat.person), theirs.why(seat.person)
        assert (one.verdict, one.steps) == (other.verdict, other.steps)


def test_a_requirement_in_the_way_is_named() -> None:
    officials = {"id": "officials", "field": "official", "values": ["councillor"], "body": "together", "at_most": 0}
    rules = tiny_rules(requirements=[officials])
    pool = tiny_pool(10, 3, rules)
    proposal = propose(pool, rules)
    questions = Questions.of(proposal)
    told = 0
    for person in pool.applicants:
        if person.value("official") == "councillor":
            answer = questions.why_not(person.key, person.wishes[0])
            assert answer.verdict == "conflict"
            assert [one.id for one in answer.conflict] == ["officials"]
            told += 1
    assert told


def test_who_is_kept_out_is_told_so() -> None:
    rules = tiny_rules()
    pool = tiny_pool(8, 5, rules)
    someone = next(one for one in pool.applicants if one.wishes and pool.candidates[0].applicant == 0)
    proposal = propose(pool, rules, locks=Locks(kept_out=(someone.key,)))
    answer = Questions.of(proposal).why_not(someone.key, someone.wishes[0])
    assert answer.verdict == "conflict"
    assert [one.id for one in answer.conflict] == ["kept_out"]


def test_steps_are_counted_as_the_proposal_counts_them() -> None:
    rules = tiny_rules(members={"least": 0, "aim": 5}, deputies={"aim": 3})
    proposal = propose(tiny_pool(20, 7, rules), rules)
    assert step_values(proposal.rows, proposal.chosen) == {step.name: step.value for step in proposal.steps}


def test_nobody_who_named_no_table_there_is_seated() -> None:
    rules = tiny_rules()
    people = [one for one in random_applicants(12, 4) if one.wishes == ("a",)]
    pool = Pool.build(people, rules)
    proposal = propose(pool, rules)
    assert Questions.of(proposal).why_not(people[0].key, "b").verdict == "no_seat"


def test_signs_follow_the_steps() -> None:
    rows = build_rows(tiny_pool(4, 1, tiny_rules()), tiny_rules())
    empty = [0] * len(rows.pool.candidates)
    assert signed(tuple(step_values(rows, empty).values()))[:4] == (0, 0, 0, 0)
