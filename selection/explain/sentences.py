"""Sentences: the optimiser's answers in words a board member can repeat. No score of a person is ever in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from babel.numbers import format_percent

from selection.errors import Conflicting, Phrase
from selection.explain.needs import Need
from selection.explain.room import Room
from selection.explain.roster_steps import AtLeast, Move, Place, RowChange, StepChange
from selection.explain.rule_change import Change
from selection.explain.substitution import Choice, Substitute
from selection.explain.ways_out import WayOut
from selection.explain.why import Answer
from selection.model.counting import Group
from selection.model.limits import Count
from selection.model.rows import Standing
from selection.model.rules import Rules
from selection.model.source import Source
from selection.model.titles import rule_name, table_name, value_name
from selection.texts import label, language, text

#: Person key → name.
Names = Mapping[str, str]


def limits_text(at_least: int | None, at_most: int | None) -> str:
    """``at least 3``, ``at most 4``, ``3–4`` or ``exactly 3``, in the language in force."""
    return phrases_text(Count(at_least, at_most).words()) or text("explain.no_limit")


def phrases_text(phrases: Sequence[Phrase]) -> str:
    """What limits ask for, in words."""
    return "; ".join(
        text(one.code, **{name: number_text(value) for name, value in one.params.items()}) for one in phrases
    )


def where_text(rules: Rules, table: str | None, role: str | None) -> str:
    """A table and whom of it: ``pohjoinen, jäsen``."""
    parts = [table_name(rules, table) if table else "", label("seat", role).lower() if role else ""]
    return ", ".join(part for part in parts if part) or text("explain.everywhere")


def place_text(rules: Rules, place: Place) -> str:
    """A seat: its table and role."""
    return where_text(rules, place.table, place.role)


def row_text(rules: Rules, one: Standing, names: Names) -> str:
    """A requirement or goal by its name, value and place."""
    known = None if one.source is Source.LOCK else value_name(rules, one.id, one.value)
    shown = names.get(one.value or "") or known
    name = f"{rule_name(rules, one.id)}, {shown}" if shown else rule_name(rules, one.id)
    return f"{name} ({where_text(rules, one.table, None if shown else one.role)})"


def answer_sentences(answer: Answer, rules: Rules, names: Names, held: Place | None = None) -> list[str]:
    """The whole answer, the verdict first.

    Parameters
    ----------
    held
        The person's seat in the proposal; ``None`` for none.
    """
    name = names[answer.key]
    wanted = where_text(rules, answer.table, answer.role)
    lines = [_verdict(answer, name, wanted, place_text(rules, held) if held else wanted)]
    if answer.at_least is not None:
        lines.append(_certain(answer.at_least))
    if answer.verdict == "conflict":
        lines += [conflict_sentence(one, rules, names) for one in answer.conflict]
    lines += [_step(step) for step in answer.steps[1:]]
    lines += [goal_sentence(change, rules, names) for change in answer.goals]
    lines += [move_sentence(rules, move, names) for move in answer.moves if move.key != answer.key]
    return lines


def _verdict(answer: Answer, name: str, wanted: str, seat: str) -> str:
    kind = answer.supposed
    match answer.verdict:
        case "open" if not answer.steps:
            return text(f"explain.{kind}.unknown", name=name, where=wanted if kind == "seated" else seat)
        case "worse" | "better" | "open":
            step = answer.steps[0]
            # Unlikeness is no number of seats.
            told = "pairs" if step.name == "pairs" and answer.verdict == "worse" else answer.verdict
            said = text(
                f"explain.{kind}.{told}",
                name=name,
                where=wanted if kind == "seated" else seat,
                step=text(f"step.{step.name}"),
                before=step.before,
                after=step.after,
                n=abs(step.worse_by),
            )
            if answer.verdict == "open":
                said += f" {text(f'explain.open.{_left_open(answer)}')}"
            return said
        case verdict:
            return text(f"explain.{kind}.{verdict}", name=name, where=wanted if kind == "seated" else seat)


def _left_open(answer: Answer) -> str:
    """What the time did not suffice to find out: whether it gets worse, whether by less, or the rest."""
    step, proven = answer.steps[0], answer.at_least
    if proven is None:
        return "whether" if abs(step.worse_by) == 1 else "less"
    return "rest" if (proven.name, proven.worse_by) == (step.name, step.worse_by) else "less"


def _certain(one: AtLeast) -> str:
    """What is proven where the time was up."""
    if one.name == "pairs":
        return text("explain.surely_pairs", n=one.worse_by)
    code = "explain.surely" if one.decides else "explain.surely_unless"
    return text(code, step=text(f"step.{one.name}"), n=one.worse_by)


def _step(step: StepChange) -> str:
    code = "explain.step_worse" if step.worse_by > 0 else "explain.step_better"
    return text(code, step=text(f"step.{step.name}"), before=step.before, after=step.after)


def conflict_sentence(one: Conflicting, rules: Rules, names: Names) -> str:
    """One requirement of a conflict, with the people counted."""
    return text(
        "explain.conflict_row",
        rule=conflict_name(one, rules, names),
        where=where_text(rules, one.table, one.role),
        counts=conflict_counts(one),
    )


def conflict_name(one: Conflicting, rules: Rules, names: Names) -> str:
    """The requirement's name, with the value of it that cannot be, of a lock with those it is about."""
    people = ", ".join(names.get(key, key) for key in one.lock.split("+")) if one.lock else ""
    value = value_name(rules, one.id, one.value) if one.value is not None else ""
    return " · ".join(part for part in (rule_name(rules, one.id), value, people) if part)


