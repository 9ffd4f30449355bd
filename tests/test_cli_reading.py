"""What the command line is told of how files are read: columns, a remembered reading, persons in a row; nobody read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import run

ROWS = "Kuka;Puolue;Toimielinvalinta;Synt.v.\nAino Koskela;Vihr.;Keskusta, itäinen;1970\nOlli Niemi;;Itäinen;1980\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "haku.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def people(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((folder / "people.json").read_text("utf-8"))["people"]
    return found


TOLD = ("--column", "Kuka=nimi", "--column", "Toimielinvalinta=wishes")


def test_a_column_is_what_a_person_says_in_any_language(folder: Path) -> None:
    for name in ("name", "nimi", "namn"):
        done = run("inspect", "haku.csv", "--column", f"Kuka={name}", "--people", "people.json", cwd=folder)
        assert done.returncode == 0
        assert [one["name"] for one in people(folder)] == ["Aino Koskela", "Olli Niemi"]


def test_a_reading_is_remembered_and_read_again(folder: Path) -> None:
    assert run("inspect", "haku.csv", *TOLD, "--mapping", "luku.json", cwd=folder).returncode == 0
    assert run("inspect", "haku.csv", "--mapping", "luku.json", "--people", "people.json", cwd=folder).returncode == 0
    assert [one["fields"]["wishes"] for one in people(folder)] == [["keskusta", "itäinen"], ["itäinen"]]  # type: ignore[index]


def test_a_file_that_is_no_reading_is_refused_and_stays(folder: Path) -> None:
    (folder / "muu.json").write_text('{"a": 1}', encoding="utf-8")
    done = run("inspect", "haku.csv", *TOLD, "--mapping", "muu.json", cwd=folder)
    assert done.returncode == 2 and "muu.json" in done.stderr
    assert (folder / "muu.json").read_text("utf-8") == '{"a": 1}'


def test_a_sensitive_column_is_taken_by_name_and_said(folder: Path) -> None:
    done = run("inspect", "haku.csv", *TOLD, "--column", "Puolue=own:party", "--people", "people.json", cwd=folder)
    assert done.returncode == 0 and "Puolue" in done.stderr and "laillinen peruste" in done.stderr
    assert people(folder)[0]["fields"]["party"] == ["Vihr."]  # type: ignore[index]
    without = run("inspect", "haku.csv", *TOLD, "--people", "people.json", cwd=folder)
    assert "laillinen peruste" not in without.stderr and "party" not in people(folder)[0]["fields"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("option", "said"),
    [("Kuka", "Otsikko=tieto"), ("Kuka=foo", "birth_year"), ("Mikä=name", "Toimielinvalinta")],
)
def test_what_cannot_be_used_says_what_can(folder: Path, option: str, said: str) -> None:
    done = run("inspect", "haku.csv", *TOLD, "--column", option, cwd=folder)
    assert done.returncode == 2 and said in " ".join(done.stderr.split())


def test_the_workbook_and_the_json_record_the_reading(folder: Path) -> None:
    done = run(
        "propose",
        "haku.csv",
        *TOLD,
        "--rules",
        "r.toml",
        "--xlsx",
        "e.xlsx",
        "--json",
        "e.json",
        cwd=with_rules(folder),
    )
    assert done.returncode == 0, done.stderr
    for made in ("e.xlsx", "e.json"):
        checked = run("check", made, "haku.csv", *(("--rules", "r.toml") if made.endswith("json") else ()), cwd=folder)
        assert checked.returncode == 0, checked.stderr


def with_rules(folder: Path) -> Path:
    text = """
schema = "selection.rules/1"
name = "pieni"
[[tables]]
id = "keskusta"
[[tables]]
id = "itäinen"
[members]
least = 1
aim = 1
[eligibility]
age_on = 2025-01-01
"""
    (folder / "r.toml").write_text(text, encoding="utf-8")
    return folder


def test_nobody_read_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "haku.csv").write_text("Nimi;Pöytä\nYhteensä;12\n", encoding="utf-8")
    done = run("propose", "haku.csv", cwd=tmp_path)
    assert done.returncode == 2 and "hakija" in done.stderr


def test_persons_per_row(tmp_path: Path) -> None:
    (tmp_path / "haku.csv").write_text(
        "Nimi;Kumppanuuspöytä;Nimi\nAino Koskela;Keskusta;Eero Laine\nOlli Niemi;Itäinen;Sirpa Salo\n", encoding="utf-8"
    )
    stopped = run("inspect", "haku.csv", cwd=tmp_path)
    assert stopped.returncode == 2 and "--persons-per-row" in stopped.stderr
    done = run("inspect", "haku.csv", "--persons-per-row", 2, "--people", "people.json", cwd=tmp_path)
    assert done.returncode == 0
    assert [(one["row"], one["part"]) for one in people(tmp_path)] == [(2, "a"), (2, "b"), (3, "a"), (3, "b")]
