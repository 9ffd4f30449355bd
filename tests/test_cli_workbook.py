"""The outputs of propose as files; check and verify read the workbook back, edited or not."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.command import run
from tests.test_cli import RULES

FILES = (
    "--xlsx",
    "ehdotus.xlsx",
    "--docx",
    "esitys.docx",
    "--lists",
    "kirjeet",
    "--data",
    "tiedot",
    "--annex",
    "liite.xlsx",
)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small round and all outputs of its proposal."""
    made = tmp_path_factory.mktemp("made")
    (made / "rules.toml").write_text(RULES, "utf-8")
    draw = random.Random(2)
    rows = ["Nimi;Syntymävuosi;Sukupuoli;Postinumero;Kumppanuuspöytä;Asumismuoto"]
    for letter in "ABCDEFGHIJKLMNOPQRST":
        home = draw.choice(["15500;eteläinen", "15200;pohjoinen"])
        gender, housing = draw.choice(["nainen", "mies"]), draw.choice(["Oma", "Vuokra"])
        rows.append(f"Etu{letter.lower()} Suku{letter.lower()}nen;{draw.randint(1940, 2000)};{gender};{home};{housing}")
    (made / "hakemukset.csv").write_text("\n".join(rows) + "\n", "utf-8")
    done = run("propose", "hakemukset.csv", "--rules", "rules.toml", *FILES, "--special-reason", "Syy.", cwd=made)
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def made(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "kopio"))


def edit(path: Path, sheet: str, **cells: Any) -> None:
    book = load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)


def lines(done: Any) -> str:
    return " ".join((done.stdout + done.stderr).split())


def test_every_output_is_written(made: Path) -> None:
    assert len(list((made / "kirjeet").iterdir())) == 8
    assert len(list((made / "tiedot").iterdir())) == 2
    assert load_workbook(made / "liite.xlsx").sheetnames == ["Kumppanuuspöydät"]
    assert any("Päätösehdotus" in one.text for one in Document(str(made / "esitys.docx")).paragraphs)
    assert [one for one in made.rglob("*") if one.name.startswith(".")] == []


def test_check_takes_the_workbooks_own_rules(made: Path) -> None:
    done = run("check", "ehdotus.xlsx", "hakemukset.csv", cwd=made)
    assert done.returncode == 0, done.stderr
    assert "Työkirjassa on muutettu" not in done.stdout


def test_verify_says_that_the_decision_follows(made: Path) -> None:
    done = run("verify", "ehdotus.xlsx", "hakemukset.csv", cwd=made)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Päätös seuraa näistä hakemuksista." in done.stdout


def test_check_and_verify_see_a_swap_by_hand(made: Path) -> None:
    book = load_workbook(made / "ehdotus.xlsx")
    first, second = book["Eteläinen"]["B2"].value, book["Pohjoinen"]["B2"].value
    edit(made / "ehdotus.xlsx", "Eteläinen", B2=second)
    edit(made / "ehdotus.xlsx", "Pohjoinen", B2=first)
    checked = run("check", "ehdotus.xlsx", "hakemukset.csv", cwd=made)
    assert checked.returncode in (0, 1)
    assert f"{first}: Eteläinen, jäsen → Pohjoinen, jäsen" in lines(checked)
    verified = run("verify", "ehdotus.xlsx", "hakemukset.csv", cwd=made)
    assert verified.returncode == 1
    assert f"{second}: Pohjoinen, jäsen → Eteläinen, jäsen" in lines(verified)
    assert "Ehdotus seuraa näistä hakemuksista; ihmiset muuttivat" in lines(verified)


def test_verify_sees_a_figure_changed_by_hand(made: Path) -> None:
    """The decision follows, and yet a sheet says of it what is not so."""
    edit(made / "ehdotus.xlsx", "Kokoonpano ja tavoitteet", E2=99)
    done = run("verify", "ehdotus.xlsx", "hakemukset.csv", cwd=made)
    assert done.returncode == 1
    assert "rivi 2" in done.stdout and done.stdout.splitlines()[-1].endswith("näyttää MUUTA kuin tarkistettiin.")


def test_a_name_that_nobody_has_names_the_cell_and_not_the_person(made: Path) -> None:
    edit(made / "ehdotus.xlsx", "Eteläinen", B3="Ei Kukaan")
    done = run("check", "ehdotus.xlsx", "hakemukset.csv", cwd=made)
    assert done.returncode == 2
    assert "Eteläinen!B3" in done.stderr and "Ei Kukaan" not in done.stderr
    assert "Traceback" not in done.stderr


def test_an_edited_check_sheet_is_told(made: Path) -> None:
    book = load_workbook(made / "ehdotus.xlsx")
    sheet = book["Tarkistus"]
    seed = next(row for row in sheet.iter_rows() if row[0].value == "seed")
    seed[2].value = "toinen"
    book.save(made / "ehdotus.xlsx")
    checked = run("check", "ehdotus.xlsx", "hakemukset.csv", cwd=made)
    assert checked.returncode == 1 and "Tarkistus-taulukkoa on muutettu" in lines(checked)
    verified = run("verify", "ehdotus.xlsx", "hakemukset.csv", cwd=made)
    assert verified.returncode == 1 and "Päätös EI seuraa" in verified.stdout


def test_verify_sees_other_applications(made: Path) -> None:
    text = (made / "hakemukset.csv").read_text("utf-8")
    (made / "muut.csv").write_text(text.replace("1", "2", 1), "utf-8")
    done = run("verify", "ehdotus.xlsx", "muut.csv", cwd=made)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["check", "verify"])
def test_what_is_no_proposal_is_refused(made: Path, command: str) -> None:
    (made / "roska.xlsx").write_bytes(b"PK\x03\x04 not a zip")
    for name in ("roska.xlsx", "hakemukset.csv", "ei-ole.xlsx"):
        done = run(command, name, "hakemukset.csv", cwd=made)
        assert done.returncode == 2 and "Traceback" not in done.stderr and done.stderr.strip()


def test_a_missing_template_is_told_before_the_work(made: Path) -> None:
    done = run(
        "propose", "hakemukset.csv", "--rules", "rules.toml", "--docx", "a.docx", "--template", "x.docx", cwd=made
    )
    assert done.returncode == 2 and "x.docx" in done.stderr
    assert not (made / "a.docx").exists()


@pytest.mark.parametrize("what", ["no_document", "no_sentence", "population"])
def test_what_cannot_be_used_is_told_before_the_work(
    made: Path, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("solved before the files were looked at")

    monkeypatch.setattr("selection.commands.propose.propose", never)
    own = tmp_path / "oma.docx"
    if what == "no_document":
        own.write_bytes(b"ei Word-tiedosto")
    else:
        document = Document()
        document.add_paragraph("{% for x in %}")
        document.save(str(own))
    csv = tmp_path / "vaesto.csv"
    csv.write_text("gender;woman;monta\n", encoding="utf-8")
    asked = ["--data", tmp_path / "data", "--population", csv] if what == "population" else None
    done = run(
        "propose",
        "hakemukset.csv",
        *(asked or ["--docx", tmp_path / "e.docx", "--template", own]),
        cwd=made,
    )
    assert done.returncode == 2 and (csv.name if what == "population" else own.name) in done.stderr
