"""The commands put together: each is loaded when it is asked for, since a start of them all takes half a second."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from selection.commands.usage import NoArguments, UsageError, usage_error
from selection.errors import InputError, SelectionError
from selection.texts import LANGUAGES, in_language, language, text, use_language
from selection.version import __version__

#: The exit status of a command that was stopped at the keyboard.
INTERRUPTED = 130

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
    "seal": ("seal", "seal_command"),
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


def _speak(context: typer.Context, code: str | None) -> str | None:
    """Take a language into use before any text of a command is looked up."""
    if code is None:
        return None
    if code not in LANGUAGES:
        raise InputError("language_unknown", found=code[:40], known=", ".join(LANGUAGES))
    use_language(code)
    context.command.help = text("cli.help")
    return code


def _tell_version(asked: bool) -> None:
    """Print which release this is, and end."""
    if asked:
        print(f"selection {__version__}")
        raise typer.Exit()


@app.callback()
def every_command(
    language: Annotated[
        str | None, typer.Option(envvar="SELECTION_LANGUAGE", callback=_speak, is_eager=True, help=text("cli.language"))
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help=text("cli.version"))
    ] = False,
) -> None:
    """What all commands share: the language; and which release this is."""


def main() -> None:
    """Run a command; every error a person can cause ends in a message and its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a letter that a terminal does not have is no reason to stop
            stream.reconfigure(errors="replace")
    with in_language(language()):
        _run()


def _run() -> None:
    try:
        _understood()
    except SelectionError as error:
        from selection.commands.terminal import tell

        tell(error)
        sys.exit(error.exit_status)
    except (KeyboardInterrupt, SystemExit) as ended:
        if isinstance(ended, SystemExit) and ended.code != INTERRUPTED:
            raise
        _say(text("error.interrupted"))
        sys.exit(INTERRUPTED)
    except OSError as error:
        _say(text("error.output_failed", file=error.filename or "", reason=error.strerror or ""))
        sys.exit(2)


def _understood() -> None:
    """Run the command of the line, and end with its status; a line that says none is an error like any other.

    Raises
    ------
    InputError
        where the line cannot be understood.
    """
    try:
        status = app(prog_name="selection", standalone_mode=False)
    except NoArguments as error:  # its text is the help
        error.show()
        sys.exit(error.exit_code)
    except UsageError as error:
        raise usage_error(error) from None
    except typer.Abort:
        sys.exit(INTERRUPTED)
    sys.exit(status or 0)


def _say(words: str) -> None:
    from selection.commands.terminal import err

    err.print(words, markup=False)
