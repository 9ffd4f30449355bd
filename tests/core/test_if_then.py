"""If anybody of one group, at least one of another: against its definition over every roster, and in words."""

from __future__ import annotations

from typing import Any

import pytest

from selection.constraints import build_rows
from selection.errors import ConflictError, UnreadRequirementError
from selection.explain.rule_change import Change, changed_rules
from selection.explain.sentences import conflict_sentence, way_sentence
from selection.explain.uncounted import uncounted
from selection.explain.ways_out import possible, ways_out
from selection.explain.why import Questions
from selection.fair.types import types_of
from selection.model.applied import of_nobody
from selection.model.locks import Locks, Seated
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.rules_file import RulesFileError, parse_rules
from selection.outputs.rule_words import rules_in_words
from selection.proposal import propose
from selection.solver import SolverName
from selection.texts import in_language
from tests.core.rules_text import HEAD
from tests.core.test_steps import all_rosters, best_of_all
from tests.strategies import tiny_pool, tiny_rules

RULE: dict[str, Any] = {
    "id": "guided",
    "if": {"field": "gender", "values": ["man", "undisclosed"]},
    "then": {"field": ["kind", "gender"], "values": ["resident × woman"]},
}

BODIES = {"members": [{Role.MEMBER}], "deputies": [{Role.DEPUTY}], "together": [{Role.MEMBER, Role.DEPUTY}]}
BODIES["each"] = [*BODIES["members"], *BODIES["deputies"]]


def rules_of(**parts: Any) -> Rules:
    return tiny_rules(if_then=[{**RULE, **parts}])


def holds(pool: Pool, chosen: list[int], body: str, tables: tuple[str, ...]) -> bool:
    """The definition, seat by seat."""
    for table in tables:
        for roles in BODIES[body]:
            here = [
                pool.applicants[one.applicant]
                for one, seated in zip(pool.candidates, chosen, strict=True)
                if seated and pool.tables[one.table] == table and one.role in roles
            ]
            given = [one for one in here if one.value("gender") in ("man", "undisclosed")]
            then = [one for one in here if (one.value("kind"), one.value("gender")) == ("resident", "woman")]
            if given and not then:
                return False
    return True


@pytest.mark.parametrize("body", sorted(BODIES))
@pytest.mark.parametrize("tables", [(), ("b",)])
def test_the_rows_hold_just_where_the_definition_does(body: str, tables: tuple[str, ...]) -> None:
    rules = rules_of(body=body, tables=tables)
    pool = tiny_pool(6, 1, rules)
    rows = build_rows(pool, rules)
    ours = rows.of_requirement("guided")
    seen = set()
    for chosen in all_rosters(pool):
        expected = holds(pool, chosen, body, tables or pool.tables)
        seen.add(expected)
        assert all(row.off(chosen) == 0 for row in ours) == expected
        assert all(one.holds for one in rows.standings(chosen) if one.id == "guided") == expected
        assert all((row.off(chosen) == 0) == row.standing(chosen).holds for row in ours)
    assert seen == {True, False}


@pytest.mark.parametrize(("seed", "solver"), [(0, "HiGHS"), (1, "HiGHS"), (2, "HiGHS"), (1, "CBC")])
def test_the_proposal_equals_brute_force(seed: int, solver: SolverName) -> None:
    rules = rules_of()
    pool = tiny_pool(6, seed, rules)
    proposal = propose(pool, rules, solver=solver)
    best, equal = best_of_all(proposal.rows)
    assert tuple(step.value for step in proposal.steps) == best
    assert proposal.chosen in equal
    assert holds(pool, list(proposal.chosen), "each", pool.tables)
    alone = propose(pool, tiny_rules(), solver=solver)
    assert seed or not holds(pool, list(alone.chosen), "each", pool.tables), "the rule changes who sits"


def conflict() -> tuple[Pool, Rules, Locks]:
    """Nobody is of the group asked for, and somebody of the other is locked to a seat."""
    rules = rules_of(then={"field": "asumismuoto", "values": ["laiva"]}, body="members")
    pool = tiny_pool(6, 1, rules)
    candidate = next(
        one
        for one in pool.candidates
        if one.role is Role.MEMBER and pool.applicants[one.applicant].value("gender") == "undisclosed"
    )
    key = pool.applicants[candidate.applicant].key
    return pool, rules, Locks((Seated(key, pool.tables[candidate.table], Role.MEMBER),))


def test_a_conflict_names_it_and_a_way_out_drops_it() -> None:
    pool, rules, locks = conflict()
    with pytest.raises(ConflictError) as caught:
        propose(pool, rules, locks=locks)
    table = locks.seated[0].table
    assert {(one.id, one.table) for one in caught.value.requirements} == {("guided", table), ("seated", table)}
    ours = next(one for one in caught.value.requirements if one.id == "guided")
    assert ours.willing == 0
    ways = ways_out(pool, rules, locks)
    changes = {change for way in ways for change in way.changes}
    assert Change("guided", table, "member", "dropped", None, None) in changes
    said = {}
    for language in ("fi", "sv", "en"):
        with in_language(language):
            way = next(way for way in ways if way.changes[0].id == "guided")
            said[language] = (conflict_sentence(ours, rules, {}), way_sentence(way, 1, rules, {}))
    assert "vähintään 1, jos mukana on joku ryhmästä mies" in said["fi"][0]
    assert "minst 1, om någon ur gruppen man" in said["sv"][0]
    assert "at least 1, if anybody of man" in said["en"][0]
    assert "luovu vaatimuksesta" in said["fi"][1] and "drop the requirement" in said["en"][1]
    assert "avstå från kravet" in said["sv"][1]


