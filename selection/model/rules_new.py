"""Rules about to be used or kept: contradictions are refused, and what cannot be reached is named, with lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from selection.model.people import Role
from selection.model.rules import Rules
from selection.model.rules_file import RulesFileError, RulesProblem, parse_rules
from selection.model.rules_lines import Lines
from selection.model.sizes import GoalNote, SizeNote, notes_of, shares_over
from selection.presets import preset_text


def parse_new_rules(toml: str, file: str, read_areas: Callable[[str], str | None] = preset_text) -> Rules:
    """Rules from TOML text: besides what :func:`~selection.model.rules_file.parse_rules` refuses, contradictory shares
    and rules of each age, which would count nobody.

    Rules that were kept earlier are opened by that function all the same.

    Raises
    ------
    RulesFileError
        that lists all mistakes found, each with its line.
    """
    rules = parse_rules(toml, file, read_areas)
    lines = Lines(toml)
    problems = list(_each_of_age(rules, lines))
    for one in shares_over(rules):
        place = max(number for number, rule in enumerate(rules.requirements) if rule.id in one.rules)
        line = lines.of(("requirements", place, "at_least_share"))
        said: dict[str, object] = {"rules": ", ".join(one.rules), "share": percent(one.share)}
        if one.most is None:
            problems.append(RulesProblem("rules_shares_over", line, said))
        else:
            problems.append(RulesProblem("rules_share_over_most", line, {**said, "most": percent(one.most)}))
    if problems:
        raise RulesFileError(file, tuple(problems))
    return rules


def _each_of_age(rules: Rules, lines: Lines) -> Iterator[RulesProblem]:
    """Rules of each age: ages have bands, none of which is a value that occurs, so such a rule counts nobody."""
    for number, rule in enumerate(rules.requirements):
        if rule.each and "age" in rule.fields and not rule.expected:
            yield RulesProblem("rules_each_of_age", lines.of(("requirements", number, "each")), {"id": rule.id})
    for number, goal in enumerate(rules.goals):
        if goal.each is not None and "age" in goal.fields:
            yield RulesProblem("rules_each_of_age", lines.of(("goals", number, "each")), {"id": goal.id})


def located_notes(toml: str, rules: Rules) -> list[tuple[int | None, SizeNote | GoalNote]]:
    """What the rules cannot reach, each with its line in the file."""
    lines = Lines(toml)
    places = {goal.id: number for number, goal in enumerate(rules.goals)}
    located: list[tuple[int | None, SizeNote | GoalNote]] = []
    for note in notes_of(rules):
        if isinstance(note, SizeNote):
            section = "members" if note.role is Role.MEMBER else "deputies"
            located.append((lines.of((section, "aim")), note))
        else:
            located.append((lines.of(("goals", places[note.goal], "id")), note))
    return located


def percent(share: Fraction) -> str:
    """A share as rules write it: ``12.5 %``."""
    return f"{float(100 * share):g} %"
