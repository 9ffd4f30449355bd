"""The command ``room``: before solving, willing applicants beside the number needed; how far each goal can go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Any

import typer

from selection.commands.applied import print_not_applied
from selection.commands.everybody import never_under
from selection.commands.options import (
    Applications,
    Column,
    JsonFile,
    MappingFile,
    Persons,
    RulesOption,
    Size,
    Waive,
)
from selection.commands.reading import Reading
from selection.commands.round import Round, conflict_told, read_round
from selection.commands.terminal import out, writable
from selection.constraints import build_rows
from selection.explain.needs import Need, needs
from selection.explain.not_applied import applied_json
from selection.explain.room import room
from selection.explain.sentences import need_sentence, never_sentence, room_sentence
from selection.model.rules import Rules
from selection.outputs.json_proposal import write_json
from selection.texts import text

SCHEMA = "selection.room/1"


def room_command(
    applications: Applications,
    rules: RulesOption = "lahti-2021",
    size: Size = None,
    column: Column = None,
    mapping: MappingFile = None,
    persons_per_row: Persons = None,
    waive: Waive = None,
    all_needs: Annotated[bool, typer.Option("--needs", help=text("cli.room_needs"))] = False,
    time_limit: Annotated[float | None, typer.Option(min=0.1, help=text("cli.room_time_limit"))] = None,
    json: JsonFile = None,
) -> None:
    """Say how far each requirement and goal can go with these applicants."""

    writable(json, inputs=(*applications, rules))
    chosen_rules, intake = read_round(applications, rules, size, Reading(column, mapping, persons_per_row))
    round = Round.of(chosen_rules, intake, waive=waive)
    rows = build_rows(round.pool, chosen_rules, round.locks.checked(round.pool, chosen_rules))
    needed = needs(rows)
    if all_needs:
        # Before solving: a conflict does not stop it.
        for need in needed:
            out.print(need_sentence(need, chosen_rules), markup=False, soft_wrap=True)
    never = never_under(round)
    with conflict_told(round.pool, chosen_rules, round.locks):
        found = room(rows, time_limit=time_limit)
    names = round.names
    shown = [one for one in found if one.id not in _each(chosen_rules)]
    if json:
        write_json(
            {
                "schema": SCHEMA,
                "rules": chosen_rules.name,
                "never_seated": [{"name": names[key], "key": key} for key in never],
                "needs": needs_json(needed),
                "room": [asdict(one) | {"proven": one.proven} for one in found],
                **applied_json(round.pool, chosen_rules),
            },
            json,
        )
    short = [need for need in needed if need.short]
    lines = [room_sentence(one, chosen_rules) for one in shown]
    if short and not all_needs:
        lines += [text("explain.needs"), *(f"  {need_sentence(need, chosen_rules)}" for need in short)]
    if never:
        lines.append(never_sentence(never, names))
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)
    print_not_applied(round.pool, chosen_rules)


def needs_json(needed: Iterable[Need]) -> list[dict[str, Any]]:
    """Willing applicants beside the number needed."""
    return [asdict(one) | {"short": one.short} for one in needed]


def _each(rules: Rules) -> frozenset[str]:
    """Requirements on every value of a field, such as each organisation: too many to be read, so in the JSON only."""
    return frozenset(one.id for one in rules.requirements if one.each)
