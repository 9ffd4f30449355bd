"""docs/running.md names every setting: keys of the settings file, and variables of the environment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from selection.serving.settings import KEYS, SECRETS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "running.md").read_text("utf-8")

#: Variables that the program sets for a process of its own; nobody else has a use for them.
BETWEEN_PROCESSES = {"SELECTION_ALONE_NAME", "SELECTION_ALONE_KEY"}


def variables(folder: Path) -> set[str]:
    """Names of the environment that the sources read; those of a setting of the file are made from its key."""
    found = {
        name
        for source in sorted(folder.rglob("*.py"))
        for name in re.findall(r"[\"'`](SELECTION_[A-Z_]+[A-Z])\b", source.read_text("utf-8"))
    }
    return found - {"SELECTION_" + key.upper().replace(".", "_") for key in KEYS}


def missing(names: set[str], page: str) -> set[str]:
    """The names that a page does not have in code."""
    return {name for name in names if not re.search(rf"`{re.escape(name)}(=[^`]*)?`", page)}


@pytest.mark.parametrize("key", [*KEYS, *(f"{key}_file" for key in SECRETS)])
def test_every_key_of_the_settings_file_is_told(key: str) -> None:
    assert not missing({key}, PAGE)


def test_every_variable_of_the_environment_is_told() -> None:
    names = variables(ROOT / "selection")
    assert {"SELECTION_DATA", "SELECTION_DATABASE_URL_FILE", "SELECTION_LANGUAGE", "SELECTION_DEBUG"} <= names
    assert not missing(names - BETWEEN_PROCESSES, PAGE)


def test_no_variable_is_told_that_nothing_reads() -> None:
    told = set(re.findall(r"SELECTION_[A-Z_]+[A-Z]\b", PAGE))
    of_keys = {"SELECTION_" + key.upper().replace(".", "_") for key in KEYS}
    assert told <= variables(ROOT / "selection") | of_keys


def test_one_that_is_not_told_is_seen() -> None:
    assert missing({"SELECTION_ELSEWHERE"}, PAGE) == {"SELECTION_ELSEWHERE"}
