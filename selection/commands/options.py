"""The arguments and options that several commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from selection.texts import text

Applications = Annotated[list[Path], typer.Argument(readable=False, help=text("cli.applications"), show_default=False)]
ProposalFile = Annotated[Path, typer.Argument(readable=False, help=text("cli.proposal"), show_default=False)]
DecisionFile = Annotated[Path, typer.Argument(readable=False, help=text("cli.decision"), show_default=False)]
RulesOption = Annotated[str, typer.Option("--rules", help=text("cli.rules"))]
RulesOfProposal = Annotated[str | None, typer.Option("--rules", help=text("cli.rules_of_proposal"))]
Size = Annotated[int | None, typer.Option(min=1, help=text("cli.size"))]
SeveralPerHousehold = Annotated[bool, typer.Option("--several-per-household", help=text("cli.several_per_household"))]
LeaveOutUnknown = Annotated[bool, typer.Option("--leave-out-unknown", help=text("cli.leave_out_unknown"))]
Seed = Annotated[str | None, typer.Option(help=text("cli.seed"))]
Column = Annotated[list[str] | None, typer.Option("--column", metavar="HEADING=FIELD", help=text("cli.column"))]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help=text("cli.mapping"))]
Persons = Annotated[int | None, typer.Option("--persons-per-row", min=1, max=9, help=text("cli.persons_per_row"))]
Seal = Annotated[Path | None, typer.Option("--seal", readable=False, help=text("cli.seal_file"))]
Drawn = Annotated[list[str] | None, typer.Option("--drawn", metavar="NAME=NUMBERS", help=text("cli.drawn"))]
Waive = Annotated[list[str] | None, typer.Option("--waive", metavar="ID", help=text("cli.waive"))]
TimeLimit = Annotated[float | None, typer.Option(min=0.1, help=text("cli.time_limit"))]
PopulationFile = Annotated[Path | None, typer.Option(help=text("cli.population"))]
JsonFile = Annotated[Path | None, typer.Option(help=text("cli.json"))]
PeopleFile = Annotated[Path | None, typer.Option("--people", help=text("cli.people"))]
