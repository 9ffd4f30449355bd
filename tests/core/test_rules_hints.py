"""Rules written by hand: what a newcomer tries is answered with what to write; the program's own ids are refused."""

from __future__ import annotations

import pytest

from selection.model.criteria import RESERVED_IDS
from selection.model.rules_file import RulesFileError, parse_rules
from selection.texts import LANGUAGES, in_language, problem_text
from tests.core.test_sizes import HEAD

RULE = '[[requirements]]\nid = "x"\nfield = "gender"\nvalues = ["woman"]\nat_least = 1\n'
GOAL = '[[goals]]\nid = "x"\nfield = "gender"\npriority = 1\neach = { cover = true }\n'


@pytest.mark.parametrize("id", RESERVED_IDS)
@pytest.mark.parametrize("rule", [RULE, GOAL])
def test_an_id_of_the_programs_own_rows_is_refused_with_its_line_and_the_list(id: str, rule: str) -> None:
    toml = HEAD + rule.replace('"x"', f'"{id}"')
    with pytest.raises(RulesFileError) as raised:
        parse_rules(toml, "koe.toml")
    (problem,) = raised.value.problems
    assert problem.code == "rules_id_reserved" and toml.splitlines()[(problem.line or 0) - 1] == f'id = "{id}"'
    assert all(one in problem_text(problem.code, problem.params) for one in RESERVED_IDS)


@pytest.mark.parametrize(
    ("toml", "code", "line", "said"),
    [
        (HEAD + RULE + "cover = true\n", "rules_hint_requirement_cover", "cover", "at_least = 1"),
        (HEAD + RULE + "share = 0.4\n", "rules_hint_requirement_share", "share", "at_least_share"),
        (HEAD + GOAL + 'body = "deputies"\n', "rules_hint_goal_body", "body", "[[requirements]]"),
        (HEAD + GOAL + "at_least = 2\n", "rules_hint_goal_bounds", "at_least", "{ at_least = 1 }"),
        (HEAD + "[deputies]\naim = 1\nordered = true\n", "rules_hint_deputies_ordered", "ordered", "order_by"),
        (HEAD.replace('id = "a"', 'id = "a"\naim = 3'), "rules_hint_table_size", "aim = 3", "{ least = 5, aim = 7 }"),
        (HEAD + RULE.replace('"x"', '"oma sääntö"'), "rules_id_letters", "id = \"oma", "oma-sääntö"),
        (HEAD + GOAL.replace('"gender"', '["gender", "age", "kind"]'), "rules_fields_many", "field", "3"),
        (HEAD.replace("age_on", "# age_on"), "rules_age_on_missing", "[eligibility]", "age_on = 2025-06-01"),
        (HEAD + RULE.replace("woman", "nainen"), "rules_value_in_words", "values", "woman"),
        (HEAD + RULE.replace("woman", "Kvinna"), "rules_value_in_words", "values", "woman"),
        (HEAD + RULE + 'tables = ["A"]\n', "rules_unknown_table", 'tables = ["A"]', "a"),
    ],
)  # fmt: skip
def test_what_a_newcomer_tries_is_answered_with_what_to_write(toml: str, code: str, line: str, said: str) -> None:
    with pytest.raises(RulesFileError) as raised:
        parse_rules(toml, "koe.toml")
    (problem,) = raised.value.problems
    assert problem.code == code
    assert line in toml.splitlines()[(problem.line or 0) - 1]
    for language in LANGUAGES:
        with in_language(language):
            assert said in problem_text(problem.code, problem.params)
