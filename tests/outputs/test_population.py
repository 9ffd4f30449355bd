"""The city's population: read in its plain form and in the form that the round's own data are written in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from selection.constraints import build_rows
from selection.errors import FileError
from selection.model.pool import Pool
from selection.model.rules import Population
from selection.outputs.population import population_of_csv
from selection.outputs.round_data import MERGED, round_data_files
from selection.proposal import Proposal
from selection.texts import LANGUAGES, error_text, in_language
from tests.outputs.made import people, proposal
from tests.outputs.test_letters import rows_of

#: Of the groups under 18 years and of other genders nobody applied.
CITY = Population(
    source="väestö.csv",
    groups={
        "gender": {"woman": 61917, "man": 59080, "undisclosed": 12, "other": 7},
        "age": {"0–17": 20000, "18–29": 16939, "30–64": 52880, "65+": 29000},
    },
)


@cache
def large() -> Proposal:
    """A round large enough that groups are told apart."""
    rules = proposal().rules
    return replace(proposal(), rows=build_rows(Pool.build(people(80), rules), rules), seats=())


def data_of(population: Population) -> bytes:
    return next(iter(round_data_files(large(), population).values()))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_rounds_own_data_are_read_back(code: str) -> None:
    with in_language(code):
        written = data_of(CITY)
        read = population_of_csv(written, file="kierroksen-tiedot.csv")
        assert data_of(read) == written
    assert read.groups["gender"]["woman"] == 61917 and read.groups["gender"][MERGED] == 19
    assert sum(read.groups["gender"].values()) == sum(CITY.groups["gender"].values())


def test_groups_that_nobody_applied_of_have_a_row_so_that_shares_add_up() -> None:
    rows = [row for row in rows_of(data_of(CITY))[1:] if row[:2] == ["Kaikki pöydät", "ikä"]]
    assert rows[-1][2:9] == ["Muut ja ei tiedossa (yhdistetty)", "0", "0", "0", "", "0", "20000"]
    assert sum(int(row[8]) for row in rows) == sum(CITY.groups["age"].values())


def test_only_the_rows_of_the_whole_round_say_something_of_the_city() -> None:
    rows = rows_of(data_of(CITY))
    of_a_table = next(row for row in rows[1:] if row[0] == "A")
    of_a_table[rows[0].index("vaestossa")] = "5"
    written = "\n".join(";".join(row) for row in rows).encode()
    assert population_of_csv(written, file="v.csv").groups == population_of_csv(data_of(CITY), file="v.csv").groups


def test_merged_groups_say_nothing_where_one_of_them_is_told_apart() -> None:
    """Of a population that merged undisclosed with others, nobody knows how many are left without the undisclosed."""
    told = Population(source="v.csv", groups={"age": {"0–17": 20000, "30–64": 52880, MERGED: 45939}})
    rows = {row[2]: row for row in rows_of(data_of(told))[1:] if row[:2] == ["Kaikki pöydät", "ikä"]}
    assert rows["30–64"][8] == "52880" and len(rows) > 2
    assert [row[8] for name, row in rows.items() if name not in ("30–64", "0–17")] == [""] * (len(rows) - 1)


def test_a_wrong_cell_of_the_wide_form_is_named_at_its_own_column() -> None:
    rows = rows_of(data_of(CITY))
    row = next(number for number, row in enumerate(rows) if row[1:3] == ["sukupuoli", "nainen"])
    rows[row][8] = "61 917,5"
    with pytest.raises(FileError) as raised:
        population_of_csv("\n".join(";".join(row) for row in rows).encode(), file="v.csv")
    told = raised.value
    assert (told.code, told.params["row"], told.params["column"]) == ("population_count", row + 1, 9)
    assert "61 917,5" in error_text(told)


def test_data_without_a_population_are_refused_with_what_to_do() -> None:
    with pytest.raises(FileError) as raised:
        population_of_csv(data_of(Population()), file="v.csv")
    assert raised.value.code == "population_nowhere" and "kaikkia pöytiä" in error_text(raised.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_in_any_encoding_that_excel_writes(encoding: str) -> None:
    written = "ikä;18–29;16 939\nsukupuoli;nainen;61917\n".encode(encoding)
    assert population_of_csv(written, file="v.csv").groups == {"age": {"18–29": 16939}, "gender": {"woman": 61917}}


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"PK\x03\x04\x00\x00", b'gender;woman;"' + b"9" * 200_000 + b'"', b"\xff\xfe9", b"otsikko\n"],
)
def test_what_is_no_table_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(FileError, match="population_unreadable"):
        population_of_csv(content, file="v.csv")
