"""Ways out of a conflict: each one verified by solving, none more than is needed; needs counted."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import pytest

from selection.constraints import build_rows
from selection.explain.needs import needs
from selection.explain.rule_change import Change, changed_locks, changed_rules
from selection.explain.sentences import way_sentence
from selection.explain.ways_out import possible, ways_out
from selection.model.locks import Locks, Seated
from selection.model.people import Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.model.rules_file import preset
from selection.texts import in_language
from tests.explain.brute import ranked
from tests.strategies import random_applicants, tiny_pool, tiny_rules

WOMEN = {"id": "women", "field": "gender", "values": ["woman"], "body": "members", "at_least_share": "50 %"}
RESIDENTS = {"id": "residents", "field": "kind", "values": ["resident"], "body": "each", "at_least": 2}


@pytest.mark.parametrize("seed", range(8))
def test_each_way_holds_and_the_first_is_the_smallest(seed: int) -> None:
    rules = tiny_rules(requirements=[WOMEN, RESIDENTS], members={"least": 2, "aim": 2})
    pool = tiny_pool(6, seed, rules)
    assert not ranked(build_rows(pool, rules))
    ways = ways_out(pool, rules)
    assert ways
    prices = [way.seats + len(way.changes) for way in ways]
    assert prices == sorted(prices)
    assert len({tuple((one.id, one.table, one.role) for one in way.changes) for way in ways}) == len(ways)
    for way in ways:
        assert ranked(build_rows(pool, changed_rules(rules, way.changes)))
        for left in range(len(way.changes)):
            fewer = [one for number, one in enumerate(way.changes) if number != left]
            assert not ranked(build_rows(pool, changed_rules(rules, fewer)))


@pytest.mark.parametrize("seed", range(4))
def test_no_cheaper_way_exists(seed: int) -> None:
    """Counts alone: every smaller loosening of the same numbers is tried."""
    rules = tiny_rules(requirements=[RESIDENTS], members={"least": 1, "aim": 2}, deputies={"aim": 0})
    pool = tiny_pool(5, seed, rules)
    ways = ways_out(pool, rules)
    if not ways:
        assert ranked(build_rows(pool, rules))
        return
    price = ways[0].seats + len(ways[0].changes)
    for a, b, least in itertools.product(range(3), range(3), range(2)):
        cost = a + b + least + (a > 0) + (b > 0) + (least > 0)
        if cost < price:
            changes = [
                Change("residents", table, "member", "at_least", 2, 2 - less)
                for table, less in (("a", a), ("b", b))
                if less
            ] + ([Change("members", None, None, "least", 1, 0)] if least else [])
            assert not possible(build_rows(pool, changed_rules(rules, changes)))


def test_a_lock_in_the_way_is_a_way_out() -> None:
    rules = tiny_rules(members={"least": 0, "aim": 1}, deputies={"aim": 0}, requirements=[])
    people = [one for one in random_applicants(30, 3) if "a" in one.wishes and Role.MEMBER in one.roles][:2]
    pool = Pool.build(people, rules)
    locks = Locks(seated=tuple(Seated(one.key, "a", Role.MEMBER) for one in people))
    ways = ways_out(pool, rules, locks)
    told = {(one.id, one.number) for way in ways for one in way.changes}
    assert told == {("seated", "lock"), ("members", "aim")}
    for way in ways:
        again = build_rows(pool, changed_rules(rules, way.changes), changed_locks(locks, way.changes))
        assert possible(again)


def test_three_who_are_kept_apart_and_all_seated_may_sit_together() -> None:
    """Dropping the lock is one change, however many of the group sit at the table."""
    rules = tiny_rules(members={"least": 0, "aim": 3}, deputies={"aim": 0}, requirements=[])
    people = [one for one in random_applicants(40, 3) if one.wishes == ("a",) and Role.MEMBER in one.roles][:3]
    keys = tuple(one.key for one in people)
    locks = Locks(seated=tuple(Seated(key, "a", Role.MEMBER) for key in keys), kept_apart=(keys,))
    first, *_ = ways_out(Pool.build(people, rules), rules, locks)
    assert [(one.id, one.number, one.value) for one in first.changes] == [("kept_apart", "lock", "+".join(keys))]


def test_facts_are_no_way_out() -> None:
    """Who resigned is not let back in, and who was elected is not put out; the board's own locks may be dropped."""
    rules = tiny_rules(members={"least": 2, "aim": 2}, deputies={"aim": 0}, requirements=[])
    people = [one for one in random_applicants(60, 3) if one.wishes == ("a",) and Role.MEMBER in one.roles][:3]
    people += [one for one in random_applicants(60, 3) if one.wishes == ("b",) and Role.MEMBER in one.roles][:2]
    pool = Pool.build(people, rules)
    gone, out, stays = (one.key for one in people[:3])
    facts = Locks(seated=(Seated(stays, "a", Role.MEMBER),), kept_out=(gone,))
    ways = ways_out(pool, rules, Locks(kept_out=(out,)), facts=facts, count=20)
    dropped = {one.value for way in ways for one in way.changes if one.number == "lock"}
    assert dropped == {out}
    loose = ways_out(pool, rules, Locks(kept_out=(out,)).plus(facts), count=20)
    assert {one.value for way in loose for one in way.changes if one.number == "lock"} == {out, gone}
    # The board keeps out whom it lost, too: still nobody lets them back in.
    both = ways_out(pool, rules, Locks(kept_out=(out, gone)), facts=facts, count=20)
    assert both == ways


