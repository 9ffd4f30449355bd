"""LibreOffice opens every kind of file and prints it: all of them at one start."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from selection.outputs.document import document_bytes
from selection.outputs.summary import summary_bytes
from selection.outputs.term_lists import BOX, attendance_bytes, contacts_bytes
from tests.outputs import test_workbook
from tests.outputs.made import people, proposal
from tests.outputs.test_document import REASON
from tests.outputs.test_term import DETAILS, swapped

WORKBOOK, ITEM, ATTENDANCE, CONTACTS, SUMMARY = (
    "ehdotus.xlsx", "esitys.docx", "lasna.xlsx", "yhteys.xlsx", "yhteenveto.docx",
)  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What stands in the PDF of each file."""
    if shutil.which("soffice") is None and os.environ.get("CI") != "true":
        pytest.skip("no LibreOffice")
    folder = tmp_path_factory.mktemp("printed")
    files = {
        WORKBOOK: test_workbook.made(),
        ITEM: document_bytes(proposal(), special_reason=REASON),
        ATTENDANCE: attendance_bytes(proposal(), DETAILS),
        CONTACTS: contacts_bytes(proposal(), DETAILS),
        SUMMARY: summary_bytes(proposal(), swapped(3), []),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    paths = [str(folder / name) for name in files]
    subprocess.run([*command, "--outdir", str(folder), *paths], check=True, capture_output=True, timeout=300)
    told = {}
    for name in files:
        read = ["pdftotext", str((folder / name).with_suffix(".pdf")), "-"]
        told[name] = subprocess.run(read, check=True, capture_output=True, text=True).stdout
    return told


def test_the_workbook(printed: dict[str, str]) -> None:
    told = printed[WORKBOOK]
    assert "Henkilökohtainen varajäsen" in told
    assert "#REF!" not in told and "Err:" not in told
    seated = {seat.person for seat in proposal().seats}
    assert [one.name for one in people() if one.key in seated and one.name not in told] == []


def test_the_item(printed: dict[str, str]) -> None:
    assert "Päätösehdotus" in printed[ITEM] and "Muutoksenhaku" in printed[ITEM]


def test_the_lists_have_a_page_for_each_table(printed: dict[str, str]) -> None:
    assert printed[ATTENDANCE].count("\f") == printed[CONTACTS].count("\f") == 2
    assert BOX in printed[ATTENDANCE] and "040 1" in printed[CONTACTS]


def test_the_summary(printed: dict[str, str]) -> None:
    assert "Jäsenten kokoonpano" in printed[SUMMARY]
