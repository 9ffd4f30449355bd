"""Deputies in one order: by its definition, in every document, read back, and who rises first in mid-term."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from functools import cache

import pytest
from docx import Document
from openpyxl import load_workbook

from selection.constraints import build_rows
from selection.explain.least_change import fill_vacancies
from selection.model.fingerprint import fingerprint
from selection.model.people import Applicant, Role
from selection.model.pool import Pool
from selection.model.rules import Rules
from selection.outputs.annex import public_annex_bytes
from selection.outputs.document import document_bytes
from selection.outputs.json_proposal import proposal_json, seats_of_json
from selection.outputs.letters import letter_files
from selection.outputs.readback import checkable_in, numbered, roster_in
from selection.outputs.rule_words import rules_in_words
from selection.outputs.term_lists import attendance_bytes
from selection.outputs.verification import verify
from selection.outputs.workbook import workbook_bytes
from selection.proposal import Proposal, propose
from selection.solving.lottery import lot_order
from selection.texts import in_language
from tests.outputs.made import people, sheets_of
from tests.strategies import tiny_rules

ONE = [{"id": "a", "postal_codes": ["10000"]}]


def ordered_rules(**more: object) -> Rules:
    deputies = {"aim": 4, "personal": False, **more.pop("deputies", {})}  # type: ignore[dict-item]
    return tiny_rules(tables=ONE, members={"least": 0, "aim": 3}, deputies=deputies, requirements=[], **more)


def pool_of(rules: Rules, count: int = 14) -> Pool:
    everything = frozenset({Role.MEMBER, Role.DEPUTY})
    return Pool.build([replace(one, wishes=("a",), roles=everything) for one in people(count)], rules)


@cache
def proposal() -> Proposal:
    rules = ordered_rules(title="Koekierros")
    return propose(pool_of(rules), rules, seed="x")


def by_definition(made: Proposal) -> list[str]:
    """For each deputy the seats by which goals are missed, over the departures of each member in turn; then the lot."""
    pool, rules = made.pool, made.rules
    rows = build_rows(pool, rules)
    members = [seat.person for seat in made.at("a", Role.MEMBER)]
    order = {pool.applicants[place].key: number for number, place in enumerate(lot_order(pool, made.seed))}

    def missed(deputy: str, priority: int) -> int:
        total = 0
        for leaving in members:
            seated = {deputy, *members} - {leaving}
            chosen = [
                int(pool.applicants[c.applicant].key in seated and c.role is Role.MEMBER) for c in pool.candidates
            ]
            for row in rows.goals:
                count = sum(chosen[place] for place in row.counted)
                if row.priority == priority:
                    total += max(
                        (row.at_least or 0) - count, count - (row.at_most if row.at_most is not None else 99), 0
                    )
        return total

    keys = [seat.person for seat in made.at("a", Role.DEPUTY)]
    return sorted(keys, key=lambda key: (*(missed(key, priority) for priority in (1, 2, 3)), order[key]))


@pytest.mark.parametrize("seed", range(8))
def test_the_order_is_by_its_definition(seed: int) -> None:
    rules = ordered_rules()
    made = propose(pool_of(rules), rules, seed=str(seed))
    assert len(made.at("a", Role.DEPUTY)) == 4
    assert [seat.person for seat in made.at("a", Role.DEPUTY)] == by_definition(made)


def test_the_order_may_be_by_the_lot_alone() -> None:
    rules = ordered_rules(deputies={"order_by": ["lot"]})
    made = propose(pool_of(rules), rules, seed="3")
    order = {made.pool.applicants[place].key: number for number, place in enumerate(lot_order(made.pool, "3"))}
    keys = [seat.person for seat in made.at("a", Role.DEPUTY)]
    assert keys == sorted(keys, key=order.__getitem__)


def test_the_json_tells_the_order_and_is_read_in_it() -> None:
    content = proposal_json(proposal(), [])
    deputies = content["tables"][0]["deputies"]
    assert [one["order"] for one in deputies] == [1, 2, 3, 4]
    assert [one["key"] for one in deputies] == by_definition(proposal())
    other = replace(proposal(), seats=tuple(reversed(proposal().seats)))
    prints = {fingerprint(one.rules, one.seed, one.seats, one.pool.applicants) for one in (proposal(), other)}
    assert len(prints) == 2


def test_a_file_whose_deputies_stand_in_another_place_keeps_their_order(tmp_path) -> None:  # type: ignore[no-untyped-def]
    content = proposal_json(proposal(), [])
    content["tables"][0]["deputies"].reverse()
    file = tmp_path / "ehdotus.json"
    file.write_text(json.dumps(content), "utf-8")
    seats = seats_of_json(file, proposal().pool.applicants, ("a",))
    assert [seat.person for seat in seats if seat.role is Role.DEPUTY] == by_definition(proposal())


def names() -> list[str]:
    by_key = {one.key: one for one in proposal().pool.applicants}
    return [by_key[key].name for key in by_definition(proposal())]


def rows_with(data: bytes, sheet: int = 0) -> list[list[object]]:
    return sheets_of(data)[sheet][1]  # type: ignore[return-value]


def test_every_list_tells_them_in_their_order() -> None:
    for data in (workbook_bytes(proposal()), public_annex_bytes(proposal()), attendance_bytes(proposal())):
        rows = [list(map(str, row)) for _, sheet in sheets_of(data)[:1] for row in sheet]
        told = [(cell, row) for row in rows for cell in row if cell.endswith(". varajäsen")]
        assert [cell for cell, _ in told] == [f"{n}. varajäsen" for n in (1, 2, 3, 4)]
        assert [name for (_, row), name in zip(told, names(), strict=True) if name in row] == names()
    letters = letter_files(proposal())
    lines = letters["kirjeet-varajasenet.csv"].decode("utf-8-sig").splitlines()[1:]
    assert [line.split(";")[0] for line in lines] == names()


def test_the_roster_is_read_back_in_its_order_and_in_that_of_edited_numbers() -> None:
    data = workbook_bytes(proposal())
    sheets = sheets_of(data)
    recorded = checkable_in(sheets, file="x.xlsx")
    seats = roster_in(sheets, recorded, proposal().pool.applicants, file="x.xlsx")
    assert [seat.person for seat in seats if seat.role is Role.DEPUTY] == by_definition(proposal())
    book = load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row if str(cell.value).endswith(". varajäsen")]
    cells[0].value, cells[3].value = cells[3].value, cells[0].value
    saved = io.BytesIO()
    book.save(saved)
    first, *between, last = by_definition(proposal())
    edited = roster_in(sheets_of(saved.getvalue()), recorded, proposal().pool.applicants, file="x.xlsx")
    assert [seat.person for seat in edited if seat.role is Role.DEPUTY] == [last, *between, first]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("2. varajäsen", (2, "varajäsen")),
        ("Ersättare 3", (3, "Ersättare")),
        ("Deputy 12", (12, "Deputy")),
        ("Varajäsen", (0, "Varajäsen")),
        ("", (0, "")),
    ],
)
def test_a_word_for_a_seat_may_tell_a_place(word: str, told: tuple[int, str]) -> None:
    assert numbered(word) == told


def test_the_rules_tell_what_decides_the_order() -> None:
    for code, words in (("fi", "arpa"), ("sv", "lotten"), ("en", "the lot")):
        with in_language(code):
            assert any(words in one.words for one in rules_in_words(ordered_rules()))


def leaving_one(made: Proposal, barred: str | None = None, rules: Rules | None = None) -> list[str]:
    """Who rises when the first member leaves."""
    gone = made.at("a", Role.MEMBER)[0].person
    applicants: list[Applicant] = [
        replace(one, roles=frozenset({Role.DEPUTY})) if one.key == barred else one for one in made.pool.applicants
    ]
    pool = Pool.build(applicants, rules or made.rules)
    found = fill_vacancies(pool, rules or made.rules, made.seats, [gone], seed=made.seed)
    members = {seat.person for seat in made.at("a", Role.MEMBER)}
    return [seat.person for seat in found.proposal.at("a", Role.MEMBER) if seat.person not in members]


def test_the_first_deputy_rises_and_the_others_keep_their_order() -> None:
    made = proposal()
    first, second, third, fourth = by_definition(made)
    assert leaving_one(made) == [first]
    gone = made.at("a", Role.MEMBER)[0].person
    found = fill_vacancies(made.pool, made.rules, made.seats, [gone], seed=made.seed).proposal
    deputies = [seat.person for seat in found.at("a", Role.DEPUTY)]
    assert deputies[:3] == [second, third, fourth] and len(deputies) == 4  # who comes new stands last


def test_the_first_who_may_rises() -> None:
    """Not somebody who accepted no seat of a member, nor with whom a requirement would break."""
    made = proposal()
    first, second, *_ = by_definition(made)
    assert leaving_one(made, barred=first) == [second]
    by_key = {one.key: one for one in made.pool.applicants}
    members = [seat.person for seat in made.at("a", Role.MEMBER)][1:]
    kind = [by_key[key].value("asumismuoto") for key in (first, second)]
    if kind[0] != kind[1]:
        held = sum(by_key[key].value("asumismuoto") == kind[1] for key in members)
        rule = {"id": "own", "field": "asumismuoto", "values": [kind[1]], "body": "members", "at_least": held + 1}
        strict = tiny_rules(
            tables=ONE,
            members={"least": 0, "aim": 3},
            deputies={"aim": 4, "personal": False},
            requirements=[rule],
        )
        assert leaving_one(made, rules=strict) == [second]


def test_another_order_is_another_result() -> None:
    made = proposal()
    data = workbook_bytes(made, files=[("haku.xlsx", "ab" * 32)])
    sheets = sheets_of(data)
    recorded = checkable_in(sheets, file="x.xlsx")
    decided = roster_in(sheets, recorded, made.pool.applicants, file="x.xlsx")
    same = verify(recorded, decided, made.pool.applicants, files=[("haku.xlsx", "ab" * 32)])
    assert same.follows and not same.changes
    first, second, *rest = [seat for seat in decided if seat.role is Role.DEPUTY]
    members = [seat for seat in decided if seat.role is not Role.DEPUTY]
    other = verify(recorded, (*members, second, first, *rest), made.pool.applicants, files=[("haku.xlsx", "ab" * 32)])
    assert {one.key for one in other.changes} == {first.person, second.person}
    assert [(one.before[0].order, one.after[0].order) for one in other.changes if one.key == first.person] == [(1, 2)]


def test_the_item_says_in_which_order_names_stand() -> None:
    for language, said in (("fi", "järjestyksessä, jossa he tulevat"), ("sv", "i den ordning som de träder in")):
        with in_language(language):
            document = Document(io.BytesIO(document_bytes(proposal(), special_reason="ei hakijoita")))
        written = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert said in written and "Nimet ovat" not in written and "Namnen står" not in written
