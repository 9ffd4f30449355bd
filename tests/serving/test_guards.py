"""Guards of shared use, one by one: cookies and what is handed out to those who are signed in only."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from selection import actions as do
from selection.errors import ActionError
from selection.serving import guards, handed_out, sign_ins, web
from tests.ui.test_server import answer, scope, served

CLAIMS = {"is_logged_in": True, "iss": "https://p.example", "sub": "anna", "iat": 1_700_000_000, "nonce": "n"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "_streamlit_user=abc; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax",
            "_streamlit_user=abc; HttpOnly; Max-Age=28800; Path=/; SameSite=lax; Secure",
        ),
        ("_streamlit_xsrf=2|a; Path=/; SameSite=strict", "_streamlit_xsrf=2|a; Path=/; SameSite=strict; Secure"),
        (
            "session=x; path=/; httponly; samesite=lax",
            "session=x; path=/; HttpOnly; samesite=lax; Secure",
        ),
        (
            "_streamlit_user=; Max-Age=0; Path=/; SameSite=lax",
            "_streamlit_user=; Max-Age=0; Path=/; SameSite=lax; Secure; HttpOnly",
        ),
        ("a=b", "a=b; Secure; HttpOnly; SameSite=Lax"),
    ],
)
def test_a_cookie_gets_what_it_lacks(written: str, expected: str) -> None:
    assert guards.safe_cookie(written) == expected


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("_streamlit_user_tokens=abc; HttpOnly; Max-Age=2592000; Path=/", True),
        ("_streamlit_user_tokens__1=abc; HttpOnly; Max-Age=2592000; Path=/", True),
        ('_streamlit_user_tokens=""; Max-Age=0; Path=/', False),
        ("_streamlit_user=abc; HttpOnly; Max-Age=2592000; Path=/", False),
    ],
)
def test_the_provider_s_tokens_are_kept_in_no_cookie(written: str, kept: bool) -> None:
    assert guards.keeps_tokens(written) is kept


@pytest.mark.parametrize("missing", ["iss", "sub", "iat", "is_logged_in"])
def test_without_a_lasting_id_and_a_time_nobody_is_signed_in(missing: str) -> None:
    assert sign_ins.identity_of({key: value for key, value in CLAIMS.items() if key != missing}) is None


def test_the_name_is_the_best_there_is() -> None:
    for claims, name in [({}, "anna"), ({"email": "a@x"}, "a@x"), ({"email": "a@x", "name": "Anna"}, "Anna")]:
        found = sign_ins.identity_of(CLAIMS | claims)
        assert found is not None and found.name == name


def cookie(claims: dict[str, object], secret: str) -> tuple[bytes, bytes]:
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    value = create_signed_value(secret, sign_ins.COOKIE, json.dumps(claims)).decode()
    return b"cookie", f"{sign_ins.COOKIE}={value}".encode()


@pytest.fixture
def guarded(store, monkeypatch):
    """A file behind the guard, and somebody who signed in just now."""
    monkeypatch.setattr(
        "streamlit.web.server.starlette.starlette_websocket.get_cookie_secret", lambda: "the server's own secret"
    )
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    claims = CLAIMS | {"iat": int(now.timestamp())}
    who = sign_ins.identity_of(claims)
    assert who is not None
    do.sign_in(store, who)
    return guards.OnlySignedIn(served(b"text/plain", b"x" * 30), lambda: store), claims, who


@pytest.mark.parametrize("path", ["/media/abc.xlsx", "/_stcore/upload_file/s/f", "/_stcore/metrics"])
def test_files_are_for_those_who_are_signed_in(guarded, store, path: str) -> None:
    app, claims, who = guarded
    own = cookie(claims, "the server's own secret")
    assert answer(app, scope(path, headers=[own]))[0] == 200
    assert answer(app, scope(path))[0] == 403
    assert answer(app, scope(path, headers=[cookie(claims, "another secret")]))[0] == 403
    assert answer(app, scope(path, headers=[(b"cookie", b"_streamlit_user=x")]))[0] == 403
    do.sign_out(store, who.key)
    assert answer(app, scope(path, headers=[own]))[0] == 403


def test_a_file_leaves_for_the_person_for_whom_it_was_made(guarded, store) -> None:
    """Somebody else who is signed in gets nothing by its address, nor does anybody after a while."""
    _, claims, who = guarded
    at, files = [0.0], {"/media/abc.xlsx": b"addresses"}
    made = handed_out.HandedOut(lambda: at[0])
    app = guards.OnlySignedIn(served(b"text/plain", b"addresses"), lambda: store, files.get, made)
    other = claims | {"sub": "bert", "nonce": "m"}
    bert = sign_ins.identity_of(other)
    assert bert is not None
    do.sign_in(store, bert)

    def gets(of: dict[str, object], path: str = "/media/abc.xlsx") -> int:
        return answer(app, scope(path, headers=[cookie(of, "the server's own secret")]))[0]

    assert (gets(claims), gets(other)) == (403, 403)
    made.note(b"addresses", who.login)
    assert (gets(claims), gets(other)) == (200, 403)
    assert gets(other, "/media/logo.svg") == 200, "a part of a page"
    # Both made the very same file.
    made.note(b"addresses", bert.login)
    assert (gets(claims), gets(other)) == (200, 200)
    at[0] = handed_out.SECONDS + 1
    assert (gets(claims), gets(other)) == (403, 403)
    made.note(b"addresses", who.login)
    do.sign_out(store, who.key)
    assert gets(claims) == 403


def test_what_holds_nothing_of_anybody_is_open(guarded) -> None:
    assert answer(guarded[0], scope("/static/js/a.js"))[0] == 200


def test_a_database_that_is_gone_lets_nobody_in(guarded) -> None:
    _, claims, _ = guarded

    def gone() -> do.Store:
        raise ActionError("records_gone")

    app = guards.OnlySignedIn(served(b"text/plain", b"x" * 30), gone)
    assert answer(app, scope("/media/a", headers=[cookie(claims, "the server's own secret")]))[0] == 503


@pytest.mark.parametrize("name", ["a[b]", "{x}", "a@b", "\u00e4", '"', "x y", "", "a,b", "\x01"])
def test_an_odd_cookie_hides_no_other_and_breaks_nothing(name: str) -> None:
    written = f"{name}=1; kokoonpano_language=sv; {name}".encode("latin-1")
    asked = scope("/", headers=[(b"cookie", written)])
    assert guards.cookies_of(asked)["kokoonpano_language"] == "sv"
    assert web.language_of(asked) == "sv"
    page = served(b"text/html; charset=utf-8", b'<html lang="en">')
    assert answer(web.PageShell(page), asked)[0] == 200