def test_a_rule_dropped_at_one_table_and_body_stays_elsewhere() -> None:
    rules = rules_of()
    changed = changed_rules(rules, [Change("guided", "a", "deputy", "dropped", None, None)])
    assert [(one.tables, one.body) for one in changed.if_then] == [(("b",), "each"), (("a",), "members")]
    assert changed_rules(rules, [Change("guided", None, None, "dropped", None, None)]).if_then == ()
    pool, rules, locks = conflict()
    table = locks.seated[0].table
    dropped = changed_rules(rules, [Change("guided", table, "member", "dropped", None, None)])
    assert possible(build_rows(pool, dropped, locks))


def test_why_not_says_what_is_in_the_way() -> None:
    pool, rules, locks = conflict()
    proposal = propose(pool, rules)
    answer = Questions.of(proposal).why_not(locks.seated[0].key, locks.seated[0].table, Role.MEMBER)
    assert answer.verdict == "conflict"
    assert [one.id for one in answer.conflict] == ["guided"]


def test_people_alike_share_a_type_only_where_the_rule_counts_them_alike() -> None:
    bare = tiny_rules(requirements=[], goals=[])
    pool = tiny_pool(6, 1, bare)
    ruled = bare.changed(if_then=[RULE])
    apart = {
        tuple(
            sorted(
                {
                    (one.value("gender") in ("man", "undisclosed"), (one.value("kind"), one.value("gender")))
                    == ("resident", "woman")
                    for one in (pool.applicants[place] for place in people)
                }
            )
        )
        for people in types_of(build_rows(pool, ruled), {}).people
    }
    assert all(len(one) == 1 for one in apart)
    assert len(types_of(build_rows(pool, ruled), {}).people) >= len(types_of(build_rows(pool, bare), {}).people)


def test_a_field_that_was_not_read_stops_the_round_unless_it_is_waived() -> None:
    rules = rules_of()
    asked = frozenset({"gender", "official", "organisation", "asumismuoto"})
    people = tiny_pool(6, 1, rules).applicants
    with pytest.raises(UnreadRequirementError) as caught:
        build_rows(Pool.build(people, rules, asked), rules)
    assert [(one.id, one.field) for one in caught.value.unread] == [("guided", "kind")]
    waived = build_rows(Pool.build(people, rules, asked, waived=["guided"]), rules)
    assert not waived.of_requirement("guided")


def test_a_value_nobody_has_and_a_value_unknown_are_told() -> None:
    rules = rules_of(then={"field": "asumismuoto", "values": ["laiva"]})
    assert of_nobody(tiny_pool(6, 1, rules), rules) == ("guided",)
    rules = rules_of(**{"if": {"field": "harrastus", "values": ["sulkapallo"]}})
    pool = tiny_pool(6, 1, rules)
    seats = propose(pool, rules).seats
    assert {one.seat.person for one in uncounted(pool, rules, seats) if one.id == "guided"} == {
        one.person for one in seats
    }


def test_the_rule_is_said_in_three_languages() -> None:
    said = []
    for language in ("fi", "sv", "en"):
        with in_language(language):
            said += [one.words for one in rules_in_words(rules_of(tables=["a"])) if one.name == "guided"]
    assert len(said) == 3 and len(set(said)) == 3
    assert said[2] == (
        "If anybody of man, not stated is in, at least one of resident × woman must be in; "
        "counted of a table's members and of its deputies, each (only A)"
    )


WOMEN = """[[requirements]]
id = "women"
field = "gender"
values = ["woman"]
at_least = 1
"""


@pytest.mark.parametrize(
    ("rule", "code", "line"),
    [
        ('id = "women"\nif = { field = "age", values = ["13–17"] }\nthen = { field = "age", values = ["18+"] }', "id_twice", 2),
        ('id = "x"\nif = { field = "age", values = ["young"] }\nthen = { field = "age", values = ["18+"] }', "unknown_age_band", 3),
        ('id = "x"\nif = { field = "gender", values = ["wymen"] }\nthen = { field = "age", values = ["18+"] }', "unknown_value", 3),
        ('id = "x"\nif = { field = "gender", values = ["woman"] }', "key_missing", 1),
        ('id = "x"\nif = { field = "gender", values = [] }\nthen = { field = "age", values = ["18+"] }', "value", 3),
        ('id = "x"\nif = { fields = "gender", values = ["man"] }\nthen = { field = "age", values = ["18+"] }', "unknown_key", 3),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_line(rule: str, code: str, line: int) -> None:
    with pytest.raises(RulesFileError) as caught:
        parse_rules(f"{HEAD}{WOMEN}[[if_then]]\n{rule}\n", "x.toml")
    told = [(one.code, one.line) for one in caught.value.problems]
    assert (f"rules_{code}", (HEAD + WOMEN).count("\n") + line) in told, told
