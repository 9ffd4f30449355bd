"""Requirements over persons, together, one of these, not here: against their definitions, and in words and records."""

from __future__ import annotations

from typing import Any

import pytest

from selection.constraints import build_rows
from selection.errors import ConflictError, LockError
from selection.explain.rule_change import changed_locks
from selection.explain.sentences import conflict_sentence, way_sentence
from selection.explain.ways_out import possible, ways_out
from selection.explain.why import Questions
from selection.model.fingerprint import made_from
from selection.model.locks import AnyOf, Locks, Seated, locks_of
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.rules_file import RulesFileError, parse_rules
from selection.model.source import Source
from selection.outputs.checkable_parsing import _lock
from selection.outputs.lock_records import lock_records, locks_of_records
from selection.proposal import propose
from selection.rounds import facts
from selection.rounds.state import same_locks
from selection.solver import SolverName
from selection.texts import error_text, in_language
from tests.core.rules_text import HEAD
from tests.core.test_steps import all_rosters, best_of_all
from tests.strategies import tiny_pool, tiny_rules

TOGETHER = {"together": [{"persons": ["N1", "N2", "N3"]}]}
ONE_OF = {"one_of": [{"persons": ["N4", "N5"], "table": "b", "role": "member"}]}
NOT_HERE = {"not_here": [{"persons": ["N3", "N2"], "tables": ["a"]}]}


def round_of(parts: dict[str, Any], seed: int = 1) -> tuple[Pool, Rules, Locks]:
    rules = tiny_rules(**parts)
    pool = tiny_pool(6, seed, rules)
    return pool, rules, locks_of(rules, pool.applicants)


def holds(pool: Pool, chosen: list[int], parts: dict[str, Any]) -> bool:
    """The definitions, seat by seat."""
    seats = {
        (pool.applicants[one.applicant].name, pool.tables[one.table], one.role)
        for one, seated in zip(pool.candidates, chosen, strict=True)
        if seated
    }
    for group in parts.get("together", ()):
        here = [{name for name, at, _ in seats if at == table} & set(group["persons"]) for table in pool.tables]
        if not all(one in (set(), set(group["persons"])) for one in here):
            return False
    for group in parts.get("one_of", ()):
        if not {(name, group["table"], Role(group["role"])) for name in group["persons"]} & seats:
            return False
    return not any(
        name in group["persons"] and table in group["tables"]
        for group in parts.get("not_here", ())
        for name, table, _ in seats
    )


@pytest.mark.parametrize("parts", [TOGETHER, ONE_OF, NOT_HERE, {**TOGETHER, **NOT_HERE}])
def test_the_rows_hold_just_where_the_definition_does(parts: dict[str, Any]) -> None:
    pool, rules, locks = round_of(parts)
    rows = build_rows(pool, rules, locks)
    ours = [row for row in rows.requirements if row.source is Source.LOCK]
    frame = [row for row in rows.requirements if row.source is Source.ONE_SEAT]
    seen = set()
    for chosen in all_rosters(pool):
        assert not any(row.off(chosen) for row in frame)
        expected = holds(pool, chosen, parts)
        seen.add(expected)
        assert all(row.off(chosen) == 0 for row in ours) == expected
        assert all(one.holds for one in rows.standings(chosen) if one.lock) == expected
        assert all((row.off(chosen) == 0) == row.standing(chosen).holds for row in ours)
    assert seen == {True, False}


@pytest.mark.parametrize("solver", ["HiGHS", "CBC"])
@pytest.mark.parametrize(("parts", "seed"), [(TOGETHER, 1), (TOGETHER, 3), (ONE_OF, 0), (NOT_HERE, 0)])
def test_the_proposal_equals_brute_force(parts: dict[str, Any], seed: int, solver: SolverName) -> None:
    pool, rules, locks = round_of(parts, seed)
    proposal = propose(pool, rules, locks=locks, solver=solver)
    best, equal = best_of_all(proposal.rows)
    assert tuple(step.value for step in proposal.steps) == best
    assert proposal.chosen in equal
    assert holds(pool, list(proposal.chosen), parts)


def one_sits_alone() -> tuple[Pool, Rules, Locks]:
    """N1 and N3 only together, N1 locked to a seat, N3 kept out."""
    pool, rules, _ = round_of({})
    keys = {one.name: one.key for one in pool.applicants}
    seat = next(one for one in pool.candidates if pool.applicants[one.applicant].name == "N1")
    table = pool.tables[seat.table]
    return pool, rules, Locks((Seated(keys["N1"], table),), (keys["N3"],), kept_together=((keys["N1"], keys["N3"]),))


def test_a_conflict_names_it_once_and_a_way_out_drops_it() -> None:
    pool, rules, locks = one_sits_alone()
    with pytest.raises(ConflictError) as caught:
        propose(pool, rules, locks=locks)
    assert sorted({one.id for one in caught.value.requirements}) == ["kept_out", "kept_together", "seated"]
    names = {one.key: one.name for one in pool.applicants}
    ours = next(one for one in caught.value.requirements if one.id == "kept_together")
    ways = ways_out(pool, rules, locks)
    dropped = [way for way in ways if [one.id for one in way.changes] == ["kept_together"]]
    assert len(dropped) == 1 and dropped[0].changes[0].table is None
    assert possible(build_rows(pool, rules, changed_locks(locks, dropped[0].changes)))
    said = []
    for language in ("fi", "sv", "en"):
        with in_language(language):
            said.append((conflict_sentence(ours, rules, names), way_sentence(dropped[0], 1, rules, names)))
    assert "kaikki tai ei kukaan" in said[0][0] and "alla eller ingen" in said[1][0] and "all or none" in said[2][0]
    assert all("N1, N3" in one and "N1, N3" in other for one, other in said)
    assert "samaan pöytään tai ei kukaan" in said[0][1]


