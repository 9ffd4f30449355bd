"""The commands: propose, inspect, check, explain, app."""

from __future__ import annotations

import sys
from concurrent.futures import Executor
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from selection.checking import Checked, check
from selection.commands.alternatives import alternatives_command
from selection.commands.app import app_command
from selection.commands.change import change_command
from selection.commands.draw import draw_command
from selection.commands.explain import explain_command
from selection.commands.records import backup_command, log_app, restore_command
from selection.commands.room import room_command
from selection.commands.round import conflict_lines, read_round
from selection.commands.tradeoffs import tradeoffs_command
from selection.commands.users import users_app
from selection.commands.verify import verify_command
from selection.commands.workbook import (
    Wanted,
    output_files,
    print_changes,
    read_as_recorded,
    sheet_cells,
    write_outputs,
)
from selection.errors import ConflictError, EditedRosterError, FileError, SelectionError
from selection.intake import Intake, field_name, finding_text, note_text, set_aside_text
from selection.intake.telling_json import applications_json
from selection.locks import locks_of
from selection.outputs.json_proposal import proposal_json, rules_of_json, seats_of_json, write_json
from selection.pool import Pool, Role
from selection.presets import preset_names, preset_text
from selection.proposal import Proposal, propose
from selection.rows import Standing
from selection.rules import Rules
from selection.rules_file import RulesFileError, parse_rules, preset
from selection.texts import error_text, label, text

DEFAULT_RULES = "lahti-2021"

app = typer.Typer(add_completion=False, no_args_is_help=True, help=text("cli.help"), pretty_exceptions_enable=False)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Applications = Annotated[list[Path], typer.Argument(help=text("cli.applications"), show_default=False)]
RulesOption = Annotated[str, typer.Option("--rules", help=text("cli.rules"))]


@app.command("propose", help=text("cli.propose"))
def propose_command(
    applications: Applications,
    rules: RulesOption = DEFAULT_RULES,
    seed: Annotated[str | None, typer.Option(help=text("cli.seed"))] = None,
    xlsx: Annotated[Path | None, typer.Option(help=text("cli.xlsx"))] = None,
    json: Annotated[Path | None, typer.Option(help=text("cli.json"))] = None,
    docx: Annotated[Path | None, typer.Option(help=text("cli.docx"))] = None,
    template: Annotated[Path | None, typer.Option(help=text("cli.template"))] = None,
    special_reason: Annotated[str, typer.Option(help=text("cli.special_reason"))] = "",
    annex: Annotated[Path | None, typer.Option(help=text("cli.annex"))] = None,
    lists: Annotated[Path | None, typer.Option(help=text("cli.lists"))] = None,
    data: Annotated[Path | None, typer.Option(help=text("cli.data"))] = None,
    population: Annotated[Path | None, typer.Option(help=text("cli.population"))] = None,
    size: Annotated[int | None, typer.Option(min=1, help=text("cli.size"))] = None,
    time_limit: Annotated[float | None, typer.Option(min=0.1, help=text("cli.time_limit"))] = None,
) -> None:
    """Propose a roster for every table."""
    for path in (xlsx, json, docx, annex, lists, data):
        writable(path, folder=path in (lists, data))
    for path in (template, population):
        if path is not None and not path.is_file():
            raise FileError("file_not_found", file=str(path))
    chosen_rules, intake = read_round(applications, rules, size)
    pool = Pool.build(intake.applicants, chosen_rules, intake.asked)
    locks = locks_of(chosen_rules, intake.applicants)

    def progress(name: str, number: int, total: int) -> None:
        err.print(f"{number + 1}/{total} {text(f'step.{name}')}", markup=False)

    try:
        with processes() as executor:
            proposal = propose(
                pool,
                chosen_rules,
                seed=seed,
                locks=locks,
                time_limit=time_limit,
                progress=progress,
                executor=executor,
            )
    except ConflictError as error:
        tell(error)
        for line in conflict_lines(pool, chosen_rules, locks):
            err.print(line, markup=False)
        raise typer.Exit(error.exit_status) from None
    wanted = Wanted(xlsx, docx, template, special_reason, lists, data, annex, population)
    files = output_files(proposal, intake, wanted)
    if json:
        write_json(proposal_json(proposal, applications_json(intake)), json)
    write_outputs(files)
    _print_proposal(proposal, intake)


