"""The login, request by request: PKCE, state and nonce hold; cookies, headers, files and readiness of shared use."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from selection.serving import sign_ins
from tests.login.shared import COOKIE_SECRET


@pytest.fixture
def client(shared_app):
    with httpx.Client(base_url=shared_app.url, verify=shared_app.trust, timeout=60) as made:
        yield made


def login_address() -> str:
    """What the page's button leads to."""
    import time

    from joserfc import jwt
    from joserfc.jwk import OctKey

    claims = {"provider": "default", "exp": int(time.time()) + 120}
    token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(COOKIE_SECRET))
    return f"/auth/login?provider={token}"


def to_provider(client) -> str:
    """Where the app sends the browser to sign in."""
    answer = client.get(login_address())
    assert answer.status_code == 302
    return answer.headers["location"]


def from_provider(address: str, sub: str = "anna") -> str:
    """Sign in at the provider; where it sends the browser back to."""
    answer = httpx.post(address, data={"sub": sub}, timeout=60)
    assert answer.status_code == 302, answer.text[:500]
    return answer.headers["location"]


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def changed(address: str, **values: str) -> str:
    return address.split("?")[0] + "?" + urlencode(asked(address) | values)


def signed_in(client) -> bool:
    return any(name.startswith(sign_ins.COOKIE) and value for name, value in client.cookies.items())


def test_a_whole_login(client, provider) -> None:
    address = to_provider(client)
    assert address.startswith(provider.issuer)
    request = asked(address)
    assert request["code_challenge_method"] == "S256" and len(request["code_challenge"]) == 43
    assert request["response_type"] == "code" and request["state"] and request["nonce"]
    before = provider.verified
    answer = client.get(from_provider(address))
    assert answer.status_code == 302
    assert provider.verified == before + 1
    assert signed_in(client)
    cookies = answer.headers.get_list("set-cookie")
    login = next(one for one in cookies if one.startswith(f"{sign_ins.COOKIE}="))
    assert {"Secure", "HttpOnly", "Max-Age=28800"} <= {part.strip() for part in login.split(";")}
    assert "samesite=lax" in login.lower()
    assert all("Secure" in one for one in cookies)
    assert not any("token" in name for name in client.cookies)


def test_a_code_without_its_verifier_opens_nothing(client, provider) -> None:
    address = changed(to_provider(client), code_challenge="A" * 43)
    before = provider.refused
    client.get(from_provider(address))
    assert provider.refused == before + 1
    assert not signed_in(client)


def test_a_wrong_nonce_is_refused(client, provider) -> None:
    before = provider.verified
    client.get(from_provider(changed(to_provider(client), nonce="of-somebody-else")))
    assert provider.verified == before + 1  # the provider was content, the app was not
    assert not signed_in(client)


def test_a_wrong_state_is_refused(client, provider) -> None:
    before = provider.verified
    client.get(changed(from_provider(to_provider(client)), state="of-somebody-else"))
    assert provider.verified == before  # the code was not even asked for
    assert not signed_in(client)


def test_an_answer_in_another_browser_is_refused(client, shared_app) -> None:
    address = from_provider(to_provider(client))
    with httpx.Client(base_url=shared_app.url, verify=shared_app.trust, timeout=60) as other:
        other.get(address)
        assert not signed_in(other)


def test_an_answer_is_taken_once(client, shared_app) -> None:
    address = from_provider(to_provider(client))
    client.get(address)
    assert signed_in(client)
    client.cookies.clear()
    client.get(address)
    assert not signed_in(client)


def test_files_need_a_sign_in_that_began_here(client) -> None:
    assert client.get("/media/0123.xlsx").status_code == 403
    assert client.put("/_stcore/upload_file/a/b", content=b"x").status_code == 403
    client.get(from_provider(to_provider(client)))
    # The cookie alone is not enough: the page has to have let its owner in.
    assert client.get("/media/0123.xlsx").status_code == 403


def test_a_forged_cookie_opens_nothing(client) -> None:
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    claims = {"is_logged_in": True, "iss": "x", "sub": "anna", "iat": 1}
    forged = create_signed_value("another secret of another server", sign_ins.COOKIE, json.dumps(claims))
    client.cookies.set(sign_ins.COOKIE, forged.decode())
    assert client.get("/media/0123.xlsx").status_code == 403


def test_ready_tells_no_more_than_that(client) -> None:
    answer = client.get("/ready")
    assert (answer.status_code, answer.text) == (200, "ready")
    assert answer.headers["cache-control"] == "no-store"


def test_another_host_s_name_is_refused(client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"host": "127.0.0.1"}).status_code == 200


def test_headers_of_shared_use(client) -> None:
    headers = client.get("/").headers
    assert headers["strict-transport-security"].startswith("max-age=")
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "access-control-allow-origin" not in client.get("/", headers={"origin": "https://evil.example"}).headers
