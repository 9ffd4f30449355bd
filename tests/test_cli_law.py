"""Special reasons of the Equality Act at the command line, and what it says of each body."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from selection.commands.law import reasons_of
from selection.errors import InputError
from selection.model.law import SpecialReasons
from selection.model.people import Role
from tests.command import run
from tests.strategies import tiny_rules

RULES = """schema = "selection.rules/1"
name = "yksi"
[[tables]]
id = "itäinen"
[members]
least = 5
aim = 5
[deputies]
aim = 0
[eligibility]
age_on = 2025-01-01
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four women and a man for five seats."""
    (tmp_path / "rules.toml").write_text(RULES, "utf-8")
    genders = ["nainen", "nainen", "nainen", "nainen", "mies"]
    rows = [
        f"Etu{letter} Suku{letter}nen;{1960 + number};{gender}"
        for number, (letter, gender) in enumerate(zip("abcde", genders, strict=True))
    ]
    (tmp_path / "h.csv").write_text("\n".join(["Nimi;Syntymävuosi;Sukupuoli", *rows]) + "\n", "utf-8")
    return tmp_path


def propose(folder: Path, *more: str) -> Any:
    return run(
        "propose", "h.csv", "--rules", "rules.toml", "--json", "p.json", "--xlsx", "p.xlsx", "--docx", "p.docx", *more,
        cwd=folder,
    )  # fmt: skip


def test_a_missing_reason_costs_the_item_alone(folder: Path) -> None:
    done = propose(folder)
    assert done.returncode == 2
    assert "itäinen/member" in done.stderr and "miehiä 1/5 (20 %)" in done.stderr
    assert (folder / "p.xlsx").exists() and not (folder / "p.docx").exists()
    law = json.loads((folder / "p.json").read_text("utf-8"))["law"]
    assert law == [{"table": "itäinen", "role": "member", "size": 5, "women": 4, "men": 1, "holds": False}]


def test_a_reason_for_the_body_stands_in_the_item(folder: Path) -> None:
    done = propose(folder, "--special-reason", "itäinen/member=Miehiä haki yksi = kaikki.")
    assert done.returncode == 0, done.stderr
    said = "\n".join(one.text for one in Document(io.BytesIO((folder / "p.docx").read_bytes())).paragraphs)
    assert "Miehiä haki yksi = kaikki." in said and "miehiä 1/5 (20 %)" in said
    assert "Vähimmäisosuus toteutuu" not in said and "varajäsenistä" not in said


def test_check_says_how_the_bodies_stand_and_fails_only_by_the_rules(folder: Path) -> None:
    propose(folder)
    for made in ("p.json", "p.xlsx"):
        done = run("check", made, "h.csv", "--rules", "rules.toml", cwd=folder)
        assert done.returncode == 0 and "miehiä 1/5 (20 %)" in done.stdout and "ei toteudu" in done.stdout


def test_where_the_act_does_not_apply_nothing_of_it_is_said(folder: Path) -> None:
    (folder / "rules.toml").write_text(RULES + "[law]\nequality_act = false\n", "utf-8")
    done = propose(folder)
    assert done.returncode == 0 and "asa-arvo" not in done.stdout + done.stderr
    assert json.loads((folder / "p.json").read_text("utf-8"))["law"] == []
    assert "Naiset ja miehet" not in load_workbook(folder / "p.xlsx").sheetnames


def test_a_column_that_was_not_read_is_said_not_to_be_measured(folder: Path) -> None:
    text = (folder / "h.csv").read_text("utf-8").replace("Sukupuoli", "Jotain muuta")
    (folder / "h.csv").write_text(text.replace("nainen", "a").replace("mies", "b"), "utf-8")
    done = propose(folder)
    assert done.returncode == 0 and "ei voitu mitata" in done.stdout and "toteutuu" not in done.stdout
    (law,) = json.loads((folder / "p.json").read_text("utf-8"))["law"]
    assert (law["size"], law["women"], law["men"], law["holds"]) == (5, None, None, None)


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        (["Syy."], SpecialReasons("Syy.")),
        (["Ei hakijoita (n = 3)."], SpecialReasons("Ei hakijoita (n = 3).")),
        (
            ["a/member=Yksi = kaksi", "b/deputy=Toinen"],
            {("a", Role.MEMBER): "Yksi = kaksi", ("b", Role.DEPUTY): "Toinen"},
        ),
        (["A/Jäsen=x"], {("a", Role.MEMBER): "x"}),
        (["a=x"], {("a", Role.MEMBER): "x", ("a", Role.DEPUTY): "x"}),
        (["a/member=x", "a/member=y"], {("a", Role.MEMBER): "x y"}),
    ],
)
def test_a_reason_is_for_a_body_or_for_all(given: list[str], understood: Any) -> None:
    wanted = understood if isinstance(understood, SpecialReasons) else SpecialReasons("", understood)
    assert reasons_of(given, tiny_rules()) == wanted


@pytest.mark.parametrize("given", ["c/member=x", "a/puheenjohtaja=x", "a/reserve=x", "läntinen/läsen=x"])
def test_a_body_that_is_not_there_is_named_with_those_there_are(given: str) -> None:
    with pytest.raises(InputError) as raised:
        reasons_of([given], tiny_rules())
    assert raised.value.code == "special_reason_unknown_body"
    assert raised.value.params["known"] == "a/member, a/deputy, b/member, b/deputy"


@pytest.mark.parametrize("given", ["", "a/member=", "a/member=  "])
def test_an_empty_reason_is_no_reason(given: str) -> None:
    with pytest.raises(InputError, match="special_reason_empty"):
        reasons_of([given], tiny_rules())
