"""The commands put together: propose, inspect, check, explain and the others."""

from __future__ import annotations

import sys

import typer

from selection.commands.alternatives import alternatives_command
from selection.commands.app import app_command
from selection.commands.change import change_command
from selection.commands.check import check_command
from selection.commands.draw import draw_command
from selection.commands.explain import explain_command
from selection.commands.inspect import inspect_command
from selection.commands.propose import propose_command
from selection.commands.records import backup_command, log_app, restore_command
from selection.commands.room import room_command
from selection.commands.terminal import err, tell
from selection.commands.tradeoffs import tradeoffs_command
from selection.commands.users import users_app
from selection.commands.verify import verify_command
from selection.errors import SelectionError
from selection.texts import text

app = typer.Typer(add_completion=False, no_args_is_help=True, help=text("cli.help"), pretty_exceptions_enable=False)
app.command("propose", help=text("cli.propose"))(propose_command)
app.command("inspect", help=text("cli.inspect"))(inspect_command)
app.command("check", help=text("cli.check"))(check_command)
app.command("explain", help=text("cli.explain"))(explain_command)
app.command("change", help=text("cli.change"))(change_command)
app.command("alternatives", help=text("cli.alternatives"))(alternatives_command)
app.command("tradeoffs", help=text("cli.tradeoffs"))(tradeoffs_command)
app.command("room", help=text("cli.room"))(room_command)
app.command("draw", help=text("cli.draw"))(draw_command)
app.command("verify", help=text("cli.verify"))(verify_command)
app.command("app", help=text("cli.app"))(app_command)
app.add_typer(log_app, name="log")
app.add_typer(users_app, name="user")
app.command("backup", help=text("cli.backup"))(backup_command)
app.command("restore", help=text("cli.restore"))(restore_command)


def main() -> None:
    """Run a command; every error a person can cause ends in a message and its exit status."""
    try:
        app()
    except SelectionError as error:
        tell(error)
        sys.exit(error.exit_status)
    except OSError as error:
        err.print(text("error.output_failed", file=error.filename or "", reason=error.strerror or ""), markup=False)
        sys.exit(2)
