"""Who a visitor is: what the login's provider said of them, as the framework keeps it in a signed cookie."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from selection import actions as do

#: The framework's cookie, and how it begins where it is split.
COOKIE = "_streamlit_user"
NAMES = ("name", "preferred_username", "email", "sub")


def identity_of(claims: Mapping[str, Any]) -> do.Identity | None:
    """The identity in a provider's claims; ``None`` where nobody is signed in or a lasting id is missing."""
    issuer, subject, issued = claims.get("iss"), claims.get("sub"), claims.get("iat")
    if claims.get("is_logged_in") is not True or not issuer or not subject or not isinstance(issued, int | float):
        return None
    name = next(str(claims[name]) for name in NAMES if claims.get(name))
    at = dt.datetime.fromtimestamp(int(issued), dt.UTC)
    return do.Identity(str(issuer), str(subject), name, at, str(claims.get("nonce", "")))


def identity_in(cookies: Mapping[str, str]) -> do.Identity | None:
    """The identity in the cookies of a request, if their signature is this server's."""
    from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

    signed = _get_signed_cookie_with_chunks(dict(cookies), COOKIE)
    if not signed:
        return None
    claims = json.loads(signed)
    return identity_of(claims) if isinstance(claims, dict) else None
