"""The commands on the records: log verify, backup, restore.

The records are loaded by the command that needs them: a database layer takes half a second that a proposal can spare.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from selection.errors import ActionError
from selection.texts import text

log_app = typer.Typer(add_completion=False, no_args_is_help=True, help=text("cli.log"))

Records = Annotated[str | None, typer.Option("--records", help=text("cli.records"))]


@log_app.command("verify", help=text("cli.log_verify"))
def log_verify_command(records: Records = None) -> None:
    """Check the chain of the log; exit status 1 where it is broken."""
    from selection import actions as do

    report = do.verify_log(do.open_store(records, make=False))
    typer.echo(text(report.code, line=report.broken_at))
    typer.echo(text("cli.log_head", lines=report.lines, head=report.head))
    raise typer.Exit(0 if report.whole else 1)


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
