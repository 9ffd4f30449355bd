"""The command ``change``: the least change of a roster after refusals, resignations and the board's swaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from selection.commands.answers_json import who_json
from selection.commands.applied import print_not_applied
from selection.commands.difference import print_difference, rearranged_json
from selection.commands.options import (
    Applications,
    Column,
    JsonFile,
    MappingFile,
    Persons,
    ProposalFile,
    RulesOfProposal,
    Seed,
    Size,
    TimeLimit,
    Waive,
)
from selection.commands.protecting import tell_protected
from selection.commands.reading import Reading
from selection.commands.round import Kept, Round, conflict_told, read_kept, show_progress
from selection.commands.terminal import out, writable
from selection.errors import InputError
from selection.explain.least_change import Rearranged, fill_vacancies, least_change, sitting_pool, vacancy_locks
from selection.explain.not_applied import applied_json
from selection.model.locks import Locks, Seated
from selection.model.people import Applicant, Role
from selection.model.roster import Seat
from selection.outputs.json_proposal import write_json
from selection.texts import text

SCHEMA = "selection.change/1"


def change_command(
    proposal: ProposalFile,
    applications: Applications,
    leave: Annotated[list[str] | None, typer.Option(help=text("cli.change_leave"))] = None,
    replace: Annotated[list[str] | None, typer.Option(help=text("cli.change_replace"))] = None,
    keep_first: Annotated[bool, typer.Option("--keep-first/--steps-first", help=text("cli.change_first"))] = True,
    mid_term: Annotated[bool, typer.Option("--mid-term", help=text("cli.change_mid_term"))] = False,
    supplement: Annotated[list[Path] | None, typer.Option(help=text("cli.change_supplement"))] = None,
    reserves: Annotated[bool, typer.Option("--reserves", help=text("cli.change_reserves"))] = False,
    rising: Annotated[bool, typer.Option("--rising/--no-rising", help=text("cli.change_rising"))] = True,
    rules: RulesOfProposal = None,
    size: Size = None,
    column: Column = None,
    mapping: MappingFile = None,
    persons_per_row: Persons = None,
    waive: Waive = None,
    seed: Seed = None,
    time_limit: TimeLimit = None,
    json: JsonFile = None,
    xlsx: Annotated[Path | None, typer.Option(help=text("cli.change_xlsx"))] = None,
) -> None:
    """Solve again after a refusal, a resignation or a swap, and keep as much as can be."""
    reading = Reading(column, mapping, persons_per_row)
    from selection.commands.workbook import Wanted, output_files, write_outputs

    writable(json, xlsx, inputs=(*applications, *(supplement or ()), rules))
    kept = read_kept(
        proposal,
        applications,
        rules,
        size=size,
        reading=reading,
        supplement=supplement or (),
        waive=waive,
    )
    leaving = [_sitting(kept, place) for place in leave or ()]
    swaps = [_swap(kept, one) for one in replace or ()]
    if reserves and supplement:
        raise InputError("change_reserves_or_supplement")
    out_keys = dict.fromkeys([one.key for one in leaving] + [seat.person for seat, _ in swaps])
    coming = {person.key for _, person in swaps}
    wanted = tuple(Seated(person.key, seat.table, seat.role) for seat, person in swaps)
    asked = _released(kept.round.locks, out_keys).plus(Locks(wanted, tuple(out_keys)))
    pool = sitting_pool(kept.round.pool, kept.seats)
    facts = Locks(kept_out=tuple(out_keys))
    rearrange: Callable[..., Rearranged] = least_change
    if mid_term:
        among = _among(kept, supplement, reserves)
        facts = vacancy_locks(pool, kept.seats, out_keys, among=among, rising=rising, coming=coming)
        rearrange = partial(fill_vacancies, leaving=out_keys, among=among, rising=rising, coming=coming)
    with conflict_told(pool, kept.round.rules, asked, facts):
        found = rearrange(
            kept.round.pool,
            kept.round.rules,
            kept.seats,
            locks=asked,
            first="people" if keep_first else "composition",
            seed=kept.seed if seed is None else seed,
            time_limit=time_limit,
            progress=show_progress,
        )
    people = {one.key: one for one in kept.round.pool.applicants}
    here = kept.round.intake
    tell_protected(here, (seat.person for seat in found.proposal.seats), (json,), kept.withheld)
    tell_protected(here, people, (xlsx,), kept.withheld)
    if json:
        write_json(_json(kept.round, found, [people[key] for key in out_keys], keep_first), json)
    if xlsx:
        write_outputs(output_files(found.proposal, kept.round.intake, Wanted(xlsx=xlsx), kept.withheld))
    print_difference(found, kept.round.rules, kept.round.names)
    print_not_applied(kept.round.pool, kept.round.rules)
    if not kept.intact:
        out.print(text("readback.not_intact", file=proposal.name), markup=False)


def _json(round: Round, found: Rearranged, leaving: list[Applicant], keep_first: bool) -> dict[str, Any]:
    first = "people" if keep_first else "composition"
    return {
        "schema": SCHEMA,
        "rules": round.rules.name,
        "first": first,
        "leaving": [who_json(one) for one in leaving],
        **rearranged_json(found, round),
        **applied_json(round.pool, round.rules),
    }


def _person(kept: Kept, written: str, among: set[str]) -> Applicant:
    """The one of some people whom ``row`` or ``sheet!row`` names.

    Raises
    ------
    InputError
        if nobody is there, or several are.
    """
    sheet, _, row = written.rpartition("!")
    found = [
        one
        for one in kept.round.pool.applicants
        if one.key in among and one.origin and str(one.origin.place) == row and sheet in ("", one.origin.sheet)
    ]
    if not found:
        raise InputError("change_nobody", row=written)
    if len(found) > 1:
        raise InputError("change_several", row=written)
    return found[0]


def _sitting(kept: Kept, written: str) -> Applicant:
    """The person of a row who has a seat."""
    return _person(kept, written, {seat.person for seat in kept.seats if seat.role != Role.RESERVE})


def _swap(kept: Kept, written: str) -> tuple[Seat, Applicant]:
    """``OUT:IN`` → the seat of the one who goes, and the one who comes."""
    going, colon, coming = written.partition(":")
    if not colon:
        raise InputError("change_swap", found=written)
    leaver = _sitting(kept, going.strip())
    seat = next(one for one in kept.seats if one.person == leaver.key and one.role != Role.RESERVE)
    everybody = {one.key for one in kept.round.pool.applicants} - {leaver.key}
    return seat, _person(kept, coming.strip(), everybody)


def _released(locks: Locks, leaving: dict[str, None]) -> Locks:
    """The board's locks without the seats of those who leave."""
    return replace(locks, seated=tuple(one for one in locks.seated if one.key not in leaving))


def _among(kept: Kept, supplement: list[Path] | None, reserves: bool) -> set[str] | None:
    """Who may come in mid-term: the reserves, those of the supplementary files, or (``None``) everybody."""
    if reserves:
        return {seat.person for seat in kept.seats if seat.role == Role.RESERVE}
    if not supplement:
        return None
    names = {path.name for path in supplement}
    return {one.key for one in kept.round.pool.applicants if one.origin and one.origin.file in names}
