"""docs/rules.md names every key of the rules file and every value; its examples are rules that parse."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from selection import Rules
from selection.model.rules_file import AREA_KEYS, RulesFileError, parse_rules
from selection.model.rules_new import parse_new_rules
from selection.model.vocabulary import OPEN_FIELDS, VOCABULARY
from selection.presets import preset_names, preset_text

PAGE = (Path(__file__).parents[1] / "docs" / "rules.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

#: What an example of a part of a rules file stands in, where it does not bring these itself.
FRAME: dict[str, str] = {
    "schema": 'schema = "selection.rules/1"\n',
    "name": 'name = "frame"\n',
    "tables": '[[tables]]\nid = "keskusta"\n',
    "members": "[members]\nleast = 1\naim = 10\n",
    "eligibility": "[eligibility]\nage_on = 2027-09-01\n",
}


FRAME_HEAD = "".join(FRAME.values())


def framed(example: str) -> str:
    """An example with what it lacks of a whole file: keys of the head before it, sections after it."""
    has = tomllib.loads(example)
    lacks = {key: part for key, part in FRAME.items() if key not in has and not (key == "tables" and "areas" in has)}
    head = "".join(part for part in lacks.values() if not part.startswith("["))
    return head + example + "".join(part for part in lacks.values() if part.startswith("["))


def section(title: str) -> str:
    """The text under the heading that holds ``title``, its subheadings' included."""
    found = re.search(
        rf"^(#+) [^\n]*{re.escape(title)}[^\n]*\n(?:(?!^#{{2,3}} ).*\n?)*", PAGE[PAGE.index("\n## ") :], re.MULTILINE
    )
    assert found is not None, f"docs/rules.md has no heading with {title}"
    return found[0]


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation names, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)


def choices(annotation: Any) -> Iterator[str]:
    """The words that a value may be."""
    if get_origin(annotation) is Literal:
        yield from (str(word) for word in get_args(annotation))
    elif isinstance(annotation, type) and issubclass(annotation, str) and hasattr(annotation, "__members__"):
        yield from (str(member) for member in annotation)  # type: ignore[attr-defined]
    for part in get_args(annotation):
        if not isinstance(part, str):
            yield from choices(part)


def keys_and_values(model: type[BaseModel]) -> Iterator[str]:
    """Every key of a model and of the models in it, and every word that one of its values may be."""
    for name, held in model.model_fields.items():
        yield held.alias or name
        yield from choices(held.annotation)
        for inner in models(held.annotation):
            yield from keys_and_values(inner)


def expected() -> list[tuple[str, str]]:
    """``(heading, word)`` of everything that the page must name."""
    found = [("The head", "areas")]
    for name, held in Rules.model_fields.items():
        inner = next(models(held.annotation), None)
        key = held.alias or name
        if inner is None:
            found += [("The head", word) for word in (key, *choices(held.annotation))]
        else:
            heading = f"`[[{key}]]`" if get_origin(held.annotation) is tuple else f"`[{key}]`"
            found += [(heading, word) for word in dict.fromkeys(keys_and_values(inner))]
    fields = [*OPEN_FIELDS, *(word for name, values in VOCABULARY.items() for word in (name, *values))]
    return found + [("Fields", word) for word in dict.fromkeys(fields)]


@pytest.mark.parametrize(("heading", "word"), expected())
def test_every_key_and_value_stands_in_its_section(heading: str, word: str) -> None:
    assert f"`{word}`" in section(heading)


def test_what_the_test_looks_for_is_the_whole_file() -> None:
    """The walk reaches keys within keys, and words within lists."""
    assert {("`[[goals]]`", "cover"), ("`[[locks]]`", "deputy"), ("`[law]`", "exact"), ("`[[tables]]`", "sv")} <= set(
        expected()
    )
    with pytest.raises(AssertionError, match="no heading"):
        section("`[[no_such_part]]`")


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_rules(example: str) -> None:
    parse_rules(framed(example), "docs/rules.md")


def test_every_part_of_the_file_has_an_example() -> None:
    shown = {key for example in EXAMPLES for key in tomllib.loads(example)}
    assert shown == {held.alias or name for name, held in Rules.model_fields.items()} | {"areas"}


def test_the_first_example_needs_no_frame() -> None:
    assert framed(EXAMPLES[0]) == EXAMPLES[0]
    assert parse_rules(EXAMPLES[0], "docs/rules.md").table_ids == ("keskusta",)


def test_every_key_named_in_a_table_is_known() -> None:
    """A key that the file does not have is not promised: the first column of each table of keys."""
    known = {word for _, word in expected()}
    rows = re.findall(r"^\| (`[^|]+) \|", PAGE, re.MULTILINE)
    assert rows
    assert {word for row in rows for word in re.findall(r"`([^`]+)`", row)} <= known


def test_what_the_page_says_cannot_be_is_refused() -> None:
    for wrong in (
        "[eligibility]\nage_on = 2027-09-01\nminimum_age = 66\nmaximum_age = 65\n",
        '[[requirements]]\nid = "x"\nfield = "gender"\nvalues = ["woman"]\neach = true\nat_least = 1\n',
        '[[requirements]]\nid = "x"\nfield = "gender"\nvalues = ["woman"]\n',
        '[pairs]\nage_bands = ["18–29", "25–40"]\n',
    ):
        with pytest.raises(RulesFileError):
            parse_rules(framed(wrong), "docs/rules.md")


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ('[[requirements]]\nid = "x"\nfield = "age"\neach = true\nat_most = 2\n', 4),
        ('[[goals]]\nid = "x"\nfield = ["age", "gender"]\npriority = 1\neach = { cover = true }\n', 5),
    ],
)
def test_a_rule_of_each_age_would_count_nobody(rule: str, line: int) -> None:
    with pytest.raises(RulesFileError) as refused:
        parse_new_rules(FRAME_HEAD + rule, "city.toml")
    told = [(problem.code, problem.line) for problem in refused.value.problems]
    assert told == [("rules_each_of_age", FRAME_HEAD.count("\n") + line)]
    assert parse_rules(FRAME_HEAD + rule, "kept.toml")  # rules kept earlier still open
    listed = rule.replace("each = true", 'each = true\nexpected = ["18–29", "30–44"]')
    if listed != rule:
        assert parse_new_rules(FRAME_HEAD + listed, "city.toml").requirements[0].expected == ("18–29", "30–44")


def test_areas_hold_what_the_page_says() -> None:
    assert all(
        f"`[[{key}]]`" in section("The head")
        or f"`{key}`" in section("The head")
        or f"`[{key}]`" in section("The head")
        for key in AREA_KEYS
    )
    assert all(re.search(r'^areas = "lahti-areas"', preset_text(name) or "", re.MULTILINE) for name in preset_names())


def test_the_form_of_the_file_is_a_contract() -> None:
    """Files of cities carry it: it is no name of a module, and stays where modules move."""
    assert Rules.model_fields["schema_"].default == "selection" + ".rules/1"
    assert all('schema = "selection' + '.rules/1"' in (preset_text(name) or "") for name in preset_names())
