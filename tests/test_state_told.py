"""The state of a roster is told in the same words by propose, check, verify, the workbook, the Word item and the JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from selection.texts import label, text
from tests.command import run
from tests.test_cli import make

BEST = " ".join(text(f"state.{code}") for code in ("program", "best", "all_hold"))


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make(tmp_path_factory.mktemp("tila"))
    files = (
        "--json",
        "e.json",
        "--xlsx",
        "e.xlsx",
        "--docx",
        "e.docx",
        "--special-reason",
        "Hakijoita oli liian vähän.",
    )
    done = run("propose", "hakemukset.csv", "--rules", "rules.toml", *files, cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "said").write_text(done.stdout, "utf-8")
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "kopio"))


def read(folder: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads((folder / "e.json").read_text("utf-8"))
    return content


def sheets_say(path: Path) -> list[str]:
    return [str(cell.value) for sheet in load_workbook(path) for row in sheet for cell in row if cell.value]


def test_every_place_says_the_same(folder: Path) -> None:
    assert BEST in (folder / "said").read_text("utf-8")
    for file in ("e.json", "e.xlsx"):
        done = run("check", file, "hakemukset.csv", "--rules", "rules.toml", cwd=folder)
        assert done.returncode == 0 and BEST in done.stdout, done.stdout
    assert BEST in run("verify", "e.xlsx", "hakemukset.csv", cwd=folder).stdout
    assert any(BEST in one.text for one in Document(str(folder / "e.docx")).paragraphs)
    # Below the roster of each of the two tables, and where the making is told.
    assert sheets_say(folder / "e.xlsx").count(BEST) == 3
    assert read(folder)["state"] == {
        "made_by": "program",
        "changed": 0,
        "older_than": [],
        "cut": False,
        "failing": [],
    }


def test_after_the_rules_were_changed_nothing_is_proven(folder: Path) -> None:
    rules = folder / "rules.toml"
    rules.write_text(rules.read_text("utf-8").replace('"40 %"', '"90 %"'), "utf-8")
    for file in ("e.json", "e.xlsx"):
        done = run("check", file, "hakemukset.csv", "--rules", "rules.toml", cwd=folder)
        assert done.returncode == 1
        assert text("state.best") not in done.stdout and text("state.older.rules") in done.stdout
        assert text("state.failing", what="")[:10] in done.stdout


def test_a_comment_or_another_order_of_keys_changes_no_rules(folder: Path) -> None:
    rules = folder / "rules.toml"
    rules.write_text(
        "# huomautus\n" + rules.read_text("utf-8").replace("least = 2\naim = 4", "aim = 4\nleast = 2"), "utf-8"
    )
    assert BEST in run("check", "e.json", "hakemukset.csv", "--rules", "rules.toml", cwd=folder).stdout


def test_after_an_answer_was_changed_nothing_is_proven(folder: Path) -> None:
    file = folder / "hakemukset.csv"
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([*lines[:-1], lines[-1].replace("Oma", "X").replace("Vuokra", "X")]), "utf-8")
    for proposal in ("e.json", "e.xlsx"):
        said = run("check", proposal, "hakemukset.csv", "--rules", "rules.toml", cwd=folder).stdout
        assert text("state.best") not in said and text("state.older.people") in said, said


def test_a_roster_edited_in_the_json_is_no_longer_the_programs(folder: Path) -> None:
    content = json.loads((folder / "e.json").read_text("utf-8"))
    content["tables"][0]["reserves"] = []
    (folder / "e.json").write_text(json.dumps(content), "utf-8")
    said = run("check", "e.json", "hakemukset.csv", "--rules", "rules.toml", cwd=folder).stdout
    assert text("state.changed_some") in said and text("state.best") not in said


def test_a_roster_edited_in_the_workbook_says_for_how_many(folder: Path) -> None:
    book = load_workbook(folder / "e.xlsx")
    sheet = book.worksheets[0]
    sheet.delete_rows(next(row for row in range(2, 40) if sheet.cell(row, 1).value == label("seat", "reserve")))
    book.save(folder / "e.xlsx")
    for command in (("check", "e.xlsx"), ("verify", "e.xlsx")):
        said = run(*command, "hakemukset.csv", cwd=folder).stdout
        assert text("state.changed", n=1) in said and text("state.best") not in said, said


def test_a_json_of_before_still_opens(folder: Path) -> None:
    content = read(folder)
    for key in ("state", "fingerprint", "made_from"):
        del content[key]
    (folder / "e.json").write_text(json.dumps(content), "utf-8")
    assert run("check", "e.json", "hakemukset.csv", "--rules", "rules.toml", cwd=folder).returncode == 0


def test_steps_are_counted_the_same_while_they_are_taken_and_after(folder: Path) -> None:
    done = run("propose", "hakemukset.csv", "--rules", "rules.toml", cwd=folder)
    number = len(read(folder)["steps"])  # type: ignore[arg-type]
    assert f"1/{number} " in done.stderr and f"/{number + 1}" not in done.stderr


def rows_of(value: object) -> list[dict[str, object]]:
    """Every object of a JSON that tells a row."""
    if isinstance(value, list):
        return [found for one in value for found in rows_of(one)]
    if isinstance(value, dict):
        return ([value] if "row" in value else []) + [found for one in value.values() for found in rows_of(one)]
    return []


def test_every_object_with_a_row_has_a_part(folder: Path) -> None:
    commands = (
        ("explain", "hakemukset.csv", "--rules", "rules.toml", "--all", "--json", "o.json"),
        ("inspect", "hakemukset.csv", "--rules", "rules.toml", "--json", "o.json"),
    )
    assert all(one["part"] == "" for one in rows_of(read(folder)))
    for command in commands:
        done = run(*command, cwd=folder)
        assert done.returncode == 0, done.stderr
        found = rows_of(json.loads((folder / "o.json").read_text("utf-8")))
        assert all(one.get("part") == "" for one in found), found
