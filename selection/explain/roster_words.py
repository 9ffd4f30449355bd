"""In words: what is proven of a roster, how far an alternative differs, what a trade-off costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selection.explain.alternatives import Alternative
from selection.explain.roster_steps import Move
from selection.explain.sentences import Names, move_sentence, where_text
from selection.explain.tradeoffs import GoalCost, TradeOff
from selection.model.roster import sort_name
from selection.model.rules import Rules
from selection.model.titles import rule_name, table_name
from selection.solving.steps import Step
from selection.texts import text


def gap_sentences(steps: Iterable[Step], *, proven: bool) -> list[str]:
    """What is proven of a roster, and how far each step may be from the best where the time was up."""
    open_steps = [step for step in steps if not step.proven]
    if proven:
        return [text("explain.proven")]
    if not open_steps:
        return [text("explain.lots_open")]
    lines = [text("explain.time_up")]
    for step in open_steps:
        gap = abs(step.bound - step.value)
        name = text(f"step.{step.name}")
        lines.append("  " + text("explain.gap", step=name, value=step.value, bound=step.bound, n=gap))
    return lines


def alternative_sentence(one: Alternative, number: int) -> str:
    """In how many people an alternative differs, and whether one could differ in more."""
    said = text("explain.alternative", number=number, n=one.differing)
    if one.most > one.unlike:
        said += " " + text("explain.alternative.more", most=one.most)
    return said


def goal_cost_sentence(one: GoalCost, rules: Rules) -> str:
    """Seats by which a goal at a table gets farther or nearer, measured by the present rules."""
    code = "explain.goal_cost.farther" if one.after > one.before else "explain.goal_cost.nearer"
    row = f"{rule_name(rules, one.id)} ({where_text(rules, one.table, None)})"
    return text(code, row=row, before=one.before, after=one.after)


def tradeoff_gap_sentences(found: TradeOff) -> list[str]:
    """What is proven of a trade-off."""
    steps = [Step(one.name, one.after, one.bound, 0.0) for one in found.steps]
    if found.proven or any(not step.proven for step in steps):
        return gap_sentences(steps, proven=found.proven)
    return [text("explain.time_up"), "  " + text("explain.tradeoff.open")]


def move_lines(rules: Rules, moves: Sequence[Move], names: Names) -> list[str]:
    """Who comes to each table, who goes from it, and who changes seats; by name."""

    def said(keys: Iterable[str]) -> str:
        return ", ".join(sorted((names[key] for key in keys), key=str.casefold))

    lines = []
    for table in rules.table_ids:
        title = table_name(rules, table)
        comes = [one.key for one in moves if one.before is None and one.after and one.after.table == table]
        goes = [one.key for one in moves if one.after is None and one.before and one.before.table == table]
        if comes:
            lines.append(text("explain.moves.come", table=title, n=len(comes), names=said(comes)))
        if goes:
            lines.append(text("explain.moves.go", table=title, n=len(goes), names=said(goes)))
    changing = [one for one in moves if one.before and one.after]
    return lines + [
        move_sentence(rules, one, names) for one in sorted(changing, key=lambda one: sort_name(names[one.key]))
    ]
