"""Which rules count nobody, and why: fields not read, requirements waived, values that no applicant has."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from selection.checking import check
from selection.constraints import build_rows
from selection.errors import ConflictError, RulesError, UnreadRequirementError
from selection.model.applied import NotApplied, not_applied, of_nobody, waived, without_anybody
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rules import Rules
from selection.model.rules_file import parse_rules
from selection.model.state import sentence, state_of_proposal
from selection.proposal import propose
from selection.texts import text
from tests.strategies import random_applicants, tiny_rules


def rules_of(*requirements: dict[str, object], goals: tuple[dict[str, object], ...] = (), **parts: object) -> Rules:
    return tiny_rules(
        tables=[{"id": "a"}], deputies={"aim": 0}, requirements=list(requirements), goals=list(goals), **parts
    )


def people(field: str, *values: str | None) -> list[Applicant]:
    return [
        Applicant(f"k{number}", f"N{number}", values={} if value is None else {field: (value,)})
        for number, value in enumerate(values)
    ]


PARTY = {"id": "party", "field": "puolue", "each": True, "body": "members", "at_most": 1}


def test_a_requirement_whose_field_was_not_read_is_never_solved_or_checked() -> None:
    rules = rules_of(PARTY)
    some = people("puolue", "a", "a", "b")
    pool = Pool.build(some, rules, ["gender"])
    with pytest.raises(UnreadRequirementError) as refused:
        propose(pool, rules)
    assert [(one.id, one.field) for one in refused.value.unread] == [("party", "puolue")]
    assert refused.value.exit_status == 2
    with pytest.raises(UnreadRequirementError):
        check([], some, rules, asked=["gender"])


def test_what_was_waived_by_name_is_left_out_and_said() -> None:
    rules = rules_of(PARTY, {"id": "women", "field": "gender", "values": ["woman"], "at_most": 2})
    some = people("puolue", "a", "a", "a")
    pool = Pool.build(some, rules, ["gender"], left_out=["puolue"], waived=["party", "women"])
    proposal = propose(pool, rules)
    assert not [row for row in proposal.rows.requirements if row.id == "party"]
    # What was read is kept, whoever waived it.
    assert [row.id for row in proposal.rows.requirements if row.id == "women"]
    assert waived(pool, rules) == ("party",)
    assert proposal.rows.not_applied == (NotApplied("party", "requirement", "puolue", "waived"),)
    assert check(proposal.seats, some, rules, asked=["gender"], waived=["party"]).holds


def test_a_waiver_binds_no_longer_once_the_field_is_read() -> None:
    rules = rules_of(PARTY)
    pool = Pool.build(people("puolue", "a", "a", "b"), rules, ["puolue"], waived=["party"])
    seats = propose(pool, rules).seats
    assert sorted(pool.applicants[pool.places[one.person]].values["puolue"][0] for one in seats) == ["a", "b"]


def test_each_rule_tells_each_field_of_it_that_was_not_read_with_the_reason() -> None:
    goal = {"id": "both", "field": ["gender", "harrastus"], "priority": 1, "each": {"cover": True}}
    rules = tiny_rules(requirements=[PARTY], goals=[goal | {"ranges": {"woman × kuoro": {"at_least": 1}}}])
    pool = Pool.build(random_applicants(4, 1), rules, [], left_out=["harrastus"])
    assert not_applied(pool, rules) == (
        NotApplied("party", "requirement", "puolue", "not_asked"),
        NotApplied("both", "goal", "gender", "not_asked"),
        NotApplied("both", "goal", "harrastus", "left_out"),
    )
    assert build_rows(pool, rules, unread="leave_out").switched_off == ("both",)


@pytest.mark.parametrize(
    ("written", "held"),
    [("Kyllä", "kyllä"), ("1", "1.0"), ("1.0", "1"), ("Äijälä", "A\u0308ija\u0308la\u0308"), ("a  b", "A b")],
)
def test_equal_spellings_are_one_value(written: str, held: str) -> None:
    """Of two who are alike in all but the spelling at most one may sit, and none is told to be missing."""
    rules = rules_of(
        {"id": "named", "field": "oma", "values": [written], "body": "members", "at_most": 0},
        members={"least": 0, "aim": 2},
    )
    pool = Pool.build(people("oma", held, "muu"), rules)
    assert [one.person for one in propose(pool, rules).seats] == ["k1"]
    assert not_applied(pool, rules) == ()
    every = rules_of({"id": "each", "field": "oma", "each": True, "body": "members", "at_most": 1})
    pool = Pool.build(people("oma", held, written, "muu"), every)
    assert len(propose(pool, every).seats) == 2
    assert pool.values_of("oma") in ((written, "muu"), ("muu", written), (held, "muu"), ("muu", held))


def test_each_value_in_any_spelling_is_counted_as_brute_force_counts_it() -> None:
    """Oracle: over all pairs of members, at most one of each value in whatever spelling."""
    spellings = {"ruka": ("Ruka", "ruka", "RUKA"), "1": ("1", "1.0", "1,0"), "pää": ("Pää", "pa\u0308a\u0308")}
    for seed in range(12):
        draw = random.Random(seed)
        values = [draw.choice(sorted(spellings)) for _ in range(5)]
        some = people("oma", *(draw.choice(spellings[value]) for value in values))
        rules = rules_of(
            {"id": "each", "field": "oma", "each": True, "body": "members", "at_most": 1},
            members={"least": 0, "aim": 3},
        )
        best = max(n for n in range(4) for one in itertools.combinations(values, n) if len(set(one)) == len(one))
        assert len(propose(Pool.build(some, rules), rules).seats) == best


def test_a_value_that_nobody_has_is_named_with_those_that_there_are() -> None:
    rule = {"id": "rotation", "field": "aiemmat kaudet", "values": ["kaksi", "2"], "at_most": 0}
    rules = rules_of(rule, members={"least": 0, "aim": 2})
    pool = Pool.build(people("aiemmat kaudet", "0", "1", "2"), rules)
    assert not_applied(pool, rules) == (
        NotApplied("rotation", "requirement", "aiemmat kaudet", "no_such_value", ("kaksi",), ("0", "1", "2")),
    )
    # What the rule does reach is kept.
    assert "k2" not in {one.person for one in propose(pool, rules).seats}


def test_an_age_band_a_group_or_an_area_without_anybody_is_a_fact_and_no_mistake() -> None:
    goals = (
        {"id": "age", "field": "age", "priority": 1, "ranges": {"18–29": {"at_least": 1}}},
        {"id": "area", "field": "postal_code", "priority": 1, "ranges": {"15100": {"at_least": 1}}},
        {"id": "tongue", "field": "mother_tongue", "priority": 1, "ranges": {"sv": {"at_least": 1}}},
    )
    rules = rules_of(goals=goals)
    pool = Pool.build(people("gender", "woman", "man"), rules)
    assert not_applied(pool, rules) == ()
    assert [(one.id, one.values) for one in without_anybody(pool, rules)] == [
        ("age", ("18–29",)),
        ("area", ("15100",)),
        ("tongue", ("sv",)),
    ]
    assert propose(pool, rules).goals()


SCHOOLS = {"id": "school", "field": "koulu", "each": True, "body": "members", "at_least": 1}


def test_an_expected_value_without_anybody_is_a_conflict_that_names_it() -> None:
    rules = rules_of(SCHOOLS | {"expected": ["Lyseo", "launeen koulu"]})
    pool = Pool.build(people("koulu", "Launeen koulu", "Kivimaan koulu"), rules)
    with pytest.raises(ConflictError) as conflict:
        propose(pool, rules)
    assert [(one.id, one.value, one.at_least, one.willing) for one in conflict.value.requirements] == [
        ("school", "Lyseo", 1, 0)
    ]


def test_expected_values_and_those_that_occur_are_each_counted_once() -> None:
    rules = rules_of(SCHOOLS | {"expected": ["launeen koulu"]})
    pool = Pool.build(people("koulu", "Launeen koulu", "Launeen koulu", "Kivimaan koulu"), rules)
    rows = [(row.value, len(row.counted)) for row in build_rows(pool, rules).requirements if row.id == "school"]
    assert rows == [("launeen koulu", 2), ("Kivimaan koulu", 1)]
    assert not_applied(pool, rules) == ()
    crossed = SCHOOLS | {"field": ["koulu", "gender"], "expected": ["Lyseo × woman"]}
    some = [replace(one, values={**one.values, "gender": ("man",)}) for one in pool.applicants]
    crossing = rules_of(crossed)
    rows = [
        (row.value, len(row.counted))
        for row in build_rows(Pool.build(some, crossing), crossing).requirements
        if row.id == "school"
    ]
    assert rows == [("Lyseo × woman", 0), ("Kivimaan koulu × man", 1), ("Launeen koulu × man", 2)]


def test_expected_values_need_each() -> None:
    toml = """
