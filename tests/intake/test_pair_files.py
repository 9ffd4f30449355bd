"""The pair of files beyond two texts: workbooks, people selected already, households, flex limits, rows twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from selection.cli import app
from selection.errors import FileError
from selection.intake.results import Intake
from selection.intake.sortition import read_sortition
from selection.model.rules import Rules
from selection.rounds.quota_files import rules_toml
from tests.intake.builders import saved, xlsx

QUOTAS = [["category", "name", "min", "max"], ["gender", "female", 1, 1], ["gender", "male", 1, 1]]
PEOPLE = [
    ["id", "name", "gender", "primary_address1", "primary_zip"],
    ["p1", "Aino Aalto", "female", "Esimerkkikatu 1", "15100"],
    ["p2", "Bo Berg", "male", "esimerkkikatu  1", 15100],
    ["p3", "Carl Ceder", "male", "Toinen tie 2", "15100"],
    ["p4", "Dan Dahl", "male", "", "15100"],
]


def text_file(folder: Path, name: str, rows: list[list[object]]) -> Path:
    return saved(folder, name, "\n".join(",".join(map(str, row)) for row in rows).encode())


def files(folder: Path, *, people: list[list[object]] = PEOPLE, quotas: list[list[object]] = QUOTAS) -> list[Path]:
    return [text_file(folder, "categories.csv", quotas), text_file(folder, "respondents.csv", people)]


def read(paths: list[Path], **more: object) -> tuple[Rules, Intake]:
    found = read_sortition(paths, **more)  # type: ignore[arg-type]
    assert found is not None
    assert found[1].rows == len(found[1].applications) + len(found[1].set_aside)
    return found


def names(intake: Intake) -> list[str]:
    return [one.name for one in intake.applicants]


def told(intake: Intake) -> dict[str, dict[str, object]]:
    return {one.code: dict(one.params) for one in intake.notes}


def test_workbooks_hold_the_same_tables(tmp_path: Path) -> None:
    rules, intake = read(files(tmp_path))
    one = saved(
        tmp_path, "kaikki.xlsx", xlsx(("Ohje", [["Lue tämä"]]), ("Categories", QUOTAS), ("Respondents", PEOPLE))
    )
    two = [saved(tmp_path, "q.xlsx", xlsx(("Taul1", QUOTAS))), saved(tmp_path, "p.xlsx", xlsx(("Taul1", PEOPLE)))]
    mixed = [two[0], text_file(tmp_path, "respondents.csv", PEOPLE)]
    for paths in ([one], two, two[::-1], mixed):
        again, same = read(paths)
        assert again.requirements == rules.requirements
        assert {one.name: one.values for one in same.applicants} == {one.name: one.values for one in intake.applicants}
    assert read([one])[1].applications[0].origin.sheet == "Respondents"  # type: ignore[union-attr]


def test_a_workbook_of_applications_is_no_pair(tmp_path: Path) -> None:
    book = saved(tmp_path, "hakemukset.xlsx", xlsx(("Vastaukset", [["Nimi", "Minimi"], ["Aino Aalto", "min"]])))
    assert read_sortition([book]) is None
    assert read_sortition([saved(tmp_path, "rikki.xlsx", b"PK\x03\x04 not a workbook")]) is None


def test_at_most_one_of_a_household(tmp_path: Path) -> None:
    rules, intake = read(files(tmp_path))
    homes = {one.name: one.value("household") for one in intake.applicants}
    assert homes["Aino Aalto"] == homes["Bo Berg"] != homes["Carl Ceder"]
    assert homes["Dan Dahl"] is None  # half an address is none
    assert "katu" not in str(homes)
    assert [(one.id, one.each, one.at_most) for one in rules.requirements][-1] == ("household", True, 1)
    assert told(intake)["sortition_household"] == {"n": 1}
    alone = [PEOPLE[0], *PEOPLE[1:3]]
    done = CliRunner().invoke(app, ["draw", *map(str, files(tmp_path, people=alone)), "--seed", "s"])
    assert done.exit_code == 3
    paths = [*map(str, files(tmp_path, people=alone)), "--several-per-household", "--json", str(tmp_path / "d.json")]
    assert CliRunner().invoke(app, ["draw", *paths, "--seed", "s"]).exit_code == 0
    drawn = json.loads((tmp_path / "d.json").read_text("utf-8"))
    assert "household" not in json.dumps(drawn["rules"])
    assert "household" not in rules_toml(read(files(tmp_path), one_per_household=False)[0])
    assert 'id = "household"' in rules_toml(rules)


@pytest.mark.parametrize("head", ["household_id", "Talouden tunnus", "hushåll"])
def test_a_column_of_households_goes_first(tmp_path: Path, head: str) -> None:
    people = [[*PEOPLE[0], head], *([*row, number // 2] for number, row in enumerate(PEOPLE[1:]))]
    homes = [one.value("household") for one in read(files(tmp_path, people=people))[1].applicants]
    assert homes[0] == homes[1] != homes[2] == homes[3]


def test_those_selected_already_and_their_households_are_left_out(tmp_path: Path) -> None:
    for name in ("already_selected.csv", "jo valitut.csv", "redan utvalda.csv"):
        selected = text_file(
            tmp_path, name, [PEOPLE[0], ["p9", "Zed Zeta", "male", "Toinen tie 2", "15100"], PEOPLE[4]]
        )
        _, intake = read([*files(tmp_path), selected])
        assert names(intake) == ["Aino Aalto", "Bo Berg"]
        assert [(one.code, one.origin.row) for one in intake.set_aside] == [
            ("selected_household", 4),
            ("selected_already", 5),
        ]
        assert told(intake)["sortition_selected"] == {"n": 2, "out": 2}
    by_name = text_file(tmp_path, "already.csv", [["name"], ["AINO  aalto"]])
    assert names(read([*files(tmp_path), by_name])[1]) == ["Bo Berg", "Carl Ceder", "Dan Dahl"]


def test_which_file_has_those_selected_must_be_told(tmp_path: Path) -> None:
    more = text_file(tmp_path, "more.csv", PEOPLE)
    with pytest.raises(FileError) as caught:
        read_sortition([*files(tmp_path), more])
    assert caught.value.code == "sortition_selected"


def test_rows_twice_are_one_and_rows_without_an_id_are_named(tmp_path: Path) -> None:
    people = [*PEOPLE, ["p3", "Carl Ceder", "male", "Toinen tie 2", "15100"], ["", "Eva Ek", "female", "", ""]]
    _, intake = read(files(tmp_path, people=people))
    assert names(intake) == ["Aino Aalto", "Bo Berg", "Carl Ceder", "Dan Dahl", "Eva Ek"]
    (same,) = intake.set_aside
    assert (same.code, same.origin.row, same.same_as.row if same.same_as else None) == ("same_row", 6, 4)
    assert told(intake)["sortition_same_rows"] == {"rows": "6", "n": 1}
    assert told(intake)["sortition_no_id"] == {"rows": "7", "n": 1}


def test_columns_twice_are_refused(tmp_path: Path) -> None:
    for heads in (["category", "name", "min", "max", "min"], ["category", "feature", "value", "min", "max"]):
        rows = [heads, ["gender", "gender", 1, 1, 1], ["gender", "female", 1, 1, 1]]
        with pytest.raises(FileError) as caught:
            read_sortition(files(tmp_path, quotas=rows))
        assert "sortition_column_twice" in [
            caught.value.code,
            *(one.code for one in getattr(caught.value, "problems", ())),
        ]
    with pytest.raises(FileError) as caught:
        read_sortition(files(tmp_path, people=[[*PEOPLE[0], "id"], *([*row, 1] for row in PEOPLE[1:])]))
    assert caught.value.code == "sortition_column_twice"


FLEX = [["feature", "value", "min", "max", "min_flex", "max_flex"]]


def test_ways_out_keep_to_the_flex_limits(tmp_path: Path) -> None:
    from selection.explain.ways_out import ways_out
    from selection.model.pool import Pool

    quotas = [
        *FLEX,
        ["sex", "m", 2, 2, 2, 2],
        ["sex", "f", 2, 2, 2, 2],
        ["age", "y", 4, 4, 0, 4],
        ["age", "o", 0, 0, 0, 4],
    ]
    people = [["id", "name", "sex", "age"]]
    people += [[f"{sex}{n}", f"{sex} {n}", sex, age] for sex, age in (("m", "y"), ("f", "o")) for n in range(4)]
    rules, intake = read(files(tmp_path, people=people, quotas=quotas))
    ways = ways_out(Pool.build(intake.applicants, rules), rules)
    changed = [{(one.id, one.number, one.before, one.after) for one in way.changes} for way in ways]
    assert changed == [{("age-y", "at_least", 4, 2), ("age-o", "at_most", 0, 2)}]
    assert "at_least_flex = 0" in rules_toml(rules)


@pytest.mark.parametrize("low, high", [(3, 2), (2, 1), ("x", 2)])
def test_flex_limits_stand_outside_the_quota(tmp_path: Path, low: object, high: object) -> None:
    with pytest.raises(FileError) as caught:
        read_sortition(files(tmp_path, quotas=[*FLEX, ["gender", "female", 2, 2, low, high]]))
    assert caught.value.code in ("sortition_flex_inside", "sortition_number")
    assert caught.value.params["row"] == 2


def test_a_solver_prints_no_banner() -> None:
    code = "from selection.solving.relaxation import quiet; quiet()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b""
