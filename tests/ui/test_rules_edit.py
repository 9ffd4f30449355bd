"""Rules edited on the page keep their comments, and are rules again."""

import pytest

from selection.model.rules_file import parse_rules
from selection.presets import preset_names, preset_text
from selection.rounds import rules_edit


@pytest.fixture(params=preset_names())
def toml(request):
    return preset_text(request.param)


def comments(toml):
    return [line for line in toml.splitlines() if line.lstrip().startswith("#")]


def test_a_number_of_a_section(toml):
    changed = rules_edit.set_value(toml, "members", "aim", 13)
    assert parse_rules(changed, "x").members.aim == 13
    assert comments(changed) == comments(toml)


def test_a_section_that_was_not_there():
    changed = rules_edit.set_value(preset_text("lahti-2021"), "steps", "order", "goals_first")
    assert parse_rules(changed, "x").steps.order == "goals_first"


def test_a_requirement(toml):
    changed = rules_edit.set_rule(toml, "requirements", "officials", {"at_most": 3, "body": "members"})
    rule = next(one for one in parse_rules(changed, "x").requirements if one.id == "officials")
    assert (rule.at_most, rule.body) == (3, "members")
    assert comments(changed) == comments(toml)


def test_a_range_of_a_goal(toml):
    changed = rules_edit.set_range(toml, "age", "18–29", {"at_least": 1, "at_most": 5})
    goal = next(one for one in parse_rules(changed, "x").goals if one.id == "age")
    assert goal.ranges["18–29"].seats(15, willing=True) == (1, 5)
    before = next(one for one in parse_rules(toml, "x").goals if one.id == "age")
    assert goal.ranges["30–44"] == before.ranges["30–44"]
    assert comments(changed) == comments(toml)


def test_a_value_taken_out_of_a_goal(toml):
    changed = rules_edit.set_range(toml, "age", "13–17", {})
    assert "13–17" not in next(one for one in parse_rules(changed, "x").goals if one.id == "age").ranges


def test_a_value_of_its_own_beside_each():
    changed = rules_edit.set_range(preset_text("lahti-2021"), "district", "15100", {"at_least": 2})
    goal = next(one for one in parse_rules(changed, "x").goals if one.id == "district")
    assert goal.ranges["15100"].at_least == 2 and goal.each is not None


@pytest.mark.parametrize(("kind", "rule"), [("requirements", "organisation"), ("goals", "kind")])
def test_a_rule_taken_out(toml, kind, rule):
    changed = parse_rules(rules_edit.remove_rule(toml, kind, rule), "x")
    kept = [one.id for one in parse_rules(toml, "x").rules if one.id != rule]
    assert [one.id for one in changed.rules] == kept


def test_a_rule_that_is_not_there(toml):
    with pytest.raises(KeyError):
        rules_edit.set_rule(toml, "goals", "nowhere", {"priority": 1})


def test_percent():
    from fractions import Fraction

    assert rules_edit.percent(Fraction(16, 100)) == "16 %"
    assert rules_edit.percent(Fraction(125, 1000)) == "12.5 %"


def test_postal_codes_of_the_tables(toml):
    rules = parse_rules(toml, "x")
    tables = tuple(one.model_copy(update={"postal_codes": one.postal_codes[1:]}) for one in rules.tables)
    moved = rules.tables[0].postal_codes[0]
    changed = rules_edit.set_areas(toml, tables, (moved,))
    after = parse_rules(changed, "x")
    assert after.ask_postal_codes == (moved,)
    assert after.tables == tables
    assert after.tables[0].titles.sv == "södra"
    assert after.population == rules.population
    assert comments(changed) == comments(toml)
    back = rules_edit.set_areas(changed, rules.tables, ())
    assert parse_rules(back, "x").model_dump() == rules.model_dump()
