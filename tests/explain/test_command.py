"""The command ``explain``: sentences in three languages, errors that say what to do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from selection import cli
from selection.texts import in_language

RULES = """
schema = "selection.rules/1"
name = "small"
[members]
least = 0
aim = 2
[deputies]
aim = 1
[eligibility]
age_on = 2021-09-01
[[tables]]
id = "a"
postal_codes = ["15100"]
[[tables]]
id = "b"
postal_codes = ["15200"]
[[requirements]]
id = "men"
field = "gender"
values = ["man"]
body = "members"
at_least_share = "40 %"
[[goals]]
id = "gender"
field = "gender"
priority = 1
[goals.ranges]
woman = { share = "50 %" }
"""

PEOPLE = [
    ("Aino Aalto", "nainen", "15100", "jäsen"),
    ("Bertta Bro", "nainen", "15100", "jäsen"),
    ("Cecil Cronstedt", "mies", "15100", "jäsen"),
    ("Daavid Dahl", "mies", "15100", "jäsen"),
    ("Yhteensä", "", "", ""),
]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "Hakemukset"
    sheet.append(["Nimi", "Sukupuoli", "Postinumero", "Haen (jäsen / varajäsen)"])
    for person in PEOPLE:
        sheet.append(person)
    book.save(tmp_path / "hakemukset.xlsx")
    (tmp_path / "rules.toml").write_text(RULES, "utf-8")
    return tmp_path


def run(files: Path, *options: str) -> int:
    arguments = ["explain", str(files / "hakemukset.xlsx"), "--rules", str(files / "rules.toml"), *options]
    sys.argv = ["selection", *arguments]
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


@pytest.mark.parametrize(("language", "word"), [("fi", "arpa"), ("sv", "lotten"), ("en", "the lot decided")])
def test_everybody_gets_a_sentence(files: Path, capsys: pytest.CaptureFixture[str], language: str, word: str) -> None:
    told = ""
    with in_language(language):
        for row in range(2, 6):
            assert run(files, "--row", str(row)) == 0
            told += capsys.readouterr().out
    assert all(person[0] in told for person in PEOPLE[:4])
    assert word in told


def test_a_table_is_called_by_its_name_in_the_language(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    titled = RULES.replace('id = "a"', 'id = "a"\ntitles = { sv = "södra" }')
    (files / "rules.toml").write_text(titled, "utf-8")
    for language, named in (("fi", "(a, "), ("sv", "(södra, ")):
        with in_language(language):
            assert run(files, "--row", "2", "--table", "a") == 0
            assert named in capsys.readouterr().out


def test_json_tells_the_same(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "--row", "2", "--table", "a", "--json", str(files / "out.json")) == 0
    content = json.loads((files / "out.json").read_text("utf-8"))
    assert content["schema"] == "selection.explanation/1"
    assert content["person"]["row"] == 2
    assert content["answers"][0]["verdict"] == "equal"
    assert content["answers"][0]["sentences"][0] in capsys.readouterr().out


def test_substitutes_are_told_of_who_is_seated(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = {}
    for row in range(2, 6):
        assert run(files, "--row", str(row), "--instead", "--json", str(files / "out.json")) == 0
        content = json.loads((files / "out.json").read_text("utf-8"))
        told[PEOPLE[row - 2][0]] = {one["name"] for one in content["instead"]}
        said = capsys.readouterr().out
        assert all(one["sentence"] in said for one in content["instead"])
        assert bool(content["seat"]) == ("ilalle" in said)
    # Two members and a deputy are seated: the one left out can take any of their seats that the share of men allows.
    left_out = [name for name, substitutes in told.items() if not substitutes]
    assert len(left_out) == 1
    assert all(left_out[0] in substitutes for name, substitutes in told.items() if name != left_out[0])


def test_a_table_not_applied_for(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "--row", "2", "--table", "b") == 0
    assert "ei voi saada paikkaa" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--row", "6"), "jätettiin sivuun"),
        (("--row", "99"), "99"),
        (("--row", "2", "--table", "nowhere"), "nowhere"),
        (("--row", "2", "--sheet", "Muu"), "Hakemukset"),
    ],
)
def test_what_is_not_an_applicant_is_an_error(
    files: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    assert run(files, *options) == 2
    assert told in capsys.readouterr().err


def test_room_is_told_before_a_proposal(
    files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = [
        str(files / "hakemukset.xlsx"),
        "--rules",
        str(files / "rules.toml"),
        "--json",
        str(files / "out.json"),
    ]
    monkeypatch.setattr(sys, "argv", ["selection", "room", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    content = json.loads((files / "out.json").read_text("utf-8"))
    members = next(one for one in content["room"] if one["id"] == "members" and one["table"] == "a")
    assert (members["least"], members["most"]) == (0, 2)
    assert content["never_seated"] == []
    said = capsys.readouterr().out
    assert "jäsenten määrä (a, jäsen): mahdollista 0–2" in said
    assert "(b, jäsen): tarvitaan 1, halukkaita 0" in said
