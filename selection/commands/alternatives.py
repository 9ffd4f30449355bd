"""The command ``alternatives``: rosters as good as the proposal that differ in the most people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from selection.commands.answers_json import moves_json, step_json
from selection.commands.applied import print_not_applied
from selection.commands.difference import roster_json, steps_json, steps_table
from selection.commands.options import (
    Applications,
    Column,
    JsonFile,
    MappingFile,
    Persons,
    Seed,
    Size,
    TimeLimit,
    Waive,
)
from selection.commands.protecting import tell_protected
from selection.commands.reading import Reading
from selection.commands.round import Round, as_proposal, conflict_told, proposed, read_kept, read_round
from selection.commands.terminal import out, writable
from selection.errors import InputError
from selection.explain.alternatives import Alternative, alternatives
from selection.explain.not_applied import applied_json
from selection.explain.roster_steps import step_values
from selection.explain.roster_words import alternative_sentence, move_lines
from selection.outputs.json_proposal import write_json
from selection.proposal import Proposal
from selection.solving.steps import Step
from selection.texts import text

SCHEMA = "selection.alternatives/1"


def alternatives_command(
    applications: Applications,
    proposal: Annotated[Path | None, typer.Option(help=text("cli.alternatives_proposal"))] = None,
    count: Annotated[int, typer.Option(min=1, max=9, help=text("cli.alternatives_count"))] = 2,
    rules: Annotated[str | None, typer.Option(help=text("cli.rules"), show_default="lahti-2021")] = None,
    size: Size = None,
    column: Column = None,
    mapping: MappingFile = None,
    persons_per_row: Persons = None,
    waive: Waive = None,
    seed: Seed = None,
    time_limit: TimeLimit = None,
    take: Annotated[int | None, typer.Option(min=1, help=text("cli.alternatives_take"))] = None,
    xlsx: Annotated[Path | None, typer.Option(help=text("cli.alternatives_xlsx"))] = None,
    json: JsonFile = None,
) -> None:
    """Find rosters as good in every step up to the goals that differ from the proposal in the most people."""
    reading = Reading(column, mapping, persons_per_row)
    from selection.commands.workbook import Wanted, output_files, write_outputs

    writable(json, xlsx, inputs=(*applications, rules))
    if (take is None) != (xlsx is None):
        raise InputError("alternatives_take")
    if proposal is None:
        round = Round.of(*read_round(applications, rules, size, reading), waive=waive)
        base = proposed(round, seed=seed)
    else:
        kept = read_kept(proposal, applications, rules, size=size, reading=reading, waive=waive)
        round, base = kept.round, as_proposal(kept)
    with conflict_told(round.pool, round.rules, round.locks):
        found = alternatives(base, count=count, time_limit=time_limit)
    tell_protected(round.intake, round.pool.places, (json, xlsx if take is not None else None))
    if json:
        write_json(_json(round, base, found), json)
    if not found:
        out.print(text("explain.alternative.none"), markup=False)
    for number, one in enumerate(found, start=1):
        out.print(alternative_sentence(one, number), markup=False, soft_wrap=True)
        for line in move_lines(round.rules, one.moves, round.names):
            out.print("  " + line, markup=False, soft_wrap=True)
        if one.steps:
            out.print(steps_table(one.steps))
    print_not_applied(round.pool, round.rules)
    if take is not None and xlsx is not None:
        if take > len(found):
            raise InputError("alternatives_no_such", number=take, n=len(found))
        write_outputs(output_files(_taken(base, found[take - 1]), round.intake, Wanted(xlsx=xlsx)))


def _taken(base: Proposal, one: Alternative) -> Proposal:
    """The alternative as a proposal: its steps up to the goals as proven as the base's."""
    bounds = {step.name: step.bound for step in base.steps}
    values = step_values(base.rows, one.roster)
    steps = tuple(Step(name, value, min(bounds.get(name, value), value), 0.0) for name, value in values.items())
    steps = tuple(step if step.name in bounds else replace(step, bound=step.value) for step in steps)
    return replace(base, seats=one.seats, steps=steps, proven=False)


def _json(round: Round, base: Proposal, found: tuple[Alternative, ...]) -> dict[str, Any]:
    people = {one.key: one for one in round.pool.applicants}
    tables = round.pool.tables
    return {
        "schema": SCHEMA,
        "rules": round.rules.name,
        "seed": base.seed,
        "steps": steps_json(base.steps),
        "proposal": roster_json(base.seats, tables, people),
        "alternatives": [
            {
                "differing": one.differing,
                "unlike": one.unlike,
                "most": one.most,
                "proven": one.most == one.unlike,
                "steps_changed": [step_json(step) for step in one.steps],
                "moves": moves_json(one.moves, round.names),
                "tables": roster_json(one.seats, tables, people),
            }
            for one in found
        ],
        **applied_json(round.pool, round.rules),
    }
