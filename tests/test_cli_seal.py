"""Sealed draws as a person makes them: seal, then numbers, then once; refused where anything differs; verified."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import run

SOURCES = ("--source", "lotto", "--source", "nopat")
DRAWN = ("--drawn", "lotto=38 35 33 20 11 09 4+6", "--drawn", "nopat=d:6.2.5")
RULES = """
schema = "selection.rules/1"
name = "pieni"
[[tables]]
id = "keskusta"
[[tables]]
id = "itäinen"
[members]
least = 2
aim = 3
[deputies]
aim = 2
[eligibility]
age_on = 2025-01-01
[lottery]
seed = "1"
[[requirements]]
id = "women"
field = "gender"
values = ["woman"]
body = "each"
at_least_share = "40 %"
[[goals]]
id = "age"
field = "age"
priority = 1
[goals.ranges]
"18–29" = { share = "50 %" }
"30–64" = { share = "50 %" }
"""
HEAD = "Tunnus;Nimi;Sähköposti;Syntymävuosi;Sukupuoli;Postinumero;Kumppanuuspöytä;Perustelut"


def rows(count: int = 24) -> list[str]:
    return [
        f"{n};Hakija{chr(65 + n)} Testaa;h{n}@example.org;{1960 + 2 * n};{'nainen' if n % 2 else 'mies'};1510{n % 10};"
        f"{'Keskusta' if n % 3 else 'Itäinen'};teksti {n}"
        for n in range(1, count + 1)
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seal")
    (folder / "r.toml").write_text(RULES, encoding="utf-8")
    (folder / "haku.csv").write_text("\n".join([HEAD, *rows()]), encoding="utf-8")
    done = run("seal", "haku.csv", "--rules", "r.toml", *SOURCES, "--out", "s.json", "--public", "l.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "round"))


def propose(folder: Path, *more: str, drawn: tuple[str, ...] = DRAWN) -> tuple[int, str]:
    done = run("propose", "haku.csv", "--rules", "r.toml", "--seal", "s.json", *drawn, *more, cwd=folder)
    return done.returncode, done.stderr


def seats(folder: Path) -> list[tuple[str, str, int]]:
    tables = json.loads((folder / "e.json").read_text("utf-8"))["tables"]
    return [
        (table["table"], role, one["row"])
        for table in tables
        for role in ("members", "deputies")
        for one in table[role]
    ]


def test_the_published_list_tells_nothing_of_a_person(made: Path) -> None:
    told = (made / "l.json").read_text("utf-8")
    assert not [word for word in ("Testaa", "example", "teksti", "salt", "nainen", "woman") if word in told]
    content = json.loads(told)
    assert content["seal"]["count"] == "24" and len(content["list"]) == 24
    assert content["list"] == sorted(content["list"])


def test_the_same_numbers_give_the_same_files_and_others_are_refused(folder: Path) -> None:
    assert propose(folder, "--json", "e.json", "--xlsx", "e.xlsx", "--proof", "p.json")[0] == 0
    before = {name: (folder / name).read_bytes() for name in ("e.json", "e.xlsx", "p.json")}
    assert propose(folder, "--json", "e.json", "--xlsx", "e.xlsx", "--proof", "p.json")[0] == 0
    assert {name: (folder / name).read_bytes() for name in before} == before
    status, said = propose(folder, drawn=("--drawn", "lotto=1.2.3", "--drawn", "nopat=d:6.2.5"))
    assert status == 2 and "4.9.11.20.33.35.38+6" in said


def test_the_seed_of_another_seal_of_the_same_people_is_another(folder: Path) -> None:
    again = run(
        "seal", "haku.csv", "--rules", "r.toml", *SOURCES, "--out", "s2.json", "--public", "l2.json", cwd=folder
    )
    assert again.returncode == 0
    assert json.loads((folder / "s.json").read_text())["root"] != json.loads((folder / "s2.json").read_text())["root"]
    later = run(
        "seal",
        "haku.csv",
        "--rules",
        "r.toml",
        *SOURCES,
        "--previous",
        "s.json",
        "--out",
        "s3.json",
        "--public",
        "l3.json",
        cwd=folder,
    )
    assert later.returncode == 0
    first, third = (json.loads((folder / name).read_text()) for name in ("s.json", "s3.json"))
    assert [one["ticket"] for one in first["applications"]] == [one["ticket"] for one in third["applications"]]
    assert third["seal"]["number"] == "2" and third["seal"]["previous"] == first["root"]


@pytest.mark.parametrize(
    ("column", "value"),
    [(3, "1999"), (4, "nainen"), (6, "Itäinen"), (4, "")],
)
def test_a_changed_field_that_a_rule_may_use_is_refused_and_its_row_named(
    folder: Path, column: int, value: str
) -> None:
    lines = (folder / "haku.csv").read_text("utf-8").splitlines()
    cells = lines[4].split(";")
    assert cells[column] != value
    cells[column] = value
    lines[4] = ";".join(cells)
    (folder / "haku.csv").write_text("\n".join(lines), encoding="utf-8")
    status, said = propose(folder)
    assert status == 2 and "5" in said and "Testaa" not in said
    assert json.loads((folder / "s.json").read_text("utf-8"))["drawn"] is None


def test_other_fields_move_nothing(folder: Path) -> None:
    assert propose(folder, "--json", "e.json")[0] == 0
    before = seats(folder)
    lines = (folder / "haku.csv").read_text("utf-8").splitlines()
    for place in range(1, len(lines)):
        cells = lines[place].split(";")
        cells[2], cells[7] = f"toinen{place}@example.org", "aivan muuta"
        lines[place] = ";".join(cells)
    (folder / "haku.csv").write_text("\n".join(lines), encoding="utf-8")
    assert propose(folder, "--json", "e.json")[0] == 0
    assert seats(folder) == before


def test_a_missing_and_a_late_application_and_other_rules_are_refused(folder: Path) -> None:
    whole = (folder / "haku.csv").read_text("utf-8").splitlines()
    (folder / "haku.csv").write_text("\n".join(whole[:-1]), encoding="utf-8")
    assert propose(folder)[0] == 2
    (folder / "haku.csv").write_text("\n".join([HEAD, *rows(25)]), encoding="utf-8")
    assert propose(folder)[0] == 2
    (folder / "haku.csv").write_text("\n".join(whole), encoding="utf-8")
    (folder / "r.toml").write_text(RULES.replace("40 %", "30 %"), encoding="utf-8")
    status, said = propose(folder)
    assert status == 2 and "Säännöt" in said


@pytest.mark.parametrize("more", [("--seed", "x"), ("--time-limit", "9")])
def test_a_sealed_run_takes_no_seed_and_no_limit(folder: Path, more: tuple[str, str]) -> None:
    status, said = propose(folder, *more)
    assert status == 2 and more[0] in said


def test_a_changed_seal_is_broken(folder: Path) -> None:
    told = (folder / "s.json").read_text("utf-8")
    (folder / "s.json").write_text(told.replace('"woman"', '"man"', 1), encoding="utf-8")
    status, said = propose(folder)
    assert status == 2 and "s.json" in said


def test_a_verification_file_verifies_by_itself_and_a_changed_one_does_not(folder: Path) -> None:
    assert propose(folder, "--proof", "p.json")[0] == 0
    told = (folder / "p.json").read_text("utf-8")
    assert not [word for word in ("Testaa", "example.org", "teksti") if word in told]
    assert run("verify", "p.json", cwd=folder).returncode == 0
    content = json.loads(told)
    changes = [
        ("roster", lambda one: one["roster"][0].update(receipt=one["roster"][1]["receipt"])),
        (
            "data",
            lambda one: next(p for p in one["people"] if p["status"] == "active")["data"]["values"].update(
                gender=["other"]
            ),
        ),
        ("drawn", lambda one: one["drawn"][0].__setitem__(1, "1.2.3")),
        ("steps", lambda one: one["steps"][1].update(value=one["steps"][1]["value"] - 1)),
        ("rules", lambda one: one["rules"]["members"].update(aim=2)),
        ("person", lambda one: one["people"].pop()),
    ]
    for name, change in changes:
        other = json.loads(json.dumps(content))
        change(other)
        (folder / "q.json").write_text(json.dumps(other), encoding="utf-8")
        assert run("verify", "q.json", cwd=folder).returncode in (1, 2), name


def test_the_workbook_is_verified_with_the_seal(folder: Path) -> None:
    assert propose(folder, "--xlsx", "e.xlsx", "--json", "e.json")[0] == 0
    assert run("verify", "e.xlsx", "haku.csv", "--seal", "s.json", cwd=folder).returncode == 0
    assert run("check", "e.json", "haku.csv", "--rules", "r.toml", cwd=folder).returncode == 0
    assert (
        json.loads((folder / "e.json").read_text("utf-8"))["seal"]["root"]
        == json.loads((folder / "s.json").read_text("utf-8"))["root"]
    )


def test_without_a_seal_the_results_say_so(folder: Path) -> None:
    done = run("propose", "haku.csv", "--rules", "r.toml", "--json", "e.json", cwd=folder)
    assert done.returncode == 0 and "arvontaa ei sinetöity" in done.stdout
    assert json.loads((folder / "e.json").read_text("utf-8"))["seal"] is None


def test_a_fair_draw_by_the_seal(folder: Path) -> None:
    done = run("draw", "haku.csv", "--rules", "r.toml", "--seal", "s.json", *DRAWN, "--json", "d.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert run("verify", "d.json", "haku.csv", "--seal", "s.json", cwd=folder).returncode == 0
    assert (
        run(
            "draw",
            "haku.csv",
            "--rules",
            "r.toml",
            "--seal",
            "s.json",
            "--drawn",
            "lotto=1",
            "--drawn",
            "nopat=1",
            cwd=folder,
        ).returncode
        == 2
    )
