"""How the review app is served: its options, its command line, its middleware."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selection.errors import SelectionError, SettingsError
from selection.serving import settings
from selection.texts import error_text, text

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from starlette.middleware import Middleware
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from selection.serving.alone import Door

HERE = Path(__file__).resolve().parent
#: Runs anew for every click of every visitor.
SCRIPT = HERE / "main.py"
#: The file to hand to ``streamlit run``.
LAUNCHER = HERE / "app.py"
ADDRESS = "127.0.0.1"
PORT = 8501
#: Names by which this machine's own browser reaches it.
OWN_HOSTS = ("127.0.0.1", "localhost", "::1", "[::1]")
READY_PATH = "/ready"
READY_SECONDS = 15
READY_THREADS = 4
#: How often cleaning that a reader held up is tried again.
CLEAN_SECONDS = 60
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
    # A full collection after each run is half of what a click costs; Python's own collects when there is reason to.
    "runner.postScriptGC": False,
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


def command(port: int | None = None, *, address: str = ADDRESS, shared: settings.Shared | None = None) -> list[str]:
    """The command that serves the app, as a list for :mod:`subprocess`.

    Parameters
    ----------
    port
        ``None`` for :data:`PORT`.
    address
        Where to listen.
    shared
        Settings of shared use: the only way to listen where others come in.

    Raises
    ------
    SettingsError
        ``address_needs_login`` for an address that is not the machine's own without them.
    """
    _refuse_open(address, shared)
    options = {
        **OPTIONS,
        "server.address": address,
        "browser.serverAddress": address,
        "server.port": PORT if port is None else port,
        # The command says in the user's language where the app is.
        "logger.hideWelcomeMessage": True,
    }
    if shared is not None:
        options |= {"browser.serverAddress": shared.host, "browser.serverPort": shared.port}
        if shared.certificate is not None:
            options |= {"server.sslCertFile": str(shared.certificate), "server.sslKeyFile": str(shared.key)}
    flags = [f"--{name}={_written(value)}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(LAUNCHER), *flags]


def url(port: int | None = None, *, address: str = ADDRESS, shared: settings.Shared | None = None) -> str:
    """Where browsers reach the app."""
    if shared is not None:
        return shared.public_url
    return f"http://{f'[{address}]' if ':' in address else address}:{PORT if port is None else port}"


def require_free(port: int | None = None, *, address: str = ADDRESS) -> None:
    """Raise unless the app can listen there.

    Raises
    ------
    SettingsError
        ``port_in_use`` if another program listens, ``address_not_free`` if this machine does not let anybody.
    """
    wanted = PORT if port is None else port
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        # As the server does: a port that was left a moment ago is free.
        if sys.platform != "win32":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, wanted))
        except (OSError, OverflowError) as error:
            taken = getattr(error, "errno", None) == errno.EADDRINUSE
            raise SettingsError("port_in_use" if taken else "address_not_free", address=address, port=wanted) from error


def _refuse_open(address: str, shared: settings.Shared | None) -> None:
    if shared is None and not settings.is_own(address):
        raise SettingsError("address_needs_login", address=address)


def _written(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def secrets() -> dict[str, Any]:
    """What the framework's login needs, nothing where there is no login.

    However the app was started: ends the process where the settings are wrong, or where it would listen to others
    without a login.
    """
    from streamlit import config

    try:
        shared = settings.current()
        _refuse_open(config.get_option("server.address") or "::", shared)
    except SettingsError as error:
        print(error_text(error), file=sys.stderr)
        sys.exit(error.exit_status)
    return shared.secrets() if shared is not None else {}


def middleware() -> list[Middleware]:
    """What stands between the browser and Streamlit."""
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from streamlit import config

    from selection.serving import alone, guards, logs
    from selection.serving.throttle import Throttled
    from selection.serving.uploads import Uploads
    from selection.serving.web import PageShell, SecurityHeaders
    from selection.ui import page_jobs, session
    from selection.ui.allowed import OnlyKnown

    logs.install()
    page_jobs.prepare()
    _clean_later()
    for name in ("streamlit.error_util", "streamlit.runtime.backend_operation_handler"):
        logging.getLogger(name).addFilter(_without_traceback)
    shared = settings.current()
    # Another name for this machine is another site's: its page would be taken for our own.
    address = config.get_option("server.address") or ADDRESS
    hosts = [*OWN_HOSTS, *([address] if settings.is_own(address) else []), *([shared.host] if shared else [])]
    here = _door() if shared is None and os.environ.get(alone.MODE) != alone.OPEN else None
    if here is not None:
        hosts.append(here.name)
    ends_tls = shared is not None and shared.certificate is not None
    guarded = [Middleware(guards.SafeCookies), Middleware(guards.OnlySignedIn, store=session.store)]
    return [
        Middleware(SecurityHeaders, https=shared is not None),
        Middleware(OnlyKnown),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        *([Middleware(alone.OnlyHere, door=here)] if here is not None else []),
        *([Middleware(Throttled)] if ends_tls else []),
        *(guarded if shared is not None else []),
        Middleware(Uploads, person=guards.person_of if shared is not None else lambda scope: None),
        Middleware(PageShell),
    ]


@cache
def _door() -> Door:
    """The one door of this process; where no command has told the address, it is told here."""
    from streamlit import config

    from selection.serving import alone

    address = config.get_option("server.address") or ADDRESS
    made = alone.door(os.environ, address, int(config.get_option("server.port")))
    # The framework takes connections from pages of this name.
    config.set_option("browser.serverAddress", made.name)
    made.note()
    if alone.KEY not in os.environ:
        print(text("cli.app_at", url=made.url), flush=True)
    return made


def routes() -> list[Route]:
    """What the server answers beside the app."""
    from starlette.routing import Route

    from selection.serving import web

    return [Route(web.PLACE_PATH, web.place_script), Route(READY_PATH, ready)]


async def ready(request: Request) -> Response:
    """200 where records can be read and proposals made, else 503; no more is told to whoever asks."""
    import anyio
    from starlette.responses import PlainTextResponse

    answers = False
    with anyio.move_on_after(READY_SECONDS):
        # Threads of its own: a database that hangs, asked again and again, takes none from those who guard the pages.
        answers = await anyio.to_thread.run_sync(_is_ready, abandon_on_cancel=True, limiter=_ready_threads())
    headers = {"cache-control": "no-store"}
    return PlainTextResponse("ready" if answers else "not ready", 200 if answers else 503, headers)


@cache
def _ready_threads() -> CapacityLimiter:
    from anyio import CapacityLimiter

    return CapacityLimiter(READY_THREADS)


def _is_ready() -> bool:
    from selection import actions as do
    from selection.serving import readiness
    from selection.ui import session

    try:
        return do.database_ready(session.store()) and readiness.solving()
    except SelectionError:
        return False


def _clean_later() -> None:
    """Every so often finish what a reader held up, such as cleaning the database's files after an erasure."""

    def look() -> None:
        never = threading.Event()
        while not never.wait(CLEAN_SECONDS):
            try:
                do.finish_jobs(session.store())
            except Exception as error:  # the database is away, or was: it is tried again
                logging.getLogger("selection.ui").warning("cleaning waits: %s", kind_of(error))

    from selection import actions as do
    from selection.serving.logs import kind_of
    from selection.ui import session

    threading.Thread(target=look, name="cleaning", daemon=True).start()


def _without_traceback(record: logging.LogRecord) -> bool:
    """Leave the framework's tracebacks out of the log: their texts may hold names. ``SELECTION_DEBUG=1`` keeps them."""
    if os.environ.get("SELECTION_DEBUG") != "1":
        record.exc_info = None
    return True


def on_script_error(error: Exception) -> bool:
    """Show a page of our own where a page fails, and log the kind of error without its text (it may hold names)."""
    from selection.ui import session

    if not isinstance(error, SelectionError):
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"
        logging.getLogger("selection.ui").error("page failed: %s at %s", type(error).__name__, where)
    session.show_failure(error)
    return True
