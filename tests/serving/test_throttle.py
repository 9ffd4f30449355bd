"""One address begins to sign in so often and no more; others, and other pages, are not held up."""

from __future__ import annotations

import asyncio

import pytest

from selection.serving import throttle


def asked(app: throttle.Throttled, path: str, address: str = "192.0.2.1", query: str = "") -> tuple[int, bytes]:
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "client": (address, 1), "headers": [], "query_string": query.encode()}
    asyncio.run(app(scope, None, send))  # type: ignore[arg-type]
    return sent[0]["status"], sent[-1]["body"]


async def through(_scope: object, _receive: object, send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize("path", [*throttle.PATHS, "/auth/login/"])
def test_an_address_that_asks_too_often_waits(path: str) -> None:
    at = [0.0]
    app = throttle.Throttled(through, lambda: at[0])  # type: ignore[arg-type]
    assert {asked(app, path)[0] for _ in range(throttle.MOST)} == {200}
    status, said = asked(app, path, query="lang=sv")
    assert status == 429 and "inloggningar" in said.decode()
    assert asked(app, path, "192.0.2.2")[0] == 200
    assert asked(app, "/ehdotus")[0] == 200
    at[0] = throttle.WITHIN
    assert asked(app, path)[0] == 200


def test_a_flood_of_addresses_takes_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "ADDRESSES", 3)
    at = [0.0]
    app = throttle.Throttled(through, lambda: at[0])  # type: ignore[arg-type]
    assert [asked(app, "/auth/login", f"192.0.2.{n}")[0] for n in range(5)] == [200, 200, 200, 429, 429]
    assert asked(app, "/auth/login", "192.0.2.1")[0] == 200
    at[0] = throttle.WITHIN
    assert asked(app, "/auth/login", "192.0.2.9")[0] == 200
