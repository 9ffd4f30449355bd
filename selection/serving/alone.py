"""Alone on one machine: an address with a name of its own and a key that opens it once, for whoever started the app.

Every account of a machine reaches its ports, and so does every page that a browser there has open. So the app answers
to one random name under ``localhost`` only; the browser that brings the key gets a cookie of that name, which no other
name and no page of another origin is sent. The key of the address is good for one browser; the next one stands in a
file for the owner's eyes, from which the command prints the address again.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from selection.texts import in_language, text

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

#: How the command hands name and key to the server.
NAME, KEY = "SELECTION_ALONE_NAME", "SELECTION_ALONE_KEY"
#: ``open`` does without name and key: for programs that drive the app on a machine of one account.
MODE, OPEN = "SELECTION_ALONE", "open"
QUERY = "avain"
COOKIE = "kokoonpano_alone"
#: What holds nothing of anybody, and is asked by programs that wait for the app.
FREE = ("/_stcore/health", "/ready")
#: Addresses to which every name under ``localhost`` leads.
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def new_name(address: str) -> str:
    """A random name under ``localhost``; another address of the machine has no other name than itself."""
    return f"k{secrets.token_hex(8)}.localhost" if address in LOOPBACK else address


def new_key() -> str:
    """A key to open the app once."""
    return secrets.token_urlsafe(24)


@dataclass
class Door:
    """Who may come in: by the key once, then by the cookie."""

    name: str
    key: str
    port: int
    file: Path | None = None
    cookie: str = field(default_factory=new_key)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key: str) -> bool:
        """Whether this is the key; it is another one afterwards."""
        with self._lock:
            if not secrets.compare_digest(key.encode(), self.key.encode()):
                return False
            self.key = new_key()
        self.note()
        return True

    @property
    def url(self) -> str:
        """The address with the key."""
        return address_of(self.name, self.port, self.key)

    def note(self) -> None:
        """Keep the address where the command finds it, for the owner's eyes."""
        if self.file is None:
            return
        with contextlib.suppress(OSError):  # then the command cannot print the address again, and says so
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = self.file.with_suffix(".new")
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as out:
                json.dump({"pid": os.getpid(), "url": self.url}, out)
            new.replace(self.file)


def address_of(name: str, port: int, key: str, place: str = "") -> str:
    """The address to open: a page's place with its query, and the key."""
    host = f"[{name}]" if ":" in name else name
    path, _, query = (place or "/").partition("?")
    return f"http://{host}:{port}{path}?{query + '&' if query else ''}{urlencode({QUERY: key})}"


def file_of(port: int) -> Path:
    """Where the address of the app at a port is kept."""
    folder = os.environ.get("SELECTION_DATA")
    base = Path(folder).expanduser() if folder else Path.home() / ".local" / "share" / "kokoonpano"
    return base / f"address-{port}.json"


def noted(port: int) -> str | None:
    """The address of an app of this account that runs at a port, ``None`` where none does."""
    try:
        held = json.loads(file_of(port).read_text("utf-8"))
        if os.name == "posix":  # elsewhere this would not ask, but end it
            os.kill(int(held["pid"]), 0)
        return str(held["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def door(environment: Mapping[str, str], address: str, port: int) -> Door:
    """The door of the server of this process, as the command handed it on, or a new one."""
    return Door(environment.get(NAME) or new_name(address), environment.get(KEY) or new_key(), port, file_of(port))


class OnlyHere:
    """Lets in who brings the key or the cookie, by the app's own name and from its own pages."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"] in FREE:
            await self.app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not self._is_ours(scope, headers):
            await _refuse(scope, receive, send)
            return
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        key = next((value for name, value in query if name == QUERY), None)
        inside = self._is_inside(headers)
        if key is not None and scope["type"] == "http" and scope["method"] == "GET":
            fresh = self.door.take(key)
            if fresh or inside:
                await self._open(scope, receive, send, query)
                return
        if not inside:
            await _refuse(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_ours(self, scope: Scope, headers: Mapping[bytes, str]) -> bool:
        """Whether it was sent to the app's own name, and by no page of another origin."""
        host = headers.get(b"host", "")
        if host.rpartition(":")[0].strip("[]") != self.door.name and host.strip("[]") != self.door.name:
            return False
        origin = headers.get(b"origin")
        if origin is None:
            return bool(scope["type"] == "http")  # every browser says where a connection comes from
        return bool(origin == f"http://{host}")

    def _is_inside(self, headers: Mapping[bytes, str]) -> bool:
        from starlette.requests import cookie_parser

        held = cookie_parser(headers.get(b"cookie", "")).get(COOKIE, "")
        return bool(secrets.compare_digest(held.encode(), self.door.cookie.encode()))

    async def _open(self, scope: Scope, receive: Receive, send: Send, query: list[tuple[str, str]]) -> None:
        """To the same place without the key, which stays in no address and no history."""
        from starlette.responses import Response

        rest = urlencode([(name, value) for name, value in query if name != QUERY])
        # Two slashes at the start would lead to another host.
        path = "/" + scope["path"].lstrip("/\\")
        answer = Response(status_code=303, headers={"location": f"{path}?{rest}" if rest else path})
        answer.set_cookie(COOKIE, self.door.cookie, httponly=True, samesite="strict", path="/")
        answer.headers["cache-control"] = "no-store"
        await answer(scope, receive, send)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Say how the app is opened, and nothing of what is in it."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    from starlette.responses import PlainTextResponse

    from selection.serving.web import language_of

    with in_language(language_of(scope)):
        said = text("ui.alone.closed")
    await PlainTextResponse(said, 403, {"cache-control": "no-store"})(scope, receive, send)
