"""The command ``room``: before solving, willing applicants beside the number needed; how far each goal can go."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from selection.cli_explain import conflict_lines
from selection.constraints import build_rows
from selection.errors import ConflictError
from selection.explain.everybody import never_seated
from selection.explain.needs import needs
from selection.explain.room import room
from selection.explain.sentences import need_sentence, never_sentence, room_sentence
from selection.intake import read_applications
from selection.locks import locks_of
from selection.outputs.json_proposal import write_json
from selection.pool import Pool
from selection.rules import Rules
from selection.solver import Infeasible
from selection.texts import text

SCHEMA = "selection.room/1"


def room_command(
    applications: Annotated[list[Path], typer.Argument(help=text("cli.applications"), show_default=False)],
    rules: Annotated[str, typer.Option(help=text("cli.rules"))] = "lahti-2021",
    json: Annotated[Path | None, typer.Option(help=text("cli.json"))] = None,
) -> None:
    """Say how far each requirement and goal can go with these applicants."""
    from selection.cli import err, load_rules, out, tell, writable
    from selection.conflict import conflicting

    writable(json)
    chosen_rules = load_rules(rules)
    intake = read_applications(applications, chosen_rules)
    pool = Pool.build(intake.applicants, chosen_rules, intake.asked)
    locks = locks_of(chosen_rules, intake.applicants).checked(pool)
    rows = build_rows(pool, chosen_rules, locks)
    needed = needs(rows)
    try:
        never = never_seated(rows)
        found = room(rows)
    except Infeasible:
        error = ConflictError(conflicting(rows))
        tell(error)
        for line in conflict_lines(pool, chosen_rules, locks):
            err.print(line, markup=False)
        raise typer.Exit(error.exit_status) from None
    names = {one.key: one.name for one in pool.applicants}
    shown = [one for one in found if one.id not in _each(chosen_rules)]
    if json:
        write_json(
            {
                "schema": SCHEMA,
                "rules": chosen_rules.name,
                "never_seated": [{"name": names[key], "key": key} for key in never],
                "needs": [asdict(one) | {"short": one.short} for one in needed],
                "room": [asdict(one) for one in found],
            },
            json,
        )
    short = [need for need in needed if need.short]
    lines = [room_sentence(one, chosen_rules) for one in shown]
    if short:
        lines += [text("explain.needs"), *(f"  {need_sentence(need, chosen_rules)}" for need in short)]
    if never:
        lines.append(never_sentence(never, names))
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)


def _each(rules: Rules) -> frozenset[str]:
    """Requirements on every value of a field, such as each organisation: too many to be read, so in the JSON only."""
    return frozenset(one.id for one in rules.requirements if one.each)
