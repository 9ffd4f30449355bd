"""The command verify: whether a decision follows from these applications, and where people changed it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from selection.cli_workbook import change_lines, sheet_cells
from selection.errors import FileError
from selection.intake import read_applications
from selection.texts import label, text

if TYPE_CHECKING:
    from selection.outputs.verifying import Verification

_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)


def verify_command(
    decision: Annotated[Path, typer.Argument(help=text("cli.decision"), show_default=False)],
    applications: Annotated[list[Path], typer.Argument(help=text("cli.applications"), show_default=False)],
) -> None:
    """Say whether a decision follows from these applications. Exit status 1 where anything differs."""
    from selection.outputs import readback
    from selection.outputs.verifying import verify

    if not decision.is_file():
        raise FileError("file_not_found", file=decision.name)
    sheets = sheet_cells(decision)
    recorded = readback.checkable_in(sheets, file=decision.name)
    intake = read_applications(applications, recorded.rules())
    decided = readback.roster_in(sheets, recorded, intake.applicants, file=decision.name)

    def progress(name: str, number: int, total: int) -> None:
        _err.print(f"{number + 1}/{total} {text(f'step.{name}')}", markup=False)

    found = verify(
        recorded,
        decided,
        intake.applicants,
        files=[(one.name, one.sha256) for one in intake.files],
        asked=intake.asked,
        progress=progress,
    )
    names = {one.key: one.name for one in intake.applicants} | {one.key: one.name for one in recorded.seats}
    for line in _lines(found, names, proven=recorded.proven):
        _out.print(line, markup=False)
    raise typer.Exit(0 if found.follows and not found.changes and not found.broken else 1)


def _lines(found: Verification, names: dict[str, str], *, proven: bool) -> list[str]:
    """What a person reads, a line for each thing checked, differences under it."""
    lines = [_verdict("files", found.same_files)]
    lines += ["  " + text("verify.file_missing", file=name) for name in found.files_missing]
    lines += ["  " + text("verify.file_other", file=name) for name in found.files_other]
    if found.people_missing:
        lines.append("  " + text("verify.people_missing", n=found.people_missing))
    lines.append(_verdict("sheet", found.intact))
    lines.append(_verdict("steps", not found.steps_differ))
    lines += [
        "  " + text("verify.step", step=text(f"step.{name}"), recorded=value, again="–" if again is None else again)
        for name, value, again in found.steps_differ
    ]
    lines.append(_verdict("draw", not found.proposal_differs))
    if found.proposal_differs and not proven:
        lines.append("  " + text("verify.not_proven"))
    lines += ["  " + line for line in change_lines(found.proposal_differs, names)]
    lines.append(_verdict("people", not found.changes))
    lines += ["  " + line for line in change_lines(found.changes, names)]
    lines.append(_verdict("requirements", not found.broken))
    lines += [
        "  " + " · ".join(part for part in (label("rule", one.id), one.table, label("seat", one.role or "")) if part)
        for one in found.broken
    ]
    if not found.follows:
        lines.append(text("verify.does_not_follow"))
    elif found.changes:
        lines.append(text("verify.follows_changed", n=len(found.changes)))
    else:
        lines.append(text("verify.follows"))
    return lines


def _verdict(what: str, holds: bool) -> str:
    return text(f"verify.{what}.{'yes' if holds else 'no'}")
