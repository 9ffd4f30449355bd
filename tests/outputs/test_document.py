"""The board's item: real headings and tables, the language, the pairs, the reasons; a template of the city's own."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from selection.errors import FileError, InputError
from selection.model.fingerprint import fingerprint
from selection.model.law import SpecialReasons, breaking, law_of
from selection.model.people import Role
from selection.model.pool import Pool
from selection.outputs import word_template
from selection.outputs.document import TEMPLATES, document_bytes
from selection.outputs.json_proposal import proposal_json
from selection.outputs.people import Details
from selection.outputs.statement import statement
from selection.outputs.templates.make import WORDS, template_bytes
from selection.outputs.workbook import workbook_bytes
from selection.proposal import Proposal, propose
from selection.texts import in_language, text
from tests.outputs.made import people, proposal, sheets_of
from tests.strategies import tiny_rules

REASON = "Hakijoita oli vain yksi; järjestöiltä pyydettiin ehdokkaita."


def strict() -> Proposal:
    """The proposal under the exact reading, by which a body of one is too small for both."""
    rules = proposal().rules.changed(law={"reading": "exact"})
    return replace(proposal(), rows=replace(proposal().rows, rules=rules))


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
    deputy_of = {seat.deputy_of: seat.person for seat in proposal().seats if seat.deputy_of}
    for seat in proposal().seats:
        if seat.role == Role.MEMBER:
            deputy = deputy_of.get(seat.person)
            assert any(
                row[0] == names[seat.person] and row[2] == names.get(deputy or "", "–") for row in rows if len(row) == 4
            )


def test_nobody_who_is_not_chosen_and_no_contact_is_named() -> None:
    seated = {seat.person for seat in proposal().seats if seat.role != Role.RESERVE}
    details = {one.key: Details("Yhdistys ry", "a@example.org", "040 123") for one in people()}
    said = words_of(document(details=details))
    chosen = {one.name for one in people() if one.key in seated}
    assert [one.name for one in people() if one.name not in chosen and one.name in said] == []
    assert "example.org" not in said and "040 123" not in said


def test_a_special_reason_is_obligatory_where_it_is_needed() -> None:
    short = breaking(law_of(strict()))
    assert short
    with pytest.raises(InputError) as raised:
        document_bytes(strict(), special_reason="  ")
    assert raised.value.code == "special_reason_missing" and raised.value.params["n"] == len(short)
    assert REASON in words_of(Document(io.BytesIO(document_bytes(strict(), special_reason=REASON))))


def test_what_is_lawful_by_rounding_is_said_with_its_per_cent_and_needs_no_reason() -> None:
    rounded = [one for one in law_of(proposal()) if one.rounded]
    said = words_of(Document(io.BytesIO(document_bytes(proposal()))))
    assert rounded and "pyöristetty lähimpään" in said and "(0 %)" in said and REASON not in said


def test_each_body_has_its_own_reason_and_the_share_is_not_said_to_hold() -> None:
    short = breaking(law_of(strict()))
    reasons = {one.key: f"Syy {number}." for number, one in enumerate(short)}
    made = document_bytes(strict(), special_reason=SpecialReasons(by_body=reasons))
    said = words_of(Document(io.BytesIO(made)))
    assert all(reason in said for reason in reasons.values())
    assert "Vähimmäisosuus toteutuu" not in said
    assert all(f"miehiä {one.men}/{one.size}" in said for one in short)


def test_where_the_act_does_not_apply_nothing_of_it_stands_in_the_item() -> None:
    rules = proposal().rules.changed(law={"equality_act": False})
    elsewhere = replace(proposal(), rows=replace(proposal().rows, rules=rules))
    said = words_of(Document(io.BytesIO(document_bytes(elsewhere))))
    assert "tasa-arvo" not in said.casefold() and "naisia" not in said and "40 prosenttia" not in said


def test_a_share_that_was_not_read_is_not_said_to_hold() -> None:
    pool = proposal().pool
    people = tuple(
        replace(one, values={name: held for name, held in one.values.items() if name != "gender"})
        for one in pool.applicants
    )
    unread = replace(pool, applicants=people, asked=frozenset({"kind"}))
    said = words_of(
        Document(io.BytesIO(document_bytes(replace(proposal(), rows=replace(proposal().rows, pool=unread)))))
    )
    assert "ei ole voitu mitata" in said and "Vähimmäisosuus toteutuu" not in said and "naisia 0" not in said


def test_a_deputy_whose_member_left_is_named_and_counted() -> None:
    paired = next(seat for seat in proposal().seats if seat.deputy_of)
    seats = tuple(
        replace(seat, deputy_of=None) if seat == paired else seat
        for seat in proposal().seats
        if seat.person != paired.deputy_of
    )
    name = next(one.name for one in people() if one.key == paired.person)
    read = Document(io.BytesIO(document_bytes(replace(proposal(), seats=seats), special_reason=REASON)))
    rows = [[cell.text for cell in row.cells] for table in read.tables for row in table.rows]
    assert ["ilman varsinaista jäsentä", name] in [[row[0], row[2]] for row in rows if len(row) == 4]
    assert "Varajäseniä ilman varsinaista jäsentä: 1." in words_of(read)


def test_hostile_names_are_text() -> None:
    named = tuple(replace(one, name="{{ 7*7 }} <w:p/> & \x0b") for one in proposal().pool.applicants)
    hostile: Proposal = replace(strict(), rows=replace(strict().rows, pool=replace(proposal().pool, applicants=named)))
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


@pytest.mark.parametrize(
    "content",
    [
        "{{ 9**(9**9) }}",
        "{{ 'a' * 10**9 }}",
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    ],
)
def test_a_template_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr(word_template, "LIMITS", replace(word_template.LIMITS, processor=1))
    own = Document()
    own.add_paragraph(content)
    own.save(str(tmp_path / "oma.docx"))
    with pytest.raises(FileError) as raised:
        document(template=tmp_path / "oma.docx")
    assert raised.value.code == "template_endless"


def test_a_template_that_is_packed_small_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "oma.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (word_template.LARGEST_UNPACKED + 1))
    with pytest.raises(FileError) as raised:
        document(template=tmp_path / "oma.docx")
    assert raised.value.code == "template_unusable"


def test_the_alphabet_is_said_of_members_alone_where_deputies_stand_beside_them() -> None:
    said = words_of(document())
    assert "Jäsenet ovat aakkosjärjestyksessä, ja henkilökohtainen varajäsen on jäsenensä rinnalla." in said
    assert "Nimet ovat aakkosjärjestyksessä" not in said
    rules = proposal().rules.changed(deputies={"aim": 0})
    alone = propose(Pool.build(people(), rules), rules)
    without = words_of(Document(io.BytesIO(document_bytes(alone, special_reason=REASON))))
    assert "Nimet ovat aakkosjärjestyksessä." in without and "rinnalla" not in without


@pytest.mark.parametrize(("code", "one", "several"), [("fi", "on yksi", "pöytiä on 2"), ("sv", "ett partn", "är 2")])
def test_one_table_is_not_told_as_several(code: str, one: str, several: str) -> None:
    rules = proposal().rules
    table = rules.changed(tables=[rules.tables[0].model_dump()])
    single = propose(Pool.build(people(), table), table)
    with in_language(code):
        said = words_of(Document(io.BytesIO(document_bytes(single, special_reason=REASON))))
        told = words_of(document())
    assert one in said and several not in said and several in told and one not in told


@pytest.mark.parametrize("code", sorted(WORDS))
def test_nobody_is_said_to_have_gone_through_the_proposal(code: str) -> None:
    with in_language(code):
        said = words_of(document(changes=0))
    assert "käyty läpi" not in said and "gåtts igenom" not in said


def test_the_foot_of_each_page_tells_which_roster_it_is() -> None:
    """The fingerprint is the workbook's and the JSON's; the log's head stands beside it, where there is one."""
    digest = fingerprint(proposal().rules, proposal().seed, proposal().seats, proposal().pool.applicants)
    head = "7:" + "ab" * 32
    with in_language("fi"):
        made = document_bytes(proposal(), special_reason="ei hakijoita", log_head=head)
        without = document_bytes(proposal(), special_reason="ei hakijoita")
        book = workbook_bytes(proposal())
    for data, told in ((made, True), (without, False)):
        foot = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).sections[0].footer.paragraphs)
        assert digest in foot and (head in foot) is told
    assert proposal_json(proposal(), [])["fingerprint"] == digest
    assert any(digest in map(str, row) for _, rows in sheets_of(book) for row in rows)
