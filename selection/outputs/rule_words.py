"""The rules of a round in words: what must hold, what should hold, how lots are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from selection.explain.not_applied import not_applied_sentence
from selection.model.applied import NotApplied
from selection.model.criteria import Criterion, Range, Requirement, Rule
from selection.model.people import Role
from selection.model.rules import Rules
from selection.model.titles import field_word, rule_name, table_title
from selection.outputs.people import group_words
from selection.outputs.rule_notes import notes_in_words
from selection.texts import format_date, text


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """One rule: its kind (setting, requirement or goal of a priority), its name, and a sentence of it."""

    kind: str
    name: str
    words: str


def rules_in_words(rules: Rules, without: Sequence[NotApplied] = ()) -> tuple[RuleInWords, ...]:
    """Every rule of a round; of one ``without`` which the roster was made it is said instead what was not applied."""
    told: dict[str, list[NotApplied]] = {}
    for one in without:
        told.setdefault(one.id, []).append(one)
    rows = (*_told(_requirements(rules), told, rules), *_told(_goals(rules), told, rules))
    return (*_settings(rules), *rows, *_notes(rules))


def _told(
    several: Iterator[tuple[str, RuleInWords]], without: Mapping[str, Sequence[NotApplied]], rules: Rules
) -> Iterator[RuleInWords]:
    for rule_id, words in several:
        sentences = [not_applied_sentence(one, rules) for one in without.get(rule_id, ())]
        if not sentences:
            yield words
        elif all(one.reason == "no_such_value" for one in without[rule_id]):
            yield replace(words, words="\n".join((words.words, *sentences)))
        else:
            yield RuleInWords(text("rules.kind.not_applied"), words.name, "\n".join(sentences))


def _settings(rules: Rules) -> Iterator[RuleInWords]:
    kind = text("rules.kind.setting")

    def setting(name: str, words: str) -> RuleInWords:
        return RuleInWords(kind, text(f"rules.name.{name}"), words)

    yield setting("tables", ", ".join(table_title(rules, one) for one in rules.table_ids))
    if rules.term.starts and rules.term.ends:
        dates = {"starts": format_date(rules.term.starts), "ends": format_date(rules.term.ends)}
        yield setting("term", text("rules.between", **dates))
    if rules.call.opens and rules.call.closes:
        dates = {"starts": format_date(rules.call.opens), "ends": format_date(rules.call.closes)}
        yield setting("call", text("rules.between", **dates))
    yield setting("members", _sizes(rules, _members))
    if rules.has(Role.DEPUTY):
        yield setting("deputies", _sizes(rules, _deputies))
    if rules.has(Role.RESERVE):
        yield setting("reserves", "; ".join((_sizes(rules, _reserves), *held_in_words(rules))))
    age = {"date": format_date(rules.eligibility.age_on)}
    said = [text("rules.age", **age)]
    if rules.eligibility.minimum_age is not None:
        age["least"] = str(rules.eligibility.minimum_age)
        said = [text(f"rules.age_{rules.eligibility.below_minimum}", **age)]
    if rules.eligibility.maximum_age is not None:
        said.append(text("rules.age_most", most=rules.eligibility.maximum_age))
    yield setting("age", "; ".join(said))
    if codes := _areas(rules):
        yield setting("areas", codes)
    if rules.has(Role.DEPUTY) and rules.deputies.personal:
        yield setting("pairs", _pairs(rules))
    yield setting("order", text(f"rules.order.{rules.steps.order}"))
    yield setting("lottery", text("rules.lottery", seed=rules.lottery.seed or "–"))


def _sizes(rules: Rules, said: Callable[[Rules, str], str]) -> str:
    """What is said of each table, once where it is the same of all."""
    of = {name: said(rules, name) for name in rules.table_ids}
    if len(set(of.values())) == 1:
        return of[rules.table_ids[0]]
    return "; ".join(f"{table_title(rules, name)}: {words}" for name, words in of.items())


def _members(rules: Rules, table: str) -> str:
    return text("rules.members", least=rules.least(table), aim=rules.aim(table, Role.MEMBER))


def _deputies(rules: Rules, table: str) -> str:
    if not rules.aim(table, Role.DEPUTY):
        return text("rules.deputies_none")
    aim = rules.aim(table, Role.DEPUTY)
    if rules.deputies.personal:
        return text("rules.deputies_personal", aim=aim)
    by = ", ".join(text(f"rules.order_by.{name}") for name in rules.deputies.order_by)
    return text("rules.deputies", aim=aim, by=by)


def _reserves(rules: Rules, table: str) -> str:
    return text("rules.reserves", aim=rules.aim(table, Role.RESERVE))


def _areas(rules: Rules) -> str:
    """The postal codes of each table; of those that may belong to several it is asked."""
    told = [
        f"{table_title(rules, table.id)}: {', '.join(table.postal_codes)}"
        for table in rules.tables
        if table.postal_codes
    ]
    if rules.ask_postal_codes:
        told.append(text("rules.areas_asked", codes=", ".join(rules.ask_postal_codes)))
    return "\n".join(told)


def _pairs(rules: Rules) -> str:
    """What one difference between a member and the personal deputy weighs."""
    weights = {name: getattr(rules.pairs, name) for name in ("kind", "organisation", "postal_code", "age")}
    weights |= rules.pairs.fields
    told = ", ".join(f"{field_word(name)} {weight}" for name, weight in weights.items() if weight)
    bands = ", ".join(rules.pairs.age_bands)
    said = text("rules.pairs", weights=told or "–")
    return "; ".join((said, text("rules.pairs_ages", bands=bands))) if bands and rules.pairs.age else said


def held_in_words(rules: Rules) -> Iterator[str]:
    """What the rules themselves say that reserves must hold."""
    for hold in rules.reserves.own:
        if hold.wanted:
            yield text("rules.reserves_least", n=hold.wanted, group=hold.words())
        if hold.at_most is not None:
            yield text("rules.reserves_most", n=hold.at_most, group=hold.words())


def _requirements(rules: Rules) -> Iterator[tuple[str, RuleInWords]]:
    for rule in rules.required:
        words = _numbers(rules, rule) if isinstance(rule, Requirement) else rule.words()
        yield (
            rule.id,
            RuleInWords(text("rules.kind.requirement"), rule_name(rules, rule.id), words + _tables(rules, rule)),
        )


def _numbers(rules: Rules, rule: Requirement) -> str:
    limits = _limits(rule.at_least, rule.at_most, rule.at_least_share, rule.at_most_share)
    if rule.at_least_share or rule.at_most_share:
        limits += text(f"rules.rounding.{rule.rounding}")
    body = text(f"rules.body.{rule.body}")
    if rule.scope == "round":
        body = text("rules.body_of_round", body=body)
    words = text("rules.requirement_each" if rule.each else "rules.requirement", limits=limits, body=body)
    if rule.expected:
        words += text("rules.expected", values=", ".join(group_words(rules, rule.id, one) for one in rule.expected))
    return words + _exempt(rules, rule)


def _exempt(rules: Rules, rule: Criterion) -> str:
    values = ", ".join(group_words(rules, rule.id, one) for one in rule.exempt)
    return text("rules.except", values=values) if values else ""


def _goals(rules: Rules) -> Iterator[tuple[str, RuleInWords]]:
    for goal in rules.goals:
        aims = rules.aims(Role.MEMBER)
        if goal.scope == "round":
            aims = (sum(rules.aim(name, Role.MEMBER) for name in rules.table_ids if goal.at(name)),)
        parts = [
            f"{group_words(rules, goal.id, value)}: {_range(wanted, aims)}" for value, wanted in goal.ranges.items()
        ]
        if goal.each is not None:
            parts.append(f"{text(f'rules.each.{goal.among}')}: {_range(goal.each, aims)}{_exempt(rules, goal)}")
        if goal.scope == "round":
            parts.append(text("rules.goal_of_round"))
        kind = text("rules.kind.goal", priority=goal.priority)
        yield goal.id, RuleInWords(kind, rule_name(rules, goal.id), "\n".join(parts) + _tables(rules, goal))


def _notes(rules: Rules) -> Iterator[RuleInWords]:
    """What the rules cannot reach, said where the rules are read."""
    for words in notes_in_words(rules):
        yield RuleInWords(text("rules.kind.note"), text("rules.name.note"), words)


def _tables(rules: Rules, rule: Rule) -> str:
    named = ", ".join(table_title(rules, one) for one in rule.tables)
    return text("rules.only_at", tables=named) if named else ""


def _range(wanted: Range, aims: Iterable[int]) -> str:
    parts = []
    if wanted.share is not None:
        parts.append(share_in_words(wanted.share))
    stated = _limits(wanted.at_least, wanted.at_most, wanted.at_least_share, wanted.at_most_share)
    if stated:
        parts.append(stated)
    if wanted.cover:
        parts.append(text("rules.cover"))
    if wanted.share is not None or wanted.at_least_share is not None or wanted.at_most_share is not None:
        for aim in sorted(set(aims)):
            seats = between(*wanted.seats(aim, willing=False))
            parts.append(text("rules.seats", seats=seats, aim=aim))
    return ", ".join(parts)


def between(least: int | None, most: int | None) -> str:
    """A range in seats: ``2–3``, ``3``, or in words where one side is open."""
    if least is not None and most is not None:
        return str(least) if least == most else f"{least}–{most}"
    return text("rules.least", of=least) if least is not None else text("rules.most", of=most)


def _limits(
    at_least: int | None, at_most: int | None, at_least_share: Fraction | None, at_most_share: Fraction | None
) -> str:
    parts = []
    least = at_least if at_least is not None else None if at_least_share is None else share_in_words(at_least_share)
    most = at_most if at_most is not None else None if at_most_share is None else share_in_words(at_most_share)
    if least is not None:
        parts.append(text("rules.least", of=least))
    if most is not None:
        parts.append(text("rules.most", of=most))
    return ", ".join(parts)


def share_in_words(share: Fraction) -> str:
    """A share as it is said: 40 %, 12,5 %."""
    from babel.numbers import format_decimal

    from selection.texts import language

    return f"{format_decimal(share.numerator * 100 / share.denominator, '0.##', locale=language())} %"
