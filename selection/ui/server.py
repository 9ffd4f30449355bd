"""How the review app is served: its options, its command line, its middleware."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.middleware import Middleware
    from starlette.routing import Route

HERE = Path(__file__).resolve().parent
#: Runs anew for every click of every visitor.
SCRIPT = HERE / "main.py"
#: The file to hand to ``streamlit run``.
LAUNCHER = HERE / "app.py"
ADDRESS = "127.0.0.1"
PORT = 8501
#: Megabytes of one upload; the intake has the same limit.
UPLOAD_LIMIT = 20

#: Streamlit's options, the same as in ``.streamlit/config.toml`` of a checkout (a test compares them), so that an
#: installed app does not depend on a file in the folder where it is started.
OPTIONS: Mapping[str, str | int | bool] = {
    "server.address": ADDRESS,
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": UPLOAD_LIMIT,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.xsrfCookieSameSite": "strict",
    "server.showEmailPrompt": False,
    "browser.serverAddress": ADDRESS,
    "browser.gatherUsageStats": False,
    "logger.enableRich": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "runner.magicEnabled": False,
    "theme.base": "light",
    "theme.primaryColor": "#0b5a7d",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f2f5f7",
    "theme.textColor": "#1c2a35",
    "theme.linkColor": "#0b5a7d",
    "theme.borderColor": "#c3ccd3",
    "theme.showWidgetBorder": True,
    "theme.baseRadius": "6px",
    "theme.buttonRadius": "6px",
    "theme.sidebar.backgroundColor": "#f2f5f7",
    "theme.sidebar.secondaryBackgroundColor": "#ffffff",
}


def command(port: int | None = None, *, address: str = ADDRESS) -> list[str]:
    """The command that serves the app, as a list for :mod:`subprocess`.

    Parameters
    ----------
    port
        ``None`` for :data:`PORT`.
    address
        Where to listen. Any other than the machine's own is for shared use, behind a login.
    """
    options = {
        **OPTIONS,
        "server.address": address,
        "browser.serverAddress": address,
        "server.port": PORT if port is None else port,
    }
    flags = [f"--{name}={_written(value)}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(LAUNCHER), *flags]


def _written(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def middleware() -> list[Middleware]:
    """What stands between the browser and Streamlit."""
    from starlette.middleware import Middleware

    from selection.ui.web import PageShell, SecurityHeaders

    logging.getLogger("streamlit.error_util").addFilter(_without_traceback)
    return [Middleware(SecurityHeaders), Middleware(PageShell)]


def routes() -> list[Route]:
    """What the server answers beside the app."""
    from starlette.routing import Route

    from selection.ui import web

    return [Route(web.PLACE_PATH, web.place_script)]


def _without_traceback(record: logging.LogRecord) -> bool:
    """Leave the framework's tracebacks out of the log: their texts may hold names. ``SELECTION_DEBUG=1`` keeps them."""
    if os.environ.get("SELECTION_DEBUG") != "1":
        record.exc_info = None
    return True


def on_script_error(error: Exception) -> bool:
    """Show a page of our own where a page fails, and log the kind of error without its text (it may hold names)."""
    from selection.errors import SelectionError
    from selection.ui import session

    if not isinstance(error, SelectionError):
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"
        logging.getLogger("selection.ui").error("page failed: %s at %s", type(error).__name__, where)
    session.show_failure(error)
    return True
