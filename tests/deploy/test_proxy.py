"""The proxy of the compose file in front of the app: the same nginx.conf, on loopback, with a login through it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect

from selection.serving import sign_ins
from tests.browser.conftest import free_port
from tests.login import provider as providers
from tests.login import shared
from tests.login.test_protocol import from_provider, login_address

CONFIG = Path(__file__).resolve().parents[2] / "deploy/nginx.conf"


def nginx() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no nginx: apt-get install nginx-light")
        pytest.skip("no nginx on this machine")
    return found


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[shared.SharedApp, str]]:
    """The app behind nginx, and the address of both together."""
    program = nginx()
    folder = tmp_path_factory.mktemp("proxied")
    https, http = free_port(), free_port()
    with providers.running() as provider:
        running = shared.start(folder, provider, public_port=https)
        text = CONFIG.read_text(encoding="utf-8")
        for there, here in (
            ("/tmp/", f"{folder}/"),
            ("/run/secrets/tls_certificate", str(folder / "cert.pem")),
            ("/run/secrets/tls_key", str(folder / "key.pem")),
            ("http://app:8501", running.url),
            ("listen 8443", f"listen 127.0.0.1:{https}"),
            ("listen 8080", f"listen 127.0.0.1:{http}"),
            ("/dev/stderr", str(folder / "nginx.log")),
        ):
            assert there in text
            text = text.replace(there, here)
        (folder / "nginx.conf").write_text(text)
        command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx.log")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        # As root the workers run as somebody else, who must reach the folder.
        process = subprocess.Popen([*command, "-g", f"daemon off; {'user root;' if os.geteuid() == 0 else ''}"])
        try:
            yield running, f"https://localhost:{https}"
        finally:
            process.terminate()
            process.wait(10)
            running.stop()


@pytest.fixture
def client(app) -> Iterator[httpx.Client]:
    running, url = app
    with httpx.Client(base_url=url, verify=running.trust, timeout=60) as made:
        until = time.monotonic() + 20
        while True:
            try:
                made.get("/ready")
                break
            except httpx.ConnectError:
                assert time.monotonic() < until
                time.sleep(0.05)
        yield made


def test_ready_through_the_proxy(client) -> None:
    assert client.get("/ready").status_code == 200


def test_a_login_through_the_proxy(client) -> None:
    answer = client.get(login_address())
    answer = client.get(from_provider(answer.headers["location"]))
    cookies = answer.headers.get_list("set-cookie")
    login = next(one for one in cookies if one.startswith(f"{sign_ins.COOKIE}="))
    # The app itself speaks plain HTTP here; the cookies are for HTTPS alone all the same.
    assert "Secure" in login and "HttpOnly" in login
    assert all("Secure" in one for one in cookies)


def test_the_page_s_connection_goes_through_and_another_site_s_does_not(app) -> None:
    running, url = app
    address = url.replace("https:", "wss:") + "/_stcore/stream"
    with connect(address, ssl=running.trust, origin=url, subprotocols=["streamlit"], open_timeout=60) as socket:
        assert socket.subprotocol == "streamlit"
    with pytest.raises(Exception, match="HTTP 403"), connect(address, ssl=running.trust, origin="https://evil.example"):
        pass


def test_too_large_an_upload_ends_at_the_proxy(client) -> None:
    assert client.put("/_stcore/upload_file/a/b", content=b"x" * (22 * 1024 * 1024)).status_code == 413
