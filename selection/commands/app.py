"""The command app: serve the review app, on this machine or to those who sign in."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from selection.texts import text


def app_command(
    address: Annotated[str, typer.Option(help=text("cli.address"))] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help=text("cli.port"))] = None,
    settings: Annotated[Path | None, typer.Option(help=text("cli.settings"))] = None,
) -> None:
    """Serve the review app."""
    from selection.ui import server
    from selection.ui.settings import FILE, shared

    environment = dict(os.environ)
    if settings is not None:
        environment[FILE] = str(settings.absolute())
    command = server.command(port, address=address, shared=shared(environment))
    raise typer.Exit(subprocess.call(command, env=environment))
