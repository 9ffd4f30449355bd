"""``selection propose``: the proposal on the screen, and as files."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from selection.commands.applied import pool_of, print_not_applied
from selection.commands.law import print_law, print_notes, reasons_of, require_reasons, tell_unneeded
from selection.commands.options import (
    Applications,
    Column,
    Drawn,
    JsonFile,
    MappingFile,
    Persons,
    PopulationFile,
    RulesOption,
    Seal,
    Seed,
    SeveralPerHousehold,
    Size,
    Waive,
)
from selection.commands.protecting import tell_protected
from selection.commands.reading import Reading
from selection.commands.round import conflict_told, read_round, show_progress
from selection.commands.sealed_run import sealed_run, untimed
from selection.commands.standing import print_state
from selection.commands.terminal import DEFAULT_RULES, out, plain, print_counts, readable, writable
from selection.commands.workbook import Wanted, output_files, population_at, write_outputs
from selection.errors import InputError
from selection.intake import Intake
from selection.intake.applications_json import applications_json
from selection.model.law import law_of
from selection.model.locks import locks_of
from selection.model.people import Role
from selection.model.state import state_of_proposal
from selection.model.titles import step_title, table_name
from selection.outputs.json_proposal import proposal_json, write_json
from selection.outputs.people import loose_deputies
from selection.outputs.proof import proof_json
from selection.outputs.seal_words import sealed_words
from selection.proposal import TIME_LIMIT, Proposal, propose
from selection.solving.run import Run
from selection.texts import label, text


def propose_command(
    applications: Applications,
    rules: RulesOption = DEFAULT_RULES,
    seed: Seed = None,
    xlsx: Annotated[Path | None, typer.Option(help=text("cli.xlsx"))] = None,
    json: JsonFile = None,
    docx: Annotated[Path | None, typer.Option(help=text("cli.docx"))] = None,
    template: Annotated[Path | None, typer.Option(help=text("cli.template"))] = None,
    special_reason: Annotated[list[str] | None, typer.Option(help=text("cli.special_reason"))] = None,
    annex: Annotated[Path | None, typer.Option(help=text("cli.annex"))] = None,
    lists: Annotated[Path | None, typer.Option(help=text("cli.lists"))] = None,
    data: Annotated[Path | None, typer.Option(help=text("cli.data"))] = None,
    population: PopulationFile = None,
    size: Size = None,
    column: Column = None,
    mapping: MappingFile = None,
    persons_per_row: Persons = None,
    several_per_household: SeveralPerHousehold = False,
    waive: Waive = None,
    time_limit: Annotated[float | None, typer.Option(min=0.1, help=text("cli.time_limit"))] = None,
    seal: Seal = None,
    drawn: Drawn = None,
    proof: Annotated[Path | None, typer.Option("--proof", help=text("cli.proof_file"))] = None,
) -> None:
    """Propose a roster for every table."""
    writable(
        *(xlsx, json, docx, annex, proof), folders=(lists, data), inputs=(*applications, rules, template, population)
    )
    readable(template)
    for option, given, needed in (
        ("--template", template and not docx, "--docx"),
        ("--special-reason", special_reason and not docx, "--docx"),
        ("--population", population and not data, "--data"),
        ("--drawn", drawn and not seal, "--seal"),
        ("--proof", proof and not seal, "--seal"),
        ("--seal", seal and not drawn, "--drawn"),
    ):
        if given:
            raise InputError("option_alone", option=option, needed=needed)
    if template:
        from selection.outputs.document import require_template

        require_template(template)
    people = population_at(population)
    chosen_rules, intake = read_round(
        applications,
        rules,
        size,
        Reading(column, mapping, persons_per_row),
        one_per_household=not several_per_household,
    )
    reasons = reasons_of(special_reason or (), chosen_rules)
    refused = (("--seed", seed), ("--time-limit", time_limit))
    of_seal = sealed_run("propose", seal, drawn, intake, chosen_rules, waive=waive, refused=refused)
    if of_seal is not None:
        intake, seed = of_seal.draw.intake, of_seal.draw.seed
    limit = None if of_seal is not None else time_limit or TIME_LIMIT
    pool = pool_of(chosen_rules, intake, waive=waive)
    pool = pool if of_seal is None else of_seal.marked(pool)
    locks = locks_of(chosen_rules, intake.applicants) if of_seal is None else of_seal.locks

    with conflict_told(pool, chosen_rules, locks), processes() as executor:
        run = Run(time_limit=limit, progress=show_progress, executor=executor)
        proposal = propose(pool, chosen_rules, seed=seed, locks=locks, run=run)
    if of_seal is not None:
        proposal = untimed(proposal)
        of_seal.mark_drawn(proven=proposal.proven)
        if proof:
            file = of_seal.draw.file
            write_json(proof_json(proposal, file.seal, file.people, file.terms), proof)
    wanted = Wanted(xlsx, docx, template, reasons, lists, data, annex, people)
    files = output_files(proposal, intake, wanted)
    tell_protected(intake, (seat.person for seat in proposal.seats), (docx, annex, json))
    tell_protected(intake, (one.key for one in pool.applicants), (xlsx, lists))
    if json:
        write_json(proposal_json(proposal, applications_json(intake, protect=True)), json)
    write_outputs(files)
    _print_proposal(proposal, intake, limit or TIME_LIMIT)
    bodies = law_of(proposal)
    print_notes(proposal.rules)
    print_law(proposal.rules, bodies)
    tell_unneeded(bodies, reasons)
    if docx:
        require_reasons(proposal, reasons)


def processes() -> Executor:
    """Processes for tables that share nothing; none is started before it is needed."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(mp_context=get_context("spawn"))


