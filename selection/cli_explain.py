"""The command ``explain``: why an applicant is in the proposal or not, in sentences."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from selection.constraints import build_rows
from selection.errors import ConflictError, InputError
from selection.explain.differences import Place, RowChange
from selection.explain.instead import Substitute, instead
from selection.explain.needs import needs
from selection.explain.sentences import (
    answer_sentences,
    need_sentence,
    place_text,
    substitute_sentence,
    way_sentence,
)
from selection.explain.ways_out import ways_out
from selection.explain.why import Answer, Questions
from selection.intake import Intake, read_applications, set_aside_text
from selection.locks import Locks, locks_of
from selection.outputs.json_proposal import write_json
from selection.pool import Applicant, Pool, Role
from selection.proposal import Proposal, propose
from selection.rules import Rules
from selection.texts import text

#: How long ways out of a conflict are looked for.
WAYS_SECONDS = 20.0

SCHEMA = "selection.explanation/1"


def explain_command(
    applications: Annotated[list[Path], typer.Argument(help=text("cli.applications"), show_default=False)],
    row: Annotated[int, typer.Option(min=1, help=text("cli.explain_row"))],
    sheet: Annotated[str | None, typer.Option(help=text("cli.explain_sheet"))] = None,
    table: Annotated[str | None, typer.Option(help=text("cli.explain_table"))] = None,
    rules: Annotated[str, typer.Option(help=text("cli.rules"))] = "lahti-2021",
    seed: Annotated[str | None, typer.Option(help=text("cli.seed"))] = None,
    substitutes: Annotated[bool, typer.Option("--instead", help=text("cli.explain_instead"))] = False,
    json: Annotated[Path | None, typer.Option(help=text("cli.json"))] = None,
) -> None:
    """Say why an applicant is in the proposal, or why not."""
    from selection.cli import err, load_rules, out, tell, writable

    writable(json)
    chosen_rules = load_rules(rules)
    if table is not None and table not in chosen_rules.table_ids:
        raise InputError("explain_unknown_table", table=table, known=", ".join(chosen_rules.table_ids))
    intake = read_applications(applications, chosen_rules)
    person = person_at(intake, row, sheet)
    pool = Pool.build(intake.applicants, chosen_rules, intake.asked)

    def progress(name: str, number: int, total: int) -> None:
        err.print(f"{number + 1}/{total} {text(f'step.{name}')}", markup=False)

    locks = locks_of(chosen_rules, intake.applicants)
    try:
        proposal = propose(pool, chosen_rules, seed=seed, locks=locks, progress=progress)
    except ConflictError as error:
        tell(error)
        for line in conflict_lines(pool, chosen_rules, locks):
            err.print(line, markup=False)
        raise typer.Exit(error.exit_status) from None
    answers = asked(proposal, person, table)
    names = {one.key: one.name for one in pool.applicants}
    held = {seat.key: Place(seat.table, seat.role) for seat in proposal.seats}.get(person.key)
    lines = []
    if held and held.role == Role.RESERVE:
        lines.append(text("explain.reserve", name=person.name, where=place_text(held)))
    if not answers:
        lines.append(text("explain.no_table", name=person.name))
    seated = held is not None and held.role != Role.RESERVE
    found = instead(proposal.rows, proposal.chosen, person.key) if substitutes and seated else ()
    told = [answer_sentences(answer, chosen_rules, names, held) for answer in answers]
    if json:
        explanation = [answer_json(answer, said, names) for answer, said in zip(answers, told, strict=True)]
        write_json(
            {
                "schema": SCHEMA,
                "rules": chosen_rules.name,
                "seed": proposal.seed,
                "person": {"name": person.name, "key": person.key, "sheet": sheet_of(person), "row": row},
                "seat": asdict(held) if held else None,
                "answers": explanation,
                "instead": [substitute_json(one, names) for one in found],
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


def conflict_lines(pool: Pool, rules: Rules, locks: Locks) -> list[str]:
    """What is said after a conflict: where willing applicants are too few, and the ways out."""
    names = {one.key: one.name for one in pool.applicants}
    lines: list[str] = []
    short = [need for need in needs(build_rows(pool, rules, locks)) if need.priority is None and need.short]
    if short:
        lines += [text("explain.needs"), *(f"  {need_sentence(need, rules)}" for need in short)]
    ways = ways_out(pool, rules, locks, deadline=time.monotonic() + WAYS_SECONDS)
    if ways:
        said = [way_sentence(way, number, rules, names) for number, way in enumerate(ways, start=1)]
        lines += [text("explain.ways"), *(f"  {line}" for line in said)]
    return lines


def person_at(intake: Intake, row: int, sheet: str | None) -> Applicant:
    """The applicant of a row of the file.

    Raises
    ------
    InputError
        if the row was set aside (then why), if there is no such row, or if several sheets have one.
    """
    found = [
        one for one in intake.applicants if one.origin and one.origin.row == row and sheet in (None, one.origin.sheet)
    ]
    if len(found) > 1:
        raise InputError("explain_several", row=row, sheets=", ".join(sheet_of(one) or "" for one in found))
    if found:
        return found[0]
    for aside in intake.set_aside:
        if aside.origin.row == row and sheet in (None, aside.origin.sheet):
            raise InputError("explain_set_aside", row=row, reason=set_aside_text(aside))
    raise InputError("explain_no_row", row=row)


def sheet_of(person: Applicant) -> str | None:
    """The sheet of the person's application."""
    return person.origin.sheet if person.origin else None


