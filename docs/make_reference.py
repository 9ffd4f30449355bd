"""The reference pages of docs/, made from the program itself: commands with their options, errors, actions.

    python docs/make_reference.py          writes docs/commands.md, docs/errors.md and docs/actions.md

A test makes them again and compares: an option, an error or an action that is not in docs/ fails it.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from selection.texts import catalogue, in_language, text

if TYPE_CHECKING:
    from pydantic import BaseModel

HERE = Path(__file__).parent
MADE = "*Made by `docs/make_reference.py` from the program; do not edit by hand.*"


def pages() -> dict[str, str]:
    """File name → contents, in English."""
    with in_language("en"):
        return {"commands.md": commands(), "errors.md": errors(), "actions.md": actions()}


def commands() -> str:
    """Every command with its arguments and options."""
    import click
    import typer

    from selection.cli import app

    root: Any = typer.main.get_command(app)
    lines = [
        "# Commands",
        "",
        MADE,
        "",
        text("cli.help"),
        "",
        "Every command takes what stands here before its name:",
        "",
    ]
    lines += _table(root)

    def tell(command: Any, name: str) -> None:
        lines.extend(["", f"## `selection {name}`", "", _sentence(command.help), ""])
        if isinstance(command, click.Group):
            for under in command.list_commands(click.Context(command)):
                found = command.get_command(click.Context(command), under)
                tell(found, f"{name} {under}")
            return
        arguments = [one for one in command.params if one.param_type_name == "argument"]
        told = " ".join(f"{one.name.upper()}{'…' if one.nargs != 1 else ''}" for one in arguments)
        lines.extend(["```", f"selection {name} {told}".rstrip() + " [OPTIONS]", "```", ""])
        lines.extend(_table(command))

    context = click.Context(root)
    for name in root.list_commands(context):
        tell(root.get_command(context, name), name)
    return "\n".join(lines) + "\n"


def _table(command: Any) -> Iterator[str]:
    options = [one for one in command.params if one.param_type_name == "option" and "--help" not in one.opts]
    if not options:
        return
    yield "| option | meaning |"
    yield "| --- | --- |"
    for one in options:
        names = ", ".join(f"`{name}`" for name in [*one.opts, *one.secondary_opts])
        yield f"| {names} | {_sentence(one.help)} |"


def _sentence(said: str | None) -> str:
    return re.sub(r"\s+", " ", (said or "").replace("|", "\\|")).strip()


def errors() -> str:
    """Every error by code, with what a person reads; what stands between braces is filled."""
    lines = [
        "# Errors",
        "",
        MADE,
        "",
        "`str(error)` ends with the code in brackets. What stands between braces is filled in.",
        "",
    ]
    lines += ["| code | what is said |", "| --- | --- |"]
    for code, forms in sorted(catalogue("en").items()):
        if code.startswith("error."):
            lines.append(f"| `{code.removeprefix('error.')}` | {_sentence(forms[-1])} |")
    return "\n".join(lines) + "\n"


def _call(action: type[BaseModel]) -> str:
    """An action's class with its fields; those that may be left out carry a question mark."""
    fields = ", ".join(f"{name}{'' if field.is_required() else '?'}" for name, field in action.model_fields.items())
    return f"`{action.__name__}({fields})`"


def actions() -> str:
    """Every action that changes the records: who may, in which states of a round, and how the log names it."""
    from selection.actions import known_actions

    lines = [
        "# Actions",
        "",
        MADE,
        "",
        "Each is one transaction: it asks the right, makes the change and writes its line in the log.",
        "",
    ]
    lines += [
        "| action | class and fields | right | states of the round | in the log |",
        "| --- | --- | --- | --- | --- |",
    ]
    for code, action in sorted(known_actions().items()):
        states = ", ".join(getattr(action, "states", ()) or ()) or "–"
        said = _sentence(catalogue("en").get(f"action.{code}", ("–",))[0])
        lines.append(f"| `{code}` | {_call(action)} | {action.right.value} | {states} | {said} |")
    lines += ["", "## Reading", "", "`selection.actions` also has what is read of the records:", ""]
    lines += ["| function | what it gives |", "| --- | --- |"]
    for name, function in _readers():
        parameters = ", ".join(inspect.signature(function).parameters)
        lines.append(f"| `{name}({parameters})` | {_sentence((function.__doc__ or '–').splitlines()[0])} |")
    return "\n".join(lines) + "\n"


def _readers() -> list[tuple[str, Callable[..., object]]]:
    """The functions of the package that take the records and who asks, by name."""
    from selection import actions

    functions = [(name, getattr(actions, name)) for name in sorted(actions.__all__)]
    return [
        (name, function)
        for name, function in functions
        if inspect.isfunction(function) and list(inspect.signature(function).parameters)[:2] == ["store", "user"]
    ]


def main() -> None:
    """Write the pages, beside this script or into the folder that is named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, contents in pages().items():
        (folder / name).write_text(contents, "utf-8")


if __name__ == "__main__":
    main()
