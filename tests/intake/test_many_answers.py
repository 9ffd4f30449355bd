"""Some nine hundred answers in three languages with what is right: none may be misread without a finding.

``data/answers.csv``: the kind of the answer, the answer, and the right readings (``?`` for one that nobody can tell, ``~``
after wishes without an order, which are told by their first letters).
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from selection.intake.values.ages import read_age
from selection.intake.values.choices import read_gender, read_mother_tongue, read_situation
from selection.intake.values.officials import read_official
from selection.intake.values.reading import Reading
from selection.intake.values.seats import read_roles
from selection.intake.values.served import read_served
from selection.intake.values.wishes import TableNames, read_wishes
from selection.model.rules_file import preset

ON = dt.date(2021, 9, 1)
TABLES = TableNames(preset("lahti-2021").tables)
DATA = Path(__file__).parent / "data" / "answers.csv"
#: The share of answers that may be read otherwise than right, with a finding.
ASKED = 0.08


def _age(column: str) -> Callable[[str], tuple[str, Reading[Any]]]:
    def read(answer: str) -> tuple[str, Reading[Any]]:
        reading = read_age(answer, column, ON)
        if reading.value is None:
            return "?", reading
        if reading.value.stated is None:
            return str(reading.value.birth_year), reading
        least, most = reading.value.stated
        return (f"{least}+" if most is None else f"{least}-{most}"), reading

    return read


def _wishes(answer: str) -> tuple[str, Reading[Any]]:
    reading = read_wishes(answer, TABLES)
    if reading.value is None:
        return "?", reading
    return ",".join(one[0] for one in reading.value.tables) + ("" if reading.value.ordered else "~"), reading


def _roles(header: str) -> Callable[[str], tuple[str, Reading[Any]]]:
    def read(answer: str) -> tuple[str, Reading[Any]]:
        reading = read_roles(answer, header)
        if reading.value is None:
            return "?", reading
        return "".join(sorted(role.value[0] for role in reading.value)) or "none", reading

    return read


def _choice(reader: Callable[[str], Reading[tuple[str, ...]]]) -> Callable[[str], tuple[str, Reading[Any]]]:
    def read(answer: str) -> tuple[str, Reading[Any]]:
        reading = reader(answer)
        return ("?" if reading.value is None else " ".join(reading.value)), reading

    return read


def _official(answer: str) -> tuple[str, Reading[Any]]:
    reading = read_official(answer, ON, ("Lahti",))
    return ("?" if reading.value is None else " ".join(reading.value.official)), reading


READERS: dict[str, Callable[[str], tuple[str, Reading[Any]]]] = {
    "official": _official,
    "wishes": _wishes,
    "age_group": _age("age_group"),
    "age": _age("age"),
    "birth_year": _age("birth_year"),
    "roles": _roles("Jäsen vai varajäsen"),
    "deputy_too": _roles("Olen käytettävissä myös varajäseneksi"),
    "mother_tongue": _choice(read_mother_tongue),
    "situation": _choice(read_situation),
    "served_before": _choice(read_served),
    "gender": _choice(read_gender),
}


def rows(kind: str) -> list[tuple[str, list[str]]]:
    """The answers of a kind, each with its right readings."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return [
            (row["answer"], row["right"].split("|"))
            for row in csv.DictReader(file, delimiter="\t")
            if row["kind"] == kind
        ]


@pytest.mark.parametrize("kind", READERS)
def test_no_answer_is_misread_in_silence(kind: str) -> None:
    misread = {}
    asked = 0
    for answer, right in rows(kind):
        read, reading = READERS[kind](answer)
        if read not in right:
            asked += 1
            if not reading.remarks:
                misread[answer] = (read, right)
    assert misread == {}
    assert asked <= max(ASKED * len(rows(kind)), 1), f"{asked} of {len(rows(kind))} are only asked"
