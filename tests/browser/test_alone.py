"""The address of the command opens the app in one browser, once; others of the machine get nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import PATIENCE, chromium, free_port, stop
from tests.browser.conftest import Server as Running


@pytest.fixture
def printed(tmp_path: Path):
    """An app started as a person does, and the address that the command printed."""
    chromium()
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SELECTION_", "STREAMLIT_"))}
    environment |= {"SELECTION_DATA": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", "from selection.cli import main; main()", "app", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    address = None
    for line in process.stdout:
        if found := re.search(r"http://\S+avain=\S+", line):
            address = found.group()
            break
    assert address is not None, "no address was printed"
    running = Running(address, tmp_path, process)  # type: ignore[arg-type]
    yield running
    stop(running)


def visitor(browser):
    opened = browser.new_context(locale="fi-FI", reduced_motion="reduce")
    opened.set_default_timeout(PATIENCE)
    return opened


def reached(page, address: str) -> int:
    """The status of the page, tried until the server listens."""
    from playwright.sync_api import Error

    for _ in range(200):
        try:
            answer = page.goto(address)
            return answer.status if answer is not None else 0
        except Error as error:
            if "ERR_CONNECTION_REFUSED" not in str(error):
                raise
            page.wait_for_timeout(200)
    return 0


def test_the_printed_address_opens_once_and_for_one_browser(browser, printed):
    mine, other = visitor(browser), visitor(browser)
    page = mine.new_page()
    assert reached(page, printed.url) == 200
    page.get_by_role("heading", level=1, name="Kierrokset").wait_for()
    assert "avain=" not in page.url and re.match(r"http://k[0-9a-f]{16}\.localhost:", page.url)
    page.reload()  # the cookie goes on opening it here
    page.get_by_role("heading", level=1, name="Kierrokset").wait_for()

    # The same address in another browser of the machine, and the app without the key.
    stranger = other.new_page()
    for address in (printed.url, page.url, re.sub(r"//[^:/]+", "//127.0.0.1", page.url)):
        assert reached(stranger, address) >= 400, address
        assert stranger.get_by_role("heading", name="Kierrokset").count() == 0
    mine.close()
    other.close()
