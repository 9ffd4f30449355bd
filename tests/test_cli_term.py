"""The command term: lists and the summary from the decision's workbook, and the roster in force beside it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from docx import Document
from openpyxl import load_workbook

from selection.commands.round import as_proposal, read_kept
from selection.outputs.people import Details
from selection.outputs.term_lists import BOX
from selection.outputs.workbook import workbook_bytes
from tests.test_cli import run
from tests.test_cli_workbook import lines, made, made_once

__all__ = ["made", "made_once"]

TERM = ("term", "ehdotus.xlsx", "hakemukset.csv")


def test_lists_and_summary_of_the_decision(made: Path) -> None:
    files = (
        "--attendance",
        "lasna.xlsx",
        "--contacts",
        "yhteys.csv",
        "--summary",
        "kausi.docx",
        "--json",
        "kausi.json",
    )
    done = run(*TERM, *files, cwd=made)
    assert done.returncode == 0, done.stderr
    decided = load_workbook(made / "ehdotus.xlsx")
    for title in ("Eteläinen", "Pohjoinen"):
        rows = load_workbook(made / "lasna.xlsx")[title].iter_rows(min_row=2, values_only=True)
        called = {str(row[0]): row for row in rows if row[0]}
        column = [cell.value for cell in decided[title][1]].index("Nimi")
        seated = [
            row for row in decided[title].iter_rows(min_row=2, values_only=True) if str(row[0]).lower() == "jäsen"
        ]
        assert {row[column] for row in seated} == set(called) and called
        assert all(row[2] == BOX for row in called.values())
    with (made / "yhteys.csv").open(encoding="utf-8-sig", newline="") as file:
        contacts = list(csv.DictReader(file, delimiter=";"))
    figures = json.loads((made / "kausi.json").read_text("utf-8"))
    assert figures["schema"] == "selection.term/1" and figures["end_told"]
    for table in figures["tables"]:
        assert table["members"] == table["members_end"] and table["changes"] == 0
    wanted = sum(table["members"] + table["deputies"] for table in figures["tables"])
    assert wanted == sum(one["Tehtävä"].lower() in ("jäsen", "varajäsen") for one in contacts) > 0
    assert any(one.style.name == "Heading 1" for one in Document(str(made / "kausi.docx")).paragraphs)
    names = {one["Nimi"] for one in contacts}
    assert not [name for name in names if name in (made / "kausi.json").read_text("utf-8")]


def test_who_was_marked_as_protected_stays_so_in_every_file_made_after(made: Path) -> None:
    """People marked it in the app: no column of the applications tells of it, only one of the two workbooks."""
    rows = (made / "hakemukset.csv").read_text("utf-8").splitlines()
    phones = [f"{row};{'Puhelin' if not number else f'040 {number:07}'}" for number, row in enumerate(rows)]
    (made / "puhelin.csv").write_text("\n".join(phones), "utf-8")
    kept = read_kept(made / "ehdotus.xlsx", [made / "puhelin.csv"], None)
    seated = {one.key: one for one in kept.round.pool.applicants if one.key in {seat.person for seat in kept.seats}}
    first, second = (one.origin.row for one in list(seated.values())[:2] if one.origin)
    marked = {next(iter(seated)): Details(protected=True)}
    (made / "merkitty.xlsx").write_bytes(workbook_bytes(as_proposal(kept), details=marked))
    for decision, now in (("merkitty.xlsx", "ehdotus.xlsx"), ("ehdotus.xlsx", "merkitty.xlsx")):
        done = run("term", decision, "puhelin.csv", "--now", now, "--contacts", "yhteys.csv", cwd=made)
        assert done.returncode == 0, done.stderr
        told = (made / "yhteys.csv").read_text("utf-8-sig")
        assert f"040 {first - 1:07}" not in told and f"040 {second - 1:07}" in told


def test_another_roster_in_force_wants_its_changes_told(made: Path) -> None:
    book = load_workbook(made / "ehdotus.xlsx")
    first, second = book["Eteläinen"]["B2"].value, book["Pohjoinen"]["B2"].value
    book["Eteläinen"]["B2"], book["Pohjoinen"]["B2"] = second, first
    book.save(made / "nyt.xlsx")
    now = ("--now", "nyt.xlsx", "--json", "kausi.json")
    silent = run(*TERM, *now, cwd=made)
    assert silent.returncode == 2 and "2 henkilön paikka" in lines(silent) and not (made / "kausi.json").exists()
    wrong = run(*TERM, *now, "--event", "resignation:läntinen", cwd=made)
    assert wrong.returncode == 2 and "resignation:läntinen" in lines(wrong) and "eteläinen" in lines(wrong)
    events = ("--event", "rise:eteläinen", "--event", "resignation", "--attendance", "lasna.xlsx")
    told = run(*TERM, *now, *events, cwd=made)
    assert told.returncode == 0, told.stderr
    figures = json.loads((made / "kausi.json").read_text("utf-8"))
    assert (figures["events"]["rise"], figures["events"]["resignation"], figures["events"]["elected"]) == (1, 1, 0)
    assert [table["changes"] for table in figures["tables"]] == [None, 0]
    names = [cell.value for cell in load_workbook(made / "lasna.xlsx")["Eteläinen"]["A"]]
    assert second in names and first not in names
