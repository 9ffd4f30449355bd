"""What the server answers at all: pages and the framework's routes by a list, so that a new one of its is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selection.serving.web import PLACE_PATH
from selection.ui.navigation import PLACES, USERS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

#: Whole paths: pages, the framework's own files and questions, signing in and out.
PATHS = frozenset(
    {
        "/",
        *(f"/{place.address}" for place in (*PLACES, USERS)),
        PLACE_PATH,
        "/ready",
        "/index.html",
        "/favicon.png",
        "/manifest.json",
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/stream",
        "/auth/login",
        "/auth/logout",
        "/oauth2callback",
    }
)
#: Beginnings: the framework's scripts and styles, parts of pages, files handed out and taken.
BEGINNINGS = ("/static/", "/media/", "/_stcore/upload_file/", "/_stcore/bidi-components/")


def is_allowed(path: str) -> bool:
    """Whether anything is answered at a path; a page's may end in a slash."""
    return path in PATHS or path.startswith(BEGINNINGS) or (path.endswith("/") and path[:-1] in PATHS)


class OnlyKnown:
    """Answers 404 to every other path."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or is_allowed(scope["path"]):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            from starlette.responses import PlainTextResponse

            await PlainTextResponse("", 404)(scope, receive, send)
