"""The sortition field's pair of files: known by headers, read as quotas of one table, wrong numbers told with the row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from selection.cli import app
from selection.errors import FileError, PairError
from selection.fair import draw
from selection.intake.sortition import read_sortition
from selection.model.pool import Pool
from selection.model.rules_file import preset
from selection.texts import error_text

QUOTAS = """category,name,min,max
Gender,Female,2,2
Gender,Male,2,2
age,Under 40,1,3
age,40+,1,3
"""
PEOPLE = """nationbuilder_id,first_name,last_name,gender,Age
1,Aino,Aalto,Female,Under 40
2,Bea,Berg,Female,40+
3,Cecilia,Ceder,female,40+
4,Dan,Dahl,Male,Under 40
5,Eero,Ek,Male,40+
6,Frans,Falk,Male,40+
7,Gun,Grön,Other,40+
"""


def pair(folder: Path, quotas: str = QUOTAS, people: str = PEOPLE) -> list[Path]:
    paths = [folder / "categories.csv", folder / "respondents.csv"]
    for path, written in zip(paths, (quotas, people), strict=True):
        path.write_text(written, "utf-8")
    return paths


def code_of(paths: list[Path], **options: int) -> tuple[str, dict[str, object]]:
    with pytest.raises(FileError) as caught:
        read_sortition(paths, **options)  # type: ignore[arg-type]
    return caught.value.code, dict(caught.value.params)


def test_quotas_and_people_are_read_in_either_order(tmp_path: Path) -> None:
    paths = pair(tmp_path)
    read, turned = read_sortition(paths), read_sortition(paths[::-1])
    assert read is not None and turned is not None
    rules, intake = read
    assert rules == turned[0]
    assert [one.key for one in intake.applicants] == [one.key for one in turned[1].applicants]
    assert (rules.members.least, rules.members.aim, rules.deputies.aim) == (4, 4, 0)
    assert [(one.id, one.at_least, one.at_most) for one in rules.requirements] == [
        ("Gender-Female", 2, 2),
        ("Gender-Male", 2, 2),
        ("age-Under-40", 1, 3),
        ("age-40", 1, 3),
    ]
    assert [one.name for one in intake.applicants][:2] == ["Aino Aalto", "Bea Berg"]
    assert [one.origin.row for one in intake.applicants if one.origin] == [2, 3, 4, 5, 6, 7, 8]


def test_a_value_without_a_quota_is_told_and_counts_to_no_group(tmp_path: Path) -> None:
    read = read_sortition(pair(tmp_path))
    assert read is not None
    rules, intake = read
    assert [(one.code, one.column, one.cell, one.found) for one in intake.findings] == [
        ("sortition_value", "Gender", "D8", "Other")
    ]
    done = draw(Pool.build(intake.applicants, rules), rules, seed="1")
    names = {one.name for one in intake.applicants if one.key in {seat.person for seat in done.seats}}
    assert len(names) == 4 and "Gun Grön" not in names


def test_the_order_of_rows_gives_the_same_people_the_same_keys(tmp_path: Path) -> None:
    head, *lines = PEOPLE.splitlines()
    first = read_sortition(pair(tmp_path))
    again = read_sortition(pair(tmp_path, people="\n".join([head, *lines[::-1]])))
    assert first is not None and again is not None
    assert {one.key: one.name for one in first[1].applicants} == {one.key: one.name for one in again[1].applicants}


def test_people_alike_in_every_cell_stay_two_where_the_file_has_no_ids(tmp_path: Path) -> None:
    lines = [line.split(",", 1)[1] for line in PEOPLE.splitlines()]
    read = read_sortition(pair(tmp_path, people="\n".join([*lines, lines[-1]])))
    assert read is not None
    assert len({one.key for one in read[1].applicants}) == 8
    assert [(one.code, one.params["rows"]) for one in read[1].notes] == [("sortition_alike", "9")]


@pytest.mark.parametrize("again", ["7,Gun,Grön,Male,40+", "7.0,Gunilla,Grön,Female,40+", " 7,Hans,Holm,Male,40+"])
@pytest.mark.parametrize("head", ["id", "nationbuilder_id", "Vastaajan tunnus", "Pers ID"])
def test_one_id_on_two_rows_is_refused_with_the_rows(tmp_path: Path, again: str, head: str) -> None:
    people = f"{PEOPLE}{again}\n".replace("nationbuilder_id", head)
    code, params = code_of(pair(tmp_path, people=people))
    assert (code, params["rows"]) == ("sortition_id_twice", "8, 9")


def test_a_household_or_an_empty_id_may_stand_twice(tmp_path: Path) -> None:
    for people in (
        PEOPLE.replace("nationbuilder_id", "household_id").replace("\n7,", "\n6,"),
        PEOPLE.replace("\n7,", "\n,").replace("\n6,", "\n,"),
    ):
        read = read_sortition(pair(tmp_path, people=people))
        assert read is not None and len(read[1].applicants) == 7


def test_equal_spellings_are_one_value(tmp_path: Path) -> None:
    quotas = "category,name,min,max\nÄrea,Itäinen,1,2\nBand,1,1,2\nband,2,1,2\nbaND,A,0,1\nband,a,0,1\n"
    rows = ["1,Ä I,ITÄINEN,1.0", "2,B,Ita\u0308inen,2", '3,C,itäinen,"2,00"', "4,D,Itäinen,a", "5,E,Itäinen,A"]
    people = "id,name,A\u0308REA,band\n" + "\n".join(rows)
    read = read_sortition(pair(tmp_path, quotas, people), size=2)
    assert read is not None
    assert not read[1].findings
    bands = [one.value("category.Band") for one in read[1].applicants]
    assert bands == ["1", "2", "2", "a", "A"]
    assert {one.value("category.Ärea") for one in read[1].applicants} == {"Itäinen"}


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    quotas = "feature,value,min,max\ngender,male,x,\ngender,female,3,2\nage,young,1,3\nage,YOUNG ,1,3\nage,young,1,3\nheight,1,0,2\n"
    people = "id,gender,gender,age\n1,male,male,young\n1,male,male,old\n2,female,female,young\n"
    with pytest.raises(PairError) as caught:
        read_sortition(pair(tmp_path, quotas, people), size=2)
    told = [(one.code, one.params.get("row") or one.params.get("rows")) for one in caught.value.problems]
    assert told == [
        ("sortition_number", 2),
        ("sortition_number", 2),
        ("sortition_least_over_most", 3),
        ("sortition_value_twice", 6),
        ("sortition_column_twice", None),
        ("sortition_column", None),
        ("sortition_id_twice", "2, 3"),
    ]
    said = error_text(caught.value)
    assert len(said.splitlines()) == 8 and "rivi 6" in said and "{" not in said


def test_a_draw_stops_at_values_in_no_quota_and_goes_on_without_them(tmp_path: Path) -> None:
    people = PEOPLE + "8,Hans,Holm,Male (he),40+\n9,Ida,Is,,40+\n10,Jan,Järvi,Male (he),\n"
    files = pair(tmp_path, people=people)
    with pytest.raises(PairError) as caught:
        CliRunner().invoke(app, ["draw", *map(str, files), "--seed", "s"], catch_exceptions=False)
    assert caught.value.exit_status == 2
    said = error_text(caught.value)
    assert said.startswith("4 vastaajan") and "--leave-out-unknown" in said
    for part in (
        "sarake Gender, rivi 8: ”Other”",
        "rivit 9, 11: ”Male (he)”",
        "Gender, rivi 10: solu on tyhjä",
        "age, rivi 11",
    ):
        assert part in said
    assert not any(name in said for name in ("Gun", "Hans", "Ida", "Jan"))
    written = tmp_path / "d.json"
    status, said = ended("draw", *files, "--seed", "s", "--leave-out-unknown", "--json", written)
    assert status == 0 and "4 vastaajaa jätettiin pois" in said and "rivit 8, 9, 10, 11" in said
    told = json.loads(written.read_text("utf-8"))
    assert [one["row"] for one in told["applications"]["set_aside"]] == [8, 9, 10, 11]
    assert len(told["applicants"]) == 6 and told["left_out_unknown"] is True
    assert ended("verify", written, *files)[0] == 0


def test_size_from_sums_option_or_rules(tmp_path: Path) -> None:
    loose = QUOTAS.replace("2,2", "1,3")
    paths = pair(tmp_path, loose)
    assert code_of(paths) == ("sortition_size", {"file": "categories.csv", "least": 2, "most": 6})
    for read in (read_sortition(paths, size=4), read_sortition(paths, base=preset("lahti-2021"))):
        assert read is not None
    assert read_sortition(paths, size=4)[0].members.aim == 4  # type: ignore[index]
    assert read_sortition(paths, base=preset("lahti-2021"))[0].members.aim == 15  # type: ignore[index]
    crossed = (
        loose.replace("1,3\nage", "4,5\nage", 1).replace("Under 40,1,3", "Under 40,1,1").replace("40+,1,3", "40+,1,1")
    )
    assert code_of(pair(tmp_path, crossed))[0] == "sortition_sums"


def test_flex_columns_and_the_newer_headers(tmp_path: Path) -> None:
    quotas = "feature,value,min,max,min_flex,max_flex\nGender,Female,2,2,1,3\nGender,Male,2,2,1,3\n"
    read = read_sortition(pair(tmp_path, quotas))
    assert read is not None
    assert [one.code for one in read[1].notes] == ["sortition_flex"]
    assert [one.at_most for one in read[0].requirements] == [2, 2]


def test_what_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    file = "categories.csv"
    assert code_of(pair(tmp_path, QUOTAS.replace("Male,2,2", "Male,two,2"))) == (
        "sortition_number",
        {"file": file, "row": 3, "column": "min"},
    )
    assert code_of(pair(tmp_path, QUOTAS.replace("Male,2,2", "Male,3,2")))[0] == "sortition_least_over_most"
    assert code_of(pair(tmp_path, QUOTAS.replace("Male", "Female"))) == (
        "sortition_value_twice",
        {"file": file, "row": 3, "other": 2},
    )
    assert code_of(pair(tmp_path, QUOTAS.replace("Male", ""))) == ("sortition_value", {"file": file, "row": 3})
    assert code_of(pair(tmp_path, people="id,gender\n1,Male\n")) == (
        "sortition_column",
        {"file": "respondents.csv", "column": "age"},
    )
    assert code_of(pair(tmp_path, people=PEOPLE.splitlines()[0] + "\n"))[0] == "sortition_empty"
    assert code_of(pair(tmp_path)[:1]) == ("sortition_pair", {"file": file})


def test_other_files_are_left_to_the_usual_reading(tmp_path: Path) -> None:
    other = tmp_path / "hakemukset.csv"
    other.write_text("Nimi,Postinumero\nAino Aalto,15100\n", "utf-8")
    assert read_sortition([other]) is None
    assert read_sortition([other, other]) is None


def test_commands_draw_and_propose_take_the_pair(tmp_path: Path) -> None:
    paths = [str(path) for path in pair(tmp_path)]
    written = tmp_path / "draw.json"
    drawn = CliRunner().invoke(
        app, ["draw", *paths, "--seed", "s", "--leave-out-unknown", "--json", str(written)], catch_exceptions=False
    )
    assert drawn.exit_code == 0
    assert written.is_file()
    for name in ("Aino Aalto", "Frans Falk"):
        assert name in drawn.stdout
    assert drawn.stdout.index("Aino Aalto") < drawn.stdout.index("Bea Berg") < drawn.stdout.index("Frans Falk")
    proposed = CliRunner().invoke(app, ["propose", *paths], catch_exceptions=False)
    assert proposed.exit_code == 0
    clash = [str(path) for path in pair(tmp_path, QUOTAS.replace("Male,2,2", "Male,2,2\nGender,Other,0,0"))]
    assert (
        CliRunner().invoke(app, ["draw", *clash, "--size", "5", "--seed", "s"], catch_exceptions=False).exit_code == 3
    )


def ended(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=False)
    return done.exit_code, done.output


def test_every_command_reads_the_pair(tmp_path: Path) -> None:
    files, proposed, book = pair(tmp_path), tmp_path / "e.json", tmp_path / "e.xlsx"
    assert ended("propose", *files, "--json", proposed, "--xlsx", book)[0] == 0
    told = ended("inspect", *files)
    assert told[0] == 0 and "hakijoita 7" in told[1] and "kohtia 1" in told[1]
    for kept in (proposed, book):
        assert ended("check", kept, *files)[0] == 0
        content = json.loads(proposed.read_text("utf-8"))
        row = content["tables"][0]["members"][0]["row"]
        assert ended("change", kept, *files, "--leave", row, "--json", tmp_path / "c.json")[0] == 0
    assert ended("verify", book, *files)[0] == 0
    assert ended("draw", *files, "--seed", "s", "--leave-out-unknown", "--json", tmp_path / "d.json")[0] == 0
    assert ended("verify", tmp_path / "d.json", *files)[0] == 0
    assert ended("explain", *files, "--row", 2)[0] == 0
    assert ended("room", *files)[0] == 0
    assert ended("alternatives", *files, "--proposal", book)[0] == 0


def test_check_finds_a_quota_broken(tmp_path: Path) -> None:
    files, proposed = pair(tmp_path), tmp_path / "e.json"
    assert ended("propose", *files, "--json", proposed)[0] == 0
    content = json.loads(proposed.read_text("utf-8"))
    content["tables"][0]["members"].pop()
    proposed.write_text(json.dumps(content), "utf-8")
    assert ended("check", proposed, *files)[0] == 1


def test_a_size_that_the_quotas_leave_open_is_given(tmp_path: Path) -> None:
    loose = QUOTAS.replace("Female,2,2", "Female,1,3").replace("Male,2,2", "Male,1,3")
    files, proposed = pair(tmp_path, loose), tmp_path / "e.json"
    assert ended("propose", *files, "--size", 4, "--json", proposed)[0] == 0
    assert ended("check", proposed, *files, "--size", 4)[0] == 0
    assert ended("inspect", *files, "--size", 4)[0] == 0
