"""A real OpenID Connect provider on loopback that keeps what it was asked, and holds clients to PKCE."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import flask
import oidc_provider_mock
from werkzeug.serving import make_server


@dataclass
class Provider:
    """The provider. ``asked`` are its authorization requests, ``verified`` how many codes were fetched with PKCE."""

    issuer: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    challenges: dict[str, str] = field(default_factory=dict)
    verified: int = 0
    refused: int = 0

    @property
    def metadata(self) -> str:
        return f"{self.issuer}/.well-known/openid-configuration"

    def sees_request(self) -> None:
        """Keep a request for a code."""
        if flask.request.path == "/oauth2/authorize" and flask.request.method == "GET":
            self.asked.append(flask.request.args.to_dict())

    def sees_code(self, response: flask.Response) -> flask.Response:
        """Remember the challenge that a code was given for."""
        code = parse_qs(urlsplit(response.headers.get("location", "")).query).get("code")
        if flask.request.path == "/oauth2/authorize" and code:
            self.challenges[code[0]] = flask.request.args.get("code_challenge", "")
        return response

    def holds_to_pkce(self) -> tuple[flask.Response, int] | None:
        """Hand out no token unless the code's challenge is the hash of the verifier (RFC 7636, S256)."""
        if flask.request.path != "/oauth2/token":
            return None
        digest = hashlib.sha256(flask.request.form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if self.challenges.get(flask.request.form.get("code", "")) == challenge:
            self.verified += 1
            return None
        self.refused += 1
        return flask.jsonify({"error": "invalid_grant", "error_description": "PKCE"}), 400


PEOPLE = {
    "anna": {"name": "Anna Koordinaattori", "email": "anna@city.example"},
    "bert": {"name": "Bert Jäsen", "email": "bert@city.example"},
    "cleo": {"name": "Cleo Luottamus", "email": "cleo@city.example"},
    "dora": {"name": "Dora Pääkäyttäjä", "email": "dora@city.example"},
}


@contextmanager
def running() -> Iterator[Provider]:
    """A running provider that knows :data:`PEOPLE`."""
    people = [oidc_provider_mock.User(sub=sub, claims=dict(claims)) for sub, claims in PEOPLE.items()]
    app = oidc_provider_mock.app(require_nonce=True, user_claims=people)
    # No debugger: an error is an answer, not a page.
    app.debug = False
    provider = Provider()
    app.before_request(provider.sees_request)
    app.before_request(provider.holds_to_pkce)
    app.after_request(provider.sees_code)
    server = make_server("localhost", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        provider.issuer = f"http://localhost:{server.server_port}"
        yield provider
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
