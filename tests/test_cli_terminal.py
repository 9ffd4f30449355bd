"""The commands beside their work: languages, terminals of few letters, closed pipes, results over other files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from selection import cli
from tests.command import run
from tests.test_cli import make

COMMAND = [sys.executable, "-c", "from selection.cli import main; main()"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("terminal"))


def test_texts_in_the_language_that_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "finns inte" in run("--language", "sv", "inspect", "puuttuu.csv", cwd=folder).stderr
    assert "ei löydy" in run("inspect", "puuttuu.csv", cwd=folder).stderr, "the language ends with the command"
    monkeypatch.setenv("SELECTION_LANGUAGE", "en")
    assert "does not exist" in run("inspect", "puuttuu.csv", cwd=folder).stderr


def test_a_name_is_printed_letter_by_letter(folder: Path) -> None:
    """None is taken for the terminal's markup."""
    said = (folder / "hakemukset.csv").read_text("utf-8")
    (folder / "merkit.csv").write_text(said.replace("Etu", "[b]Etu"), "utf-8")
    done = run("propose", "merkit.csv", "--rules", "rules.toml", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "[b]Etu" in done.stdout


def test_a_language_that_there_is_not(folder: Path) -> None:
    done = run("--language", "xx", "inspect", "hakemukset.csv", cwd=folder)
    assert done.returncode == 2 and "xx" in done.stderr and "sv" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("propose", "hakemukset.csv", "--xlsx", "hakemukset.csv"), "hakemukset.csv"),
        (("propose", "hakemukset.csv", "--rules", "rules.toml", "--json", "../{folder}/rules.toml"), "rules.toml"),
        (("inspect", "hakemukset.csv", "--json", "./hakemukset.csv"), "hakemukset.csv"),
        (("draw", "hakemukset.csv", "--json", "hakemukset.csv"), "hakemukset.csv"),
        (("room", "hakemukset.csv", "--json", "hakemukset.csv"), "hakemukset.csv"),
        (("explain", "hakemukset.csv", "--row", "2", "--json", "hakemukset.csv"), "hakemukset.csv"),
    ],
)
def test_no_result_is_written_over_what_is_read(folder: Path, arguments: tuple[str, ...], file: str) -> None:
    before = (folder / file).read_bytes()
    done = run(*(one.format(folder=folder.name) for one in arguments), cwd=folder)
    assert done.returncode == 2 and "lähtötiedosto" in done.stderr and file in done.stderr
    assert (folder / file).read_bytes() == before


def test_two_results_do_not_share_a_name(folder: Path) -> None:
    done = run("propose", "hakemukset.csv", "--xlsx", "e.xlsx", "--annex", "./e.xlsx", cwd=folder)
    assert done.returncode == 2 and "e.xlsx" in done.stderr and not (folder / "e.xlsx").exists()


def test_a_folder_that_may_not_be_written_to_is_told_before_the_work(folder: Path) -> None:
    with mock.patch.object(os, "access", side_effect=lambda _path, mode: mode != os.W_OK):
        done = run("propose", "hakemukset.csv", "--json", "e.json", cwd=folder)
    assert done.returncode == 2 and "oikeutta" in done.stderr and "1/" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "iso8859-1"])
def test_a_terminal_of_few_letters(folder: Path, encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "COLUMNS": "60"}
    done = subprocess.run(
        [*COMMAND, "inspect", "hakemukset.csv"], cwd=folder, env=environment, capture_output=True, timeout=120
    )
    assert done.returncode == 0 and b"Traceback" not in done.stderr
    assert b"EtunimiA" not in done.stderr and b"hakemukset.csv" in done.stdout


def test_a_reader_that_goes_away_is_no_fault(folder: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "inspect", "hakemukset.csv"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as started:
        assert started.stdout is not None and started.stderr is not None
        started.stdout.close()
        said = started.stderr.read()
    assert b"Traceback" not in said and b"Exception" not in said


def test_an_interruption_is_told(folder: Path) -> None:
    with mock.patch.object(cli, "app", side_effect=KeyboardInterrupt):
        done = run("inspect", "hakemukset.csv", cwd=folder)
    assert done.returncode == 130 and "Keskeytettiin" in done.stderr
