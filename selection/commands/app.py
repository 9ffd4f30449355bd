"""The command app: serve the review app, on this machine or to those who sign in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from selection.commands.terminal import out
from selection.errors import InputError
from selection.texts import text


def app_command(
    address: Annotated[str, typer.Option(help=text("cli.address"))] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help=text("cli.port"))] = None,
    settings: Annotated[Path | None, typer.Option(help=text("cli.settings"))] = None,
    example: Annotated[bool, typer.Option("--example", help=text("cli.example"))] = False,
) -> None:
    """Serve the review app; with ``example`` the printed address leads to the proposal of the example round."""
    from selection.ui import server
    from selection.ui.settings import FILE, shared

    environment = dict(os.environ)
    if settings is not None:
        environment[FILE] = str(settings.absolute())
    login = shared(environment)
    command = server.command(port, address=address, shared=login)
    server.require_free(port, address=address)
    if example and login is not None:
        raise InputError("example_shared")
    place = _example() if example else ""
    out.print(text("cli.app_at", url=server.url(port, address=address, shared=login) + place), markup=False)
    raise typer.Exit(_serve(command, environment))


def _example() -> str:
    """Make the example round ready; the address of its proposal, from the app's root."""
    from selection import actions as do
    from selection.ui import example

    out.print(text("cli.example_making"), markup=False)
    store = do.open_store()
    try:
        user = do.local_user(store)
        round_id = example.make(store, user)
        example.propose(store, user, round_id)
    finally:
        store.close()
    return f"/ehdotus?kierros={round_id}"


def _serve(command: list[str], environment: dict[str, str]) -> int:
    """Run the server until it is stopped; its exit status."""
    sys.stdout.flush()
    if os.name == "posix":
        # In this very process: whoever stops the command stops the server, and nothing is left that listens.
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment)
