"""The commands change, alternatives, tradeoffs and explain --all: files, sentences, JSON, errors, exit statuses."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from selection.proposal import TIME_LIMIT, Proposal, propose
from selection.solving.run import Run
from selection.texts import in_language
from tests.explain.rounds import RULES, make, people, run, write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(make(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the round's proposal, made once."""
    folder = make(tmp_path_factory.mktemp("made"))
    files = [folder / name for name in ("hakemukset.xlsx", "rules.toml", "e.json", "e.xlsx")]
    assert run(folder, "propose", files[0], "--rules", files[1], "--json", files[2], "--xlsx", files[3]) == 0
    return folder


@pytest.fixture
def proposed(folder: Path, made: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The proposal's JSON; ``e.json`` and ``e.xlsx`` hold it."""
    for name in ("hakemukset.xlsx", "e.json", "e.xlsx"):
        shutil.copy(made / name, folder / name)
    capsys.readouterr()
    return read("e.json")


def read(name: str) -> dict[str, Any]:
    return json.loads(Path(name).read_text("utf-8"))


def keys(content: dict[str, Any], *roles: str) -> set[str]:
    return {one["key"] for table in content["tables"] for role in roles for one in table[role]}


def seated(content: dict[str, Any]) -> set[str]:
    return keys(content, "members", "deputies")


@pytest.mark.parametrize("file", ["e.xlsx", "e.json"])
def test_who_refuses_is_replaced_and_nobody_else_goes(
    folder: Path, proposed: dict[str, Any], capsys: pytest.CaptureFixture[str], file: str
) -> None:
    gone = proposed["tables"][0]["members"][0]
    options = ("--rules", "rules.toml") if file == "e.json" else ()
    assert run(folder, "change", file, "hakemukset.xlsx", "--leave", gone["row"], "--json", "c.json", *options) == 0
    content, told = read("c.json"), capsys.readouterr().out
    assert content["schema"] == "selection.change/1" and content["proven_optimal"]
    assert [one["key"] for one in content["leaving"]] == [gone["key"]]
    assert seated(proposed) - seated(content) == {gone["key"]}
    assert content["kept"]["people"]["value"] == len(seated(proposed)) - 1
    names = {one["name"] for one in content["moves"]}
    assert gone["name"] in names and all(name in told for name in names)
    # What is shown can be checked like any proposal.
    assert run(folder, "check", "c.json", "hakemukset.xlsx", "--rules", "rules.toml") == 0


def test_the_two_orders_each_put_first_what_they_say(folder: Path, proposed: dict[str, Any]) -> None:
    gone = proposed["tables"][0]["members"][0]["row"]
    found = {}
    for first in ("--keep-first", "--steps-first"):
        assert run(folder, "change", "e.xlsx", "hakemukset.xlsx", "--leave", gone, first, "--json", "c.json") == 0
        found[first] = read("c.json")
    assert [found[one]["first"] for one in found] == ["people", "composition"]
    kept = {one: content["kept"]["people"]["value"] for one, content in found.items()}
    assert kept["--keep-first"] >= kept["--steps-first"]

    def goals(content: dict[str, Any]) -> tuple[int, ...]:
        return tuple(step["value"] for step in content["steps"] if step["name"].startswith("goals"))

    assert goals(found["--steps-first"]) <= goals(found["--keep-first"])


def test_a_swap_of_the_board_is_taken(folder: Path, proposed: dict[str, Any]) -> None:
    table = next(one for one in proposed["tables"] if one["reserves"])
    going, coming = table["members"][0], table["reserves"][0]
    swap = f"{going['row']}:{coming['row']}"
    assert run(folder, "change", "e.xlsx", "hakemukset.xlsx", "--replace", swap, "--json", "c.json") == 0
    after = next(one for one in read("c.json")["tables"] if one["table"] == table["table"])
    assert coming["key"] in {one["key"] for one in after["members"]}
    assert going["key"] not in seated(read("c.json"))


def test_in_mid_term_everybody_else_keeps_the_seat(folder: Path, proposed: dict[str, Any]) -> None:
    gone = proposed["tables"][0]["members"][0]
    options = ("--leave", gone["row"], "--mid-term", "--no-rising", "--json", "c.json", "--xlsx", "c.xlsx")
    assert run(folder, "change", "e.xlsx", "hakemukset.xlsx", *options) == 0
    assert run(folder, "check", "c.xlsx", "hakemukset.xlsx") == 0
    content = read("c.json")
    for role in ("members", "deputies"):
        stay = keys(proposed, role) - {gone["key"]}
        assert stay <= keys(content, role)
    assert run(folder, "change", "e.xlsx", "hakemukset.xlsx", *options[:4], "--reserves", "--json", "c.json") == 0
    coming = seated(read("c.json")) - seated(proposed)
    assert coming <= keys(proposed, "reserves")


def test_a_vacancy_is_filled_from_a_supplementary_file(folder: Path, proposed: dict[str, Any]) -> None:
    table = proposed["tables"][0]
    gone = table["members"][0]
    code = "15100" if table["table"] == "eteläinen" else "15200"
    write(folder, [["Uusi Tulija", "nainen", 1990, code, "Oma"]], "täydennys.xlsx")
    options = ("--leave", gone["row"], "--mid-term", "--supplement", "täydennys.xlsx", "--json", "c.json")
    assert run(folder, "change", "e.xlsx", "hakemukset.xlsx", *options) == 0
    comers = [one["name"] for one in read("c.json")["moves"] if one["before"] is None]
    assert comers == ["Uusi Tulija"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--leave", "999"), "999"),
        (("--replace", "2"), "17:31"),
        (("--leave", "2", "--reserves", "--supplement", "hakemukset.xlsx"), "--supplement"),
    ],
)
def test_a_change_that_cannot_be_read_is_an_error(
    folder: Path, proposed: dict[str, Any], capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    if options[0] == "--leave" and options[1] == "2":
        options = ("--leave", str(proposed["tables"][0]["members"][0]["row"]), *options[2:])
    assert run(folder, "change", "e.xlsx", "hakemukset.xlsx", *options) == 2
    assert told in capsys.readouterr().err


def test_what_cannot_be_kept_is_a_conflict(
    folder: Path, proposed: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """In mid-term, with nobody who may come, a table that loses all its members falls below the least size."""
    rows = [one["row"] for one in proposed["tables"][0]["members"]]
    leave = [part for row in rows for part in ("--leave", row)]
    write(folder, [["Uusi Tulija", "mies", 1990, "99999", "Oma"]], "täydennys.xlsx")
    options = (*leave, "--mid-term", "--no-rising", "--supplement", "täydennys.xlsx")
    assert run(folder, "change", "e.xlsx", "hakemukset.xlsx", *options) == 3
    assert proposed["tables"][0]["table"] in capsys.readouterr().err


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_alternatives_are_as_good_and_differ(
    folder: Path, proposed: dict[str, Any], capsys: pytest.CaptureFixture[str], language: str
) -> None:
    with in_language(language):
        assert run(folder, "alternatives", "hakemukset.xlsx", "--rules", "rules.toml", "--json", "a.json") == 0
    content, told = read("a.json"), capsys.readouterr().out
    assert 1 <= len(content["alternatives"]) <= 2
    for one in content["alternatives"]:
        assert one["proven"] and one["differing"] == len(seated(one) - seated(proposed))
        assert {step["name"] for step in one["steps_changed"]} <= {"wishes", "pairs"}
        assert all(move["name"] in told for move in one["moves"])


def test_an_alternative_is_taken_as_a_workbook(
    folder: Path, proposed: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--proposal", "e.xlsx", "--take", "1", "--xlsx", "a.xlsx", "--json", "a.json")
    assert run(folder, "alternatives", "hakemukset.xlsx", *options) == 0
    assert run(folder, "check", "a.xlsx", "hakemukset.xlsx") == 0
    assert run(folder, "alternatives", "hakemukset.xlsx", "--proposal", "e.xlsx", "--take", "1") == 2
    assert run(folder, "alternatives", "hakemukset.xlsx", *options[:2], "--take", "9", "--xlsx", "b.xlsx") == 2
    assert "9" in capsys.readouterr().err and not Path("b.xlsx").exists()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_trade_off_is_a_table_of_steps(folder: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    options = ("--priority", "age=3", "--range", "asuminen:Oma=3-3", "--order", "goals_first", "--json", "t.json")
    with in_language(language):
        assert run(folder, "tradeoffs", "hakemukset.xlsx", "--rules", "rules.toml", *options) == 0
    content = read("t.json")
    assert content["proven_optimal"] and content["order"] == {"before": "seats_first", "after": "goals_first"}
    steps = {one["name"]: one for one in content["steps"]}
    assert len(steps) == 11 and "goals_3" in steps
    sizes = ("members_least", "members", "deputies_least", "deputies")
    assert all(
        one["worse_by"] == (-1 if name in sizes else 1) * (one["cost"] - one["before"]) for name, one in steps.items()
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "--priority"),
        (("--priority", "age=4"), "age=4"),
        (("--priority", "nowhere=1"), "asuminen"),
        (("--range", "age:18-39=3-2"), "age:18-39"),
        (("--range", "age:1-2=1-2"), "18–39"),
        (("--range", "asuminen:Oma"), "asuminen:Oma"),
        (("--order", "first"), "goals_first"),
        (("--to", "lahti-2021"), "pöydät"),
    ],
)
def test_a_trade_off_that_cannot_be_read_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    assert run(folder, "tradeoffs", "hakemukset.xlsx", "--rules", "rules.toml", *options) == 2
    assert told in capsys.readouterr().err


def test_everybody_not_proposed_is_answered(
    folder: Path, proposed: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "explain", "hakemukset.xlsx", "--rules", "rules.toml", "--all", "--json", "k.json") == 0
    content, printed = read("k.json"), capsys.readouterr()
    assert content["schema"] == "selection.explanations/1"
    everybody = {str(row[0]) for row in people()}
    chosen = {one["name"] for table in proposed["tables"] for role in ("members", "deputies") for one in table[role]}
    assert {one["person"]["name"] for one in content["answers"]} == everybody - chosen
    for one in content["answers"]:
        assert one["sentences"][0] in printed.out
        assert one["verdict"] in ("worse", "equal", "conflict") and not one["moves"]
    total = len(content["answers"])
    assert f"{total}/{total}" in printed.err
    table = content["answers"][0]["table"]
    options = ("--rules", "rules.toml", "--all", "--table", table, "--json", "k.json")
    assert run(folder, "explain", "hakemukset.xlsx", *options) == 0
    assert {one["table"] for one in read("k.json")["answers"]} == {table}


def test_who_can_never_be_seated_is_said_before_solving(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*people(), ["Muualta Muuttanut", "mies", 1980, "99999", "Oma"]]
    write(folder, rows)
    assert run(folder, "explain", "hakemukset.xlsx", "--rules", "rules.toml", "--all", "--json", "k.json") == 0
    content = read("k.json")
    assert [one["name"] for one in content["never_seated"]] == ["Muualta Muuttanut"]
    assert [one["name"] for one in content["no_table"]] == ["Muualta Muuttanut"]
    assert "Muualta Muuttanut" in capsys.readouterr().out.splitlines()[0]


@pytest.mark.parametrize("options", [(), ("--row", "2", "--all")])
def test_one_row_or_all(folder: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]) -> None:
    assert run(folder, "explain", "hakemukset.xlsx", "--rules", "rules.toml", *options) == 2
    assert "--all" in capsys.readouterr().err


def test_needs_are_told_before_solving_also_in_a_conflict(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strict = (
        (folder / "rules.toml")
        .read_text("utf-8")
        .replace("least = 1\naim", "least = 3\naim")
        .replace('"30 %"', '"100 %"')
    )
    (folder / "strict.toml").write_text(strict, "utf-8")
    write(folder, [row for row in people() if row[1] == "mies"])
    assert run(folder, "room", "hakemukset.xlsx", "--rules", "strict.toml", "--needs") == 3
    printed = capsys.readouterr()
    assert "tarvitaan 3, halukkaita 0" in printed.out
    assert "tarvitaan 3, halukkaita 0" in printed.err


def test_every_command_tells_a_conflict_the_same(
    folder: Path, proposed: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    def with_least(least: int) -> str:
        name = f"least{least}.toml"
        (folder / name).write_text(RULES.replace("least = 1\naim = 3", f"least = {least}\naim = 12"), "utf-8")
        return name

    strict = ("hakemukset.xlsx", "--rules", with_least(12))
    asked = {
        "propose": strict,
        "draw": (*strict, "--seed", "s"),
        "room": strict,
        "alternatives": strict,
        "explain": (*strict, "--row", "2"),
        "change": ("e.json", *strict, "--leave", proposed["tables"][0]["members"][0]["row"]),
        "tradeoffs": ("hakemukset.xlsx", "--rules", "rules.toml", "--to", strict[-1]),
    }
    told = {}
    for command, options in asked.items():
        assert run(folder, command, *options) == 3, command
        said = capsys.readouterr().err
        told[command] = said[said.index("Vaatimukset ovat ristiriidassa") :]
    change = told.pop("change")
    assert set(told.values()) == {told["propose"]}
    # Who leaves is one applicant less.
    for said in (told["propose"], change):
        assert "Kokoonpano löytyy, jos muutat sääntöjä" in said
        found = re.search(r"vähintään 12 → (\d+)", said)
        assert found is not None
    least = int(re.findall(r"jäsenten määrä, vähintään 12 → (\d+)", told["propose"])[0])
    assert run(folder, "propose", "hakemukset.xlsx", "--rules", with_least(least)) == 0
    assert run(folder, "propose", "hakemukset.xlsx", "--rules", with_least(least + 1)) == 3


@pytest.mark.parametrize("command", ["change", "alternatives", "tradeoffs", "explain", "room"])
def test_help_names_every_option(folder: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run(folder, command, "--help") == 0
    told = capsys.readouterr().out
    assert "--json" in told and "--time-limit" in told and "cli." not in told


def test_an_answer_about_a_proposal_that_was_cut_says_so(
    folder: Path, proposed: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*arguments: Any, run: Run, **more: Any) -> Proposal:
        assert run.time_limit == TIME_LIMIT
        return replace(propose(*arguments, run=run, **more), proven=False)

    row = proposed["tables"][0]["members"][0]["row"]
    command = ("explain", "hakemukset.xlsx", "--row", row, "--rules", "rules.toml")
    with in_language("en"):
        assert run(folder, *command) == 0
        assert "time limit" not in capsys.readouterr().err
        monkeypatch.setattr("selection.commands.round.propose", cut)
        assert run(folder, *command) == 0
        assert "time limit" in capsys.readouterr().err
