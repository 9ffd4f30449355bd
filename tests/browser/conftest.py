"""A real browser on the real app: a server on a free port with a data folder of its own, Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_applications.xlsx"
#: Nothing but the app may be asked for anything.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
)
START_SECONDS = 120
#: Milliseconds that anything may take to appear: long, as a loaded machine is slow and not wrong.
PATIENCE = 60_000


def chromium() -> str:
    """The browser's path; without one the tests are skipped, but fail where ``CI=true`` says that they must run."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No Chromium: install Debian's package chromium, or name one in CHROMIUM.")
        pytest.skip("No Chromium on this machine.")
    return found


@dataclass
class Server:
    """A running app."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path) -> Server:
    """Start the app as the command line does, and wait until it says that it is well."""
    from selection.ui import server

    port = free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SELECTION_", "STREAMLIT_"))}
    environment |= {"SELECTION_DATA": str(folder), "TZ": "Europe/Helsinki", "SELECTION_ALONE": "open"}
    log = (folder / "server.log").open("wb")
    process = subprocess.Popen(server.command(port), cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
    running = Server(f"http://127.0.0.1:{port}", folder, process)
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{running.url}/_stcore/health", timeout=2):
                return running
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    stop(running)
    pytest.fail("The app did not start:\n" + (folder / "server.log").read_text(errors="replace")[-3000:])


def stop(running: Server) -> None:
    running.process.terminate()
    try:
        running.process.wait(10)
    except subprocess.TimeoutExpired:
        running.process.kill()
        running.process.wait(10)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One app for all tests; each makes a round of its own."""
    chromium()
    running = start(tmp_path_factory.mktemp("data"))
    yield running
    stop(running)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    path = chromium()
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=[*QUIET, *sandbox])
        yield running
        running.close()


@dataclass
class Watch:
    """What a page did that it must not do."""

    console: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def context(app, browser):
    """The windows of somebody who has been here before: what the first test fetched is not fetched again."""
    opened = browser.new_context(locale="fi-FI", base_url=app.url, reduced_motion="reduce")
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.fixture
def visit(app, context):
    """``visit(width)`` opens a page of the app; at the end no error and no request to elsewhere may have been seen."""
    watch = Watch()

    def opened(width: int = 1280, height: int = 900):
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on("console", lambda message: watch.console.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: watch.console.append(str(error)))
        page.on("request", lambda request: watch.outside.append(request.url) if elsewhere(request.url) else None)
        page.on("websocket", lambda socket: watch.outside.append(socket.url) if elsewhere(socket.url) else None)
        page.watch = watch
        return page

    def elsewhere(url: str) -> bool:
        at_home = (app.url, app.url.replace("http:", "ws:"), "data:", "blob:")
        return not url.startswith(at_home)

    yield opened
    for page in context.pages:
        page.evaluate("localStorage.clear()")
        page.close()
    context.clear_cookies()
    assert watch.console == []
    assert watch.outside == []
