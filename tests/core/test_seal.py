"""The hashes of the sealed draw against the vector that every implementation must give."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from selection.model import seal
from selection.model.people import Applicant
from selection.model.pool import Pool
from selection.model.rules_file import preset
from selection.solving.lottery import lot_order

VECTOR = json.loads((Path(__file__).parent / "draw_vector.json").read_text("utf-8"))
PEOPLE = [seal.Sealed(one["person_salt"], one["data_salt"], one["person"], one["data"]) for one in VECTOR["people"]]


@pytest.mark.parametrize("number", range(len(PEOPLE)))
def test_tickets_receipts_leaves_and_lots(number: int) -> None:
    told, one = VECTOR["people"][number], PEOPLE[number]
    assert seal.canonical(one.person) == told["person_json"]
    assert seal.canonical(one.data) == told["data_json"]
    assert (one.ticket, one.receipt, one.leaf) == (told["ticket"], told["receipt"], told["leaf"])
    assert seal.lot_of(VECTOR["seed"], one.ticket) == told["lot"]


def test_list_root_and_seeds() -> None:
    assert seal.list_hash(seal.lines_of(PEOPLE)) == VECTOR["seal"]["list"]
    assert seal.canonical(VECTOR["seal"]) == VECTOR["seal_json"]
    assert seal.root_of(VECTOR["seal"]) == VECTOR["root"]
    drawings = [(name, numbers) for name, numbers in VECTOR["sources"]]
    assert seal.seed_of(VECTOR["root"], drawings) == VECTOR["seed"]
    # The vector's vacancy was drawn with numbers that it does not hold.
    assert seal.vacancy_seed_of(VECTOR["root"], 1, drawings) != seal.vacancy_seed_of(VECTOR["root"], 2, drawings)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("4.9.11.20.33.35.38+6", "4.9.11.20.33.35.38+6"),
        ("38 35 33 20 11 09 04 + 06", "4.9.11.20.33.35.38+6"),
        ("17,3,22,48,41+9,2", "3.17.22.41.48+2.9"),
        ("d:6.2.5", "6.2.5"),
    ],
)
def test_numbers_are_written_in_one_way(written: str, numbers: str) -> None:
    assert seal.numbers_of(written) == numbers


@pytest.mark.parametrize("written", ["", "4.x", "1+2+3", "d:1+2", "٣"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(seal.SealValueError):
        seal.numbers_of(written)


def test_equal_salts_and_people_refuse_the_seal() -> None:
    with pytest.raises(seal.SealValueError):
        seal.lines_of([PEOPLE[0], replace(PEOPLE[1], person_salt=PEOPLE[0].data_salt)])


def test_numbers_are_no_value_of_a_seal() -> None:
    with pytest.raises(seal.SealValueError):
        seal.canonical({"a": 1})
    with pytest.raises(seal.SealValueError):
        seal.canonical({"Ä": "1"})


def test_the_lots_of_a_sealed_pool_follow_from_the_tickets() -> None:
    people = [Applicant(one.ticket, one.person["name"], wishes=("keskusta",)) for one in PEOPLE]
    pool = replace(Pool.build(people, preset("lahti-2021")), seal=seal.SealMark(VECTOR["root"], ()))
    order = [pool.applicants[place].key for place in lot_order(pool, VECTOR["seed"])]
    assert order == [one["ticket"] for one in sorted(VECTOR["people"], key=lambda one: one["lot"])]
