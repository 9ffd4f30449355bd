"""Commands on rules whose fields were not read: refused, waived by name, and said in every output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.command import run

RULES = """
name = "p"
[[tables]]
id = "lautakunta"
[members]
least = 5
aim = 5
[eligibility]
age_on = 2025-01-01
[[requirements]]
id = "women"
field = "gender"
values = ["woman"]
at_least = 1
[[requirements]]
id = "party"
title = "samasta puolueesta"
field = "puolue"
each = true
at_most = 3
[[goals]]
id = "hobby"
title = "harrastukset"
field = "harrastus"
priority = 1
each = { cover = true }
[lottery]
seed = "x"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixteen of one party: a roster that keeps three of a party at most exists, and chance hardly finds it."""
    lines = ["Nimi;Sukupuoli;Puolue"]
    lines += [
        f"Etu{chr(65 + n)} Suku{chr(65 + n)}nen;{'nainen' if n % 2 else 'mies'};{'A' if n < 16 else 'B'}"
        for n in range(20)
    ]
    (tmp_path / "hakemukset.csv").write_text("\n".join(lines), "utf-8")
    (tmp_path / "rules.toml").write_text(RULES, "utf-8")
    return tmp_path


COMMANDS = (
    ("propose",),
    ("draw", "--seed", "x"),
    ("room",),
    ("explain", "--row", "3"),
    ("alternatives", "--count", "1"),
    ("tradeoffs", "--priority", "hobby=2"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_requirement_that_was_not_read_ends_the_command_until_it_is_waived(
    command: tuple[str, ...], folder: Path
) -> None:
    line = [command[0], "hakemukset.csv", *command[1:], "--rules", "rules.toml"]
    refused = run(*line, cwd=folder)
    assert refused.returncode == 2 and not refused.stdout
    for word in ("samasta puolueesta", "(party)", "kenttää puolue", "”Puolue”", "arkaluonteinen", "--waive party"):
        assert word in refused.stderr
    done = run(*line, "--waive", "party", "--json", "r.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "Vaatimusta ei ole sovellettu: samasta puolueesta" in done.stdout
    assert "Tavoitetta ei ole otettu huomioon: harrastukset" in done.stdout
    told = json.loads((folder / "r.json").read_text("utf-8"))
    assert told["waived"] == ["party"]
    assert told["not_applied"] == [
        {"id": "party", "kind": "requirement", "field": "puolue", "reason": "waived"},
        {"id": "hobby", "kind": "goal", "field": "harrastus", "reason": "not_asked"},
    ]


def test_a_proposal_without_a_requirement_says_so_everywhere_and_checks_by_itself(folder: Path) -> None:
    made = run(
        *("propose", "hakemukset.csv", "--rules", "rules.toml", "--waive", "party"),
        *("--xlsx", "e.xlsx", "--json", "e.json", "--docx", "e.docx"),
        cwd=folder,
    )
    assert made.returncode == 0, made.stderr
    assert json.loads((folder / "e.json").read_text("utf-8"))["goals_switched_off"] == ["hobby"]
    for command in (
        ("check", "e.xlsx", "hakemukset.csv"),
        ("check", "e.json", "hakemukset.csv", "--rules", "rules.toml"),
        ("verify", "e.xlsx", "hakemukset.csv"),
        ("change", "e.xlsx", "hakemukset.csv", "--leave", _seated(folder), "--xlsx", "f.xlsx", "--json", "f.json"),
        ("check", "f.xlsx", "hakemukset.csv"),
        ("check", "f.json", "hakemukset.csv", "--rules", "rules.toml"),
        ("alternatives", "hakemukset.csv", "--proposal", "e.xlsx", "--count", "1"),
    ):
        done = run(*command, cwd=folder)
        assert done.returncode == 0, (command, done.stderr, done.stdout)
        assert "Vaatimusta ei ole sovellettu: samasta puolueesta" in done.stdout, command
        assert "Kaikki vaatimukset" not in done.stdout, command
    book = load_workbook(folder / "e.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("Vaatimusta ei ole sovellettu: samasta puolueesta" in cell for cell in cells)
    assert "ei sovellettu: tietoa ei luettu" in cells and "waived" in cells
    document = Document(str(folder / "e.docx"))
    counted = {cell.text for row in document.tables[0].rows for cell in row.cells}
    assert "naisten osuus" in counted
    assert not {"samasta puolueesta", "harrastukset"} & counted
    said = [paragraph.text for paragraph in document.paragraphs]
    assert any("Vaatimusta ei ole sovellettu: samasta puolueesta" in one for one in said)
    assert any("Tavoitetta ei ole otettu huomioon: harrastukset" in one for one in said)


def _seated(folder: Path) -> str:
    told = json.loads((folder / "e.json").read_text("utf-8"))
    return str(told["tables"][0]["members"][0]["row"])


def test_a_draw_without_a_requirement_verifies_by_itself(folder: Path) -> None:
    line = ("draw", "hakemukset.csv", "--rules", "rules.toml", "--seed", "x", "--waive", "party", "--json", "d.json")
    assert run(*line, cwd=folder).returncode == 0
    done = run("verify", "d.json", "hakemukset.csv", cwd=folder)
    assert done.returncode == 0 and "Vaatimusta ei ole sovellettu" in done.stdout


def test_a_workbook_that_says_nothing_of_a_waiver_is_not_checked_without_one(folder: Path) -> None:
    """One made while the column was there, checked against a file without it."""
    rules = RULES.replace('"puolue"', '"ryhmä"')
    (folder / "rules.toml").write_text(rules, "utf-8")
    whole = (folder / "hakemukset.csv").read_text("utf-8").replace("Puolue", "Ryhmä")
    (folder / "hakemukset.csv").write_text(whole, "utf-8")
    made = run("propose", "hakemukset.csv", "--rules", "rules.toml", "--xlsx", "e.xlsx", cwd=folder)
    assert made.returncode == 0, made.stderr
    (folder / "hakemukset.csv").write_text("\n".join(line.rsplit(";", 1)[0] for line in whole.splitlines()), "utf-8")
    for command in ("check", "verify"):
        refused = run(command, "e.xlsx", "hakemukset.csv", cwd=folder)
        assert refused.returncode == 2 and "--waive party" in refused.stderr
    assert run("check", "e.xlsx", "hakemukset.csv", "--waive", "party", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    ("header", "field", "said"),
    [
        ("Tiensuunta", "tiensunta", "”Tiensuunta” (jätetty pois"),
        ("Kylä", "kylä", "”Kylä” (luettu tietona kaupunginosa)"),
        ("Jokin muu", "tiensunta", "”Jokin muu” (jätetty pois"),
    ],
)
def test_the_nearest_headings_are_named_with_what_became_of_them(
    header: str, field: str, said: str, folder: Path
) -> None:
    file = folder / "hakemukset.csv"
    file.write_text(file.read_text("utf-8").replace("Puolue", header), "utf-8")
    (folder / "rules.toml").write_text(RULES.replace('"puolue"', f'"{field}"'), "utf-8")
    refused = run("propose", "hakemukset.csv", "--rules", "rules.toml", cwd=folder)
    assert refused.returncode == 2 and said in refused.stderr


@pytest.mark.parametrize(
    ("waived", "said"), [("nothing", "Vaatimukset: women, party"), ("women", "tieto on luettu hakemuksista")]
)
def test_only_a_requirement_that_was_not_read_can_be_waived(waived: str, said: str, folder: Path) -> None:
    line = ("propose", "hakemukset.csv", "--rules", "rules.toml", "--waive", "party", "--waive", waived)
    refused = run(*line, cwd=folder)
    assert refused.returncode == 2 and said in refused.stderr


def test_a_citys_own_older_template_says_what_was_not_applied(folder: Path) -> None:
    document = Document()
    table = document.add_table(rows=3, cols=1)
    for row, written in zip(
        table.rows, ("{%tr for rule in rules %}", "{{ rule.kind }}: {{ rule.words }}", "{%tr endfor %}"), strict=True
    ):
        row.cells[0].paragraphs[0].add_run(written)
    document.save(str(folder / "own.docx"))
    line = ("propose", "hakemukset.csv", "--rules", "rules.toml", "--waive", "party", "--docx", "e.docx")
    made = run(*line, "--template", "own.docx", cwd=folder)
    assert made.returncode == 0, made.stderr
    told = [row.cells[0].text for row in Document(str(folder / "e.docx")).tables[0].rows]
    assert any(one.startswith("Ei sovellettu: Vaatimusta ei ole sovellettu") for one in told)


def test_a_value_that_nobody_has_is_named_beside_the_result(folder: Path) -> None:
    rule = '\n[[requirements]]\nid = "one"\ntitle = "yksi"\nfield = "ryhma"\nvalues = ["C"]\nat_most = 0\n'
    (folder / "rules.toml").write_text(RULES.replace('field = "puolue"', 'field = "ryhma"') + rule, "utf-8")
    file = folder / "hakemukset.csv"
    file.write_text(file.read_text("utf-8").replace("Puolue", "Ryhma"), "utf-8")
    done = run("propose", "hakemukset.csv", "--rules", "rules.toml", "--json", "r.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "yksi: kenelläkään hakijalla ei ole arvoa C (tieto: ryhma)" in done.stdout and "A, B" in done.stdout
    told = json.loads((folder / "r.json").read_text("utf-8"))["not_applied"]
    assert told[0] == {
        **{"id": "one", "kind": "requirement", "field": "ryhma", "reason": "no_such_value"},
        **{"values": ["C"], "known": ["A", "B"]},
    }
