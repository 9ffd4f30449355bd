"""What is wrong with some applications of a real round: rows changed, or added once more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from benchmarks.sample_people import TABLES, Application

Change = Callable[[Random, Application, list[Application]], Application]


class Fault:
    """One way in which a row can be wrong: changes a copy of a person's row; some add it as a further row."""

    def __init__(self, code: str, apply: Change, adds_row: bool = False) -> None:
        self.code, self.apply, self.adds_row = code, apply, adds_row


def _with(**changes: object) -> Change:
    return lambda _rng, row, _people: {**row, **changes}


def _again(**minutes: int) -> Change:
    def apply(_rng: Random, row: Application, _people: list[Application]) -> Application:
        later = dt.timedelta(**minutes)
        return {**row, "started": row["started"] + later, "completed": row["completed"] + later}

    return apply


def _again_turned_round(rng: Random, row: Application, people: list[Application]) -> Application:
    """The same person once more: surname first, capitals in the e-mail, another table."""
    first, _, last = row["name"].rpartition(" ")
    named = row["tables"] or ""
    other = next((of["answer"] for of in TABLES.values() if of["answer"] not in named), TABLES["keskusta"]["answer"])
    changes = {"name": f"{last} {first}", "email": row["email"].upper(), "tables": f"{other};"}
    return {**_again(hours=rng.randint(2, 30))(rng, row, people), **changes}


def _test_row(_rng: Random, row: Application, _people: list[Application]) -> Application:
    start = row["completed"].replace(month=3, day=26, hour=13, minute=5, second=0)
    end = start + dt.timedelta(minutes=1)
    said = {"name": "Testi Testi", "email": "testi@example.org", "phone": "123", "motivation": "testi"}
    return {**row, **said, "organisation": None, "official": "En", "started": start, "completed": end}


def _age_for_year(_rng: Random, row: Application, _people: list[Application]) -> Application:
    return {**row, "birth_year": row["completed"].year - row["birth_year"]}


def _late(_rng: Random, row: Application, _people: list[Application]) -> Application:
    moment = row["completed"].replace(month=4, day=26, hour=9, minute=12)
    return {**row, "started": moment - dt.timedelta(minutes=8), "completed": moment}


def _shared_email(_rng: Random, row: Application, people: list[Application]) -> Application:
    """Two of one household; not a duplicate."""
    return {**row, "email": next(other["email"] for other in people if other["name"] != row["name"])}


FAULTS = (
    Fault("duplicate", _again_turned_round, adds_row=True),
    Fault("no_birth_year", _with(birth_year=None)),
    Fault("other_municipality", _with(postal_code="15860")),
    Fault("test_row", _test_row, adds_row=True),
    Fault("letter_in_postal_code", _with(postal_code="15l00")),
    Fault("age_for_birth_year", _age_for_year),
    Fault("late", _late),
    Fault("duplicate", _again(minutes=2), adds_row=True),
    Fault("post_box", _with(postal_code="15101")),
    Fault("no_birth_year", _with(birth_year="-")),
    Fault("impossible_birth_year", _with(birth_year=1875)),
    Fault("shared_email", _shared_email),
)
