"""``selection seal``: pool, rules, program and locks fixed before the number of the draw is known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from selection.commands.applied import pool_of
from selection.commands.options import (
    Applications,
    Column,
    LeaveOutUnknown,
    MappingFile,
    Persons,
    RulesOption,
    SeveralPerHousehold,
    Size,
    Waive,
)
from selection.commands.reading import Reading
from selection.commands.round import conflict_told, read_round
from selection.commands.sealed_run import write_private
from selection.commands.terminal import DEFAULT_RULES, out, writable
from selection.errors import InputError
from selection.intake.sortition import without_unknown
from selection.model.locks import locks_of
from selection.outputs.archive import write_whole
from selection.rounds.seal_file import read_seal
from selection.rounds.sealed_round import sealed
from selection.texts import text

#: How long a roster is looked for before sealing.
FEASIBLE_SECONDS = 30.0


def seal_command(
    applications: Applications,
    out_file: Annotated[Path, typer.Option("--out", help=text("cli.seal_out"))],
    public: Annotated[Path, typer.Option("--public", help=text("cli.seal_public"))],
    source: Annotated[list[str], typer.Option("--source", help=text("cli.source"))],
    rules: RulesOption = DEFAULT_RULES,
    size: Size = None,
    column: Column = None,
    mapping: MappingFile = None,
    persons_per_row: Persons = None,
    several_per_household: SeveralPerHousehold = False,
    leave_out_unknown: LeaveOutUnknown = False,
    waive: Waive = None,
    previous: Annotated[Path | None, typer.Option("--previous", readable=False, help=text("cli.previous"))] = None,
) -> None:
    """Seal the round: what the lot may hang on is fixed before the number is known."""
    from selection.proposal import propose

    writable(out_file, public, inputs=(*applications, rules, previous))
    if out_file.exists():
        raise InputError("seal_exists", file=out_file.name)
    before = None if previous is None else read_seal(previous)
    chosen, intake = read_round(
        applications,
        rules,
        size,
        Reading(column, mapping, persons_per_row),
        one_per_household=not several_per_household,
    )
    made = sealed(intake, chosen, source, waive or (), before, unknown_left_out=leave_out_unknown)
    drawn_from = without_unknown(intake) if leave_out_unknown else intake
    pool = pool_of(chosen, drawn_from, waive=waive)
    locks = locks_of(chosen, drawn_from.applicants)
    with conflict_told(pool, chosen, locks):  # that there is a roster; which one is not looked at
        propose(pool, chosen, seed="–", locks=locks, time_limit=FEASIBLE_SECONDS)
    write_private(out_file, made.to_bytes())
    write_whole(public, made.list_bytes())
    out.print(text("cli.sealed", n=len(made.applications), root=made.root), markup=False)
