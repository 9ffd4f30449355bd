"""The commands on users, and the refusal to serve others without a login."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer import BadParameter

from selection import actions as do
from selection.actions import UserRole
from selection.cli import app
from selection.errors import ActionError
from selection.texts import LANGUAGES, error_text, in_language
from tests.records.made import new_round
from tests.records.stores import sqlite_store


def run(folder: Path, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from selection.cli import main; main()", *map(str, arguments)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SELECTION_")}
    environment |= {"SELECTION_DATA": str(folder), **more}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


def here(folder: Path, *arguments: object) -> None:
    """The same in this process, which is quicker."""
    app([*map(str, arguments), "--records", str(folder)], standalone_mode=False)


def test_users_are_listed_and_given_roles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = sqlite_store(tmp_path)
    made = new_round(store)
    anna = do.known_user(store, "https://provider.example anna", "Anna Ankka")
    here(tmp_path, "user", "grant", anna.id, "administrator")
    here(tmp_path, "user", "grant", anna.id, "coordinator", "--round", made.round_id)
    capsys.readouterr()
    here(tmp_path, "user", "list")
    listed = capsys.readouterr().out
    assert f"{anna.id}\tAnna Ankka\t" in listed and "pääkäyttäjä" in listed and "kierros" in listed
    assert "local" not in listed
    assert do.roles(store, anna, made.round_id) == (UserRole.COORDINATOR, UserRole.ADMINISTRATOR)
    here(tmp_path, "user", "revoke", anna.id, "coordinator", "--round", made.round_id)
    assert do.roles(store, anna, made.round_id) == (UserRole.ADMINISTRATOR,)
    here(tmp_path, "user", "add", "https://provider.example", "bert", "Bert")
    assert do.known_user(store, "https://provider.example bert", "Bert").id > anna.id
    assert do.verify_log(store).whole
    store.close()


def test_listing_before_the_first_sign_in_keeps_the_way_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It made a hidden administrator once: ``login.administrator`` was no longer asked."""
    store = sqlite_store(tmp_path)
    here(tmp_path, "user", "list")
    assert "selection user add" in capsys.readouterr().out
    here(tmp_path, "user", "add", "https://provider.example", "bert", "Bert")
    with pytest.raises(ActionError, match="no_such_user"):
        here(tmp_path, "user", "grant", 1, "administrator")  # the server's own user
    anna = do.first_administrator(store, "https://provider.example anna", "Anna")
    assert do.roles(store, anna) == (UserRole.ADMINISTRATOR,)
    here(tmp_path, "user", "grant", 2, "coordinator")
    here(tmp_path, "user", "revoke-all", 2)
    assert do.roles(store, do.User(2, "Bert")) == ()
    store.close()


@pytest.mark.parametrize(
    ("arguments", "code", "names"),
    [
        (("grant", 1, "king"), "no_such_role", "king"),
        (("grant", 99, "coordinator"), "no_such_user", "99"),
        (("grant", 1, "coordinator", "--round", 98), "no_such_round", "98"),
        (("revoke", 1, "presenter", "--round", 97), "no_such_round", "97"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, arguments: tuple[object, ...], code: str, names: str) -> None:
    sqlite_store(tmp_path).close()
    with pytest.raises(ActionError, match=code) as told:
        here(tmp_path, "user", *arguments)
    for language in LANGUAGES:
        with in_language(language):
            assert names in error_text(told.value)


@pytest.mark.parametrize("number", ["99999999999999999999", "0"])
def test_a_number_that_no_id_can_be_is_refused(tmp_path: Path, number: str) -> None:
    for arguments in (("grant", number, "coordinator"), ("grant", "1", "coordinator", "--round", number)):
        with pytest.raises(BadParameter):
            here(tmp_path, "user", *arguments)


def test_the_app_does_not_listen_to_others_without_a_login(tmp_path: Path) -> None:
    done = run(tmp_path, "app", "--address", "0.0.0.0")
    assert done.returncode == 2
    assert "0.0.0.0" in done.stderr and "Traceback" not in done.stderr


def test_nor_when_the_framework_is_started_by_hand(tmp_path: Path) -> None:
    """Around our own command: the app itself looks at where it would listen."""
    from selection.ui import server

    command = [sys.executable, "-m", "streamlit", "run", str(server.LAUNCHER), "--server.headless=true"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SELECTION_")}
    for more in (["--server.address=0.0.0.0"], []):
        done = subprocess.run(
            [*command, *more], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 2, done.stdout + done.stderr
        assert "kirjautumista" in done.stderr
