"""The command ``draw``: a fair draw with everybody's chance; of the sortition field's files too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from selection.commands.options import JsonFile, RulesOption, Size
from selection.commands.round import conflict_told, read_round
from selection.commands.terminal import err, out, writable
from selection.intake import Intake, note_text
from selection.intake.telling_json import applications_json
from selection.locks import locks_of
from selection.outputs.json_draw import by_name, draw_json
from selection.outputs.json_proposal import write_json
from selection.pool import Pool
from selection.texts import label, text
from selection.titles import table_name

if TYPE_CHECKING:
    from selection.fair import Draw

#: Seconds for the distribution, unless said otherwise, and how near the smallest chance must come to its bound.
SECONDS = 60.0
TOLERANCE = 1e-5

#: A gap under this is shown as none: chances are printed in hundredths of a percent.
NONE = 1.5e-6


def draw_command(
    applications: Annotated[
        list[Path], typer.Argument(readable=False, help=text("cli.draw_applications"), show_default=False)
    ],
    rules: RulesOption = "lahti-2021",
    seed: Annotated[str | None, typer.Option(help=text("cli.draw_seed"))] = None,
    size: Size = None,
    json: JsonFile = None,
    time_limit: Annotated[float, typer.Option(min=0.1, help=text("cli.draw_time_limit"))] = SECONDS,
) -> None:
    """Draw a roster so that the smallest chance of a seat is as large as it can be."""
    from selection.fair import draw

    writable(json, inputs=(*applications, rules))
    chosen_rules, intake = read_round(applications, rules, size)
    pool = Pool.build(intake.applicants, chosen_rules, intake.asked)
    locks = locks_of(chosen_rules, intake.applicants)

    def progress(panels: int, gap: float) -> None:
        err.print(text("draw.progress", n=panels, gap=percent(max(gap, 0.0))), markup=False)

    with conflict_told(pool, chosen_rules, locks):
        done = draw(
            pool, chosen_rules, seed=seed, locks=locks, tolerance=TOLERANCE, seconds=time_limit, progress=progress
        )
    if json:
        write_json(draw_json(done, applications_json(intake)), json)
    print_draw(done, intake)


def print_draw(done: Draw, intake: Intake) -> None:
    """The smallest chance and what is proven of it, everybody's chance, and who was drawn; by name, never ranked."""
    from rich.markup import escape

    from selection.fair.draw import LOTS

    for said in dict.fromkeys(
        note_text(note, done.rows.rules) for note in intake.notes
    ):  # once of sheets that are alike
        out.print(said, markup=False)
    chances = Table(title=text("draw.chances"))
    for header in ("draw.row", "draw.name", "draw.chance"):
        chances.add_column(text(header))
    for one in by_name(done.pool.applicants):
        row = "" if one.origin is None else f"{one.origin.sheet}!{one.origin.row}".lstrip("!")
        chances.add_row(escape(row), escape(one.name), percent(float(done.chances[one.key])))
    out.print(chances)
    people = {one.key: one for one in done.pool.applicants}
    for table in done.pool.tables:
        seats = [seat for seat in done.seats if seat.table == table]
        grid = Table(title=text("draw.drawn", table=table_name(done.rows.rules, table), n=len(seats)))
        for header in ("draw.row", "draw.name", "draw.seat"):
            grid.add_column(text(header))
        for seat in seats:
            one = people[seat.key]
            grid.add_row(str(one.origin.row) if one.origin else "", escape(one.name), label("seat", seat.role.value))
        out.print(grid)
    for line in proof_lines(done):
        out.print(line, markup=False)
    out.print(text("draw.seed", seed=done.seed, lot=done.drawn[0], lots=LOTS), markup=False)
    out.print(text("draw.repeat_cut" if done.distribution.cut else "draw.repeat"), markup=False)


def proof_lines(done: Draw) -> list[str]:
    """What the draw came to and how far it is proven, in sentences."""
    found = done.distribution
    lines = [text("draw.smallest", chance=percent(float(done.smallest)), panels=len(found.panels))]
    lines.append(gap_line(found.bound - found.smallest))
    if found.short is None:
        lines.append(text("draw.others_open"))
    elif found.short <= NONE:
        lines.append(text("draw.others_proven"))
    else:
        lines.append(text("draw.others_gap", gap=percent(found.short)))
    if done.never:
        lines.append(text("draw.never", n=len(done.never)))
    if len(done.held) > 2:
        lines.append(text("draw.held"))
    return lines


def gap_line(gap: float) -> str:
    """How far the smallest chance may be from the largest possible."""
    return text("draw.proven") if gap <= NONE else text("draw.gap", gap=percent(gap))


def percent(share: float) -> str:
    """A share in percent with two decimals, a small one with more, in the language's form."""
    from babel.numbers import format_percent

    from selection.texts import language

    pattern = "0.00 %" if share >= 0.0001 or share == 0 else "0.00000 %"
    return format_percent(share, format=pattern, locale=language())
