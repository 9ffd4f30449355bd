"""The board's item: real headings and tables, the language, the pairs, the reasons; a template of the city's own."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from selection.errors import FileError, InputError
from selection.outputs.composition import gender_balances
from selection.outputs.document import TEMPLATES, document_bytes
from selection.outputs.people import Details
from selection.outputs.statement import statement
from selection.outputs.templates.make import WORDS, template_bytes
from selection.pool import Pool, Role
from selection.proposal import Proposal, propose
from selection.texts import in_language, text
from tests.outputs.made import people, proposal
from tests.strategies import tiny_rules

REASON = "Hakijoita oli vain yksi; järjestöiltä pyydettiin ehdokkaita."


def document(**parts: Any) -> Any:
    return Document(io.BytesIO(document_bytes(proposal(), **{"special_reason": REASON, **parts})))


def words_of(read: Any) -> str:
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in read.paragraphs), *cells])


def test_the_bytes_are_the_same_each_time() -> None:
    assert document_bytes(proposal(), special_reason=REASON) == document_bytes(proposal(), special_reason=REASON)


@pytest.mark.parametrize("code", sorted(WORDS))
def test_the_package_has_the_templates_that_its_maker_makes(code: str) -> None:
    assert (TEMPLATES / f"board_item_{code}.docx").read_bytes() == template_bytes(code)


@pytest.mark.parametrize(
    ("code", "locale", "heading"), [("fi", "fi-FI", "Päätösehdotus"), ("sv", "sv-FI", "Beslutsförslag")]
)
def test_it_has_headings_a_language_and_header_rows(code: str, locale: str, heading: str) -> None:
    with in_language(code):
        read = document()
    headings = [one.text for one in read.paragraphs if one.style.name.startswith("Heading")]
    assert heading in headings and "A" in headings
    assert read.core_properties.language == code and read.core_properties.title
    assert f'w:lang w:val="{locale}"' in read.styles.element.xml
    assert read.tables and all("w:tblHeader" in table.rows[0]._tr.xml for table in read.tables)
    assert "{{" not in words_of(read) and "{%" not in words_of(read)


def test_every_member_stands_beside_the_deputy() -> None:
    names = {one.key: one.name for one in people()}
    rows = [[cell.text for cell in row.cells] for table in document().tables for row in table.rows]
    deputy_of = {seat.deputy_of: seat.key for seat in proposal().seats if seat.deputy_of}
    for seat in proposal().seats:
        if seat.role == Role.MEMBER:
            deputy = deputy_of.get(seat.key)
            assert any(
                row[0] == names[seat.key] and row[2] == names.get(deputy or "", "–") for row in rows if len(row) == 4
            )


def test_nobody_who_is_not_chosen_and_no_contact_is_named() -> None:
    seated = {seat.key for seat in proposal().seats if seat.role != Role.RESERVE}
    details = {one.key: Details("Yhdistys ry", "a@example.org", "040 123") for one in people()}
    said = words_of(document(details=details))
    chosen = {one.name for one in people() if one.key in seated}
    assert [one.name for one in people() if one.name not in chosen and one.name in said] == []
    assert "example.org" not in said and "040 123" not in said


def test_a_special_reason_is_obligatory_where_it_is_needed() -> None:
    assert not all(one.holds for one in gender_balances(proposal()))
    with pytest.raises(InputError) as raised:
        document(special_reason="  ")
    assert raised.value.code == "special_reason_needed"
    assert REASON in words_of(document())


def test_hostile_names_are_text() -> None:
    named = tuple(replace(one, name="{{ 7*7 }} <w:p/> & \x0b") for one in proposal().pool.applicants)
    hostile: Proposal = replace(
        proposal(), rows=replace(proposal().rows, pool=replace(proposal().pool, applicants=named))
    )
    said = words_of(Document(io.BytesIO(document_bytes(hostile, special_reason="{{ 6*7 }}"))))
    assert "{{ 7*7 }} <w:p/> &" in said and "{{ 6*7 }}" in said


def test_a_template_of_the_citys_own_is_used(tmp_path: Path) -> None:
    own = Document()
    own.add_heading("Oma pohja {{ term }}", 1)
    own.save(str(tmp_path / "oma.docx"))
    assert "Oma pohja [täydennä päivät]" in words_of(document(template=tmp_path / "oma.docx"))


@pytest.mark.parametrize(
    "content", ["{{ 7 | nothing }}", "{% for x in %}", "{{ ''.__class__.__mro__[1].__subclasses__() }}"]
)
def test_a_broken_or_hostile_template_is_told(tmp_path: Path, content: str) -> None:
    own = Document()
    own.add_paragraph(content)
    own.save(str(tmp_path / "oma.docx"))
    with pytest.raises(FileError) as raised:
        document(template=tmp_path / "oma.docx")
    assert raised.value.code == "template_unusable"


def test_the_statement_counts_what_it_says() -> None:
    for table in proposal().pool.tables:
        said = statement(proposal(), table)
        goals = [one for one in proposal().goals() if one.table == table]
        met = sum(one.holds for one in goals)
        assert f"Pöydän {len(goals)} tavoitteesta täyttyy {met}." in said
        assert said.count("Tavoite ") == len(goals) - met
        assert f"siemen {proposal().seed}" in said


def test_a_goal_for_which_too_few_were_willing_says_so() -> None:
    """And not that another goal went before it."""
    men = [one for one in people() if one.value("gender") == "man"]
    goal = {"id": "gender", "field": "gender", "priority": 1, "ranges": {"woman": {"at_least": 1}}}
    rules = tiny_rules(goals=[goal])
    said = statement(propose(Pool.build(men, rules), rules), "a")
    limits, named = text("rules.least", of=1), {"goal": "gender", "group": "nainen", "count": 0}
    assert text("statement.too_few_willing", n=0, limits=limits, **named) in said


def test_what_is_not_proven_is_not_said_to_be() -> None:
    table = proposal().pool.tables[0]
    said = statement(replace(proposal(), proven=False), table)
    assert "mikään vaatimukset täyttävä" not in said and "ei ole todistettu" in said