def asked(proposal: Proposal, person: Applicant, table: str | None) -> tuple[Answer, ...]:
    """Why the person is seated; or else why not, at each table where they would sit, or at the one asked about."""
    pool = proposal.pool
    questions = Questions.of(proposal)
    seat = next((one for one in proposal.seats if one.key == person.key and one.role != Role.RESERVE), None)
    if seat is not None and table in (None, seat.table):
        return (questions.why(person.key),)
    place = pool.places[person.key]
    tables = dict.fromkeys(pool.tables[one.table] for one in pool.candidates if one.applicant == place)
    wanted = tuple(tables) if table is None else (table,)
    return tuple(questions.why_not(person.key, one) for one in wanted)


def substitute_json(one: Substitute, names: dict[str, str]) -> dict[str, Any]:
    """A substitute as JSON."""
    return {
        "name": names[one.key],
        "key": one.key,
        "rises": one.rises,
        "deputy": None if one.deputy is None else {"name": names[one.deputy], "key": one.deputy},
        "steps": [asdict(step) for step in one.steps],
        "requirements": [change_json(change) for change in one.requirements],
        "goals": [change_json(change) for change in one.goals],
        "sentence": substitute_sentence(one, names),
    }


def change_json(one: RowChange) -> dict[str, Any]:
    """A requirement or goal before and after."""
    return {
        "id": one.after.id,
        "value": one.after.value,
        "table": one.after.table,
        "role": one.after.role,
        "priority": one.after.priority,
        "count": {"before": one.before.count, "after": one.after.count},
        "deviation": {"before": one.before.deviation, "after": one.after.deviation},
        "at_least": one.after.at_least,
        "at_most": one.after.at_most,
    }


def answer_json(answer: Answer, sentences: list[str], names: dict[str, str]) -> dict[str, Any]:
    """An answer as JSON: the numbers, and the sentences that tell them."""

    def place(one: Place | None) -> dict[str, str] | None:
        return None if one is None else {"table": one.table, "role": one.role.value}

    return {
        "supposed": answer.supposed,
        "table": answer.table,
        "role": answer.role,
        "verdict": answer.verdict,
        "steps": [{"name": one.name, "before": one.before, "after": one.after} for one in answer.steps],
        "goals": [change_json(one) for one in answer.goals],
        "moves": [
            {"name": names[one.key], "key": one.key, "before": place(one.before), "after": place(one.after)}
            for one in answer.moves
        ],
        "conflict": [asdict(one) for one in answer.conflict],
        "sentences": sentences,
    }