def conflict_counts(one: Conflicting) -> str:
    """What a requirement of a conflict asks for, in people or as a share, and how many are willing."""
    asked = phrases_text(one.asks)
    willing = "" if one.willing is None else text("explain.willing", n=one.willing)
    return "; ".join(part for part in (asked, willing) if part)


def goal_sentence(change: RowChange, rules: Rules, names: Names) -> str:
    """A goal or requirement that gets nearer or farther."""
    before, after = change.before, change.after
    code = "explain.goal_farther" if after.deviation > before.deviation else "explain.goal_nearer"
    if after.priority is None:
        code = "explain.requirement_broken" if after.deviation else "explain.requirement_met"
    limits = limits_text(after.at_least, after.at_most)
    row = row_text(rules, after, names)
    return text(code, row=row, before=before.count, after=after.count, limits=limits)


def move_sentence(rules: Rules, move: Move, names: Names) -> str:
    """Who would come, go or change seats."""
    name = names[move.key]
    if move.before is None and move.after is not None:
        return text("explain.comes", name=name, where=place_text(rules, move.after))
    if move.after is None and move.before is not None:
        return text("explain.goes", name=name, where=place_text(rules, move.before))
    assert move.before and move.after
    return text("explain.changes", name=name, where=place_text(rules, move.before), to=place_text(rules, move.after))


def way_sentence(way: WayOut, number: int, rules: Rules, names: Names) -> str:
    """A way out of a conflict as numbers to change."""
    changes = "; ".join(change_text(change, rules, names) for change in way.changes)
    return text("explain.way", number=number, changes=changes)


def change_text(change: Change, rules: Rules, names: Names) -> str:
    """One number changed: ``pohjoinen, deputy: share of men, at least 40 % → 33 %``."""
    row = f"{where_text(rules, change.table, change.role)}: {rule_name(rules, change.id)}"
    if change.number == "lock":
        people = ", ".join(names.get(key, key) for key in (change.value or "").split("+"))
        return text("explain.change.lock", row=row, people=people)
    if change.number == "dropped":
        return text("explain.change.dropped", row=row)
    lower = change.number in ("at_least", "at_least_share", "least")
    code = "explain.change.at_least" if lower else "explain.change.at_most"
    return text(code, row=row, before=number_text(change.before), after=number_text(change.after))


def number_text(number: object) -> str:
    """A count, a share in per cent, or a group by its values."""
    if isinstance(number, Group):
        return number.words()
    if not isinstance(number, Fraction):
        return "–" if number is None else str(number)
    return format_percent(float(number), "0.###### %" if language() != "en" else "0.######%", locale=language())


def need_sentence(need: Need, rules: Rules) -> str:
    """A requirement or goal for which there are too few willing applicants."""
    value = value_name(rules, need.id, need.value)
    row = ", ".join(part for part in (rule_name(rules, need.id), value) if part)
    where = where_text(rules, need.table, need.role)
    return text("explain.need", row=row, where=where, needed=need.needed, willing=need.willing)


def substitute_sentence(one: Substitute | Choice, names: Names) -> str:
    """Who could take a seat, and what that changes."""
    effect = "; ".join(f"{text(f'step.{step.name}')} {step.before} → {step.after}" for step in one.steps)
    effect = effect or text("explain.no_step_changes")
    if not one.rises:
        return text("explain.instead.comes", name=names[one.key], effect=effect)
    if one.deputy is None:
        return text("explain.instead.rises_alone", name=names[one.key], effect=effect)
    return text("explain.instead.rises", name=names[one.key], deputy=names[one.deputy], effect=effect)


def room_sentence(one: Room, rules: Rules) -> str:
    """How far a requirement or goal can go."""
    value = value_name(rules, one.id, one.value)
    row = ", ".join(part for part in (rule_name(rules, one.id), value) if part)
    where = where_text(rules, one.table, one.role)
    alone = one.proven and one.least == one.most
    span = text("explain.room_only", count=one.most) if alone else f"{one.least}–{one.most}"
    if one.count is None:
        said = text("explain.room", row=row, where=where, range=span)
    else:
        said = text("explain.room_now", row=row, where=where, count=one.count, range=span)
    return said if one.proven else f"{said} {text('explain.room_open', least=one.least_bound, most=one.most_bound)}"


def never_sentence(keys: Sequence[str], names: Names) -> str:
    """The applicants who can never be seated under the rules."""
    return text("explain.never", n=len(keys), names=", ".join(names[key] for key in keys))
