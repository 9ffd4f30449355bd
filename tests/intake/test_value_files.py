"""Files of single answers with the right reading in their last column: no answer is misread without a finding."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from selection.intake import Application, Finding
from selection.model.people import Role
from tests.intake.builders import read_rows

DATA = Path(__file__).parent / "data"
#: What no finding of the answer itself is: made up people of one address may be alike, and wish for another table.
BESIDE = ("likely_duplicate", "wish_elsewhere", "birth_year_missing", "under_age")


def _values(name: str) -> Callable[[Application], str]:
    return lambda one: ", ".join(one.applicant.values.get(name, ()))


def _age(one: Application) -> str:
    least, most = one.applicant.age_stated or (0, 0)
    return f"{least}+" if most is None else f"{least}–{most}"


def _roles(one: Application) -> str:
    return "+".join(role.value for role in (Role.MEMBER, Role.DEPUTY) if role in one.applicant.roles)


READ: dict[str, Callable[[Application], str]] = {
    "V1_official_values": _values("official"),
    "V2_wish_order": lambda one: ", ".join(one.applicant.wishes),
    "V3_open_bands": _age,
    "V4_served": _values("served_before"),
    "V5_situation": _values("situation"),
    "V6_roles": _roles,
    "V7_deputy_checkbox": _roles,
    "V8_language": _values("mother_tongue"),
}


def answers(file: str) -> Iterator[tuple[str, str, Application, list[Finding]]]:
    """The answer, what is right, the application and its findings, of each row."""
    with (DATA / f"{file}.csv").open(encoding="utf-8-sig", newline="") as content:
        rows = list(csv.reader(content, delimiter=";"))
    intake = read_rows([row[:-1] for row in rows])
    applications = {one.origin.row: one for one in intake.applications if one.origin is not None}
    assert len(applications) == len(rows) - 1, "a person was lost"
    for number, row in enumerate(rows[1:], start=2):
        person = applications[number]
        yield row[-2], row[-1], person, [one for one in intake.of_person(person.key) if one.code not in BESIDE]


@pytest.mark.parametrize("file", READ)
def test_each_answer_is_read_right_or_asked(file: str) -> None:
    for answer, right, person, findings in answers(file):
        read = READ[file](person)
        options = [option.removesuffix(" (not ticked)") for option in right.split(" or ")]
        assert read in options or ("asked" in options and findings) or (not read and "unknown" in options), (
            f"{answer}: read {read!r}, right {right!r}"
        )
