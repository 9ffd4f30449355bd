"""``selection inspect``: what was understood of the files, and what needs a person's eye."""

from __future__ import annotations

from rich.table import Table

from selection.commands.options import (
    Applications,
    Column,
    JsonFile,
    MappingFile,
    PeopleFile,
    Persons,
    RulesOption,
    Size,
)
from selection.commands.reading import Reading
from selection.commands.round import read_round
from selection.commands.terminal import DEFAULT_RULES, out, plain, print_counts, writable
from selection.intake import Intake, field_name, reason_text, set_aside_text
from selection.intake.applications_json import applications_json, columns_json, people_json
from selection.intake.messages import finding_lines, note_lines
from selection.model.rules import Rules
from selection.outputs.json_proposal import write_json
from selection.texts import text


def inspect_command(
    applications: Applications,
    rules: RulesOption = DEFAULT_RULES,
    size: Size = None,
    column: Column = None,
    mapping: MappingFile = None,
    persons_per_row: Persons = None,
    json: JsonFile = None,
    people: PeopleFile = None,
) -> None:
    """Say what was understood and what needs a person's eye."""
    writable(json, people, inputs=(*applications, rules))
    chosen, intake = read_round(applications, rules, size, Reading(column, mapping, persons_per_row))
    if json:
        read = applications_json(intake)
        write_json({"schema": "selection.inspection/1", "applications": read, "columns": columns_json(intake)}, json)
    if people:
        write_json({"people": people_json(intake)}, people)
    _print_intake(intake, chosen)


def _print_intake(intake: Intake, rules: Rules) -> None:
    for file in intake.files:
        out.print(f"{file.name}  {file.sha256}", markup=False)
    for said in note_lines(intake.notes, rules):
        out.print(said, markup=False)
    columns = Table(title=text("cli.columns"))
    columns.add_column(text("cli.header"))
    columns.add_column(text("cli.field"))
    columns.add_column(text("cli.reason"))
    for one in intake.columns:
        field = field_name(one.field) if one.field and one.used else text("cli.unused")
        columns.add_row(plain(" ".join(one.header.split())), field, plain(reason_text(one)))
    out.print(columns)
    for aside in intake.set_aside:
        out.print(f"{aside.origin.sheet}!{aside.origin.place}: {set_aside_text(aside)}", markup=False)
    for line in finding_lines(intake.findings, rules):
        more = f" … ({line.count})" if line.count > len(line.places) else ""
        out.print(f"{line.sheet}!{', '.join(line.places)}{more}: {line.said}", markup=False)
    print_counts(intake)
