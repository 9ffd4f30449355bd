"""What people changed of the applications: told exactly, carried as text, made again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.errors import FileError
from selection.model.people import Applicant, Origin, Role
from selection.outputs.amendments import Amendment, amended, amendments, differing, digest_of
from selection.outputs.population import population_of_csv
from selection.outputs.round_data import round_data_files
from tests.outputs.made import people, proposal
from tests.outputs.test_letters import rows_of

APPLICANTS = st.builds(
    Applicant,
    key=st.sampled_from("abcdefg"),
    name=st.text(max_size=8),
    origin=st.none() | st.builds(Origin, st.text(max_size=4), st.text(max_size=4), st.integers(1, 9)),
    wishes=st.lists(st.sampled_from("xyz"), max_size=2).map(tuple),
    wishes_ordered=st.booleans(),
    roles=st.frozensets(st.sampled_from([Role.MEMBER, Role.DEPUTY]), min_size=1),
    birth_year=st.none() | st.integers(1900, 2010),
    age_stated=st.none() | st.tuples(st.integers(10, 40), st.none() | st.integers(41, 90)),
    values=st.dictionaries(
        st.sampled_from(["gender", "kind", "oma"]), st.lists(st.text(max_size=5), min_size=1, max_size=2).map(tuple)
    ),
)
PEOPLE = st.lists(APPLICANTS, max_size=6, unique_by=lambda one: one.key)


@given(PEOPLE, PEOPLE)
def test_amending_what_was_read_gives_who_was_used(read: list[Applicant], used: list[Applicant]) -> None:
    found = amendments(read, used)
    carried = [one if one.used is None else Amendment.from_text(one.key, one.to_text()) for one in found]
    again = amended(read, carried)
    assert {one.key for one in again} == {one.key for one in used}
    assert amendments(again, used) == () and digest_of(again) == digest_of(used)
    same = {one.key for one in read} & {one.key for one in used}
    by_key = {one.key: one for one in read}
    for one in found:
        if one.key in same and one.used is not None and one.used.wishes_ordered == by_key[one.key].wishes_ordered:
            assert differing(by_key[one.key], one.used)


def test_a_name_mended_is_no_other_pool() -> None:
    first = people()[0]
    assert digest_of([first]) == digest_of([replace(first, name="Toinen", origin=None)])
    assert digest_of([first]) != digest_of([replace(first, birth_year=1901)])


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"name": 1}'])
def test_what_is_no_person_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Amendment.from_text("k", text)


def test_a_population_of_the_citys_own_takes_the_rules_place() -> None:
    written = "tieto;ryhmä;asukkaita\nsukupuoli;nainen;1 500\ngender;man;500\nikä;18-29;70\n"
    population = population_of_csv(b"\xef\xbb\xbf" + written.encode(), file="v.csv")
    assert population.groups == {"gender": {"woman": 1500, "man": 500}, "age": {"18–29": 70}}
    data = rows_of(next(iter(round_data_files(proposal(), population).values())))
    women = [row for row in data if row[1:3] == ["sukupuoli", "nainen"] and row[0] == "Kaikki pöydät"]
    assert all(row[8:10] == ["1500", "75 %"] for row in women)
    assert all(row[8] == "" for row in data[1:] if row[0] != "Kaikki pöydät")


@pytest.mark.parametrize(
    "written", ["", "a;b;c\n", "a;b;c\nfoo;bar;1\n", "a;b;c\ngender;woman;-4\n", "a;b\nage;18–29\n"]
)
def test_a_table_that_is_no_population_is_told(written: str) -> None:
    with pytest.raises(FileError) as raised:
        population_of_csv(written.encode(), file="v.csv")
    assert raised.value.code.startswith("population_")
