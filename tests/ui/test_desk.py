"""The desk of several visitors to one round: its people are read once, and shown to those alone who may see them."""

from __future__ import annotations

import gc
from collections import Counter

import pytest
from streamlit.testing.v1 import AppTest

from selection import actions as do
from selection.errors import PermissionDenied
from selection.records.location import open_store
from selection.ui import round_at_work, session
from tests.records.made import imported

SCRIPT = """
import streamlit as st
from selection.ui import round_at_work
from selection.ui import session

session.begin()
desk = round_at_work.require()
st.write(f"{desk.round.revision}: {len(desk.people)}, {len(desk.locks)}")
"""


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))
    return imported(open_store(tmp_path))


@pytest.fixture
def readings(monkeypatch):
    """How often the applications of each round were read."""
    read, counted = do.applications, Counter()

    def counting(store, user, round_id, *rest, **named):
        counted[round_id] += 1
        return read(store, user, round_id, *rest, **named)

    monkeypatch.setattr(do, "applications", counting)
    return counted


def visit(made) -> AppTest:
    page = AppTest.from_string(SCRIPT)
    page.query_params["kierros"] = str(made.round_id)
    return page.run(timeout=30)


def test_a_second_visitor_takes_over_the_people_and_reads_what_changed(made, readings):
    first, second = visit(made), visit(made)
    assert readings[made.round_id] == 1
    assert first.markdown[0].value == second.markdown[0].value
    readings.clear()
    made.do(do.KeepOut(round_id=made.round_id, application_id=made.ids[0], reason="esteellinen"))
    second.run(timeout=30)
    first.run(timeout=30)
    assert readings[made.round_id] == 1
    assert second.markdown[0].value == first.markdown[0].value
    assert second.markdown[0].value.endswith(", 1")


def test_people_held_elsewhere_are_not_shown_to_whom_they_are_not_for(made, monkeypatch):
    inside = visit(made)

    def refused(*_):
        raise PermissionDenied("not_allowed", right="read")

    # An administrator without a role in the round sees its row, and nothing of what it holds.
    monkeypatch.setattr(do, "locks", refused)
    monkeypatch.setattr(do, "draft", refused)
    outside = visit(made)
    assert inside.markdown and not outside.markdown
    assert outside.error


def test_nothing_is_held_once_no_session_holds_it(made, monkeypatch):
    visits: dict[str, object] = {}
    monkeypatch.setattr(session, "store", lambda: made.store)
    monkeypatch.setattr(session, "user", lambda: made.user)
    monkeypatch.setattr(session, "round_row", lambda: do.round_row(made.store, made.user, made.round_id))
    monkeypatch.setattr(session, "kept", visits.get)
    monkeypatch.setattr(session, "keep", visits.__setitem__)
    assert round_at_work.current() is not None
    assert [one[1:] for one in round_at_work._held_now if one[0] is made.store] == [
        (made.round_id, made.revision, True)
    ]
    visits.clear()
    gc.collect()
    assert not [one for one in round_at_work._held_now if one[0] is made.store]
