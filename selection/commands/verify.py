"""The command verify: whether a decision follows from these applications, and where people changed it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from selection.commands.applied import pool_of, print_not_applied
from selection.commands.options import Seal, Waive
from selection.commands.round import show_progress
from selection.commands.standing import print_state, state_of_workbook
from selection.commands.terminal import lines_out, load_rules, readable
from selection.commands.workbook import details_of, read_as_recorded, sheet_cells
from selection.errors import InputError
from selection.model.applied import waived
from selection.model.fingerprint import rules_hash
from selection.rounds.seal_file import published_root, read_seal
from selection.rounds.sealed_round import sealed_draw
from selection.texts import text


def verify_command(
    decision: Annotated[Path, typer.Argument(readable=False, help=text("cli.verify_decision"), show_default=False)],
    applications: Annotated[
        list[Path] | None, typer.Argument(readable=False, help=text("cli.applications"), show_default=False)
    ] = None,
    waive: Waive = None,
    rules: Annotated[str | None, typer.Option("--rules", help=text("cli.verify_rules"))] = None,
    seal: Seal = None,
) -> None:
    """Say whether a decision follows from these applications, or a fair draw. Exit status 1 where anything differs."""
    from selection.commands.verdict_lines import Verdict, verdict_lines
    from selection.outputs import readback
    from selection.outputs.amendments import amended
    from selection.outputs.appearance import looks_of
    from selection.outputs.shown import shown_in
    from selection.outputs.verification import verify

    if decision.suffix.lower() == ".json":
        from selection.commands.verify_draw import verify_draw
        from selection.outputs.proof import read_proof

        content = read_proof(decision)
        if content is not None:
            raise typer.Exit(0 if _verify_proof(content, decision, seal) else 1)
        _require_files(applications)

        raise typer.Exit(0 if verify_draw(decision, applications or (), waive, seal) else 1)
    readable(decision)
    _require_files(applications)
    sheets = sheet_cells(decision)
    recorded = readback.checkable_in(sheets, file=decision.name)
    intake = read_as_recorded(applications or (), recorded, recorded.rules())
    mark = None
    if seal is not None:
        of_seal = sealed_draw(read_seal(seal), None, intake, recorded.rules(), recorded.waived)
        intake, mark = of_seal.intake, of_seal.mark
    people = amended(intake.applicants, recorded.amendments)
    decided = readback.roster_in(sheets, recorded, people, file=decision.name)

    asked = recorded.asked
    pool = pool_of(recorded.rules(), intake, people, asked, waive=waive, recorded=recorded.waived)
    found = verify(
        recorded,
        decided,
        intake.applicants,
        files=[(one.name, one.sha256) for one in intake.files],
        sheets=sheets,
        asked=intake.asked,
        left_out=pool.left_out,
        waived=pool.waived,
        seal=mark,
        progress=show_progress,
    )
    names = {one.key: one.name for one in recorded.seats} | {one.key: one.name for one in intake.applicants}
    names |= {one.key: one.name for one in (*amended(people, recorded.solved_amendments or ()), *people)}
    wanted = None if rules is None else load_rules(rules)
    of_workbook = recorded.rules()
    verdict = Verdict(
        found,
        recorded,
        names,
        beyond=() if recorded.asked is None else tuple(sorted(set(recorded.asked) - set(intake.asked))),
        waived=bool(waived(pool, of_workbook)),
        shown=shown_in(recorded, found, sheets, details_of(intake, recorded.withheld)),
        looks=looks_of(decision),
        other_rules=wanted if wanted is not None and rules_hash(wanted) != rules_hash(of_workbook) else None,
    )
    for line in verdict_lines(verdict):
        lines_out.print(line, markup=False)
    standings = found.checked.requirements
    print_state(state_of_workbook(recorded, decided, standings, of_workbook, intake, pool), of_workbook)
    print_not_applied(pool, of_workbook)
    lines_out.print(verdict.conclusion(), markup=False)
    raise typer.Exit(0 if verdict.holds else 1)


def _require_files(applications: list[Path] | None) -> None:
    """Everything but a verification file is held against the applications.

    Raises
    ------
    InputError
        without them.
    """
    if not applications:
        raise InputError("verify_wants_applications")


def _verify_proof(content: dict[str, Any], decision: Path, seal: Path | None) -> bool:
    """Say of each part of a verification file whether it holds, and whether its root is that of ``seal``, a seal or the
    list that was published; whether all do.

    Raises
    ------
    SelectionError
        if a file cannot be used.
    """
    from selection.outputs.proof import verify_proof
    from selection.rounds.program_hash import program_hash

    of_seal = None if seal is None else published_root(seal) == content.get("root")
    found = verify_proof(content, decision.name, program_hash())
    for name, holds in found.parts.items():
        lines_out.print(text(f"verify.proof.{name}.{'yes' if holds else 'no'}"), markup=False)
    for name, numbers in content["drawn"]:
        lines_out.print(text("verify.proof.drawn", source=name, numbers=numbers), markup=False)
    lines_out.print(text("verify.proof.root", root=content["root"]), markup=False)
    if not found.program:
        lines_out.print(text("verify.proof.other_program"), markup=False)
    if of_seal is None:
        lines_out.print(text("verify.proof.compare"), markup=False)
    else:
        lines_out.print(text(f"verify.proof.published.{'yes' if of_seal else 'no'}"), markup=False)
    return found.holds and of_seal is not False
