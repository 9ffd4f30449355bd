"""The command ``tradeoffs``: what a goal's priority or range, or the order of the steps, costs elsewhere."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from selection.commands.applied import print_not_applied
from selection.commands.options import (
    Applications,
    Column,
    JsonFile,
    MappingFile,
    Persons,
    RulesOption,
    Seed,
    Size,
    TimeLimit,
    Waive,
)
from selection.commands.reading import Reading
from selection.commands.round import Round, conflict_told, proposed, read_round, show_progress
from selection.commands.terminal import load_rules, out, writable
from selection.errors import InputError
from selection.explain.not_applied import applied_json
from selection.explain.roster_words import goal_cost_sentence, tradeoff_gap_sentences
from selection.explain.rule_requests import wished_rules
from selection.explain.tradeoffs import TradeOff, trade_off
from selection.model.people import Role
from selection.model.rules import Rules
from selection.outputs.json_proposal import write_json
from selection.texts import text

SCHEMA = "selection.tradeoff/1"


def tradeoffs_command(
    applications: Applications,
    priority: Annotated[list[str] | None, typer.Option(help=text("cli.tradeoffs_priority"))] = None,
    range_: Annotated[list[str] | None, typer.Option("--range", help=text("cli.tradeoffs_range"))] = None,
    order: Annotated[str | None, typer.Option(help=text("cli.tradeoffs_order"))] = None,
    to: Annotated[str | None, typer.Option(help=text("cli.tradeoffs_to"))] = None,
    rules: RulesOption = "lahti-2021",
    size: Size = None,
    column: Column = None,
    mapping: MappingFile = None,
    persons_per_row: Persons = None,
    waive: Waive = None,
    seed: Seed = None,
    time_limit: TimeLimit = None,
    json: JsonFile = None,
) -> None:
    """Show what changed goals would cost, before they are taken."""

    writable(json, inputs=(*applications, rules, to))
    if not (priority or range_ or order or to):
        raise InputError("tradeoffs_nothing")
    chosen, intake = read_round(applications, rules, size, Reading(column, mapping, persons_per_row))
    changed = wished_rules(_same_tables(chosen, load_rules(to)) if to else chosen, priority or (), range_ or (), order)
    round = Round.of(chosen, intake, waive=waive)
    base = proposed(round, seed=seed)
    with conflict_told(round.pool, changed, round.locks):
        found = trade_off(base, changed, locks=round.locks, time_limit=time_limit, progress=show_progress)
    if json:
        write_json(tradeoff_json(found, chosen, changed) | applied_json(round.pool, changed), json)
    out.print(tradeoff_table(found))
    moved = [one for one in found.goals if one.before != one.after]
    for one in moved:
        out.print(goal_cost_sentence(one, chosen), markup=False, soft_wrap=True)
    if not moved and all(one.worse_by == 0 for one in found.steps):
        out.print(text("explain.tradeoff.nothing"), markup=False)
    for line in tradeoff_gap_sentences(found):
        out.print(line, markup=False, soft_wrap=True)
    print_not_applied(round.pool, changed)


def _same_tables(present: Rules, wanted: Rules) -> Rules:
    """The wanted rules, if they seat the same tables and roles.

    Raises
    ------
    InputError
        if they do not.
    """
    if present.table_ids != wanted.table_ids or present.has(Role.DEPUTY) != wanted.has(Role.DEPUTY):
        raise InputError("tradeoffs_other_tables")
    return wanted


def tradeoff_table(found: TradeOff) -> Table:
    """Each step now, with the change by the present rules, and with the change by its own."""
    grid = Table(title=text("explain.tradeoff.title"))
    for header in ("step", "before", "cost", "after"):
        grid.add_column(text(f"explain.tradeoff.{header}"))
    for one in found.steps:
        mark = "" if not one.worse_by else text(f"explain.difference.{'worse' if one.worse_by > 0 else 'better'}")
        grid.add_row(text(f"step.{one.name}"), str(one.before), f"{one.cost} {mark}".strip(), str(one.after))
    return grid


def tradeoff_json(found: TradeOff, before: Rules, after: Rules) -> dict[str, Any]:
    """Steps and goals, as numbers."""
    return {
        "schema": SCHEMA,
        "rules": before.name,
        "order": {"before": before.steps.order, "after": after.steps.order},
        "proven_optimal": found.proven,
        "steps": [asdict(one) | {"worse_by": one.worse_by} for one in found.steps],
        "goals": [asdict(one) for one in found.goals],
    }
