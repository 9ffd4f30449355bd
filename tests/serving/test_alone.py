"""Alone on one machine: the key opens once, and neither another account, name nor origin gets anything."""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from selection.serving import alone
from tests.ui.test_server import answer, scope, served

HOST = b"kabc.localhost:8501"


@pytest.fixture
def door(tmp_path: Path) -> alone.Door:
    return alone.Door("kabc.localhost", "the-key", 8501, tmp_path / "x" / "address-8501.json")


@pytest.fixture
def app(door: alone.Door) -> alone.OnlyHere:
    return alone.OnlyHere(served(b"text/plain", b"x" * 30), door)


def ask(app: alone.OnlyHere, path: str = "/", query: str = "", host: bytes = HOST, **headers: str) -> tuple[int, dict]:
    sent = [(b"host", host), *((name.encode(), value.encode()) for name, value in headers.items())]
    return answer(app, scope(path, query.encode(), sent))[:2]


def enter(app: alone.OnlyHere, door: alone.Door) -> str:
    """The cookie of a browser that opens the address."""
    status, headers = ask(app, query=f"avain={door.key}")
    assert status == 303
    return str(headers["set-cookie"]).partition(";")[0]


def test_without_key_and_cookie_nothing_is_given(app: alone.OnlyHere) -> None:
    for path in ("/", "/media/a.xlsx", "/static/js/a.js", "/_stcore/upload_file/s/f", "/something/new"):
        assert ask(app, path)[0] == 403
    assert ask(app, query="avain=another")[0] == 403
    assert ask(app, cookie="kokoonpano_alone=")[0] == 403


def test_the_key_opens_once_and_stays_in_no_address(app: alone.OnlyHere, door: alone.Door) -> None:
    first = door.key
    status, headers = ask(app, "/ehdotus", f"kierros=3&avain={first}&lang=sv")
    assert (status, headers["location"]) == (303, "/ehdotus?kierros=3&lang=sv")
    assert {"HttpOnly", "SameSite=strict"} <= {part.strip() for part in headers["set-cookie"].split(";")}
    cookie = headers["set-cookie"].partition(";")[0]
    assert ask(app, cookie=cookie)[0] == 200
    assert ask(app, query=f"avain={first}")[0] == 403
    assert ask(app, query=f"avain={first}", cookie=cookie)[0] == 303  # the browser's own history
    assert door.key != first and enter(app, door)


def test_the_way_on_leads_to_no_other_host(app: alone.OnlyHere, door: alone.Door) -> None:
    _, headers = ask(app, "//evil.example.org/x", f"avain={door.key}")
    assert headers["location"] == "/evil.example.org/x"


@pytest.mark.parametrize(
    "host", [b"localhost:8501", b"127.0.0.1:8501", b"kabd.localhost:8501", b"evil.example.org", b""]
)
def test_by_another_name_neither_key_nor_cookie_opens(app: alone.OnlyHere, door: alone.Door, host: bytes) -> None:
    cookie = enter(app, door)
    assert ask(app, host=host, cookie=cookie)[0] == 403
    assert ask(app, host=host, query=f"avain={door.key}")[0] == 403


@pytest.mark.parametrize(
    "origin", ["http://localhost:8501", "http://kabc.localhost:9000", "https://kabc.localhost:8501", "null"]
)
def test_a_page_of_another_scheme_host_or_port_gets_nothing(app: alone.OnlyHere, door: alone.Door, origin: str) -> None:
    cookie = enter(app, door)
    assert ask(app, cookie=cookie, origin=origin)[0] == 403
    assert ask(app, cookie=cookie, origin="http://kabc.localhost:8501")[0] == 200


def connection(app: alone.OnlyHere, **headers: str) -> list[str]:
    """What a page's connection is answered by."""
    sent: list[str] = []

    async def send(message):
        sent.append(message["type"])

    async def receive():
        return {"type": "websocket.connect"}

    async def through(scope, receive, send):
        await send({"type": "websocket.accept"})

    made = {"type": "websocket", "path": "/_stcore/stream", "query_string": b"", "headers": [(b"host", HOST)]}
    made["headers"] += [(name.encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(alone.OnlyHere(through, app.door)(made, receive, send))
    return sent


def test_a_connection_needs_cookie_and_origin(app: alone.OnlyHere, door: alone.Door) -> None:
    cookie, own = enter(app, door), "http://kabc.localhost:8501"
    assert connection(app, cookie=cookie, origin=own) == ["websocket.accept"]
    for headers in ({"cookie": cookie}, {"origin": own}, {"cookie": cookie, "origin": "http://kabc.localhost:1"}):
        assert connection(app, **headers) == ["websocket.close"]


def test_whether_it_is_well_is_told_to_anybody(app: alone.OnlyHere) -> None:
    assert ask(app, "/_stcore/health", host=b"127.0.0.1:8501")[0] == 200
    assert ask(app, "/_stcore/healthy")[0] == 403


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_the_next_address_is_kept_for_the_owner_alone(
    app: alone.OnlyHere, door: alone.Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path / "x"))
    assert alone.noted(8501) is None
    enter(app, door)
    assert alone.noted(8501) == door.url
    assert stat.S_IMODE((tmp_path / "x" / "address-8501.json").stat().st_mode) == 0o600
    (tmp_path / "x" / "address-8501.json").write_text('{"pid": 999999999, "url": "http://old"}', "utf-8")
    assert alone.noted(8501) is None


def test_names_and_keys_are_random_and_a_place_keeps_its_query() -> None:
    assert alone.new_name("127.0.0.1") != alone.new_name("127.0.0.1")
    assert alone.new_name("127.0.0.2") == "127.0.0.2"
    made = urlsplit(alone.address_of("kabc.localhost", 8501, "a+b", "/ehdotus?kierros=3"))
    assert (made.netloc, made.path) == ("kabc.localhost:8501", "/ehdotus")
    assert parse_qs(made.query) == {"kierros": ["3"], "avain": ["a+b"]}