def processes() -> Executor:
    """Processes for tables that share nothing; none is started before it is needed."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(mp_context=get_context("spawn"))


@app.command("inspect", help=text("cli.inspect"))
def inspect_command(
    applications: Applications,
    rules: RulesOption = DEFAULT_RULES,
    size: Annotated[int | None, typer.Option(min=1, help=text("cli.size"))] = None,
    json: Annotated[Path | None, typer.Option(help=text("cli.json"))] = None,
) -> None:
    """Say what was understood and what needs a person's eye."""
    writable(json)
    _, intake = read_round(applications, rules, size)
    if json:
        columns = [
            {"header": one.header, "field": one.field, "confidence": str(one.confidence), "sheet": one.sheet}
            for one in intake.columns
        ]
        write_json(
            {"schema": "selection.inspection/1", "applications": applications_json(intake), "columns": columns}, json
        )
    _print_intake(intake)


@app.command("check", help=text("cli.check"))
def check_command(
    proposal: Annotated[Path, typer.Argument(help=text("cli.proposal"), show_default=False)],
    applications: Applications,
    rules: Annotated[str | None, typer.Option("--rules", help=text("cli.rules_of_proposal"))] = None,
    size: Annotated[int | None, typer.Option(min=1, help=text("cli.size"))] = None,
) -> None:
    """Recompute every rule from scratch."""
    if not proposal.is_file():
        raise FileError("file_not_found", file=proposal.name)
    if proposal.suffix.lower() == ".json":
        chosen_rules, intake = read_round(applications, rules or rules_of_json(proposal), size)
        people, asked = intake.applicants, intake.asked
        seats, intact = seats_of_json(proposal, people), True
        locks = locks_of(chosen_rules, people)
    else:
        from selection.outputs import readback
        from selection.outputs.amendments import amended

        sheets = sheet_cells(proposal)
        recorded = readback.checkable_in(sheets, file=proposal.name)
        chosen_rules = load_rules(rules) if rules else recorded.rules()
        intake = read_as_recorded(applications, recorded, chosen_rules)
        people = amended(intake.applicants, recorded.amendments)
        asked = intake.asked if recorded.asked is None else frozenset(recorded.asked)
        seats = readback.roster_in(sheets, recorded, people, file=proposal.name)
        before = readback.recorded_seats(recorded) if recorded.steps else readback.exported_seats(recorded)
        names = {one.key: one.name for one in recorded.seats} | {one.key: one.name for one in people}
        print_changes(readback.seat_changes(before, seats), names)
        intact = recorded.intact
        locks = locks_of(chosen_rules, people) if rules else recorded.board_locks()
    checked = check(seats, people, chosen_rules, asked=asked, locks=locks)
    _print_checked(checked)
    if not intact:
        err.print(text("readback.not_intact", file=proposal.name), markup=False)
    raise typer.Exit(0 if checked.holds and intact else 1)


app.command("explain", help=text("cli.explain"))(explain_command)
app.command("change", help=text("cli.change"))(change_command)
app.command("alternatives", help=text("cli.alternatives"))(alternatives_command)
app.command("tradeoffs", help=text("cli.tradeoffs"))(tradeoffs_command)
app.command("room", help=text("cli.room"))(room_command)
app.command("draw", help=text("cli.draw"))(draw_command)


app.command("verify", help=text("cli.verify"))(verify_command)


app.command("app", help=text("cli.app"))(app_command)
app.add_typer(log_app, name="log")
app.add_typer(users_app, name="user")
app.command("backup", help=text("cli.backup"))(backup_command)
app.command("restore", help=text("cli.restore"))(restore_command)


def load_rules(name: str) -> Rules:
    """Rules of a preset or of a file; its areas may be a preset's or a file beside it.

    Raises
    ------
    RulesError
        if there is no such preset or file, or the file is wrong.
    """
    path = Path(name)
    if name in preset_names() or not (path.suffix or path.exists()):
        return preset(name)
    try:
        toml = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise FileError("rules_unreadable", file=path.name) from None

    def areas(named: str) -> str | None:
        beside = path.parent / named
        return preset_text(named) or (beside.read_text("utf-8") if beside.is_file() else None)

    return parse_rules(toml, path.name, areas)


def writable(path: Path | None, *, folder: bool = False) -> None:
    """Say before the work that a result could not be written; ``folder``: the result is a folder of files."""
    if path is not None and ((path.is_file() if folder else path.is_dir()) or not path.absolute().parent.is_dir()):
        raise FileError("output_no_folder", file=str(path))


