"""Uploads: for a page that has a place for them, into the visitor's own session, counted per person and in all.

The framework takes a file for any session whose id is known, holds it in memory, and counts nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import anyio.to_thread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATH = "/_stcore/upload_file/"
#: Files and bytes that one person may have here at once, in all their tabs, and bytes of everybody.
FILES, BYTES, BYTES_IN_ALL = 60, 200_000_000, 1_500_000_000
#: Bytes of one request beyond the file itself.
LARGEST = 21 * 1024 * 1024


@dataclass
class Expected:
    """Sessions whose page has a place for files now, each with the key of whoever is signed in there."""

    _people: dict[str, str | None] = field(default_factory=dict)
    _coming: dict[str, list[int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self, session: str, who: str | None) -> None:
        """A page with a place for files was drawn."""
        with self._lock:
            self._people[session] = who

    def close(self, session: str) -> None:
        """The session's page has none."""
        with self._lock:
            self._people.pop(session, None)

    def keep(self, is_there: Callable[[str], bool]) -> None:
        """Forget sessions that have ended."""
        with self._lock:
            self._people = {one: who for one, who in self._people.items() if is_there(one)}

    def is_own(self, session: str, who: str | None) -> bool:
        """Whether files are expected in the session, and from this person."""
        with self._lock:
            return session in self._people and self._people[session] == who

    def begin(self, session: str, size: int, held: Mapping[str, list[int]]) -> bool:
        """Take note of a file that comes in, unless the person or everybody would have too much.

        ``held``: session → sizes of the files that the framework has.
        """
        with self._lock:
            who = self._people.get(session)
            # Alone on one machine all sessions are one person's.
            mine = [one for one, other in self._people.items() if other == who]
            sizes = [n for one in mine for n in (*held.get(one, ()), *self._coming.get(one, ()))]
            everything = [n for sizes in (*held.values(), *self._coming.values()) for n in sizes]
            if len(sizes) >= FILES or sum(sizes) + size > BYTES or sum(everything) + size > BYTES_IN_ALL:
                return False
            self._coming.setdefault(session, []).append(size)
            return True

    def end(self, session: str, size: int) -> None:
        """A file has come in, or has not."""
        with self._lock:
            sizes = self._coming[session]
            sizes.remove(size)
            if not sizes:
                del self._coming[session]


expected = Expected()


class Uploads:
    """Stands before the framework's uploads; ``person`` gives the key of whoever sends a request, or ``None``."""

    def __init__(
        self,
        app: ASGIApp,
        person: Callable[[Scope], str | None],
        held: Callable[[], Mapping[str, list[int]]] | None = None,
        known: Expected = expected,
    ) -> None:
        self.app, self.person, self.known = app, person, known
        self.held = held or _held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PATH) or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        session = scope["path"].removeprefix(PATH).partition("/")[0]
        who = await anyio.to_thread.run_sync(self.person, scope)
        if not self.known.is_own(session, who):
            await _refuse(403, scope, receive, send)
        elif scope["method"] == "DELETE":
            await self.app(scope, receive, send)
        else:
            await self._take(session, scope, receive, send)

    async def _take(self, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        size = _length(scope)
        if size is None:
            await _refuse(411, scope, receive, send)
        elif size > LARGEST:
            await _refuse(413, scope, receive, send)
        elif not self.known.begin(session, size, self.held()):
            await _refuse(429, scope, receive, send)
        else:
            try:
                await self.app(scope, receive, send)
            finally:
                self.known.end(session, size)


def _length(scope: Scope) -> int | None:
    lengths = [value for name, value in scope["headers"] if name.lower() == b"content-length"]
    return int(lengths[0]) if len(lengths) == 1 and lengths[0].isdigit() and len(lengths[0]) < 12 else None


async def _refuse(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    """An answer without a word: the framework's page tells that the file could not be sent."""
    from starlette.responses import PlainTextResponse

    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start":  # the body is not read
            message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
        await send(message)

    await PlainTextResponse("", status)(scope, receive, closing)


def _held() -> dict[str, list[int]]:
    """Session → sizes of the files that the framework holds for it."""
    from streamlit import runtime

    if not runtime.exists():
        return {}
    storage = getattr(runtime.get_instance().uploaded_file_mgr, "file_storage", {})
    return {one: [len(file.data) for file in list(files.values())] for one, files in list(storage.items())}
