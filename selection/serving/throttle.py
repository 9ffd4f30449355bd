"""A limit on how often one address begins to sign in, where the app ends TLS; else the proxy in front keeps one."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING

from selection.texts import in_language, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

#: What each sign-in asks once; the proxy's configuration has the same.
PATHS = ("/auth/login", "/oauth2callback")
#: Requests of one address to each of them within so many seconds.
MOST, WITHIN = 30, 60.0
#: Addresses remembered.
ADDRESSES = 10_000


class Throttled:
    """Answers 429 to an address that asks for a sign-in too often."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self.app, self._clock = app, clock
        self._lock = threading.Lock()
        self._asked: dict[tuple[str, str], deque[float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].rstrip("/") in PATHS and self._is_too_often(scope):
            from starlette.responses import PlainTextResponse

            from selection.serving.web import language_of

            with in_language(language_of(scope)):
                said = text("ui.sign_in.too_often")
            headers = {"retry-after": str(int(WITHIN)), "cache-control": "no-store"}
            await PlainTextResponse(said, 429, headers)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_too_often(self, scope: Scope) -> bool:
        now = self._clock()
        key = ((scope.get("client") or ("", 0))[0], scope["path"].rstrip("/"))
        with self._lock:
            if len(self._asked) >= ADDRESSES:
                self._asked = {one: times for one, times in self._asked.items() if now - times[-1] < WITHIN}
            if len(self._asked) >= ADDRESSES:  # a flood of addresses: then none begins that is not known
                return key not in self._asked
            times = self._asked.setdefault(key, deque())
            while times and now - times[0] >= WITHIN:
                times.popleft()
            if len(times) >= MOST:
                return True
            times.append(now)
            return False
