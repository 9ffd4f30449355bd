"""Every document calls tables, rules and values by their names in its language, and by their ids where they have none."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from openpyxl import load_workbook

from selection.proposal import Proposal
from selection.texts import in_language, text
from tests.outputs.made import proposal
from tests.outputs.test_every_export import exports
from tests.outputs.test_letters import rows_of

TITLES = {"a": {"sv": "södra", "en": "southern"}, "b": {"sv": "norra"}}
#: Where each language calls the tables something: as headings.
CALLED = {"fi": ("A", "B"), "sv": ("Södra", "Norra"), "en": ("Southern", "B")}
#: Documents that name every table.
TOLD = ("workbook.xlsx", "annex.xlsx", "attendance.xlsx", "contacts.xlsx", "item.docx", "summary.docx")


def titled() -> Proposal:
    rules = proposal().rules
    tables = [{**one.model_dump(), "titles": TITLES[one.id]} for one in rules.tables]
    return replace(proposal(), rows=replace(proposal().rows, rules=rules.changed(tables=tables)))


def words_in(name: str, data: bytes) -> set[str]:
    """Every cell, paragraph and name of a sheet, without the sheet that is for the program to read back."""
    if name.endswith(".csv"):
        return {cell for row in rows_of(data) for cell in row}
    if name.endswith(".docx"):
        read = Document(io.BytesIO(data))
        cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
        return {*(paragraph.text for paragraph in read.paragraphs), *cells}
    book = load_workbook(io.BytesIO(data))
    shown = [sheet for sheet in book.worksheets if sheet.title != text("workbook.checkable")]
    return {str(cell.value) for sheet in shown for row in sheet for cell in row} | {sheet.title for sheet in shown}


@pytest.mark.parametrize("language", CALLED)
def test_every_document_calls_the_tables_by_their_names(language: str) -> None:
    with in_language(language):
        made = exports(titled(), [f"sana{number}" for number in range(14)])
        for name, data in made.items():
            # The board's item is made in the languages that it has templates for, in the first one where it has none.
            called = CALLED["fi"] if name == "item.docx" and language == "en" else CALLED[language]
            words = {part for word in words_in(name, data) for part in word.split(", ")}
            assert not words & ({title for titles in CALLED.values() for title in titles} - set(called)), name
            if name in TOLD or name == text("data.file"):
                assert set(called) <= words, name


def test_a_rule_of_the_citys_own_is_called_by_its_title_and_its_values_by_the_words_of_their_field() -> None:
    """Its id is no field's name: the value ``woman`` is a woman all the same."""
    rules = proposal().rules
    goals = [{**one.model_dump(by_alias=True), "id": f"x-{one.id}", "title": f"Oma {one.id}"} for one in rules.goals]
    rows = proposal().rows
    renamed = tuple(replace(row, id=f"x-{row.id}") for row in rows.goals)
    made = replace(proposal(), rows=replace(rows, rules=rules.changed(goals=goals), goals=renamed))
    documents = exports(made, [f"sana{number}" for number in range(14)])
    for name in ("workbook.xlsx", "item.docx"):
        words = words_in(name, documents[name])
        assert {"Oma gender", "Oma kind"} <= words, name
        assert not any("x-" in word for word in words), name
        told = " ".join(words)
        assert "nainen" in told and "woman" not in told, name
