"""The command ``draw`` on applications with rules of one table, and what its JSON lets anybody count again."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def files(folder: Path, text: str = RULES) -> list[str]:
    rules, people = folder / "rules.toml", folder / "hakemukset.csv"
    rules.write_text(text, "utf-8")
    rows = [f"Henkilö {name},{'vuokra' if number < 5 else 'oma'}" for number, name in enumerate("ABCDEFGHIJKL")]
    people.write_text("\n".join(["Nimi,Asumismuoto", *rows]) + "\n", "utf-8")
    return [str(people), "--rules", str(rules)]


def drawn(folder: Path, *options: str, rules: str = RULES) -> tuple[str, dict[str, object]]:
    target = folder / "draw.json"
    done = CliRunner().invoke(
        app, ["draw", *files(folder, rules), "--json", str(target), *options], catch_exceptions=False
    )
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


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the applications and the JSON of a draw of several rosters, made once."""
    folder = tmp_path_factory.mktemp("made")
    drawn(folder, "--seed", "public", rules=RULES.replace("at_least = 2\nat_most = 2", "at_least = 1\nat_most = 3"))
    return folder


@pytest.fixture
def written(made: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The JSON of that draw, and the applications."""
    copies = [Path(shutil.copy(made / name, tmp_path)) for name in ("draw.json", "hakemukset.csv")]
    return copies[0], copies[1]


def verified(file: Path, people: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["verify", str(file), str(people)], catch_exceptions=False)
    return done.exit_code, done.stdout


def test_a_draw_is_verified_from_what_was_written(written: tuple[Path, Path]) -> None:
    status, said = verified(*written)
    assert status == 0, said
    assert "EI" not in said and "Todistettu: mikään arvonta" in said and "Arvonta seuraa" in said


def lots(told: dict[str, Any]) -> None:
    """Another panel is more likely: a lottery too, but not the one told."""
    for number, panel in enumerate(told["panels"]):
        panel["lots"] = told["lots"] if number == 1 - told["panel_drawn"] else 0


def chance(told: dict[str, Any]) -> None:
    told["applicants"][3]["chance"] += 0.01


def panel(told: dict[str, Any]) -> None:
    told["panels"][0]["seats"] = [4, 0]


def too_many(told: dict[str, Any]) -> None:
    told["panels"][0]["seats"] = [99, -95]


def somebody_else(told: dict[str, Any]) -> None:
    told["drawn"][0]["key"] = next(key for key in told["types"][0] if key != told["drawn"][0]["key"])


def seed(told: dict[str, Any]) -> None:
    told["seed"] = "another"


def people_of_types(told: dict[str, Any]) -> None:
    told["types"][0], told["types"][1] = told["types"][1], told["types"][0]


def value_of_a_step(told: dict[str, Any]) -> None:
    told["steps"]["members"] = 3


def rules_used(told: dict[str, Any]) -> None:
    told["rules_used"]["requirements"][0]["at_least"] = 0
    told["rules_used"]["requirements"][0]["at_most"] = 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lots, "mahdollisuus EI ole se"),
        (chance, "Yhden hakijan mahdollisuus EI ole se"),
        (panel, "kokoonpano EI täytä"),
        (too_many, "kokoonpano EI täytä"),
        (somebody_else, "Siemen EI anna"),
        (seed, "Siemen EI anna"),
        (people_of_types, "EIVÄT ole samat"),
        (value_of_a_step, "arvonnassa 3, laskettuna 4"),
        (rules_used, "kokoonpanoa EI täytä"),
    ],
)
def test_what_was_changed_of_a_draw_is_found(
    written: tuple[Path, Path], change: Callable[[dict[str, Any]], None], told: str
) -> None:
    file, people = written
    content = json.loads(file.read_text("utf-8"))
    change(content)
    file.write_text(json.dumps(content), "utf-8")
    status, said = verified(file, people)
    assert status == 1
    assert told in said and "Arvonta EI seuraa" in said


def test_other_applications_or_another_file_are_no_draw_of_it(written: tuple[Path, Path], tmp_path: Path) -> None:
    file, people = written
    people.write_text(people.read_text("utf-8") + "Henkilö M,oma\n", "utf-8")
    status, said = verified(file, people)
    assert status == 1 and "Tiedostot EIVÄT ole samat" in said and "Hakijat tai paikat" in said
    for content in ("{}", "[]", "no", json.dumps({"schema": "selection.proposal/1"})):
        file.write_text(content, "utf-8")
        assert main_status(["verify", str(file), str(people)]) == 2


@pytest.mark.parametrize(("bound", "status"), [(0.3, 1), (0.4, 0)])
def test_a_draw_less_fair_than_it_says_is_found(written: tuple[Path, Path], bound: float, status: int) -> None:
    """All is counted as it is written, but of 1/7 the smallest chance could be 1/3; a draw that does not deny it is only
    told by how much."""
    file, people = written
    content = json.loads(file.read_text("utf-8"))
    content["bound"] = bound
    content["panels"] = [{"lots": content["lots"], "seats": content["panels"][content["panel_drawn"]]["seats"]}]
    counts = dict(zip((one["type"] for one in content["seats"]), content["panels"][0]["seats"], strict=True))
    for number, keys in enumerate(content["types"]):
        for one in content["applicants"]:
            if one["key"] in keys:
                one["chance"] = counts[number] / len(keys)
    file.write_text(json.dumps(content), "utf-8")
    found, said = verified(file, people)
    assert found == status, said
    assert "ei ole yli 19,05 %-yksikköä suurempi" in said
    assert ("voisi olla 33,33 %" in said) == bool(status)


def main_status(arguments: list[str]) -> int:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr("sys.argv", ["selection", *arguments])
        main()
    return int(ended.value.code or 0)
