"""``selection check``: every requirement and goal of a proposal counted from scratch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from rich.table import Table

from selection.checking import Checked, check_in
from selection.commands.applied import pool_of, print_not_applied
from selection.commands.law import print_law, print_notes
from selection.commands.options import (
    Applications,
    Column,
    MappingFile,
    Persons,
    ProposalFile,
    RulesOfProposal,
    Size,
    Waive,
)
from selection.commands.reading import Reading
from selection.commands.round import read_round_of
from selection.commands.standing import print_state, state_of_json, state_of_workbook
from selection.commands.terminal import err, load_rules, out, plain, readable
from selection.commands.workbook import print_changes, read_as_recorded, sheet_cells
from selection.model.applied import waived
from selection.model.law import measure
from selection.model.locks import locks_of
from selection.model.roster import seat_changes
from selection.model.rows import Standing
from selection.model.rules import Rules
from selection.model.titles import rule_name, table_name
from selection.outputs.json_proposal import seats_of_json, waived_of_json
from selection.texts import label, text

if TYPE_CHECKING:
    from selection.outputs.checkable import Checkable


def check_command(
    proposal: ProposalFile,
    applications: Applications,
    rules: RulesOfProposal = None,
    size: Size = None,
    column: Column = None,
    mapping: MappingFile = None,
    persons_per_row: Persons = None,
    waive: Waive = None,
) -> None:
    """Recompute every rule from scratch."""
    reading = Reading(column, mapping, persons_per_row)
    readable(proposal)
    recorded: Checkable | None = None
    if proposal.suffix.lower() == ".json":
        chosen_rules, intake = read_round_of(proposal, applications, rules, size, reading)
        people, asked = intake.applicants, intake.asked
        seats, intact = seats_of_json(proposal, people, chosen_rules.table_ids), True
        locks, without = locks_of(chosen_rules, people), waived_of_json(proposal)
    else:
        from selection.outputs import readback
        from selection.outputs.amendments import amended

        sheets = sheet_cells(proposal)
        recorded = readback.checkable_in(sheets, file=proposal.name)
        chosen_rules = load_rules(rules) if rules else recorded.rules()
        intake = read_as_recorded(applications, recorded, chosen_rules, reading)
        people = amended(intake.applicants, recorded.amendments)
        asked = intake.asked if recorded.asked is None else frozenset(recorded.asked)
        seats = readback.roster_in(sheets, recorded, people, file=proposal.name)
        before = readback.recorded_seats(recorded) if recorded.steps else readback.exported_seats(recorded)
        names = {one.key: one.name for one in recorded.seats} | {one.key: one.name for one in people}
        print_changes(seat_changes(before, seats), chosen_rules, names)
        intact = recorded.intact
        locks = locks_of(chosen_rules, people) if rules else recorded.board_locks()
        without = recorded.waived
    pool = pool_of(chosen_rules, intake, people, asked, waive=waive, recorded=without)
    checked = check_in(pool, seats, chosen_rules, locks=locks)
    print_not_applied(pool, chosen_rules, seats)
    _print_checked(checked, chosen_rules, others=bool(waived(pool, chosen_rules)))
    if recorded is None:
        state = state_of_json(proposal, seats, checked.requirements, chosen_rules, intake, pool)
    else:
        state = state_of_workbook(recorded, seats, checked.requirements, chosen_rules, intake, pool)
    print_state(state, chosen_rules)
    bodies = measure(chosen_rules, seats, people, gender_read=asked is None or "gender" in asked)
    print_notes(chosen_rules)
    print_law(chosen_rules, bodies, each=True)
    if not intact:
        err.print(text("readback.not_intact", file=proposal.name), markup=False)
    raise typer.Exit(0 if checked.holds and intact else 1)


def _print_checked(checked: Checked, rules: Rules, *, others: bool) -> None:
    """How each requirement stands; ``others``: some were waived, so that what holds are the others."""
    grid = Table(title=text("cli.checked"))
    for name in ("cli.requirement", "cli.where", "cli.value", "cli.limits", "cli.holds"):
        grid.add_column(text(name))
    for one in checked.requirements:
        verdict = text("cli.yes") if one.holds else text("cli.no", n=one.deviation)
        grid.add_row(plain(rule_name(rules, one.id)), _where(one, rules), str(one.count), _limits(one), verdict)
    out.print(grid)
    off = sum(goal.deviation for goal in checked.goals)
    out.print(text("cli.goals_off", n=off), markup=False)
    holds = "cli.others_hold" if others else "cli.all_hold"
    out.print(text(holds if checked.holds else "cli.some_fail"), markup=False)


def _where(one: Standing, rules: Rules) -> str:
    table = table_name(rules, one.table) if one.table else ""
    role = label("seat", one.role) if one.role else ""
    return " · ".join(part for part in (table, role) if part)


def _limits(one: Standing) -> str:
    return f"{'' if one.at_least is None else one.at_least}–{'' if one.at_most is None else one.at_most}"
