"""The command ``term``: lists and the summary for after the decision, from the decision's file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selection.commands.options import Applications, DecisionFile, PopulationFile, RulesOfProposal
from selection.commands.protecting import tell_protected
from selection.commands.round import Kept, as_proposal, read_kept
from selection.commands.terminal import out, writable
from selection.errors import InputError
from selection.model.people import Role
from selection.model.roster import seat_changes
from selection.model.titles import table_title
from selection.texts import text

if TYPE_CHECKING:
    from selection.model.roster import Seat
    from selection.outputs.summary import TermEvent
    from selection.proposal import Proposal


def term_command(
    decision: DecisionFile,
    applications: Applications,
    now: Annotated[Path | None, typer.Option(help=text("cli.term_now"))] = None,
    attendance: Annotated[Path | None, typer.Option(help=text("cli.term_attendance"))] = None,
    contacts: Annotated[Path | None, typer.Option(help=text("cli.term_contacts"))] = None,
    summary: Annotated[Path | None, typer.Option(help=text("cli.term_summary"))] = None,
    event: Annotated[list[str] | None, typer.Option(help=text("cli.term_event"))] = None,
    population: PopulationFile = None,
    supplement: Annotated[list[Path] | None, typer.Option(help=text("cli.term_supplement"))] = None,
    json: Annotated[Path | None, typer.Option(help=text("cli.term_json"))] = None,
    rules: RulesOfProposal = None,
) -> None:
    """Lists of those who sit and the summary of the term."""
    from selection.commands.workbook import details_of, population_at, write_outputs
    from selection.outputs.json_proposal import write_json
    from selection.outputs.summary import summary_bytes
    from selection.outputs.summary_json import summary_json
    from selection.outputs.term_lists import attendance_bytes, contacts_bytes, contacts_csv

    inputs = (decision, now, *applications, *(supplement or ()), population, rules)
    writable(attendance, contacts, summary, json, inputs=inputs)
    people = population_at(population)
    first = read_kept(decision, applications, rules, supplement=supplement or ())
    last = first if now is None else read_kept(now, applications, rules, supplement=supplement or ())
    start, end = as_proposal(first), as_proposal(last)
    events = [_event(written, start) for written in event or ()]
    if (summary or json) and not events and (moved := _moved(first, last)):
        raise InputError("term_events_missing", n=moved)
    withheld = first.withheld | last.withheld
    details = details_of(last.round.intake, withheld)
    tell_protected(last.round.intake, (seat.person for seat in end.seats), (attendance, contacts), withheld)
    files: dict[Path, bytes] = {}
    if attendance:
        files[attendance] = attendance_bytes(end, details)
    if contacts:
        make = contacts_csv if contacts.suffix.lower() == ".csv" else contacts_bytes
        files[contacts] = make(end, details)
    if summary:
        files[summary] = summary_bytes(start, end, events, people)
    if json:
        write_json(summary_json(start, end, events, people), json)
    write_outputs(files)
    _print_sizes(start, end)
    for path, kept in {decision: first, now or decision: last}.items():
        if not kept.intact:
            out.print(text("readback.not_intact", file=path.name), markup=False)


def _event(written: str, start: Proposal) -> TermEvent:
    """``KIND:TABLE``, or ``KIND`` alone where it is of no table.

    Raises
    ------
    InputError
        if there is no such kind or table.
    """
    from selection.outputs.summary import KINDS, TermEvent

    kind, _, table = (part.strip() for part in written.partition(":"))
    if kind not in KINDS or (table and table not in start.pool.tables):
        raise InputError(
            "term_event",
            found=written,
            kinds=", ".join(f"{kind} ({text(f'event.{kind}')})" for kind in KINDS),
            tables=", ".join(start.pool.tables),
        )
    return TermEvent(kind, table or None)


def _moved(first: Kept, last: Kept) -> int:
    """How many people's seats are others than at the start; reserves and pairs aside."""

    def seats(kept: Kept) -> list[Seat]:
        return [replace(seat, deputy_of=None) for seat in kept.seats if seat.role != Role.RESERVE]

    return len(seat_changes(seats(first), seats(last)))


def _print_sizes(start: Proposal, end: Proposal) -> None:
    from rich.table import Table

    grid = Table(title=text("summary.sizes"))
    names = ("table", "members", "members_end", "deputies", "deputies_end")
    for name in names:
        grid.add_column(text(f"summary.column.{name}"), justify="left" if name == "table" else "right")
    for table in start.pool.tables:
        counts = [len(one.at(table, role)) for role in (Role.MEMBER, Role.DEPUTY) for one in (start, end)]
        grid.add_row(table_title(start.rules, table), *map(str, counts))
    out.print(grid)
