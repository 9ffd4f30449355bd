"""Guards of shared use: cookies that travel encrypted only, and files for those who are signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio.to_thread

from selection import actions as do
from selection.errors import SelectionError, SignInEnded
from selection.serving import handed_out, sign_ins

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The one cookie that the framework's script must read, to send its value back.
READ_BY_SCRIPT = "_streamlit_xsrf"
#: How the framework names the cookies of the provider's access and identity tokens; no setting of it leaves them out.
TOKENS = "_streamlit_user_tokens"
#: What a page may only hand out to, or take from, somebody who is signed in; the rest holds nothing of anybody.
FOR_SIGNED_IN = ("/media/", "/_stcore/upload_file", "/_stcore/metrics")
LONGEST = int(do.LONGEST.total_seconds())


class SafeCookies:
    """Makes every cookie Secure, HttpOnly where no script needs it, and the login's no older than a sign-in may be.

    The provider's own tokens are kept in none: nothing here uses them once the sign-in is done.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [
                    (name, safe_cookie(value.decode("latin-1")).encode("latin-1"))
                    if name.lower() == b"set-cookie"
                    else (name, value)
                    for name, value in message["headers"]
                    if name.lower() != b"set-cookie" or not keeps_tokens(value.decode("latin-1"))
                ]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, safe if scope["type"] == "http" else send)


def safe_cookie(written: str) -> str:
    """A ``Set-Cookie`` header with what the framework leaves out."""
    first, *parts = [part.strip() for part in written.split(";")]
    name = first.partition("=")[0]
    kept = {part.partition("=")[0].lower(): part for part in parts if part}
    kept["secure"] = "Secure"
    if name != READ_BY_SCRIPT:
        kept["httponly"] = "HttpOnly"
    kept.setdefault("samesite", "SameSite=Lax")
    age = kept.get("max-age", "").partition("=")[2]
    if name.startswith(sign_ins.COOKIE) and age.isdecimal() and int(age) > LONGEST:
        kept["max-age"] = f"Max-Age={LONGEST}"
        kept.pop("expires", None)
    return "; ".join([first, *kept.values()])


def keeps_tokens(written: str) -> bool:
    """Whether a ``Set-Cookie`` header would keep the provider's tokens; one that takes old ones away does not."""
    first, *parts = [part.strip().lower() for part in written.split(";")]
    return first.startswith(TOKENS) and "max-age=0" not in parts


class OnlySignedIn:
    """Refuses files and uploads to whoever is not signed in, and a file that was made for somebody to everybody else:
    their addresses alone open nothing. ``stored`` gives the content of a file that was made, by the request's path."""

    def __init__(
        self,
        app: ASGIApp,
        store: Callable[[], do.Store],
        stored: Callable[[str], bytes | None] = handed_out.stored,
        made: handed_out.HandedOut = handed_out.handed_out,
    ) -> None:
        self.app = app
        self.store, self.stored, self.made = store, stored, made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(FOR_SIGNED_IN):
            status = await anyio.to_thread.run_sync(self._status, scope)
            if status is not None:
                from starlette.responses import PlainTextResponse

                await PlainTextResponse("", status)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _status(self, scope: Scope) -> int | None:
        """``None`` to let in, else what to answer."""
        who = sign_ins.identity_in(cookies_of(scope))
        try:
            if who is None:
                return 403
            do.signed_in(self.store(), who.key)
            content = self.stored(scope["path"]) if scope["path"].startswith(handed_out.PATH) else None
            if content is not None and not self.made.is_for(content, who.login):
                return 403
        except SignInEnded:
            return 403
        except SelectionError:
            return 503
        return None


def person_of(scope: Scope) -> str | None:
    """The key of whoever sends a request in shared use."""
    who = sign_ins.identity_in(cookies_of(scope))
    return None if who is None else who.key


def cookies_of(scope: Scope) -> dict[str, str]:
    """The cookies of a request, read as browsers write them: names that the standard does not know are left whole."""
    from starlette.requests import cookie_parser

    written = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"cookie")
    return cookie_parser(written)
