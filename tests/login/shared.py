"""The app in shared use, served over TLS with a certificate made for the test, its login at a provider on loopback."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from selection.serving import settings
from selection.ui import server
from tests.browser.conftest import START_SECONDS, free_port
from tests.login.provider import Provider

COOKIE_SECRET = "only-for-tests-0123456789abcdef0123456789"


@dataclass
class SharedApp:
    """The running app."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]
    trust: ssl.SSLContext

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for loopback, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    hosts = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"


def start(folder: Path, provider: Provider, public_port: int | None = None, **more: str) -> SharedApp:
    """Start the app as the command line does, with settings of shared use in the environment.

    With ``public_port`` the app serves plain HTTP on this machine, behind a proxy that ends TLS there.
    """
    port = free_port()
    cert, key = certificate(folder)
    tls = {"SELECTION_WEB_CERTIFICATE": str(cert), "SELECTION_WEB_KEY": str(key)}
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("SELECTION_", "STREAMLIT_"))
    }
    environment |= {
        "SELECTION_DATA": str(folder),
        "SELECTION_LOGIN_METADATA": provider.metadata,
        "SELECTION_LOGIN_CLIENT_ID": "kokoonpano",
        "SELECTION_LOGIN_CLIENT_SECRET": "of-the-client",
        "SELECTION_LOGIN_COOKIE_SECRET": COOKIE_SECRET,
        "SELECTION_LOGIN_ADMINISTRATOR": "dora",
        "SELECTION_LOGIN_CONTACT": "Rekisterinpitäjä, p. 03 000",
        "SELECTION_WEB_PUBLIC_URL": f"https://localhost:{public_port or port}",
        **({"SELECTION_WEB_PROXY": "true"} if public_port else tls),
        "TZ": "Europe/Helsinki",
        **more,
    }
    shared = settings.shared(environment)
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            # Another address than the machine's usual one, which only shared use may take.
            server.command(port, address="0.0.0.0", shared=shared),
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}" if public_port else f"https://localhost:{port}"
    running = SharedApp(url, folder, process, ssl.create_default_context(cafile=str(cert)))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{running.url}/ready", timeout=5, context=running.trust):
                return running
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    running.stop()
    pytest.fail("The app did not start:\n" + running.log()[-3000:])
