"""The web around the app: the page's language and title from the first byte, and headers that keep others out."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from selection.serving.logs import kind_of
from selection.texts import LANGUAGES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LANGUAGE_COOKIE = "kokoonpano_language"
LANGUAGE_QUERY = "lang"
ROUND_COOKIE = "kokoonpano_round"

#: Streamlit's own bundle, components as ``blob:`` modules, and nothing else; no inline script, no evaluation, no
#: other host. Styles are set from script by the framework, hence ``'unsafe-inline'`` for styles alone.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self' blob:",
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


#: For a browser that has reached the app over TLS once: never without it again.
ONLY_HTTPS = (b"strict-transport-security", b"max-age=31536000")


class SecurityHeaders:
    """Adds :data:`HEADERS` to every answer; with ``https`` also :data:`ONLY_HTTPS`."""

    def __init__(self, app: ASGIApp, https: bool = False) -> None:
        self.app = app
        self.headers = (*HEADERS, ONLY_HTTPS) if https else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in self.headers}
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in ours]
                message = {**message, "headers": [*kept, *self.headers]}
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await with_headers(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as error:
            if begun:  # the server closes the connection
                raise
            # Answered here: what stands around this would send no headers.
            logging.getLogger("selection.ui").error("request failed: %s", kind_of(error))
            from starlette.responses import PlainTextResponse

            await PlainTextResponse("", 500)(scope, receive, with_headers)


class PageShell:
    """Rewrites the framework's HTML page: the visitor's language, the product's name, no inline script."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = bytearray()

        async def rewritten(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if _is_plain_page(message):
                    start = message
                    return
            elif start is not None and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                page = shell(body.decode(), language_of(scope)).encode()
                headers = [(name, value) for name, value in start["headers"] if name.lower() not in _STALE]
                headers.append((b"content-length", str(len(page)).encode()))
                headers.append((b"cache-control", b"no-store"))
                await send({**start, "headers": headers})
                message = {"type": "http.response.body", "body": page}
            await send(message)

        await self.app(_uncompressed(scope), receive, rewritten)


_STALE = frozenset({b"content-length", b"etag", b"last-modified", b"cache-control"})


def _is_plain_page(start: Message) -> bool:
    headers = {name.lower(): value for name, value in start["headers"]}
    page = headers.get(b"content-type", b"").startswith(b"text/html")
    return page and start["status"] == 200 and b"content-encoding" not in headers


def _uncompressed(scope: Scope) -> Scope:
    """Ask the framework for a page that can be rewritten; its scripts and styles stay as they are."""
    last = scope["path"].rsplit("/", 1)[-1]
    if "." in last and not last.endswith(".html"):
        return scope
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in _CONDITIONAL]
    return {**scope, "headers": kept}


_CONDITIONAL = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since"})


def language_of(scope: Scope) -> str:
    """The language asked for in the address, else the one last chosen in this browser, else Finnish."""
    query: bytes = scope.get("query_string", b"")
    asked = parse_qs(query.decode("latin-1")).get(LANGUAGE_QUERY, [""])[0]
    if asked in LANGUAGES:
        return asked
    from starlette.requests import cookie_parser

    for name, value in scope["headers"]:
        if name.lower() == b"cookie":
            kept = cookie_parser(value.decode("latin-1")).get(LANGUAGE_COOKIE)
            if kept in LANGUAGES:
                return str(kept)
    return LANGUAGES[0]


def shell(page: str, language: str) -> str:
    """The framework's page with our language and name, a file in place of its inline script, no agent pointer."""
    page = page.replace('<html lang="en">', f'<html lang="{language}">', 1)
    page = page.replace("<title>Streamlit</title>", "<title>Kokoonpano</title>", 1)
    place = f'<script src=".{PLACE_PATH}"></script>'
    page = re.sub(r"<script>.*?</script>", place, page, count=1, flags=re.DOTALL)
    page = re.sub(r"<link rel=\"service-desc\"[^>]*>", "", page)
    return re.sub(r"<noscript>.*?</noscript>", f"<noscript>{_NOSCRIPT[language]}</noscript>", page, flags=re.DOTALL)


#: Tells the framework where its server is. Left to itself it tries each part of the page's address, and the console
#: fills with pages not found. A file of our own, as the policy allows no script within the page.
PLACE_PATH = "/kokoonpano/place.js"
PLACE_SCRIPT = """\
const root = new URL("..", document.currentScript.src).href;
window.__streamlit = { ...window.__streamlit, BACKEND_BASE_URL: root, MAIN_PAGE_BASE_URL: root };
"""


async def place_script(request: Request) -> Response:
    """The answer to :data:`PLACE_PATH`."""
    from starlette.responses import Response

    return Response(PLACE_SCRIPT, media_type="text/javascript")


#: Before any catalogue is loaded: the page says why it stays empty.
_NOSCRIPT = {
    "fi": "Kokoonpano tarvitsee selaimen JavaScriptin.",
    "sv": "Kokoonpano behöver JavaScript i webbläsaren.",
    "en": "Kokoonpano needs JavaScript in the browser.",
}
