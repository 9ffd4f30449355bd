"""The commands on the records: log verify, backup, restore.

The records are loaded by the command that needs them: a database layer takes half a second that a proposal can spare.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from selection.errors import ActionError
from selection.texts import text

log_app = typer.Typer(add_completion=False, no_args_is_help=True, help=text("cli.log"))

#: A sha256.
HASH = re.compile("[0-9a-f]{64}")

Records = Annotated[str | None, typer.Option("--records", help=text("cli.records"))]


#: So many faults are told one by one.
TOLD = 50


@log_app.command("verify", help=text("cli.log_verify"))
def log_verify_command(
    records: Records = None,
    head: Annotated[str | None, typer.Option("--head", metavar="N:HASH", help=text("cli.log_verify_head"))] = None,
) -> None:
    """Check the log and all rows against it; exit status 1 where something is wrong."""
    from selection import actions as do

    noted = _noted(head) if head is not None else None
    report = do.verify_log(do.open_store(records, make=False), noted)
    for fault in report.faults[:TOLD]:
        typer.echo(text(fault.code, line=fault.line or "–", table=fault.table or "–", row=fault.row or "–"))
    if len(report.faults) > TOLD:
        typer.echo(text("log.more", n=len(report.faults) - TOLD))
    if report.unchecked:
        typer.echo(text("log.unchecked", n=report.unchecked))
    typer.echo(text("log.whole") if report.whole else text("log.advice"))
    typer.echo(text("cli.log_head", lines=report.lines, head=report.head))
    raise typer.Exit(0 if report.whole else 1)


def _noted(head: str) -> tuple[int, str]:
    """A head as it is noted in a workbook: the line's number and its hash."""
    number, _, digest = head.strip().partition(":")
    if not number.isdecimal() or not HASH.fullmatch(digest.strip().lower()):
        raise ActionError("log_head_unreadable", found=head)
    return int(number), digest.strip().lower()


def backup_command(
    file: Annotated[Path, typer.Argument(help=text("cli.backup_file"), show_default=False)],
    records: Records = None,
) -> None:
    """Write all records to one new file, checked."""
    from selection import actions as do

    report = do.backup(do.open_store(records, make=False), file)
    typer.echo(text("cli.backup_done", file=report.path.name, lines=report.log_lines, head=report.log_head))


def restore_command(
    file: Annotated[Path, typer.Argument(help=text("cli.backup_file"), show_default=False)],
    records: Records = None,
) -> None:
    """Put a backup into empty records."""
    from selection import actions as do

    if not file.is_file():  # said before empty records are made for it
        raise ActionError("backup_not_there", file=str(file))
    report = do.restore(file, do.open_store(records))
    typer.echo(text("cli.restore_done", lines=report.log_lines, head=report.log_head))
