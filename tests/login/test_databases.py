"""Sign-in and roles of shared use on either database: from the provider to the page, as the page's own protocol goes."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from benchmarks.visitor import Visitor
from selection import actions as do
from selection.serving import sign_ins
from tests.contract.conftest import server  # noqa: F401 - a fixture
from tests.login import shared
from tests.login.test_protocol import from_provider, to_provider


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def app(request, provider, tmp_path):
    """The shared app, and where its records are."""
    if request.param == "sqlite":
        running = request.getfixturevalue("shared_app")
        yield running, running.folder
        return
    postgres = request.getfixturevalue("server")
    where = postgres.url(postgres.new_database())
    running = shared.start(tmp_path, provider, SELECTION_DATABASE_URL=where)
    yield running, where
    running.stop()


def sign_in(running, sub: str) -> dict[str, str]:
    """The cookies of somebody who signed in."""
    with httpx.Client(base_url=running.url, verify=running.trust, timeout=60) as client:
        client.get(from_provider(to_provider(client), sub))
        return dict(client.cookies)


def seen(running, cookies: dict[str, str], address: str) -> list[str]:
    """The headings that a visitor with these cookies meets."""

    async def visit() -> list[str]:
        visitor = Visitor(running.url, trust=running.trust, cookies=cookies)
        await visitor.open(address)
        await visitor.close()
        return visitor.said("heading")

    return asyncio.run(visit())


def key_of(cookies: dict[str, str]) -> str:
    """The sign-in that cookies are of."""
    claims = decode_signed_value(shared.COOKIE_SECRET, sign_ins.COOKIE, cookies[sign_ins.COOKIE].strip('"').encode())
    who = sign_ins.identity_of(json.loads(claims))
    assert who is not None
    return who.key


def media(running, cookies: dict[str, str]) -> int:
    with httpx.Client(base_url=running.url, verify=running.trust, cookies=cookies, timeout=60) as client:
        return client.get("/media/0123.xlsx").status_code


def test_in_let_in_and_out(app) -> None:
    running, where = app
    dora, pekka = sign_in(running, "dora"), sign_in(running, "pekka")
    assert seen(running, dora, "kayttajat")[0] == "Käyttäjät ja roolit"
    assert seen(running, pekka, "kayttajat") == ["Sinulla ei ole vielä roolia"]
    store = do.open_store(where)
    assert (media(running, dora), seen(running, {}, "")) == (404, ["Kirjautuminen"])

    # Signed out by the server: the cookie that is still there opens nothing.
    do.sign_out(store, key_of(dora))
    assert media(running, dora) == 403
    assert seen(running, dora, "kayttajat")[0] != "Käyttäjät ja roolit"
    assert do.verify_log(store).whole
    store.close()
