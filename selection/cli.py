"""The commands put together: each is loaded when it is asked for, since a start of them all takes half a second."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from selection.commands.terminal import err, tell
from selection.errors import SelectionError
from selection.texts import text

#: Each command by name, in the order of the help: its module in ``selection.commands``, its function or group there.
COMMANDS = {
    "propose": ("propose", "propose_command"),
    "inspect": ("inspect", "inspect_command"),
    "check": ("check", "check_command"),
    "explain": ("explain", "explain_command"),
    "change": ("change", "change_command"),
    "alternatives": ("alternatives", "alternatives_command"),
    "tradeoffs": ("tradeoffs", "tradeoffs_command"),
    "room": ("room", "room_command"),
    "draw": ("draw", "draw_command"),
    "verify": ("verify", "verify_command"),
    "term": ("term", "term_command"),
    "app": ("app", "app_command"),
    "backup": ("records", "backup_command"),
    "restore": ("records", "restore_command"),
    "log": ("records", "log_app"),
    "user": ("users", "users_app"),
}


class Commands(TyperGroup):
    """The commands of :data:`COMMANDS`, made when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name; ``None`` if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        found = getattr(import_module(f"selection.commands.{module}"), name)
        if isinstance(found, typer.Typer):
            command: Any = get_group(found)
        else:
            alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            alone.command(cmd_name, help=text(f"cli.{cmd_name}"))(found)
            command = get_command(alone)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=Commands, add_completion=False, no_args_is_help=True, help=text("cli.help"), pretty_exceptions_enable=False
)


@app.callback()
def every_command() -> None:
    """What all commands share: nothing but the name."""


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
