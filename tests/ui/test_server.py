"""The app's options are the same from a checkout and from an installed package; the web around it keeps others out."""

import asyncio
import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from selection.errors import SettingsError
from selection.serving import alone, web
from selection.texts import LANGUAGES
from selection.ui import server
from tests.command import run

ROOT = Path(__file__).resolve().parents[2]


def flat(table, prefix=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def test_checkout_and_package_have_the_same_options():
    written = dict(flat(tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))))
    assert written == dict(server.OPTIONS)


def test_command_listens_on_this_machine_alone_and_reports_nothing():
    command = server.command(8765)
    assert "--server.address=127.0.0.1" in command
    assert "--browser.serverAddress=127.0.0.1" in command
    assert "--browser.gatherUsageStats=false" in command
    assert "--server.port=8765" in command
    assert str(server.LAUNCHER) in command


@pytest.fixture
def taken():
    """A port of this machine at which something listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_a_port_that_is_taken_and_an_address_of_another_machine_are_told(taken):
    with pytest.raises(SettingsError, match="port_in_use"):
        server.require_free(taken)
    with pytest.raises(SettingsError, match="address_not_free"):
        server.require_free(8501, address="192.0.2.1")
    with pytest.raises(SettingsError, match="address_not_free"):
        server.require_free(99999)
    with socket.create_server(("127.0.0.1", 0)) as was:
        free = was.getsockname()[1]
    server.require_free(free)


def test_the_command_says_where_the_app_is_in_the_language_in_force(taken, monkeypatch, tmp_path):
    served = []
    monkeypatch.setattr("selection.commands.app._serve", lambda command, environment: served.append(command) or 0)
    refused = run("app", "--port", taken, cwd=tmp_path)
    assert refused.returncode == 2 and str(taken) in refused.stderr and not served
    with socket.create_server(("127.0.0.1", 0)) as was:
        free = was.getsockname()[1]
    said = run("app", "--port", free, cwd=tmp_path)
    assert said.returncode == 0
    assert re.search(rf"Tarkastelusovellus: http://k\w+\.localhost:{free}/\?avain=\S+", said.stdout)
    assert "--logger.hideWelcomeMessage=true" in served[0]


def test_where_the_app_runs_already_its_address_is_told_again(taken, monkeypatch, tmp_path):
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))
    alone.Door("kabc.localhost", "the-key", taken, alone.file_of(taken)).note()
    said = run("app", "--port", taken, cwd=tmp_path)
    assert said.returncode == 0 and f"http://kabc.localhost:{taken}/?avain=the-key" in said.stdout


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_whoever_stops_the_command_stops_the_server(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as was:
        free = was.getsockname()[1]
    environment = {**os.environ, "SELECTION_DATA": str(tmp_path)}
    command = [sys.executable, "-c", "from selection.cli import main; main()", "app", "--port", str(free)]
    started = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        assert started.stdout is not None and str(free).encode() in started.stdout.readline()
        while started.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", free), timeout=1):
                break
            time.sleep(0.1)
        assert started.poll() is None
        started.terminate()
        started.wait(timeout=60)
    finally:
        started.kill()
        started.wait()
    server.require_free(free)


@pytest.mark.parametrize("path", [ROOT / "app.py", server.LAUNCHER])
def test_both_entries_are_found_as_apps(path):
    from streamlit.web.server.app_discovery import discover_asgi_app

    assert discover_asgi_app(path).is_asgi_app


def test_root_entry_is_short():
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 40


def test_policy_allows_no_inline_script_no_evaluation_and_no_other_host():
    parts = dict(part.split(" ", 1) for part in web.CONTENT_SECURITY_POLICY.split("; "))
    assert "'unsafe-inline'" not in parts["script-src"]
    assert "unsafe-eval" not in web.CONTENT_SECURITY_POLICY
    assert "http" not in web.CONTENT_SECURITY_POLICY and "*" not in web.CONTENT_SECURITY_POLICY
    assert parts["frame-ancestors"] == "'none'"


PAGE = (
    '<html lang="en"><head><title>Streamlit</title><script>\nwindow.x = 1\n</script></head>'
    "<noscript>n</noscript></html>"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_shell_has_the_language_and_no_inline_script(language):
    page = web.shell(PAGE, language)
    assert f'<html lang="{language}">' in page
    assert "<title>Kokoonpano</title>" in page
    assert "<script>" not in page
    assert f'<script src=".{web.PLACE_PATH}"></script>' in page


def answer(app, scope):
    """What an ASGI app sends: status, headers, body."""
    sent = []

    async def run():
        async def send(message):
            sent.append(message)

        async def receive():
            return {"type": "http.request"}

        await app(scope, receive, send)

    asyncio.run(run())
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def served(content_type, body, status=200):
    async def app(scope, receive, send):
        headers = [(b"content-type", content_type), (b"content-length", str(len(body)).encode()), (b"etag", b"x")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body[:20], "more_body": True})
        await send({"type": "http.response.body", "body": body[20:]})

    return app


def scope(path="/", query=b"", headers=()):
    return {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": list(headers)}


def test_page_is_rewritten_and_its_length_told():
    _, headers, body = answer(web.PageShell(served(b"text/html; charset=utf-8", PAGE.encode())), scope())
    assert b'lang="fi"' in body
    assert int(headers["content-length"]) == len(body)
    assert "etag" not in headers


def test_other_files_pass_untouched():
    _, headers, body = answer(web.PageShell(served(b"text/javascript", PAGE.encode())), scope("/static/a.js"))
    assert body == PAGE.encode()
    assert headers["etag"] == "x"


def test_every_answer_has_the_headers():
    _, headers, _ = answer(web.SecurityHeaders(served(b"text/plain", b"x" * 30, 404)), scope("/nowhere"))
    assert headers["content-security-policy"] == web.CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("query", "cookie", "expected"),
    [
        (b"", None, "fi"),
        (b"lang=sv", None, "sv"),
        (b"lang=xx", b"kokoonpano_language=en", "en"),
        (b"", b"kokoonpano_language=<script>", "fi"),
        (b"lang=sv", b"kokoonpano_language=en", "sv"),
    ],
)
def test_language_of_a_request(query, cookie, expected):
    headers = [(b"cookie", cookie)] if cookie else []
    assert web.language_of(scope(query=query, headers=headers)) == expected
