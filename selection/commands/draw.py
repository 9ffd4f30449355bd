"""The command ``draw``: a fair draw with everybody's chance; of the sortition field's files too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from selection.commands.applied import pool_of, print_not_applied
from selection.commands.options import (
    Column,
    Drawn,
    JsonFile,
    LeaveOutUnknown,
    MappingFile,
    Persons,
    RulesOption,
    Seal,
    SeveralPerHousehold,
    Size,
    Waive,
)
from selection.commands.protecting import tell_protected
from selection.commands.reading import Reading
from selection.commands.round import conflict_told, read_round
from selection.commands.sealed_run import sealed_run
from selection.commands.terminal import err, out, writable
from selection.errors import PairError
from selection.intake import Intake, note_text
from selection.intake.applications_json import applications_json
from selection.intake.pair_people import rows_text
from selection.intake.sortition import UNKNOWN, unknown_values, without_unknown
from selection.model.locks import locks_of
from selection.model.rules import Rules
from selection.model.titles import table_name
from selection.outputs.json_draw import by_name, draw_json
from selection.outputs.json_proposal import write_json
from selection.outputs.seal_words import sealed_words
from selection.solving.run import Run
from selection.texts import format_share, label, text

if TYPE_CHECKING:
    from selection.fair import Draw

#: How near the smallest chance is brought to its bound, and how near it must come for anything to be drawn.
TOLERANCE, MOST_GAP = 1e-5, 0.005

#: A gap under this is shown as none: chances are printed in hundredths of a percent.
NONE = 1.5e-6


def draw_command(
    applications: Annotated[
        list[Path], typer.Argument(readable=False, help=text("cli.draw_applications"), show_default=False)
    ],
    rules: RulesOption = "lahti-2021",
    seed: Annotated[str | None, typer.Option(help=text("cli.draw_seed"))] = None,
    size: Size = None,
    column: Column = None,
    mapping: MappingFile = None,
    persons_per_row: Persons = None,
    several_per_household: SeveralPerHousehold = False,
    waive: Waive = None,
    json: JsonFile = None,
    time_limit: Annotated[float | None, typer.Option(min=0.1, help=text("cli.draw_time_limit"))] = None,
    accept_gap: Annotated[bool, typer.Option("--accept-gap", help=text("cli.accept_gap"))] = False,
    leave_out_unknown: LeaveOutUnknown = False,
    seal: Seal = None,
    drawn: Drawn = None,
) -> None:
    """Draw a roster so that the smallest chance of a seat is as large as it can be."""
    from selection.fair import draw
    from selection.fair.budget import WORK
    from selection.fair.seed import public_seed

    writable(json, inputs=(*applications, rules))
    chosen_rules, intake = read_round(
        applications,
        rules,
        size,
        Reading(column, mapping, persons_per_row),
        one_per_household=not several_per_household,
    )
    refused = (("--seed", seed), ("--time-limit", time_limit), ("--accept-gap", accept_gap or None))
    of_seal = sealed_run(
        "draw",
        seal,
        drawn,
        intake,
        chosen_rules,
        waive=waive,
        refused=refused,
        unknown_left_out=leave_out_unknown,
    )
    if of_seal is not None:
        intake, seed = of_seal.draw.intake, of_seal.draw.seed
    seed = public_seed(chosen_rules, seed)
    intake = known(intake, chosen_rules, leave_out=leave_out_unknown)
    pool = pool_of(chosen_rules, intake, waive=waive)
    pool = pool if of_seal is None else of_seal.marked(pool)
    locks = locks_of(chosen_rules, intake.applicants) if of_seal is None else of_seal.locks

    def gathered(panels: int, gap: float) -> None:
        err.print(text("draw.progress", n=panels, gap=format_share(max(gap, 0.0))), markup=False)

    with conflict_told(pool, chosen_rules, locks):
        done = draw(
            pool,
            chosen_rules,
            seed=seed,
            locks=locks,
            tolerance=TOLERANCE,
            work=WORK if time_limit is None else None,
            most_gap=None if accept_gap else MOST_GAP,
            gathered=gathered,
            run=Run(time_limit=time_limit),
        )
    if of_seal is not None:
        of_seal.mark_drawn(proven=True)
    tell_protected(intake, (one.key for one in intake.applications), (json,))
    if json:
        told = draw_json(
            done,
            applications_json(intake, protect=True),
            time_limit=time_limit,
            gap_accepted=accept_gap,
            left_out_unknown=leave_out_unknown,
        )
        write_json(told, json)
    print_draw(done, intake)
    out.print(text("cli.sealed_or_not", sealed=sealed_words(pool)), markup=False)


def known(intake: Intake, rules: Rules, *, leave_out: bool) -> Intake:
    """The intake without those whose value is in no quota, if they may be left out.

    Raises
    ------
    PairError
        if there are any and they may not: who counts to no group would keep to no maximum.
    """
    unknown = unknown_values(intake, rules)
    if unknown and not leave_out:
        people = {finding.person for finding in intake.findings if finding.code == UNKNOWN}
        raise PairError("sortition_unknown", unknown, n=len(people))
    return without_unknown(intake)


def print_draw(done: Draw, intake: Intake) -> None:
    """The smallest chance and what is proven of it, everybody's chance, and who was drawn; by name, never ranked."""
    from rich.markup import escape

    from selection.fair.lots import LOTS

    for said in dict.fromkeys(
        note_text(note, done.rows.rules) for note in intake.notes
    ):  # once of sheets that are alike
        out.print(said, markup=False)
    chances = Table(title=text("draw.chances"))
    for header in ("draw.row", "draw.name", "draw.chance"):
        chances.add_column(text(header))
    for one in by_name(done.pool.applicants):
        row = "" if one.origin is None else f"{one.origin.sheet}!{one.origin.place}".lstrip("!")
        chances.add_row(escape(row), escape(one.name), format_share(float(done.chances[one.key])))
    out.print(chances)
    people = {one.key: one for one in done.pool.applicants}
    for table in done.pool.tables:
        seats = [seat for seat in done.seats if seat.table == table]
        grid = Table(title=text("draw.drawn", table=table_name(done.rows.rules, table), n=len(seats)))
        for header in ("draw.row", "draw.name", "draw.seat"):
            grid.add_column(text(header))
        for seat in seats:
            one = people[seat.person]
            grid.add_row(str(one.origin.place) if one.origin else "", escape(one.name), label("seat", seat.role.value))
        out.print(grid)
    if aside := [one.origin.row for one in intake.set_aside if one.code == "unknown_value"]:
        out.print(text("draw.left_out_unknown", n=len(aside), rows=rows_text(aside)), markup=False)
    print_not_applied(done.pool, done.rows.rules, done.seats)
    for line in proof_lines(done):
        out.print(line, markup=False)
    out.print(text("draw.seed", seed=done.seed, lot=done.drawn[0], lots=LOTS), markup=False)
    out.print(text("draw.repeat" if done.distribution.repeatable else "draw.repeat_cut"), markup=False)


def proof_lines(done: Draw) -> list[str]:
    """What the draw came to and how far it is proven, in sentences."""
    found = done.distribution
    lines = [text("draw.smallest", chance=format_share(float(done.smallest)), panels=len(found.panels))]
    lines.append(gap_line(found.gap))
    if found.short is None:
        lines.append(text("draw.others_open" if found.cut else "draw.others_unproven"))
    elif found.short <= NONE:
        lines.append(text("draw.others_proven"))
    else:
        lines.append(text("draw.others_gap", gap=format_share(found.short)))
    for code, keys in (
        ("draw.without_seat", done.without_seat),
        ("draw.never", done.by_requirements),
        ("draw.never_by_goals", done.by_goals),
    ):
        if keys:
            lines.append(text(code, n=len(keys)))
    if len(done.held) > 2:
        lines.append(text("draw.held"))
    return lines


def gap_line(gap: float) -> str:
    """How far the smallest chance may be from the largest possible."""
    return text("draw.proven") if gap <= NONE else text("draw.gap", gap=format_share(gap))
