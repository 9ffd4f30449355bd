"""The command app: serve the review app, on this machine or to those who sign in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from selection.commands.terminal import out
from selection.errors import InputError, SettingsError
from selection.texts import text


def app_command(
    address: Annotated[str, typer.Option(help=text("cli.address"))] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help=text("cli.port"))] = None,
    settings: Annotated[Path | None, typer.Option(help=text("cli.settings"))] = None,
    example: Annotated[bool, typer.Option("--example", help=text("cli.example"))] = False,
) -> None:
    """Serve the review app; with ``example`` the printed address leads to the proposal of the example round."""
    from selection.serving import alone
    from selection.serving.settings import FILE, shared
    from selection.ui import server

    environment = dict(os.environ)
    if settings is not None:
        environment[FILE] = str(settings.absolute())
    login = shared(environment)
    command = server.command(port, address=address, shared=login)
    if not _is_free(port, address, is_shared=login is not None):
        return
    if example and login is not None:
        raise InputError("example_shared")
    place = _example() if example else ""
    url = server.url(port, address=address, shared=login) + place
    if login is None and environment.get(alone.MODE) != alone.OPEN:
        name, key = alone.new_name(address), alone.new_key()
        environment |= {alone.NAME: name, alone.KEY: key}
        url = alone.address_of(name, server.PORT if port is None else port, key, place)
    out.print(text("cli.app_at", url=url), markup=False, soft_wrap=True)
    raise typer.Exit(_serve(command, environment))


def _is_free(port: int | None, address: str, *, is_shared: bool) -> bool:
    """Whether the app can be served; where it already is, by this account, its address is printed again.

    Raises
    ------
    SettingsError
        as :func:`selection.ui.server.require_free`.
    """
    from selection.serving import alone
    from selection.ui import server

    try:
        server.require_free(port, address=address)
    except SettingsError as error:
        url = None if is_shared or error.code != "port_in_use" else alone.noted(server.PORT if port is None else port)
        if url is None:
            raise
        out.print(text("cli.app_runs", url=url), markup=False, soft_wrap=True)
        return False
    return True


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
