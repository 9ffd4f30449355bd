"""The command ``explain``: why an applicant is in the proposal or not, in sentences; or why not, of everybody."""

from __future__ import annotations

from typing import Annotated

import typer

from selection.commands.answers_json import answer_json, place_json, substitute_json, who_json
from selection.commands.applied import print_not_applied
from selection.commands.everybody import explain_everybody
from selection.commands.options import (
    Applications,
    Column,
    JsonFile,
    MappingFile,
    Persons,
    RulesOption,
    Seed,
    Size,
    Waive,
)
from selection.commands.reading import Reading
from selection.commands.round import Round, proposed, read_round
from selection.commands.terminal import out, writable
from selection.errors import InputError
from selection.explain.not_applied import applied_json
from selection.explain.roster_steps import Place
from selection.explain.sentences import answer_sentences, place_text, substitute_sentence
from selection.explain.substitution import instead
from selection.explain.why import Answer, Questions
from selection.intake import Intake, set_aside_text
from selection.model.people import Applicant, Role
from selection.outputs.json_proposal import write_json
from selection.proposal import Proposal
from selection.texts import text

SCHEMA = "selection.explanation/1"


def explain_command(
    applications: Applications,
    row: Annotated[str | None, typer.Option(metavar="ROW", help=text("cli.explain_row"))] = None,
    everybody: Annotated[bool, typer.Option("--all", help=text("cli.explain_all"))] = False,
    sheet: Annotated[str | None, typer.Option(help=text("cli.explain_sheet"))] = None,
    table: Annotated[str | None, typer.Option(help=text("cli.explain_table"))] = None,
    rules: RulesOption = "lahti-2021",
    size: Size = None,
    column: Column = None,
    mapping: MappingFile = None,
    persons_per_row: Persons = None,
    waive: Waive = None,
    seed: Seed = None,
    substitutes: Annotated[bool, typer.Option("--instead", help=text("cli.explain_instead"))] = False,
    time_limit: Annotated[float | None, typer.Option(min=0.1, help=text("cli.explain_time_limit"))] = None,
    json: JsonFile = None,
) -> None:
    """Say why an applicant is in the proposal, or why not."""

    writable(json, inputs=(*applications, rules))
    if everybody == (row is not None):
        raise InputError("explain_row_or_all")
    chosen_rules, intake = read_round(applications, rules, size, Reading(column, mapping, persons_per_row))
    if table is not None and table not in chosen_rules.table_ids:
        raise InputError("explain_unknown_table", table=table, known=", ".join(chosen_rules.table_ids))
    if row is None:
        explain_everybody(
            Round.of(chosen_rules, intake, waive=waive), seed=seed, table=table, time_limit=time_limit, json=json
        )
        return
    person = person_at(intake, row, sheet)
    round = Round.of(chosen_rules, intake, waive=waive)
    proposal = proposed(round, seed=seed)
    answers = asked(proposal, person, table, time_limit)
    names = round.names
    held = {seat.person: Place(seat.table, seat.role) for seat in proposal.seats}.get(person.key)
    lines = []
    if held and held.role == Role.RESERVE:
        lines.append(text("explain.reserve", name=person.name, where=place_text(chosen_rules, held)))
    if not answers:
        lines.append(text("explain.no_table", name=person.name))
    seated = held is not None and held.role != Role.RESERVE
    found = instead(proposal.rows, proposal.chosen, person.key) if substitutes and seated else ()
    told = [answer_sentences(answer, chosen_rules, names, held) for answer in answers]
    if json:
        write_json(
            {
                "schema": SCHEMA,
                "rules": chosen_rules.name,
                "seed": proposal.seed,
                "person": who_json(person),
                "seat": place_json(held),
                "answers": [answer_json(answer, said, names) for answer, said in zip(answers, told, strict=True)],
                "instead": [substitute_json(one, names) for one in found],
                **applied_json(round.pool, chosen_rules),
            },
            json,
        )
    for said in told:
        lines += [said[0], *(f"  {line}" for line in said[1:])]
    if substitutes and seated:
        lines.append(text("explain.instead" if found else "explain.instead.none"))
        lines += [f"  {substitute_sentence(one, names)}" for one in found]
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)
    print_not_applied(round.pool, chosen_rules)


def person_at(intake: Intake, row: str, sheet: str | None) -> Applicant:
    """The applicant of a row of the file: ``17``, or ``17b`` where a row holds several persons.

    Raises
    ------
    InputError
        if the row was set aside (then why), if there is no such row, or if several sheets have one.
    """
    found = [
        one
        for one in intake.applicants
        if one.origin and row in (str(one.origin.row), str(one.origin.place)) and sheet in (None, one.origin.sheet)
    ]
    if len({one.origin.place for one in found if one.origin}) > 1:
        raise InputError(
            "explain_parts", row=row, parts=", ".join(str(one.origin.place) for one in found if one.origin)
        )
    if len(found) > 1:
        raise InputError("explain_several", row=row, sheets=", ".join(sheet_of(one) or "" for one in found))
    if found:
        return found[0]
    sheets = list(dict.fromkeys(read.name for read in intake.sheets))
    if sheet is not None and sheets and sheet not in sheets:
        raise InputError("explain_no_sheet", sheet=sheet, known=", ".join(one or "–" for one in sheets))
    for aside in intake.set_aside:
        if row in (str(aside.origin.row), str(aside.origin.place)) and sheet in (None, aside.origin.sheet):
            raise InputError("explain_set_aside", row=row, reason=set_aside_text(aside))
    raise InputError("explain_no_row", row=row)


def sheet_of(person: Applicant) -> str | None:
    """The sheet of the person's application."""
    return person.origin.sheet if person.origin else None


def asked(
    proposal: Proposal, person: Applicant, table: str | None, time_limit: float | None = None
) -> tuple[Answer, ...]:
    """Why the person is seated; or else why not, at each table where they would sit, or at the one asked about."""
    pool = proposal.pool
    questions = Questions.of(proposal, time_limit=time_limit)
    seat = next((one for one in proposal.seats if one.person == person.key and one.role != Role.RESERVE), None)
    if seat is not None and table in (None, seat.table):
        return (questions.why(person.key),)
    place = pool.places[person.key]
    tables = dict.fromkeys(pool.tables[one.table] for one in pool.candidates if one.applicant == place)
    wanted = tuple(tables) if table is None else (table,)
    return tuple(questions.why_not(person.key, one) for one in wanted)
