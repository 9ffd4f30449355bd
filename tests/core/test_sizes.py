"""Sizes that the least shares leave possible, by brute force; goals and shares that cannot be met."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from selection.model.people import Role
from selection.model.rules_file import RulesFileError, parse_rules, preset
from selection.model.rules_new import located_notes, parse_new_rules
from selection.model.shares import share_limits
from selection.model.sizes import goal_notes, shares_over, size_notes
from selection.outputs.rule_notes import notes_in_words
from selection.outputs.rule_words import rules_in_words
from selection.presets import preset_names
from tests.strategies import tiny_rules

HEAD = """schema = "selection.rules/1"
name = "koe"
[[tables]]
id = "a"
[members]
least = 1
aim = 5
[eligibility]
age_on = 2025-01-01
"""


def floor(id: str, value: str, **parts: Any) -> dict[str, Any]:
    return {"id": id, "field": "gender", "values": [value], **parts}


def fits(size: int, rules: list[dict[str, Any]]) -> bool:
    """Whether some numbers of women, men and others of a body keep every rule."""
    for women, men in product(range(size + 1), repeat=2):
        counts = {"woman": women, "man": men}
        if women + men <= size and all(_kept(one, counts[one["values"][0]], size) for one in rules):
            return True
    return False


def _kept(rule: dict[str, Any], count: int, size: int) -> bool:
    shares = [
        None if rule.get(name) is None else Fraction(rule[name][:-2]) / 100
        for name in ("at_least_share", "at_most_share")
    ]
    least, most = share_limits((shares[0], shares[1], rule.get("rounding", "up")), size)
    least, most = max(least or 0, rule.get("at_least", 0)), size if most is None else most
    return least <= count <= most


@pytest.mark.parametrize("rounding", ["up", "nearest"])
@pytest.mark.parametrize(
    "bounds",
    [
        ({"at_least_share": "40 %"}, {"at_least_share": "40 %"}),
        ({"at_least_share": "50 %"}, {"at_least_share": "50 %"}),
        ({"at_least_share": "60 %"}, {"at_least_share": "60 %"}),
        ({"at_least_share": "50 %"}, {"at_least": 2}),
        ({"at_least_share": "40 %", "at_most_share": "50 %"}, {"at_least_share": "33 %"}),
        ({"at_least_share": "60 %"}, {"at_most_share": "50 %"}),
    ],
)
@pytest.mark.parametrize("aim", [1, 2, 3, 4, 7])
def test_the_sizes_are_those_that_some_body_has(rounding: str, bounds: Any, aim: int) -> None:
    rules = [
        floor(f"r{n}", value, rounding=rounding, **bound)
        for n, (value, bound) in enumerate(zip(("woman", "man"), bounds, strict=True))
    ]
    made = tiny_rules(requirements=rules, members={"least": 0, "aim": aim}, deputies={"aim": 0}, goals=[])
    possible = tuple(size for size in range(1, aim + 1) if fits(size, rules))
    notes = size_notes(made)
    assert [one.table for one in notes] == ([] if aim in possible else ["a", "b"])
    assert all(one.sizes == possible and one.aim == aim for one in notes)


def test_three_deputies_of_forty_per_cent_rounded_up_are_two() -> None:
    rules = tiny_rules(
        requirements=[floor("women", "woman", at_least_share="40 %"), floor("men", "man", at_least_share="40 %")],
        members={"least": 7, "aim": 7},
        deputies={"aim": 3, "personal": False},
        goals=[],
    )
    assert [(one.role, one.aim, one.sizes, one.rules) for one in size_notes(rules)] == [
        (Role.DEPUTY, 3, (2,), ("women", "men"))
    ] * 2
    said = notes_in_words(rules)
    assert "koko 3 ei ole mahdollinen" in said[0] and "suurin mahdollinen on 2" in said[0]
    assert [one.words for one in rules_in_words(rules)][-2:] == list(said)


def test_presets_have_nothing_that_cannot_be() -> None:
    for name in preset_names():
        if not name.endswith("areas"):
            rules = preset(name)
            assert (size_notes(rules), goal_notes(rules), shares_over(rules)) == ((), (), ())


def test_people_who_may_count_to_both_are_not_added_up() -> None:
    rules = tiny_rules(
        requirements=[
            floor("women", "woman", at_least_share="60 %"),
            {"id": "residents", "field": "kind", "values": ["resident"], "at_least_share": "60 %"},
            {"id": "both", "field": "gender", "values": ["woman", "other"], "at_least_share": "60 %"},
            {"id": "old", "field": "age", "values": ["50+"], "at_least_share": "60 %"},
            {"id": "older", "field": "age", "values": ["60–70"], "at_least_share": "60 %"},
        ],
    )
    assert shares_over(rules) == () and size_notes(rules) == ()


def test_bands_of_age_and_crossed_fields_that_share_nobody_are_added_up() -> None:
    rules = tiny_rules(
        requirements=[
            {"id": "young", "field": "age", "values": ["18–29"], "at_least_share": "60 %"},
            {"id": "old", "field": ["age", "gender"], "values": ["65+ × woman"], "at_least_share": "50 %"},
        ],
    )
    (one,) = shares_over(rules)
    assert one.rules == ("young", "old") and one.share == Fraction(11, 10)


TWO_FLOORS = """[[requirements]]
id = "women"
field = "gender"
values = ["woman"]
at_least_share = "60 %"
[[requirements]]
id = "men"
field = "gender"
values = ["man"]
at_least_share = "60 %"
"""


def test_shares_over_a_hundred_are_refused_with_the_line_where_rules_are_made() -> None:
    """What was kept earlier opens all the same."""
    assert parse_rules(HEAD + TWO_FLOORS, "koe.toml").requirements
    with pytest.raises(RulesFileError) as raised:
        parse_new_rules(HEAD + TWO_FLOORS, "koe.toml")
    (problem,) = raised.value.problems
    assert (problem.code, problem.line) == (
        "rules_shares_over",
        (HEAD + TWO_FLOORS).splitlines().index('id = "men"') + 4,
    )
    assert problem.params["share"] == "120 %" and problem.params["rules"] == "women, men"


def test_a_least_share_over_the_greatest_of_the_same_people_is_refused() -> None:
    toml = HEAD + TWO_FLOORS.replace('values = ["man"]\nat_least_share', 'values = ["woman"]\nat_most_share').replace(
        '"60 %"\n[[', '"70 %"\n[['
    )
    with pytest.raises(RulesFileError) as raised:
        parse_new_rules(toml, "koe.toml")
    assert [one.code for one in raised.value.problems] == ["rules_share_over_most"]


def test_a_goal_that_asks_for_more_than_there_is_is_named_with_its_line() -> None:
    toml = (
        HEAD
        + '[[goals]]\nid = "ika"\nfield = "age"\npriority = 1\n[goals.ranges]\n"18–29" = { share = "60 %" }\n"30+" = { share = "60 %" }\n'
    )
    rules = parse_new_rules(toml, "koe.toml")
    ((line, note),) = located_notes(toml, rules)
    assert toml.splitlines()[(line or 0) - 1] == 'id = "ika"'
    assert note == goal_notes(rules)[0] and goal_notes(rules)[0].share == Fraction(6, 5)
    assert "120 %" in notes_in_words(rules)[0]


def test_least_numbers_of_a_goal_over_the_size_are_named_and_overlapping_ones_are_not_added() -> None:
    ranges = {"woman": {"at_least": 2}, "man": {"at_least": 1}}
    goal = {"id": "g", "field": "gender", "priority": 1, "ranges": ranges}
    assert [(one.seats, one.aim) for one in goal_notes(tiny_rules(goals=[goal]))] == [(3, 2)]
    bands = {"18–64": {"at_least": 2}, "60+": {"at_least": 2}}
    assert goal_notes(tiny_rules(goals=[{"id": "g", "field": "age", "priority": 1, "ranges": bands}])) == ()
