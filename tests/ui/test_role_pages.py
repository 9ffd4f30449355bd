"""Each role meets what it may do: its pages in the menu, no button that is refused, and a line that says who does it."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from selection import actions as do
from selection.actions import Right, UserRole
from selection.texts import text
from selection.ui import navigation
from selection.ui.components import role_pages
from tests.browser import scene
from tests.records.made import NOT_ASKED
from tests.ui.test_pages import opened, seen, told

#: What only who prepares may press: keys of buttons, and actions of tables.
KEYS = ("propose", "undo", "redo", "offer_take")
ACTIONS = (
    "lock",
    "swap",
    "move",
    "deputy",
    "remove",
    "out",
    "aside",
    "restore",
    "lock_seat",
    "unlock",
    "use",
    "rename",
)
FORMS = ("add_person", "name_version", "new_round", "rename_round", "note", "contact")
PAGES = ("findings", "applicants", "criteria", "proposal", "compare", "board", "decision", "history", "rounds")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("records")


@pytest.fixture(scope="module")
def made(folder):
    return scene.make(folder)


@pytest.fixture(scope="module")
def ready(folder, made):
    """Another round, which waits for the meeting."""
    found = scene.make(folder)
    do.perform(found.store, found.user, do.MarkReady(round_id=found.round_id, reason=NOT_ASKED))
    return found


@pytest.fixture(autouse=True)
def at_home(folder, monkeypatch):
    monkeypatch.setenv("SELECTION_DATA", str(folder))
    monkeypatch.delenv("SELECTION_DATABASE_URL", raising=False)


@pytest.fixture
def as_role(made, monkeypatch):
    """The visitor has one role in all rounds."""

    def become(role: UserRole) -> do.User:
        user = do.known_user(made.store, f"the {role}", f"Käyttäjä {role}")
        if role not in do.roles(made.store, user):
            do.perform(made.store, made.user, do.GrantRole(user_id=user.id, role=role))
        monkeypatch.setattr(do, "local_user", lambda store: user)
        return user

    return become


def offered(page: AppTest) -> set[str]:
    """Actions of tables, keys of buttons and forms that a page shows."""
    sent = seen(page)
    actions = {one for one in ACTIONS if re.search(rf'"id": ?"{one}"', sent)}
    keys = {str(one.key) for one in page.button if one.key in KEYS or str(one.key).startswith(("change_", "all_"))}
    forms = {one for one in FORMS if re.search(rf"(?<![a-z_]){one}(?![a-z_.])", sent) and one in _forms(page)}
    return actions | keys | forms


def _forms(page: AppTest) -> set[str]:
    return {str(one.proto.form_id).partition("-")[0] for one in page.button if getattr(one.proto, "form_id", "")}


def test_what_is_looked_for_is_there_for_who_prepares(made, as_role):
    as_role(UserRole.COORDINATOR)
    assert {"lock", "swap", "propose", "undo"} <= offered(opened("proposal", made))
    assert "aside" in offered(opened("applicants", made))
    assert {"add_person"} <= _forms(opened("applicants", made))
    assert any(one.startswith("change_") for one in offered(opened("criteria", made)))


@pytest.mark.parametrize("view", PAGES)
@pytest.mark.parametrize("role", [UserRole.BOARD_MEMBER, UserRole.PRESENTER])
def test_who_does_not_prepare_sees_no_button_that_is_refused(made, as_role, role, view):
    as_role(role)
    page = opened(view, made)
    assert offered(page) == set()
    assert _forms(page) & set(FORMS) == set()
    assert not page.error


@pytest.mark.parametrize("view", ["applicants", "criteria"])
def test_one_line_says_who_does(made, as_role, view):
    as_role(UserRole.BOARD_MEMBER)
    said = text("ui.role.changed_by", roles=role_pages.roles_with(Right.PREPARE))
    assert said in seen(opened(view, made))
    as_role(UserRole.COORDINATOR)
    assert said not in seen(opened(view, made))


def test_the_menu_has_the_pages_of_a_role():
    def menu(role: UserRole) -> list[str]:
        return [one.name for one in navigation.PLACES if one.is_for(do.RIGHTS[role])]

    assert menu(UserRole.COORDINATOR) == [one.name for one in navigation.PLACES]
    assert menu(UserRole.ADMINISTRATOR) == ["rounds", "keeping", "guide", "accessibility"]
    assert {"importing", "findings"}.isdisjoint(menu(UserRole.BOARD_MEMBER))
    assert "importing" not in menu(UserRole.PRESENTER) and "findings" in menu(UserRole.PRESENTER)


SCRIPT = """
import streamlit as st
from selection.ui import main
"""


def whole(folder, **query) -> AppTest:
    """The app itself."""
    from selection.ui import server

    page = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, [one.value for one in page.exception]
    return page


def test_a_board_member_begins_at_the_meeting_page_of_the_round_that_waits(folder, ready, as_role):
    as_role(UserRole.BOARD_MEMBER)
    page = whole(folder)
    assert page.session_state[navigation.LANDING] == "board"
    assert page.session_state["round_id"] == ready.round_id
    as_role(UserRole.COORDINATOR)
    assert whole(folder).session_state[navigation.LANDING] == "rounds"


def test_the_administrator_meets_no_refusal(folder, made, as_role):
    as_role(UserRole.ADMINISTRATOR)
    page = whole(folder, kierros=str(made.round_id))
    assert not page.error and [one.value for one in page.title] == [text("ui.page.rounds")]
    # A page of another role, by its address.
    script = """
from selection.ui import navigation, session
from selection.ui.components import role_pages
session.begin()
navigation.pages()
role_pages.not_yours(navigation.PLACES[1])
"""
    page = AppTest.from_string(script, default_timeout=60).run()
    assert role_pages.roles_with(Right.PREPARE) in told(page)