def test_no_conflict_has_no_way_out() -> None:
    rules = tiny_rules()
    assert ways_out(tiny_pool(6, 1, rules), rules) == ()


def test_a_share_at_one_table_is_written_out_for_it() -> None:
    rules = preset("lahti-2021")
    change = Change("men", "pohjoinen", "deputy", "at_least_share", Fraction(2, 5), Fraction(33, 100))
    changed = changed_rules(rules, [change])
    by_id = {one.id: one for one in changed.requirements}
    assert (
        by_id["men"].tables == ("eteläinen", "itäinen", "keskusta")[: len(by_id["men"].tables)] or by_id["men"].tables
    )
    assert "pohjoinen" not in by_id["men"].tables
    assert by_id["men-pohjoinen-deputies"].at_least_share == Fraction(33, 100)
    assert by_id["men-pohjoinen-members"].at_least_share == Fraction(2, 5)
    assert isinstance(changed, Rules)


def test_a_way_is_said_in_words() -> None:
    rules = preset("lahti-2021")
    from selection.explain.ways_out import WayOut

    way = WayOut(
        (
            Change("men", "pohjoinen", "deputy", "at_least_share", Fraction(2, 5), Fraction(33, 100)),
            Change("members", None, None, "least", 10, 8),
        )
    )
    with in_language("fi"):
        said = way_sentence(way, 1, rules, {})
    assert said == (
        "1) pohjoinen, varajäsen: miesten osuus, vähintään 40 % → 33 %; kaikki pöydät: jäsenten määrä, vähintään 10 → 8"
    )


def test_needs_count_willing_applicants() -> None:
    rules = tiny_rules(requirements=[RESIDENTS])
    pool = tiny_pool(9, 2, rules)
    found = {(one.id, one.table, one.role): one for one in needs(build_rows(pool, rules)) if one.priority is None}
    for table, name in enumerate(pool.tables):
        willing = {
            one.applicant
            for one in pool.candidates
            if (one.table, one.role) == (table, Role.MEMBER)
            and pool.applicants[one.applicant].value("kind") == "resident"
        }
        need = found["residents", name, "member"]
        assert (need.needed, need.willing, need.short) == (2, len(willing), max(0, 2 - len(willing)))
    goals = [one for one in needs(build_rows(pool, rules)) if one.priority is not None]
    assert {one.id for one in goals} == {"gender", "kind", "own"}


def test_the_command_tells_ways_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import Workbook

    from tests.explain.test_command import PEOPLE, RULES, run

    book = Workbook()
    book.active.append(["Nimi", "Sukupuoli", "Postinumero", "Haen (jäsen / varajäsen)"])
    for person in PEOPLE:
        book.active.append(person)
    book.save(tmp_path / "hakemukset.xlsx")
    (tmp_path / "rules.toml").write_text(RULES.replace("least = 0\naim = 2", "least = 1\naim = 2"), "utf-8")
    assert run(tmp_path, "--row", "2") == 3
    told = capsys.readouterr().err
    assert "jäsenten määrä (b, jäsen): tarvitaan 1, halukkaita 0" in told
    # A table of nobody would keep every share: that is no advice.
    assert "→ 0" not in told
