"""A visitor's session where the records cannot be reached for a while: it says so, and goes on where it was."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from selection import actions as do
from selection.errors import ActionError, PermissionDenied
from selection.records.location import open_store
from selection.texts import in_language, text
from tests.records.made import new_round

SCRIPT = """
import streamlit as st
from selection.ui import session

session.begin()
try:
    row = session.round_row()
    st.write(row.name if row else "no round")
except Exception as error:
    session.show_failure(error)
"""


def test_a_database_that_is_away_for_a_while_keeps_the_round(tmp_path, monkeypatch):
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))
    made = new_round(open_store(tmp_path), name="Kierros A")
    page = AppTest.from_string(SCRIPT)
    page.query_params["kierros"] = str(made.round_id)
    assert page.run(timeout=30).markdown[0].value == "Kierros A"

    def gone(*_):
        raise ActionError("records_gone")

    with monkeypatch.context() as away:
        away.setattr(do, "round_row", gone)
        page.run(timeout=30)
        assert "Tietokantaan ei saada yhteyttä" in page.error[0].value
        assert not page.exception
    assert page.run(timeout=30).markdown[0].value == "Kierros A"
    assert not page.error

    def refused(*_):
        raise PermissionDenied("not_allowed", right="read")

    with monkeypatch.context() as taken:
        taken.setattr(do, "round_row", refused)
        assert page.run(timeout=30).markdown[0].value == "no round"


def test_what_a_click_tells_is_in_the_language_of_the_visit(tmp_path, monkeypatch):
    """The framework does what a click asks for before it runs the script, and each time in a new thread."""
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))

    def script():
        import streamlit as st

        from selection.texts import text
        from selection.ui import session

        session.begin()
        st.button("undo", on_click=lambda: session.tell("success", text("preview.taken")))
        session.show_news()

    page = AppTest.from_function(script)
    page.query_params["lang"] = "sv"
    page.run(timeout=30)
    page.button[0].click().run(timeout=30)
    with in_language("sv"):
        assert [one.value for one in page.success] == [text("preview.taken")]
