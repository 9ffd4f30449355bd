"""Seated people whose value is unknown to a requirement with a maximum are named beside the result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from selection.cli import app
from selection.explain.uncounted import uncounted, uncounted_lines
from selection.model.people import Applicant, Origin, Role
from selection.model.pool import Pool
from selection.model.roster import Seat
from selection.model.rules import Rules


def rule(id: str, field: str, body: str = "each", **parts: Any) -> dict[str, Any]:
    return {"id": id, "field": field, "body": body, **parts}


RULES = Rules.model_validate(
    {
        "name": "one",
        "tables": [{"id": "a"}, {"id": "b"}],
        "members": {"least": 0, "aim": 5},
        "deputies": {"aim": 5},
        "eligibility": {"age_on": "2026-01-01"},
        "requirements": [
            rule("party", "puolue", "together", each=True, at_most=3),
            rule("road", "tie", "members", values=["Rantatie"], at_most=2, tables=["a"]),
            rule("men", "gender", "deputies", values=["man"], at_most_share="60 %"),
            rule("women", "gender", values=["woman"], at_least=1),
            rule("organisation", "organisation", each=True, at_most=1),
            rule("young", "age", "members", values=["18–29"], at_most=1),
            rule("unread", "kieli", values=["sv"], at_most=1),
        ],
    }
)


def person(key: str, row: int, **values: str) -> Applicant:
    known = {"puolue": "x", "tie": "Metsätie", "gender": "man", "kind": "resident", **values}
    held = {name: (value,) for name, value in known.items() if value}
    return Applicant(key, key.upper(), Origin("f.csv", "f", row), ("a", "b"), birth_year=1980, values=held)


def test_who_is_unknown_to_a_maximum_is_named_for_each_rule() -> None:
    people = [
        person("p1", 2, puolue=""),
        person("p2", 3, tie="", gender=""),
        person("p3", 4, gender=""),
        person("p4", 5, kind="representative"),
        person("p5", 6),
        person("p6", 7, puolue="", tie="", gender=""),
    ]
    people[4] = Applicant("p5", "P5", people[4].origin, ("a",), values=people[4].values)
    pool = Pool.build(
        people, RULES, asked={"puolue", "tie", "gender", "kind", "organisation", "age"}, waived={"unread"}
    )
    seats = [
        Seat("p1", "a", Role.MEMBER),
        Seat("p2", "b", Role.MEMBER),
        Seat("p3", "a", Role.DEPUTY, "p1"),
        Seat("p4", "a", Role.DEPUTY),
        Seat("p5", "a", Role.MEMBER),
        Seat("p6", "a", Role.RESERVE),
    ]
    found = [(one.id, one.field, one.seat.person) for one in uncounted(pool, RULES, seats)]
    assert found == [
        ("party", "puolue", "p1"),
        ("men", "gender", "p3"),
        ("organisation", "organisation", "p4"),
        ("young", "age", "p5"),
    ]
    said = uncounted_lines(pool, RULES, seats)
    assert len(said) == 4 and "P1 (2)" in said[0] and "P6" not in "".join(said)
    assert uncounted_lines(pool, RULES, []) == []


def test_misspelt_values_do_not_dodge_a_maximum_in_silence(tmp_path: Path) -> None:
    quotas, people, made = tmp_path / "categories.csv", tmp_path / "respondents.csv", tmp_path / "e.json"
    quotas.write_text("feature,value,min,max\ngender,male,1,2\ngender,female,1,4\n", "utf-8")
    rows = ["p1,A,male", "p2,B,Male (he)", "p3,C,Male (he)", "p4,D,female"]
    people.write_text("\n".join(["id,name,gender", *rows]), "utf-8")

    def run(*arguments: object) -> str:
        done = CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=False)
        assert done.exit_code == 0
        return done.output

    said = run("propose", quotas, people, "--size", 4, "--json", made)
    assert "2 valitun tietoa gender ei tunneta" in said and "B (3), C (4)" in said
    told = json.loads(made.read_text("utf-8"))["uncounted"]
    assert [(one["id"], one["row"]) for one in told] == [
        ("gender-male", 3),
        ("gender-male", 4),
        ("gender-female", 3),
        ("gender-female", 4),
    ]
    assert "B (3), C (4)" in run("check", made, quotas, people, "--size", 4)