def _print_proposal(proposal: Proposal, intake: Intake) -> None:
    people = {one.key: one for one in proposal.pool.applicants}
    for table in proposal.pool.tables:
        deputy_of = {one.deputy_of: people[one.key].name for one in proposal.at(table, Role.DEPUTY)}
        members = proposal.at(table, Role.MEMBER)
        grid = Table(title=text("cli.table", table=table, members=len(members), deputies=len(deputy_of)))
        grid.add_column(label("seat", "member"))
        grid.add_column(label("seat", "deputy"))
        for seat in members:
            grid.add_row(_plain(people[seat.key].name), _plain(deputy_of.get(seat.key, "")))
        out.print(grid)
        reserves = ", ".join(people[one.key].name for one in proposal.at(table, Role.RESERVE))
        if reserves:
            out.print(text("cli.reserves", names=reserves), markup=False)
    steps = Table(title=text("cli.steps"))
    for name in ("cli.step", "cli.value", "cli.proof"):
        steps.add_column(text(name))
    for step in proposal.steps:
        proof = text("cli.proven") if step.proven else text("cli.gap", gap=abs(step.value - step.bound))
        steps.add_row(text(f"step.{step.name}"), str(step.value), proof)
    out.print(steps)
    for goal in proposal.rows.switched_off:
        out.print(text("cli.switched_off", goal=label("rule", goal)), markup=False)
    _print_counts(intake)
    out.print(text("cli.done" if proposal.proven else "cli.not_proven", seed=proposal.seed), markup=False)


def _print_counts(intake: Intake) -> None:
    out.print(
        text(
            "cli.summary",
            rows=intake.rows,
            applicants=len(intake.applications),
            set_aside=len(intake.set_aside),
            findings=len(intake.findings),
        ),
        markup=False,
    )


def _print_intake(intake: Intake) -> None:
    for file in intake.files:
        out.print(f"{file.name}  {file.sha256}", markup=False)
    for note in intake.notes:
        out.print(note_text(note), markup=False)
    columns = Table(title=text("cli.columns"))
    columns.add_column(text("cli.header"))
    columns.add_column(text("cli.field"))
    for one in intake.columns:
        columns.add_row(
            _plain(" ".join(one.header.split())), field_name(one.field) if one.field else text("cli.unused")
        )
    out.print(columns)
    for aside in intake.set_aside:
        out.print(f"{aside.origin.sheet}!{aside.origin.row}: {set_aside_text(aside)}", markup=False)
    for finding in intake.findings:
        place = f"{finding.origin.sheet}!{finding.cell or finding.origin.row}"
        out.print(f"{place}: {finding_text(finding)}", markup=False)
    _print_counts(intake)


def _print_checked(checked: Checked) -> None:
    grid = Table(title=text("cli.checked"))
    for name in ("cli.requirement", "cli.where", "cli.value", "cli.limits", "cli.holds"):
        grid.add_column(text(name))
    for one in checked.requirements:
        verdict = text("cli.yes") if one.holds else text("cli.no", n=one.deviation)
        grid.add_row(label("rule", one.id), _where(one), str(one.count), _limits(one), verdict)
    out.print(grid)
    off = sum(goal.deviation for goal in checked.goals)
    out.print(text("cli.goals_off", n=off), markup=False)
    out.print(text("cli.all_hold" if checked.holds else "cli.some_fail"), markup=False)


def _where(one: Standing) -> str:
    role = label("seat", one.role) if one.role else ""
    return " · ".join(part for part in (one.table or "", role) if part)


def _limits(one: Standing) -> str:
    return f"{'' if one.at_least is None else one.at_least}–{'' if one.at_most is None else one.at_most}"


def _plain(written: str) -> str:
    """Text of the file's: never taken for markup."""
    from rich.markup import escape

    return escape(written)


def tell(error: SelectionError) -> None:
    """Print an error for the person at the command line."""
    err.print(error_text(error), markup=False)
    if isinstance(error, RulesFileError):
        for problem in error.problems:
            place = text("cli.line", line=problem.line) if problem.line else ""
            err.print(f"  {place}{text(f'error.{problem.code}', **problem.params)}", markup=False)
    if isinstance(error, EditedRosterError):
        for found in error.problems:
            err.print("  " + text(f"error.{found.code}", **found.params), markup=False)
    if isinstance(error, ConflictError):
        for one in error.requirements:
            numbers: dict[str, Any] = {
                "rule": label("rule", one.id),
                "id": one.id,
                "table": one.table or "–",
                "role": label("seat", one.role) if one.role else "–",
                "least": "–" if one.at_least is None else one.at_least,
                "most": "–" if one.at_most is None else one.at_most,
                "willing": one.willing,
            }
            err.print("  " + text("cli.conflict", **numbers), markup=False)


def main() -> None:
    """Run a command; every error a person can cause ends in a message and its exit status."""
    try:
        app()
    except SelectionError as error:
        tell(error)
        sys.exit(error.exit_status)
    except OSError as error:
        err.print(text("error.output_failed", file=error.filename or "", reason=error.strerror or ""), markup=False)
        sys.exit(2)