def _print_proposal(proposal: Proposal, intake: Intake, time_limit: float) -> None:
    people = {one.key: one for one in proposal.pool.applicants}
    for table in proposal.pool.tables:
        deputies, loose = proposal.at(table, Role.DEPUTY), loose_deputies(proposal, table)
        deputy_of = {one.deputy_of: people[one.person].name for one in deputies if one not in loose}
        members = proposal.at(table, Role.MEMBER)
        counts = {"members": len(members), "deputies": len(deputies)}
        title = text("cli.table", table=table_name(proposal.rules, table), **counts)
        grid = Table(title=title, min_width=len(title))
        pairs = proposal.rules.deputies.personal and proposal.rules.has(Role.DEPUTY)
        grid.add_column(label("seat", "member"))
        if pairs:
            grid.add_column(label("seat", "deputy"))
        for seat in members:
            own = [plain(deputy_of.get(seat.person, ""))] if pairs else []
            grid.add_row(plain(people[seat.person].name), *own)
        for seat in loose if pairs else ():
            grid.add_row("", plain(people[seat.person].name))
        out.print(grid)
        if deputies and not pairs:
            named = [f"{number}. {people[seat.person].name}" for number, seat in enumerate(deputies, start=1)]
            out.print(text("cli.deputies", names=", ".join(named)), markup=False)
        reserves = ", ".join(people[one.person].name for one in proposal.at(table, Role.RESERVE))
        if reserves:
            out.print(text("cli.reserves", names=reserves), markup=False)
    steps = Table(title=text("cli.steps"))
    for name in ("cli.step", "cli.value", "cli.proof"):
        steps.add_column(text(name))
    for step in proposal.steps:
        proof = text("cli.proven") if step.proven else text("cli.gap", gap=abs(step.value - step.bound))
        steps.add_row(step_title(proposal.rules, step.name), str(step.value), proof)
    out.print(steps)
    print_not_applied(proposal.pool, proposal.rules, proposal.seats)
    print_counts(intake)
    if proposal.cut:
        out.print(text("cli.not_proven", seed=proposal.seed, seconds=f"{time_limit:g}"), markup=False)
    else:
        out.print(text("cli.done", seed=proposal.seed), markup=False)
    out.print(text("cli.sealed_or_not", sealed=sealed_words(proposal.pool)), markup=False)
    print_state(state_of_proposal(proposal), proposal.rules)
