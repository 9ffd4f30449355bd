"""A page that nobody has open any more waits for nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.runtime.scriptrunner import StopException

from selection import jobs
from selection.ui import page_jobs


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Sessions that are open; this run is of ``one``."""
    there = {"one"}
    monkeypatch.setattr(page_jobs, "get_script_run_ctx", lambda **_: SimpleNamespace(session_id="one"))
    monkeypatch.setattr(page_jobs.runtime, "exists", lambda: True)
    monkeypatch.setattr(
        page_jobs.runtime, "get_instance", lambda: SimpleNamespace(is_active_session=there.__contains__)
    )
    return there


def test_a_page_that_is_open_waits_on(page: set[str]) -> None:
    assert jobs.run("builtins:len", "abc") == 3


def test_the_work_of_a_closed_page_ends(page: set[str]) -> None:
    page.clear()
    with pytest.raises(StopException):
        jobs.run("time:sleep", 600)


def test_outside_of_pages_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_jobs, "get_script_run_ctx", lambda **_: None)
    assert jobs.run("builtins:len", "abc") == 3
