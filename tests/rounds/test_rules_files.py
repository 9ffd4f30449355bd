"""Rules files from outside: every mistake with its line, also of thousands; none takes time or memory without end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from selection import jobs
from selection.errors import FileError, RulesError
from selection.model.rules import Rules
from selection.model.rules_file import LARGEST, TOLD, RulesFileError, preset
from selection.presets import preset_text
from selection.rounds import rules_files
from selection.rounds.rules_files import rules_at, rules_in

OWN = preset_text("lahti-2021") or ""


def mistakes(toml: str) -> RulesFileError:
    with pytest.raises(RulesFileError) as raised:
        rules_in(toml, "omat.toml")
    return raised.value


def test_honest_rules_come_back_as_they_are(tmp_path: Path) -> None:
    assert rules_in(OWN, "omat.toml") == preset("lahti-2021")
    (tmp_path / "omat.toml").write_text(OWN, "utf-8")
    assert rules_at(tmp_path / "omat.toml", "omat.toml") == preset("lahti-2021")


def test_areas_may_stand_in_a_file_beside(tmp_path: Path) -> None:
    toml = 'areas = "alueet.toml"\nname = "x"\nmembers = {least = 0, aim = 1}\neligibility = {age_on = 2025-01-01}\n'
    (tmp_path / "omat.toml").write_text(toml, "utf-8")
    (tmp_path / "alueet.toml").write_text('[[tables]]\nid = "Länsi"\n', "utf-8")
    assert rules_at(tmp_path / "omat.toml", "omat.toml").table_ids == ("Länsi",)
    (tmp_path / "alueet.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(FileError) as raised:
        rules_at(tmp_path / "omat.toml", "omat.toml")
    assert raised.value.params["file"] == "alueet.toml"


@pytest.mark.parametrize(
    "toml",
    [
        "\n".join(f"k{number} = 1" for number in range(4_000)) + "\n" + OWN,
        OWN + "\n".join(f'\n[[goals]]\nid = "g{number}"\nfield = "age"\nx = 1' for number in range(2_000)),
        OWN + "\n" + "\n".join(f"[{'.'.join([f'h{number}', *'a' * 50])}]" for number in range(2_000)),
    ],
    ids=["unknown keys", "goals", "deep headers"],
)
def test_thousands_of_mistakes_are_counted_and_the_first_told(toml: str) -> None:
    error = mistakes(toml)
    assert int(str(error.params["n"])) >= 2_000
    assert len(error.problems) == TOLD + 1
    assert error.problems[-1].code == "rules_more"
    assert error.problems[-1].params["n"] == int(str(error.params["n"])) - TOLD


def test_the_line_of_each_mistake_is_its_own() -> None:
    error = mistakes("\n".join(f"k{number} = 1" for number in range(50)) + "\n" + OWN)
    assert [one.line for one in error.problems] == list(range(1, 51))


@pytest.mark.parametrize(
    "toml",
    [".".join(["a"] * 120_000) + " = 1", "\n".join(f"{'.'.join([f'b{n}', *['a'] * 400])} = 1" for n in range(600))],
)
def test_keys_without_bottom_are_stopped(monkeypatch: pytest.MonkeyPatch, toml: str) -> None:
    monkeypatch.setattr(rules_files, "LIMITS", replace(rules_files.LIMITS, processor=1))
    with pytest.raises(RulesError) as raised:
        rules_in(toml, "omat.toml")
    assert raised.value.code == "rules_endless"


def test_a_fault_of_the_program_is_not_told_as_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*work: object, limits: jobs.Limits) -> Rules:
        raise jobs.JobEnded("broken")

    monkeypatch.setattr(jobs, "run", breaks)
    with pytest.raises(RulesError) as raised:
        rules_in(OWN, "omat.toml")
    assert raised.value.code == "rules_broken"


def test_a_text_longer_than_rules_are_is_not_read() -> None:
    (problem,) = mistakes("#" * (LARGEST + 1)).problems
    assert problem.code == "rules_too_long"


def test_a_line_of_spaces_after_a_bracket_is_read_once() -> None:
    assert mistakes(f'x = """\n[{" " * 100_000}\n"""\n{OWN}').problems[0].code == "rules_unknown_key"


def test_a_long_value_is_quoted_by_its_beginning() -> None:
    (problem,) = mistakes(OWN + f'\n["{"ö" * 5_000}"]\n').problems[:1]
    assert all(len(str(value)) < 300 for value in problem.params.values())
