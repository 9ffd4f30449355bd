"""The made-up applications: the same every time, and skewed as a real round is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from openpyxl import load_workbook

from benchmarks.make_applications import HEADERS, main, make_applications, write_xlsx
from benchmarks.sample_people import TABLES, Application, quota

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_applications.xlsx"


@pytest.fixture(scope="module")
def sample() -> list[Application]:
    return make_applications(234, "2021")


def willing(rows: list[Application], table: str) -> list[Application]:
    return [row for row in rows if TABLES[table]["answer"] in (row["tables"] or "")]


def sheet_rows(path: Path, name: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(path)[name].iter_rows(values_only=True))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        main(["--applicants", "60", "--seed", "7", "--out", str(tmp_path / name)])
    main(["--applicants", "60", "--seed", "8", "--out", str(tmp_path / "c.xlsx")])
    first, second, other = ((tmp_path / f"{name}.xlsx").read_bytes() for name in "abc")
    assert first == second
    assert first != other


def test_the_committed_sample_is_what_the_generator_makes(tmp_path: Path) -> None:
    main(["--out", str(tmp_path / "sample.xlsx")])
    for sheet in ("Vastaukset", "Yhteenveto"):
        assert sheet_rows(tmp_path / "sample.xlsx", sheet) == sheet_rows(SAMPLE, sheet)


def test_the_file_is_a_form_services_export() -> None:
    book = load_workbook(SAMPLE)
    assert book.sheetnames == ["Vastaukset", "Yhteenveto"]
    header, *rows = book["Vastaukset"].iter_rows(values_only=True)
    assert list(header) == list(HEADERS.values())
    assert len(rows) == 234
    assert isinstance(rows[0][list(HEADERS).index("completed")], dt.datetime)
    assert book["Yhteenveto"]["B2"].value == 234
    assert not any(cell.data_type == "f" for row in book["Vastaukset"].iter_rows() for cell in row)


def test_nobody_in_it_can_be_reached(sample: list[Application]) -> None:
    assert all(row["email"].lower().endswith("@example.org") for row in sample)
    assert all(str(row["phone"]).replace(" ", "").lstrip("0").startswith(("40000", "123")) for row in sample)


def test_about_a_dozen_rows_are_faulty(sample: list[Application]) -> None:
    faults = Counter(row["fault"] for row in sample if row["fault"])
    assert sum(faults.values()) == 12
    assert faults["duplicate"] == 2
    assert {"no_birth_year", "other_municipality", "test_row", "letter_in_postal_code", "late"} <= set(faults)
    by_email = Counter(row["email"].casefold() for row in sample)
    assert sum(count - 1 for count in by_email.values()) == 3  # the duplicates, and two of one household


def test_the_skew_is_that_of_a_real_round(sample: list[Application]) -> None:
    genders = Counter(row["gender"] for row in sample)
    assert 0.60 <= genders["Nainen"] / 234 <= 0.65
    assert genders["En halua kertoa"] and genders[None]
    ages = [2021 - row["birth_year"] for row in sample if row["fault"] == ""]
    assert 55 <= median(ages) <= 61
    assert 0.05 <= sum(age < 30 for age in ages) / len(ages) <= 0.09
    assert 0.15 <= sum((row["tables"] or "").count(";") > 1 for row in sample) / 234 <= 0.25
    assert 0.10 <= sum(row["seat"] == "Jäsen;" for row in sample) / 234 <= 0.14
    assert 0 < sum(row["seat"] == "Varajäsen;" for row in sample) <= 12
    assert 0.33 <= sum(row["role"] == "Yhteisön edustajana" for row in sample) / 234 <= 0.42


def test_one_table_is_short_but_can_be_seated(sample: list[Application]) -> None:
    numbers = {table: len(willing(sample, table)) for table in TABLES}
    assert [table for table, number in numbers.items() if number < 30] == ["pohjoinen"]
    short = [row for row in willing(sample, "pohjoinen") if row["seat"] != "Varajäsen;" and not row["fault"]]
    genders = Counter(row["gender"] for row in short)
    assert len(short) >= 15
    assert min(genders["Nainen"], genders["Mies"]) >= 4


def test_officials_crowd_at_one_table(sample: list[Application]) -> None:
    holds = ("kaupunginvaltuut", "varavaltuut", "lautakun", "kaupunginhallitu", "valtuutettu (")
    officials = [row for row in sample if any(word in (row["official"] or "").lower() for word in holds)]
    firsts = Counter((row["tables"] or ";").split(";")[0] for row in officials)
    assert 10 <= len(officials) <= 13
    assert firsts.most_common(1)[0] == (TABLES["keskusta"]["answer"], 6)


def test_one_organisation_is_spelt_in_several_ways(sample: list[Application]) -> None:
    def folded(name: str) -> str:
        return name.lower().replace(".", "").removesuffix(" ry")

    spellings: dict[str, set[str]] = {}
    for row in sample:
        if row["role"] == "Yhteisön edustajana" and row["organisation"]:
            spellings.setdefault(folded(row["organisation"]), set()).add(row["organisation"])
    assert sum(len(names) > 1 for names in spellings.values()) >= 5


@pytest.mark.parametrize("n", [1, 2, 19, 400, 3000])
def test_any_number_can_be_made(n: int) -> None:
    rows = make_applications(n, 1)
    assert len(rows) == n
    assert [row["id"] for row in rows] == list(range(1, n + 1))
    assert sum(bool(row["fault"]) for row in rows) == n // 19
    names = [row["name"] for row in rows if row["fault"] not in ("duplicate", "test_row")]
    assert len(set(names)) == len(names)


def test_the_number_of_faulty_rows_can_be_told() -> None:
    assert sum(bool(row["fault"]) for row in make_applications(100, 1, faulty=0)) == 0
    assert sum(bool(row["fault"]) for row in make_applications(100, 1, faulty=30)) == 30


def test_the_simple_variant_holds_the_least_a_file_must(tmp_path: Path) -> None:
    path = tmp_path / "simple.xlsx"
    write_xlsx(make_applications(20, 1), path, simple=True)
    assert sheet_rows(path, "Vastaukset")[0] == ("Nimi", "Syntymävuosi", "Sukupuoli", "Postinumero", "Kumppanuuspöytä")
    write_xlsx(make_applications(20, 1), path, simple=True, tables=False)
    assert "Kumppanuuspöytä" not in sheet_rows(path, "Vastaukset")[0]


def test_quota_gives_every_share_its_whole_number() -> None:
    from random import Random

    assert Counter(quota(Random(1), 10, {"a": 0.55, "b": 0.45})) == {"a": 6, "b": 4}
    assert quota(Random(1), 0, {"a": 1.0}) == []
