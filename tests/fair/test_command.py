"""The command ``draw`` on applications with rules of one table, and what its JSON lets anybody count again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from selection.cli import app, main

RULES = """
name = "panel"
[[tables]]
id = "paneeli"
[members]
least = 4
aim = 4
[eligibility]
age_on = 2026-01-01
[lottery]
seed = "own"
[[requirements]]
id = "tenants"
field = "Asumismuoto"
values = ["vuokra"]
body = "members"
at_least = 2
at_most = 2
"""


def files(folder: Path) -> list[str]:
    rules, people = folder / "rules.toml", folder / "hakemukset.csv"
    rules.write_text(RULES, "utf-8")
    rows = [f"Henkilö {name},{'vuokra' if number < 5 else 'oma'}" for number, name in enumerate("ABCDEFGHIJKL")]
    people.write_text("\n".join(["Nimi,Asumismuoto", *rows]) + "\n", "utf-8")
    return [str(people), "--rules", str(rules)]


def drawn(folder: Path, *options: str) -> tuple[str, dict[str, object]]:
    target = folder / "draw.json"
    done = CliRunner().invoke(app, ["draw", *files(folder), "--json", str(target), *options], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout, json.loads(target.read_text("utf-8"))


def test_chances_are_printed_by_name_and_the_json_repeats_them(tmp_path: Path) -> None:
    printed, told = drawn(tmp_path)
    places = [printed.index(f"Henkilö {name}") for name in "ABCDEFGHIJKL"]
    assert places == sorted(places)
    assert told["smallest_chance"] == pytest.approx(2 / 7, abs=1e-6)
    chances = {one["name"]: one["chance"] for one in told["applicants"]}  # type: ignore[attr-defined]
    assert chances["Henkilö A"] == pytest.approx(2 / 5, abs=1e-6)
    assert chances["Henkilö L"] == pytest.approx(2 / 7, abs=1e-6)
    assert len(told["drawn"]) == 4  # type: ignore[arg-type]


def test_the_draw_can_be_repeated_by_hand_from_the_json(tmp_path: Path) -> None:
    _, told = drawn(tmp_path, "--seed", "public")
    lot = int(hashlib.sha256(b"public\npanel").hexdigest(), 16) % told["lots"]  # type: ignore[operator]
    assert lot == told["lot_drawn"]
    passed = 0
    for panel in told["panels"]:  # type: ignore[attr-defined]
        passed += panel["lots"]
        if lot < passed:
            break
    expected = set()
    for seat, count in zip(told["seats"], panel["seats"], strict=True):  # type: ignore[call-overload]
        people = told["types"][seat["type"]]  # type: ignore[index]
        order = sorted(people, key=lambda key: hashlib.sha256(f"public\n{key}".encode()).hexdigest())
        expected |= set(order[:count])
    assert {one["key"] for one in told["drawn"]} == expected  # type: ignore[attr-defined]


def test_the_rules_own_seed_is_the_default(tmp_path: Path) -> None:
    assert drawn(tmp_path)[1]["seed"] == "own"
    assert drawn(tmp_path)[1]["drawn"] == drawn(tmp_path, "--seed", "own")[1]["drawn"]


def test_wrong_input_and_conflicts_have_their_exit_statuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = files(tmp_path)
    Path(options[-1]).write_text(RULES.replace("at_least = 2\nat_most = 2", "at_least = 6"), "utf-8")
    for arguments, status in ((options, 3), ([str(tmp_path / "nothing.csv")], 2)):
        monkeypatch.setattr("sys.argv", ["selection", "draw", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == status
