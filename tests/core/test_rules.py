"""Rules: the presets hold the model's numbers; mistakes are named with their line."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from selection.model.criteria import Range
from selection.model.rules_file import RulesFileError, parse_rules, preset
from selection.model.shares import share_limits
from selection.model.titles import table_name, table_title
from selection.presets import preset_names, preset_text
from selection.texts import in_language
from tests.strategies import tiny_rules


@pytest.mark.parametrize(
    ("name", "aim", "deputies", "reserves", "minimum", "year"),
    [("lahti-2021", 15, 15, 2, 18, 2021), ("lahti-2023", 15, 15, 0, 18, 2023), ("lahti-2025", 20, 0, 0, 13, 2025)],
)
def test_presets_hold_the_numbers(name: str, aim: int, deputies: int, reserves: int, minimum: int, year: int) -> None:
    rules = preset(name)
    assert (rules.members.least, rules.members.aim) == (10, aim)
    assert (rules.deputies.aim, rules.reserves.aim) == (deputies, reserves)
    assert (rules.eligibility.minimum_age, rules.eligibility.age_on.year) == (minimum, year)
    assert rules.table_ids == ("eteläinen", "itäinen", "pohjoinen", "keskusta")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fi", ["eteläinen", "itäinen", "pohjoinen", "keskusta"]),
        ("sv", ["södra", "östra", "norra", "centrum"]),
        ("en", ["southern", "eastern", "northern", "city centre"]),
    ],
)
def test_tables_have_a_name_in_each_language(language: str, names: list[str]) -> None:
    for name in preset_names():
        rules = preset(name)
        with in_language(language):
            assert [table_name(rules, one) for one in rules.table_ids] == names
            assert table_title(rules, "keskusta") == names[3].capitalize()
            assert table_title(rules, "muu") == "Muu"


def test_a_language_that_there_is_none_of_is_named_with_its_line() -> None:
    toml = (preset_text("lahti-areas") or "").replace("sv =", "se =", 1)
    with pytest.raises(RulesFileError) as caught:
        parse_rules(preset_text("lahti-2021") or "", "rules.toml", lambda _: toml)
    problem = caught.value.problems[0]
    assert (problem.code, problem.params["key"], problem.params["nearest"]) == ("rules_unknown_key", "se", "sv")


def test_shares_give_whole_seats() -> None:
    ages = preset("lahti-2021").goals[0].ranges
    assert ages["18–29"].seats(15, willing=True) == (2, 3)
    assert ages["13–17"].seats(15, willing=True) == (None, 2)
    served = preset("lahti-2021").goals[6].ranges["yes"]
    assert served.seats(15, willing=False) == (3, 6)


@pytest.mark.parametrize(
    ("said", "seats"),
    [
        ({"share": "50 %", "at_least": 8}, (8, 8)),
        ({"share": "50 %", "at_most": 7}, (7, 7)),
        ({"at_least": 1, "at_least_share": "20 %", "at_most": 9, "at_most_share": "40 %"}, (3, 6)),
        ({"cover": True, "at_most_share": "25 %"}, (1, 4)),
        ({"cover": True, "at_least_share": "20 %"}, (3, None)),
    ],
)
def test_of_several_limits_the_tighter_ones_hold(said: dict[str, Any], seats: tuple[int | None, int | None]) -> None:
    """Of fifteen seats, for a value that somebody willing has."""
    assert Range(**said).seats(15, willing=True) == seats


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('"16 %"', '"140 %"', "rules_share_out_of_range"),
        ("minimum_age", "minimun_age", "rules_unknown_key"),
        ('["woman"]', '["wommen"]', "rules_unknown_value"),
        ("least = 10", "least = 16", "rules_least_over_aim"),
        ("least = 10", "least = ", "rules_toml"),
        ('age_bands = ["13–17", "18–29"', 'age_bands = ["13–17", "17–29"', "rules_bands_overlap"),
        ('age_bands = ["13–17", "18–29"', 'age_bands = ["65+", "18–29"', "rules_bands_overlap"),
        ('age_bands = ["13–17"', 'age_bands = ["nuoret"', "rules_unknown_age_band"),
    ],
)
def test_a_mistake_is_named_with_its_line(before: str, after: str, code: str) -> None:
    toml = (preset_text("lahti-2021") or "").replace(before, after)
    line = next(n for n, text in enumerate(toml.splitlines(), start=1) if after in text)
    with pytest.raises(RulesFileError) as caught:
        parse_rules(toml, "rules.toml")
    assert caught.value.problems[0].code == code
    assert abs((caught.value.problems[0].line or 0) - line) <= 1


@pytest.mark.parametrize(("kind", "first", "second"), [("requirements", "women", "men"), ("goals", "age", "kind")])
def test_an_id_that_stands_twice_is_named_with_the_second_line(kind: str, first: str, second: str) -> None:
    toml = (preset_text("lahti-2021") or "").replace(f'id = "{second}"', f'id = "{first}"')
    lines = [n for n, text in enumerate(toml.splitlines(), start=1) if text == f'id = "{first}"']
    with pytest.raises(RulesFileError) as caught:
        parse_rules(toml, "rules.toml")
    problem = caught.value.problems[0]
    assert (problem.code, problem.line, len(lines)) == ("rules_id_twice", lines[1], 2)
    assert (problem.params["key"], problem.params["found"]) == (kind, first)


def test_a_postal_code_of_two_tables_is_named_with_the_second_line() -> None:
    areas = preset_text("lahti-areas") or ""
    code = preset("lahti-2021").tables[0].postal_codes[0]
    before, after = areas.rsplit("postal_codes = [", 1)
    toml = (preset_text("lahti-2021") or "").replace(
        'areas = "lahti-areas"', f'{before}postal_codes = ["{code}", {after}'
    )
    with pytest.raises(RulesFileError) as caught:
        parse_rules(toml, "rules.toml")
    problem = caught.value.problems[0]
    last = max(n for n, text in enumerate(toml.splitlines(), start=1) if text.startswith("postal_codes = ["))
    assert (problem.code, problem.params["found"], problem.line) == ("rules_code_twice", code, last)


@pytest.mark.parametrize("toml", ["x = " + "[" * 20_000, "x = 1" + "0" * 10_000, "x = " + "{a=" * 20_000])
def test_what_no_reader_of_toml_can_hold_is_a_mistake_too(toml: str) -> None:
    with pytest.raises(RulesFileError) as caught:
        parse_rules(toml, "rules.toml")
    assert [problem.code for problem in caught.value.problems] == ["rules_toml"]


def test_nearest_key_is_offered() -> None:
    with pytest.raises(RulesFileError) as caught:
        parse_rules((preset_text("lahti-2021") or "").replace("minimum_age", "minimun_age"), "rules.toml")
    assert caught.value.problems[0].params["nearest"] == "minimum_age"


def test_rounding_of_shares() -> None:
    forty = Fraction(2, 5)
    up = {size: share_limits((forty, None, "up"), size)[0] for size in (10, 11, 12, 13, 14, 15, 20)}
    near = {size: share_limits((forty, None, "nearest"), size)[0] for size in (10, 11, 12, 13, 14, 15, 20)}
    assert up == {10: 4, 11: 5, 12: 5, 13: 6, 14: 6, 15: 6, 20: 8}
    assert near == {10: 4, 11: 4, 12: 5, 13: 5, 14: 6, 15: 6, 20: 8}


def test_every_preset_reads() -> None:
    assert preset_names() == ("lahti-2021", "lahti-2023", "lahti-2025")


CODES = [{"id": "a", "postal_codes": ["10000"]}, {"id": "b", "postal_codes": ["10000"]}]
WOMEN = {"id": "women", "field": "gender", "values": ["woman"]}
GOAL = {"id": "gender", "field": "gender", "priority": 1}


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"tables": [{"id": "a"}, {"id": "a"}]}, "id_twice"),
        ({"goals": [{**GOAL, "each": {"cover": True}}] * 2}, "id_twice"),
        ({"tables": CODES}, "code_twice"),
        ({"requirements": [{**WOMEN, "at_least": 1, "tables": ["c"]}]}, "unknown_table"),
        ({"goals": [{**GOAL, "each": {"cover": True}, "tables": ["c"]}]}, "unknown_table"),
        ({"locks": [{"person": "N", "table": "c"}]}, "unknown_table"),
        ({"locks": [{"table": "a"}]}, "lock_names_nobody"),
        ({"requirements": [WOMEN]}, "requirement_empty"),
        ({"requirements": [{**WOMEN, "each": True, "at_most": 1}]}, "values_or_each"),
        ({"requirements": [{**WOMEN, "at_least": 3, "at_most": 2}]}, "least_over_most"),
        ({"requirements": [{**WOMEN, "at_least_share": "60 %", "at_most_share": "40 %"}]}, "least_over_most"),
        ({"goals": [GOAL]}, "goal_empty"),
        ({"goals": [{**GOAL, "ranges": {"woman": {}}}]}, "range_empty"),
        ({"goals": [{**GOAL, "field": ["age", "gender"], "ranges": {"woman": {"cover": True}}}]}, "value_parts"),
        ({"pairs": {"age_bands": ["young"]}}, "unknown_age_band"),
        ({"call": {"opens": "2021-04-25", "closes": "2021-03-29"}}, "ends_first"),
        ({"term": {"starts": "2023-06-01", "ends": "2021-09-01"}}, "ends_first"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(parts: dict[str, Any], kind: str) -> None:
    with pytest.raises(ValidationError) as caught:
        tiny_rules(**parts)
    assert [one["type"] for one in caught.value.errors()] == [kind]


def test_a_postal_code_of_two_tables_may_be_one_to_ask_about() -> None:
    assert tiny_rules(tables=CODES, ask_postal_codes=["10000"]).table_of_postal_code("10000") is None
