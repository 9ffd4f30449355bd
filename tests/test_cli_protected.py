"""Before a file leaves in which a name under a non-disclosure order stands under an area, the command says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import run

RULES = """
schema = "selection.rules/1"
name = "turva"
members = { least = 1, aim = 9 }
deputies = { aim = 0, personal = false }
eligibility = { age_on = 2021-09-01 }
[[tables]]
id = "eteläinen"
names = ["Eteläinen"]
postal_codes = ["15610"]
"""
HEADER = "Nimi;Syntymävuosi;Sukupuoli;Postinumero;Kumppanuuspöytä;Turvakielto"
PEOPLE = [
    f"Etu{number} Suku{number};{1950 + number};{'nainen' if number % 2 else 'mies'};15610;Eteläinen;ei"
    for number in range(8)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    protected = [*PEOPLE, "Salla Salainen;1980;nainen;15980;Eteläinen;kyllä"]
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "haku.csv").write_text("\n".join([HEADER, *protected]) + "\n", encoding="utf-8")
    (tmp_path / "avoin.csv").write_text("\n".join([HEADER, *PEOPLE]) + "\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("option", ["--annex", "--xlsx", "--json", "--lists"])
def test_the_row_and_the_file_are_named_and_nobody_is(folder: Path, option: str) -> None:
    file = "kirjeet" if option == "--lists" else f"tulos.{option.removeprefix('--').replace('annex', 'xlsx')}"
    done = run("propose", "haku.csv", "--rules", "rules.toml", option, file, cwd=folder)
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stderr.split())
    assert "Turvakielto: rivin 10 hakijan nimi" in said and file in said
    assert "Salla" not in done.stderr


def test_nothing_is_said_where_no_name_leaves_or_nobody_is_protected(folder: Path) -> None:
    for arguments in (("haku.csv",), ("avoin.csv", "--annex", "liite.xlsx")):
        done = run("propose", *arguments, "--rules", "rules.toml", cwd=folder)
        assert done.returncode == 0, done.stderr
        assert "Turvakielto" not in done.stderr


def test_no_finding_of_what_is_handed_on_tells_where_the_person_lives(folder: Path) -> None:
    rows = (
        (folder / "haku.csv").read_text(encoding="utf-8").replace(";15980;", ";159l0;").replace(";15610;", ";156l0;", 1)
    )
    (folder / "haku.csv").write_text(rows, encoding="utf-8")
    arguments = ("haku.csv", "--rules", "rules.toml", "--json", "tulos.json", "--xlsx", "tulos.xlsx")
    done = run("propose", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    told = json.loads((folder / "tulos.json").read_text(encoding="utf-8"))["applications"]["findings"]
    assert 2 in {one["row"] for one in told if one["found"] == "156l0"}
    assert "159" not in json.dumps(told)
    read = run("inspect", "haku.csv", "--rules", "rules.toml", "--json", "luettu.json", cwd=folder)
    assert read.returncode == 0 and "159l0" in (folder / "luettu.json").read_text(encoding="utf-8")