def test_one_of_these_who_cannot_be_is_a_conflict_with_its_way_out() -> None:
    pool, rules, _ = round_of({})
    keys = [one.key for one in pool.applicants[:2]]
    locks = Locks(kept_out=tuple(keys), one_of=(AnyOf(tuple(keys)),))
    with pytest.raises(ConflictError) as caught:
        propose(pool, rules, locks=locks)
    assert "one_of_these" in {one.id for one in caught.value.requirements}
    ways = ways_out(pool, rules, locks)
    assert ["one_of_these"] in [[one.id for one in way.changes] for way in ways]


def test_why_not_takes_the_other_along() -> None:
    pool, rules, _ = round_of({})
    keys = {one.name: one.key for one in pool.applicants}
    locks = Locks(kept_out=(keys["N3"],), kept_together=((keys["N1"], keys["N3"]),))
    proposal = propose(pool, rules, locks=locks)
    answer = Questions.of(proposal).why_not(keys["N1"], "b")
    assert answer.verdict == "conflict"
    assert {one.id for one in answer.conflict} == {"kept_out", "kept_together"}


LOCKS = Locks(
    (Seated("a", "t", Role.MEMBER),),
    ("b",),
    (("c", "d"),),
    (Seated("e", "t"), Seated("f", None, Role.DEPUTY)),
    (("g", "h", "i"),),
    (AnyOf(("j", "k"), "t", Role.MEMBER), AnyOf(("l", "m"))),
)


def test_records_keep_them() -> None:
    assert locks_of_records(lock_records(LOCKS)) == LOCKS
    assert LOCKS.plus(LOCKS) == LOCKS == Locks().plus(LOCKS)
    pool, rules, locks = round_of({**TOGETHER, **NOT_HERE})
    made = propose(pool, rules, locks=locks)
    kept = facts.facts_of(made, pool, LOCKS)
    assert facts.made_locks(kept) == LOCKS
    old = {**kept, "locks": {key: kept["locks"][key] for key in ("seated", "kept_out", "kept_apart")}}
    assert facts.made_locks(old) == Locks(LOCKS.seated, LOCKS.kept_out, LOCKS.kept_apart)
    assert same_locks(LOCKS, LOCKS)
    assert not same_locks(
        LOCKS, Locks(LOCKS.seated, LOCKS.kept_out, LOCKS.kept_apart, LOCKS.kept_from, (), LOCKS.one_of)
    )
    assert not same_locks(
        LOCKS, Locks(LOCKS.seated, LOCKS.kept_out, LOCKS.kept_apart, LOCKS.kept_from, (("g", "h", "i"),))
    )


def test_who_left_the_pool_is_left_out_of_the_groups() -> None:
    pool, rules, locks = round_of({**TOGETHER, **ONE_OF, **NOT_HERE})
    fewer = Pool.build([one for one in pool.applicants if one.name not in ("N2", "N4")], rules)
    keys = {one.name: one.key for one in pool.applicants}
    left = locks.of_those_in(fewer)
    assert left == Locks(
        kept_from=(Seated(keys["N3"], "a"),),
        kept_together=((keys["N1"], keys["N3"]),),
        one_of=(AnyOf((keys["N5"],), "b", Role.MEMBER),),
    )
    assert locks.of_those_in(Pool.build([], rules)) == Locks()


def test_the_rules_locks_are_locks_of_what_it_was_made_from() -> None:
    bare, bound = tiny_rules(), tiny_rules(**TOGETHER, **ONE_OF, **NOT_HERE)
    assert made_from(bare, "x")["rules"] == made_from(bound, "x")["rules"]
    assert made_from(bare, "x")["locks"] != made_from(bound, "x")["locks"]


@pytest.mark.parametrize("section", ["together", "one_of", "not_here"])
def test_a_name_that_is_not_there_or_twice_is_told_with_its_part(section: str) -> None:
    tables = {"tables": ["a"]} if section == "not_here" else {}
    pool = round_of({})[0]
    rules = tiny_rules(**{section: [{"persons": ["N1", "Aino Tuntematon"], **tables}]})
    with pytest.raises(LockError) as caught:
        locks_of(rules, pool.applicants)
    assert caught.value.code == "persons_name_not_in_file"
    for language in ("fi", "sv", "en"):
        with in_language(language):
            assert f"[[{section}]]" in error_text(caught.value) and "Aino Tuntematon" in error_text(caught.value)
    assert "Aino" not in str(caught.value.params)


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ('[[not_here]]\npersons = ["A"]\ntables = ["z"]\n', "rules_unknown_table"),
        ('[[one_of]]\npersons = ["A", "B"]\ntable = "z"\n', "rules_unknown_table"),
        ('[[not_here]]\npersons = ["A"]\n', "rules_key_missing"),
        ('[[together]]\npersons = ["A"]\n', "rules_value"),
        ('[[together]]\nperson = ["A", "B"]\n', "rules_unknown_key"),
    ],
)
def test_mistakes_are_told(part: str, code: str) -> None:
    with pytest.raises(RulesFileError) as caught:
        parse_rules(HEAD + part, "x.toml")
    assert code in [one.code for one in caught.value.problems]
    assert all(one.line and one.line > HEAD.count("\n") for one in caught.value.problems)


@pytest.mark.parametrize("record", [("lock", "wished", "a", None, None), ("lock", "seated", "a", "t", "chair")])
def test_a_sheet_with_a_lock_of_no_kind_or_role_is_refused(record: tuple[str | None, ...]) -> None:
    """The reader tells it as an incomplete sheet."""
    with pytest.raises(ValueError, match="is not a valid"):
        _lock(record)
