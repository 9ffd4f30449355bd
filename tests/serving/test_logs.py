"""What the log tells of strangers: nothing. What it tells of faults: their kind and place."""

from __future__ import annotations

import io
import logging
import sys
import threading

import pytest

from selection.serving import logs, web
from selection.ui.allowed import is_allowed
from tests.ui.test_server import answer, scope

NAME = "Aino Virtanen"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch):
    """The log of a server, as it is written."""
    monkeypatch.delenv("SELECTION_DEBUG", raising=False)
    factory, hooks = logging.getLogRecordFactory(), (threading.excepthook, sys.excepthook, sys.unraisablehook)
    logs.install()
    written = io.StringIO()
    # Other tests start servers, which keep the lines of their own loggers to themselves.
    monkeypatch.setattr(logging.getLogger("uvicorn.error"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("uvicorn"), "propagate", True)
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    logging.setLogRecordFactory(factory)
    threading.excepthook, sys.excepthook, sys.unraisablehook = hooks


def fail() -> None:
    raise ValueError(NAME)


@pytest.mark.parametrize("logger", ["streamlit.runtime", "uvicorn.error", "asyncio", "sqlalchemy", "selection.ui"])
def test_no_traceback_and_no_text_of_an_error(log: io.StringIO, logger: str) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger(logger).exception("it failed")
    assert NAME not in log.getvalue() and "Traceback" not in log.getvalue()
    assert "it failed (ValueError at test_logs.py:" in log.getvalue()


def test_other_libraries_texts_are_not_filled_in(log: io.StringIO) -> None:
    other = logging.getLogger("another.library")
    other.error("no column %s in row %d of %r", NAME, 7, [NAME])
    other.error("Task exception was never retrieved\nfuture: ValueError('%s')" % NAME)  # noqa: UP031
    other.error("100 % of it")
    other.error("by name %(who)s", {"who": NAME})
    other.error(ValueError(NAME))
    assert NAME not in log.getvalue()
    assert "no column … in row 7 of …" in log.getvalue() and "100 % of it" in log.getvalue()


def test_what_ends_a_thread_is_told_by_kind(log: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError(NAME), None)
    assert "ended by ValueError at test_logs.py:" in log.getvalue()
    assert NAME not in log.getvalue() + capsys.readouterr().err


def test_whoever_looks_for_a_fault_gets_everything(log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELECTION_DEBUG", "1")
    try:
        fail()
    except ValueError:
        logging.getLogger("streamlit").exception("it failed of %s", NAME)
    assert "Traceback" in log.getvalue() and NAME in log.getvalue()


def test_an_error_s_answer_carries_the_headers_too(log: io.StringIO) -> None:
    async def broken(scope, receive, send):
        raise ValueError(NAME)

    status, headers, body = answer(web.SecurityHeaders(broken), scope())
    assert status == 500 and body == b""
    assert headers["content-security-policy"] == web.CONTENT_SECURITY_POLICY
    assert NAME not in log.getvalue() and "ValueError" in log.getvalue()


@pytest.mark.parametrize(
    "path",
    ["/", "/ehdotus", "/ehdotus/", "/static/js/a.js", "/media/a.png", "/_stcore/stream", "/auth/login", "/ready"],
)
def test_pages_and_their_parts_are_answered(path: str) -> None:
    assert is_allowed(path)


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
        "/new",
        "/app/static/x",
        "/component/x/y",
        "/common/",
        "//media/a",
        "/ehdotus/x",
        "",
        "/mediax",
        "/_stcore/new",
    ],
)
def test_anything_else_is_closed(path: str) -> None:
    assert not is_allowed(path)