name = "x"
[[tables]]
id = "a"
[members]
least = 1
aim = 1
[eligibility]
age_on = 2021-01-01
[[requirements]]
id = "school"
field = "koulu"
values = ["Lyseo"]
expected = ["Lyseo"]
at_least = 1
"""
    with pytest.raises(RulesError) as wrong:
        parse_rules(toml, "x.toml")
    assert [one.code for one in wrong.value.problems] == ["rules_expected_without_each"]


def test_a_roster_is_checked_against_what_was_read() -> None:
    rules = rules_of(PARTY)
    some = people("puolue", "a", "A ")
    seats = [Seat("k0", "a", Role.MEMBER), Seat("k1", "a", Role.MEMBER)]
    assert not check(seats, some, rules, asked=["puolue"]).holds


def test_a_requirement_of_nobody_is_not_said_to_be_kept() -> None:
    limit = {"id": "party", "field": "puolue", "body": "members", "at_most": 1}

    def pool_of(rules: Rules) -> Pool:
        return Pool.build(people("puolue", "vihreä", "vihreä", "sini"), rules, ["puolue", "gender"])

    misspelt = rules_of({**limit, "values": ["vihree"]})
    assert of_nobody(pool_of(misspelt), misspelt) == ("party",)
    said = sentence(state_of_proposal(propose(pool_of(misspelt), misspelt)), misspelt)
    assert text("state.all_hold") not in said and text("state.of_nobody", what="party") in said
    # One of two spellings has people: the requirement is kept of them, and the other value is named beside the result.
    half = rules_of({**limit, "values": ["vihree", "Vihreä"]})
    assert of_nobody(pool_of(half), half) == ()
    assert [one.values for one in not_applied(pool_of(half), half)] == [("vihree",)]
    assert text("state.all_hold") in sentence(state_of_proposal(propose(pool_of(half), half)), half)
